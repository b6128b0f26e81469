/**
 * Commands that an administrator runs to look something up or to change it, by finding, with the values of the run in them. Values are
 * text of strangers: each is a PowerShell string in single quotes, in which nothing is expanded, and what cannot stand in one line
 * without surprises is left to the reader to fill in.
 */
import type { Facts } from '../core/evidence/schema.ts'
import type { FindingId } from '../core/findings/catalogue.ts'
import type { Language } from './format.ts'
import { commandWords as german } from './commands.de.ts'
import { commandWords as english } from './commands.en.ts'

type CommandWords = typeof english
/** Where a command is run. */
type Shell = keyof CommandWords['shells']
/** What no run knows: the reader puts it in. */
type StandIn = keyof CommandWords['standIns']

/** How a line of the table writes its values. */
type Writer = {
  /** A fact as a string; its stand-in where it is unknown. */
  fact: (name: StandIn) => string
  /** The same without quotes around it, as a part of something that is quoted then. */
  part: (name: StandIn) => string
  /** A whole argument, quoted. */
  quoted: (text: string) => string
}

type Line = readonly [Shell, (write: Writer) => string]

const allowedApplications =
  'Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | Format-List EwsEnabled,EwsAllowedAppIDs'
const directories = 'Get-WebServicesVirtualDirectory | Format-List Server,Identity,InternalUrl,ExternalUrl'
const applicationRole = "-Role 'Application EWS.AccessAsApp'"

const where: Line = [
  'exchange',
  ({ fact }) => `Get-Recipient -Identity ${fact('email')} | Format-List RecipientTypeDetails,RemoteRoutingAddress`,
]
const externalUrl: Line = [
  'exchange-server',
  ({ part, quoted }) =>
    `Set-WebServicesVirtualDirectory -Identity ${quoted(`${part('server')}\\EWS (Default Web Site)`)} -ExternalUrl ${quoted(`https://${part('externalHost')}/EWS/Exchange.asmx`)}`,
]
const reach: Line = [
  'windows',
  ({ fact, part }) => `Test-NetConnection -ComputerName ${fact('host')} -Port ${numberOr(part('port'), '443')}`,
]
const accessPolicy: Line = [
  'exchange-online',
  ({ fact }) => `Test-ApplicationAccessPolicy -Identity ${fact('email')} -AppId ${fact('clientId')}`,
]
const principal: Line = [
  'exchange-online',
  ({ fact }) =>
    `New-ServicePrincipal -AppId ${fact('clientId')} -ObjectId ${fact('enterpriseObjectId')} -DisplayName 'EWS'`,
]
const authorization: Line = [
  'exchange-online',
  ({ fact }) => `Test-ServicePrincipalAuthorization -Identity ${fact('clientId')} -Resource ${fact('email')}`,
]
const role: Line = [
  'exchange-online',
  ({ fact }) => `New-ManagementRoleAssignment -App ${fact('clientId')} ${applicationRole}`,
]
const inDirectory = (then: string): Line => [
  'active-directory',
  ({ part, quoted }) => {
    const user = part('user')
    // An account's own name has no domain in front.
    const name = user.slice(user.lastIndexOf('\\') + 1)
    const property = name.includes('@') ? 'UserPrincipalName' : 'SamAccountName'
    return `Get-ADUser -Filter ${quoted(`${property} -eq ${quoted(name)}`)} | ${then}`
  },
]
const plain = (shell: Shell, line: string): Line => [shell, () => line]

function numberOr(text: string, otherwise: string): string {
  return /^\d{1,5}$/.test(text) ? text : otherwise
}

/** By finding, in the order in which they are run. */
const table: Partial<Record<FindingId, readonly Line[] | ((facts: Facts) => readonly Line[])>> = {
  'autodiscover-record-missing': [['windows', ({ fact }) => `Resolve-DnsName -Name ${fact('host')}`]],
  'split-dns-suspected': [['windows', ({ fact }) => `Resolve-DnsName -Name ${fact('host')}`]],
  'connection-refused': [reach],
  'connection-timed-out': [reach],
  'tls-certificate-expired': [
    plain('exchange-server', 'Get-ExchangeCertificate | Format-List Thumbprint,NotAfter,CertificateDomains,Services'),
    ['exchange-server', ({ fact }) => `Enable-ExchangeCertificate -Thumbprint ${fact('thumbprint')} -Services IIS`],
  ],
  'tls-certificate-differs-behind-balancer': [
    plain('exchange-server', 'Get-ExchangeCertificate | Format-List Thumbprint,Subject,NotAfter,Services'),
  ],
  'clock-skew': [plain('windows', 'w32tm /resync')],
  'token-not-yet-valid': [plain('windows', 'w32tm /resync')],
  'token-without-roles': [role],

  'autodiscover-misconfigured': [
    plain('exchange-server', directories),
    ['exchange-server', ({ fact }) => `Test-OutlookWebServices -Identity ${fact('email')}`],
  ],
  'autodiscover-request-refused': [
    ['exchange-server', ({ fact }) => `Test-OutlookWebServices -Identity ${fact('email')}`],
  ],
  'autodiscover-without-ews-url': [plain('exchange-server', directories), externalUrl],
  'ews-url-internal-only': [plain('exchange-server', directories), externalUrl],
  'hybrid-mailbox-location-unclear': [where],
  'autodiscover-sources-disagree': [plain('exchange-server', directories)],

  'token-user-unknown': [
    ['exchange', ({ fact, quoted }) => `Get-Recipient -Filter ${quoted(`EmailAddresses -eq ${fact('email')}`)}`],
  ],
  'modern-auth-off': [plain('exchange', 'Set-OrganizationConfig -OAuth2ClientProfileEnabled $true')],
  'extended-protection-suspected': [
    plain('exchange-server', 'Get-WebServicesVirtualDirectory | Format-List Identity,*ExtendedProtection*'),
  ],
  'account-locked': [inDirectory('Unlock-ADAccount')],
  'account-disabled': [inDirectory('Enable-ADAccount')],
  'ews-permission-missing': [
    principal,
    [
      'exchange-online',
      ({ fact }) =>
        `New-ManagementRoleAssignment -App ${fact('clientId')} ${applicationRole} -CustomResourceScope ${fact('scopeOfMailboxes')}`,
    ],
    authorization,
  ],
  'ews-disabled-for-organization': [
    plain('exchange-online', allowedApplications),
    plain('exchange-online', 'Set-OrganizationConfig -EwsEnabled $true'),
  ],
  'ews-app-not-allowed': [
    plain('exchange-online', allowedApplications),
    [
      'exchange-online',
      ({ part, quoted }) =>
        `Set-OrganizationConfig -EwsAllowedAppIDs ${quoted(`${part('listedIds')},${part('clientId')}`)}`,
    ],
  ],
  'user-agent-filtered': [
    plain('exchange', 'Get-OrganizationConfig | Format-List EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList'),
    [
      'exchange',
      ({ fact }) =>
        `Get-CASMailbox -Identity ${fact('email')} | Format-List EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList`,
    ],
  ],
  'ews-block-intermittent': [
    plain('exchange-online', allowedApplications),
    plain('exchange-online', 'Set-OrganizationConfig -EwsEnabled $true'),
  ],
  'stale-oauth-keys-on-server': [
    plain('exchange-server', 'Set-AuthServer -Identity EvoSts -RefreshAuthMetadata'),
    plain('exchange-server', 'Get-AuthServer | Format-List Name,IsDefaultAuthorizationEndpoint,TokenIssuingEndpoint'),
  ],
  'ews-disabled-for-mailbox': [
    [
      'exchange',
      ({ fact }) =>
        `Get-CASMailbox -Identity ${fact('email')} | Format-List EwsEnabled,EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList`,
    ],
    ['exchange', ({ fact }) => `Set-CASMailbox -Identity ${fact('email')} -EwsEnabled $true`],
    accessPolicy,
  ],
  'not-an-ews-url': [plain('exchange-server', directories)],
  'mailbox-routing-unknown': [where],
  'server-error-in-ews': [plain('exchange-server', 'Test-ServiceHealth')],

  'impersonation-denied': (facts) =>
    facts['scheme'] === 'oauth'
      ? [principal, role, authorization]
      : [
          [
            'exchange-server',
            ({ fact }) =>
              `New-ManagementRoleAssignment -Name 'EWS impersonation' -Role ApplicationImpersonation -User ${fact('user')}`,
          ],
        ],
  'mailbox-not-found': [where],
  'mailbox-access-denied': (facts) =>
    facts['scheme'] === 'oauth'
      ? [authorization, accessPolicy]
      : [['exchange', ({ fact }) => `Get-MailboxPermission -Identity ${fact('email')}`]],
  'ews-retirement-countdown': [plain('exchange-online', allowedApplications)],
}

/** A command as it is shown: where it is run, in words, and the line to copy. */
export type Command = { shell: string; line: string }

/** The commands of a finding; none where nobody has to run one. */
export function commandsOf(finding: { id: string; facts: Facts }, language: Language): Command[] {
  const { shells, standIns } = language === 'de' ? german : english
  const entries: Readonly<Record<string, (typeof table)[FindingId]>> = table
  const entry = Object.hasOwn(entries, finding.id) ? entries[finding.id] : undefined
  if (entry === undefined) return []
  const { facts } = finding
  const part = (name: StandIn): string => plainValue(facts[name]) ?? `<${standIns[name]}>`
  const writer: Writer = { part, fact: (name) => literal(part(name)), quoted: literal }
  return (typeof entry === 'function' ? entry(facts) : entry).map(([shell, line]) => ({
    shell: shells[shell],
    line: line(writer),
  }))
}

/** A value that can stand in a line: nothing that breaks or turns it, hides a part of it, or makes it endless. */
function plainValue(value: Facts[string] | undefined): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value)
  return text === '' || text.length > 500 || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text) ? null : text
}

/** A string in which PowerShell expands nothing. It ends such a string at curly quotes too, so all of them are doubled. */
function literal(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`
}
