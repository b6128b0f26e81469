/** Rows E2 to E4 in the window: files out and in. Passphrases and identities only travel towards the connector. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { limits } from '../core/limits.ts'
import { secretKinds } from '../core/settings/settings.ts'

const text = z.string().max(limits.fieldCharacters)
const names = z.array(text).max(100_000)
/** Base64 of a file that a person chose. */
const fileContent = z.base64().max(Math.ceil((limits.windowFileBytes * 4) / 3) + 4)

const lockSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passphrase'), passphrase: text.min(1) }),
  z.object({ kind: z.literal('recipient'), recipient: text }),
])
const keySchema = z.object({ kind: z.literal('passphrase'), passphrase: text.min(1) })

const fileSchema = z.object({ name: z.string(), type: z.string(), content: z.base64() })

export const differenceSchema = z.object({
  id: z.string(),
  profile: z.string(),
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  needsAcceptance: z.boolean(),
})
export type Difference = z.infer<typeof differenceSchema>

const factsSchema = z.record(z.string(), z.union([z.string(), z.number()]))

export const previewSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('plan'),
    /** Names the plan that the connector keeps for this window until it is applied, discarded or replaced. */
    plan: z.string(),
    source: z.enum(['configuration', 'sealed', 'autodiscover', 'csv']),
    schema: z.number().nullable(),
    newer: z.boolean(),
    profiles: z.array(z.object({ name: z.string(), isNew: z.boolean() })),
    differences: z.array(differenceSchema),
    secrets: z.array(z.object({ profile: z.string(), kind: z.enum(secretKinds), replaces: z.boolean() })),
    unknown: z.array(z.string()),
    notUnderstood: z.array(z.string()),
  }),
  /** `id` has words in the texts; `key-needed`: ask for the passphrase and preview again. */
  z.object({ kind: z.literal('refused'), id: z.string(), facts: factsSchema }),
])
export type ImportPreview = z.infer<typeof previewSchema>

export const profileDescriptionSchema = z.object({
  profile: z.string(),
  values: z.array(z.object({ path: z.string(), value: z.string() })),
  secrets: z.array(z.object({ kind: z.enum(secretKinds), savedAt: z.string().nullable() })),
})
export type ProfileDescription = z.infer<typeof profileDescriptionSchema>

const undoableSchema = z.object({ at: z.string(), profiles: z.array(z.string()) })

export const exportRefusals = [
  'no-profile',
  'bad-recipient',
  'secret-unreadable',
  'one-profile',
  /** No person outside the window said yes. */
  'not-confirmed',
] as const
export type ExportRefusal = (typeof exportRefusals)[number]

const failures = {
  EXPORT_REFUSED: {
    status: 409,
    data: z.object({
      reason: z.enum(exportRefusals),
      profile: z.string(),
    }),
  },
  IMPORT_REFUSED: {
    status: 409,
    data: z.object({
      reason: z.enum([
        'stale',
        'no-plan',
        'secret-not-saved',
        'settings-not-saved',
        'nothing-to-undo',
        'not-confirmed',
      ]),
      code: z.string(),
    }),
  },
  /** Only the desktop prints to PDF. */
  PDF_NOT_HERE: { status: 501, data: z.object({}) },
} as const

export const transferContract = {
  /** Without `lock` nothing secret is in the file; with one, all saved secrets of these profiles are. */
  export: oc
    .errors(failures)
    .input(z.object({ profiles: names, format: z.enum(['json', 'env']), lock: lockSchema.nullable() }))
    .output(fileSchema),
  /** What the sheet shows. */
  describe: oc.input(z.object({ profiles: names })).output(z.array(profileDescriptionSchema)),
  pdf: oc
    .errors(failures)
    .input(z.object({ profiles: names, language: z.enum(['de', 'en']) }))
    .output(fileSchema),
  /** Changes nothing. `into`: the profile for a file that names none. */
  preview: oc.input(z.object({ content: fileContent, into: text, key: keySchema.nullable() })).output(previewSchema),
  apply: oc
    .errors(failures)
    .input(z.object({ plan: z.string(), accepted: z.array(z.string()).max(100_000), replaceSecrets: z.boolean() }))
    .output(z.object({ profiles: z.array(z.string()), notAccepted: z.number().int() })),
  discard: oc.input(z.object({})).output(z.object({})),
  undoable: oc.input(z.object({})).output(undoableSchema.nullable()),
  undo: oc
    .errors(failures)
    .input(z.object({}))
    .output(z.object({ profiles: z.array(z.string()) })),
}
