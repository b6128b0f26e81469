/** The diagnosis of what a person hands over: saved evidence or pasted material. Nothing of it is stored, nothing is sent. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { factsSchema } from '../core/evidence/schema.ts'
import { explainRefusals, shapes } from '../core/files/shapes.ts'
import { limits } from '../core/limits.ts'
import { runResultSchema } from '../core/runs/events.ts'

export const diagnosisOutputSchema = z.discriminatedUnion('kind', [
  /** `shape` says what the material was taken for; null for the evidence of a run. */
  z.object({ kind: z.literal('explained'), shape: z.enum(shapes).nullable(), result: runResultSchema }),
  z.object({ kind: z.literal('refused'), reason: z.enum(explainRefusals), facts: factsSchema }),
])
export type Diagnosis = z.infer<typeof diagnosisOutputSchema>

export const diagnosisContract = {
  /** Judges the bytes of a file or a paste, in base64 so that their size is known beforehand and their encoding is kept. */
  explain: oc.input(z.object({ content: z.string().max(limits.diagnosisCallBytes) })).output(diagnosisOutputSchema),
}

export type { Shape } from '../core/files/shapes.ts'
