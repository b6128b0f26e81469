import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { waits } from '../host/fakeConnector.ts'
import { draft } from '../host/draft.ts'
import { startServer, type TestServer } from './server.ts'

let server: TestServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

async function start(options: Parameters<typeof startServer>[0] = {}): Promise<TestServer> {
  server = await startServer(options)
  return server
}

const runInput = JSON.stringify({ json: { draft: draft(), secrets: {} } })

/** Sends bytes and gives what comes back until the server closes. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
  socket.on('error', () => undefined)
  socket.end(bytes)
  await once(socket, 'close')
  return text
}

describe('who gets in', () => {
  test('the address opens the window, with a strict cookie for its path only', async () => {
    const { ask, enter, url, port } = await start()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]{43}$/)
    const first = await ask({ path: new URL(url).pathname })
    expect(first.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^ews-setup-${port}=[\\w-]{43}; Path=/w[0-9a-f]{32}/; HttpOnly; SameSite=Strict$`),
    )
    expect((await enter()).path).toBe('')
  })

  test('the address works once', async () => {
    const { ask, url } = await start()
    const path = new URL(url).pathname
    expect((await ask({ path })).status).toBe(200)
    const second = await ask({ path })
    expect(second.status).toBe(403)
    expect(second.headers['set-cookie']).toBeUndefined()
  })

  test.each(['/open/', `/open/${'A'.repeat(43)}`, '/open/%00'])(
    'a guessed address %s does not, and spends nothing',
    async (path) => {
      const { ask, enter } = await start()
      expect((await ask({ path })).status).toBe(403)
      expect((await enter()).path).not.toBe('')
    },
  )

  test('without the cookie there is neither window nor procedure', async () => {
    const { ask, enter } = await start()
    const { path, headers } = await enter()
    const { cookie, ...stranger } = headers
    expect((await ask({ path, headers: stranger })).status).toBe(403)
    expect((await ask({ path: `${path}rpc/app/start`, method: 'POST', headers: stranger, body: '{}' })).status).toBe(
      403,
    )
    expect((await ask({ path: `${path}presence`, headers: stranger })).status).toBe(403)
    const wrong = { ...stranger, cookie: `${(cookie ?? '').slice(0, -1)}_` }
    expect((await ask({ path, headers: wrong })).status).toBe(403)
    expect((await ask({ path: '/', headers })).status).toBe(404)
  })

  test.each([
    'evil.example',
    'localhost',
    '127.0.0.1',
    '127.0.0.1:1',
    'evil.example:PORT',
    '[::1]:PORT',
    'LOCALHOST:PORT',
  ])('Host %s is refused', async (host) => {
    const { ask, enter, port } = await start()
    const { path, headers } = await enter()
    const answer = await ask({ path, headers: { ...headers, host: host.replace('PORT', String(port)) } })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.body).not.toContain('window')
  })

  test('localhost with the port is this server too', async () => {
    const { ask, enter, port } = await start()
    const { path, headers } = await enter()
    const answer = await ask({
      path,
      headers: { ...headers, host: `localhost:${port}`, origin: `http://localhost:${port}` },
    })
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('window') })
  })

  test.each(['https://evil.example', 'null', 'http://127.0.0.1', 'http://localhost:PORT', 'http://127.0.0.1:PORT/'])(
    'Origin %s is refused',
    async (origin) => {
      const { ask, enter, port, connector } = await start()
      const { path, headers } = await enter()
      const foreign = { ...headers, origin: origin.replace('PORT', String(port)) }
      expect(
        (await ask({ path: `${path}rpc/runs/test`, method: 'POST', headers: foreign, body: runInput })).status,
      ).toBe(403)
      expect(connector.requests).toEqual([])
    },
  )

  test('a change without an Origin, or started by another site, is refused', async () => {
    const { ask, enter } = await start()
    const { path, headers } = await enter()
    const { origin: _origin, ...without } = headers
    const call = { path: `${path}rpc/app/start`, method: 'POST', body: '{"json":{}}' }
    expect((await ask({ ...call, headers: without })).status).toBe(403)
    expect((await ask({ ...call, headers: { ...headers, 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    const embedded = {
      ...without,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'script',
    }
    expect((await ask({ path, headers: embedded })).status).toBe(403)
    expect((await ask({ ...call, headers })).status).toBe(200)
  })
})

describe('the window', () => {
  test('comes with its policy on every answer, refusals included', async () => {
    const { ask, enter } = await start()
    const { path, headers } = await enter()
    for (const asked of [path, `${path}absent.js`, `${path}..%2fsecret.txt`, `${path}secret.txt`, '/elsewhere']) {
      const answer = await ask({ path: asked, headers })
      expect(answer.headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      })
      expect(answer.status).toBe(asked === path ? 200 : 404)
      expect(answer.body).not.toContain('not of the window')
    }
  })
})

describe('procedures', () => {
  test('answer as the contract says', async () => {
    const { ask, enter } = await start()
    const { path, headers } = await enter()
    const answer = await ask({ path: `${path}rpc/app/start`, method: 'POST', headers, body: '{"json":{}}' })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-security-policy']).toBeDefined()
    expect(JSON.parse(answer.body)).toMatchObject({ json: { version: '1.2.3', face: 'browser' } })
  })

  test('a body above 1 MiB is refused, announced or not, and below it is read', async () => {
    const { ask, enter } = await start()
    const { path, headers } = await enter()
    const call = { path: `${path}rpc/app/start`, method: 'POST' }
    const large = Buffer.alloc(5 * 1024 * 1024, ' ')
    // The server may close before all is sent; what counts is that it does not answer the call.
    const status = async (asked: Parameters<typeof ask>[0]) => (await ask(asked).catch(() => ({ status: 413 }))).status
    expect(await status({ ...call, headers, body: large })).toBe(413)
    expect(await status({ ...call, headers: { ...headers, 'transfer-encoding': 'chunked' }, body: large })).toBe(413)
    expect(await status({ ...call, headers, body: `${' '.repeat(1_000_000)}{"json":{}}` })).toBe(200)
  })

  test.each([
    ['half a JSON text', '{"json":', 400],
    ['another JSON value', '7', 400],
    ['a wrong input', '{"json":{"draft":7}}', 400],
    ['prototype keys', '{"json":{"__proto__":{"draft":{}}}}', 400],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00]), 400],
  ])('%s is answered with %3$i', async (_name, body, status) => {
    const { ask, enter } = await start()
    const { path, headers } = await enter()
    expect((await ask({ path: `${path}rpc/runs/test`, method: 'POST', headers, body })).status).toBe(status)
    expect((await ask({ path, headers })).status).toBe(200)
  })

  test.each([
    ['GET', 'rpc/app/start', {}, 405],
    ['DELETE', '', {}, 405],
    ['POST', 'rpc/app/absent', {}, 404],
    ['POST', 'rpc/__proto__/constructor', {}, 404],
    ['POST', 'rpc/app/start', { 'content-type': 'text/plain' }, 415],
    ['POST', 'rpc/app/start', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['POST', 'rpc/app/start', { 'x-ews-setup-window': 'no id' }, 400],
  ])('%s %s with %o is answered with %i', async (method, procedure, more, status) => {
    const { ask, enter } = await start()
    const { path, headers } = await enter()
    const body = method === 'POST' ? { body: '{"json":{}}' } : {}
    expect((await ask({ path: `${path}${procedure}`, method, headers: { ...headers, ...more }, ...body })).status).toBe(
      status,
    )
  })

  test('garbage on the line is answered with 400 and ends nothing', async () => {
    const { ask, enter, port } = await start()
    const { path, headers } = await enter()
    expect(await raw(port, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    expect(await raw(port, 'GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    expect(
      await raw(port, `GET / HTTP/1.1\r\nHost: a\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.1 40/)
    expect(
      await raw(port, `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.1 404/)
    expect(await raw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4|^$/,
    )
    await raw(
      port,
      `GET /chat HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    )
    expect((await ask({ path, headers })).status).toBe(200)
  })

  test('a page that goes away stops its run', async () => {
    const { ask, enter, connector } = await start()
    connector.script = waits
    const { path, headers } = await enter()
    const controller = new AbortController()
    const call = ask({
      path: `${path}rpc/runs/test`,
      method: 'POST',
      headers,
      body: runInput,
      signal: controller.signal,
    })
    await expect.poll(() => connector.requests.length).toBe(1)
    const second = await ask({ path: `${path}rpc/runs/locate`, method: 'POST', headers, body: runInput })
    expect(second.status).toBe(409)
    controller.abort()
    await call.catch(() => undefined)
    await expect.poll(() => connector.ended).toBe(1)
  })

  test('streams are limited', async () => {
    const { ask, enter, connector } = await start()
    connector.script = waits
    const { path, headers } = await enter()
    const pages = Array.from({ length: 32 }, () => new AbortController())
    const calls = pages.map(({ signal }) => {
      const window = { ...headers, 'x-ews-setup-window': crypto.randomUUID() }
      return ask({
        path: `${path}rpc/runs/test`,
        method: 'POST',
        headers: window,
        body: runInput,
        signal,
      })
    })
    await expect.poll(() => connector.requests.length).toBe(32)
    expect((await ask({ path: `${path}presence`, headers })).status).toBe(503)
    for (const page of pages) page.abort()
    await Promise.allSettled(calls)
    await expect
      .poll(
        async () => (await ask({ path: `${path}rpc/app/start`, method: 'POST', headers, body: '{"json":{}}' })).status,
      )
      .toBe(200)
  })
})

describe('the end', () => {
  test('comes after the last window, not before', async () => {
    const { join, enter, ask, closed } = await start({ graceMs: 40 })
    const { path, headers } = await enter()
    const windows = [await join(path, headers), await join(path, headers)]
    await windows[0]?.leave()
    // Longer than the grace time: the other window must have kept it open.
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect((await ask({ path, headers })).status).toBe(200)
    await windows[1]?.leave()
    await closed
  })

  test('a reload within the grace time keeps it open', async () => {
    const { join, enter, closed } = await start({ graceMs: 200 })
    const { path, headers } = await enter()
    for (let reload = 0; reload < 4; reload++) {
      const page = await join(path, headers)
      await page.leave()
      await new Promise((resolve) => setTimeout(resolve, 70))
    }
    await closed
  })

  test('a signal ends it, with everything that is open', async () => {
    const { ask, enter, connector, closed, stop } = await start()
    connector.script = waits
    const { path, headers } = await enter()
    const open = [
      ask({ path: `${path}presence`, headers }),
      ask({ path: `${path}rpc/runs/test`, method: 'POST', headers, body: runInput }),
    ].map((call) => call.catch(() => undefined))
    await expect.poll(() => connector.requests.length).toBe(1)
    await stop()
    await closed
    await Promise.all(open)
    await expect.poll(() => connector.ended).toBe(1)
  })

  test('a port that is taken is an error, not a hang', async () => {
    const { port } = await start()
    await expect(startServer({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})
