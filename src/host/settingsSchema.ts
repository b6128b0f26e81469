/** The schema of `config.json`, version 1. What it does not know it keeps, so that a later program's additions survive. */
import { z } from 'zod'
import { languageSchema } from '../contract/contract.ts'
import { connectionSchema, everyMinutesSchema, policySchema } from '../core/automation/schema.ts'
import { limits } from '../core/limits.ts'
import { settingsSchema } from '../core/settings/settings.ts'

export const settingsFileVersion = 1
export const firstProfile = 'Standard'

const savedSchema = z.object({
  /** ISO 8601 with time zone Z. */
  savedAt: z.string(),
})

export const profileSchema = z.looseObject({
  settings: settingsSchema,
  /** When each secret was put into the keychain; never the secret. */
  secrets: z.looseObject({ password: savedSchema.optional(), clientSecret: savedSchema.optional() }).prefault({}),
  /** Row A13: what repeated refusals do to automatic calls, unless a connection has its own policy. */
  policy: policySchema.prefault({}),
  /** Minutes between two automatic calls of a connection. */
  everyMinutes: everyMinutesSchema,
  /** Rows A14 and B1: the users' connections. */
  connections: z.array(connectionSchema).max(limits.connections).default([]),
})
export type Profile = z.infer<typeof profileSchema>

export const settingsContentSchema = z.looseObject({
  schema: z.literal(settingsFileVersion),
  /** Absent: the platform's language. */
  language: languageSchema.optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
  /** The desktop says when a connection becomes inactive. */
  notifyInactive: z.boolean().default(true),
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
