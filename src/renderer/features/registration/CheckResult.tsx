/** What is known of a step: from the check of this session with its findings, or from an earlier one by date and code. */
import type { Finding } from '../../../contract/contract.ts'
import type { StepCheck, StepState } from '../../../contract/guide.ts'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import type { Basics } from '../basics/basics.ts'
import { FindingBody } from '../run/FindingCard.tsx'
import { useGuideWords } from './guideWords.ts'
import type { CheckRun } from './useCheck.ts'

const icons: Record<StepCheck['outcome'], IconName> = {
  passed: 'check',
  warning: 'warning',
  failed: 'cross',
  open: 'ring',
}

export function CheckResult({ step, basics, run }: { step: StepState; basics: Basics; run: CheckRun | null }) {
  const { dialog, guide } = useGuideWords()
  if (run?.status === 'running') {
    return (
      <div className="check-result">
        <p className="check-state check-open">
          <Icon name="spinner" />
          {guide.check.running}
        </p>
        <SeenSteps run={run} />
      </div>
    )
  }
  const trouble =
    run === null || run.status === 'ended'
      ? null
      : run.status === 'withheld'
        ? dialog.withheld
        : guide.check[run.status]
  return (
    <div className="check-result">
      {trouble !== null && <p role="alert">{trouble}</p>}
      {step.check === null ? (
        <p className="quiet-text">{guide.check.never}</p>
      ) : (
        <Outcome check={step.check} basics={basics} run={run} />
      )}
      {run !== null && <SeenSteps run={run} />}
    </div>
  )
}

function Outcome({ check, basics, run }: { check: StepCheck; basics: Basics; run: CheckRun | null }) {
  const words = useGuideWords()
  const { guide, fill, date } = words
  const { outcome, note, because, passedAt, at } = check
  const finding = findingOf(check, run)
  return (
    <>
      <p className={`check-state check-${outcome}`}>
        <Icon name={icons[outcome]} />
        <span>
          <strong>{guide.check.outcomes[outcome]}</strong>, {fill(guide.check.at, { date: date(at) })}
        </span>
      </p>
      {isStale(check, basics) && <p>{guide.check.stale}</p>}
      {outcome === 'failed' && passedAt !== null && (
        <p className="check-regressed">{fill(guide.check.regressed, { date: date(passedAt) })}</p>
      )}
      {note !== null && <p>{guide.check.notes[note]}</p>}
      {because !== null && <p>{fill(guide.check.because, { title: guide.steps.entries[because].title })}</p>}
      {finding !== null && run?.result != null && (
        <div className="check-finding">
          <p>
            <strong>{words.finding(finding).title}</strong>
          </p>
          <FindingBody finding={finding} result={run.result} />
        </div>
      )}
      {finding === null && check.finding !== null && because === null && (
        <p className="quiet-text">{fill(guide.check.code, { id: check.finding })}</p>
      )}
    </>
  )
}

/** The finding with its facts, where the run that found it is still at hand. */
function findingOf(check: StepCheck, run: CheckRun | null): Finding | null {
  if (check.finding === null || check.because !== null) return null
  return run?.result?.findings.find(({ id }) => id === check.finding) ?? null
}

/** Compared as a run would use the fields: cleaned where the checks know better. */
function isStale(check: StepCheck, basics: Basics): boolean {
  const used = (field: 'tenantId' | 'clientId') =>
    (
      basics.remarks.find((remark) => remark.field === field && remark.suggestion !== null)?.suggestion ??
      basics.draft[field].trim()
    ).toLowerCase()
  const differs = (field: 'tenantId' | 'clientId') => used(field) !== check[field].toLowerCase()
  // A value that is none was never used; the check says so itself.
  const isWrong = basics.remarks.some(
    (remark) => (remark.field === 'tenantId' || remark.field === 'clientId') && remark.severity === 'error',
  )
  return !isWrong && (differs('tenantId') || differs('clientId'))
}

function SeenSteps({ run }: { run: CheckRun }) {
  const { guide, step: stepWords, summary } = useGuideWords()
  if (run.seen.length === 0) return null
  return (
    <details className="fold">
      <summary>{guide.check.seen}</summary>
      <ul className="plain seen-steps">
        {run.seen.map((step) => (
          <li key={step.id}>
            <strong>{stepWords(step.name, step.target)}</strong>: {summary(step.summary)}
          </li>
        ))}
      </ul>
    </details>
  )
}
