/** Asks a URL, without any login, whether Exchange's web service answers there. 401 is the good answer (knowledge 6.3). */
import type { ObservationOf } from '../evidence/schema.ts'
import { showsExchange } from '../autodiscover/status.ts'
import { offeredSchemes } from '../network/challenges.ts'
import { header } from '../network/headers.ts'
import type { HttpResult } from '../network/http.ts'
import type { Network, Recorder } from '../network/network.ts'
import { parseUrl, shownUrl } from '../network/url.ts'
import { readEwsAnswer } from './answer.ts'
import { readOwaVersion, type ServerVersion } from './products.ts'

export type Endpoint = ObservationOf<'endpoint'>
export type EndpointAnswer = { observation: Endpoint; server: ServerVersion | null; http: HttpResult }

/** A request that any EWS understands and that names nobody. */
const probe =
  '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" ' +
  'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><s:Header><t:RequestServerVersion Version="Exchange2010"/></s:Header><s:Body>' +
  '<m:ConvertId DestinationFormat="OwaId"><m:SourceIds><t:AlternateId Format="EwsId" Id="AAA=" Mailbox="postmaster@example.com"/></m:SourceIds></m:ConvertId></s:Body></s:Envelope>'

/** `typed`: a person named this very URL, so Windows authentication without a header of Exchange is good enough. */
export async function askEndpoint(o: {
  url: URL
  typed: boolean
  network: Network
  signal: AbortSignal
  record: Recorder
}): Promise<EndpointAnswer> {
  const http = await o.network.request(
    { method: 'POST', url: o.url, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: probe },
    o,
  )
  const observation: Endpoint = {
    kind: 'endpoint',
    url: shownUrl(o.url),
    result: resultOf(http, o.typed),
    status: http.kind === 'answer' ? http.status : null,
    offered: offeredSchemes(http.observation.challenges),
    exchange: http.observation.exchange,
    location: http.observation.headers['location'] ?? null,
  }
  o.record(observation)
  const server =
    http.kind === 'answer'
      ? (readEwsAnswer(http).server ?? readOwaVersion(header(http.headers, 'x-owa-version')))
      : null
  return { observation, server, http }
}

/** Sends an empty `Authorization: Bearer`: a server with OAuth then shows its Bearer challenge (knowledge 3.2). True when it did. */
export async function offersBearer(o: {
  url: URL
  network: Network
  signal: AbortSignal
  record: Recorder
}): Promise<boolean> {
  const http = await o.network.request(
    {
      method: 'POST',
      url: o.url,
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: probe,
      emptyBearer: true,
    },
    o,
  )
  return offeredSchemes(http.observation.challenges).includes('bearer')
}

const formsLogin =
  /\/owa\/auth|\/auth\/logon|\/logon\.aspx|\/internalsite|my\.policy|\/cgi\/login|\/adfs\/ls|\/saml|\/_layouts\/|logon\.html|\/vpn\/index/i

function resultOf(http: HttpResult, typed: boolean): Endpoint['result'] {
  if (http.kind === 'failed') return 'no-answer'
  const { status } = http
  if (status === 401) {
    const windows = offeredSchemes(http.observation.challenges).some(
      (scheme) => scheme === 'ntlm' || scheme === 'negotiate',
    )
    return showsExchange(http) || (typed && windows) ? 'wants-login' : 'foreign-login'
  }
  if (status === 440) return 'forms-login'
  if (status >= 300 && status < 400) {
    const target = parseUrl(header(http.headers, 'location') ?? '', http.observation.url)
    const path = target === null ? '' : `${target.hostname}${target.pathname}`
    if (/genericerrorpage/i.test(path)) return 'server-error'
    return formsLogin.test(path) || /\/owa(\/|$)/i.test(path) ? 'forms-login' : 'redirect'
  }
  const answer = readEwsAnswer(http)
  if (answer.result === 'success' || answer.result === 'error' || answer.result === 'fault') return 'open'
  if (status === 403) return 'forbidden'
  return status >= 500 ? 'server-error' : 'not-ews'
}
