/** The run as a whole: its budget, and the last resort of a run that failed without a cause. */
import { draft, type Draft } from './draft.ts'
import { worksInBrowserOnly } from './otherWay.ts'
import type { View } from './view.ts'

export function runRules(view: View): Draft[] {
  return [...worksInBrowserOnly(view), ...budget(view)]
}

function budget(view: View): Draft[] {
  if (view.evidence.outcome !== 'budget-spent') return []
  const open = view.evidence.steps.findLast((step) => step.state === 'cancelled') ?? view.evidence.steps.at(-1)
  const facts = {
    step: open?.name ?? null,
    target: open?.target ?? null,
    openStep: open?.id ?? null,
    seconds: Math.round(view.evidence.ms / 1000),
  }
  return [draft('time-budget-spent', { path: 'run', steps: open === undefined ? [] : [open.id], facts })]
}

/** What is certain when no rule knows more: it did not work, and where it ended. */
export function causeUnknown(view: View): Draft {
  const { steps } = view.evidence
  const last =
    steps.findLast((step) => step.state === 'failed' || step.state === 'crashed') ??
    steps.findLast((step) => step.state === 'no-answer' || step.state === 'warning') ??
    steps.at(-1)
  const status = last?.observations.findLast((seen) => seen.kind === 'http')?.status ?? null
  const facts = { openStep: last?.id ?? null, step: last?.name ?? null, target: last?.target ?? null, status }
  return draft('cause-unknown', { path: 'run', steps: last === undefined ? [] : [last.id], facts })
}
