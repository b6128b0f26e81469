/** Which way an automatic call logs in. On its own, because a host asks without loading the rest of a run. */
import type { Settings } from '../settings/settings.ts'

/** How an automatic call logs in: OAuth where it is set up, else user name and password. */
export function callsWithOAuth(
  { auth, tenantId, clientId }: Pick<Settings, 'auth' | 'tenantId' | 'clientId'>,
  hasClientSecret: boolean,
): boolean {
  if (auth !== 'auto') return auth === 'oauth'
  return tenantId.trim() !== '' && clientId.trim() !== '' && hasClientSecret
}
