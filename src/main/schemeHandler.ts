/** Answers `app://bundle/…` with the files of the window. */
import { readFile } from 'node:fs/promises'
import { parseUrl } from '../core/network/url.ts'
import { rendererFile, rendererHeaders } from '../host/rendererFiles.ts'
import { scheme, schemeHost } from './page.ts'

/**
 * Files are read with `fs`, which sees into an asar archive and leaves the content type to us. A throw would be a network error in
 * the page; so there is none.
 */
export function schemeHandler(root: string): (request: Pick<Request, 'method' | 'url'>) => Promise<Response> {
  return async (request) => {
    const url = parseUrl(request.url)
    if (url === null || request.method !== 'GET' || url.protocol !== `${scheme}:` || url.host !== schemeHost)
      return refused(404)
    const file = rendererFile(root, url.pathname)
    if (file.kind === 'refused') return refused(file.status)
    const content = await readFile(file.path).catch(() => null)
    return content === null
      ? refused(404)
      : new Response(new Uint8Array(content), { headers: rendererHeaders(file.type) })
  }
}

function refused(status: number): Response {
  return new Response(null, { status, headers: rendererHeaders('text/plain; charset=utf-8') })
}
