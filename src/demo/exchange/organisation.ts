// Who and what an Exchange organisation of the demo holds: accounts, mailboxes, versions. Plain data, shared by Autodiscover and EWS.

export type Account = {
  /** Primary SMTP address. */
  email: string
  /** Further addresses of the mailbox. */
  aliases?: readonly string[]
  displayName: string
  /** sAMAccountName, without the domain. */
  sam: string
  /** User principal name; a login with the mail address works only where the two are equal. */
  upn: string
  password: string
  /** False for a directory account without a mailbox. */
  mailbox: boolean
  /** Holds the role ApplicationImpersonation. */
  mayImpersonate?: boolean
  /** Locked out from the start, by somebody else's wrong passwords. */
  lockedOut?: boolean
}

export type Organisation = {
  /** NetBIOS name, `CONTOSO`. */
  netbios: string
  /** Active Directory domain. */
  adDomain: string
  mailDomains: readonly string[]
  accounts: readonly Account[]
  ewsUrl: string
  /** Build as four numbers. */
  build: readonly [number, number, number, number]
  /** The schema name in ServerVersionInfo. */
  schemaVersion: string
  /** Values of RequestServerVersion that are understood. */
  versions: readonly string[]
}

export const versionsUpTo2010Sp2 = [
  'Exchange2007',
  'Exchange2007_SP1',
  'Exchange2010',
  'Exchange2010_SP1',
  'Exchange2010_SP2',
] as const
export const versionsOfToday = [
  ...versionsUpTo2010Sp2,
  'Exchange2012',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2015',
  'Exchange2016',
  'V2015_10_05',
  'V2016_01_06',
  'V2016_04_13',
  'V2016_07_13',
  'V2016_10_10',
  'V2017_01_07',
  'V2017_04_14',
  'V2017_07_11',
] as const

/** `15.2.2562.43`. */
export function buildText(organisation: Organisation): string {
  return organisation.build.join('.')
}

/** The account with this address, primary or not. */
export function accountOf(organisation: Organisation, email: string): Account | undefined {
  const wanted = email.trim().toLowerCase()
  return organisation.accounts.find((account) =>
    [account.email, ...(account.aliases ?? [])].some((address) => address.toLowerCase() === wanted),
  )
}

/** The account that a login name means: `DOMAIN\user`, a UPN, or a bare user name. */
export function accountForLogin(organisation: Organisation, login: string, domain = ''): Account | undefined {
  const [, before, after] = /^(?:([^\\]*)\\)?(.*)$/s.exec(login) ?? []
  const inDomain = (before ?? domain).toLowerCase()
  const user = (after ?? '').toLowerCase()
  if (
    inDomain !== '' &&
    inDomain !== organisation.netbios.toLowerCase() &&
    inDomain !== organisation.adDomain.toLowerCase()
  ) {
    return undefined
  }
  return organisation.accounts.find(
    (account) => account.sam.toLowerCase() === user || account.upn.toLowerCase() === user,
  )
}

/** The x500 name that directories and Autodiscover give a mailbox. */
export function legacyDn(organisation: Organisation, account: Account): string {
  return `/o=${organisation.netbios}/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${account.sam}`
}
