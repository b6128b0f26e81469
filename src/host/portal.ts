/**
 * Addresses of portal pages. A window names a page and never an address; the two values that an address carries are cleaned and
 * checked here as they are for a run, so that nothing but a GUID or a DNS name gets into it.
 */
import type { PortalPage } from '../core/registration/models.ts'
import { checkClientId, checkTenant } from '../core/settings/checks.ts'
import type { CloudName } from '../core/settings/clouds.ts'

/** Portals whose addresses are known; the administrators of the other clouds know theirs. */
const portals: Readonly<Record<CloudName, { entra: string | null; exchange: string | null }>> = {
  global: { entra: 'https://entra.microsoft.com/', exchange: 'https://admin.exchange.microsoft.com/' },
  'gcc-high': { entra: 'https://entra.microsoft.us/', exchange: null },
  dod: { entra: 'https://entra.microsoft.us/', exchange: null },
  china: { entra: 'https://portal.azure.cn/', exchange: null },
  bleu: { entra: null, exchange: null },
  delos: { entra: null, exchange: null },
}

const blades: Readonly<Record<Exclude<PortalPage, 'exchange-admin' | 'registrations'>, string>> = {
  overview: 'Overview',
  permissions: 'CallAnAPI',
  authentication: 'Authentication',
  credentials: 'Credentials',
}

/** The address of a page, null where it is not known; without a client ID the list of registrations, from which each of them can be reached. */
export function portalUrl(
  page: PortalPage,
  o: { cloud: CloudName; tenantId: string; clientId: string },
): string | null {
  const { entra, exchange } = portals[o.cloud]
  if (page === 'exchange-admin') return exchange
  if (entra === null) return null
  const tenant = checkTenant(o.tenantId).value
  const client = checkClientId(o.clientId).value
  const place = tenant === '' ? '#blade/' : `#@${encodeURIComponent(tenant)}/blade/`
  const room = `${entra}${place}Microsoft_AAD_RegisteredApps/`
  return page === 'registrations' || client === ''
    ? `${room}ApplicationsListBlade`
    : `${room}ApplicationMenuBlade/${blades[page]}/appId/${encodeURIComponent(client)}`
}
