/** What a run tells while it goes: plain data, in order, ending with exactly one `ended`. */
import { z } from 'zod'
import { certificateSchema } from '../evidence/network.ts'
import { evidenceSchema, phases, stepSchema } from '../evidence/schema.ts'
import { findingSchema } from '../findings/finding.ts'

/** A host outside the mail domain would get credentials; the default answer is no. */
export const consentQuestionSchema = z.object({
  id: z.string(),
  mailDomain: z.string(),
  host: z.string(),
  /** The redirect or record that named the host. */
  namedBy: z.string(),
  /** Leaf certificate of the host, verified; null when it was not reached yet. */
  certificate: certificateSchema.nullable(),
})
export type ConsentQuestion = z.infer<typeof consentQuestionSchema>

export const runResultSchema = z.object({
  ok: z.boolean(),
  findings: z.array(findingSchema),
  evidence: evidenceSchema,
})
export type RunResult = z.infer<typeof runResultSchema>

export const runEventSchema = z.discriminatedUnion('kind', [
  /** Steps known from the start, all waiting; steps learned later simply begin. */
  z.object({
    kind: z.literal('planned'),
    steps: z.array(
      z.object({ id: z.string(), name: z.string(), target: z.string().nullable(), phase: z.enum(phases) }),
    ),
  }),
  z.object({
    kind: z.literal('step-started'),
    id: z.string(),
    name: z.string(),
    target: z.string().nullable(),
    phase: z.enum(phases),
  }),
  z.object({ kind: z.literal('step-ended'), step: stepSchema }),
  z.object({ kind: z.literal('question'), question: consentQuestionSchema }),
  z.object({ kind: z.literal('ended'), result: runResultSchema }),
])
export type RunEvent = z.infer<typeof runEventSchema>
