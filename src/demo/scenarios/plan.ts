// What a scenario consists of, and the identities that all of them share.

import type { HostSpec } from '../world.ts'
import type { ProxyBehaviour } from '../proxy.ts'
import type { DnsZones } from '../dns.ts'
import type { Account } from '../exchange/organisation.ts'
import { page, type Handler } from '../http.ts'

/** What the admin of a scenario types into the dialog, including the mistake. What is absent stays as the dialog has it at first. */
export type Typed = {
  email: string
  userName?: string
  password?: string
  tenantId?: string
  clientId?: string
  clientSecret?: string
  ewsUrl?: string
  auth?: 'auto' | 'oauth' | 'negotiate' | 'ntlm' | 'basic'
  /** Another form of the user name, and another mailbox, that the admin wants tried beside. */
  secondUserName?: string
  secondMailbox?: string
  /** null: the admin leaves the choice empty. */
  ewsVersion?: 'Exchange2010_SP2' | 'Exchange2013_SP1' | 'Exchange2016' | null
  /** The URL came with an imported file instead of being typed. */
  ewsUrlImported?: boolean
  /** Proxy URL; filled in when the scenario has a proxy and the admin configured it. */
  proxy?: string
  /** Environment variables that a program finds there, such as HTTPS_PROXY. */
  environment?: Record<string, string>
  /** SHA-256 thumbprint of the certificate that the admin expects. */
  expectThumbprint?: string
  /** The admin says that the mailbox opens in a browser on the same machine. */
  worksInBrowser?: boolean
  timeoutSeconds?: number
}

export type Plan = {
  zones: DnsZones
  hosts: Record<string, HostSpec>
  typed: Typed
  accounts: readonly Account[]
  netbios: string
  oauth: { tenantId: string; clientId: string; clientSecret: string } | null
  /** Where EWS really is, for tests to compare; null where there is none. */
  ewsUrl: string | null
  /** The company's proxy: how it behaves, and who names it. */
  proxy?: {
    behaviour: ProxyBehaviour
    namedBy: 'admin' | 'environment'
    /** Direct connections are closed. */
    only?: boolean
  }
  /** Names of further authorities that the machine trusts. */
  trusted?: readonly string[]
  /** A run ends only with a time limit, so tests shorten the limits. */
  slow?: boolean
}

/** Values that a caller wants to see typed instead of the scenario's own: canaries. */
export type Given = { password?: string | undefined; clientSecret?: string | undefined }

/** Builds a scenario's plan: pure data and handlers, nothing listens yet. */
export type Builder = (given: Given) => Plan

export const tenantId = '6f0a3c52-8d41-4f5e-9b7a-2c1d0e9f8a34'
export const otherTenantId = 'f3b7c8d1-5a29-4e60-91fb-08d6c4e2a713'
export const clientId = 'b1f4d2a7-3e5c-4c86-a0d9-7f2e6b815c43'
export const otherClientId = '4d9e7b10-62fa-4b3d-8c15-e0a7935d2f68'
export const secretId = '0e8c5f9b-17d4-4a62-b3c0-95fd2a6e41b7'
export const defaultPassword = 'Sommer-2026-am-See'
export const defaultSecret = 'demo8Q~this-is-the-value-of-the-demo-1'
export const day = 86_400_000

/** An ordinary web site that knows nothing of Exchange. */
export const website: Handler = (request) =>
  request.route === '/' ? page(200, 'Welcome', { Server: 'nginx' }) : page(404, '404 Not Found', { Server: 'nginx' })

/** The plan with some hosts changed. */
export function withHosts(plan: Plan, names: readonly string[], patch: Partial<HostSpec>): Plan {
  const hosts = { ...plan.hosts }
  for (const name of names) hosts[name] = { ...hosts[name], ...patch }
  return { ...plan, hosts }
}

/** The plan of an admin who leaves these fields empty. */
export function leftEmpty(plan: Plan, ...fields: readonly Exclude<keyof Typed, 'email'>[]): Plan {
  const typed = { ...plan.typed }
  for (const field of fields) delete typed[field]
  return { ...plan, typed }
}
