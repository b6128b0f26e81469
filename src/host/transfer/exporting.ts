/** Configurations as files for other machines. Without a lock nothing secret is in them. */
import { limits } from '../../core/limits.ts'
import { secretKinds, type SecretKind } from '../../core/settings/settings.ts'
import { isRecipient, sealJson, type Lock } from '../sealedJson.ts'
import type { SecretStore } from '../secretStore.ts'
import { defaultContent, type Profile, type SettingsContent } from '../settingsSchema.ts'
import { isPlain } from '../unknownKeys.ts'
import { secretVariables } from '../secretEnvironment.ts'
import { configurationOf, portableProfiles, stableJson } from './configuration.ts'

export type Exported =
  | { kind: 'file'; bytes: Uint8Array; secrets: number }
  | { kind: 'no-profile'; name: string }
  | { kind: 'bad-recipient' }
  /** A secret that is marked as saved and that its store does not give: a file without it would claim to be whole. */
  | { kind: 'secret-unreadable'; profile: string; secret: SecretKind }

/** JSON without secrets, or sealed with all secrets of these profiles where there is a lock. */
export async function exportConfiguration(o: {
  content: SettingsContent
  names: readonly string[]
  secretStore: SecretStore
  lock: Lock | null
  version: string
  /** Only for tests that make many. */
  workFactor?: number
}): Promise<Exported> {
  const { content, names, secretStore, lock } = o
  const missing = names.find((name) => !Object.hasOwn(content.profiles, name))
  if (missing !== undefined) return { kind: 'no-profile', name: missing }
  const profiles = portableProfiles(content, names)
  if (lock === null)
    return { kind: 'file', bytes: Buffer.from(stableJson(configurationOf(profiles, o.version))), secrets: 0 }
  if (lock.kind === 'recipient' && !isRecipient(lock.recipient)) return { kind: 'bad-recipient' }
  const inMemory = (await secretStore.state()).kind === 'memory'
  let count = 0
  const withSecrets: Record<string, unknown> = {}
  for (const name of names) {
    const secrets: Record<string, unknown> = {}
    for (const kind of secretKinds) {
      const secret = await secretStore.read({ profile: name, kind })
      const marked = !inMemory && content.profiles[name]?.secrets[kind] !== undefined
      if (secret === undefined && marked) return { kind: 'secret-unreadable', profile: name, secret: kind }
      if (secret === undefined) continue
      secrets[kind] = secret
      count += 1
    }
    const profile = profiles[name]
    withSecrets[name] = isPlain(profile) ? { ...profile, secrets } : profile
  }
  try {
    const bytes = await sealJson(configurationOf(withSecrets, o.version), lock, o.workFactor ?? limits.exportWorkFactor)
    return { kind: 'file', bytes, secrets: count }
  } catch (error) {
    // The shape of a recipient was right and its checksum was not.
    if (lock.kind === 'recipient') return { kind: 'bad-recipient' }
    throw error
  }
}

/**
 * The settings of one profile as assignments that a POSIX shell can source. Secrets are comments that name their variable; each value
 * is quoted so that nothing in it is run.
 */
export function asEnvironment(profile: Profile, name: string): string {
  const portable = portableProfiles({ ...defaultContent(), profile: name, profiles: { [name]: profile } }, [name])[name]
  const lines: string[] = []
  const walk = (value: unknown, path: readonly string[]): void => {
    if (isPlain(value)) for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key])
    else lines.push(`${variableOf(path)}=${quoted(value)}`)
  }
  walk(isPlain(portable) ? portable['settings'] : {}, [])
  return [
    `# EWS Setup, profile ${name.replaceAll(/[\r\n]/g, ' ')}`,
    ...lines.toSorted(),
    ...secretKinds.map((kind) => `# ${secretVariables[kind]}=`),
    '',
  ].join('\n')
}

function variableOf(path: readonly string[]): string {
  const words = path.map((part) => part.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/[^A-Za-z0-9]/g, '_'))
  return `EWS_SETUP_${words.join('_').toUpperCase()}`
}

function quoted(value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : value === null || value === undefined
        ? ''
        : Array.isArray(value) && value.every((item) => typeof item === 'string')
          ? value.join(',')
          : JSON.stringify(value)
  return `'${text.replaceAll("'", `'\\''`)}'`
}
