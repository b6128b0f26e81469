// Exchange Online as its clients see it: anonymous JSON, everything else with a Bearer token that the demo's Entra has really signed.

import { randomUUID } from 'node:crypto'
import { page, type Answer, type DemoRequest, type Handler, type Reply } from '../http.ts'
import type { Entra } from '../entra.ts'
import { answerJson, answerPox, answerSoap, jsonAddress } from './autodiscover.ts'
import { makeEws, type EwsOptions } from './ews.ts'
import { buildText, type Account, type Organisation } from './organisation.ts'
import { capabilities, echoedRequestId, notEnoughScope, unauthorized, withHeaders } from './server.ts'

export type OnlineOptions = {
  organisation: Organisation
  entra: Entra
  /** The tenant that owns the organisation. */
  tenantId: string
  /** The answer of the EWS URL to a token that was read and is good; null: as usual. */
  atEws?: (request: DemoRequest) => Reply | null
  /** The reason with which every token is refused, as in `x-ms-diagnostics`. */
  refuses?: { code: string; reason: string; category: string }
  /** What EWS itself refuses. */
  ews?: EwsOptions
  /** Applications that hold the Exchange role `Application EWS.AccessAsApp`; their tokens need no `roles`. */
  rbacApplications?: readonly string[]
  /** The management scope of the application's role; default every mailbox. */
  mayOpen?: (account: Account) => boolean
  /** How far the host's clock is from that of the login service. */
  clockOffsetSeconds?: number
  /** Mail domain to the on-premises host that its JSON question is sent to. */
  hybrid?: ReadonlyMap<string, string>
}

const exchangeApplication = '00000002-0000-0ff1-ce00-000000000000'
const audiences = [
  'https://outlook.office365.com',
  'https://outlook.office365.com/',
  'https://outlook.office.com',
  'https://outlook.office.com/',
  exchangeApplication,
]
const bearer =
  `Bearer client_id="${exchangeApplication}", trusted_issuers="00000001-0000-0000-c000-000000000000@*", ` +
  'token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"'
// Still in the challenge, and dead since 2022.
const deadBasic = 'Basic Realm=""'

type Entered = { kind: 'in'; application: string; delegated: boolean } | { kind: 'out'; answer: Answer }

/** Makes the https handler of Exchange Online's hosts. */
export function makeOnline(o: OnlineOptions): Handler {
  const ews = makeEws(o.organisation, o.ews)

  const enter = (request: DemoRequest, extra: Record<string, string> = {}): Entered => {
    const out = (challenge: string, headers: Record<string, string> = {}): Entered => ({
      kind: 'out',
      answer: unauthorized([challenge, deadBasic], { ...extra, ...headers }),
    })
    const [, scheme = '', token = ''] = /^(\S+)\s*(.*)$/s.exec(request.headers.authorization?.trim() ?? '') ?? []
    if (scheme.toLowerCase() !== 'bearer') {
      if (scheme !== '') request.journal.logon = 'refused'
      return out(bearer)
    }
    if (token === '') return out(bearer)
    const refused = (code: string | null, reason: string, category: string): Entered => {
      request.journal.logon = 'refused'
      return out(
        `${bearer}, error="invalid_token"`,
        code === null ? {} : { 'x-ms-diagnostics': `${code};reason="${reason}";error_category="${category}"` },
      )
    }
    const claims = o.entra.verify(token)
    if (claims === null)
      return refused('2000001', 'The token could not be read or its signature is not valid.', 'invalid_token')
    if (!audiences.includes(claims.aud))
      return refused('2000003', `The audience claim value is invalid '${claims.aud}'.`, 'invalid_resource')
    if (claims.tid !== o.tenantId)
      return refused('2000004', 'The tenant of the token is not known here.', 'invalid_tenant')
    const now = Date.now() / 1000 + (o.clockOffsetSeconds ?? 0)
    if (claims.exp < now || claims.nbf > now + 300) return refused(null, '', '')
    if (o.refuses) return refused(o.refuses.code, o.refuses.reason, o.refuses.category)
    request.journal.logon = 'accepted'
    const mayByRole = claims.roles?.includes('full_access_as_app') === true
    const delegated = claims.scp?.split(' ').includes('EWS.AccessAsUser.All') === true
    if (!delegated && !mayByRole && o.rbacApplications?.includes(claims.appid) !== true) {
      return {
        kind: 'out',
        answer: {
          status: 403,
          headers: {
            'x-ms-diagnostics': notEnoughScope,
          },
        },
      }
    }
    return { kind: 'in', application: claims.appid, delegated }
  }

  const respond = (request: DemoRequest): Reply => {
    const { route } = request
    const address = jsonAddress(request)
    const options = { organisation: o.organisation, host: request.host }
    if (address !== null) return answerJson(request, address, { ...options, ...(o.hybrid ? { hybrid: o.hybrid } : {}) })

    if (route === '/ews/exchange.asmx') {
      const entered = enter(request)
      if (entered.kind === 'out') return entered.answer
      const instead = o.atEws?.(request) ?? null
      if (instead !== null) return instead
      if (request.method === 'GET')
        return { status: 302, headers: { Location: `https://${request.host}/EWS/Services.wsdl` } }
      return ews.answer(request, {
        kind: 'application',
        id: entered.application,
        delegated: entered.delegated,
        ...(o.mayOpen ? { mayOpen: o.mayOpen } : {}),
      })
    }
    if (route === '/autodiscover/autodiscover.xml' || route === '/autodiscover/autodiscover.svc') {
      const entered = enter(request, {
        ...capabilities(true, true),
        'X-FederationTrustTokenIssuerUri': 'urn:federation:MicrosoftOnline',
      })
      if (entered.kind === 'out') return entered.answer
      return route.endsWith('.xml') ? answerPox(request, options) : answerSoap(request, options)
    }
    return page(404, '404 - File or directory not found.')
  }

  return (request) => {
    const reply = respond(request)
    return withHeaders(reply, { ...headersFor(o.organisation, reply), ...echoedRequestId(request) })
  }
}

const headersFor = (organisation: Organisation, reply: Reply): Record<string, string> => {
  const requestId = randomUUID()
  const status = typeof reply === 'string' ? 200 : reply.status
  const reached = status !== 401
  return {
    Server: 'Microsoft-IIS/10.0',
    'request-id': requestId,
    'X-FEServer': 'FR0P281CA0142',
    'X-OWA-Version': buildText(organisation),
    'X-RUM-Validated': '1',
    'X-FirstHopCafeEFZ': 'FRA',
    // A refusal at the front end never reached a mailbox server.
    ...(reached
      ? {
          'X-CalculatedBETarget': 'BEZP281MB2360.DEUP281.PROD.OUTLOOK.COM',
          'X-BackEndHttpStatus': String(status),
          'X-BEServer': 'BEZP281MB2360',
          'X-DiagInfo': 'BEZP281MB2360',
        }
      : {}),
  }
}
