// The same search through real sockets: what arrives is drawn down to its bytes, certificates are bad, connections break. A share in the suite.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  startWorld,
  type CertificateKind,
  type Handler,
  type HostSpec,
  type Listening,
  type World,
} from '../../src/demo/index.ts'
import { microsoftWithoutTenant } from '../../src/demo/scenarios/on-premises.ts'
import { runDemo } from '../core/runs/demoRun.ts'
import * as any from './arbitraries.ts'
import { openSockets } from './resources.ts'
import type { Reply } from './search.ts'
import { amount, patienceMs } from './size.ts'

/** A domain for each way a host's TLS or TCP may be; what those that speak say is drawn anew for each case. */
const ways: readonly { certificate: CertificateKind; root?: Listening; autodiscover?: Listening }[] = [
  { certificate: 'valid' },
  { certificate: 'valid', root: 'reset' },
  { certificate: 'valid', root: 'refused' },
  { certificate: 'valid', autodiscover: 'refused' },
  { certificate: 'expired' },
  { certificate: 'not-yet-valid' },
  { certificate: 'self-signed' },
  { certificate: 'wrong-name' },
]
const domainOf = (way: number): string => `c${way}.example`
const stranger = 'mail.stranger.example'
const wire = fc.oneof(
  { weight: 6, arbitrary: any.reply.map((reply): Reply | Buffer => reply) },
  // Below HTTP: garbage, and what only begins like an answer.
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      'HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n',
      'HTTP/1.1 200\r\n: x\r\n\r\n',
      'HTTP/9.9 777 x\r\n\r\n',
      'HTTP/1.1 401 x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n',
      'HTTP/1.1 100 Continue\r\n\r\n'.repeat(20),
      'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip',
    )
    .map((text) => Buffer.from(text)),
)
const casesOf = fc.array(wire, { minLength: 1, maxLength: 6 })

let world: World
const drawn = new Map<string, readonly (Reply | Buffer)[]>()
const turns = new Map<string, number>()

const handler: Handler = ({ host, raw: { request, response } }) => {
  const domain = host.split('.').slice(-2).join('.')
  const replies = drawn.get(domain) ?? []
  const turn = turns.get(domain) ?? 0
  turns.set(domain, turn + 1)
  const reply = replies[turn % Math.max(1, replies.length)]
  if (reply === undefined || (!Buffer.isBuffer(reply) && reply.kind === 'failed')) return 'reset'
  if (Buffer.isBuffer(reply)) {
    request.socket.end(reply)
    return 'written'
  }
  response.statusCode = reply.status < 200 ? 200 : reply.status
  for (const [name, value] of reply.headers) {
    try {
      response.appendHeader(name, value)
    } catch {
      // Node refuses to write it; garbage is written raw in other cases.
    }
  }
  response.end(reply.body)
  return 'written'
}

beforeAll(async () => {
  const hosts: Record<string, HostSpec> = { ...microsoftWithoutTenant(), [stranger]: { https: handler } }
  for (const [index, way] of ways.entries()) {
    const domain = domainOf(index)
    hosts[domain] = { https: way.root ?? handler, http: handler, certificate: way.certificate }
    hosts[`autodiscover.${domain}`] = {
      https: way.autodiscover ?? handler,
      http: handler,
      certificate: way.certificate,
    }
    hosts[`mail.${domain}`] = { https: handler, http: handler, certificate: way.certificate }
  }
  world = await startWorld({ zones: {}, hosts })
})
afterAll(() => world.stop())

const rounds = amount(250, 4)

test(
  `${rounds * ways.length} searches end in time, without a crash, and give a login only to a valid host of their domain`,
  { timeout: patienceMs },
  async () => {
    const seed = Math.floor(Math.random() * 2 ** 31)
    let asked = 0
    for (let round = 0; round < rounds; round++) {
      const replies = fc.sample(casesOf, { seed: seed + round, numRuns: ways.length })
      await Promise.all(
        ways.map(async (way, index) => {
          const domain = domainOf(index)
          drawn.set(domain, replies[index] ?? [])
          const typed = { email: `anna@${domain}`, password: 'Canary-Password-1' }
          const ran = await runDemo('locate', { ...world, typed }, { timeoutMs: 3_000 })
          const told = `seed ${seed + round}, way ${index}: ${JSON.stringify(replies[index]).slice(0, 2_000)}`
          expect(ran.crashes, told).toEqual([])
          expect(
            ran.events.filter((event) => event.kind === 'ended'),
            told,
          ).toHaveLength(1)
          expect(JSON.stringify(ran.result), told).not.toContain('Canary')
          if (way.certificate !== 'valid') expect(ran.result.ok, told).toBe(false)
        }),
      )
      const journal = world.journal.splice(0)
      asked += journal.length
      const astray = journal.filter((entry) => {
        const index = ways.findIndex(
          (_way, at) => entry.host === domainOf(at) || entry.host.endsWith(`.${domainOf(at)}`),
        )
        const mayHave = entry.scheme === 'https' && ways[index]?.certificate === 'valid'
        return entry.authorization !== null && entry.authorization !== 'bearer-empty' && !mayHave
      })
      expect(
        astray.map((entry) => `${entry.scheme}://${entry.host}`),
        `seed ${seed + round}`,
      ).toEqual([])
      world.queries.length = 0
    }
    expect(asked).toBeGreaterThan(rounds)
    await expect.poll(openSockets, { timeout: 10_000 }).toBe(0)
  },
)
