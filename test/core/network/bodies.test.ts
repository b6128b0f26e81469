// Bodies and headers from servers that mean harm or are broken: each has a result, a limit in bytes and a limit in time.
import { createServer, type Server, type Socket } from 'node:net'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limits } from '../../../src/core/limits.ts'
import { startWorld, type Answer, type Handler, type World } from '../../../src/demo/index.ts'
import { exchange, networkIn, type Exchange } from './inWorld.ts'

const host = 'mail.contoso.example'
const megabyte = Buffer.alloc(1024 * 1024, 'x')
let handler: Handler
let world: World
beforeAll(async () => {
  world = await startWorld({ zones: {}, hosts: { [host]: { https: (request) => handler(request) } } })
})
afterAll(() => world.stop())

const ask = (next: Handler, requestMs = 5_000): Promise<Exchange> => {
  handler = next
  return exchange(networkIn(world), `https://${host}/`, { requestMs })
}
const answer = (body: Buffer | string, headers: Record<string, string> = {}): Promise<Exchange> =>
  ask((): Answer => ({ status: 200, headers, body }))

/** Writes megabytes until it is stopped; gives how many were taken. */
function streaming(headers: Record<string, string>, megabytes: number): { handler: Handler; written: () => number } {
  let written = 0
  return {
    written: () => written,
    handler: ({ raw: { response } }) => {
      response.writeHead(200, headers)
      const more = (): void => {
        while (!response.destroyed && written < megabytes) {
          written++
          if (!response.write(megabyte)) {
            response.once('drain', more)
            return
          }
        }
        if (written >= megabytes) response.end()
      }
      more()
      return 'written'
    },
  }
}

describe('a body without measure', () => {
  test.each<[string, Record<string, string>, number]>([
    ['100 MB, declared', { 'Content-Length': String(100 * megabyte.length) }, 100],
    ['100 MB, in chunks', {}, 100],
    ['without end', {}, Number.POSITIVE_INFINITY],
  ])('%s: read up to the limit, in bounded memory', async (_what, headers, megabytes) => {
    const stream = streaming(headers, megabytes)
    const before = process.memoryUsage()
    const { http } = await ask(stream.handler)
    const after = process.memoryUsage()
    expect(http).toMatchObject({ result: 'too-large', status: 200 })
    expect(stream.written()).toBeLessThan(40)
    expect(after.rss - before.rss).toBeLessThan(60 * megabyte.length)
    expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(60 * megabyte.length)
  })

  test('just within the limit it is read, one byte more it is not', async () => {
    const body = Buffer.alloc(limits.bodyBytes, 'x')
    expect((await answer(body)).http).toMatchObject({ result: 'answer', body: { bytes: limits.bodyBytes } })
    expect((await answer(Buffer.concat([body, Buffer.from('x')]))).http.result).toBe('too-large')
  })
})

describe('compressed bodies', () => {
  const bomb = Buffer.alloc(60 * 1024 * 1024)
  const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
  test.each<[string, (body: Buffer) => Buffer]>([
    ['gzip', (body) => gzipSync(body, { level: 1 })],
    ['deflate', (body) => deflateSync(body, { level: 1 })],
    ['br', (body) => brotliCompressSync(body, quick)],
  ])('%s: a bomb stays small, a small one is read', async (encoding, compress) => {
    const small = await answer(compress(Buffer.from('<a>hello</a>')), { 'Content-Encoding': encoding.toUpperCase() })
    expect(small.result).toMatchObject({ kind: 'answer', text: '<a>hello</a>' })
    expect(small.http.body.kind).toBe('xml')

    const packed = compress(bomb)
    expect(packed.length).toBeLessThan(limits.bodyBytes)
    const before = process.memoryUsage().rss
    const { http } = await answer(packed, { 'Content-Encoding': encoding })
    expect(http).toMatchObject({ result: 'too-large', code: 'INFLATED' })
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * megabyte.length)
  })

  test('garbage, and an early end, are no HTTP', async () => {
    expect((await answer('no gzip', { 'Content-Encoding': 'gzip' })).http.result).toBe('not-http')
    const cut = gzipSync(Buffer.from('hello hello hello')).subarray(0, 20)
    expect((await answer(cut, { 'Content-Encoding': 'gzip' })).http.result).toBe('not-http')
  })
})

describe('slow answers', () => {
  test('one byte now and then ends at the limit of the request', async () => {
    let timer: NodeJS.Timeout | undefined
    const started = performance.now()
    const { http } = await ask(({ raw: { response } }) => {
      response.writeHead(200)
      timer = setInterval(() => response.write('x'), 20)
      response.once('close', () => clearInterval(timer))
      return 'written'
    }, 400)
    expect(http).toMatchObject({ result: 'stalled', code: 'TIMEOUT', status: 200 })
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test('one byte of a header now and then as well', async () => {
    const { http } = await ask(({ raw: { request } }) => {
      request.socket.write('HTTP/1.1 200 OK\r\nX-Slow: ')
      const timer = setInterval(() => request.socket.write('x'), 20)
      request.socket.once('close', () => clearInterval(timer))
      return 'written'
    }, 400)
    expect(http).toMatchObject({ result: 'silent', code: 'TIMEOUT' })
  })
})

describe('what is no HTTP', () => {
  const raw =
    (bytes: string | Buffer, end = true): Handler =>
    ({ raw: { request } }) => {
      if (end) request.socket.end(bytes)
      else request.socket.write(bytes)
      return 'written'
    }
  const many = Array.from({ length: 2_000 }, (_, at) => `X-Header-${at}: ${'x'.repeat(60)}\r\n`).join('')
  test.each<[string, Handler, string]>([
    ['garbage', raw('\u0000\u0001\u0002 garbage \r\n\r\n'), 'not-http'],
    ['the beginning of a mail server', raw('220 mail.contoso.example ESMTP\r\n'), 'not-http'],
    ['HTTP/0.9', raw('<html>hello</html>'), 'not-http'],
    ['a status that is none', raw('HTTP/1.1 2x0 OK\r\n\r\n'), 'not-http'],
    ['a length that is none', raw('HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n'), 'not-http'],
    ['two lengths', raw('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'), 'not-http'],
    [
      'a length and chunks',
      raw('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n'),
      'not-http',
    ],
    ['a broken chunk', raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx'), 'not-http'],
    ['one huge header', raw(`HTTP/1.1 200 OK\r\nX-Huge: ${'x'.repeat(200_000)}\r\n\r\n`, false), 'too-large'],
    ['huge headers', raw(`HTTP/1.1 200 OK\r\n${many}\r\n`, false), 'too-large'],
    ['an end before the announced length', raw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello'), 'dropped'],
    ['an end within a chunk', raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhello'), 'dropped'],
    ['an end within the headers', raw('HTTP/1.1 200 OK\r\nServer: x\r\n'), 'dropped'],
    ['an end at once', raw(''), 'dropped'],
  ])('%s', async (_what, next, result) => {
    const { http } = await ask(next, 1_500)
    expect(`${http.result} ${http.code ?? ''}`).toMatch(result)
  })

  test('more than the announced length: the announced part counts', async () => {
    const { result } = await ask(raw('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more', false))
    expect(result).toMatchObject({ kind: 'answer', text: 'hello' })
  })

  test('an end without length is the end of the body', async () => {
    const { result } = await ask(raw('HTTP/1.1 200 OK\r\n\r\nhello'))
    expect(result).toMatchObject({ kind: 'answer', text: 'hello' })
  })

  test('interim answers are passed over', async () => {
    const { result } = await ask(
      raw('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
    )
    expect(result).toMatchObject({ kind: 'answer', status: 200, text: 'ok' })
  })
})

describe('a server that closes before it was asked', () => {
  let server: Server
  let accepted = 0
  const open = new Set<Socket>()
  beforeAll(async () => {
    server = createServer((socket) => {
      accepted++
      open.add(socket)
      socket.on('error', () => undefined).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })

  test('is dropped soon, without a storm of connections', async () => {
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { http } = await exchange(networkIn(world), `http://127.0.0.1:${port}/`, { requestMs: 1_000 })
    expect(['dropped', 'silent']).toContain(http.result)
    expect(accepted).toBeLessThan(5)
  })
})

describe('kinds of bodies', () => {
  test.each<[string, string, string, string | null]>([
    ['\ufeff<?xml version="1.0"?><a/>', 'text/xml', 'xml', null],
    ['  <!DOCTYPE html><title>Sign in</title><script>var secret</script>', 'text/html', 'html', 'Sign in'],
    ['<div>hello</div>', 'text/html; charset=utf-8', 'html', 'hello'],
    ['{"a":1}', 'text/plain', 'json', null],
    ['plain', 'text/plain', 'text', 'plain'],
    ['', 'text/xml', 'none', null],
    ['\u0000\u0001', 'text/plain', 'binary', null],
  ])('%j', async (body, type, kind, head) => {
    expect((await answer(body, { 'Content-Type': type })).http.body).toMatchObject({ kind, head })
  })

  test('a page is cut', async () => {
    const { http } = await answer(`<html><body>${'word '.repeat(10_000)}`, { 'Content-Type': 'text/html' })
    expect(http.body.head).toHaveLength(limits.bodyHeadCharacters)
  })

  test('a page made of open tags is judged quickly', async () => {
    const started = performance.now()
    await answer(`<html>${'<script>'.repeat(400_000)}`, { 'Content-Type': 'text/html' })
    await answer(`<html>${'<'.repeat(3_000_000)}`, { 'Content-Type': 'text/html' })
    expect(performance.now() - started).toBeLessThan(1_500)
  })
})

test('evidence of an answer keeps no cookie, no token and no login', async () => {
  const { http, observations } = await ask((): Answer => ({
    status: 401,
    headers: {
      'Set-Cookie': ['sid=Canary; HttpOnly'],
      'WWW-Authenticate': ['NTLM Q2FuYXJ5Q2FuYXJ5', 'Negotiate Q2FuYXJ5', 'Basic realm="x"'],
      'X-Canary': 'Canary',
      Location: 'https://sso.example/?ticket=Canary',
      Server: 'Microsoft-IIS/10.0',
    },
  }))
  expect(JSON.stringify(observations)).not.toMatch(/Canary|Q2FuYXJ5/)
  expect(http.challenges.map((one) => [one.scheme, one.token])).toEqual([
    ['NTLM', true],
    ['Negotiate', true],
    ['Basic', false],
  ])
})
