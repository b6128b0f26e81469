/** The one sentence above the steps, and the finding that it speaks of. */
import type { Finding } from '../../../contract/contract.ts'
import { pastedVerdict } from '../../../texts/pastedVerdict.ts'
import { assertNever } from '../../assertNever.ts'
import type { Words } from '../../words.ts'
import { verdictOf, type Run } from './run.ts'

export type Tone = 'good' | 'remarks' | 'bad' | 'quiet'

export type Banner = {
  tone: Tone
  title: string
  /** The cause that the sentence names; null where the sentence is not about a finding. */
  finding: Finding | null
}

/** null while the run is under way. */
export function bannerOf({ dialog, explain, fill, finding: wordsOf }: Words, run: Run): Banner | null {
  const verdict = verdictOf(run)
  if (verdict === null) return null
  const plain = (tone: Tone, title: string): Banner => ({ tone, title, finding: null })
  const mailbox = run.result?.evidence.input.email ?? ''
  const locating = run.command === 'locate'
  // A text proves no login: what it does not show to be wrong is all that can be said.
  if (run.shape !== null && run.result !== null && (verdict === 'works' || verdict === 'remarks')) {
    const shown = pastedVerdict(run.result)
    return plain(shown === 'nothingWrong' ? 'good' : 'remarks', explain.results[shown])
  }
  if (run.command === 'registration' && (verdict === 'works' || verdict === 'remarks'))
    return plain(verdict === 'works' ? 'good' : 'remarks', dialog.result.checkWorks)
  switch (verdict) {
    case 'works':
      return plain('good', locating ? dialog.result.locateWorks : fill(dialog.result.testWorks, { mailbox }))
    case 'remarks':
      return plain(
        'remarks',
        locating ? dialog.result.locateWorksRemarks : fill(dialog.result.testWorksRemarks, { mailbox }),
      )
    case 'fails':
    case 'budget-spent': {
      const first = run.result?.findings[0]
      if (first !== undefined) return { tone: 'bad', title: wordsOf(first).title, finding: first }
      if (verdict === 'budget-spent') return plain('bad', dialog.result.budgetSpent)
      return plain('bad', locating ? dialog.result.locateFails : dialog.result.testFails)
    }
    case 'cancelled':
      return plain('quiet', dialog.result.cancelled)
    case 'lost':
      return plain('bad', dialog.result.lost)
    case 'refused':
      return plain('bad', dialog.result.active)
    case 'withheld':
      return plain('bad', dialog.withheld)
    default:
      return assertNever(verdict)
  }
}
