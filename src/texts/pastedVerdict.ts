/** What a pasted text shows as a whole: one key of the sentences `explain.results`, for the terminal, the dialog and reports alike. */
import type { Evidence } from '../core/evidence/schema.ts'
import type { Finding } from '../core/findings/finding.ts'
import type { explain } from './explain.en.ts'

export type PastedVerdict = keyof (typeof explain)['results']

export function pastedVerdict(o: { evidence: Evidence; findings: readonly Finding[] }): PastedVerdict {
  if (o.evidence.outcome === 'fails') return 'wrong'
  if (endsWithQuestionForLogin(o.evidence)) return 'unclear'
  return o.findings.length > 0 ? 'remarks' : 'nothingWrong'
}

/**
 * A 401 whose request is not in the text: the right answer to a request without a login, a refusal of one with it. Which of both it
 * is cannot be read from the answer.
 */
function endsWithQuestionForLogin({ steps }: Evidence): boolean {
  const seen = steps.at(-1)?.observations ?? []
  const answer = seen.findLast((one) => one.kind === 'http')
  return answer?.status === 401 && seen.every((one) => one.kind !== 'login')
}
