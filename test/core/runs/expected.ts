/**
 * What a correct client concludes from each scenario of the embedded Exchange when both buttons are pressed with what the scenario types: the
 * one table behind the tests of scenarios and docs/findings/README.md. Nothing else may be found.
 */
import type { ScenarioId } from '../../../src/demo/index.ts'
import { wayExpected, type ExpectedOnTheWay } from './expected.way.ts'

export type Expected = ExpectedOnTheWay

const nothing = { auth: null, loggedIn: null, also: [], locates: [], refusals: 0 }

/** At Contoso, whose own server answers for Autodiscover. */
const onPremises = (first: string | null, o: Partial<Expected> = {}): Expected => ({
  ...nothing,
  located: 'json',
  first,
  ...o,
})

/** At Fabrikam in Microsoft 365: the alias of Autodiscover leads to a certificate of Microsoft's, and EWS there comes to its end. */
const online = (first: string | null, { also = [], ...o }: Partial<Expected> = {}): Expected => ({
  ...nothing,
  located: 'redirect',
  first,
  also: [...also, 'tls-name-mismatch'],
  locates: ['ews-retirement-countdown', 'tls-name-mismatch'],
  ...o,
})

/** Ended by the fields before anything was sent. */
const refused = (first: string): Expected => ({ ...nothing, located: null, first, locates: [first] })

export const expected: Readonly<Record<ScenarioId, Expected>> = {
  // healthy
  'healthy-on-prem': onPremises(null, { auth: 'ntlm' }),
  'healthy-online': online('ews-retirement-countdown', { auth: 'oauth' }),
  'slow-candidate': onPremises(null, { auth: 'ntlm' }),
  'redirect-addr': onPremises(null, { located: 'soap', auth: 'ntlm' }),
  'redirect-url': onPremises(null, { located: 'soap', auth: 'ntlm' }),
  'srv-only': onPremises(null, {
    located: 'soap',
    auth: 'ntlm',
    also: ['autodiscover-record-missing', 'srv-record-unusual'],
    locates: ['autodiscover-record-missing', 'srv-record-unusual'],
  }),
  'autodiscover-login-only': onPremises('server-out-of-support', {
    located: 'soap',
    auth: 'ntlm',
    locates: ['server-out-of-support'],
  }),
  'pox-only': onPremises(null, { located: 'pox', auth: 'ntlm' }),
  'website-wants-login': onPremises(null, {
    auth: 'ntlm',
    also: ['root-website-wants-login'],
    locates: ['root-website-wants-login'],
  }),
  'hybrid-mailbox': onPremises(null, { auth: 'ntlm' }),
  // input
  'address-garbled': refused('mail-address-invalid'),
  'client-id-cut': refused('client-id-malformed'),
  'tenant-name-typed': refused('tenant-id-malformed'),
  'tenant-id-twice': refused('client-id-is-another-id'),
  'tenant-common': refused('tenant-must-be-named'),
  'secret-not-typed': { ...online('client-secret-missing'), also: [] },
  'nothing-typed': onPremises('credentials-missing'),
  'url-garbled': refused('ews-url-malformed'),
  'url-of-website': onPremises('not-an-ews-url'),
  'secret-id-instead-of-value': online('client-secret-is-id', {
    locates: ['ews-retirement-countdown', 'client-secret-is-id (likely)', 'tls-name-mismatch'],
  }),
  'password-for-online': online('basic-is-off-in-exchange-online'),
  'basic-demanded': onPremises('login-scheme-not-offered'),
  // way
  'unknown-domain': onPremises('mail-domain-not-found', { located: null, locates: ['mail-domain-not-found'] }),
  'wrong-certificate': onPremises('tls-name-mismatch', {
    located: null,
    also: ['autodiscover-not-published (likely)'],
    locates: ['tls-name-mismatch', 'autodiscover-not-published (likely)'],
  }),
  'expired-certificate': onPremises('tls-certificate-expired', {
    located: null,
    also: ['autodiscover-not-published (likely)'],
    locates: ['tls-certificate-expired', 'autodiscover-not-published (likely)'],
  }),
  'self-signed-certificate': onPremises('tls-issuer-unknown', {
    located: null,
    also: ['autodiscover-not-published (likely)'],
    locates: ['tls-issuer-unknown', 'autodiscover-not-published (likely)'],
  }),
  'clock-skew': onPremises('clock-skew', { auth: 'ntlm', locates: ['clock-skew'] }),
  'autodiscover-missing': onPremises('autodiscover-not-published', {
    located: null,
    locates: ['autodiscover-not-published'],
  }),
  'foreign-redirect': onPremises('foreign-redirect-refused', {
    located: null,
    also: ['connection-refused'],
    locates: ['foreign-redirect-refused', 'connection-refused'],
  }),
  // identity
  'expired-secret': online('client-secret-expired'),
  'secret-wrong': online('client-secret-wrong'),
  'application-unknown': online('application-not-in-tenant'),
  'tenant-unknown': online('tenant-not-found'),
  'consent-missing': online('admin-consent-missing'),
  'enterprise-application-deleted': online('enterprise-application-missing'),
  'application-disabled': online('application-disabled'),
  'scope-refused': online('scope-wrong'),
  'exchange-not-licensed': online('exchange-resource-missing'),
  'certificate-unknown-to-entra': online('client-certificate-refused'),
  'conditional-access': online('conditional-access-blocks-application'),
  'token-asked-too-often': online('token-requests-throttled'),
  'login-service-down': online('login-service-unavailable'),
  'public-client-with-secret': online('public-client-cannot-have-secret'),
  'tenant-not-allowed-here': online('tenant-restricted-by-network'),
  'tenant-in-another-cloud': online('wrong-cloud'),
  'tenant-sent-to-national-cloud': online('wrong-cloud'),
  'entra-says-something-new': online('entra-code-unknown'),
  'filter-instead-of-entra': online('answer-not-from-entra'),
  // token
  'token-for-graph': online('token-audience-wrong'),
  'token-of-another-tenant': online('token-tenant-wrong'),
  'token-of-a-person': online('token-is-delegated', { loggedIn: 'oauth', also: ['impersonation-header-invalid'] }),
  'token-expired-on-arrival': online('token-expired'),
  'token-cut-by-gateway': online('token-garbled'),
  'token-user-twice': online('token-user-unknown'),
  'modern-auth-off': online('modern-auth-off'),
  'token-refused-with-a-new-code': online('token-refused-unknown-code'),
  'tenant-restriction-at-exchange': online('tenant-restricted-by-network'),
  'rbac-scope': online('token-without-roles', { auth: 'oauth', also: ['ews-retirement-countdown'] }),
  'role-missing': online('ews-permission-missing', { also: ['token-without-roles'] }),
  'oauth-on-prem': onPremises('oauth-fell-back-to-password', { auth: 'ntlm', also: ['oauth-not-offered-by-server'] }),
  'app-only-on-prem': onPremises('oauth-fell-back-to-password', {
    auth: 'ntlm',
    also: ['app-only-unsupported-on-premises'],
  }),
  'stale-keys-on-prem': onPremises('token-refused-unknown-code', {
    auth: 'ntlm',
    also: ['oauth-fell-back-to-password', 'stale-oauth-keys-on-server'],
  }),
  // login
  'wrong-password': onPremises('wrong-password-or-user-name (likely)', {
    also: ['extended-protection-suspected (possible)'],
    refusals: 1,
  }),
  'user-name-differs': onPremises('wrong-password-or-user-name (likely)', {
    also: ['extended-protection-suspected (possible)'],
    refusals: 1,
  }),
  'user-name-in-two-forms': onPremises('user-name-form-wrong', { auth: 'ntlm', refusals: 1 }),
  'account-locked': onPremises('account-locked', { refusals: 1 }),
  'password-with-umlaut': onPremises('wrong-password-or-user-name (likely)', {
    also: ['password-charset-suspected'],
    refusals: 1,
  }),
  'balancer-closes-connection': onPremises('ntlm-connection-not-kept'),
  'balancer-mixes-servers': onPremises('ntlm-connection-not-kept (likely)'),
  'extended-protection': onPremises('wrong-password-or-user-name (likely)', {
    also: ['extended-protection-suspected (possible)'],
    refusals: 1,
  }),
  'extended-protection-proven': onPremises('extended-protection-suspected', { located: 'soap', refusals: 1 }),
  'forms-login': onPremises('forms-login-in-front', { located: null, locates: ['forms-login-in-front'] }),
  'gateway-preauthentication': onPremises('gateway-preauthentication', {
    located: null,
    locates: ['gateway-preauthentication'],
  }),
  // ews
  'ews-not-allowed': online('ews-disabled-for-organization', {
    also: ['ews-app-not-allowed (possible)', 'ews-disabled-for-mailbox (possible)'],
  }),
  'ews-not-allowed-by-name': online('ews-disabled-for-organization', {
    also: ['ews-app-not-allowed', 'ews-disabled-for-mailbox (possible)'],
  }),
  'ews-blocked-now-and-then': online('ews-block-intermittent'),
  'user-agent-not-listed': online('user-agent-filtered'),
  'ews-off-for-one-mailbox': online('ews-disabled-for-mailbox'),
  'consumer-mailbox': onPremises('consumer-mailbox-unsupported', { locates: ['ews-retirement-countdown'] }),
  'one-server-of-two-refuses': online('intermittent-401', { loggedIn: 'oauth' }),
  'address-rejected-by-iis': onPremises('forbidden-by-iis-or-gateway', {
    located: null,
    locates: ['forbidden-by-iis-or-gateway'],
  }),
  'mailbox-moved-away': online('mailbox-routing-unknown'),
  'login-header-too-large': onPremises('login-header-too-large'),
  'content-type-refused': onPremises('content-type-refused'),
  'server-error': onPremises('server-error-in-ews'),
  'exchange-behind-gateway-down': onPremises('gateway-cannot-reach-exchange', {
    located: null,
    locates: ['gateway-cannot-reach-exchange'],
  }),
  'exchange-too-busy': onPremises('server-busy'),
  // mailbox
  'server-busy': onPremises('server-busy', { loggedIn: 'ntlm' }),
  'password-expired': onPremises('password-expired', { loggedIn: 'ntlm' }),
  'account-disabled': onPremises('account-disabled', { loggedIn: 'ntlm' }),
  'request-changed-on-the-way': onPremises('request-schema-refused', { loggedIn: 'ntlm' }),
  'mailbox-access-denied': onPremises('mailbox-access-denied', { loggedIn: 'ntlm' }),
  'mailbox-being-moved': onPremises('mailbox-unavailable', { loggedIn: 'ntlm' }),
  'ews-says-something-new': onPremises('soap-error-unknown', { loggedIn: 'ntlm' }),
  'mailbox-missing': online('mailbox-not-found', { loggedIn: 'oauth' }),
  'account-without-mailbox': onPremises('mailbox-not-found', { loggedIn: 'ntlm' }),
  'alias-instead-of-primary': online('mail-address-is-alias', { loggedIn: 'oauth' }),
  'impersonation-denied': online('impersonation-denied', { loggedIn: 'oauth' }),
  'old-version': onPremises('server-version-too-new', {
    located: 'soap',
    auth: 'ntlm',
    also: ['server-out-of-support'],
    locates: ['server-out-of-support'],
  }),
  'version-too-new': onPremises('server-version-too-new', {
    located: 'soap',
    loggedIn: 'ntlm',
    also: ['server-out-of-support'],
    locates: ['server-out-of-support'],
  }),
  'version-not-chosen': onPremises('ews-version-not-chosen', { auth: 'ntlm' }),
  ...wayExpected,
}
