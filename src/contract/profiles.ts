/** Row E1 in the window: the profiles, and what is done with one as a whole. After a change the window asks for its state again. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { limits } from '../core/limits.ts'

const name = z.string().max(limits.fieldCharacters)

export const profileLineSchema = z.object({
  name: z.string(),
  email: z.string(),
  ewsUrl: z.string(),
  /** ISO 8601; null: never used. */
  usedAt: z.string().nullable(),
  isCurrent: z.boolean(),
})
export type ProfileLine = z.infer<typeof profileLineSchema>

export const profileRefusals = [
  'no-profile',
  'name-taken',
  'bad-name',
  'secret-not-saved',
  'settings-not-saved',
] as const
export type ProfileRefusal = (typeof profileRefusals)[number]

const failures = {
  PROFILE_REFUSED: { status: 409, data: z.object({ reason: z.enum(profileRefusals), code: z.string() }) },
} as const
const done = z.object({ name: z.string() })

export const profilesContract = {
  /** The one used last first. */
  list: oc.input(z.object({})).output(z.array(profileLineSchema)),
  select: oc.errors(failures).input(z.object({ name })).output(done),
  add: oc.errors(failures).input(z.object({ name })).output(done),
  /** Secrets go along. */
  duplicate: oc
    .errors(failures)
    .input(z.object({ name, as: name }))
    .output(done),
  rename: oc
    .errors(failures)
    .input(z.object({ name, as: name }))
    .output(done),
  /** Secrets go too. */
  remove: oc.errors(failures).input(z.object({ name })).output(done),
}
