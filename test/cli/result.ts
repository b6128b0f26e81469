/** The JSON result as scripts see it: written down here once more, from the contract and not from the program. */
import { z } from 'zod'

const findingSchema = z.looseObject({
  id: z.string().min(1),
  severity: z.enum(['error', 'warning', 'info']),
  confidence: z.enum(['observed', 'likely', 'possible']),
  actor: z.enum(['you', 'exchange-admin', 'entra-admin', 'network-admin']),
  title: z.string().min(1),
  explanation: z.string().min(1),
  remedy: z.array(z.string()),
  evidence: z.array(z.string()),
  facts: z.record(z.string(), z.unknown()),
})

export const resultSchema = z.looseObject({
  schema: z.literal(1),
  command: z.enum(['locate', 'test']),
  ok: z.boolean(),
  outcome: z.enum(['works', 'fails', 'budget-spent', 'cancelled']),
  ewsUrl: z.string().nullable(),
  source: z.enum(['pox', 'soap', 'json', 'srv', 'redirect', 'scp', 'cloud', 'manual']).nullable(),
  auth: z.enum(['oauth', 'negotiate', 'ntlm', 'basic']).nullable(),
  server: z.looseObject({ product: z.string(), build: z.string() }).nullable(),
  findings: z.array(findingSchema),
  steps: z.array(
    z.looseObject({
      id: z.string(),
      phase: z.string(),
      state: z.enum(['passed', 'warning', 'failed', 'no-answer', 'skipped', 'cancelled', 'crashed']),
      ms: z.number(),
      summary: z.string().min(1),
    }),
  ),
})
export type Result = z.infer<typeof resultSchema>

/** Standard output that has to be exactly one result. Throws when anything else is there. */
export function resultOf(stdout: string): Result {
  return resultSchema.parse(JSON.parse(stdout))
}

export function ids(result: Result): string[] {
  return result.findings.map((finding) => finding.id)
}
