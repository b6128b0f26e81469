/** What is done with whole profiles: their settings and their secrets go together, or neither changes. */
import { randomUUID } from 'node:crypto'
import type { Secret } from '../core/auth/secret.ts'
import { secretKinds, type SecretKind } from '../core/settings/settings.ts'
import type { SecretName, SecretStore } from './secretStore.ts'
import type { SettingsFile } from './settingsFile.ts'
import { emptyProfile, firstProfile, profileName, type Profile, type SettingsContent } from './settingsSchema.ts'

export type ProfileFailure =
  | { kind: 'no-profile' }
  | { kind: 'name-taken' }
  | { kind: 'bad-name' }
  | { kind: 'secret-not-saved'; secret: SecretKind }
  | { kind: 'settings-not-saved'; code: string }
export type ProfileResult = { kind: 'done'; name: string } | ProfileFailure

export type ProfileLine = { name: string; email: string; ewsUrl: string; usedAt: string | null; isCurrent: boolean }

/** All profiles, the one used last first, those never used by name behind them. */
export function profileLines(content: SettingsContent): ProfileLine[] {
  return Object.entries(content.profiles)
    .map(([name, { settings, usedAt }]) => ({
      name,
      email: settings.email,
      ewsUrl: settings.ewsUrl,
      usedAt: usedAt ?? null,
      isCurrent: name === content.profile,
    }))
    .toSorted((a, b) => (b.usedAt ?? '').localeCompare(a.usedAt ?? '') || a.name.localeCompare(b.name))
}

export function hasProfile(content: SettingsContent, name: string): boolean {
  return Object.hasOwn(content.profiles, name)
}

type Stores = { settingsFile: SettingsFile; secretStore: SecretStore; clock?: () => Date }

/** Makes it the one that a window opens with, and counts as its use. */
export function selectProfile({ settingsFile, clock = () => new Date() }: Stores, name: string): ProfileResult {
  if (!hasProfile(settingsFile.read(), name)) return { kind: 'no-profile' }
  return saved(
    name,
    settingsFile.update((content) => {
      const profile = content.profiles[name]
      return profile === undefined
        ? content
        : {
            ...content,
            profile: name,
            profiles: { ...content.profiles, [name]: { ...profile, usedAt: clock().toISOString() } },
          }
    }),
  )
}

export function addProfile({ settingsFile }: Stores, wanted: string): ProfileResult {
  const free = freeName(settingsFile.read(), wanted)
  if (free.kind !== 'done') return free
  return saved(
    free.name,
    settingsFile.update((content) => ({ ...content, profiles: { ...content.profiles, [free.name]: emptyProfile() } })),
  )
}

export async function copyProfile(stores: Stores, from: string, wanted: string): Promise<ProfileResult> {
  return copyOrMove(stores, { from, wanted, move: false })
}

export async function renameProfile(stores: Stores, from: string, wanted: string): Promise<ProfileResult> {
  return copyOrMove(stores, { from, wanted, move: true })
}

async function copyOrMove(stores: Stores, o: { from: string; wanted: string; move: boolean }): Promise<ProfileResult> {
  const { settingsFile, secretStore } = stores
  const content = settingsFile.read()
  if (!hasProfile(content, o.from)) return { kind: 'no-profile' }
  const free = freeName(content, o.wanted)
  if (free.kind !== 'done') return free
  const { name } = free
  const code = settingsFile.obstacle()
  if (code !== null) return { kind: 'settings-not-saved', code }
  const stored = content.profiles[o.from] ?? emptyProfile()
  const profile = o.move ? stored : asCopy(stored)
  const copied = await copySecrets(secretStore, { name: o.from, profile }, name)
  if (copied !== null) return { kind: 'secret-not-saved', secret: copied }
  const result = saved(
    name,
    settingsFile.update((now) => {
      const profile = now.profiles[o.from] ?? emptyProfile()
      // In its place, so that the file keeps its order.
      const entries = Object.entries(now.profiles).flatMap(([key, value]): [string, Profile][] =>
        key !== o.from
          ? [[key, value]]
          : o.move
            ? [[name, profile]]
            : [
                [key, value],
                [name, asCopy(profile)],
              ],
      )
      const current = o.move && now.profile === o.from ? name : now.profile
      return { ...now, profile: current, profiles: Object.fromEntries(entries) }
    }),
  )
  if (result.kind !== 'done') await removeSecrets(secretStore, name, profile)
  else if (o.move) await removeSecrets(secretStore, o.from, profile)
  return result
}

/** The last one leaves an empty profile behind: a window always shows one. */
export async function removeProfile({ settingsFile, secretStore }: Stores, name: string): Promise<ProfileResult> {
  if (!hasProfile(settingsFile.read(), name)) return { kind: 'no-profile' }
  const code = settingsFile.obstacle()
  if (code !== null) return { kind: 'settings-not-saved', code }
  const kept = await removeSecrets(secretStore, name, settingsFile.read().profiles[name])
  if (kept !== null) return { kind: 'secret-not-saved', secret: kept }
  return saved(
    name,
    settingsFile.update((content) => withoutProfiles(content, [name])),
  )
}

export function withoutProfiles(content: SettingsContent, names: readonly string[]): SettingsContent {
  const left = Object.entries(content.profiles).filter(([name]) => !names.includes(name))
  const profiles = left.length === 0 ? { [firstProfile]: emptyProfile() } : Object.fromEntries(left)
  const profile = Object.hasOwn(profiles, content.profile)
    ? content.profile
    : (Object.keys(profiles)[0] ?? firstProfile)
  return { ...content, profile, profiles }
}

/** True for a machine on which nothing was ever stored: one profile, as every installation begins. */
export function isUntouched({ profile, profiles }: SettingsContent): boolean {
  const first = profiles[firstProfile]
  return (
    profile === firstProfile &&
    Object.keys(profiles).length === 1 &&
    JSON.stringify(first) === JSON.stringify(emptyProfile())
  )
}

/** Content with these profiles; on an untouched machine they take the place of the empty one, and the first is the current one. */
export function withProfiles(
  content: SettingsContent,
  profiles: readonly (readonly [string, Profile])[],
): SettingsContent {
  const [first] = profiles
  const added = Object.fromEntries(profiles)
  return first !== undefined && isUntouched(content)
    ? { ...content, profile: first[0], profiles: added }
    : { ...content, profiles: { ...content.profiles, ...added } }
}

/** Nothing that a run could begin with was ever entered. */
export function isBlank({ settings }: Profile): boolean {
  return [settings.email, settings.ewsUrl, settings.tenantId, settings.clientId].every((text) => text.trim() === '')
}

function freeName(content: SettingsContent, wanted: string): { kind: 'done'; name: string } | ProfileFailure {
  const name = profileName(wanted)
  if (name === null) return { kind: 'bad-name' }
  return hasProfile(content, name) ? { kind: 'name-taken' } : { kind: 'done', name }
}

/** A copy was never used, and automatic calls for the same mailboxes are not made twice. */
function asCopy({ usedAt: _usedAt, ...profile }: Profile): Profile {
  return { ...profile, connections: [] }
}

/**
 * Connections that came from a file: a mark of a secret that lies on another machine says nothing here, and an id that another
 * connection has already is given anew.
 */
export function withSettledConnections(
  profile: Profile,
  o: { before: Profile | null; taken: ReadonlySet<string> },
): Profile {
  const known = new Map((o.before?.connections ?? []).map((one) => [one.id, one]))
  const used = new Set(o.taken)
  const connections = profile.connections.map((one) => {
    const id = used.has(one.id) ? randomUUID() : one.id
    used.add(id)
    return { ...one, id, secrets: known.get(id)?.secrets ?? {} }
  })
  return { ...profile, connections }
}

/** Every secret of a profile: its own, and those of its connections. */
function secretNames(profileName: string, profile: Profile): SecretName[] {
  const own = secretKinds.map((kind) => ({ profile: profileName, kind }))
  const ofConnections = profile.connections.flatMap(({ id, secrets }) =>
    secretKinds
      .filter((kind) => secrets[kind] !== undefined)
      .map((kind) => ({ profile: profileName, kind, connection: id })),
  )
  return [...own, ...ofConnections]
}

/** The kind that could not be written; nothing of the copy is left then. */
async function copySecrets(
  store: SecretStore,
  from: { name: string; profile: Profile },
  to: string,
): Promise<SecretKind | null> {
  const names = secretNames(from.name, from.profile)
  for (const name of names) {
    const secret: Secret | undefined = await store.read(name)
    if (secret === undefined || (await store.write({ ...name, profile: to }, secret))) continue
    await removeAll(
      store,
      names.map((one) => ({ ...one, profile: to })),
    )
    return name.kind
  }
  return null
}

/** The kind that could not be removed. */
export async function removeSecrets(
  store: SecretStore,
  profileName: string,
  profile: Profile = emptyProfile(),
): Promise<SecretKind | null> {
  return removeAll(store, secretNames(profileName, profile))
}

async function removeAll(store: SecretStore, names: readonly SecretName[]): Promise<SecretKind | null> {
  for (const name of names) if (!(await store.remove(name))) return name.kind
  return null
}

function saved(name: string, result: ReturnType<SettingsFile['update']>): ProfileResult {
  return result.kind === 'saved' ? { kind: 'done', name } : { kind: 'settings-not-saved', code: result.code }
}
