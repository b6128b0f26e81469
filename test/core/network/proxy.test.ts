// Through a proxy: CONNECT for https, the absolute form for http, and each way in which a proxy refuses.
import http from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startWorld, type World } from '../../../src/demo/index.ts'
import { exchange, networkIn, type Exchange } from './inWorld.ts'

const host = 'mail.contoso.example'
type Asked = { method: string; target: string; login: string | undefined }
type Behaviour = 'works' | 'works-201' | 'silent' | 'closes' | 'talks-first' | number

let world: World
let proxy: http.Server
let behaviour: Behaviour = 'works'
const asked: Asked[] = []
const sockets = new Set<Socket>()

beforeAll(async () => {
  const hello = () => ({ status: 200, body: 'hello' })
  world = await startWorld({ zones: {}, hosts: { [host]: { https: hello, http: hello } } })
  proxy = http.createServer((request, response) => {
    asked.push({
      method: request.method ?? '',
      target: request.url ?? '',
      login: request.headers['proxy-authorization'],
    })
    if (typeof behaviour === 'number') response.writeHead(behaviour, { 'Proxy-Authenticate': 'Basic realm="p"' }).end()
    else response.end('through the proxy')
  })
  proxy.on('connect', (request, socket) => {
    asked.push({ method: 'CONNECT', target: request.url ?? '', login: request.headers['proxy-authorization'] })
    if (typeof behaviour === 'number')
      socket.end(`HTTP/1.1 ${behaviour} No\r\nProxy-Authenticate: Basic realm="p"\r\nContent-Length: 0\r\n\r\n`)
    else if (behaviour === 'closes') socket.end()
    else if (behaviour !== 'silent') {
      const to = connect(world.ports.https, '127.0.0.1')
      sockets.add(to)
      to.on('error', () => socket.destroy())
      to.once('connect', () => {
        socket.write(`HTTP/1.1 ${behaviour === 'works-201' ? 201 : 200} Connected\r\n\r\n`)
        socket.pipe(to).pipe(socket)
      })
    }
  })
  proxy.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
})
beforeEach(() => {
  behaviour = 'works'
  asked.splice(0)
  world.journal.splice(0)
})
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
})
afterAll(async () => {
  proxy.close()
  await world.stop()
})

const proxyPort = (): number => {
  const address = proxy.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
const through = (
  url: string,
  o: { login?: string; port?: number; connectTo?: string[]; requestMs?: number; signal?: AbortSignal } = {},
): Promise<Exchange> =>
  exchange(
    networkIn(world, {
      options: { connectTo: o.connectTo ?? [], proxy: `http://${o.login ?? ''}127.0.0.1:${o.port ?? proxyPort()}` },
    }),
    url,
    { requestMs: o.requestMs ?? 3_000, ...(o.signal === undefined ? {} : { signal: o.signal }) },
  )

test.each<Behaviour>(['works', 'works-201'])('https goes through a tunnel (%s)', async (how) => {
  behaviour = how
  const { result, of } = await through(`https://${host}/a?b`)
  expect(result).toMatchObject({ kind: 'answer', text: 'hello' })
  expect(asked).toEqual([{ method: 'CONNECT', target: `${host}:443`, login: undefined }])
  expect(world.journal).toEqual([expect.objectContaining({ host, path: '/a?b', authorization: null })])
  expect(of('tls')).toEqual([expect.objectContaining({ host, result: 'trusted' })])
  expect(of('connection').map((one) => [one.host, one.via, one.result])).toEqual([
    ['127.0.0.1', 'proxy', 'open'],
    [host, 'proxy', 'open'],
  ])
  expect(of('dns')).toEqual([])
})

test('http goes in the absolute form', async () => {
  const { result } = await through(`http://${host}/a?b`, { login: 'anna:pw@' })
  expect(result).toMatchObject({ kind: 'answer', text: 'through the proxy' })
  expect(asked).toEqual([
    { method: 'GET', target: `http://${host}/a?b`, login: `Basic ${Buffer.from('anna:pw').toString('base64')}` },
  ])
})

test('a mapping is followed by the proxy', async () => {
  await through(`https://${host}/`, { connectTo: [`${host}:443:[2001:db8::1]:8443`] })
  expect(asked.map((one) => one.target)).toEqual(['[2001:db8::1]:8443'])
})

test('loopback never takes the proxy', async () => {
  const { result } = await through(`https://${host}/`, { connectTo: world.connectTo })
  expect(result.kind).toBe('answer')
  expect(asked).toEqual([])
})

test.each<[string, string]>([
  ['anna:p%40ss', 'anna:p@ss'],
  ['anna:100%', 'anna:100%'],
  ['anna', 'anna:'],
])('the login %s, for the proxy alone and never in evidence', async (typed, sent) => {
  const { observations, result } = await through(`https://${host}/`, { login: `${typed}@` })
  expect(result.kind).toBe('answer')
  expect(asked[0]?.login).toBe(`Basic ${Buffer.from(sent).toString('base64')}`)
  expect(world.journal[0]?.authorization).toBeNull()
  const evidence = JSON.stringify(observations)
  for (const secret of ['anna', 'p%40ss', 'p@ss', '100%', asked[0]?.login ?? '']) expect(evidence).not.toContain(secret)
})

test.each<[Behaviour, string, string]>([
  [407, 'proxy-login-required', '407'],
  [403, 'proxy-refused', '403'],
  [502, 'proxy-refused', '502'],
  ['closes', 'proxy-refused', 'ECONNRESET'],
])('a proxy that answers %s', async (how, result, code) => {
  behaviour = how
  const { http: seen, of } = await through(`https://${host}/`, { login: 'anna:Canary@' })
  expect(of('connection').at(-1)).toMatchObject({ host, via: 'proxy', result, code })
  expect(seen.result).toBe('not-connected')
  expect(world.journal).toEqual([])
})

test('a login from the options, with the password apart from the address', async () => {
  const network = networkIn(world, {
    options: { connectTo: [], proxy: `http://127.0.0.1:${proxyPort()}`, proxyUser: 'CONTOSO\\anna' },
    proxyPassword: 'Pässwort-7',
  })
  const { result, observations } = await exchange(network, `https://${host}/`)
  expect(result.kind).toBe('answer')
  expect(asked[0]?.login).toBe(`Basic ${Buffer.from('CONTOSO\\anna:Pässwort-7').toString('base64')}`)
  expect(JSON.stringify(observations)).not.toContain('Pässwort')
})

test('without a user name a password goes nowhere', async () => {
  const network = networkIn(world, {
    options: { connectTo: [], proxy: `http://127.0.0.1:${proxyPort()}` },
    proxyPassword: 'Pässwort-7',
  })
  await exchange(network, `https://${host}/`)
  expect(asked.map((one) => one.login)).toEqual([undefined])
})

test('a refused login is sent once, however many connections ask at once, over https and http', async () => {
  behaviour = 407
  const network = networkIn(world, {
    options: { connectTo: [], proxy: `http://127.0.0.1:${proxyPort()}`, proxyUser: 'anna' },
    proxyPassword: 'wrong',
  })
  const urls = [`https://${host}/1`, `http://${host}/2`, `https://${host}/3`, `http://${host}/4`, `https://${host}/5`]
  const seen = await Promise.all(urls.map((url) => exchange(network, url)))
  seen.push(await exchange(network, `https://${host}/6`))
  expect(asked).toHaveLength(6)
  expect(asked.filter((one) => one.login !== undefined)).toHaveLength(1)
  expect(
    seen.flatMap((one) => one.of('connection')).filter((one) => one.result === 'proxy-login-required').length,
  ).toBe(4)
})

describe('the system’s proxy', () => {
  const through = (answer: string, o: { environment?: Record<string, string>; options?: object } = {}) => {
    const origins: string[] = []
    const network = networkIn(world, {
      options: { connectTo: [], ...o.options },
      ...(o.environment === undefined ? {} : { environment: o.environment }),
      systemProxy: (origin) => {
        origins.push(origin)
        return Promise.resolve(answer.replaceAll('$PORT', `${proxyPort()}`))
      },
    })
    return { network, origins }
  }

  test('is asked for the origin alone, once, and taken', async () => {
    const { network, origins } = through('PROXY 127.0.0.1:$PORT')
    await exchange(network, `https://${host}/secret-path?with=query`)
    await exchange(network, `https://${host}/again`)
    expect(origins).toEqual([`https://${host}`])
    expect(asked.map((one) => one.target)).toEqual([`${host}:443`, `${host}:443`])
  })

  test('a proxy that cannot be reached is followed by the next of the list', async () => {
    const { network } = through('PROXY 127.0.0.1:1; SOCKS5 127.0.0.1:9; PROXY 127.0.0.1:$PORT; DIRECT')
    const { result } = await exchange(network, `https://${host}/`)
    expect(result.kind).toBe('answer')
    expect(asked).toHaveLength(1)
  })

  test('a proxy that refuses is not gone around', async () => {
    behaviour = 403
    const { network } = through('PROXY 127.0.0.1:$PORT; DIRECT')
    const { http: seen } = await exchange(network, `https://${host}/`)
    expect(seen.result).toBe('not-connected')
    expect(world.journal).toEqual([])
  })

  test.each<[string, { environment?: Record<string, string>; options?: object }]>([
    ['the environment', { environment: { HTTPS_PROXY: 'http://127.0.0.1:1' } }],
    ['an option', { options: { proxy: 'none' } }],
    ['an exception', { options: { noProxy: '.contoso.example' } }],
  ])('%s goes before it', async (_name, o) => {
    const { network, origins } = through('PROXY 127.0.0.1:$PORT', o)
    await exchange(network, `https://${host}/`, { requestMs: 2_000 })
    expect(origins).toEqual([])
    expect(asked).toEqual([])
  })
})

test('http: 407 is an answer of the proxy', async () => {
  behaviour = 407
  const { http: seen } = await through(`http://${host}/`)
  expect(seen).toMatchObject({ result: 'answer', status: 407, challenges: [{ scheme: 'Basic' }] })
})

test('a proxy where nobody listens', async () => {
  const { of, http: seen } = await through(`https://${host}/`, { port: 1 })
  expect(of('connection').map((one) => one.result)).toEqual(['refused', 'proxy-unreachable'])
  expect(seen.result).toBe('not-connected')
})

test('a silent proxy ends at the limit; cancelled it ends at once', async () => {
  behaviour = 'silent'
  const limited = await through(`https://${host}/`, { requestMs: 300 })
  expect(limited.of('connection').at(-1)).toMatchObject({ via: 'proxy', result: 'timed-out' })
  const stop = new AbortController()
  const answer = through(`https://${host}/`, { signal: stop.signal })
  await expect.poll(() => asked.length).toBe(2)
  const started = performance.now()
  stop.abort()
  const cancelled = await answer
  expect(performance.now() - started).toBeLessThan(200)
  expect(cancelled.http.result).toBe('cancelled')
  expect(cancelled.of('connection').at(-1)).toMatchObject({ result: 'cancelled' })
})
