/** What a run shows: how far it is, and its result. */
import { useEffect, useRef } from 'react'
import { ProgressBar } from 'react-aria-components'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { useWords } from '../../words.ts'
import { bannerOf } from './banner.ts'
import { ResultView } from './ResultView.tsx'
import { isUnderWay, progressOf, shownRun, type Run, type RunState } from './run.ts'

type ResultPanelProps = {
  state: RunState
  /** Puts a URL into the field, as if typed. */
  onEnterUrl: (url: string) => void
}

export function ResultPanel({ state, onEnterUrl }: ResultPanelProps) {
  const { dialog } = useWords()
  const shown = shownRun(state)
  const { current } = state
  useSpokenProgress(current)
  return (
    <section className={current === null ? 'result' : 'result has-run'} aria-labelledby="result-title" id="result">
      <h2 id="result-title">{dialog.result.title}</h2>
      {current !== null && isUnderWay(current) && <Progress run={current} />}
      {shown === null ? (
        <p className="empty">{dialog.result.empty}</p>
      ) : (
        <>
          {shown !== current && <p className="quiet-text">{dialog.result.previous}</p>}
          <ResultView key={shown === current ? 'current' : 'previous'} run={shown} onEnterUrl={onEnterUrl} />
        </>
      )}
    </section>
  )
}

/** Phases and the outcome are read out, the single steps are not. */
function useSpokenProgress(run: Run | null) {
  const words = useWords()
  const announce = useAnnounce()
  const phase = run !== null && isUnderWay(run) ? progressOf(run).phase : null
  const verdict = run === null ? null : (bannerOf(words, run)?.title ?? null)
  const spoken = verdict ?? (phase === null ? null : words.dialog.result.running[phase])
  const last = useRef<string | null>(null)
  useEffect(() => {
    if (spoken !== null && spoken !== last.current) announce(spoken)
    last.current = spoken
  }, [spoken, announce])
}

function Progress({ run }: { run: Run }) {
  const words = useWords()
  const { dialog, fill } = words
  const { done, all, phase } = progressOf(run)
  const text =
    run.question !== null
      ? dialog.consent.waiting
      : phase === null
        ? dialog.result.starting
        : fill(dialog.result.progress, { phase: words.dialog.result.running[phase], done, all })
  return (
    <ProgressBar
      className="progress"
      value={done}
      maxValue={Math.max(all, 1)}
      isIndeterminate={all < 2}
      aria-label={text}
    >
      {({ percentage }) => (
        <>
          <span className="progress-text">{run.status === 'stopping' ? dialog.actions.stopping : text}</span>
          <span className="progress-track">
            <span
              className={percentage === undefined ? 'progress-fill moving' : 'progress-fill'}
              style={percentage === undefined ? {} : { inlineSize: `${percentage}%` }}
            />
          </span>
        </>
      )}
    </ProgressBar>
  )
}
