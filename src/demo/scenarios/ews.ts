// Answers of the EWS URL that are neither a login nor SOAP: who may enter at all, and what stands in front.

import type { Answer, DemoRequest, Reply } from '../http.ts'
import { page } from '../http.ts'
import { onPremises } from './on-premises.ts'
import { online } from './online.ts'
import { clientId, type Builder } from './plan.ts'

const html = (status: number, body: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'Content-Type': 'text/html', ...headers },
  body,
})

/** Exchange Online answers a good token with this. */
const atOnline =
  (answer: () => (request: DemoRequest) => Reply | null): Builder =>
  (given) =>
    online({ given, online: { atEws: answer() } })

/** Contoso's server, or what stands in front of it, answers a caller who is logged in with this. */
const atServer =
  (answer: Answer): Builder =>
  (given) =>
    onPremises({ given, server: { atEws: () => answer } })

/** Something in front of Contoso's EWS answers everybody with this. */
const inFront =
  (answer: Answer): Builder =>
  (given) =>
    onPremises({ given, server: { beforeEws: () => answer } })

const blocked: Answer = { status: 403 }

export const ewsScenarios = {
  // ews-disabled-for-organization, ews-app-not-allowed: a good token and a 403 that says nothing
  'ews-not-allowed': atOnline(() => () => blocked),
  // ews-app-not-allowed, likely: the answer names the application
  'ews-not-allowed-by-name': atOnline(
    () => () => html(403, `<html><body>Access is blocked for the application ${clientId}.</body></html>`),
  ),
  // ews-block-intermittent: every other call is refused
  'ews-blocked-now-and-then': atOnline(() => {
    let calls = 0
    return () => (calls++ % 2 === 0 ? blocked : null)
  }),
  // user-agent-filtered: an allow list of client names
  'user-agent-not-listed': atOnline(
    () => (request) => ((request.headers['user-agent'] ?? '').startsWith('ews-setup') ? blocked : null),
  ),
  // ews-disabled-for-mailbox, likely: a second mailbox answers
  'ews-off-for-one-mailbox': (given) =>
    online({
      given,
      typed: { secondMailbox: 'sales@fabrikam.example' },
      online: { atEws: (request) => (request.headers['x-anchormailbox'] === 'ben@fabrikam.example' ? blocked : null) },
    }),
  // consumer-mailbox-unsupported
  'consumer-mailbox': (given) => online({ given, domain: 'outlook.com', online: { atEws: () => blocked } }),
  // intermittent-401: one of two front ends does not take the token
  'one-server-of-two-refuses': atOnline(() => {
    let calls = 0
    return () =>
      calls++ === 0 ? null : { status: 401, headers: { 'WWW-Authenticate': 'Bearer', 'X-FEServer': 'FR0P281CA0199' } }
  }),
  // forbidden-by-iis-or-gateway
  'address-rejected-by-iis': inFront(
    html(403, '<html><body><h2>403.6 - Forbidden: IP address of the client has been rejected.</h2></body></html>'),
  ),
  // mailbox-routing-unknown
  'mailbox-moved-away': atOnline(() => () => ({
    status: 404,
    headers: { 'X-CasErrorCode': 'MailboxGuidWithDomainNotFound' },
  })),
  // login-header-too-large
  'login-header-too-large': (given) =>
    onPremises({
      given,
      server: { beforeEws: (request) => (request.headers.authorization === undefined ? null : { status: 413 }) },
    }),
  // content-type-refused
  'content-type-refused': atServer({ status: 415 }),
  // server-error-in-ews
  'server-error': atServer(
    html(500, `<html><head><title>Runtime Error</title></head><body>Server Error in '/EWS' Application.</body></html>`),
  ),
  // gateway-cannot-reach-exchange
  'exchange-behind-gateway-down': inFront(page(502, '502 Bad Gateway', { Server: 'nginx' })),
  // server-busy, said over HTTP
  'exchange-too-busy': atServer({ status: 503, headers: { 'Retry-After': '30' } }),
} satisfies Readonly<Record<string, Builder>>
