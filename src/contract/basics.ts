/** What a window sets of a configuration, and the secrets that it may type. */
import { z } from 'zod'
import { limits } from '../core/limits.ts'
import { settingsSchema } from '../core/settings/settings.ts'

/** What a window may set. Where the URL came from, network options and consents are the host's to know. */
export const draftSchema = settingsSchema.omit({
  ewsUrlOrigin: true,
  ewsUrlSource: true,
  contactFolder: true,
  network: true,
})
export type Draft = z.infer<typeof draftSchema>

/** A secret just typed. Absent: use the saved one, if any. */
export const typedSecretsSchema = z.object({
  password: z.string().max(limits.fieldCharacters).optional(),
  clientSecret: z.string().max(limits.fieldCharacters).optional(),
})
export type TypedSecrets = z.infer<typeof typedSecretsSchema>
