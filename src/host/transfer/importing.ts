/** An import in two steps: a plan that changes nothing, and its application, which can be taken back once. */
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Secret } from '../../core/auth/secret.ts'
import { errorCode } from '../../core/errorCode.ts'
import { limits } from '../../core/limits.ts'
import { secretKinds, type SecretKind } from '../../core/settings/settings.ts'
import { writeWhole } from '../atomicFile.ts'
import { removeSecrets, withoutProfiles, withProfiles, withSettledConnections } from '../profiles.ts'
import type { SecretStore } from '../secretStore.ts'
import type { SettingsFile } from '../settingsFile.ts'
import {
  emptyProfile,
  hasSavedSecrets,
  profileName,
  profileSchema,
  replacedPrefix,
  type Profile,
  type SettingsContent,
} from '../settingsSchema.ts'
import { isPlain, parseKeeping, withUnknownKeys } from '../unknownKeys.ts'
import { normalUrl } from '../urlOrigins.ts'
import { differencesOf, withAccepted, type Difference } from './differences.ts'
import { refusal, type ImportFile, type ImportSource, type Refusal } from './recognise.ts'

export type SecretChange = { profile: string; kind: SecretKind; replaces: boolean }

export type ImportPlan = {
  kind: 'plan'
  source: ImportSource
  schema: number | null
  newer: boolean
  profiles: { name: string; before: Profile | null; after: Profile; secrets: Partial<Record<SecretKind, Secret>> }[]
  differences: Difference[]
  secrets: SecretChange[]
  /** Kept, but without meaning for this version. */
  unknown: string[]
  /** Fields of a newer file with values that this version does not know: not taken over. */
  notUnderstood: string[]
}

/**
 * `into`: the profile for a file that names none. `holding`: profiles with saved secrets, where the marks in the settings do not tell,
 * because these are kept for the session only.
 */
export function planImport(
  content: SettingsContent,
  file: ImportFile,
  into: string,
  holding: ReadonlySet<string> = new Set(),
): ImportPlan | Refusal {
  const plan: ImportPlan = {
    kind: 'plan',
    source: file.source,
    schema: file.schema,
    newer: file.newer,
    profiles: [],
    differences: [],
    secrets: [],
    unknown: file.unknown,
    notUnderstood: [],
  }
  for (const one of file.profiles) {
    const name = profileName(one.name ?? into)
    if (name === null) return refusal('bad-profile-name', { profile: one.name ?? into })
    const before = (Object.hasOwn(content.profiles, name) ? content.profiles[name] : undefined) ?? null
    const checked = checkedProfile(before, one.raw, file.newer)
    if (checked.kind === 'invalid') return refusal('invalid-field', { profile: name, field: checked.field })
    const after = withOrigin(before, checked.profile, isPlain(one.raw['settings']) && 'ewsUrl' in one.raw['settings'])
    plan.notUnderstood.push(...checked.dropped)
    plan.profiles.push({ name, before, after, secrets: one.secrets })
    const holdsSecrets = before !== null && (holding.has(name) || hasSavedSecrets(before))
    plan.differences.push(...differencesOf(name, { before, empty: emptyProfile(), after, holdsSecrets }))
    for (const kind of secretKinds)
      if (one.secrets[kind] !== undefined)
        plan.secrets.push({ profile: name, kind, replaces: before?.secrets[kind] !== undefined })
  }
  return plan
}

type Checked = { kind: 'valid'; profile: Profile; dropped: string[] } | { kind: 'invalid'; field: string }

/** The stored profile with what the file says over it: what a file leaves out stays as it is. */
function checkedProfile(before: Profile | null, raw: Readonly<Record<string, unknown>>, newer: boolean): Checked {
  let wanted = raw
  const dropped: string[] = []
  for (;;) {
    const merged = over(before ?? emptyProfile(), wanted)
    const parsed = profileSchema.safeParse(merged)
    if (parsed.success) return { kind: 'valid', profile: parseKeeping(profileSchema, merged), dropped }
    const path = parsed.error.issues[0]?.path ?? []
    const field = path.map(String).join('.')
    const without = newer ? withoutPath(wanted, path) : null
    if (without === null) return { kind: 'invalid', field }
    dropped.push(field)
    wanted = without
  }
}

function over(base: unknown, wanted: unknown): unknown {
  if (!isPlain(base) || !isPlain(wanted)) return wanted
  const merged = Object.entries(wanted).map(([key, value]) => [
    key,
    Object.hasOwn(base, key) ? over(base[key], value) : value,
  ])
  return { ...base, ...Object.fromEntries(merged) }
}

/** Null when there is nothing at that path. */
function withoutPath(
  value: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
): Readonly<Record<string, unknown>> | null {
  const [head, ...rest] = path
  if (typeof head !== 'string' || !Object.hasOwn(value, head)) return null
  const { [head]: inner, ...others } = value
  if (rest.length === 0 || !isPlain(inner)) return others
  const without = withoutPath(inner, rest)
  return without === null ? null : { ...value, [head]: without }
}

/** A URL from a file is a hint, unless it is the one that this machine knows already. */
function withOrigin(before: Profile | null, after: Profile, hasUrl: boolean): Profile {
  const { ewsUrl } = after.settings
  const old = before?.settings
  const same = old !== undefined && (!hasUrl || (ewsUrl !== '' && normalUrl(ewsUrl) === normalUrl(old.ewsUrl)))
  const origin =
    same && old.ewsUrlOrigin !== 'none'
      ? { ewsUrlOrigin: old.ewsUrlOrigin, ewsUrlSource: old.ewsUrlSource }
      : { ewsUrlOrigin: ewsUrl === '' ? ('none' as const) : ('imported' as const) }
  return { ...after, settings: { ...after.settings, ...origin } }
}

const undoSchema = z.object({
  schema: z.literal(1),
  /** ISO 8601. */
  at: z.string(),
  /** As each was before; null: it was not there. */
  profiles: z.record(z.string(), profileSchema.nullable()),
  /** The current profile before. */
  current: z.string(),
  secrets: z.array(z.object({ profile: z.string(), kind: z.enum(secretKinds), replaced: z.boolean() })),
})
type Undo = z.infer<typeof undoSchema>

export type ApplyResult =
  | { kind: 'applied'; profiles: string[]; notAccepted: Difference[]; secrets: SecretChange[] }
  /** The settings changed since the plan was made. */
  | { kind: 'stale' }
  | { kind: 'secret-not-saved'; secret: SecretKind }
  | { kind: 'settings-not-saved'; code: string }

type Stores = { settingsFile: SettingsFile; secretStore: SecretStore; clock?: () => Date }

function undoFile({ settingsFile }: Pick<Stores, 'settingsFile'>): string {
  return join(dirname(settingsFile.path), 'import-undo.json')
}

export async function applyImport(
  stores: Stores,
  plan: ImportPlan,
  o: { accepted: ReadonlySet<string>; replaceSecrets: boolean },
): Promise<ApplyResult> {
  const { settingsFile, secretStore, clock = () => new Date() } = stores
  const code = settingsFile.obstacle()
  if (code !== null) return { kind: 'settings-not-saved', code }
  const before = settingsFile.read()
  if (!isCurrent(before, plan)) return { kind: 'stale' }
  const wanted = plan.secrets.filter(({ replaces }) => !replaces || o.replaceSecrets)
  const undo: Undo = {
    schema: 1,
    at: clock().toISOString(),
    profiles: Object.fromEntries(plan.profiles.map(({ name, before }) => [name, before])),
    current: before.profile,
    secrets: wanted.map(({ profile, kind, replaces }) => ({ profile, kind, replaced: replaces })),
  }
  await forgetUndo(stores)
  for (const { profile, kind, replaced } of undo.secrets) {
    const old = replaced ? await secretStore.read({ profile, kind }) : undefined
    if (old !== undefined && !(await secretStore.write({ profile: replacedPrefix + profile, kind }, old)))
      return { kind: 'secret-not-saved', secret: kind }
  }
  try {
    mkdirSync(dirname(settingsFile.path), { recursive: true, mode: 0o700 })
  } catch (error) {
    return { kind: 'settings-not-saved', code: errorCode(error) ?? 'UNKNOWN' }
  }
  const kept = writeWhole(undoFile(stores), `${JSON.stringify(undo, null, 2)}\n`)
  if (kept.kind === 'not-written') return { kind: 'settings-not-saved', code: kept.code }

  for (const { profile, kind } of wanted) {
    const secret = plan.profiles.find(({ name }) => name === profile)?.secrets[kind]
    if (secret === undefined || (await secretStore.write({ profile, kind }, secret))) continue
    await restoreSecrets(secretStore, undo)
    await forgetUndo(stores)
    return { kind: 'secret-not-saved', secret: kind }
  }
  const outlives = (await secretStore.state()).kind !== 'memory'
  const savedAt = clock().toISOString()
  const connectionsBeside = (name: string): Set<string> =>
    new Set(
      Object.entries(before.profiles).flatMap(([other, { connections }]) =>
        other === name ? [] : connections.map(({ id }) => id),
      ),
    )
  const next = plan.profiles.map(({ name, before, after }): [string, Profile] => {
    const differences = plan.differences.filter(({ profile }) => profile === name)
    const accepted = parseKeeping(
      profileSchema,
      withAccepted({ before, empty: emptyProfile(), after, differences, accepted: o.accepted }),
    )
    const settled = withSettledConnections(accepted, { before, taken: connectionsBeside(name) })
    const marks = outlives
      ? wanted
          .filter(({ profile }) => profile === name)
          .map(({ kind }): [string, { savedAt: string }] => [kind, { savedAt }])
      : []
    return [name, { ...settled, secrets: { ...settled.secrets, ...Object.fromEntries<{ savedAt: string }>(marks) } }]
  })
  const result = settingsFile.update((content) => withProfiles(content, next))
  if (result.kind === 'not-saved') {
    await restoreSecrets(secretStore, undo)
    await forgetUndo(stores)
    return { kind: 'settings-not-saved', code: result.code }
  }
  return {
    kind: 'applied',
    profiles: plan.profiles.map(({ name }) => name),
    notAccepted: plan.differences.filter(({ id, needsAcceptance }) => needsAcceptance && !o.accepted.has(id)),
    secrets: wanted,
  }
}

function isCurrent(content: SettingsContent, plan: ImportPlan): boolean {
  return plan.profiles.every(({ name, before }) => {
    const now = (Object.hasOwn(content.profiles, name) ? content.profiles[name] : undefined) ?? null
    return JSON.stringify(now) === JSON.stringify(before)
  })
}

/** When the last import was, and what it touched; null when there is nothing to take back. */
export function undoable(stores: Pick<Stores, 'settingsFile'>): { at: string; profiles: string[] } | null {
  const undo = readUndo(undoFile(stores))
  return undo === null ? null : { at: undo.at, profiles: Object.keys(undo.profiles) }
}

export type UndoResult =
  | { kind: 'undone'; profiles: string[] }
  | { kind: 'nothing-to-undo' }
  | { kind: 'secret-not-saved'; secret: SecretKind }
  | { kind: 'settings-not-saved'; code: string }

/** Puts every profile that the last import touched back to what it was before, secrets included. */
export async function undoImport(stores: Stores): Promise<UndoResult> {
  const { settingsFile, secretStore } = stores
  const undo = readUndo(undoFile(stores))
  if (undo === null) return { kind: 'nothing-to-undo' }
  const code = settingsFile.obstacle()
  if (code !== null) return { kind: 'settings-not-saved', code }
  const failed = await restoreSecrets(secretStore, undo)
  if (failed !== null) return { kind: 'secret-not-saved', secret: failed }
  const entries = Object.entries(undo.profiles)
  const added = entries.filter(([, before]) => before === null).map(([name]) => name)
  const before = entries.flatMap(([name, profile]): [string, Profile][] => (profile === null ? [] : [[name, profile]]))
  const result = settingsFile.update((content) =>
    withoutProfiles(
      {
        ...content,
        profile: undo.current,
        profiles: { ...content.profiles, ...Object.fromEntries(before) },
      },
      added,
    ),
  )
  if (result.kind === 'not-saved') return { kind: 'settings-not-saved', code: result.code }
  await forgetUndo(stores)
  return { kind: 'undone', profiles: entries.map(([name]) => name) }
}

/** The kind that could not be put back. */
async function restoreSecrets(store: SecretStore, undo: Undo): Promise<SecretKind | null> {
  for (const { profile, kind, replaced } of undo.secrets) {
    const old = replaced ? await store.read({ profile: replacedPrefix + profile, kind }) : undefined
    const done = old === undefined ? await store.remove({ profile, kind }) : await store.write({ profile, kind }, old)
    if (!done) return kind
  }
  return null
}

async function forgetUndo(stores: Stores): Promise<void> {
  const file = undoFile(stores)
  const undo = readUndo(file)
  for (const { profile, replaced } of undo?.secrets ?? [])
    if (replaced) await removeSecrets(stores.secretStore, replacedPrefix + profile)
  rmSync(file, { force: true })
}

function readUndo(file: string): Undo | null {
  try {
    if (statSync(file).size > 2 * limits.configurationBytes) return null
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const parsed = undoSchema.safeParse(value)
    return parsed.success ? withUnknownKeys(parsed.data, value) : null
  } catch {
    return null
  }
}
