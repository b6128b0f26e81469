// What a scenario consists of, and the identities that all of them share.

import type { HostSpec } from '../world.ts'
import type { DnsZones } from '../dns.ts'
import type { Account } from '../exchange/organisation.ts'
import { page, type Handler } from '../http.ts'

/** What the admin of a scenario types into the dialog, including the mistake. */
export type Typed = {
  email: string
  userName?: string
  password?: string
  tenantId?: string
  clientId?: string
  clientSecret?: string
  ewsUrl?: string
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
}

/** Values that a caller wants to see typed instead of the scenario's own: canaries. */
export type Given = { password?: string | undefined; clientSecret?: string | undefined }

export const tenantId = '6f0a3c52-8d41-4f5e-9b7a-2c1d0e9f8a34'
export const clientId = 'b1f4d2a7-3e5c-4c86-a0d9-7f2e6b815c43'
export const otherClientId = '4d9e7b10-62fa-4b3d-8c15-e0a7935d2f68'
export const secretId = '0e8c5f9b-17d4-4a62-b3c0-95fd2a6e41b7'
export const defaultPassword = 'Sommer-2026-am-See'
export const defaultSecret = 'demo8Q~this-is-the-value-of-the-demo-1'

/** An ordinary web site that knows nothing of Exchange. */
export const website: Handler = (request) =>
  request.route === '/' ? page(200, 'Welcome', { Server: 'nginx' }) : page(404, '404 Not Found', { Server: 'nginx' })
