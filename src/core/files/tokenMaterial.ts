/** What a token endpoint says, as JSON, as a bare AADSTS text or as a line of MSAL; and the claims of a token. */
import { claimsOf } from '../auth/oauth.ts'
import type { ObservationOf } from '../evidence/schema.ts'
import { hostOf, parseUrl } from '../network/url.ts'
import { clouds, type CloudName } from '../settings/clouds.ts'
import type { Pasted, PastedStep } from './pasted.ts'
import { withoutSecrets } from './redaction.ts'

type Token = ObservationOf<'token'>

/** `error` values of OAuth 2.0 and of Entra ID at the token endpoint (knowledge 4.6). */
const oauthErrors = new Set([
  'invalid_client',
  'invalid_request',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_resource',
  'interaction_required',
  'consent_required',
  'login_required',
  'temporarily_unavailable',
])

const nothing: Token = {
  kind: 'token',
  grant: null,
  authorityHost: '',
  tenant: '',
  clientId: '',
  scope: '',
  result: 'refused',
  status: null,
  error: null,
  errorCodes: [],
  subError: null,
  description: null,
  correlationId: null,
  traceId: null,
  timestamp: null,
  claims: null,
}

/** The JSON of a token endpoint, an error or a token; null for any other object. Of a token only its claims are read. */
export function tokenOfJson(body: Readonly<Record<string, unknown>>): Token | null {
  const accessToken = body['access_token']
  if (typeof accessToken === 'string' && accessToken !== '') {
    return { ...nothing, result: 'issued', claims: datedClaims(withoutSignature(accessToken)) }
  }
  const error = textOf(body['error'])
  const description = textOf(body['error_description'])
  const listed = codesOf(body['error_codes'])
  const told = description !== null || listed.length > 0 || textOf(body['correlation_id']) !== null
  if (error !== null && (told || oauthErrors.has(error))) {
    return {
      ...nothing,
      authorityHost: authorityOf(textOf(body['error_uri'])),
      error,
      errorCodes: listed.length > 0 ? listed : codesInText(description ?? '').slice(0, 1),
      subError: textOf(body['suberror']),
      description: description === null ? null : withoutSecrets(description, 1_000),
      correlationId: textOf(body['correlation_id']),
      traceId: textOf(body['trace_id']),
      timestamp: textOf(body['timestamp']),
    }
  }
  return ofMsalObject(body)
}

/** An error object of MSAL, as logs write it: `errorCode`, `errorMessage`, `errorNo`, `subError`. */
function ofMsalObject(body: Readonly<Record<string, unknown>>): Token | null {
  const error = textOf(body['errorCode'])
  const message = textOf(body['errorMessage'])
  if (error === null || message === null) return null
  const named = /^\d{4,9}$/.exec(textOf(body['errorNo']) ?? '')?.[0]
  const inLine = tokenOfText(message)
  if (named === undefined && inLine === null && !oauthErrors.has(error)) return null
  return {
    ...(inLine ?? { ...nothing, description: withoutSecrets(message, 1_000) }),
    error,
    errorCodes:
      inLine !== null && inLine.errorCodes.length > 0 ? inLine.errorCodes : named === undefined ? [] : [Number(named)],
    subError: textOf(body['subError']),
    correlationId: textOf(body['correlationId']) ?? inLine?.correlationId ?? null,
  }
}

/** A text that holds `AADSTS<code>`, or a line of MSAL; null where neither is in it. */
export function tokenOfText(text: string): Token | null {
  const msal = /\bError\(s\):\s{0,4}(\d{4,9}(?:[ ,]{1,3}\d{4,9}){0,19})/.exec(text)
  const listed = msal?.[1]?.split(/[ ,]+/).map(Number) ?? []
  const codes = listed.length > 0 ? listed : codesInText(text)
  const error = [...text.matchAll(/\b[a-z]{4,20}_[a-z_]{4,30}\b/g)]
    .map((match) => match[0])
    .find((one) => oauthErrors.has(one))
  const thrown = /\b(ServerError|InteractionRequiredAuthError)\b/.test(text) && error !== undefined
  if (codes.length === 0 && !thrown) return null
  const start = text.search(/AADSTS\d/)
  return {
    ...nothing,
    error: error ?? null,
    errorCodes: codes,
    description: withoutSecrets(start < 0 ? text.trim() : text.slice(start), 1_000),
    correlationId: /\bCorrelation ID:\s{0,4}([0-9a-f-]{36})/i.exec(text)?.[1] ?? null,
    traceId: /\bTrace ID:\s{0,4}([0-9a-f-]{36})/i.exec(text)?.[1] ?? null,
    timestamp: /\bTimestamp:\s{0,4}(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}Z)/i.exec(text)?.[1] ?? null,
  }
}

/** A JWT, alone or as the value of an Authorization header; the part behind its second dot is cut off before anything is decoded. */
export function readJwt(text: string): Pasted {
  const bare = text.replace(/^(authorization:\s{0,4})?bearer\s{1,4}/i, '').replace(/^["']|["',;]$/g, '')
  if (!bare.startsWith('eyJ') || bare.length > 64_000) return null
  const readable = withoutSignature(bare)
  if (!/^[\w-]+\.[\w-]+=*\.?$/.test(readable) || !/^[\w.=-]*$/.test(bare.slice(readable.length))) return null
  const claims = datedClaims(readable)
  if (claims === null) return null
  return ofToken('jwt', { ...nothing, result: 'issued', claims })
}

/** A token observation alone, in the cloud that it speaks of. */
export function ofToken(shape: 'jwt' | 'token-answer' | 'token-error', token: Token): NonNullable<Pasted> {
  return { shape, steps: [tokenStep(token, [])], cloud: cloudOfToken(token), ewsUrl: ownServerOf(token) }
}

function withoutSignature(token: string): string {
  const second = token.indexOf('.', token.indexOf('.') + 1)
  return second < 0 ? token : token.slice(0, second)
}

/** Claims whose times are ones that a date can have, and whose texts are what people read. */
function datedClaims(token: string): Token['claims'] {
  const claims = claimsOf(token)
  if (claims === null) return null
  const dated = (seconds: number | null): number | null =>
    seconds === null || Math.abs(seconds) > 8_640_000_000_000 ? null : seconds
  const shown = (text: string | null): string | null => (text === null ? null : withoutSecrets(text, 2_000))
  return {
    ...claims,
    aud: shown(claims.aud),
    iss: shown(claims.iss),
    tid: shown(claims.tid),
    appid: shown(claims.appid),
    roles: claims.roles.map((role) => withoutSecrets(role, 200)),
    scp: shown(claims.scp),
    nbf: dated(claims.nbf),
    exp: dated(claims.exp),
  }
}

/** The step of a token request. */
export function tokenStep(token: Token, before: readonly ObservationOf<'http'>[]): PastedStep {
  const { claims } = token
  const minutes =
    claims?.exp == null || claims.nbf === null ? null : Math.max(0, Math.round((claims.exp - claims.nbf) / 60))
  const code = token.errorCodes[0]
  return {
    name: 'token',
    target: token.authorityHost === '' ? null : token.authorityHost,
    phase: 'token',
    summary:
      token.result === 'issued'
        ? { text: 'token-issued', facts: { minutes, count: minutes ?? 0 } }
        : { text: 'token-refused', facts: { code: code === undefined ? token.error : `AADSTS${String(code)}` } },
    observations: [...before, token],
    verdict: token.result === 'issued' ? 'open' : 'bad',
  }
}

/** Names below which only services of Microsoft live: a token for one of them is not for an own Exchange server. */
const microsoft =
  /(^|\.)(microsoft|azure|windows|office|office365|outlook|sharepoint|microsoftonline|dynamics|visualstudio|powerbi|powerapps|skype|yammer|live|msn|microsoftonline-p|microsoft365|windowsazure|azurewebsites|sovcloud|sovcloud-identity)\.(com|net|us|cn|de|fr|org|io)$/

/**
 * The EWS URL that a token is made out for where its audience is the host of an own server, as with Hybrid Modern Authentication;
 * null for Microsoft's services.
 */
export function ownServerOf(token: Token): string | null {
  const audience = token.claims?.aud == null ? null : parseUrl(token.claims.aud)
  if (audience === null || audience.protocol !== 'https:') return null
  const host = hostOf(audience)
  return host === '' || microsoft.test(host) ? null : `https://${host}/EWS/Exchange.asmx`
}

/** The cloud that a token belongs to, by its audience or the login host; the global one where they say nothing. */
export function cloudOfToken(token: Token): CloudName {
  const audience = token.claims?.aud?.replace(/\/$/, '').toLowerCase() ?? ''
  const all = Object.values(clouds)
  const named =
    all.find((cloud) => cloud.audiences[0] === audience) ??
    all.find((cloud) => cloud.authorityHost === token.authorityHost)
  return named?.name ?? 'global'
}

function authorityOf(link: string | null): string {
  const url = link === null ? null : parseUrl(link)
  const host = url === null ? '' : hostOf(url)
  return isAuthority(host) ? host : ''
}

/** True for the login hosts of all clouds, and the older names of the global one. */
export function isAuthority(host: string): boolean {
  return (
    Object.values(clouds).some((cloud) => cloud.authorityHost === host) ||
    ['login.windows.net', 'sts.windows.net', 'login.microsoft.com'].includes(host)
  )
}

function codesInText(text: string): number[] {
  return [...new Set([...text.matchAll(/AADSTS(\d{4,9})\b/g)].map((match) => Number(match[1])))].slice(0, 20)
}

function codesOf(value: unknown): number[] {
  return Array.isArray(value)
    ? value.filter((code): code is number => typeof code === 'number' && Number.isSafeInteger(code)).slice(0, 20)
    : []
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? withoutSecrets(value, 2_000) : null
}
