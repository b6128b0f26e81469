// The same search through real sockets: what arrives is drawn down to its bytes, certificates are bad, connections break. A share in the suite.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  startWorld,
  type CertificateKind,
  type Handler,
  type HostSpec,
  type JournalEntry,
  type Listening,
  type World,
} from '../../src/demo/index.ts'
import { microsoftWithoutTenant } from '../../src/demo/scenarios/on-premises.ts'
import { runDemo } from '../core/runs/demoRun.ts'
import * as any from './arbitraries.ts'
import { openSockets } from './resources.ts'
import type { Reply } from './search.ts'
import { amount, patienceMs } from './size.ts'

/** How a host's TLS or TCP may be; what those that speak say is drawn anew for each case. */
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
/**
 * A search waits more than it works (graces, resets, the handshakes of the others), so each way has two domains, and each domain goes
 * from case to case by itself: nobody waits for the slowest search of a round.
 */
const lanes = [...ways, ...ways].map((way, index) => ({ ...way, domain: `c${index}.example` }))
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
  for (const { domain, certificate, root, autodiscover } of lanes) {
    hosts[domain] = { https: root ?? handler, http: handler, certificate }
    hosts[`autodiscover.${domain}`] = { https: autodiscover ?? handler, http: handler, certificate }
    hosts[`mail.${domain}`] = { https: handler, http: handler, certificate }
  }
  world = await startWorld({ zones: {}, hosts })
})
afterAll(() => world.stop())

const cases = amount(125, 2)
/** Whether a login may go there: https with a good certificate, in a domain that is being searched. */
const mayHaveLogin = ({ scheme, host }: JournalEntry): boolean => {
  const lane = lanes.find(({ domain }) => host === domain || host.endsWith(`.${domain}`))
  return scheme === 'https' && lane?.certificate === 'valid'
}

// All of it takes about 75 s of one core; `patienceMs` allows for a machine that is busy otherwise.
test(
  `${cases * lanes.length} searches end in time, without a crash, and give a login only to a valid host of their domain`,
  { timeout: patienceMs },
  async () => {
    const seed = Math.floor(Math.random() * 2 ** 31)
    let asked = 0
    const searchAll = async (lane: number): Promise<void> => {
      const { domain, certificate } = lanes[lane] ?? { domain: '', certificate: 'valid' }
      const email = `anna@${domain}`
      for (const [number, replies] of fc.sample(casesOf, { seed: seed + lane, numRuns: cases }).entries()) {
        drawn.set(domain, replies)
        const typed = { email, password: 'Canary-Password-1' }
        const ran = await runDemo('locate', { ...world, typed }, { timeoutMs: 3_000 })
        const told = `seed ${seed + lane}, ${domain}, case ${number}: ${JSON.stringify(replies).slice(0, 2_000)}`
        expect(ran.crashes, told).toEqual([])
        expect(
          ran.events.filter((event) => event.kind === 'ended'),
          told,
        ).toHaveLength(1)
        expect(JSON.stringify(ran.result), told).not.toContain('Canary')
        if (certificate !== 'valid') expect(ran.result.ok, told).toBe(false)
        const journal = world.journal.splice(0)
        asked += journal.length
        const astray = journal.filter(
          (entry) => entry.authorization !== null && entry.authorization !== 'bearer-empty' && !mayHaveLogin(entry),
        )
        expect(
          astray.map((entry) => `${entry.scheme}://${entry.host}`),
          `about when this one ended: ${told}`,
        ).toEqual([])
        world.queries.length = 0
      }
    }
    await Promise.all(lanes.map((_lane, index) => searchAll(index)))
    expect(asked).toBeGreaterThan(cases)
    await expect.poll(openSockets, { timeout: 10_000 }).toBe(0)
  },
)
