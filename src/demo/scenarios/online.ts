// The company Fabrikam in Microsoft 365, healthy unless told otherwise.

import type { DnsRecord } from '../dns.ts'
import { makeEntra, type Application, type Secret } from '../entra.ts'
import { makeOnline, type OnlineOptions } from '../exchange/online.ts'
import { versionsOfToday, type Account, type Organisation } from '../exchange/organisation.ts'
import type { HostSpec } from '../world.ts'
import { patched } from './on-premises.ts'
import {
  clientId,
  day,
  defaultPassword,
  defaultSecret,
  secretId,
  tenantId,
  website,
  type Given,
  type Plan,
  type Typed,
} from './plan.ts'

export type OnlineVariation = {
  given: Given
  /** The mail domain; default Fabrikam's. */
  domain?: string
  secret?: Partial<Secret>
  application?: Partial<Application>
  online?: Partial<OnlineOptions>
  hosts?: Record<string, HostSpec | null>
  zones?: Record<string, readonly DnsRecord[] | null>
  typed?: Partial<Typed>
}

const fabrikam = 'fabrikam.example'
export const ewsHost = 'outlook.office365.com'

/** A plan for Fabrikam. */
export function online(variation: OnlineVariation): Plan {
  const domain = variation.domain ?? fabrikam
  const secret: Secret = {
    id: secretId,
    value: variation.given.clientSecret ?? defaultSecret,
    expires: Date.now() + 180 * day,
    ...variation.secret,
  }
  const accounts: Account[] = [
    {
      email: `ben@${domain}`,
      aliases: [`benjamin@${domain}`],
      displayName: 'Ben Fischer',
      sam: 'ben',
      upn: `ben@${domain}`,
      password: variation.given.password ?? defaultPassword,
      mailbox: true,
    },
    {
      email: `sales@${domain}`,
      displayName: 'Sales',
      sam: 'sales',
      upn: `sales@${domain}`,
      password: `${defaultPassword}-sales`,
      mailbox: true,
    },
  ]
  const organisation: Organisation = {
    netbios: 'FABRIKAM',
    adDomain: domain,
    mailDomains: [domain, 'fabrikam-example.onmicrosoft.com'],
    accounts,
    ewsUrl: `https://${ewsHost}/EWS/Exchange.asmx`,
    build: [15, 20, 9321, 12],
    schemaVersion: 'V2018_01_08',
    versions: [...versionsOfToday, 'V2017_10_09', 'V2018_01_08'],
  }
  const entra = makeEntra({
    tenants: [
      {
        id: tenantId,
        domains: organisation.mailDomains,
        applications: [{ clientId, secrets: [secret], roles: ['full_access_as_app'], ...variation.application }],
      },
    ],
  })
  const exchange = makeOnline({ organisation, entra, tenantId, ...variation.online })
  const redirect = {
    status: 302,
    headers: {
      Location: 'https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml',
      Server: 'Microsoft-IIS/10.0',
    },
  }
  const hosts: Record<string, HostSpec> = {
    [domain]: { role: 'website', https: website, http: website },
    // The alias of every customer leads here; the certificate can only name Microsoft's own domains.
    'autodiscover.outlook.com': {
      role: 'autodiscover-redirect',
      https: exchange,
      http: () => redirect,
      certificateNames: ['outlook.com', '*.outlook.com', '*.office365.com'],
    },
    'autodiscover-s.outlook.com': { role: 'autodiscover', https: exchange },
    [ewsHost]: { role: 'exchange-online', https: exchange },
    'login.microsoftonline.com': { role: 'login', https: entra.handler },
  }
  const zones: Record<string, readonly DnsRecord[]> = {
    [domain]: [
      { type: 'MX', exchange: 'fabrikam-example.mail.protection.outlook.com', priority: 0 },
      { type: 'TXT', data: 'v=spf1 include:spf.protection.outlook.com -all' },
    ],
    ...(domain === 'outlook.com'
      ? {}
      : { [`autodiscover.${domain}`]: [{ type: 'CNAME', target: 'autodiscover.outlook.com' }] }),
  }
  return {
    hosts: patched(hosts, variation.hosts),
    zones: patched(zones, variation.zones),
    typed: { email: `ben@${domain}`, tenantId, clientId, clientSecret: secret.value, ...variation.typed },
    accounts,
    netbios: organisation.netbios,
    oauth: { tenantId, clientId, clientSecret: secret.value },
    ewsUrl: organisation.ewsUrl,
  }
}
