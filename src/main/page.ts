/** Which page is ours: the one of the private scheme, or that of the development server in an unpackaged start. */
import type { WebFrameMain } from 'electron'
import { parseUrl } from '../core/network/url.ts'

export const scheme = 'app'
export const schemeHost = 'bundle'

export type Page = {
  /** What the window loads. */
  url: string
  /** Scheme and host without a final slash, as frames report it; never compared with Node's `URL.origin`, which is "null" here. */
  origin: string
  development: boolean
}

/** `developmentUrl` counts only when the program is not packaged, and only on this machine. */
export function pageOf(developmentUrl: string | undefined, packaged: boolean): Page {
  const development = packaged || developmentUrl === undefined ? null : parseUrl(developmentUrl)
  if (
    development !== null &&
    development.protocol === 'http:' &&
    ['localhost', '127.0.0.1'].includes(development.hostname)
  ) {
    return { url: development.href, origin: `http://${development.host}`, development: true }
  }
  return { url: `${scheme}://${schemeHost}/index.html`, origin: `${scheme}://${schemeHost}`, development: false }
}

/** A top frame that shows our page. An `about:blank` child inherits the origin, and a frame that has just gone is null. */
export function isOwnFrame(page: Page, frame: Pick<WebFrameMain, 'origin' | 'url' | 'parent'> | null): boolean {
  return (
    frame !== null && frame.parent === null && frame.origin === page.origin && frame.url.startsWith(`${page.origin}/`)
  )
}

/** What the page may load: its own files, images inside its styles, and what it wrote itself to be saved. */
export function isOwnRequest(page: Page, address: string): boolean {
  const url = parseUrl(address)
  if (url === null) return false
  if (url.protocol === 'data:') return true
  if (url.protocol === 'blob:') return address.startsWith(`blob:${page.origin}/`)
  if (`${url.protocol}//${url.host}` === page.origin) return true
  return (
    page.development &&
    (url.protocol === 'devtools:' || `${url.protocol}//${url.host}` === page.origin.replace(/^http/, 'ws'))
  )
}
