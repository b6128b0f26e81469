/**
 * The catalogue: every finding that the rules can give, in the order in which stages and causes are told. An id is never renamed
 * and never reused; new ones may be added.
 */
import type { Actor, Confidence, Severity } from './finding.ts'

/** The way of a call, from the fields to the answer. A later stage is judged only where the earlier ones passed. */
export const stages = ['input', 'N', 'T', 'P', 'C', 'I', 'K', 'A', 'H', 'S', 'V'] as const
export type Stage = (typeof stages)[number]

export type CatalogueEntry = {
  stage: Stage
  /** Severity unless a rule says otherwise. */
  severity: Severity
  /** The strongest confidence that a rule may claim. */
  max: Confidence
  /** Who has to act, unless a rule knows better. */
  actor: Actor
  /** Findings that are dropped on the same host when this one holds; `below`: all of later stages on the same path. */
  suppresses: readonly string[]
}

const shortActors = { you: 'you', ex: 'exchange-admin', en: 'entra-admin', net: 'network-admin' } as const

function row(
  stage: Stage,
  severity: Severity,
  max: Confidence,
  actor: keyof typeof shortActors,
  ...suppresses: readonly string[]
): CatalogueEntry {
  return { stage, severity, max, actor: shortActors[actor], suppresses }
}

const password = 'wrong-password-or-user-name'
const organization = 'ews-disabled-for-organization'

export const catalogue = {
  'mail-address-invalid': row('input', 'error', 'observed', 'you', 'below'),
  'client-id-malformed': row('input', 'error', 'observed', 'you', 'application-not-in-tenant'),
  'tenant-id-malformed': row('input', 'error', 'observed', 'you', 'tenant-not-found'),
  'client-id-is-another-id': row('input', 'error', 'observed', 'you', 'application-not-in-tenant'),
  'client-secret-is-id': row('input', 'error', 'observed', 'you', 'client-secret-wrong'),
  'client-certificate-unusable': row('input', 'error', 'observed', 'you'),
  'client-secret-missing': row('input', 'error', 'observed', 'you'),
  'credentials-missing': row('input', 'error', 'observed', 'you', password),
  'tenant-must-be-named': row('input', 'error', 'observed', 'you', 'tenant-not-found'),
  'ews-url-malformed': row('input', 'error', 'observed', 'you', 'below'),

  'mail-domain-not-found': row(
    'N',
    'error',
    'observed',
    'you',
    'autodiscover-record-missing',
    'autodiscover-not-published',
  ),
  'autodiscover-record-missing': row('N', 'warning', 'observed', 'net'),
  'ews-host-not-found': row('N', 'error', 'observed', 'you', 'below'),
  'dns-not-answering': row(
    'N',
    'error',
    'observed',
    'net',
    'mail-domain-not-found',
    'autodiscover-not-published',
    'ews-host-not-found',
  ),
  'split-dns-suspected': row('N', 'warning', 'likely', 'net', 'connection-timed-out'),
  'no-name-resolved': row('N', 'warning', 'likely', 'net'),
  'ipv6-unreachable': row('N', 'warning', 'observed', 'net', 'connection-timed-out', 'connection-refused'),
  'srv-record-unusual': row('N', 'info', 'observed', 'net'),

  'connection-refused': row('T', 'error', 'observed', 'net', 'below'),
  'connection-timed-out': row('T', 'error', 'observed', 'net', 'below'),
  'server-silent': row('T', 'error', 'observed', 'ex', 'below'),
  'connection-dropped': row('T', 'error', 'observed', 'net', 'below'),
  'tls-handshake-reset': row('T', 'error', 'observed', 'net', 'below'),
  'tls-certificate-expired': row('T', 'error', 'observed', 'ex', 'below'),
  'tls-certificate-not-yet-valid': row('T', 'error', 'observed', 'ex', 'below'),
  'tls-certificate-revoked': row('T', 'error', 'observed', 'ex', 'below'),
  'tls-name-mismatch': row('T', 'error', 'observed', 'ex', 'below'),
  'tls-inspection': row('T', 'error', 'likely', 'net', 'tls-issuer-unknown', 'below'),
  'tls-issuer-unknown': row('T', 'error', 'observed', 'you', 'below'),
  'tls-certificate-differs-behind-balancer': row('T', 'warning', 'observed', 'ex'),

  'proxy-login-required': row('P', 'error', 'observed', 'net', 'below'),
  'proxy-unreachable': row('P', 'error', 'observed', 'you', 'below'),
  'captive-portal': row('P', 'error', 'likely', 'net', 'below', 'not-an-ews-url'),
  'proxy-not-used': row('P', 'error', 'likely', 'you', 'connection-timed-out'),
  'gateway-answered': row('P', 'error', 'likely', 'net'),
  'token-endpoint-redirected': row('P', 'error', 'observed', 'net'),

  'clock-skew': row('C', 'warning', 'observed', 'you', 'token-expired', 'tls-certificate-not-yet-valid'),
  // What explains a refused token explains no refused password: that is only said of a password that was really sent, as the fallback.
  'token-not-yet-valid': row('C', 'error', 'observed', 'en'),

  'client-secret-wrong': row('I', 'error', 'observed', 'en', 'below'),
  'client-secret-expired': row('I', 'error', 'observed', 'en', 'below'),
  'application-not-in-tenant': row('I', 'error', 'observed', 'en', 'below'),
  'tenant-not-found': row('I', 'error', 'observed', 'you', 'below'),
  'wrong-cloud': row('I', 'error', 'observed', 'you', 'tenant-not-found'),
  'enterprise-application-missing': row('I', 'error', 'observed', 'en', 'below'),
  'application-disabled': row('I', 'error', 'observed', 'en', 'below'),
  'scope-wrong': row('I', 'error', 'observed', 'you', 'below'),
  'exchange-resource-missing': row('I', 'error', 'observed', 'en', 'below'),
  'admin-consent-missing': row('I', 'error', 'observed', 'en', 'below'),
  'client-certificate-refused': row('I', 'error', 'observed', 'en', 'below'),
  'conditional-access-blocks-application': row('I', 'error', 'observed', 'en', 'below'),
  'token-requests-throttled': row('I', 'error', 'observed', 'you', 'below'),
  'login-service-unavailable': row('I', 'error', 'observed', 'you', 'below'),
  'public-client-cannot-have-secret': row('I', 'error', 'observed', 'en', 'below'),
  'tenant-restricted-by-network': row('I', 'error', 'observed', 'net', 'below'),
  'interactive-login-required': row('I', 'error', 'observed', 'en'),
  'public-client-flow-not-allowed': row('I', 'error', 'observed', 'en', 'client-secret-missing'),
  'entra-code-unknown': row('I', 'error', 'observed', 'en'),
  'answer-not-from-entra': row('I', 'error', 'likely', 'net'),

  'token-audience-wrong': row('K', 'error', 'observed', 'you', 'ews-permission-missing'),
  'token-tenant-wrong': row('K', 'error', 'observed', 'you'),
  'token-without-roles': row('K', 'warning', 'observed', 'en'),
  'token-is-delegated': row('K', 'error', 'observed', 'en', 'token-without-roles'),
  'token-expired': row('K', 'error', 'observed', 'you'),

  'root-website-wants-login': row('A', 'info', 'likely', 'you', password),
  'autodiscover-not-published': row('A', 'error', 'observed', 'ex', 'autodiscover-record-missing'),
  'autodiscover-needs-login': row('A', 'warning', 'observed', 'you', 'autodiscover-not-published'),
  'address-unknown-at-autodiscover': row('A', 'error', 'observed', 'you', 'mailbox-not-found'),
  'autodiscover-misconfigured': row('A', 'error', 'observed', 'ex'),
  'autodiscover-request-refused': row('A', 'error', 'observed', 'ex'),
  'autodiscover-without-ews-url': row('A', 'error', 'observed', 'ex'),
  'autodiscover-redirect-loop': row('A', 'error', 'observed', 'ex'),
  'ews-url-internal-only': row('A', 'error', 'observed', 'ex', 'ews-host-not-found', 'connection-timed-out'),
  'foreign-redirect-refused': row('A', 'error', 'observed', 'you', 'host-needs-consent'),
  'host-needs-consent': row('A', 'error', 'observed', 'you', password),
  'insecure-url-refused': row('A', 'error', 'observed', 'ex'),
  'hybrid-mailbox-location-unclear': row('A', 'warning', 'observed', 'ex'),
  'autodiscover-sources-disagree': row('A', 'warning', 'observed', 'ex'),
  'cloud-answer-alone': row('A', 'warning', 'possible', 'you'),
  'answer-refused-as-unsafe': row('A', 'error', 'observed', 'ex'),
  'answer-unreadable': row('A', 'error', 'observed', 'ex'),

  'oauth-not-offered-by-server': row('H', 'error', 'likely', 'ex', 'token-garbled'),
  'token-garbled': row('H', 'error', 'observed', 'you'),
  'token-user-unknown': row('H', 'error', 'observed', 'ex'),
  'modern-auth-off': row('H', 'error', 'observed', 'ex'),
  'stale-oauth-keys-on-server': row('H', 'error', 'possible', 'ex'),
  'token-refused-unknown-code': row('H', 'error', 'observed', 'en'),
  'basic-is-off-in-exchange-online': row('H', 'error', 'observed', 'you', password, 'autodiscover-not-published'),
  'login-scheme-not-offered': row('H', 'error', 'observed', 'you', password),
  'ntlm-connection-not-kept': row('H', 'error', 'observed', 'net', password, 'connection-dropped'),
  'wrong-password-or-user-name': row('H', 'error', 'observed', 'you', 'autodiscover-not-published'),
  'extended-protection-suspected': row('H', 'error', 'likely', 'ex', password),
  'user-name-form-wrong': row('H', 'warning', 'observed', 'you', password),
  'account-locked': row('H', 'error', 'observed', 'ex', password),
  'password-expired': row('H', 'error', 'observed', 'you', password),
  'account-disabled': row('H', 'error', 'observed', 'ex', password),
  'intermittent-401': row('H', 'warning', 'likely', 'ex', password),
  'gateway-preauthentication': row('H', 'error', 'likely', 'net', password),
  'ntlm-unavailable-on-platform': row('H', 'error', 'observed', 'you'),
  'kerberos-ticket-refused': row('H', 'error', 'observed', 'ex', password),
  'password-charset-suspected': row('H', 'warning', 'possible', 'you'),
  'ews-permission-missing': row('H', 'error', 'observed', 'en'),
  'app-only-unsupported-on-premises': row('H', 'error', 'likely', 'you', 'ews-permission-missing'),
  'ews-disabled-for-organization': row('H', 'error', 'likely', 'ex', 'gateway-answered'),
  'ews-app-not-allowed': row('H', 'error', 'likely', 'ex'),
  'ews-disabled-for-mailbox': row('H', 'error', 'likely', 'ex', organization),
  'ews-block-intermittent': row('H', 'error', 'likely', 'ex', organization),
  'user-agent-filtered': row('H', 'error', 'observed', 'ex', organization, 'ews-disabled-for-mailbox'),
  'consumer-mailbox-unsupported': row('H', 'error', 'observed', 'you', organization, 'ews-permission-missing'),
  'forbidden-by-iis-or-gateway': row('H', 'error', 'observed', 'net', 'gateway-answered'),
  'not-an-ews-url': row('H', 'error', 'observed', 'you', 'answer-unreadable'),
  'mailbox-routing-unknown': row('H', 'error', 'observed', 'ex', 'not-an-ews-url'),
  'forms-login-in-front': row('H', 'error', 'observed', 'ex', 'not-an-ews-url', 'gateway-answered'),
  'login-header-too-large': row('H', 'error', 'observed', 'ex'),
  'content-type-refused': row('H', 'error', 'observed', 'you'),
  'server-busy': row('H', 'error', 'observed', 'you', 'gateway-answered'),
  'server-error-in-ews': row('H', 'error', 'observed', 'ex'),
  'anchor-mailbox-missing': row('H', 'error', 'likely', 'you', 'server-busy', 'server-error-in-ews'),
  'gateway-cannot-reach-exchange': row('H', 'error', 'observed', 'net', 'gateway-answered'),
  'oauth-fell-back-to-password': row('H', 'warning', 'observed', 'you'),

  'impersonation-header-missing': row('S', 'error', 'observed', 'you', 'ews-permission-missing'),
  'impersonation-header-invalid': row('S', 'error', 'observed', 'you'),
  'impersonation-denied': row('S', 'error', 'observed', 'ex'),
  'mailbox-not-found': row('S', 'error', 'observed', 'you'),
  'mail-address-is-alias': row('S', 'error', 'observed', 'you'),
  'account-has-no-mailbox': row('S', 'error', 'observed', 'you'),
  'mailbox-access-denied': row('S', 'error', 'observed', 'ex'),
  'mailbox-unavailable': row('S', 'error', 'observed', 'you'),
  'request-schema-refused': row('S', 'error', 'observed', 'you'),
  'soap-error-unknown': row('S', 'error', 'observed', 'ex'),

  'server-version-too-new': row('V', 'error', 'observed', 'you'),
  'ews-version-not-chosen': row('V', 'warning', 'observed', 'you'),
  'server-out-of-support': row('V', 'warning', 'observed', 'ex'),
  'ews-retirement-countdown': row('V', 'warning', 'observed', 'ex'),
  'works-in-browser-only': row('V', 'warning', 'possible', 'you'),
  'time-budget-spent': row('V', 'error', 'observed', 'you'),
  'cause-unknown': row('V', 'error', 'observed', 'you'),
} as const satisfies Record<string, CatalogueEntry>

export type FindingId = keyof typeof catalogue

/** All ids, in the order of the catalogue. */
export const findingIds = Object.keys(catalogue) as FindingId[]

/** True for an id of the catalogue. */
export function isFindingId(id: string): id is FindingId {
  return Object.hasOwn(catalogue, id)
}
