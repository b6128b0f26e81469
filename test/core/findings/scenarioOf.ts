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
const network = none('The network outside the embedded Exchange causes it.')
const proxy = none('A proxy causes it; the embedded Exchange is reached without one.')
const entra = none('The embedded login service does not answer with these codes.')
const bearer = none('The embedded Exchange does not refuse tokens in this way.')
const answer = none('The embedded Exchange does not answer in this way.')

export const scenarioOf: Readonly<Record<FindingId, Shown>> = {
  'mail-address-invalid': field(paths, terminal),
  'client-id-malformed': field(),
  'tenant-id-malformed': field(),
  'client-id-is-another-id': field(),
  'client-secret-is-id': shown('secret-id-instead-of-value'),
  'client-secret-missing': field(),
  'credentials-missing': none('Shown by any scenario whose password is left out.', paths),
  'tenant-must-be-named': field(),
  'ews-url-malformed': field('test/core/settings/checks.test.ts'),

  'mail-domain-not-found': shown('unknown-domain'),
  'no-name-resolved': network,
  'autodiscover-record-missing': shown('srv-only'),
  'ews-host-not-found': none('Shown by any scenario with a URL whose host does not exist.', paths),
  'dns-not-answering': network,
  'ipv6-unreachable': network,
  'srv-record-unusual': shown('srv-only'),

  'connection-refused': shown('foreign-redirect'),
  'connection-timed-out': network,
  'server-silent': none('A silent host at the EWS URL ends with the time of the run.'),
  'connection-dropped': answer,
  'tls-handshake-reset': answer,
  'tls-certificate-expired': shown('expired-certificate'),
  'tls-certificate-not-yet-valid': none('The embedded Exchange has no certificate of this kind.'),
  'tls-certificate-revoked': none('The embedded Exchange has no certificate of this kind.'),
  'tls-name-mismatch': shown('wrong-certificate'),
  'tls-inspection': none('The embedded Exchange has no certificate of this kind.'),
  'tls-issuer-unknown': shown('self-signed-certificate'),

  'proxy-login-required': proxy,
  'proxy-unreachable': proxy,
  'gateway-answered': answer,
  'token-endpoint-redirected': entra,

  'clock-skew': shown('clock-skew'),
  'token-not-yet-valid': bearer,

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
  'autodiscover-needs-login': none('Shown by autodiscover-login-only when the password is left out.'),
  'address-unknown-at-autodiscover': answer,
  'autodiscover-misconfigured': answer,
  'autodiscover-without-ews-url': answer,
  'autodiscover-redirect-loop': none('No scenario redirects in a circle; a server made for the test does.', paths),
  'ews-url-internal-only': answer,
  'foreign-redirect-refused': shown('foreign-redirect'),
  'host-needs-consent': none('Shown by foreign-redirect with a URL from an imported file.', paths),
  'insecure-url-refused': answer,
  'hybrid-mailbox-location-unclear': answer,
  'autodiscover-sources-disagree': answer,
  'cloud-answer-alone': answer,
  'answer-refused-as-unsafe': answer,
  'answer-unreadable': answer,

  'oauth-not-offered-by-server': shown('oauth-on-prem'),
  'token-garbled': bearer,
  'token-user-unknown': bearer,
  'modern-auth-off': bearer,
  'token-refused-unknown-code': bearer,
  'basic-is-off-in-exchange-online': none('Shown by healthy-online with a password instead of OAuth.', paths),
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
  'server-busy': shown('server-busy'),
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
  'time-budget-spent': none('Shown by slow-candidate with very little time.', paths),
  'cause-unknown': none('No scenario may end without a cause.', 'test/hostile/runs.test.ts'),
}
