// Scenarios of stage A: what Autodiscover says, and what it should not. What a correct client concludes is written beside each.

import { page } from '../http.ts'
import { makeEntra, type Entra } from '../entra.ts'
import { makeOnline } from '../exchange/online.ts'
import { makeServer, type ServerOptions } from '../exchange/server.ts'
import { anna, autodiscoverHost, contoso, mailHost, onPremises, type Variation } from './on-premises.ts'
import { answeringAfter, changeAnswers, withAutodiscoverBody } from './changes.ts'
import { defaultPassword, tenantId, type Builder, type Given, type Plan } from './plan.ts'
import type { PoxErrorCode } from '../exchange/autodiscover.ts'
import type { HostSpec } from '../world.ts'

const root = 'contoso.example'
const microsoft = 'outlook.office365.com'
const withLogin = { json: false, soap: true, pox: true }
const poxAlone = { json: false, soap: false, pox: true }

/** Contoso whose Autodiscover wants a login and then says this. */
const saying = (given: Given, server: Partial<ServerOptions>, o: Omit<Variation, 'given' | 'server'> = {}): Plan =>
  onPremises({ given, server: { autodiscover: withLogin, ...server }, ...o })

const pox = (given: Given, code: PoxErrorCode): Plan =>
  saying(given, { autodiscover: poxAlone, direct: () => ({ kind: 'pox-error', code }) })

const onlineUrl = `https://${microsoft}/EWS/Exchange.asmx`

/** Exchange Online that answers for Contoso's addresses, although their mailboxes are elsewhere. */
const onlineOf = (entra: Entra): HostSpec => {
  const build = { build: [15, 20, 9321, 12], schemaVersion: 'V2018_01_08', ewsUrl: onlineUrl } as const
  return { role: 'exchange-online', https: makeOnline({ organisation: contoso([], build), entra, tenantId }) }
}

/** SOAP says this, and POX is gone behind its login. */
const soap = (given: Given, server: Partial<ServerOptions>): Plan =>
  changeAnswers(saying(given, server), autodiscoverHost, (request, reply) =>
    request.route === '/autodiscover/autodiscover.xml' && typeof reply !== 'string' && reply.status === 200
      ? page(404, '404 - File or directory not found.')
      : reply,
  )

/** A document type with an entity that would grow to a thousand times its size. */
const entities =
  '<?xml version="1.0"?><!DOCTYPE Autodiscover [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' +
  '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response>&b;</Response></Autodiscover>'

/** One byte more than any answer may have. */
const tooLarge = 4 * 1024 * 1024 + 1

export const autodiscoverScenarios = {
  // autodiscover-needs-login: Exchange is there, and no password was entered
  'autodiscover-wants-login': (given) => {
    const plan = saying(given, {})
    const { password: _password, ...typed } = plan.typed
    return { ...plan, typed }
  },
  // address-unknown-at-autodiscover: SOAP InvalidUser
  'address-unknown': (given) => saying(given, {}, { typed: { email: `nobody@${root}`, userName: 'CONTOSO\\anna' } }),
  // address-unknown-at-autodiscover: POX 500
  'pox-address-unknown': (given) => pox(given, 500),
  // autodiscover-misconfigured: POX 501, 601, 602, 603
  'pox-no-settings': (given) => pox(given, 501),
  'pox-no-provider': (given) => pox(given, 601),
  'pox-misconfigured': (given) => pox(given, 602),
  'pox-internal-error': (given) => pox(given, 603),
  // autodiscover-request-refused: POX 600, as when something on the way turns the POST into a GET
  'pox-request-refused': (given) => pox(given, 600),
  // autodiscover-misconfigured: SOAP InternalServerError for the whole response
  'soap-internal-error': (given) =>
    soap(given, {
      direct: () => ({ kind: 'soap-error', level: 'response', code: 'InternalServerError' }),
    }),
  // server-busy: SOAP ServerBusy for the user
  'soap-busy': (given) =>
    soap(given, {
      direct: () => ({ kind: 'soap-error', level: 'user', code: 'ServerBusy' }),
    }),
  // autodiscover-request-refused: a SOAP fault
  'soap-fault': (given) =>
    soap(given, {
      direct: () => ({ kind: 'soap-error', level: 'fault', code: 'InternalServiceFault' }),
    }),
  // autodiscover-misconfigured: SOAP SettingIsNotAvailable for both URLs, and no other source
  'soap-setting-unavailable': (given) => soap(given, { withoutEwsUrl: true }),
  // autodiscover-without-ews-url: POX has good settings without EwsUrl and ASUrl
  'ews-url-missing': (given) => saying(given, { autodiscover: poxAlone, withoutEwsUrl: true }),
  // autodiscover-redirect-loop: each of two domains sends the person to the other
  'redirect-circle': (given) => {
    const groups = `groups.${root}`
    const other = (email: string): string =>
      email.toLowerCase().endsWith(`@${groups}`) ? `anna@${root}` : `anna@${groups}`
    const plan = saying(given, { direct: (email) => ({ kind: 'address', address: other(email) }) })
    const server = plan.hosts[autodiscoverHost]
    return { ...plan, hosts: { ...plan.hosts, [`autodiscover.${groups}`]: { ...server } } }
  },
  // ews-url-internal-only: only InternalUrl is set
  'internal-url': (given) =>
    onPremises({ given, organisation: { ewsUrl: 'https://exch01.contoso.local/EWS/Exchange.asmx' } }),
  // insecure-url-refused
  'insecure-url': (given) => onPremises({ given, organisation: { ewsUrl: `http://${mailHost}/EWS/Exchange.asmx` } }),
  // Found; host-needs-consent: the URL in the field came with a file and names a host of another domain
  'imported-url': (given) => {
    const partner = 'exchange.hosting-partner.example'
    const organisation = contoso([anna(given.password ?? defaultPassword)])
    return onPremises({
      given,
      hosts: { [partner]: { role: 'exchange', https: makeServer({ organisation }) } },
      typed: { ewsUrl: `https://${partner}/EWS/Exchange.asmx`, ewsUrlImported: true },
    })
  },
  // Works at the own server; hybrid-mailbox-location-unclear: MX and Exchange Online claim the domain as well
  'hybrid-both-sides': (given) =>
    answeringAfter(
      onPremises({ given, zones: { [root]: cloudMx }, hosts: { [microsoft]: onlineOf(makeEntra({ tenants: [] })) } }),
      microsoft,
      autodiscoverHost,
    ),
  // Works; autodiscover-sources-disagree: the domain's web server still names a server of old
  'sources-disagree': (given) => {
    const old = contoso([anna(given.password ?? defaultPassword)], {
      ewsUrl: `https://old.${root}/EWS/Exchange.asmx`,
    })
    const plan = onPremises({
      given,
      hosts: { [root]: { role: 'website', https: makeServer({ organisation: old }) } },
    })
    return answeringAfter(plan, root, autodiscoverHost)
  },
  // Found; cloud-answer-alone: Exchange Online answers, and nothing of the domain points there
  'cloud-answer-alone': (given) => {
    const entra = makeEntra({ tenants: [{ id: tenantId, domains: [root], applications: [] }] })
    return onPremises({
      given,
      ewsUrl: onlineUrl,
      zones: { [root]: [{ type: 'MX', exchange: 'mx.mail-filter.example', priority: 10 }] },
      hosts: {
        [autodiscoverHost]: null,
        [mailHost]: null,
        [microsoft]: onlineOf(entra),
        'login.microsoftonline.com': { role: 'login', https: entra.handler },
      },
    })
  },
  // answer-refused-as-unsafe
  'answer-with-entities': (given) => withAutodiscoverBody(saying(given, {}), autodiscoverHost, entities),
  'answer-too-large': (given) => {
    const plan = onPremises({ given })
    return changeAnswers(plan, autodiscoverHost, (request, reply) =>
      request.route.includes('autodiscover.json')
        ? { ...page(200, 'Welcome'), body: Buffer.alloc(tooLarge, 0x20) }
        : reply,
    )
  },
  // answer-unreadable: cut off in the middle
  'answer-unreadable': (given) =>
    withAutodiscoverBody(saying(given, {}), autodiscoverHost, '<?xml version="1.0"?><Autodiscover><Response><Acc'),
} as const satisfies Readonly<Record<string, Builder>>

const cloudMx = [{ type: 'MX', exchange: 'contoso-example.mail.protection.outlook.com', priority: 0 }] as const
