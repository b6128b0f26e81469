/** What came of the text: what it was recognised as and the result, or why it could not be judged. */
import { useEffect, useMemo } from 'react'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { useWords, type Words } from '../../words.ts'
import { bannerOf } from '../run/banner.ts'
import { ResultView } from '../run/ResultView.tsx'
import { judgedRun } from '../run/run.ts'
import type { DiagnosisState, Problem } from './useDiagnosis.ts'

export function DiagnosisResult({ state }: { state: DiagnosisState }) {
  const { dialog, explain } = useWords()
  return (
    <section className="result" aria-labelledby="diagnosis-result-title" id="diagnosis-result">
      <h2 id="diagnosis-result-title">{dialog.result.title}</h2>
      {state.kind === 'empty' && <p className="empty">{explain.page.empty}</p>}
      {state.kind === 'judging' && <p className="quiet-text">{explain.page.judging}</p>}
      {state.kind === 'problem' && <ProblemLine problem={state.problem} />}
      {state.kind === 'explained' && <Explained key={state.turn} diagnosis={state.diagnosis} />}
    </section>
  )
}

function problemText({ explain, fill }: Words, problem: Problem): string {
  return problem.kind === 'refusal'
    ? fill(explain.refusals[problem.reason], problem.facts)
    : fill(explain.page[problem.text], problem.facts)
}

function ProblemLine({ problem }: { problem: Problem }) {
  const words = useWords()
  return (
    <div className="verdict tone-bad" role="alert">
      <div className="banner">
        <Icon name="cross" />
        <p>{problemText(words, problem)}</p>
      </div>
    </div>
  )
}

type ExplainedProps = { diagnosis: Extract<DiagnosisState, { kind: 'explained' }>['diagnosis'] }

function Explained({ diagnosis: { result, shape } }: ExplainedProps) {
  const words = useWords()
  const { explain, dialog, fill } = words
  const announce = useAnnounce()
  const run = useMemo(() => judgedRun(result, shape), [result, shape])
  const recognised =
    shape === null
      ? fill(explain.recognisedRun, {
          command: dialog.result.commands[result.evidence.command],
          at: result.evidence.startedAt,
        })
      : fill(explain.recognised, { shape: explain.shapes[shape] })
  const verdict = bannerOf(words, run)?.title ?? ''
  useEffect(() => announce(`${recognised} ${verdict}`), [announce, recognised, verdict])
  return (
    <>
      <p className="recognised">{recognised}</p>
      <ResultView run={run} onEnterUrl={null} />
    </>
  )
}
