/** A URL, or null for a text that is none. */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}

/** An https URL, or null for anything else. */
export function httpsUrl(text: string, base?: string): URL | null {
  const url = parseUrl(text, base)
  return url !== null && url.protocol === 'https:' ? url : null
}

/** Lower-case host name without the brackets of an IPv6 literal and without a final dot. */
export function hostOf(url: URL): string {
  return url.hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}

/** The port that a URL leads to. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port)
}

/** The URL as evidence keeps it: no user info, no fragment. */
export function shownUrl(url: URL): string {
  const shown = new URL(url)
  shown.username = ''
  shown.password = ''
  shown.hash = ''
  return shown.href
}
