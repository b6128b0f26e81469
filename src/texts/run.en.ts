/** English words of a run: steps, their one-line summaries, states, remarks at fields, and names of people, sources and methods. */
import type { SummaryId, StepName } from '../core/runs/summaries.ts'
import type { Phase, StepState } from '../core/evidence/schema.ts'
import type { Actor, Confidence, Severity } from '../core/findings/finding.ts'
import type { LoginScheme } from '../core/evidence/logins.ts'
import type { DiscoverySource } from '../core/settings/settings.ts'
import { login } from './login.en.ts'
import type { Template } from './template.ts'

/** Remarks that the checks of fields give. */
export type RemarkId =
  | keyof typeof login.remarks
  | 'mail-address-invalid'
  | 'client-id-malformed'
  | 'tenant-id-malformed'
  | 'tenant-must-be-named'
  | 'client-id-is-another-id'
  | 'client-secret-is-id'
  | 'client-secret-missing'
  | 'password-or-secret-missing'
  | 'ews-url-malformed'
  | 'value-cleaned'
  | 'ews-url-corrected'
  | 'ews-url-is-owa'
  | 'ews-url-path-missing'
  | 'ews-url-http'
  | 'user-name-form'
  | 'mail-address-cleaned'
  | 'secret-trimmed'
  | 'client-secret-expires-soon'

/** What every language says about a run. */
export type RunWords = {
  readonly summaries: Readonly<Record<SummaryId, Template>>
  /** Names of steps; `{target}` is a host, an authority or a login method. */
  readonly steps: Readonly<Record<StepName, string>>
  readonly phases: Readonly<Record<Phase, string>>
  readonly states: Readonly<Record<StepState | 'waiting' | 'running', string>>
  readonly remarks: Readonly<Record<RemarkId, Template>>
  readonly actors: Readonly<Record<Actor, string>>
  /** Lead words: how sure a finding is. */
  readonly confidences: Readonly<Record<Confidence, string>>
  readonly severities: Readonly<Record<Severity, string>>
  /** The ways of connections. */
  readonly ways: Readonly<Record<'direct' | 'proxy', string>>
  readonly schemes: Readonly<Record<LoginScheme, string>>
  readonly sources: Readonly<Record<DiscoverySource, string>>
}

export const run: RunWords = {
  summaries: {
    'input-accepted': 'The fields are complete',
    'input-remarks': { one: '{count} remark on the fields', other: '{count} remarks on the fields' },
    'input-refused': { one: '{count} field has to be corrected', other: '{count} fields have to be corrected' },
    'names-found': '{domain} exists: {hosts}',
    'names-not-found': 'DNS does not know {domain}',
    'names-no-answer': 'The DNS server did not answer for {domain}',
    'autodiscover-url': 'Names {ewsUrl}',
    'autodiscover-needs-login': 'Exchange answers after a login. Offered: {offered}',
    'autodiscover-foreign-login': '{host} wants a login, but is not Exchange',
    'autodiscover-redirects': 'Redirects to {to}',
    'autodiscover-redirects-address': 'Refers to the address {to}',
    'autodiscover-error': 'Exchange answers with code {code}',
    'autodiscover-no-url': 'Exchange answers, but names no EWS URL',
    'autodiscover-not-here': 'No Autodiscover here (status {status})',
    'autodiscover-unreadable': 'The answer is not readable',
    'autodiscover-unsafe': 'The answer was not read, for safety',
    'autodiscover-loop': 'Redirects in a circle',
    'redirect-none': 'No redirect (status {status})',
    'redirect-insecure': 'Redirects to {to} without encryption; not followed',
    'srv-found': 'SRV names {target}',
    'srv-none': 'No SRV record',
    'srv-no-answer': 'The DNS server did not answer the SRV question',
    'scp-not-checked': 'Not checked: no LDAP server given, and no Active Directory domain of this machine known',
    'scp-password-missing': 'Not checked: the password for the login at {host} is missing',
    'scp-no-module':
      'Not checked: {host} could be asked with the Kerberos ticket, but the module “kerberos” is not available here',
    'scp-no-controller': 'DNS names no domain controller of the domain {domain}',
    'scp-no-ticket': 'Not checked: this login session has no Kerberos ticket for {host}',
    'scp-ticket-refused':
      '{host} refused the Kerberos ticket (code {code}). If the server demands LDAP channel binding, that is the reason: the module “kerberos” sends none',
    'scp-channel-binding':
      '{host} demands LDAP channel binding (code {code}); a ticket cannot give it, because the module “kerberos” sends none. With user name and password the directory can be read',
    'scp-no-gssapi': '{host} takes no Kerberos tickets (code {code})',
    'scp-layer': '{host} demands a signature of its own inside TLS; the directory was not read',
    'scp-unproved':
      '{host} did not prove its identity by Kerberos; its answer does not count, and the directory was not read',
    'scp-found': { one: 'The directory names {url}', other: 'The directory names {count} servers, first {url}' },
    'scp-none': '{host} knows no service connection point of Exchange',
    'scp-refused': '{host} refused the LDAP login (code {code})',
    'scp-no-tls': '{host} offers no trusted encryption ({code}); nothing was sent',
    'scp-failed': '{host} could not be read ({code})',
    'host-not-trusted': '{host} lies outside the mail domain and was not asked',
    'host-declined': '{host} was declined',
    'host-consented': 'You agreed that {host} may receive credentials',
    'no-address': '{host} has no address',
    'not-connected': 'No connection to {host} ({code})',
    'tls-refused': 'The certificate or encryption of {host} was not accepted ({code})',
    silent: '{host} said nothing for {seconds} s',
    dropped: '{host} broke off the connection',
    'http-status': 'Answer with status {status}',
    'endpoint-wants-login': 'EWS answers and wants a login. Offered: {offered}',
    'endpoint-open': 'EWS answers without a login',
    'endpoint-not-ews': 'EWS does not answer here (status {status})',
    'endpoint-foreign-login': 'Something other than Exchange wants a login',
    'endpoint-forms-login': 'A login page stands in front: {to}',
    'endpoint-redirect': 'Redirects to {to}',
    'endpoint-forbidden': 'Access was refused (status 403)',
    'endpoint-server-error': 'The server failed (status {status})',
    'token-issued': { one: 'Token received, good for {minutes} min', other: 'Token received, good for {minutes} min' },
    'token-from-memory': {
      one: 'Token kept in this program’s memory, good for {minutes} min',
      other: 'Token kept in this program’s memory, good for {minutes} min',
    },
    'token-refused': 'Entra ID refused the token ({code})',
    'token-not-entra': 'The answer does not come from Entra ID (status {status})',
    'tenant-same': 'The mail domain belongs to tenant {tenantId}',
    'tenant-differs': 'The mail domain belongs to another tenant: {tenantId}',
    'tenant-elsewhere': '{host} knows the tenant',
    'tenant-nowhere': 'No other Microsoft cloud knows the tenant',
    'tenant-unknown': 'Entra ID names no tenant for the mail domain',
    'tenant-found': 'The tenant as typed exists: {tenantId}',
    'tenant-absent': '{host} does not know the tenant as typed',
    'tenant-no-answer': '{host} did not answer about the tenant',
    'login-accepted': 'Logged in with {scheme}',
    'login-by-ticket': 'Logged in with {scheme} and this session’s Kerberos ticket: {principal}',
    'login-unproved': '{host} could not prove its identity by Kerberos; its answer does not count',
    'login-refused': 'The login with {scheme} was refused (status {status})',
    'login-not-offered': '{scheme} is not offered. Offered: {offered}',
    'login-unavailable': '{scheme} is not available on this machine',
    'login-withheld': 'No credentials were sent to {host}',
    'login-no-credentials': 'Did not log in: no credentials are given',
    'again-same': { one: 'The same answer again', other: 'The same answer again, {count} times' },
    'again-differs': 'Asked again, and another answer came as well (calls: {count})',
    'soap-error': 'EWS answers with {code}',
    'soap-not-soap': 'The answer is not from EWS (status {status})',
    'mailbox-read': 'Mailbox {address} was read with {version}',
    'version-found': 'Highest version that works: {version}',
    'version-none': 'No version works',
    'path-proxy': 'Not used, and open: the proxy {proxy}',
    'path-direct': 'Open without the proxy {proxy}',
    'path-none': 'No other way to {host} stands',
    pasted: 'Read from the text',
    'not-needed': 'Not needed: another step was enough',
    'not-reached': 'Did not run: an earlier step failed',
    cancelled: 'Cancelled',
    crashed: 'The step ended by a fault of this program',
  },
  steps: {
    input: 'Fields',
    names: 'Names of the mail domain',
    json: 'Autodiscover (JSON) at {target}',
    capabilities: 'Exchange at {target}',
    redirect: 'Redirect at {target}',
    srv: 'SRV record',
    scp: 'Service connection points (SCP)',
    soap: 'Autodiscover (SOAP) at {target}',
    pox: 'Autodiscover (POX) at {target}',
    consent: 'Consent for {target}',
    verify: 'Check of the EWS URL at {target}',
    endpoint: 'EWS at {target}',
    token: 'Token from {target}',
    path: 'Another way to {target}',
    tenant: 'Tenant of the mail domain',
    clouds: 'Tenant at other Microsoft clouds',
    'typed-tenant': 'Tenant as typed at {target}',
    login: 'Login with {target}',
    mailbox: 'Mailbox, logged in with {target}',
    again: 'Asked again after the answer 403',
    pasted: 'Pasted text',
    version: 'EWS version',
  },
  phases: {
    input: 'Fields',
    names: 'Names',
    discovery: 'Autodiscover',
    transport: 'Connection',
    token: 'Token',
    login: 'Login',
    mailbox: 'Mailbox',
  },
  states: {
    waiting: 'waiting',
    running: 'running',
    passed: 'passed',
    warning: 'warning',
    failed: 'failed',
    'no-answer': 'no answer here',
    skipped: 'did not run',
    cancelled: 'cancelled',
    crashed: 'crashed',
  },
  remarks: {
    ...login.remarks,
    'mail-address-invalid': 'Enter the e-mail address in the form name@company.com',
    'client-id-malformed': 'Enter the application (client) ID: 32 hexadecimal digits in the form 8-4-4-4-12',
    'tenant-id-malformed': 'Enter the directory (tenant) ID: an ID in the form 8-4-4-4-12, or a domain of the tenant',
    'tenant-must-be-named': '“{tenant}” stands for many tenants. Enter the ID of your own tenant',
    'client-id-is-another-id':
      'Both IDs are the same. Copy the application (client) ID from the overview of the app registration',
    'client-secret-is-id': 'This looks like the secret ID. Copy the column “Value” instead',
    'client-secret-missing': 'Enter the value of the client secret',
    'password-or-secret-missing': 'Enter the password, or the client secret for OAuth',
    'ews-url-malformed': 'Enter the URL in the form https://mail.company.com/EWS/Exchange.asmx',
    'value-cleaned': 'Blanks or signs around the value were removed',
    'ews-url-corrected': 'The URL was corrected to the usual form',
    'ews-url-is-owa':
      'This was the address of a web page such as Outlook on the web. It was changed to the EWS URL of the same server',
    'ews-url-path-missing': 'The path /EWS/Exchange.asmx was missing and was added',
    'ews-url-http':
      'The URL began with http. It was changed to https, because credentials are never sent without encryption',
    'user-name-form': 'A user name with domain is written with a backslash: DOMAIN\\user',
    'mail-address-cleaned': 'Blanks or signs around the address were removed',
    'secret-trimmed': 'Blanks around the client secret are left out',
    'client-secret-expires-soon': 'The client secret expires on {date}. Create a new one in time',
  },
  actors: {
    you: 'You',
    'exchange-admin': 'Your Exchange administrator',
    'entra-admin': 'Your Entra administrator',
    'network-admin': 'Your network administrator',
  },
  confidences: {
    observed: 'The evidence says so itself.',
    likely: 'This is what such an answer usually means.',
    possible: 'This is possible; other explanations remain.',
  },
  severities: { error: 'Error', warning: 'Warning', info: 'Note' },
  ways: { direct: 'without a proxy', proxy: 'through a proxy' },
  schemes: { oauth: 'OAuth 2.0', negotiate: 'Negotiate', ntlm: 'NTLM', basic: 'Basic' },
  sources: {
    pox: 'Autodiscover (POX)',
    soap: 'Autodiscover (SOAP)',
    json: 'Autodiscover (JSON)',
    srv: 'Autodiscover by SRV record',
    redirect: 'Autodiscover by redirect',
    scp: 'Active Directory (SCP)',
    cloud: 'Exchange Online',
    manual: 'typed',
  },
}
