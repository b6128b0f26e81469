/** From the settings to what the engine plans with, and to the request of a call. */
import { callsWithOAuth, usesCertificate } from '../../core/automation/way.ts'
import type { Target } from '../../core/automation/target.ts'
import type { Outcome } from '../../core/automation/outcome.ts'
import { connectionSchema, type Connection } from '../../core/automation/schema.ts'
import type { Secret } from '../../core/auth/secret.ts'
import type { RunRequest } from '../../core/connector.ts'
import type { Finding } from '../../core/findings/finding.ts'
import { checkEwsUrl } from '../../core/settings/checks.ts'
import { parseUrl, hostOf } from '../../core/network/url.ts'
import { isWithin, parseMailAddress } from '../../core/settings/mailDomain.ts'
import { secretKinds, type NetworkOptions, type SecretKind, type Settings } from '../../core/settings/settings.ts'
import { clientCertificateOf } from '../clientCertificateFile.ts'
import type { SecretName, SecretStore } from '../secretStore.ts'
import type { Profile, SettingsContent } from '../settingsSchema.ts'

/** A connection with the profile it lies in. */
export type Placed = { profileName: string; profile: Profile; connection: Connection }

/** Secrets that are not stored: of the environment, for `watch`. */
export type GivenSecrets = Partial<Record<SecretKind, Secret>>

/** Id of the one connection that a profile without connections counts as. */
export function ownConnectionId(profileName: string): string {
  return `profile-${Buffer.from(profileName, 'utf8').toString('hex').slice(0, 48)}`
}

/** All connections, in the order of the settings. `accountOfProfile`: a profile without any counts as one, its own account. */
export function placedConnections(
  content: SettingsContent,
  o: { profile?: string | undefined; accountOfProfile: boolean },
): Placed[] {
  return Object.entries(content.profiles).flatMap(([profileName, profile]): Placed[] => {
    if (o.profile !== undefined && o.profile !== profileName) return []
    const { connections, settings } = profile
    if (connections.length > 0) return connections.map((connection) => ({ profileName, profile, connection }))
    if (!o.accountOfProfile || settings.email.trim() === '') return []
    const connection = connectionSchema.parse({ id: ownConnectionId(profileName), mailbox: settings.email })
    return [{ profileName, profile, connection }]
  })
}

/** Settings of a connection's call: the profile's, for this mailbox, with this user. */
export function settingsOf({ profile, connection }: Placed): Settings {
  const { settings } = profile
  const own = connection.userName.trim()
  const ownPassword = connection.secrets.password !== undefined
  const isProfiles = connection.mailbox === settings.email
  // With the profile's password the profile's account logs in, whosever mailbox is read.
  const shared = isProfiles ? settings.userName : settings.userName.trim() || settings.email
  return { ...settings, email: connection.mailbox, userName: own !== '' ? own : ownPassword ? '' : shared }
}

/** Where a secret of this connection lies: its own, else the profile's; null: there is none. */
export function secretNameOf(
  placed: Placed,
  kind: SecretKind,
  store: Pick<SecretStore, 'inMemorySince'>,
): SecretName | null {
  const { profileName, profile, connection } = placed
  const own: SecretName = { profile: profileName, kind, connection: connection.id }
  if (connection.secrets[kind] !== undefined || store.inMemorySince(own) !== null) return own
  const shared: SecretName = { profile: profileName, kind }
  return profile.secrets[kind] !== undefined || store.inMemorySince(shared) !== null ? shared : null
}

export function targetOf(placed: Placed, store: Pick<SecretStore, 'inMemorySince'>, given: GivenSecrets): Target {
  const { profileName, profile, connection } = placed
  const settings = settingsOf(placed)
  const url = parseUrl(checkEwsUrl(settings.ewsUrl).value)
  const host = url === null || url.hostname === '' ? '' : hostOf(url)
  const secretName = secretNameOf(placed, 'clientSecret', store)
  const isOAuth = callsWithOAuth(settings, secretName !== null || given.clientSecret !== undefined)
  const { cloud, tenantId, clientId } = settings
  const whose = secretName?.connection ?? ''
  const app = isOAuth ? `app ${cloud}/${tenantId.trim().toLowerCase()}/${clientId.trim().toLowerCase()}/${whose}` : null
  const mailbox = connection.mailbox.trim().toLowerCase()
  const user = (settings.userName.trim() || mailbox).toLowerCase()
  return {
    id: connection.id,
    account: app === null ? `user ${user} at ${host}` : `mailbox ${mailbox} by ${app}`,
    app,
    host,
    policy: connection.policy ?? profile.policy,
    everyMs: Math.round(profile.everyMinutes * 60_000),
    automatic: connection.automatic,
    fingerprint: JSON.stringify([
      profileName,
      settings,
      secretKinds.map((kind) => [profile.secrets[kind]?.savedAt, connection.secrets[kind]?.savedAt]),
      secretKinds.map((kind) => store.inMemorySince({ profile: profileName, kind })),
      secretKinds.map((kind) => store.inMemorySince({ profile: profileName, kind, connection: connection.id })),
    ]),
    activatedAt: connection.activatedAt,
    hurriedAt: connection.hurriedAt,
  }
}

/** A request, or why nothing can be sent. */
export async function requestOf(
  placed: Placed,
  o: { secretStore: SecretStore; given: GivenSecrets; network: (settings: Settings) => NetworkOptions },
): Promise<{ kind: 'request'; request: RunRequest } | { kind: 'unready'; outcome: Outcome }> {
  const settings = settingsOf(placed)
  const url = parseUrl(checkEwsUrl(settings.ewsUrl).value)
  if (url === null) return unready('url-missing')
  if (!mayBeCalled(placed, hostOf(url))) return unready('url-unproven')
  const names = secretKinds.map((kind) => ({ kind, name: secretNameOf(placed, kind, o.secretStore) }))
  const secrets: RunRequest['secrets'] = {}
  let isLocked = false
  for (const { kind, name } of names) {
    const secret = name === null ? undefined : await o.secretStore.read(name)
    if (name !== null && secret === undefined) isLocked = true
    const known = secret ?? o.given[kind]
    if (known !== undefined) secrets[kind] = known
  }
  const isOAuth = callsWithOAuth(
    settings,
    names.some(({ kind, name }) => kind === 'clientSecret' && name !== null) || o.given.clientSecret !== undefined,
  )
  if (isOAuth && usesCertificate(settings)) {
    // A file that cannot be read is told by the run, with its finding.
    secrets.clientCertificate = await clientCertificateOf(settings, secrets.certificatePassphrase)
  } else if ((isOAuth ? secrets.clientSecret : secrets.password) === undefined)
    return unready(isLocked ? 'secret-locked' : 'secret-missing')
  return { kind: 'request', request: { settings: { ...settings, network: o.network(settings) }, secrets } }
}

/**
 * The URL of a file gets no login by itself. A run would trust it where it lies in the mail domain: the profile's, which a person set up
 * with its secrets, and not just any that a connection's mailbox brings along.
 */
function mayBeCalled({ profile: { settings }, connection }: Placed, host: string): boolean {
  if (settings.ewsUrlOrigin !== 'imported') return true
  const domainOf = (address: string) => parseMailAddress(address, { domainAlone: true })?.registrableDomain ?? null
  const added = domainOf(connection.mailbox)
  return added === null || added === domainOf(settings.email) || !isWithin(added, host)
}

/** Why nothing was sent; their words are with those of the connections, because no run made them. */
export type UnreadyReason = 'url-missing' | 'url-unproven' | 'secret-missing' | 'secret-locked'

function unready(id: UnreadyReason): { kind: 'unready'; outcome: Outcome } {
  const finding: Finding = { id, severity: 'error', confidence: 'observed', actor: 'you', evidence: [], facts: {} }
  return { kind: 'unready', outcome: { kind: 'unready', refusedBy: null, finding, restMs: null, tokenUntil: null } }
}
