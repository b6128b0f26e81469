/**
 * The Microsoft clouds: which authority issues tokens, for which scope, and which hosts speak EWS and Autodiscover.
 * Bleu and Delos: the scope is the cloud's Outlook host by analogy and is not confirmed by a source.
 */
export type CloudName = 'global' | 'gcc-high' | 'dod' | 'china' | 'bleu' | 'delos'

export type Cloud = {
  name: CloudName
  /** No source confirms that EWS takes tokens for this scope. */
  unverified?: true
  /** Host, and port where an admin typed one. */
  authorityHost: string
  /** OAuth scope of client credentials: the resource and `/.default`. */
  scope: string
  ewsHost: string
  /** Host names of Autodiscover besides {@link ewsHost}; the cloud's own, so credentials may go there. */
  autodiscoverHosts: readonly string[]
  /** Values of the token's `aud` claim that EWS of this cloud takes. */
  audiences: readonly string[]
  /** Endings of MX hosts that Exchange Online Protection of this cloud uses. */
  mxSuffixes: readonly string[]
}

/** Application ID of "Office 365 Exchange Online" in every cloud; also a valid `aud`. */
export const exchangeApplicationId = '00000002-0000-0ff1-ce00-000000000000'

export const clouds: Readonly<Record<CloudName, Cloud>> = {
  global: {
    name: 'global',
    authorityHost: 'login.microsoftonline.com',
    scope: 'https://outlook.office365.com/.default',
    ewsHost: 'outlook.office365.com',
    autodiscoverHosts: ['autodiscover-s.outlook.com', 'autodiscover.outlook.com', 'outlook.office.com', 'outlook.com'],
    audiences: ['https://outlook.office365.com', 'https://outlook.office.com', exchangeApplicationId],
    mxSuffixes: ['mail.protection.outlook.com', 'mx.microsoft'],
  },
  'gcc-high': {
    name: 'gcc-high',
    authorityHost: 'login.microsoftonline.us',
    scope: 'https://outlook.office365.us/.default',
    ewsHost: 'outlook.office365.us',
    autodiscoverHosts: ['autodiscover-s.office365.us'],
    audiences: ['https://outlook.office365.us', exchangeApplicationId],
    mxSuffixes: ['mail.protection.office365.us'],
  },
  dod: {
    name: 'dod',
    authorityHost: 'login.microsoftonline.us',
    scope: 'https://outlook-dod.office365.us/.default',
    ewsHost: 'outlook-dod.office365.us',
    autodiscoverHosts: ['autodiscover-s-dod.office365.us'],
    audiences: ['https://outlook-dod.office365.us', exchangeApplicationId],
    mxSuffixes: ['mail.protection.office365.us'],
  },
  china: {
    name: 'china',
    authorityHost: 'login.partner.microsoftonline.cn',
    scope: 'https://partner.outlook.cn/.default',
    ewsHost: 'partner.outlook.cn',
    autodiscoverHosts: ['autodiscover-s.partner.outlook.cn'],
    audiences: ['https://partner.outlook.cn', exchangeApplicationId],
    mxSuffixes: ['mail.protection.partner.outlook.cn'],
  },
  bleu: {
    name: 'bleu',
    unverified: true,
    authorityHost: 'login.sovcloud-identity.fr',
    scope: 'https://outlook.sovcloud.fr/.default',
    ewsHost: 'outlook.sovcloud.fr',
    autodiscoverHosts: [],
    audiences: ['https://outlook.sovcloud.fr', exchangeApplicationId],
    mxSuffixes: [],
  },
  delos: {
    name: 'delos',
    unverified: true,
    authorityHost: 'login.sovcloud-identity.de',
    scope: 'https://outlook.sovcloud.de/.default',
    ewsHost: 'outlook.sovcloud.de',
    autodiscoverHosts: ['autodiscover-s.outlook.sovcloud.de'],
    audiences: ['https://outlook.sovcloud.de', exchangeApplicationId],
    mxSuffixes: [],
  },
}

/** A cloud, with the login service that an admin typed in place of its own. `authority` is an https URL, or empty. */
export function cloudWith(name: CloudName, authority: string): Cloud {
  const cloud = clouds[name]
  return authority === '' ? cloud : { ...cloud, authorityHost: new URL(authority).host }
}

export const cloudNames = Object.keys(clouds) as [CloudName, ...CloudName[]]

/** True when `host` speaks EWS or Autodiscover for this cloud. */
export function isCloudHost(cloud: Cloud, host: string): boolean {
  const name = host.toLowerCase()
  return name === cloud.ewsHost || cloud.autodiscoverHosts.includes(name)
}

/** The cloud whose EWS or Autodiscover host this is, or undefined for an own server. */
export function cloudOfHost(host: string): Cloud | undefined {
  return Object.values(clouds).find((cloud) => isCloudHost(cloud, host))
}

/** The EWS URL of Exchange Online in a cloud: the same for every mailbox. */
export function cloudEwsUrl(cloud: Cloud): string {
  return `https://${cloud.ewsHost}/EWS/Exchange.asmx`
}
