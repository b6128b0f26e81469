/** Pasted HTTP answers of an EWS URL: a login and what became of it, an anonymous answer, or SOAP. */
import { showsExchange } from '../autodiscover/status.ts'
import type { LoginScheme } from '../evidence/logins.ts'
import type { Observation, ObservationOf } from '../evidence/schema.ts'
import { hostOf, parseUrl } from '../network/url.ts'
import { cloudOfHost } from '../settings/clouds.ts'
import { ewsVersions } from '../settings/ewsVersions.ts'
import { offeredBy, onNoPath, type Told } from './told.ts'
import type { PastedStep } from './pasted.ts'
import { ewsStep, soapOf } from './xmlMaterial.ts'

const schemeOf = {
  bearer: 'oauth',
  basic: 'basic',
  ntlm: 'ntlm',
  negotiate: 'negotiate',
} as const satisfies Partial<Record<string, LoginScheme>>

const windows = ['negotiate', 'ntlm']

/** What the answers of one URL tell, the last of them being the decisive one. */
export function ewsSteps(group: readonly Told[], last: Told): PastedStep[] {
  const http = group.map((one) => one.answer.observation)
  const { status, request } = last.exchange
  const scheme = sentScheme(last)
  const soap = soapOf(last.answer, { scheme, version: ewsVersions.find((one) => one === request?.version) ?? null })
  if (soap !== null) return [ewsStep(soap, http)]
  if (status === 401) return [unauthorized(group, last, http)]
  if (status === 403 && scheme === 'oauth') return [forbiddenToken(last, http)]
  return onlyAbsenceExplains(last) ? [onNoPath(http, status)] : [plain(last, http, [])]
}

/** How the refused or accepted login was made: by the request's header, or because the answer speaks of a token. */
function sentScheme(last: Told): LoginScheme | null {
  const { credentials } = last.exchange.request ?? { credentials: null }
  if (diagnosticsOf(last) !== null || bearerError(last)) return 'oauth'
  if (credentials === 'bearer' || credentials === 'basic' || credentials === 'ntlm' || credentials === 'negotiate')
    return schemeOf[credentials]
  return null
}

function diagnosticsOf(told: Told): string | null {
  return /^\s*(\d{4,9})\b/.exec(told.answer.observation.headers['x-ms-diagnostics'] ?? '')?.[1] ?? null
}

function bearerError(told: Told): boolean {
  return told.answer.observation.challenges.some(
    (one) => one.scheme.toLowerCase() === 'bearer' && (one.parameters['error'] ?? '') !== '',
  )
}

function isOnline(told: Told): boolean {
  const url = parseUrl(told.answer.observation.url)
  return url !== null && cloudOfHost(hostOf(url)) !== undefined
}

/** 401: a refused login where one is known to have been made and something present explains it, else a server that wants one. */
function unauthorized(group: readonly Told[], last: Told, http: ObservationOf<'http'>[]): PastedStep {
  const scheme = sentScheme(last)
  const offered = offeredBy(last)
  const { exchange: mark } = last.answer.observation
  const isLeg = challengeTokens(last)
  const offersWindows = offered.some((one) => windows.includes(one))
  const explained =
    scheme === 'oauth'
      ? diagnosticsOf(last) !== null || bearerError(last) || offered.includes('bearer') || isOnline(last)
      : mark !== 'none' || offersWindows || isOnline(last)
  if (scheme !== null && !isLeg && (last.exchange.whole || explained)) {
    const handshake =
      windows.includes(scheme) && group.slice(0, -1).some(challengeTokens) ? ('complete' as const) : null
    const login = loginOf(last, { scheme, result: 'refused', handshake })
    return {
      name: 'login',
      target: scheme,
      phase: 'login',
      summary: { text: 'login-refused', facts: { scheme, status: 401 } },
      observations: [...http, login],
      verdict: 'bad',
    }
  }
  // Windows authentication at a URL that the text names as that of EWS is good enough, as at a typed one.
  const isNamed = /\/ews\//i.test(last.answer.observation.url)
  if (showsExchange(last.answer) || (offersWindows && isNamed)) {
    return { ...plain(last, http, [endpointOf(last, 'wants-login')]), verdict: 'open', ...wantsLogin(offered) }
  }
  if (!last.exchange.whole || offersWindows) return { ...onNoPath(http, 401), verdict: 'open' }
  const foreign = plain(last, http, [endpointOf(last, 'foreign-login')])
  return { ...foreign, summary: { text: 'endpoint-foreign-login', facts: {} } }
}

function wantsLogin(offered: readonly string[]): Pick<PastedStep, 'summary'> {
  return { summary: { text: 'endpoint-wants-login', facts: { offered: [...offered] } } }
}

/** NTLM and Negotiate answer their first message with a 401 that carries one of their own: a leg of the login, not its end. */
function challengeTokens(told: Told): boolean {
  return told.answer.observation.challenges.some((one) => one.token && windows.includes(one.scheme.toLowerCase()))
}

/** 403 to a token: taken, and then refused for what it may do. */
function forbiddenToken(last: Told, http: ObservationOf<'http'>[]): PastedStep {
  const code = diagnosticsOf(last)
  if (code === null && onlyAbsenceExplains(last)) return onNoPath(http, 403)
  const step = plain(last, http, [loginOf(last, { scheme: 'oauth', result: 'accepted', handshake: null })])
  return { ...step, name: 'login', target: 'oauth', phase: 'login' }
}

/** A refusal that a gateway may have sent: whether it did is read from headers that are missing, so all have to be known. */
function onlyAbsenceExplains(told: Told): boolean {
  const { whole, status, headers } = told.exchange
  const { exchange: mark, body } = told.answer.observation
  if (whole || mark === 'shown') return false
  if (status === 502 || status === 504 || (status === 503 && headers.has('retry-after'))) return false
  const signed = body.head !== null && /\b403\.\d{1,2}\b|Server Error in '/.test(body.head)
  return (status === 400 || status === 403 || status >= 500) && !signed && mark === 'none'
}

function plain(last: Told, http: ObservationOf<'http'>[], more: Observation[]): PastedStep {
  const { status } = last.exchange
  const url = parseUrl(last.answer.observation.url)
  const isPage = last.answer.observation.body.kind === 'html'
  return {
    name: 'endpoint',
    target: url === null ? null : hostOf(url),
    phase: 'transport',
    summary: { text: 'http-status', facts: { status } },
    observations: [...http, ...more],
    verdict: status >= 300 || isPage ? 'bad' : 'open',
  }
}

function loginOf(
  told: Told,
  o: Pick<ObservationOf<'login'>, 'scheme' | 'result' | 'handshake'>,
): ObservationOf<'login'> {
  const { url, exchange, status } = told.answer.observation
  return {
    kind: 'login',
    url,
    ...o,
    reason: null,
    offered: offeredBy(told),
    exchange,
    status,
    diagnostics: diagnosticsOf(told),
  }
}

function endpointOf(told: Told, result: 'wants-login' | 'foreign-login'): ObservationOf<'endpoint'> {
  const { url, exchange, status, headers } = told.answer.observation
  return {
    kind: 'endpoint',
    url,
    result,
    status,
    offered: offeredBy(told),
    exchange,
    location: headers['location'] ?? null,
  }
}
