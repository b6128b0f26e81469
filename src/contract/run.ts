/** What every call that works with the fields of the dialog takes, and how it may refuse. */
import { z } from 'zod'
import { limits } from '../core/limits.ts'
import { networkOptionsSchema, secretKinds, settingsSchema } from '../core/settings/settings.ts'

/** What a window may set. Where the URL came from, most network options and consents are the host's to know. */
export const draftSchema = settingsSchema
  .omit({ ewsUrlOrigin: true, ewsUrlSource: true, contactFolder: true, network: true })
  .extend(
    networkOptionsSchema.pick({
      proxy: true,
      noProxy: true,
      proxyUser: true,
      expectThumbprint: true,
      worksInBrowser: true,
    }).shape,
  )
export type Draft = z.infer<typeof draftSchema>

/** A secret just typed. Absent: use the saved one, if any. */
export const typedSecretsSchema = z.partialRecord(z.enum(secretKinds), z.string().max(limits.fieldCharacters))
export type TypedSecrets = z.infer<typeof typedSecretsSchema>

/** The profile that the window shows. Absent: the current one. */
export const shownProfileSchema = z.string().max(limits.fieldCharacters).optional()

/** What [Verbindung testen] tries besides, to narrow a failure down. For one press, never stored. */
export const secondSchema = z.object({
  userName: z.string().max(limits.fieldCharacters).default(''),
  mailbox: z.string().max(limits.fieldCharacters).default(''),
})
export type SecondForm = z.infer<typeof secondSchema>

export const runInputSchema = z.object({
  profile: shownProfileSchema,
  draft: draftSchema,
  secrets: typedSecretsSchema,
  second: secondSchema.optional(),
})

/** What a window does not know and does not send: saved secrets, and the key in a certificate's file. */
export const heldKinds = [...secretKinds, 'certificate'] as const

export const destinationKinds = [
  'mail-domain',
  'ews-host',
  'cloud',
  'login-service',
  'proxy',
  'directory',
  'certificate-file',
] as const

/** Saved secrets were not given to a place that the stored profile does not name, and no person outside the window said yes. */
export const withheldSchema = z.object({
  secrets: z.array(z.enum(heldKinds)),
  destinations: z.array(z.object({ kind: z.enum(destinationKinds), name: z.string() })),
})
export type Withheld = z.infer<typeof withheldSchema>
export const withheldFailure = { SECRET_WITHHELD: { status: 403, data: withheldSchema } } as const

export const failures = {
  ...withheldFailure,
  /** Another run of this window is under way. */
  RUN_ACTIVE: { status: 409, data: z.object({}) },
  SETTINGS_NOT_SAVED: { status: 500, data: z.object({ code: z.string() }) },
  SECRET_NOT_SAVED: { status: 500, data: z.object({ kind: z.enum(secretKinds) }) },
} as const
