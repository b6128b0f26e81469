/** A browser host for tests over a fake connector, and requests as a browser or an attacker would send them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import * as paths from 'node:path'
import { createRouter } from '../../src/host/router.ts'
import { openMemoryStore } from '../../src/host/secretStore.ts'
import { openSettingsFile } from '../../src/host/settingsFile.ts'
import { serve, type ServeOptions } from '../../src/web/serve.ts'
import { fakeConnector, type FakeConnector } from '../host/fakeConnector.ts'

export type Answer = { status: number; headers: IncomingMessage['headers']; body: string }
export type Ask = {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string | Buffer
  signal?: AbortSignal
}

export type TestServer = {
  url: string
  port: number
  closed: Promise<void>
  connector: FakeConnector
  /** Settles with the whole answer, or as soon as the server refuses a body that is still being sent. */
  ask(options: Ask): Promise<Answer>
  /** A window's event stream; settles when the server counts it. `leave` settles when the connection is closed. */
  join(path: string, headers: Record<string, string>): Promise<{ leave: () => Promise<void> }>
  /** Opens the address once: headers of a browser that is in, and where the window lives. */
  enter(): Promise<{ path: string; headers: Record<string, string> }>
  stop(): Promise<void>
}

export async function startServer(
  options: Partial<ServeOptions> & { connector?: FakeConnector } = {},
): Promise<TestServer> {
  const directory = mkdtempSync(paths.join(tmpdir(), 'ews-web-'))
  writeFileSync(paths.join(directory, 'index.html'), '<!doctype html><title>window</title>')
  writeFileSync(paths.join(directory, 'secret.txt'), 'not of the window')
  const { connector = fakeConnector(), ...serveOptions } = options
  const controller = new AbortController()
  const router = createRouter({
    connector,
    settingsFile: openSettingsFile({ directory: paths.join(directory, 'state') }),
    secretStore: openMemoryStore(),
    face: 'browser',
    version: '1.2.3',
    language: 'en',
    openLink: () => undefined,
  })
  const { url, closed } = await serve({
    router,
    rendererDir: directory,
    open: false,
    language: 'en',
    signal: controller.signal,
    ...serveOptions,
  })
  const port = Number(new URL(url).port)
  const ask = (asked: Ask) => send(port, asked)
  return {
    url,
    port,
    closed,
    connector,
    ask,
    join: (path, headers) => join(port, `${path}presence`, headers),
    async enter() {
      const answer = await ask({ path: new URL(url).pathname })
      const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
      const path = /url=([^"]+)"/.exec(answer.body)?.[1] ?? ''
      return {
        path,
        headers: {
          cookie,
          origin: `http://127.0.0.1:${port}`,
          'content-type': 'application/json',
          'x-ews-setup-window': crypto.randomUUID(),
        },
      }
    },
    async stop() {
      controller.abort()
      await closed
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function send(port: number, { method = 'GET', path, headers = {}, body, signal }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { host: `127.0.0.1:${port}`, ...headers },
      agent: false,
    }
    const sent = request(signal === undefined ? options : { ...options, signal }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      const done = () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text })
      response.once('end', done)
      response.once('error', done)
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

function join(port: number, path: string, headers: Record<string, string>): Promise<{ leave: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers: { ...headers, host: `127.0.0.1:${port}` }, agent: false }
    const sent = request(options, (response) => {
      response.on('error', () => undefined)
      response.once('data', () =>
        resolve({
          async leave() {
            const closed = new Promise((done) => sent.once('close', done))
            sent.destroy()
            await closed
          },
        }),
      )
    })
    sent.once('error', reject)
    sent.end()
  })
}
