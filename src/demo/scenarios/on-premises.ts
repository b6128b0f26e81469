// The company Contoso with an Exchange Server of its own, healthy unless told otherwise.

import type { DnsRecord } from '../dns.ts'
import { makeEntra } from '../entra.ts'
import { makeGate, type GateOptions } from '../exchange/authentication.ts'
import { makeOnline } from '../exchange/online.ts'
import { versionsOfToday, type Account, type Organisation } from '../exchange/organisation.ts'
import { makeServer, type ServerOptions } from '../exchange/server.ts'
import type { HostSpec } from '../world.ts'
import { defaultPassword, tenantId, website, type Given, type Plan, type Typed } from './plan.ts'

export type Variation = {
  given: Given
  /** The real password where it is not the typed one. */
  password?: string
  organisation?: Partial<Organisation>
  account?: Partial<Account>
  moreAccounts?: readonly Account[]
  gate?: GateOptions
  server?: Partial<ServerOptions>
  /** Replaces hosts; null removes one. */
  hosts?: Record<string, HostSpec | null>
  /** Replaces the records of names; null removes a name. */
  zones?: Record<string, readonly DnsRecord[] | null>
  typed?: Partial<Typed>
  ewsUrl?: string | null
}

/** Routes of a server before Autodiscover had JSON. */
export const soapAndPox = { json: false, soap: true, pox: true } as const

const domain = 'contoso.example'
export const mailHost = `mail.${domain}`
export const autodiscoverHost = `autodiscover.${domain}`

/** Anna's account as most scenarios have it. */
export function anna(password: string): Account {
  return {
    email: `anna@${domain}`,
    displayName: 'Anna Berger',
    sam: 'anna',
    upn: `anna@${domain}`,
    password,
    mailbox: true,
  }
}

/** Contoso's organisation: Exchange Server SE. */
export function contoso(accounts: readonly Account[], patch: Partial<Organisation> = {}): Organisation {
  return {
    netbios: 'CONTOSO',
    adDomain: `ad.${domain}`,
    mailDomains: [domain],
    accounts,
    ewsUrl: `https://${mailHost}/EWS/Exchange.asmx`,
    build: [15, 2, 2562, 43],
    schemaVersion: 'V2017_07_11',
    versions: versionsOfToday,
    ...patch,
  }
}

/** Microsoft's hosts in a world whose companies are no customers of Microsoft 365. */
export function microsoftWithoutTenant(): Record<string, HostSpec> {
  const entra = makeEntra({ tenants: [] })
  const empty = contoso([], {
    mailDomains: [],
    build: [15, 20, 9321, 12],
    schemaVersion: 'V2018_01_08',
    ewsUrl: 'https://outlook.office365.com/EWS/Exchange.asmx',
  })
  return {
    'outlook.office365.com': { role: 'exchange-online', https: makeOnline({ organisation: empty, entra, tenantId }) },
    'login.microsoftonline.com': { role: 'login', https: entra.handler },
  }
}

/** A plan for Contoso. */
export function onPremises(variation: Variation): Plan {
  const typedPassword = variation.given.password ?? defaultPassword
  const accounts = [
    { ...anna(variation.password ?? typedPassword), ...variation.account },
    ...(variation.moreAccounts ?? []),
  ]
  const organisation = contoso(accounts, variation.organisation)
  // One organisation object and one gate for both hosts, so that a lockout counts wherever it was earned.
  const server = makeServer({ organisation, gate: makeGate(organisation, variation.gate), ...variation.server })
  const hosts: Record<string, HostSpec> = {
    [domain]: { role: 'website', https: website, http: website },
    [autodiscoverHost]: { role: 'autodiscover', https: server },
    [mailHost]: { role: 'exchange', https: server },
    ...microsoftWithoutTenant(),
  }
  const zones: Record<string, readonly DnsRecord[]> = {
    [domain]: [
      { type: 'MX', exchange: mailHost, priority: 10 },
      { type: 'TXT', data: 'v=spf1 mx -all' },
    ],
  }
  const typed: Typed = { email: `anna@${domain}`, password: typedPassword, ...variation.typed }
  return {
    hosts: patched(hosts, variation.hosts),
    zones: patched(zones, variation.zones),
    typed,
    accounts,
    netbios: organisation.netbios,
    oauth: null,
    ewsUrl: variation.ewsUrl === undefined ? organisation.ewsUrl : variation.ewsUrl,
  }
}

/** Entries replaced, added, or removed where null. */
export function patched<T>(entries: Record<string, T>, patch: Record<string, T | null> = {}): Record<string, T> {
  const result: Record<string, T> = {}
  for (const [name, value] of Object.entries({ ...entries, ...patch })) if (value !== null) result[name] = value
  return result
}
