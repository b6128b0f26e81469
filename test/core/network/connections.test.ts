// Connections: every broken certificate ends before a byte of HTTP; resets, silence, two address families, one connection only.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Observation, ObservationOf } from '../../../src/core/evidence/schema.ts'
import { limits } from '../../../src/core/limits.ts'
import { startWorld, type CertificateKind, type World } from '../../../src/demo/index.ts'
import { exchange, networkIn, observationsOf } from './inWorld.ts'

const hello = () => ({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'hello' })
const host = (name: string): string => `${name}.contoso.example`
const url = (name: string): string => `https://${host(name)}/`

let world: World
beforeAll(async () => {
  world = await startWorld({
    zones: {},
    hosts: {
      [host('good')]: { https: hello, http: hello },
      ...Object.fromEntries(
        (['expired', 'not-yet-valid', 'self-signed', 'wrong-name'] satisfies CertificateKind[]).map((kind) => [
          host(kind),
          { https: hello, certificate: kind },
        ]),
      ),
      [host('reset')]: { https: 'reset', http: 'reset' },
      [host('refused')]: { https: 'refused' },
      [host('silent')]: { https: 'silent', http: 'silent' },
      [host('late')]: { https: 'silent-after-tls' },
      [host('hung')]: {
        https: ({ raw }) => {
          raw.request.socket.destroy()
          return 'written'
        },
      },
      [host('redirect')]: {
        https: () => ({ status: 302, headers: { Location: 'https://good.contoso.example/?code=Canary' } }),
      },
    },
  })
})
afterAll(() => world.stop())
beforeEach(() => world.journal.splice(0))

test('a good certificate: the answer, and the facts of the connection', async () => {
  const { result, http, of } = await exchange(networkIn(world), url('good'))
  expect(result).toMatchObject({ kind: 'answer', status: 200, text: 'hello' })
  expect(http).toMatchObject({ result: 'answer', credentials: 'none', body: { kind: 'text', bytes: 5, head: 'hello' } })
  expect(of('connection')).toEqual([
    expect.objectContaining({ via: 'connect-to', address: '127.0.0.1', result: 'open' }),
  ])
  expect(of('tls')).toEqual([expect.objectContaining({ result: 'trusted', code: null, protocol: 'TLSv1.3' })])
  const [leaf] = of('tls')[0]?.chain ?? []
  expect(leaf).toMatchObject({ subject: 'CN=good.contoso.example', names: ['good.contoso.example'] })
  expect(leaf?.sha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  expect(Date.parse(leaf?.validTo ?? '')).toBeGreaterThan(Date.now())
})

describe('a broken certificate ends the connection before HTTP', () => {
  test.each<[string, ObservationOf<'tls'>['result'], string]>([
    ['expired', 'expired', 'CERT_HAS_EXPIRED'],
    ['not-yet-valid', 'not-yet-valid', 'CERT_NOT_YET_VALID'],
    ['self-signed', 'issuer-unknown', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['wrong-name', 'name-mismatch', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('%s', async (kind, result, code) => {
    const { http, of } = await exchange(networkIn(world), url(kind))
    expect(of('tls')).toEqual([expect.objectContaining({ result, code })])
    expect(of('tls')[0]?.chain).not.toEqual([])
    expect(http).toMatchObject({ result: 'not-connected', code: result, status: null })
    expect(world.journal).toEqual([])
  })

  test('a CA that nobody trusts', async () => {
    const { http, of } = await exchange(networkIn(world, { options: { extraCa: '' } }), url('good'))
    expect(of('tls')[0]).toMatchObject({ result: 'issuer-unknown', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })
    expect(http.result).toBe('not-connected')
    expect(world.journal).toEqual([])
  })

  test('connecting alone judges as well, and sends nothing', async () => {
    const network = networkIn(world)
    for (const [name, reached] of [
      ['good', true],
      ['expired', false],
    ] as const) {
      const session = network.session(new URL(url(name)), {
        signal: new AbortController().signal,
        record: () => undefined,
      })
      expect(await session.connect()).toBe(reached)
      session.close()
    }
    expect(world.journal).toEqual([])
  })
})

test('a reset in the handshake, a closed port, an unknown name', async () => {
  const network = networkIn(world)
  const reset = await exchange(network, url('reset'))
  expect(reset.of('tls')).toEqual([expect.objectContaining({ result: 'reset', chain: [] })])
  expect(reset.http).toMatchObject({ result: 'not-connected', code: 'reset' })

  const refused = await exchange(network, url('refused'))
  expect(refused.of('connection')).toEqual([expect.objectContaining({ result: 'refused', code: 'ECONNREFUSED' })])
  expect(refused.of('tls')).toEqual([])

  const unknown = await exchange(network, url('nobody'))
  expect(unknown.of('connection')).toEqual([expect.objectContaining({ result: 'no-address', address: null })])
  expect(unknown.of('dns').map((one) => one.result)).toEqual(['no-such-name', 'no-such-name'])
  expect(unknown.http.result).toBe('not-connected')
})

test('a port that speaks something else than TLS', async () => {
  const plain = createServer((socket) => {
    socket.on('error', () => undefined).resume()
    socket.write('220 mail.contoso.example ESMTP\r\n')
  })
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
  const address = plain.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const network = networkIn(world, { options: { connectTo: [`plain.contoso.example:443:127.0.0.1:${port}`] } })
  const { of, http } = await exchange(network, url('plain'))
  expect(of('tls')[0]).toMatchObject({ result: 'failed', chain: [] })
  expect(of('tls')[0]?.code).toMatch(/^ERR_SSL|EPROTO/)
  expect(http.result).toBe('not-connected')
  plain.close()
})

describe('silence', () => {
  test('after TLS: the request was sent and nothing came', async () => {
    const started = performance.now()
    const { http, of } = await exchange(networkIn(world), url('late'), { requestMs: 300 })
    expect(http).toMatchObject({ result: 'silent', code: 'TIMEOUT', status: null })
    expect(of('tls')[0]?.result).toBe('trusted')
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(world.journal).toEqual([expect.objectContaining({ status: 0 })])
  })

  test('in the handshake', async () => {
    const { http } = await exchange(networkIn(world), url('silent'), { requestMs: 300 })
    expect(http).toMatchObject({ result: 'not-connected', code: 'timed-out' })
  })

  test('over http', async () => {
    const { http } = await exchange(networkIn(world), 'http://silent.contoso.example/', { requestMs: 300 })
    expect(http.result).toBe('silent')
  })

  test('cancelled is told apart from a limit', async () => {
    const stop = new AbortController()
    const asked = exchange(networkIn(world), url('late'), { signal: stop.signal })
    await expect.poll(() => world.journal.length).toBe(1)
    const started = performance.now()
    stop.abort()
    const { http } = await asked
    expect(http).toMatchObject({ result: 'cancelled', code: null })
    expect(performance.now() - started).toBeLessThan(200)
  })
})

test('a connection that ends instead of an answer is dropped, and the request is not sent again', async () => {
  const { http } = await exchange(networkIn(world), url('hung'), { method: 'POST', body: 'x' })
  expect(http).toMatchObject({ result: 'dropped', status: null })
  expect(world.journal).toHaveLength(1)
})

test('a redirect is told and not followed', async () => {
  const { result, http } = await exchange(networkIn(world), url('redirect'))
  expect(result).toMatchObject({ kind: 'answer', status: 302 })
  expect(http.headers['location']).toBe('https://good.contoso.example/?code=…')
  expect(world.journal).toHaveLength(1)
})

describe('two address families (RFC 8305)', () => {
  test('a dead first one costs nothing but its own evidence', async () => {
    const twoFamilies = await startWorld({
      zones: {},
      hosts: {
        [host('both')]: {
          http: hello,
          dns: [
            { type: 'AAAA', address: '::1' },
            { type: 'A', address: '127.0.0.1' },
          ],
        },
      },
    })
    try {
      const port = twoFamilies.ports.http
      const network = networkIn(twoFamilies, { options: { connectTo: [] } })
      const started = performance.now()
      const { result, of } = await exchange(network, `http://${host('both')}:${port}/`)
      expect(result).toMatchObject({ kind: 'answer', text: 'hello' })
      expect(performance.now() - started).toBeLessThan(1_000)
      const [first, second] = of('connection')
      expect(first).toMatchObject({ address: '::1', family: 6 })
      expect(['refused', 'unreachable']).toContain(first?.result)
      expect(second).toMatchObject({ address: '127.0.0.1', family: 4, result: 'open', via: 'direct' })
    } finally {
      await twoFamilies.stop()
    }
  })
})

/** Listens and never takes a connection: when its short queue is full, the kernel leaves further ones without an answer. */
async function deafListener(port: number): Promise<{ stop: () => Promise<void> }> {
  const deaf = new Worker(
    `const { parentPort } = require('node:worker_threads')
     require('node:net').createServer().listen({ port: ${port}, host: '127.0.0.2', backlog: 1 }, () => {
       parentPort.postMessage('listening')
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
     })`,
    { eval: true },
  )
  await once(deaf, 'message')
  const waiting = [0, 1, 2, 3].map(() => connect(port, '127.0.0.2').on('error', () => undefined))
  await expect.poll(() => waiting.filter((socket) => !socket.connecting).length).toBe(2)
  return {
    stop: async () => {
      for (const socket of waiting) socket.destroy()
      await deaf.terminate()
    },
  }
}

test.runIf(process.platform === 'linux')(
  'an address that never answers has its head start, and then the next one is tried as well (elsewhere than on Linux 127.0.0.2 is no address)',
  async () => {
    const own = await startWorld({
      zones: {},
      hosts: {
        [host('slow')]: {
          http: hello,
          dns: [
            { type: 'A', address: '127.0.0.2' },
            { type: 'A', address: '127.0.0.1' },
          ],
        },
      },
    })
    const deaf = await deafListener(own.ports.http)
    try {
      const started = performance.now()
      const { result, of } = await exchange(
        networkIn(own, { options: { connectTo: [] } }),
        `http://${host('slow')}:${own.ports.http}/`,
      )
      expect(result).toMatchObject({ kind: 'answer', text: 'hello' })
      expect(performance.now() - started).toBeLessThan(limits.happyEyeballsMs + 1_000)
      expect(of('connection')).toEqual([expect.objectContaining({ address: '127.0.0.1', result: 'open' })])
    } finally {
      await deaf.stop()
      await own.stop()
    }
  },
)

describe('a session of one connection', () => {
  test('serves several requests, and refuses a second connection', async () => {
    const observations: Observation[] = []
    const network = networkIn(world)
    const session = network.session(new URL(url('good')), {
      signal: new AbortController().signal,
      record: (one) => observations.push(one),
      oneConnection: true,
    })
    expect(session.certificate()).toBeNull()
    const request = { method: 'GET', url: new URL(url('good')) } as const
    expect((await session.request(request)).kind).toBe('answer')
    expect((await session.request(request)).kind).toBe('answer')
    expect(new Set(world.journal.map((entry) => entry.connection)).size).toBe(1)
    expect(
      Buffer.from(session.certificate() ?? []).equals(world.certificates.get(host('good'))?.der ?? Buffer.of()),
    ).toBe(true)
    await expect(session.request({ ...request, url: new URL(url('late')) })).rejects.toThrow('one origin')
    session.close()
  })

  test('whose connection the server closed', async () => {
    const network = networkIn(world)
    const session = network.session(new URL(url('hung')), {
      signal: new AbortController().signal,
      record: () => undefined,
      oneConnection: true,
    })
    const request = { method: 'GET', url: new URL(url('hung')) } as const
    expect((await session.request(request)).observation.result).toBe('dropped')
    const second = await session.request(request)
    expect(second.observation).toMatchObject({ result: 'dropped', code: 'SECOND_CONNECTION' })
    expect(session.connections()).toBe(1)
    session.close()
  })
})

test('requests for a CA text that is none do not throw', async () => {
  const { http } = await exchange(networkIn(world, { options: { extraCa: 'no certificate' } }), url('good'))
  expect(http.result).not.toBe('answer')
  const { of } = await exchange(networkIn(world), url('good'))
  expect(observationsOf(of('tls'), 'tls')[0]?.result).toBe('trusted')
})

test('nothing is left open', async () => {
  const before = world.ports.https
  expect(before).toBeGreaterThan(0)
  const network = networkIn(world)
  const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(network, url('good'))))
  expect(answers.every((one) => one.http.result === 'answer')).toBe(true)
  await expect.poll(() => openSockets(), { timeout: 2_000 }).toBe(0)
  const probe = connect(world.ports.https, '127.0.0.1')
  await expect.poll(() => openSockets()).toBeGreaterThan(0)
  probe.destroy()
})

/** Sockets of this process, both ends of a connection counted. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
}
