/** Row E5 in the window: many at once. Closing the stream stops what is under way. */
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { findingSchema } from '../core/findings/finding.ts'
import { limits } from '../core/limits.ts'
import { withheldFailure } from './run.ts'

const fileContent = z.base64().max(Math.ceil((limits.windowFileBytes * 4) / 3) + 4)

export const rowSchema = z.object({
  id: z.string(),
  mailbox: z.string(),
  profile: z.string().nullable(),
  state: z.enum(['works', 'remarks', 'fails', 'budget-spent', 'cancelled', 'withheld', 'crashed']),
  cause: z.string().nullable(),
  ewsUrl: z.string().nullable(),
  auth: z.string().nullable(),
  ms: z.number(),
})
export type BatchRow = z.infer<typeof rowSchema>

export const batchEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('planned'),
    rows: z.array(z.object({ id: z.string(), mailbox: z.string(), profile: z.string().nullable() })),
  }),
  z.object({ kind: z.literal('row-started'), id: z.string() }),
  /** `finding`: the first one, with its facts; null where there is none. */
  z.object({ kind: z.literal('row-ended'), row: rowSchema, finding: findingSchema.nullable() }),
])
export type BatchEvent = z.infer<typeof batchEventSchema>

export const batchContract = {
  start: oc
    .errors({
      ...withheldFailure,
      /** `id` has words among the refusals of files, or is `nothing`. */
      BATCH_REFUSED: {
        status: 409,
        data: z.object({ id: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) }),
      },
      BATCH_ACTIVE: { status: 409, data: z.object({}) },
    })
    .input(
      z.object({
        source: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('profiles') }),
          z.object({ kind: z.literal('csv'), content: fileContent }),
        ]),
        parallel: z.number().int().min(1).max(limits.parallelMost),
        /** Ids of rows that are done already: the rest of an interrupted check. */
        done: z.array(z.string()).max(limits.csvRows),
      }),
    )
    .output(eventIterator(batchEventSchema)),
}
