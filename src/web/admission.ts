/** Which requests are answered at all: those that name this server, from its own pages or typed by the person. */
import type { IncomingMessage } from 'node:http'

/**
 * Exact Host (against DNS rebinding), own Origin or none (a page of another origin always sends one with POST), and what the browser
 * says about the initiator. A request that changes something must bring an Origin.
 */
export function admit(request: IncomingMessage, port: number): boolean {
  const { host, origin } = request.headers
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return false
  if (request.headersDistinct['host']?.length !== 1) return false
  if (origin !== undefined && origin !== `http://${host}`) return false
  if (origin === undefined && request.method !== 'GET' && request.method !== 'HEAD') return false
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  // A link in a web mail or a web terminal may lead here; anything else from elsewhere may not.
  return (
    request.method === 'GET' &&
    request.headers['sec-fetch-mode'] === 'navigate' &&
    request.headers['sec-fetch-dest'] === 'document'
  )
}
