/** The schema of `config.json`, version 1. What it does not know it keeps, so that a later program's additions survive. */
import { z } from 'zod'
import { languageSchema } from '../contract/contract.ts'
import { settingsSchema, type SecretKind } from '../core/settings/settings.ts'
import { guideProfileSchema } from './guideProfile.ts'

export const settingsFileVersion = 1
export const firstProfile = 'Standard'

const savedSchema = z.object({
  /** ISO 8601 with time zone Z. */
  savedAt: z.string(),
})

export const profileSchema = z.looseObject({
  settings: settingsSchema,
  /** When each secret was put into the keychain; never the secret. */
  secrets: z
    .looseObject({
      password: savedSchema.optional(),
      clientSecret: savedSchema.optional(),
      certificatePassphrase: savedSchema.optional(),
      proxyPassword: savedSchema.optional(),
      ldapPassword: savedSchema.optional(),
    } satisfies Record<SecretKind, unknown>)
    .prefault({}),
  /** The guide to the app registration; absent until it is used. */
  guide: guideProfileSchema.optional(),
})
export type Profile = z.infer<typeof profileSchema>

export const settingsContentSchema = z.looseObject({
  schema: z.literal(settingsFileVersion),
  /** Absent: the platform's language. */
  language: languageSchema.optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
  /** Name of the profile that a window opens with. */
  profile: z.string().min(1),
  profiles: z.record(z.string().min(1), profileSchema),
})
export type SettingsContent = z.infer<typeof settingsContentSchema>

export function emptyProfile(): Profile {
  return profileSchema.parse({ settings: {} })
}

export function defaultContent(): SettingsContent {
  return { schema: settingsFileVersion, profile: firstProfile, profiles: { [firstProfile]: emptyProfile() } }
}

/** The profile of that name, or an empty one. */
export function profileOf(content: SettingsContent, name: string): Profile {
  return (Object.hasOwn(content.profiles, name) ? content.profiles[name] : undefined) ?? emptyProfile()
}
