/** What a window tells about the product, and the update check, which a person presses or switches on. */
import { oc } from '@orpc/contract'
import { z } from 'zod'

export const updateFailures = [
  'unreachable',
  'certificate',
  'redirected',
  'too-large',
  'malformed',
  'signature',
] as const

export const updateResultSchema = z.discriminatedUnion('kind', [
  /** Nothing newer is named. */
  z.object({ kind: z.literal('current') }),
  /** `date` as YYYY-MM-DD. */
  z.object({ kind: z.literal('newer'), version: z.string(), date: z.string() }),
  z.object({ kind: z.literal('failed'), reason: z.enum(updateFailures) }),
])
export type UpdateResult = z.infer<typeof updateResultSchema>

/** `absent`: this build has no address to ask; `disabled`: an administrator switched it off. */
export const updateStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent') }),
  z.object({ kind: z.literal('disabled') }),
  z.object({
    kind: z.literal('available'),
    host: z.string(),
    onStart: z.boolean(),
    last: updateResultSchema.nullable(),
  }),
])
export type UpdateState = z.infer<typeof updateStateSchema>

export const aboutSchema = z.object({
  version: z.string(),
  /** What it runs on, each by name and version. */
  runtime: z.array(z.object({ name: z.enum(['Electron', 'Chromium', 'Node.js']), version: z.string() })),
  /** Platform and architecture, such as `linux x64`. */
  platform: z.string(),
  updates: updateStateSchema,
})
export type About = z.infer<typeof aboutSchema>

const failures = {
  SETTINGS_NOT_SAVED: { status: 500, data: z.object({ code: z.string() }) },
  UPDATES_NOT_HERE: { status: 501, data: z.object({}) },
} as const

export const aboutContract = {
  info: oc.input(z.object({})).output(aboutSchema),
  /** What is new was seen; it is not shown by itself again until the next version. */
  seen: oc.input(z.object({})).output(z.object({})),
  /** One request, at this press. */
  checkUpdates: oc.errors(failures).input(z.object({})).output(updateResultSchema),
  /** Whether to ask at a start, at most once a day. */
  setUpdatesOnStart: oc
    .errors(failures)
    .input(z.object({ on: z.boolean() }))
    .output(updateStateSchema),
  /** Opens the page about the newer version that the last check named, in the person's browser; `known` is false when there is none. */
  openNotes: oc.input(z.object({})).output(z.object({ known: z.boolean() })),
}
