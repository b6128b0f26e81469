/** What the help on findings rests on: sources by short names, and which finding rests on which. */
import type { FindingId } from '../core/findings/catalogue.ts'
import type { Help, HelpEntry, HelpWords } from './help.ts'
import type { Language } from './format.ts'

type Source = {
  /** Who says so. */
  readonly by: string
  /** Title of a document, put in quotation marks. */
  readonly title?: string
  /** Which part of it, or what it is where it has no title. */
  readonly part?: Readonly<Record<Language, string>>
}

const learn = (title: string): Source => ({ by: 'Microsoft Learn', title })
const same = (part: string): Source['part'] & object => ({ de: part, en: part })
const reference = (name: string): Source => ({
  by: 'Microsoft Learn',
  part: { de: `EWS-Referenz: ${name}`, en: `EWS reference: ${name}` },
})
const specification = (name: string): Source => ({ by: 'Microsoft Open Specifications', part: same(name) })
const team = (title: string): Source => ({ by: 'Exchange Team Blog', title })
const issues = (project: string, ...numbers: number[]): Source => ({
  by: project,
  part: {
    de: `GitHub-Issue${numbers.length > 1 ? 's' : ''} ${numbers.join(' und ')}`,
    en: `GitHub issue${numbers.length > 1 ? 's' : ''} ${numbers.join(' and ')}`,
  },
})
const code = (project: string): Source => ({ by: project, part: { de: 'Quelltext', en: 'source code' } })

const sources = {
  autodiscover: learn('Autodiscover for Exchange'),
  endpoints: learn('Generate a list of Autodiscover endpoints'),
  soapAutodiscover: learn('GetUserSettings (SOAP)'),
  scp: learn('Find Autodiscover endpoints by using SCP lookup in Exchange'),
  poxAnswer: {
    by: 'Microsoft Learn',
    part: { de: 'POX-Autodiscover-Referenz: Antwort', en: 'POX Autodiscover reference: response' },
  },
  poxAction: {
    by: 'Microsoft Learn',
    part: { de: 'POX-Autodiscover-Referenz: Element Action', en: 'POX Autodiscover reference: Action element' },
  },
  oxdisco: specification('MS-OXDISCO'),
  oxdscli: specification('MS-OXDSCLI'),
  ashttp: specification('MS-ASHTTP'),
  hybridMobile: learn('Using hybrid Modern Authentication with Outlook for iOS and Android'),
  hybridModern: learn('How to configure Exchange Server on-premises to use Hybrid Modern Authentication'),
  directories: learn('Default settings for Exchange virtual directories'),
  ewsOauth: learn('Authenticate an EWS application by using OAuth'),
  serverVersion: reference('RequestServerVersion'),
  responseCodes: reference('ResponseCode'),
  throttling: learn('EWS throttling in Exchange'),
  ewsControl: learn('Control access to EWS in Exchange'),
  organizationConfig: learn('Set-OrganizationConfig'),
  bothSwitches: {
    by: 'Microsoft 365',
    part: { de: 'Nachrichtencenter, MC1015893', en: 'message center, MC1015893' },
  },
  licences: { by: 'Microsoft 365', part: { de: 'Nachrichtencenter, MC1191578', en: 'message center, MC1191578' } },
  ewsEnd: team('Exchange Online EWS, Your Time is Almost Up'),
  allowedApps: team('Introducing EWSAllowedAppIDs'),
  allowedAppsTest: { by: 'David Barrett', title: 'Testing EWS App Access' },
  extendedSupport: {
    by: 'Exchange Team Blog',
    part: {
      de: 'Erweiterte Sicherheitsupdates für Exchange 2016 und 2019',
      en: 'Extended Security Updates for Exchange 2016 and 2019',
    },
  },
  accessPolicies: {
    by: 'Microsoft Learn',
    part: { de: 'Zugriffsrichtlinien für Anwendungen', en: 'application access policies' },
  },
  rbac: learn('Role Based Access Control for Applications in Exchange Online'),
  entraCodes: {
    by: 'Microsoft Learn',
    part: { de: 'Referenz der Entra-Fehlercodes', en: 'reference of Entra authentication error codes' },
  },
  entraCredentials: {
    by: 'Microsoft Learn',
    part: { de: 'Ablauf der OAuth-2.0-Clientanmeldeinformationen', en: 'OAuth 2.0 client credentials flow' },
  },
  defaultScope: issues('azure-docs', 99862),
  missingPrincipal: {
    by: 'Teams SDK',
    part: { de: 'Dokumentation zu AADSTS7000229', en: 'documentation of AADSTS7000229' },
  },
  msal: {
    by: 'microsoft-authentication-library-for-js',
    part: { de: 'Quelltext und GitHub-Issues', en: 'source code and GitHub issues' },
  },
  informationProtection: {
    by: 'Microsoft Information Protection SDK',
    part: { de: 'Dokumentation', en: 'documentation' },
  },
  skype: {
    by: 'Microsoft',
    part: { de: 'OAuth-Diagnose in Skype for Business', en: 'OAuth diagnostics of Skype for Business' },
  },
  leak: { by: 'Guardicore Labs (Akamai)', title: 'Autodiscovering the Great Leak' },
  hybridPreauthentication: {
    by: 'msxfaq.de',
    part: {
      de: 'Exchange-Online-Hybrid mit Vorauthentifizierung',
      en: 'Exchange Online hybrid with pre-authentication',
    },
  },
  ewsFaq: { by: 'msxfaq.de', part: { de: 'Seiten zu EWS', en: 'pages on EWS' } },
  extendedProtection: learn('Configure Windows Extended Protection in Exchange Server'),
  extendedProtectionScript: { by: 'CSS-Exchange', part: same('ExchangeExtendedProtectionManagement') },
  clouds: { by: 'CSS-Exchange', part: same('Get-CloudServiceEndpoint') },
  builds: { by: 'CSS-Exchange', part: { de: 'Buildnummern', en: 'build numbers' } },
  modernAuthTest: { by: 'CSS-Exchange', part: same('Test-HMAEAS') },
  easOauth: { by: 'EasOAuthMailbox', part: { de: 'Repository', en: 'repository' } },
  managedApi: code('EWS Managed API'),
  managedApiWrongPassword: issues('EWS Managed API', 26),
  managedApiProxy: issues('EWS Managed API', 70),
  managedApiImpersonation: issues('EWS Managed API', 212, 245),
  exchangelib: code('exchangelib'),
  exchangelibForbidden: issues('exchangelib', 1199, 1321),
  exchangelibLoop: issues('exchangelib', 337, 1112),
  exchangelibAvailability: issues('exchangelib', 802),
  exchangelibTooLarge: issues('exchangelib', 1308),
  exchangelibImpersonation: issues('exchangelib', 735, 757),
  exchangelibToken: issues('exchangelib', 1234),
  javaRouting: issues('ews-java-api', 289),
  javaForms: issues('ews-java-api', 777),
  thunderbird: {
    by: 'Thunderbird',
    part: { de: 'Quelltext, Modul ExchangeAutoDiscover', en: 'source code, module ExchangeAutoDiscover' },
  },
  userNameForms: issues('mhewedy/ews', 4),
  ntlmSockets: issues('mustang', 1387),
  appOnlyOnPremises: issues('php-ews', 222),
  davmailRedirect: issues('DavMail', 232),
  davmailConsumer: issues('DavMail', 393, 399),
  davmailConditional: issues('DavMail', 446),
  platformNtlm: issues('ews-managed-api (ItsClemi)', 34),
} as const satisfies Record<string, Source>

type SourceKey = keyof typeof sources

/** `[]`: our own conclusion from what was observed. */
const restsOn: Readonly<Record<FindingId, readonly SourceKey[]>> = {
  'mail-address-invalid': ['leak'],
  'client-id-malformed': ['entraCredentials'],
  'tenant-id-malformed': ['entraCredentials', 'entraCodes'],
  'client-id-is-another-id': ['rbac', 'entraCodes'],
  'client-secret-is-id': ['entraCodes'],
  'client-certificate-unusable': ['entraCredentials', 'msal'],
  'client-secret-missing': ['entraCodes', 'entraCredentials'],
  'credentials-missing': [],
  'tenant-must-be-named': ['entraCodes', 'msal'],
  'ews-url-malformed': [],

  'mail-domain-not-found': [],
  'no-name-resolved': [],
  'autodiscover-record-missing': ['endpoints', 'autodiscover'],
  'ews-host-not-found': [],
  'dns-not-answering': [],
  'ipv6-unreachable': ['exchangelib'],
  'split-dns-suspected': [],
  'srv-record-unusual': ['oxdisco', 'exchangelib', 'thunderbird'],

  'connection-refused': [],
  'connection-timed-out': [],
  'server-silent': [],
  'connection-dropped': ['exchangelib'],
  'tls-handshake-reset': [],
  'tls-certificate-expired': [],
  'tls-certificate-not-yet-valid': [],
  'tls-certificate-revoked': [],
  'tls-name-mismatch': [],
  'tls-inspection': ['extendedProtection', 'msal'],
  'tls-issuer-unknown': [],
  'tls-certificate-differs-behind-balancer': ['extendedProtection', 'extendedProtectionScript'],

  'proxy-login-required': ['managedApiProxy'],
  'proxy-unreachable': [],
  'captive-portal': [],
  'proxy-not-used': ['msal'],
  'gateway-answered': ['hybridPreauthentication'],
  'token-endpoint-redirected': ['entraCodes', 'davmailRedirect'],

  'clock-skew': [],
  'token-not-yet-valid': ['exchangelibToken'],

  'client-secret-wrong': ['entraCodes'],
  'client-secret-expired': ['entraCodes'],
  'application-not-in-tenant': ['entraCodes'],
  'tenant-not-found': ['entraCodes', 'clouds'],
  'wrong-cloud': ['entraCodes', 'clouds'],
  'enterprise-application-missing': ['missingPrincipal'],
  'application-disabled': ['entraCodes'],
  'scope-wrong': ['entraCodes', 'defaultScope', 'ewsOauth'],
  'exchange-resource-missing': ['entraCodes'],
  'admin-consent-missing': ['entraCodes', 'ewsOauth'],
  'client-certificate-refused': ['entraCodes'],
  'conditional-access-blocks-application': ['entraCodes', 'davmailConditional'],
  'token-requests-throttled': ['entraCodes'],
  'login-service-unavailable': ['entraCodes'],
  'public-client-cannot-have-secret': ['entraCodes'],
  'tenant-restricted-by-network': ['entraCodes'],
  'interactive-login-required': ['entraCodes'],
  'public-client-flow-not-allowed': ['entraCodes'],
  'entra-code-unknown': ['entraCodes'],
  'answer-not-from-entra': [],

  'token-audience-wrong': ['ewsOauth', 'hybridModern', 'skype'],
  'token-tenant-wrong': ['hybridModern', 'skype'],
  'token-without-roles': ['rbac', 'ewsOauth'],
  'token-is-delegated': ['ewsOauth'],
  'token-expired': ['exchangelibToken'],

  'root-website-wants-login': ['autodiscover'],
  'autodiscover-not-published': ['endpoints', 'scp', 'managedApiWrongPassword'],
  'autodiscover-needs-login': ['autodiscover', 'hybridMobile'],
  'address-unknown-at-autodiscover': ['oxdscli', 'soapAutodiscover'],
  'autodiscover-misconfigured': ['oxdscli', 'soapAutodiscover'],
  'autodiscover-request-refused': ['oxdscli', 'soapAutodiscover'],
  'autodiscover-without-ews-url': ['poxAnswer', 'exchangelibAvailability'],
  'autodiscover-redirect-loop': ['autodiscover', 'poxAction'],
  'ews-url-internal-only': ['poxAnswer'],
  'foreign-redirect-refused': ['leak', 'autodiscover'],
  'host-needs-consent': ['leak'],
  'insecure-url-refused': ['autodiscover', 'oxdisco'],
  'hybrid-mailbox-location-unclear': ['hybridMobile'],
  'autodiscover-sources-disagree': [],
  'cloud-answer-alone': ['hybridMobile'],
  'answer-refused-as-unsafe': [],
  'answer-unreadable': [],

  'oauth-not-offered-by-server': ['ewsOauth', 'directories'],
  'token-garbled': ['informationProtection'],
  'token-user-unknown': ['skype'],
  'modern-auth-off': ['hybridModern'],
  'stale-oauth-keys-on-server': ['hybridModern', 'modernAuthTest'],
  'user-name-form-wrong': ['userNameForms', 'managedApiWrongPassword'],
  'ews-block-intermittent': ['ewsEnd', 'organizationConfig'],
  'user-agent-filtered': ['ewsControl', 'organizationConfig'],
  'anchor-mailbox-missing': ['ewsOauth', 'javaRouting'],
  'token-refused-unknown-code': ['hybridModern', 'modernAuthTest', 'easOauth'],
  'basic-is-off-in-exchange-online': ['hybridPreauthentication'],
  'login-scheme-not-offered': ['directories'],
  'ntlm-connection-not-kept': ['ntlmSockets'],
  'wrong-password-or-user-name': ['managedApiWrongPassword', 'userNameForms', 'entraCodes'],
  'extended-protection-suspected': ['extendedProtection', 'extendedProtectionScript'],
  'account-locked': ['managedApi', 'ashttp', 'entraCodes'],
  'password-expired': ['managedApi', 'ashttp', 'responseCodes', 'entraCodes'],
  'account-disabled': ['responseCodes', 'entraCodes'],
  'intermittent-401': ['exchangelib'],
  'gateway-preauthentication': ['hybridPreauthentication'],
  'ntlm-unavailable-on-platform': ['platformNtlm'],
  'kerberos-ticket-refused': ['extendedProtection'],
  'password-charset-suspected': [],
  'ews-permission-missing': ['exchangelibForbidden', 'ewsOauth', 'rbac'],
  'app-only-unsupported-on-premises': ['appOnlyOnPremises', 'ewsOauth'],
  'ews-disabled-for-organization': ['ewsEnd', 'organizationConfig', 'ewsControl'],
  'ews-app-not-allowed': ['allowedApps', 'organizationConfig', 'allowedAppsTest'],
  'ews-disabled-for-mailbox': ['ewsControl', 'bothSwitches', 'licences', 'accessPolicies'],
  'consumer-mailbox-unsupported': ['davmailConsumer'],
  'forbidden-by-iis-or-gateway': [],
  'not-an-ews-url': [],
  'mailbox-routing-unknown': ['exchangelib'],
  'forms-login-in-front': ['exchangelib', 'javaForms'],
  'login-header-too-large': ['exchangelibTooLarge'],
  'content-type-refused': [],
  'server-busy': ['throttling', 'responseCodes'],
  'server-error-in-ews': ['exchangelib'],
  'gateway-cannot-reach-exchange': [],
  'oauth-fell-back-to-password': [],

  'impersonation-header-missing': ['ewsOauth', 'managedApiImpersonation', 'exchangelibImpersonation'],
  'impersonation-header-invalid': ['responseCodes', 'managedApiImpersonation'],
  'impersonation-denied': ['responseCodes', 'rbac', 'ewsFaq'],
  'mailbox-not-found': ['responseCodes'],
  'mail-address-is-alias': ['responseCodes'],
  'account-has-no-mailbox': ['responseCodes'],
  'mailbox-access-denied': ['responseCodes', 'accessPolicies'],
  'mailbox-unavailable': ['responseCodes', 'javaRouting'],
  'request-schema-refused': ['responseCodes'],
  'soap-error-unknown': ['responseCodes'],

  'server-version-too-new': ['serverVersion', 'responseCodes'],
  'ews-version-not-chosen': ['serverVersion'],
  'server-out-of-support': ['extendedSupport', 'builds'],
  'ews-retirement-countdown': ['ewsEnd', 'organizationConfig'],
  'works-in-browser-only': [],
  'time-budget-spent': ['exchangelibLoop'],
  'cause-unknown': [],
}

const ownConclusion: Readonly<Record<Language, string>> = {
  de: 'eigene Schlussfolgerung aus dem, was beobachtet wird',
  en: 'own conclusion from what is observed',
}

/** `Microsoft Learn, “Autodiscover for Exchange”`, with the quotation marks of the language. */
function sourceText({ by, title, part }: Source, language: Language): string {
  const quoted = title === undefined ? [] : [language === 'de' ? `„${title}“` : `“${title}”`]
  return [by, ...quoted, ...(part === undefined ? [] : [part[language]])].join(', ')
}

function sourcesOf(id: FindingId, language: Language): string[] {
  const named = restsOn[id].map((key) => sourceText(sources[key], language))
  return named.length === 0 ? [ownConclusion[language]] : named
}

/** Adds to the words of each finding what they rest on. */
export function withSources(words: Readonly<Record<FindingId, HelpWords>>, language: Language): Help {
  const entries = Object.entries(words).map(([id, entry]): [string, HelpEntry] => [
    id,
    { ...entry, sources: sourcesOf(id as FindingId, language) },
  ])
  return Object.fromEntries(entries) as Record<FindingId, HelpEntry>
}
