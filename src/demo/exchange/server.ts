// An Exchange Server as its clients see it from outside: the virtual directories, who may enter them, and the headers on every answer.

import { randomUUID } from 'node:crypto'
import { page, type Answer, type DemoRequest, type Handler, type Reply } from '../http.ts'
import { makeGate, type Authenticated, type Gate, type Scheme } from './authentication.ts'
import { answerJson, answerPox, answerSoap, jsonAddress, type Direction } from './autodiscover.ts'
import { makeEws, type EwsOptions } from './ews.ts'
import type { ExtendedProtection } from './ntlm.ts'
import { buildText, type Organisation } from './organisation.ts'

export type ServerOptions = {
  organisation: Organisation
  /** Shared by all hosts of the organisation; made where absent. */
  gate?: Gate
  /** Schemes of `/ews`; default Negotiate and NTLM. */
  ewsSchemes?: readonly Scheme[]
  /** Schemes of `/autodiscover`; default the same and Basic. */
  autodiscoverSchemes?: readonly Scheme[]
  /** `tokenChecking` of `/ews` (default `allow`) and of `/autodiscover` (default `off`), as the installer sets them. */
  protection?: { ews: ExtendedProtection; autodiscover: ExtendedProtection }
  /** The hash of the certificate that IIS has bound, where a TLS bridge in front shows another one. */
  boundHash?: Buffer
  /** Which of Autodiscover's routes exist; default all. */
  autodiscover?: { json: boolean; soap: boolean; pox: boolean }
  direct?: (email: string) => Direction
  withoutEwsUrl?: boolean
  /** The tenant of Hybrid Modern Authentication: adds the Bearer challenge. */
  hybridTenant?: string
  /** Tokens that the server reads because of `hybridTenant`. An app-only token is never enough for it: 403 with 2000008. */
  isToken?: (token: string) => boolean
  /** What stands in front answers the EWS URL instead of Exchange; null: as usual. */
  beforeEws?: (request: DemoRequest) => Reply | null
  /** The answer of the EWS URL to a caller who is logged in; null: as usual. */
  atEws?: (request: DemoRequest) => Reply | null
  /** Refuses tokens that are good, as after a change of keys that the server has not noticed. */
  staleKeys?: boolean
  /** What EWS itself refuses. */
  ews?: EwsOptions
  /** Forms login in front of everything, as a gateway with an OWA page does it. */
  formsLogin?: boolean
}

/** Makes the https handler of an Exchange Server. */
export function makeServer(o: ServerOptions): Handler {
  const { organisation } = o
  const gate = o.gate ?? makeGate(organisation)
  const ews = makeEws(organisation, o.ews)
  const routes = o.autodiscover ?? { json: true, soap: true, pox: true }
  const ewsSchemes = o.ewsSchemes ?? ['negotiate', 'ntlm']
  const autodiscoverSchemes = o.autodiscoverSchemes ?? ['negotiate', 'ntlm', 'basic']
  const protection = o.protection ?? { ews: 'allow', autodiscover: 'off' }
  const bearer =
    o.hybridTenant === undefined
      ? undefined
      : `Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@${o.hybridTenant}", ` +
        'token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"'

  const respond = (request: DemoRequest): Reply => {
    const { route } = request
    if (o.formsLogin === true && !route.startsWith('/owa/auth')) {
      return {
        status: 302,
        headers: {
          Location: `https://${request.host}/owa/auth/logon.aspx?url=https://${request.host}${request.path}&reason=0`,
        },
      }
    }
    if (route === '/' || route === '/owa' || route === '/owa/')
      return { status: 302, headers: { Location: `https://${request.host}/owa/auth/logon.aspx` } }
    if (route.startsWith('/owa/auth')) return page(200, 'Outlook')

    if (route === '/ews/exchange.asmx' || route === '/ews/services.wsdl') {
      const token = /^bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
      if (token !== undefined && o.isToken?.(token) === true) {
        return o.staleKeys === true && bearer !== undefined
          ? staleKeysRefused(request, bearer)
          : appOnlyRefused(request)
      }
      const entered = gate.check(request, {
        schemes: ewsSchemes,
        realm: request.host,
        protection: protection.ews,
        bearer,
        boundHash: o.boundHash,
      })
      if (entered.kind === 'out') return refused(entered)
      if (route === '/ews/services.wsdl') return page(200, 'Services')
      return o.atEws?.(request) ?? ews.answer(request, { kind: 'account', account: entered.account })
    }

    const options = {
      organisation,
      host: request.host,
      ...(o.direct ? { direct: o.direct } : {}),
      ...(o.withoutEwsUrl === true ? { withoutEwsUrl: true } : {}),
    }
    const address = jsonAddress(request)
    if (address !== null) return routes.json ? answerJson(request, address, options) : { status: 404 }
    const soap = route === '/autodiscover/autodiscover.svc' && routes.soap
    const pox = route === '/autodiscover/autodiscover.xml' && routes.pox
    if (!soap && !pox) return page(404, '404 - File or directory not found.')
    const entered = gate.check(request, {
      schemes: autodiscoverSchemes,
      realm: request.host,
      protection: protection.autodiscover,
      bearer,
    })
    if (entered.kind === 'out')
      return unauthorized(entered.challenges, capabilities(routes.soap, o.hybridTenant !== undefined))
    if (pox) return answerPox(request, options)
    return request.method === 'POST' ? answerSoap(request, options) : page(200, 'Autodiscover Service')
  }

  return (request) => {
    const instead = request.route === '/ews/exchange.asmx' ? (o.beforeEws?.(request) ?? null) : null
    return instead ?? withHeaders(respond(request), { ...serverHeaders(organisation), ...echoedRequestId(request) })
  }
}

const refused = (entered: Extract<Authenticated, { kind: 'out' }>): Answer => {
  const answer = unauthorized(entered.challenges, entered.closes === true ? { Connection: 'close' } : {})
  // The words of Windows for this state, which IIS puts into its page.
  return entered.lockedOut === true
    ? {
        ...answer,
        headers: { ...answer.headers, 'Content-Type': 'text/html' },
        body: '<html><head><title>401</title></head><body><p>The referenced account is currently locked out and may not be logged on to.</p></body></html>',
      }
    : answer
}

const staleKeysRefused = (request: DemoRequest, bearer: string): Answer => {
  request.journal.logon = 'refused'
  return unauthorized([`${bearer}, error="invalid_token"`, 'Negotiate', 'NTLM'])
}

const appOnlyRefused = (request: DemoRequest): Answer => {
  request.journal.logon = 'accepted'
  return { status: 403, headers: { 'x-ms-diagnostics': notEnoughScope } }
}

/** The refusal of a good token that permits nothing here. */
export const notEnoughScope =
  '2000008;reason="The token contains not enough scope to make this call.";error_category="invalid_grant"'

/** What an anonymous caller learns about Autodiscover from a 401. */
export function capabilities(soap: boolean, oauth: boolean): Record<string, string> {
  return {
    ...(soap ? { 'X-SOAP-Enabled': 'True' } : {}),
    'X-WSSecurity-Enabled': 'True',
    'X-WSSecurity-SymmetricKey-Enabled': 'True',
    'X-WSSecurity-X509Cert-Enabled': 'True',
    ...(oauth ? { 'X-OAuth-Enabled': 'True' } : {}),
  }
}

/** A 401 with these challenges, one header line each. */
export function unauthorized(challenges: string[], headers: Record<string, string> = {}): Answer {
  return { status: 401, headers: { ...headers, 'WWW-Authenticate': challenges } }
}

/** `client-request-id` comes back when the client asked for it. */
export function echoedRequestId(request: DemoRequest): Record<string, string> {
  const id = request.headers['client-request-id']
  const asked = request.headers['return-client-request-id']
  return typeof id === 'string' && asked === 'true' ? { 'client-request-id': id } : {}
}

/** Adds headers to an answer that has them not yet. */
export function withHeaders(reply: Reply, headers: Record<string, string>): Reply {
  return typeof reply === 'string' ? reply : { ...reply, headers: { ...headers, ...reply.headers } }
}

const serverHeaders = (organisation: Organisation): Record<string, string> => ({
  Server: 'Microsoft-IIS/10.0',
  'request-id': randomUUID(),
  'X-FEServer': 'EX01',
  'X-OWA-Version': buildText(organisation),
  'X-Powered-By': 'ASP.NET',
})
