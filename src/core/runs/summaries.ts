/** Ids of the one-line summaries of steps. `texts` has a sentence for each, in every language; facts fill the placeholders. */
export const stepNames = [
  /** Checks of the fields, without network. */
  'input',
  /** DNS of the mail domain. */
  'names',
  /** Autodiscover v2, anonymous; target: host. */
  'json',
  /** Anonymous GET of autodiscover.xml: does Exchange answer there, and what does it offer? target: host */
  'capabilities',
  /** Anonymous GET over http, for its redirect; target: host. */
  'redirect',
  /** DNS SRV `_autodiscover._tcp`. */
  'srv',
  /** Service connection points of Active Directory; target: the LDAP server. */
  'scp',
  /** Autodiscover with login; target: host. */
  'soap',
  'pox',
  /** A host outside the mail domain: its certificate is read and a person is asked; target: host. */
  'consent',
  /** The found URL is asked whether it is EWS; target: host. */
  'verify',
  /** The typed or stored EWS URL is asked without login; target: host. */
  'endpoint',
  /** OAuth 2.0 token request; target: authority host. */
  'token',
  /** Which tenant Entra names for the mail domain. */
  'tenant',
  /** Which other cloud knows the tenant that its own cloud does not. */
  'clouds',
  /** The way of connections that was not in force, after nothing came through; target: host. */
  'path',
  /** Whether the typed tenant exists; target: authority host of a cloud. */
  'typed-tenant',
  /** Login and identity probe at EWS; target: scheme. */
  'login',
  /** GetFolder of the mailbox; target: scheme. */
  'mailbox',
  /** The same question again, after a 403 that does not say why; target: scheme. */
  'again',
  /** Search for the highest interface version that works. */
  'version',
  /** Text that a person pasted, judged without any network. */
  'pasted',
] as const
export type StepName = (typeof stepNames)[number]

export const summaryIds = [
  'input-accepted', // {}
  'input-remarks', // { count }
  'input-refused', // { count }
  'names-found', // { domain, hosts } hosts: text such as "MX mail.contoso.com; autodiscover.contoso.com"
  'names-not-found', // { domain }
  'names-no-answer', // { domain }
  'autodiscover-url', // { ewsUrl }
  'autodiscover-needs-login', // { offered } schemes as text
  'autodiscover-foreign-login', // { host } a login is wanted, but it is not Exchange
  'autodiscover-redirects', // { to }
  'autodiscover-redirects-address', // { to }
  'autodiscover-error', // { code }
  'autodiscover-no-url', // {}
  'autodiscover-not-here', // { status }
  'autodiscover-unreadable', // {}
  'autodiscover-unsafe', // {}
  'autodiscover-loop', // {}
  'redirect-none', // { status }
  'redirect-insecure', // { to }
  'srv-found', // { target }
  'srv-none', // {}
  'srv-no-answer', // {}
  'scp-not-checked', // {} no directory was named, and the machine belongs to no known domain
  'scp-password-missing', // { host }
  'scp-no-module', // { host } a directory, or the domain
  'scp-no-controller', // { domain }
  'scp-no-ticket', // { host }
  'scp-ticket-refused', // { host, code }
  'scp-channel-binding', // { host, code }
  'scp-no-gssapi', // { host, code }
  'scp-layer', // { host, code }
  'scp-unproved', // { host, code }
  'scp-found', // { url, count }
  'scp-none', // { host }
  'scp-refused', // { host, code }
  'scp-no-tls', // { host, code }
  'scp-failed', // { host, code }
  'host-not-trusted', // { host }
  'host-declined', // { host }
  'host-consented', // { host }
  'no-address', // { host }
  'not-connected', // { host, code }
  'tls-refused', // { host, code }
  'silent', // { host, seconds }
  'dropped', // { host }
  'http-status', // { status }
  'endpoint-wants-login', // { offered }
  'endpoint-open', // {}
  'endpoint-not-ews', // { status }
  'endpoint-foreign-login', // {}
  'endpoint-forms-login', // { to }
  'endpoint-redirect', // { to }
  'endpoint-forbidden', // {}
  'endpoint-server-error', // { status }
  'token-issued', // { minutes }
  'token-from-memory', // { minutes }
  'token-refused', // { code } such as AADSTS7000215
  'token-not-entra', // { status }
  'tenant-same', // { tenantId }
  'tenant-differs', // { tenantId }
  'tenant-unknown', // {}
  'tenant-elsewhere', // { host }
  'tenant-nowhere', // {}
  'tenant-found', // { tenantId } the typed one
  'tenant-absent', // { host }
  'tenant-no-answer', // { host }
  'login-accepted', // { scheme }
  'login-by-ticket', // { scheme, principal } principal: empty where the platform does not say
  'login-unproved', // { host }
  'login-refused', // { scheme, status }
  'login-not-offered', // { scheme, offered }
  'login-unavailable', // { scheme }
  'login-withheld', // { host }
  'login-no-credentials', // {}
  'again-same', // { count }
  'again-differs', // { count }
  'soap-error', // { code }
  'soap-not-soap', // { status }
  'mailbox-read', // { address, version }
  'version-found', // { version }
  'version-none', // {}
  'path-proxy', // { host, proxy } the proxy that was not used connects
  'path-direct', // { host, proxy } without the proxy it connects
  'path-none', // { host }
  'pasted', // {} the text says what it says
  'not-needed', // {} another step was enough
  'not-reached', // {} an earlier step failed
  'cancelled', // {}
  'crashed', // {}
] as const
export type SummaryId = (typeof summaryIds)[number]
