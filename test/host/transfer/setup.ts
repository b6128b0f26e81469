/** A state directory of its own for each test, with a keychain in memory that outlives the store. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secretFrom, type Secret } from '../../../src/core/auth/secret.ts'
import { openSecretStore, type Keychain, type SecretStore } from '../../../src/host/secretStore.ts'
import { openSettingsFile, type SettingsFile } from '../../../src/host/settingsFile.ts'
import { emptyProfile, type Profile } from '../../../src/host/settingsSchema.ts'
import { parseKeeping } from '../../../src/host/unknownKeys.ts'
import { profileSchema } from '../../../src/host/settingsSchema.ts'

export type Machine = {
  directory: string
  settingsFile: SettingsFile
  secretStore: SecretStore
  /** What lies in the keychain, by account. */
  items: Map<string, string>
  remove: () => void
}

export function machine(faults: Partial<Keychain> = {}): Machine {
  const directory = mkdtempSync(join(tmpdir(), 'ews-transfer-'))
  const items = new Map<string, string>()
  const keychain: Keychain = {
    getPassword: (_service, account) => Promise.resolve(items.get(account) ?? null),
    setPassword: (_service, account, value) => {
      items.set(account, value)
      return Promise.resolve()
    },
    deletePassword: (_service, account) => Promise.resolve(items.delete(account)),
    ...faults,
  }
  return {
    directory,
    settingsFile: openSettingsFile({ directory }),
    secretStore: openSecretStore({ load: () => Promise.resolve(keychain), platform: 'linux' }),
    items,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

export function secret(value: string): Secret {
  const made = secretFrom(value)
  if (made === undefined) throw new Error('an empty value makes no secret')
  return made
}

/** Puts a profile there as the dialog would. */
export async function store(
  { settingsFile, secretStore }: Machine,
  name: string,
  profile: Record<string, unknown>,
  secrets: Partial<Record<'password' | 'clientSecret', string>> = {},
): Promise<Profile> {
  const marks: Record<string, unknown> = {}
  for (const kind of ['password', 'clientSecret'] as const) {
    const value = secrets[kind]
    if (value === undefined) continue
    await secretStore.write({ profile: name, kind }, secret(value))
    marks[kind] = { savedAt: '2026-11-01T00:00:00.000Z' }
  }
  const whole = parseKeeping(profileSchema, { ...emptyProfile(), ...profile, secrets: marks })
  const result = settingsFile.update((content) => ({ ...content, profiles: { ...content.profiles, [name]: whole } }))
  if (result.kind !== 'saved') throw new Error(`not stored: ${result.code}`)
  return whole
}
