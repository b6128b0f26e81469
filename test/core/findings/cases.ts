/** One evidence for each finding that makes it fire, and what keeps it silent. Shared by the tests of rules and of words. */
import type { Evidence, Remark } from '../../../src/core/evidence/schema.ts'
import type { FindingId } from '../../../src/core/findings/catalogue.ts'
import {
  autodiscover,
  bearerStep,
  certificate,
  challenge,
  type claims,
  connection,
  dns,
  endpoint,
  evidenceOf,
  ews,
  http,
  issued,
  locateOf,
  login,
  online,
  onlineOf,
  path,
  soap,
  step,
  tenant,
  tls,
  token,
  trust,
  type EvidencePart,
} from './evidenceOf.ts'

const host = 'mail.contoso.com'
const auto = 'autodiscover.contoso.com'

const remark = (id: string, field: Remark['field'], severity: Remark['severity'] = 'error'): Evidence =>
  evidenceOf({ input: { remarks: [{ field, id, severity, suggestion: null, facts: {} }] } })

const reached = (...seen: Parameters<typeof step>[1] & object): Evidence =>
  evidenceOf({ steps: [step(`endpoint:${host}`, seen)] })

const noConnection = (part: Parameters<typeof connection>[1]): Evidence =>
  reached(dns(host), connection(host, part), http(ews, { result: 'not-connected', status: null }))

const noTls = (part: Parameters<typeof tls>[1]): Evidence =>
  reached(connection(host), tls(host, part), http(ews, { result: 'not-connected', status: null }))

const entra = (code: number, part: EvidencePart = {}): Evidence =>
  onlineOf([step('token:login.microsoftonline.com', [token({ errorCodes: [code] })])], part)

const tokenOf = (part: Parameters<typeof token>[0]): Evidence =>
  onlineOf([step('token:login.microsoftonline.com', [token(part)])])

const withClaims = (
  part: Parameters<typeof claims>[0],
  status = 401,
  seen: Parameters<typeof http>[1] = {},
): Evidence => onlineOf([step('token:login.microsoftonline.com', [issued(part)]), bearerStep(online, status, seen)])

const refusedToken = (diagnostics: string | null, url = ews): Evidence =>
  evidenceOf({
    steps: [
      bearerStep(url, 401, {
        headers: diagnostics === null ? {} : { 'x-ms-diagnostics': diagnostics },
        challenges: [challenge('Bearer')],
      }),
    ],
    ewsUrl: url,
    input: { ewsUrl: url },
  })

const answered = (status: number, part: Parameters<typeof http>[1] = {}): Evidence =>
  evidenceOf({
    steps: [step(`endpoint:${host}`, [http(ews, { status, ...part }), endpoint(ews, { result: 'not-ews', status })])],
  })

const refused = (part: Parameters<typeof login>[1] = {}, seen: Parameters<typeof http>[1] = {}): Evidence =>
  evidenceOf({
    steps: [
      step('login:ntlm', [
        http(ews, { status: 401, credentials: 'ntlm', exchange: part?.exchange ?? 'shown', ...seen }),
        login(ews, part),
      ]),
    ],
  })

const soapError = (code: string, part: Parameters<typeof soap>[1] = {}): Evidence =>
  evidenceOf({
    steps: [
      step('mailbox:ntlm', [
        http(ews, { status: 500 }),
        soap(ews, { result: 'fault', status: 500, responseCode: code, message: 'text of the server', ...part }),
      ]),
    ],
  })

const candidate = (part: Parameters<typeof autodiscover>[1]): Evidence =>
  locateOf([step(`pox:${auto}`, [autodiscover(auto, { source: 'pox', ...part })])])

const forbidden = (part: EvidencePart = {}, seen: Parameters<typeof http>[1] = {}): Evidence =>
  onlineOf([step('token:login.microsoftonline.com', [issued()]), bearerStep(online, 403, seen)], part)

/** One answer to a call for a mailbox of Exchange Online. */
const sample = (status: 200 | 403 | 503, part: Parameters<typeof soap>[1] = {}) =>
  soap(online, {
    operation: 'ConvertId',
    scheme: 'oauth',
    impersonated: true,
    mailbox: 'anna@contoso.com',
    userAgent: 'ews-setup/1',
    anchored: true,
    result: status === 200 ? 'success' : 'http-error',
    status,
    ...part,
  })

/** A 403 at Exchange Online, and what further calls gave. */
const sampled = (samples: ReturnType<typeof sample>[], part: EvidencePart = {}): Evidence =>
  onlineOf(
    [
      step('token:login.microsoftonline.com', [issued()]),
      step('login:oauth', [
        http(online, { credentials: 'bearer', status: 403 }),
        login(online, { scheme: 'oauth', result: 'accepted', status: 403, offered: ['bearer'] }),
        sample(403),
      ]),
      step('again:oauth', samples, { state: 'warning' }),
    ],
    part,
  )

/** A call for a mailbox that Exchange Online answers with 503. */
const routed = (anchored: boolean): Evidence =>
  onlineOf([
    step('mailbox:oauth', [
      http(online, { credentials: 'bearer', status: 503 }),
      sample(503, { operation: 'GetFolder', anchored }),
    ]),
  ])

const ownTenant = { trusted_issuers: `00000001-0000-0000-c000-000000000000@${tenant}`, error: 'invalid_token' }

/** A good token at an own server, which refuses it without a reason. */
const staleKeys = (part: Parameters<typeof claims>[0] = {}, headers: Record<string, string> = {}): Evidence =>
  evidenceOf({
    steps: [
      step('token:login.microsoftonline.com', [issued({ aud: 'https://mail.contoso.com', ...part })]),
      bearerStep(ews, 401, { headers, challenges: [challenge('Bearer', ownTenant)] }),
    ],
  })

/** One form of the user name was refused, the other one accepted. */
const twoForms = (second: string): Evidence =>
  working({
    steps: [
      step('login:ntlm', [http(ews, { status: 401 }), login(ews, { user: 'anna@contoso.com' })]),
      step('login:ntlm#2', [http(ews), login(ews, { user: second, result: 'accepted', status: 200 })]),
      step('mailbox:ntlm', [http(ews), soap(ews)]),
    ],
  })

const working = (part: EvidencePart = {}): Evidence =>
  evidenceOf({
    outcome: 'works',
    auth: 'ntlm',
    ewsVersion: 'Exchange2013_SP1',
    ...part,
    steps: part.steps ?? [step('mailbox:ntlm', [http(ews), soap(ews)], { state: 'passed' })],
  })

const noAutodiscover = (): Evidence =>
  locateOf([
    step('names', [dns('contoso.com'), dns('contoso.com', { type: 'MX', records: ['10 mx.contoso.com'] })], {
      state: 'passed',
    }),
    step(`json:${auto}`, [
      dns(auto, { result: 'no-such-name' }),
      connection(auto, { result: 'no-address', address: null, family: null }),
      http(`https://${auto}/`, { result: 'not-connected', status: null }),
      autodiscover(auto, { result: 'no-answer' }),
    ]),
    step('json:contoso.com', [
      http('https://contoso.com/', { status: 404, exchange: 'none' }),
      autodiscover('contoso.com'),
    ]),
  ])

/** Two hosts of different owners that answer with these pages. */
const portal = (one: string, other: string): Evidence =>
  locateOf(
    [
      [auto, one],
      ['outlook.office365.com', other],
    ].map(([name = '', head = '']) =>
      step(`json:${name}`, [
        http(`https://${name}/autodiscover/autodiscover.json`, {
          exchange: 'none',
          body: { kind: 'html', bytes: 40, head, unsafe: null },
        }),
        autodiscover(name),
      ]),
    ),
  )

/** Evidence in which each finding is given. */
export const fires: Readonly<Record<FindingId, Evidence>> = {
  'mail-address-invalid': remark('mail-address-invalid', 'email'),
  'client-id-malformed': remark('client-id-malformed', 'clientId'),
  'tenant-id-malformed': remark('tenant-id-malformed', 'tenantId'),
  'client-id-is-another-id': remark('client-id-is-another-id', 'clientId'),
  'client-secret-is-id': entra(7000215, { input: { clientSecretLooksLikeId: true } }),
  'client-certificate-unusable': remark('client-certificate-passphrase-wrong', 'certificatePassphrase'),
  'client-secret-missing': remark('client-secret-missing', 'clientSecret'),
  'credentials-missing': evidenceOf({
    steps: [step('login:ntlm', [login(ews, { result: 'withheld', reason: 'no-credentials' })])],
  }),
  'tenant-must-be-named': remark('tenant-must-be-named', 'tenantId'),
  'ews-url-malformed': remark('ews-url-malformed', 'ewsUrl'),

  'mail-domain-not-found': locateOf([step('names', [dns('contoso.com', { result: 'no-such-name' })])]),
  'no-name-resolved': locateOf([
    step('names', [dns('contoso.com', { result: 'no-such-name' })]),
    step('json:outlook.office365.com', [dns('outlook.office365.com', { result: 'no-such-name' })]),
  ]),
  'autodiscover-record-missing': locateOf([
    step('names', [dns('contoso.com')]),
    step(`json:${auto}`, [dns(auto, { result: 'no-such-name' })]),
    step('capabilities:contoso.com', [
      http('https://contoso.com/', { status: 401 }),
      autodiscover('contoso.com', { result: 'needs-login' }),
    ]),
  ]),
  'ews-host-not-found': reached(
    dns(host, { result: 'no-such-name' }),
    connection(host, { result: 'no-address', address: null, family: null }),
    http(ews, { result: 'not-connected', status: null }),
  ),
  'dns-not-answering': reached(
    dns(host, { result: 'timed-out' }),
    connection(host, { result: 'no-address', address: null, family: null }),
    http(ews, { result: 'not-connected', status: null }),
  ),
  'split-dns-suspected': reached(
    dns(host, { records: ['10.1.2.3'] }),
    connection(host, { result: 'timed-out', address: '10.1.2.3', code: 'ETIMEDOUT' }),
    http(ews, { result: 'not-connected', status: null }),
  ),
  'ipv6-unreachable': working({
    steps: [
      step(`endpoint:${host}`, [
        connection(host, { family: 6, address: '2001:db8::5', result: 'timed-out' }),
        connection(host),
        http(ews),
      ]),
    ],
  }),
  'srv-record-unusual': locateOf([
    step('srv', [dns('_autodiscover._tcp.contoso.com', { type: 'SRV', records: ['0 0 8443 mail.contoso.com'] })]),
  ]),

  'connection-refused': noConnection({ result: 'refused', code: 'ECONNREFUSED' }),
  'connection-timed-out': noConnection({ result: 'timed-out', code: 'ETIMEDOUT', ms: 8_000 }),
  'server-silent': reached(connection(host), tls(host), http(ews, { result: 'silent', status: null, ms: 15_000 })),
  'connection-dropped': reached(
    connection(host),
    tls(host),
    http(ews, { result: 'dropped', status: null, code: 'ECONNRESET' }),
  ),
  'tls-handshake-reset': noTls({ result: 'reset', code: 'ECONNRESET', chain: [] }),
  'tls-certificate-expired': noTls({ result: 'expired', code: 'CERT_HAS_EXPIRED' }),
  'tls-certificate-not-yet-valid': noTls({ result: 'not-yet-valid', code: 'CERT_NOT_YET_VALID' }),
  'tls-certificate-revoked': noTls({ result: 'revoked', code: 'CERT_REVOKED' }),
  'tls-name-mismatch': noTls({ result: 'name-mismatch', code: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
  'tls-inspection': noTls({
    result: 'issuer-unknown',
    code: 'SELF_SIGNED_CERT_IN_CHAIN',
    chain: [{ ...certificate, issuer: 'CN=Zscaler Root CA' }],
  }),
  'tls-issuer-unknown': noTls({ result: 'issuer-unknown', code: 'SELF_SIGNED_CERT_IN_CHAIN' }),
  'tls-certificate-differs-behind-balancer': working({
    input: { expectedThumbprint: 'CC:DD' },
    steps: [step(`endpoint:${host}`, [tls(host), http(ews, { status: 401 })])],
  }),

  'proxy-login-required': noConnection({ result: 'proxy-login-required', code: '407', via: 'proxy' }),
  'proxy-unreachable': noConnection({ result: 'proxy-unreachable', code: 'ECONNREFUSED', via: 'proxy' }),
  'captive-portal': portal('Welcome', 'Welcome'),
  'proxy-not-used': evidenceOf({
    steps: [
      step(`endpoint:${host}`, [
        connection(host, { result: 'timed-out' }),
        http(ews, { result: 'not-connected', status: null }),
      ]),
      step(`path:${host}`, [path(host)]),
    ],
  }),
  'gateway-answered': answered(503, { exchange: 'none', headers: { via: '1.1 waf' } }),
  'token-endpoint-redirected': tokenOf({ result: 'redirected', status: 302 }),

  'clock-skew': evidenceOf({ steps: [step(`endpoint:${host}`, [http(ews, { status: 401, clockSkewMs: 3_600_000 })])] }),
  'token-not-yet-valid': withClaims({ nbf: Date.parse('2026-11-23T12:00:00Z') / 1000 }),

  'client-secret-wrong': entra(7000215),
  'client-secret-expired': entra(7000222),
  'application-not-in-tenant': entra(700016),
  'tenant-not-found': entra(90002),
  'wrong-cloud': entra(900382),
  'enterprise-application-missing': entra(7000229),
  'application-disabled': entra(7000112),
  'scope-wrong': entra(70011),
  'exchange-resource-missing': entra(500011),
  'admin-consent-missing': entra(65001),
  'client-certificate-refused': entra(700027),
  'conditional-access-blocks-application': entra(53003),
  'token-requests-throttled': entra(50196),
  'login-service-unavailable': entra(90033),
  'public-client-cannot-have-secret': entra(700025),
  'tenant-restricted-by-network': entra(500021),
  'interactive-login-required': entra(50076),
  'public-client-flow-not-allowed': tokenOf({ grant: 'password', errorCodes: [7000218] }),
  'entra-code-unknown': entra(999999),
  'answer-not-from-entra': tokenOf({ result: 'not-entra', status: 200, error: null, description: null }),

  'token-audience-wrong': withClaims({ aud: 'https://graph.microsoft.com' }),
  'token-tenant-wrong': refusedToken('2000004;reason="The tenant is unknown.";error_category="invalid_tenant"'),
  'token-without-roles': withClaims({ roles: [] }, 403),
  'token-is-delegated': withClaims({ roles: [], scp: 'EWS.AccessAsUser.All' }),
  'token-expired': withClaims({ exp: Date.parse('2026-11-23T09:00:00Z') / 1000 }),

  'root-website-wants-login': locateOf([
    step('capabilities:contoso.com', [
      http('https://contoso.com/', { status: 401, exchange: 'none' }),
      autodiscover('contoso.com'),
    ]),
  ]),
  'autodiscover-not-published': noAutodiscover(),
  'autodiscover-needs-login': locateOf(
    [
      step(`capabilities:${auto}`, [
        http(`https://${auto}/`, { status: 401 }),
        autodiscover(auto, { result: 'needs-login' }),
      ]),
    ],
    { input: { hasPassword: false } },
  ),
  'address-unknown-at-autodiscover': candidate({ result: 'error', errorCode: '500' }),
  'autodiscover-misconfigured': candidate({ result: 'error', errorCode: '603', message: 'text of the server' }),
  'autodiscover-request-refused': candidate({ result: 'error', errorCode: '600', message: 'text of the server' }),
  'autodiscover-without-ews-url': candidate({ result: 'no-url' }),
  'autodiscover-redirect-loop': candidate({ result: 'loop', redirect: 'https://b.contoso.com/' }),
  'ews-url-internal-only': locateOf([
    step(
      `json:${auto}`,
      [autodiscover(auto, { result: 'url', ewsUrl: 'https://exch01.contoso.local/EWS/Exchange.asmx' })],
      { state: 'passed' },
    ),
    step('verify:exch01.contoso.local', [
      dns('exch01.contoso.local', { result: 'no-such-name' }),
      connection('exch01.contoso.local', { result: 'no-address', address: null, family: null }),
      http('https://exch01.contoso.local/EWS/Exchange.asmx', { result: 'not-connected', status: null }),
    ]),
  ]),
  'foreign-redirect-refused': locateOf([step('srv', [trust('exchange.hoster.example')])]),
  'host-needs-consent': evidenceOf({
    steps: [step(`endpoint:${host}`, [trust(host, { namedBy: 'imported' })])],
    input: { ewsUrlOrigin: 'imported' },
  }),
  'insecure-url-refused': locateOf([
    step(`redirect:${auto}`, [trust('mail.contoso.com', { decision: 'insecure', namedBy: `http://${auto}/` })]),
  ]),
  'hybrid-mailbox-location-unclear': locateOf([
    step('names', [dns('contoso.com', { type: 'MX', records: ['0 contoso-com.mail.protection.outlook.com'] })]),
    step('json:outlook.office365.com', [
      autodiscover('outlook.office365.com', { source: 'cloud', result: 'url', ewsUrl: online }),
    ]),
    step(`json:${auto}`, [autodiscover(auto, { result: 'url', ewsUrl: ews })]),
  ]),
  'autodiscover-sources-disagree': locateOf([
    step('json:contoso.com', [
      autodiscover('contoso.com', { result: 'url', ewsUrl: 'https://old.contoso.com/EWS/Exchange.asmx' }),
    ]),
    step(`json:${auto}`, [autodiscover(auto, { result: 'url', ewsUrl: ews })]),
  ]),
  'cloud-answer-alone': locateOf(
    [
      step('names', [dns('contoso.com', { type: 'MX', records: ['10 mx.filter.example'] })]),
      step('json:outlook.office365.com', [
        autodiscover('outlook.office365.com', { source: 'cloud', result: 'url', ewsUrl: online }),
      ]),
    ],
    { outcome: 'works', source: 'cloud', ewsUrl: online },
  ),
  'answer-refused-as-unsafe': candidate({ result: 'unsafe' }),
  'answer-unreadable': candidate({ result: 'unreadable' }),

  'oauth-not-offered-by-server': evidenceOf({
    steps: [step('login:oauth', [http(ews, { status: 401 }), login(ews, { scheme: 'oauth', result: 'not-offered' })])],
  }),
  'token-garbled': refusedToken('2000001;reason="The token is not readable.";error_category="invalid_token"'),
  'token-user-unknown': refusedToken('2000005;reason="The user is ambiguous.";error_category="invalid_user"'),
  'modern-auth-off': refusedToken('4000000;reason="Flighting is not enabled.";error_category="oauth_not_available"'),
  'stale-oauth-keys-on-server': staleKeys(),
  'token-refused-unknown-code': refusedToken('3000999;reason="Something new."'),
  'basic-is-off-in-exchange-online': evidenceOf({
    ewsUrl: online,
    input: { ewsUrl: online },
    steps: [
      step('login:ntlm', [login(online, { result: 'withheld', reason: 'cloud-has-no-passwords', status: null })]),
    ],
  }),
  'login-scheme-not-offered': evidenceOf({
    input: { auth: 'basic' },
    steps: [step('login:basic', [login(ews, { scheme: 'basic', result: 'not-offered' })])],
  }),
  'ntlm-connection-not-kept': refused({ handshake: 'broken' }),
  'wrong-password-or-user-name': refused(),
  'extended-protection-suspected': evidenceOf({
    steps: [
      step(`soap:${auto}`, [
        login(`https://${host}/autodiscover/autodiscover.svc`, { result: 'accepted', status: 200 }),
      ]),
      step('login:ntlm', [http(ews, { status: 401 }), login(ews)]),
    ],
  }),
  'user-name-form-wrong': twoForms('CONTOSO\\anna'),
  'account-locked': answered(456),
  'password-expired': answered(457),
  'account-disabled': soapError('ErrorAccountDisabled'),
  'intermittent-401': evidenceOf({
    steps: [
      step('login:ntlm', [
        http(ews, { headers: { 'x-feserver': 'EX01' } }),
        login(ews, { result: 'accepted', status: 200 }),
        soap(ews, { operation: 'ConvertId' }),
      ]),
      step('mailbox:ntlm', [
        http(ews, { status: 401, headers: { 'x-feserver': 'EX02' } }),
        soap(ews, { result: 'http-error', status: 401 }),
      ]),
    ],
  }),
  'gateway-preauthentication': evidenceOf({
    steps: [
      step(`endpoint:${host}`, [
        http(ews, { status: 401, exchange: 'none', challenges: [challenge('Basic', { realm: 'Sophos' })] }),
        endpoint(ews, { result: 'foreign-login', offered: ['basic'], exchange: 'none' }),
      ]),
    ],
  }),
  'ntlm-unavailable-on-platform': evidenceOf({
    steps: [step('login:negotiate', [login(ews, { scheme: 'negotiate', result: 'unavailable' })])],
  }),
  'kerberos-ticket-refused': evidenceOf({
    input: { hasPassword: false },
    steps: [
      step('login:negotiate', [
        http(ews, { status: 401, credentials: 'negotiate' }),
        login(ews, { scheme: 'negotiate', session: true, handshake: 'complete' }),
      ]),
    ],
  }),
  'password-charset-suspected': evidenceOf({
    input: { credentialsNonAscii: true },
    steps: [step('login:basic', [http(ews, { status: 401 }), login(ews, { scheme: 'basic', offered: ['basic'] })])],
  }),
  'ews-permission-missing': forbidden({}, { headers: { 'x-ms-diagnostics': '2000008;reason="not enough scope"' } }),
  'app-only-unsupported-on-premises': evidenceOf({
    steps: [bearerStep(ews, 403, { headers: { 'x-ms-diagnostics': '2000008;reason="not enough scope"' } })],
  }),
  'ews-disabled-for-organization': forbidden(),
  'ews-app-not-allowed': forbidden(),
  'ews-disabled-for-mailbox': forbidden(),
  'ews-block-intermittent': sampled([sample(403), sample(200)]),
  'user-agent-filtered': sampled([sample(403), sample(200, { userAgent: 'Other/1' }), sample(403)]),
  'consumer-mailbox-unsupported': forbidden({ input: { email: 'anna@outlook.com', domain: 'outlook.com' } }),
  'forbidden-by-iis-or-gateway': answered(403, {
    exchange: 'none',
    body: { kind: 'html', bytes: 40, head: '<h2>403.6 - IP address rejected</h2>', unsafe: null },
  }),
  'not-an-ews-url': answered(404, { exchange: 'none' }),
  'mailbox-routing-unknown': answered(404, { headers: { 'x-caserrorcode': 'MailboxGuidWithDomainNotFound' } }),
  'forms-login-in-front': answered(302, { headers: { location: 'https://mail.contoso.com/owa/auth/logon.aspx' } }),
  'login-header-too-large': answered(413),
  'content-type-refused': answered(415),
  'server-busy': answered(503, { headers: { 'retry-after': '30' } }),
  'server-error-in-ews': answered(500, {
    body: { kind: 'html', bytes: 60, head: "Server Error in '/EWS' Application.", unsafe: null },
  }),
  'anchor-mailbox-missing': routed(false),
  'gateway-cannot-reach-exchange': answered(502, { exchange: 'none' }),
  'oauth-fell-back-to-password': working({
    steps: [
      step('token:login.microsoftonline.com', [token({ errorCodes: [7000222] })]),
      step('mailbox:ntlm', [soap(ews)]),
    ],
  }),

  'impersonation-header-missing': soapError('ErrorAccessDenied', {
    scheme: 'oauth',
    message: 'ExchangeImpersonation SOAP header must be present',
  }),
  'impersonation-header-invalid': soapError('ErrorInvalidExchangeImpersonationHeaderData'),
  'impersonation-denied': soapError('ErrorImpersonateUserDenied'),
  'mailbox-not-found': soapError('ErrorNonExistentMailbox'),
  'mail-address-is-alias': soapError('ErrorNonPrimarySmtpAddress', { value: 'anna.m@contoso.com' }),
  'account-has-no-mailbox': soapError('ErrorMissingEmailAddress'),
  'mailbox-access-denied': soapError('ErrorAccessDenied'),
  'mailbox-unavailable': soapError('ErrorMailboxMoveInProgress'),
  'request-schema-refused': soapError('ErrorSchemaValidation'),
  'soap-error-unknown': soapError('ErrorBrandNew'),

  'server-version-too-new': evidenceOf({
    ...soapError('ErrorInvalidServerVersion', { version: 'Exchange2016' }),
    input: { ewsVersion: 'Exchange2016' },
    ewsVersion: 'Exchange2010_SP2',
  }),
  'ews-version-not-chosen': working({ input: { ewsVersion: null } }),
  'server-out-of-support': working({ server: { product: 'Exchange Server 2016', build: '15.1.2507.6' } }),
  'ews-retirement-countdown': onlineOf([step('mailbox:oauth', [soap(online, { scheme: 'oauth' })])], {
    outcome: 'works',
    auth: 'oauth',
  }),
  'works-in-browser-only': evidenceOf({
    input: { worksInBrowser: true },
    steps: [
      step(`endpoint:${host}`, [
        connection(host),
        tls(host, { result: 'issuer-unknown' }),
        http(ews, { result: 'not-connected', status: null }),
      ]),
    ],
  }),
  'time-budget-spent': evidenceOf({
    outcome: 'budget-spent',
    ms: 60_000,
    steps: [step('login:ntlm', [], { state: 'cancelled' })],
  }),
  'cause-unknown': evidenceOf({ steps: [step(`endpoint:${host}`, [http(ews, { status: 418 })])] }),
}

/** A run in which everything is well; every finding stays silent here. */
export const healthy: Evidence = working({
  steps: [
    step('input', [], { state: 'passed' }),
    step(
      `endpoint:${host}`,
      [
        dns(host),
        connection(host),
        tls(host, { chain: [{ ...certificate, validTo: '2027-10-01T00:00:00Z' }] }),
        http(ews, { status: 401, challenges: [challenge('NTLM')] }),
        endpoint(ews),
      ],
      { state: 'passed' },
    ),
    step(
      'login:ntlm',
      [
        http(ews, { status: 401, credentials: 'ntlm' }),
        http(ews, { credentials: 'ntlm' }),
        login(ews, { result: 'accepted', status: 200 }),
        soap(ews, { operation: 'ConvertId', result: 'error', responseCode: 'ErrorInvalidIdMalformed' }),
      ],
      { state: 'passed' },
    ),
    step('mailbox:ntlm', [http(ews), soap(ews)], { state: 'passed' }),
  ],
  server: { product: 'Exchange Server SE', build: '15.2.2562.43' },
})

/** The near miss of some findings: evidence that looks alike and must not give them. */
export const silent: Readonly<Partial<Record<FindingId, Evidence>>> = {
  'client-secret-is-id': entra(7000215),
  'client-secret-wrong': entra(7000215, { input: { clientSecretLooksLikeId: true } }),
  'credentials-missing': locateOf([
    step(`soap:${auto}`, [login(`https://${auto}/`, { result: 'withheld', reason: 'no-credentials' })]),
  ]),
  'autodiscover-record-missing': locateOf([
    step('names', [dns('contoso.com'), dns(auto, { type: 'CNAME', result: 'no-records' })]),
    step(`json:${auto}`, [connection(auto), http(`https://${auto}/`, { status: 404 }), autodiscover(auto)]),
  ]),
  'mail-domain-not-found': locateOf([
    step('names', [
      dns('contoso.com', { result: 'no-such-name' }),
      dns('contoso.com', { type: 'MX', records: ['10 mx.contoso.com'] }),
    ]),
  ]),
  'no-name-resolved': locateOf([
    step('names', [dns('contoso.com', { result: 'no-such-name' })]),
    step('json:outlook.office365.com', [dns('outlook.office365.com')]),
  ]),
  'cloud-answer-alone': locateOf(
    [
      step('names', [dns('contoso.com', { type: 'MX', records: ['0 contoso-com.mail.protection.outlook.com'] })]),
      step('json:outlook.office365.com', [
        autodiscover('outlook.office365.com', { source: 'cloud', result: 'url', ewsUrl: online }),
      ]),
    ],
    { outcome: 'works', source: 'cloud', ewsUrl: online },
  ),
  'ews-host-not-found': fires['dns-not-answering'],
  'dns-not-answering': fires['ews-host-not-found'],
  'split-dns-suspected': reached(
    dns('exch01.contoso.local', { records: ['10.1.2.3'] }),
    connection('exch01.contoso.local', { result: 'timed-out', address: '10.1.2.3' }),
    http('https://exch01.contoso.local/EWS/Exchange.asmx', { result: 'not-connected', status: null }),
  ),
  'tls-certificate-differs-behind-balancer': working({
    input: { expectedThumbprint: 'AA:BB' },
    steps: [step(`endpoint:${host}`, [tls(host), http(ews, { status: 401 })])],
  }),
  'captive-portal': portal('Welcome to Contoso', 'Welcome to Microsoft'),
  'proxy-not-used': evidenceOf({
    steps: [
      step(`endpoint:${host}`, [
        connection(host, { result: 'timed-out' }),
        http(ews, { result: 'not-connected', status: null }),
      ]),
      step(`path:${host}`, [path(host, { result: 'failed', code: 'ECONNREFUSED' })]),
    ],
  }),
  'works-in-browser-only': fires['tls-issuer-unknown'],
  'autodiscover-request-refused': candidate({ result: 'error', errorCode: '601' }),
  'ipv6-unreachable': working({
    steps: [
      step(`endpoint:${host}`, [connection(host, { family: 6, result: 'unreachable' }), connection(host), http(ews)]),
    ],
  }),
  'srv-record-unusual': locateOf([
    step('srv', [dns('_autodiscover._tcp.contoso.com', { type: 'SRV', records: ['0 0 443 mail.contoso.com.'] })]),
  ]),
  'connection-refused': evidenceOf({
    steps: [
      step(`endpoint:${host}`, [
        connection(host, { family: 6, result: 'refused' }),
        connection(host),
        http(ews, { status: 401 }),
      ]),
    ],
  }),
  'tls-certificate-expired': evidenceOf({
    steps: [
      step('token:login.microsoftonline.com', [
        http('https://login.microsoftonline.com/', { clockSkewMs: -100 * 86_400_000 }),
      ]),
      step(`endpoint:${host}`, [
        connection(host),
        tls(host, { result: 'expired' }),
        http(ews, { result: 'not-connected', status: null }),
      ]),
    ],
  }),
  'tls-issuer-unknown': fires['tls-inspection'],
  'tls-inspection': fires['tls-issuer-unknown'],
  'gateway-answered': answered(503, { headers: { 'retry-after': '30' } }),
  'clock-skew': evidenceOf({ steps: [step(`endpoint:${host}`, [http(ews, { status: 401, clockSkewMs: 240_000 })])] }),
  'token-not-yet-valid': withClaims({}),
  'token-expired': withClaims({}),
  'tenant-not-found': entra(90038),
  'token-audience-wrong': withClaims({ aud: '00000002-0000-0ff1-ce00-000000000000' }),
  'token-tenant-wrong': withClaims({ tid: 'ffffffff-0000-0000-0000-000000000000' }, 401, {
    challenges: [challenge('Bearer', { trusted_issuers: '00000001-0000-0000-c000-000000000000@*' })],
  }),
  'token-without-roles': withClaims({ roles: [], scp: 'EWS.AccessAsUser.All' }, 403),
  'root-website-wants-login': locateOf([
    step('capabilities:contoso.com', [
      http('https://contoso.com/', { status: 401 }),
      autodiscover('contoso.com', { result: 'needs-login' }),
    ]),
  ]),
  'autodiscover-not-published': fires['autodiscover-needs-login'],
  'autodiscover-needs-login': locateOf([
    step(`soap:${auto}`, [
      http(`https://${auto}/`, { status: 401 }),
      login(`https://${auto}/autodiscover/autodiscover.svc`),
      autodiscover(auto, { source: 'soap', result: 'needs-login' }),
    ]),
  ]),
  'address-unknown-at-autodiscover': candidate({ result: 'error', errorCode: '603' }),
  'autodiscover-misconfigured': candidate({ result: 'error', errorCode: '500' }),
  'foreign-redirect-refused': locateOf([
    step('srv', [trust('exchange.hoster.example')]),
    step('consent:exchange.hoster.example', [
      trust('exchange.hoster.example', { decision: 'trusted', basis: 'consent' }),
    ]),
  ]),
  'host-needs-consent': fires['foreign-redirect-refused'],
  'hybrid-mailbox-location-unclear': locateOf([
    step('json:outlook.office365.com', [
      autodiscover('outlook.office365.com', { source: 'cloud', result: 'url', ewsUrl: online }),
    ]),
    step(`json:${auto}`, [autodiscover(auto, { result: 'url', ewsUrl: ews })]),
  ]),
  'oauth-not-offered-by-server': fires['token-garbled'],
  'token-refused-unknown-code': fires['token-user-unknown'],
  'public-client-flow-not-allowed': tokenOf({ grant: 'client-credentials', errorCodes: [7000218] }),
  'client-secret-missing': tokenOf({ grant: 'password', errorCodes: [7000218] }),
  'stale-oauth-keys-on-server': staleKeys({ roles: [] }),
  'user-name-form-wrong': twoForms('anna@contoso.com'),
  'ews-block-intermittent': sampled([sample(403), sample(403, { userAgent: 'Other/1' })]),
  'user-agent-filtered': sampled([sample(200)]),
  'anchor-mailbox-missing': routed(true),
  'wrong-password-or-user-name': fires['extended-protection-suspected'],
  'extended-protection-suspected': fires['wrong-password-or-user-name'],
  'gateway-preauthentication': refused({ exchange: 'none' }),
  'password-charset-suspected': fires['wrong-password-or-user-name'],
  'ews-permission-missing': fires['app-only-unsupported-on-premises'],
  'app-only-unsupported-on-premises': fires['ews-permission-missing'],
  'ews-disabled-for-organization': fires['consumer-mailbox-unsupported'],
  'not-an-ews-url': fires['mailbox-routing-unknown'],
  'forms-login-in-front': answered(302, { headers: { location: 'https://mail.contoso.com/owa/' } }),
  'server-busy': answered(503, { exchange: 'none' }),
  'server-error-in-ews': soapError('ErrorAccessDenied'),
  'mailbox-not-found': fires['mailbox-access-denied'],
  'server-version-too-new': soapError('ErrorSchemaValidation'),
  'ews-version-not-chosen': working({ input: { ewsVersion: 'auto' } }),
  'server-out-of-support': working({ server: { product: 'Exchange Server SE', build: '15.2.2562.17' } }),
  'ews-retirement-countdown': working(),
  'cause-unknown': fires['not-an-ews-url'],
}
