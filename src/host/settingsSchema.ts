/** The schema of `config.json`, version 1. What it does not know it keeps, so that a later program's additions survive. */
import { z } from 'zod'
import { languageSchema } from '../contract/contract.ts'
import { connectionSchema, everyMinutesSchema, policySchema } from '../core/automation/schema.ts'
import { limits } from '../core/limits.ts'
import { savedSecretsSchema, secretKinds, settingsSchema, type SecretKind } from '../core/settings/settings.ts'
import { guideProfileSchema } from './guideProfile.ts'

export const settingsFileVersion = 1
export const firstProfile = 'Standard'

export const profileSchema = z.looseObject({
  settings: settingsSchema,
  /** When each secret was put into the keychain; never the secret. */
  secrets: savedSecretsSchema,
  /** The guide to the app registration; absent until it is used. */
  guide: guideProfileSchema.optional(),
  /** When a person last chose or saved it here, ISO 8601; absent: never. */
  usedAt: z.string().optional(),
  /** Row A13: what repeated refusals do to automatic calls, unless a connection has its own policy. */
  policy: policySchema.prefault({}),
  /** Minutes between two automatic calls of a connection. */
  everyMinutes: everyMinutesSchema,
  /** Rows A14 and B1: the users' connections. */
  connections: z.array(connectionSchema).max(limits.connections).default([]),
})
export type Profile = z.infer<typeof profileSchema>

/** What of a profile is about this machine alone and leaves it in no file. */
export const machineKeys = ['secrets', 'usedAt'] as const satisfies readonly (keyof Profile)[]

/** The name as it is stored, or null when it cannot be one. */
export function profileName(text: string): string | null {
  const name = text.trim()
  // The last two are ways to call something else: a property of every object, and where an import keeps what it replaced.
  const isFree = name !== '' && name !== '__proto__' && !name.startsWith(replacedPrefix)
  return isFree && name.length <= limits.profileNameCharacters && !/\p{Cc}/u.test(name) ? name : null
}

/** Secrets that an import replaced are kept under the profile's name behind this, until the import is undone or the next one comes. */
export const replacedPrefix = 'replaced//'

/** The secrets of a profile that are saved, by the dates that the settings keep. */
export function savedKinds(profile: Profile): SecretKind[] {
  return secretKinds.filter((kind) => profile.secrets[kind] !== undefined)
}

/** True where the settings say that a secret of the profile, or of one of its connections, lies in the keychain. */
export function hasSavedSecrets(profile: Profile): boolean {
  return savedKinds(profile).length > 0 || profile.connections.some(({ secrets }) => Object.keys(secrets).length > 0)
}

export const settingsContentSchema = z.looseObject({
  schema: z.literal(settingsFileVersion),
  /** Absent: the platform's language. */
  language: languageSchema.optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
  /** The desktop says when a connection becomes inactive. */
  notifyInactive: z.boolean().default(true),
  /** The update check at a start; absent or off: nobody is asked. */
  updates: z.looseObject({ onStart: z.boolean(), askedAt: z.string().optional() }).optional(),
  /** The version whose news a person has seen; absent: none was shown yet. */
  seenVersion: z.string().optional(),
  /** Name of the profile that a window opens with. */
  profile: z.string().min(1),
  profiles: z.record(z.string().min(1), profileSchema),
})
export type SettingsContent = z.infer<typeof settingsContentSchema>

export function emptyProfile(): Profile {
  return profileSchema.parse({ settings: {} })
}

export function defaultContent(): SettingsContent {
  return {
    schema: settingsFileVersion,
    notifyInactive: true,
    profile: firstProfile,
    profiles: { [firstProfile]: emptyProfile() },
  }
}

/** The profile of that name, or an empty one. */
export function profileOf(content: SettingsContent, name: string): Profile {
  return (Object.hasOwn(content.profiles, name) ? content.profiles[name] : undefined) ?? emptyProfile()
}

/** The same content with one profile changed, which begins empty when there is none of that name. */
export function withProfile(
  content: SettingsContent,
  name: string,
  change: (profile: Profile) => Profile,
): SettingsContent {
  return { ...content, profiles: { ...content.profiles, [name]: change(profileOf(content, name)) } }
}
