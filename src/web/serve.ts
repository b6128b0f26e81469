/**
 * The browser host: the window and the contract over http on 127.0.0.1, for the one person who was given the address. It ends with
 * its last window.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { RPCHandler } from '@orpc/server/node'
import type { Language } from '../contract/contract.ts'
import { callBytes } from '../contract/callLimits.ts'
import { openInBrowser } from '../host/openInBrowser.ts'
import { rendererFile, rendererHeaders } from '../host/rendererFiles.ts'
import type { Router } from '../host/router.ts'
import { menuDe } from '../texts/menu.de.ts'
import { menuEn } from '../texts/menu.en.ts'
import { admit } from './admission.ts'
import { openPresence } from './presence.ts'
import { readJson } from './requestBody.ts'
import { openSession } from './session.ts'

const address = '127.0.0.1'
/** Runs and presence of all windows together. */
const mostStreams = 32
const mostConnections = 256
const receiveMs = 30_000
/** How long after its last window the server waits for another: a reload, or a laptop that just woke up. */
const defaultGraceMs = 10_000

export type ServeOptions = {
  router: Router
  /** Default: a free one. */
  port?: number
  /** Directory of the built window. */
  rendererDir: string
  /** Whether to open the person's browser; the address works once either way. */
  open: boolean
  language: Language
  /** Ends the server. */
  signal: AbortSignal
  graceMs?: number
}

export type Served = {
  /** Works once, for one browser. */
  url: string
  /** Settles when the server has ended, for whatever reason. */
  closed: Promise<void>
}

/** Rejects only when it cannot listen: `EADDRINUSE`, `EACCES`. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { router, rendererDir, signal, graceMs = defaultGraceMs } = options
  const texts = options.language === 'de' ? menuDe : menuEn
  const handler = new RPCHandler(router)
  const session = openSession()
  const presence = openPresence({ graceMs, onLastGone: () => stop() })
  let streams = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const admitted = admit(request, portOf())
    if (!admitted) return refuse(response, 403)
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'

    if (request.method === 'GET' && session.isEntrance(path)) {
      const cookie = session.enter(path, portOf())
      if (cookie === null) return say(response, 403, texts.addressUsed)
      // A redirect would still count as coming from the page that held the link, and the strict cookie would stay behind.
      const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${session.path}"><title>EWS Setup</title>`
      return send(response, 200, { ...rendererHeaders('text/html; charset=utf-8'), 'set-cookie': cookie }, page)
    }
    if (!path.startsWith(session.path)) return say(response, 404, texts.notFound)
    if (!session.knows(request.headers.cookie, portOf())) return say(response, 403, texts.addressUsed)

    const rest = path.slice(session.path.length)
    if (rest === 'presence' && request.method === 'GET') {
      return stream(response, () => presence.join(request, response))
    }
    if (rest.startsWith('rpc/')) return callProcedure(request, response, rest.slice('rpc/'.length))
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
    const file = rendererFile(rendererDir, `/${rest}`)
    if (file.kind === 'refused') return refuse(response, file.status)
    const content = await readFile(file.path).catch(() => null)
    if (content === null) return refuse(response, 404)
    send(response, 200, rendererHeaders(file.type), request.method === 'HEAD' ? undefined : content)
  }

  async function callProcedure(request: IncomingMessage, response: ServerResponse, procedure: string): Promise<void> {
    if (request.method !== 'POST') return refuse(response, 405)
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return refuse(response, 415)
    const window = request.headers['x-ews-setup-window']
    if (typeof window !== 'string' || !/^[0-9a-f-]{36}$/.test(window)) return refuse(response, 400)
    const read = await readJson(request, callBytes(procedure))
    if (read.kind === 'refused') return refuse(response, read.status)
    await stream(response, async () => {
      for (const [name, value] of Object.entries(rendererHeaders('application/json'))) response.setHeader(name, value)
      const result = await handler.handle(Object.assign(request, { body: read.value }), response, {
        prefix: `${session.path}rpc`,
        context: { window },
      })
      if (!result.matched) refuse(response, 404)
    })
  }

  async function stream(response: ServerResponse, run: () => unknown): Promise<void> {
    if (streams >= mostStreams) return refuse(response, 503)
    streams += 1
    response.once('close', () => {
      streams -= 1
    })
    await run()
  }

  const server = createServer({ requestTimeout: receiveMs, headersTimeout: receiveMs }, (request, response) => {
    answer(request, response).catch(() => {
      // Our own mistake, or a connection that broke: this request's end, never the server's.
      if (response.headersSent) response.destroy()
      else refuse(response, 500)
    })
  })
  server.maxConnections = mostConnections
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else socket.destroy()
  })
  // An upgrade is never wanted; without a listener Node would treat the request as an ordinary one.
  server.on('upgrade', (_request, socket) => socket.destroy())

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, address, () => {
      server.off('error', reject)
      resolve()
    })
  })

  function portOf(): number {
    const bound = server.address()
    return typeof bound === 'object' && bound !== null ? bound.port : 0
  }

  function stop(): void {
    signal.removeEventListener('abort', stop)
    presence.end()
    server.close()
    server.closeAllConnections()
  }

  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()))
  const url = `http://${address}:${portOf()}${session.entrance}`
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  if (options.open && !signal.aborted) void openInBrowser(url)
  return { url, closed }
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body?: string | Buffer): void {
  if (response.headersSent) return
  response.writeHead(status, headers)
  response.end(body)
}

function refuse(response: ServerResponse, status: number): void {
  send(response, status, { ...rendererHeaders('text/plain; charset=utf-8'), connection: 'close' }, `${status}\n`)
}

/** A refusal that a person may come to see. */
function say(response: ServerResponse, status: number, sentence: string): void {
  send(response, status, rendererHeaders('text/plain; charset=utf-8'), `${sentence}\n`)
}
