/** Which way an automatic call logs in. On its own, because a host asks without loading the rest of a run. */
import type { Settings } from '../settings/settings.ts'

/** How an automatic call logs in: OAuth where it is set up, by client secret or certificate, else user name and password. */
export function callsWithOAuth(
  settings: Pick<Settings, 'auth' | 'tenantId' | 'clientId' | 'clientCredential' | 'clientCertificate'>,
  hasClientSecret: boolean,
): boolean {
  const { auth, tenantId, clientId } = settings
  if (auth !== 'auto') return auth === 'oauth'
  const hasCredential = usesCertificate(settings) ? settings.clientCertificate.trim() !== '' : hasClientSecret
  return tenantId.trim() !== '' && clientId.trim() !== '' && hasCredential
}

export function usesCertificate({ clientCredential }: Pick<Settings, 'clientCredential'>): boolean {
  return clientCredential === 'certificate'
}
