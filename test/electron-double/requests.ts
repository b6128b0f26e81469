/** What a page asks for: the program's request listener first, then its navigation listeners, then its protocol handler. */
import type { EventEmitter } from 'node:events'
import type { CdpSession, Protocol } from './cdp.ts'
import { privateScheme, toPage, toProgram } from './schemes.ts'
import { defaultSession } from './session.ts'

type Paused = Protocol.Fetch.requestPausedPayload
type Failure = Protocol.Network.ErrorReason

export type Requests = {
  /** A renderer wants to leave; tells of addresses that are no http, which never become a request. */
  requested(navigation: { frameId: string; url: string }): void
}

export function watchRequests(options: {
  session: CdpSession
  contents: EventEmitter
  contentsId: number
  mainFrame: () => string
}): Requests {
  const { session, contents, contentsId, mainFrame } = options
  /** Navigations that a page began, by frame; those of the program and of tools are not asked about. */
  const begun = new Map<string, string>()

  /** Raises the events of a navigation. True: nobody prevented it. */
  function mayNavigate(frameId: string, url: string): boolean {
    const isMainFrame = frameId === mainFrame()
    let prevented = false
    const event = {
      url: toProgram(url),
      isMainFrame,
      isSameDocument: false,
      frame: null,
      get defaultPrevented() {
        return prevented
      },
      preventDefault: () => (prevented = true),
    }
    contents.emit('will-frame-navigate', event)
    if (isMainFrame && !prevented) contents.emit('will-navigate', event, event.url)
    return !prevented
  }

  async function decide({ request, resourceType, frameId, requestId }: Paused): Promise<void> {
    const url = toProgram(request.url)
    const fail = (errorReason: Failure) => session.send('Fetch.failRequest', { requestId, errorReason })
    if (resourceType === 'Document') {
      // A page's wish comes from its own process, before the request that follows from it.
      const isOfPage = begun.get(frameId) === request.url.replace(/#.*$/, '')
      begun.delete(frameId)
      if (isOfPage && !mayNavigate(frameId, request.url)) return fail('Aborted').then(() => undefined)
    }
    // The mapped origin is https, so that Chromium asks for an icon, which it does not for a private scheme.
    if (resourceType === 'Other' && new URL(request.url).pathname === '/favicon.ico') {
      await session.send('Fetch.fulfillRequest', { requestId, responseCode: 404 })
      return
    }
    const cancelled = await defaultSession.isCancelled({
      url,
      method: request.method,
      resourceType: resourceType === 'Document' ? 'mainFrame' : 'other',
      webContentsId: contentsId,
    })
    if (cancelled) return fail('BlockedByClient').then(() => undefined)
    const scheme = privateScheme(request.url)
    const handler = scheme === null ? undefined : defaultSession.handlers.get(scheme)
    if (handler === undefined) {
      const isLoopback = scheme === null && ['127.0.0.1', 'localhost'].includes(new URL(request.url).hostname)
      if (isLoopback) await session.send('Fetch.continueRequest', { requestId })
      else await fail(scheme === null ? 'NameNotResolved' : 'Failed')
      return
    }
    const answer = await ask(handler, request)
    if (answer === null) return fail('Failed').then(() => undefined)
    await session.send('Fetch.fulfillRequest', { requestId, ...answer })
  }

  session.on('Fetch.requestPaused', (paused) => {
    // A page that has gone takes its requests with it.
    decide(paused).catch(() => undefined)
  })

  return {
    requested({ frameId, url }) {
      if (/^https?:/.test(url)) begun.set(frameId, url.replace(/#.*$/, ''))
      else mayNavigate(frameId, url)
    },
  }
}

type Answer = { responseCode: number; responseHeaders: Protocol.Fetch.HeaderEntry[]; body: string }

/** null: a network error in the page. */
async function ask(
  handler: (request: Request) => Response | Promise<Response>,
  { url, method, headers, postData }: Protocol.Network.Request,
): Promise<Answer | null> {
  let response: Response
  try {
    response = await handler(
      new Request(toProgram(url), { method, headers, ...(postData === undefined ? {} : { body: postData }) }),
    )
    if (!(response instanceof Response)) throw new TypeError('the protocol handler did not answer with a Response')
  } catch (error) {
    process.stderr.write(`[electron-double] protocol handler: ${error instanceof Error ? error.message : 'failed'}\n`)
    return null
  }
  if (response.type === 'error') return null
  const responseHeaders = [...response.headers].map(([name, value]) => ({
    name,
    value: name === 'location' ? toPage(value) : value,
  }))
  // Electron's own default, which makes module scripts of a handler that forgot the type fail.
  if (!response.headers.has('content-type')) responseHeaders.push({ name: 'content-type', value: 'text/html' })
  const body = Buffer.from(await response.arrayBuffer()).toString('base64')
  return { responseCode: response.status, responseHeaders, body }
}
