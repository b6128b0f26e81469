/** A finding: one judged cause. Its words come from `texts` by id and facts. */
import { z } from 'zod'
import { factsSchema } from '../evidence/schema.ts'

export const severities = ['error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]
export const confidences = ['observed', 'likely', 'possible'] as const
export type Confidence = (typeof confidences)[number]
export const actors = ['you', 'exchange-admin', 'entra-admin', 'network-admin'] as const
export type Actor = (typeof actors)[number]

export const findingSchema = z.object({
  id: z.string(),
  severity: z.enum(severities),
  confidence: z.enum(confidences),
  actor: z.enum(actors),
  /** `step:<id>` of each step that shows it. */
  evidence: z.array(z.string()),
  facts: factsSchema,
})
export type Finding = z.infer<typeof findingSchema>
