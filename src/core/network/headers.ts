/** Response headers: what enters evidence (an allow-list), and what they tell about who answered. */
import { limits } from '../limits.ts'
import type { exchangeMarks } from '../evidence/network.ts'

/** Lower-case names; several values of one name stay apart. */
export type Headers = ReadonlyMap<string, readonly string[]>

export function headersOf(raw: Record<string, string | string[] | undefined>): Headers {
  const headers = new Map<string, readonly string[]>()
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) headers.set(name.toLowerCase(), typeof value === 'string' ? [value] : value)
  }
  return headers
}

export function header(headers: Headers, name: string): string | null {
  return headers.get(name)?.join(', ') ?? null
}

/** Headers that only Exchange sends. `request-id` alone is half a proof. */
const exchangeHeaders = [
  'x-feserver',
  'x-beserver',
  'x-owa-version',
  'x-diaginfo',
  'x-caserrorcode',
  'x-calculatedbetarget',
  'x-calculatedfetarget',
  'x-feproxyinfo',
  'x-soap-enabled',
]

/** Neither cookies nor login tokens; `www-authenticate` is kept as parsed challenges instead. */
const kept = new Set([
  ...exchangeHeaders,
  'cache-control',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'jsonerror',
  'location',
  'ms-diagnostics-public',
  'request-id',
  'client-request-id',
  'retry-after',
  'server',
  'via',
  'x-aspnet-version',
  'x-backendhttpstatus',
  'x-cache',
  'x-feefzinfo',
  'x-firsthopcafeefz',
  'x-federationtrusttokenissueruri',
  'x-ms-diagnostics',
  'x-ms-request-id',
  'x-oauth-enabled',
  'x-powered-by',
  'x-wssecurity-enabled',
  'x-wssecurity-symmetrickey-enabled',
  'x-wssecurity-x509cert-enabled',
])

export function evidenceHeaders(headers: Headers): Record<string, string> {
  const shown: Record<string, string> = {}
  for (const name of headers.keys()) {
    const value = header(headers, name)
    if (value !== null && kept.has(name))
      shown[name] = (name === 'location' ? redactedUrl(value) : value).slice(0, limits.headerValueCharacters)
  }
  return shown
}

/** A redirect's target for evidence: its query and fragment may carry a session or a code; its path says enough. */
export function redactedUrl(location: string): string {
  const [withoutFragment = ''] = location.split('#', 1)
  const [path = '', query] = withoutFragment.split(/\?(.*)/s, 2)
  const names = query?.split('&').map((part) => (part.includes('=') ? `${part.split('=', 1)[0] ?? ''}=…` : '…'))
  return path.replace(/\/\/[^/]*@/, '//') + (names === undefined ? '' : `?${names.join('&')}`)
}

export function exchangeMark(headers: Headers): (typeof exchangeMarks)[number] {
  if (exchangeHeaders.some((name) => headers.has(name))) return 'shown'
  return headers.has('request-id') ? 'half' : 'none'
}

/** The server's clock minus ours, in ms. */
export function clockSkew(headers: Headers, middleOfRequest: number): number | null {
  const date = Date.parse(headers.get('date')?.[0] ?? '')
  return Number.isNaN(date) ? null : Math.round(date - middleOfRequest) || 0
}

/** `code;reason="…";error_category="…"` of `x-ms-diagnostics`. The code decides, the words are only shown. */
export function diagnosticsCode(headers: Headers): string | null {
  return /^\s*(\d{4,9})\b/.exec(header(headers, 'x-ms-diagnostics') ?? '')?.[1] ?? null
}
