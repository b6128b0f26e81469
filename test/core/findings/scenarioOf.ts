/** Which scenario of the embedded Exchange shows which finding, and why some have none. Shown in docs/findings/README.md. */
import type { FindingId } from '../../../src/core/findings/catalogue.ts'
import type { ScenarioId } from '../../../src/demo/index.ts'

export type Shown = {
  /** Scenarios that give this finding when both buttons are pressed with what the scenario types. */
  scenarios: readonly ScenarioId[]
  /** Why there is none; null where there is one. */
  without: string | null
  /** Tests besides that of the rules and, where there are scenarios, that of the scenarios. */
  tests: readonly string[]
}

const paths = 'test/core/runs/paths.test.ts'
const terminal = 'test/cli/run.test.ts'

const shown = (...scenarios: readonly ScenarioId[]): Shown => ({ scenarios, without: null, tests: [] })
const none = (without: string, ...tests: readonly string[]): Shown => ({ scenarios: [], without, tests })

const field = (...tests: readonly string[]): Shown => none('The field alone shows it; nothing is sent.', ...tests)
const entra = none('The embedded login service does not answer with these codes.')
const bearer = none('The embedded Exchange does not refuse tokens in this way.')
const answer = none('The embedded Exchange does not answer in this way.')

export const scenarioOf: Readonly<Record<FindingId, Shown>> = {
  'mail-address-invalid': field(paths, terminal),
  'client-id-malformed': field(),
  'tenant-id-malformed': field(),
  'client-id-is-another-id': field(),
  'client-secret-is-id': shown('secret-id-instead-of-value'),
  'client-certificate-unusable': field(),
  'client-secret-missing': field(),
  'credentials-missing': none('Shown by any scenario whose password is left out.', paths),
  'tenant-must-be-named': field(),
  'ews-url-malformed': field('test/core/settings/checks.test.ts'),

  'mail-domain-not-found': shown('unknown-domain'),
  'split-dns-suspected': shown('split-dns'),
  'no-name-resolved': shown('no-name-known'),
  'autodiscover-record-missing': shown('srv-only'),
  'ews-host-not-found': shown('url-host-unknown'),
  'dns-not-answering': shown('dns-refuses', 'dns-broken', 'dns-silent'),
  'ipv6-unreachable': shown('ipv6-only'),
  'srv-record-unusual': shown('srv-only'),

  'connection-refused': shown('port-closed', 'foreign-redirect'),
  'connection-timed-out': shown('firewall-drops', 'split-dns'),
  'server-silent': shown('server-silent'),
  'connection-dropped': shown('connection-dropped'),
  'tls-handshake-reset': shown('handshake-reset'),
  'tls-certificate-expired': shown('expired-certificate'),
  'tls-certificate-not-yet-valid': shown('certificate-not-yet-valid'),
  'tls-certificate-revoked': none(
    'The program reads no lists of revoked certificates and asks no issuer; it knows the code from evidence of others only.',
  ),
  'tls-name-mismatch': shown('wrong-certificate'),
  'tls-inspection': shown('tls-inspection', 'tls-inspection-trusted'),
  'tls-issuer-unknown': shown('self-signed-certificate', 'intermediate-missing', 'works-in-browser'),
  'tls-certificate-differs-behind-balancer': shown('certificate-differs'),

  'proxy-login-required': shown('proxy-wants-login'),
  'proxy-unreachable': shown('proxy-unreachable', 'proxy-needless'),
  'captive-portal': shown('captive-portal'),
  'proxy-not-used': shown('proxy-not-used', 'proxy-needless'),
  'gateway-answered': shown('gateway-answers', 'proxy-blocks'),
  'token-endpoint-redirected': shown('token-redirected'),

  'clock-skew': shown('clock-skew', 'clock-far-behind', 'token-from-the-future'),
  'token-not-yet-valid': shown('token-from-the-future'),

  'client-secret-wrong': shown('secret-wrong'),
  'client-secret-expired': shown('expired-secret'),
  'application-not-in-tenant': shown('application-unknown'),
  'tenant-not-found': shown('tenant-unknown'),
  'wrong-cloud': entra,
  'enterprise-application-missing': entra,
  'application-disabled': entra,
  'scope-wrong': entra,
  'exchange-resource-missing': entra,
  'admin-consent-missing': shown('consent-missing'),
  'client-certificate-refused': entra,
  'conditional-access-blocks-application': entra,
  'token-requests-throttled': entra,
  'login-service-unavailable': entra,
  'public-client-cannot-have-secret': entra,
  'tenant-restricted-by-network': entra,
  'interactive-login-required': entra,
  'entra-code-unknown': entra,
  'answer-not-from-entra': entra,

  'token-audience-wrong': bearer,
  'token-tenant-wrong': bearer,
  'token-without-roles': shown('role-missing'),
  'token-is-delegated': bearer,
  'token-expired': bearer,

  'root-website-wants-login': shown('website-wants-login'),
  'autodiscover-not-published': shown('autodiscover-missing'),
  'autodiscover-needs-login': shown('autodiscover-wants-login'),
  'address-unknown-at-autodiscover': shown('address-unknown', 'pox-address-unknown'),
  'autodiscover-misconfigured': shown(
    'pox-no-settings',
    'pox-no-provider',
    'pox-misconfigured',
    'pox-internal-error',
    'soap-internal-error',
    'soap-setting-unavailable',
  ),
  'autodiscover-request-refused': shown('pox-request-refused', 'soap-fault'),
  'autodiscover-without-ews-url': shown('ews-url-missing'),
  'autodiscover-redirect-loop': shown('redirect-circle'),
  'ews-url-internal-only': shown('internal-url', 'split-dns'),
  'foreign-redirect-refused': shown('foreign-redirect'),
  'host-needs-consent': shown('imported-url'),
  'insecure-url-refused': shown('insecure-url'),
  'hybrid-mailbox-location-unclear': shown('hybrid-both-sides'),
  'autodiscover-sources-disagree': shown('sources-disagree'),
  'cloud-answer-alone': shown('cloud-answer-alone'),
  'answer-refused-as-unsafe': shown('answer-with-entities', 'answer-too-large'),
  'answer-unreadable': shown('answer-unreadable'),

  'oauth-not-offered-by-server': shown('oauth-on-prem'),
  'token-garbled': bearer,
  'token-user-unknown': bearer,
  'modern-auth-off': bearer,
  'token-refused-unknown-code': bearer,
  'basic-is-off-in-exchange-online': shown('cloud-answer-alone'),
  'login-scheme-not-offered': none('Shown by healthy-on-prem when Basic is demanded.', paths),
  'ntlm-connection-not-kept': answer,
  'wrong-password-or-user-name': shown('wrong-password', 'user-name-differs'),
  'extended-protection-suspected': shown('extended-protection'),
  'account-locked': answer,
  'password-expired': answer,
  'account-disabled': answer,
  'intermittent-401': answer,
  'gateway-preauthentication': shown('gateway-preauthentication'),
  'ntlm-unavailable-on-platform': none('The machine causes it, not a server.'),
  'kerberos-ticket-refused': none('The demo has no domain; test/cli/kerberos.server.test.ts has a real one.'),
  'password-charset-suspected': none('No scenario has a password with such characters.'),
  'ews-permission-missing': shown('role-missing'),
  'app-only-unsupported-on-premises': shown('app-only-on-prem'),
  'ews-disabled-for-organization': shown('ews-not-allowed'),
  'ews-app-not-allowed': shown('ews-not-allowed'),
  'ews-disabled-for-mailbox': shown('ews-not-allowed'),
  'consumer-mailbox-unsupported': answer,
  'forbidden-by-iis-or-gateway': answer,
  'not-an-ews-url': none('Shown by any scenario with another address of its hosts as URL.', paths),
  'mailbox-routing-unknown': answer,
  'forms-login-in-front': shown('forms-login'),
  'login-header-too-large': answer,
  'content-type-refused': answer,
  'server-busy': shown('server-busy', 'soap-busy'),
  'server-error-in-ews': answer,
  'gateway-cannot-reach-exchange': answer,
  'oauth-fell-back-to-password': shown('oauth-on-prem', 'app-only-on-prem'),

  'impersonation-header-missing': none('The program always names the mailbox with a token.'),
  'impersonation-header-invalid': none('The program always names the mailbox in the form that EWS demands.'),
  'impersonation-denied': shown('impersonation-denied'),
  'mailbox-not-found': shown('mailbox-missing', 'account-without-mailbox'),
  'mail-address-is-alias': answer,
  'account-has-no-mailbox': none('The program always names the mailbox, so EWS says that this one does not exist.'),
  'mailbox-access-denied': answer,
  'mailbox-unavailable': answer,
  'request-schema-refused': none('The program sends no request of this kind.'),
  'soap-error-unknown': answer,

  'server-version-too-new': shown('old-version'),
  'ews-version-not-chosen': none('Shown by healthy-on-prem without a version.', paths),
  'server-out-of-support': shown('autodiscover-login-only', 'old-version'),
  'ews-retirement-countdown': shown('healthy-online'),
  'works-in-browser-only': shown('works-in-browser'),
  'time-budget-spent': shown('time-runs-out'),
  'cause-unknown': none('No scenario may end without a cause.', 'test/hostile/runs.test.ts'),
}
