/** The steps of a run as a tree of depth two. Phases that passed are folded, failed ones unfold themselves. */
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { Button } from 'react-aria-components'
import type { Phase } from '../../../contract/contract.ts'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'
import { EvidenceFold } from './Evidence.tsx'
import { isUnderWay, phasesOf, progressOf, type PhaseView, type Run, type StepView } from './run.ts'

const icons: Record<StepView['state'], IconName> = {
  waiting: 'ring',
  running: 'spinner',
  passed: 'check',
  warning: 'warning',
  failed: 'cross',
  'no-answer': 'dash',
  skipped: 'dash',
  cancelled: 'stop',
  crashed: 'cross',
}

/** A step that takes longer than this says what it is waiting for. */
const slowMs = 8_000

export function StepList({ run }: { run: Run }) {
  const { dialog, count } = useWords()
  // What the person folded or unfolded by hand; everything else follows the state.
  const [chosen, setChosen] = useState<ReadonlyMap<Phase, boolean>>(new Map())
  const underWay = isUnderWay(run)
  const now = useNow(underWay)
  const title = useId()
  const phases = phasesOf(run)
  if (phases.length === 0) return null
  const { done, all } = progressOf(run)
  const set = (changed: readonly Phase[], open: boolean) =>
    setChosen(new Map([...chosen, ...changed.map((phase) => [phase, open] as const)]))
  const every = phases.map((phase) => phase.phase)
  return (
    <section className="steps" aria-labelledby={title}>
      <div className="steps-head">
        <h3 id={title}>{dialog.steps.title}</h3>
        <span className="quiet-text">{count(dialog.steps.count, all, { done })}</span>
        <span className="spacer" />
        <Button className="button link" onPress={() => set(every, true)}>
          {dialog.steps.expandAll}
        </Button>
        <Button className="button link" onPress={() => set(every, false)}>
          {dialog.steps.collapseAll}
        </Button>
      </div>
      <ol className="plain phases">
        {phases.map((phase) => (
          <PhaseRow
            key={phase.phase}
            phase={phase}
            now={now}
            open={chosen.get(phase.phase) ?? unfoldsItself(phase)}
            onToggle={(open) => set([phase.phase], open)}
          />
        ))}
      </ol>
    </section>
  )

  function unfoldsItself(phase: PhaseView): boolean {
    return phase.state === 'failed' || phase.state === 'warning'
  }
}

type PhaseRowProps = { phase: PhaseView; now: number; open: boolean; onToggle: (open: boolean) => void }

function PhaseRow({ phase, now, open, onToggle }: PhaseRowProps) {
  const words = useWords()
  const { dialog, fill, duration } = words
  const id = useId()
  const running = phase.steps.find((step) => step.state === 'running')
  const phaseTime =
    phase.ms !== null
      ? phase.state === 'skipped'
        ? ''
        : duration(phase.ms)
      : phase.state === 'running'
        ? fill(dialog.steps.short, { done: phase.done, count: phase.steps.length })
        : ''
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') onToggle(true)
    if (event.key === 'ArrowLeft') onToggle(false)
  }
  return (
    <li className={`phase state-${phase.state}`}>
      <h4>
        <button
          type="button"
          className="phase-button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => onToggle(!open)}
          onKeyDown={onKeyDown}
        >
          <Icon name="chevron" className="fold-mark" />
          <Icon name={icons[phase.state]} className="state-icon" />
          <span className="phase-name">{words.run.phases[phase.phase]}</span>
          <span className="state-word">{words.run.states[phase.state]}</span>
          <span className="ms">{phaseTime}</span>
        </button>
      </h4>
      {!open && running !== undefined && (
        <div className="phase-line">
          {words.step(running.name, running.target)}
          <SlowLine step={running} now={now} />
        </div>
      )}
      <ol id={id} className="plain step-rows" hidden={!open}>
        {phase.steps.map((step) => (
          <StepRow key={step.id} step={step} now={now} />
        ))}
      </ol>
    </li>
  )
}

function StepRow({ step, now }: { step: StepView; now: number }) {
  const words = useWords()
  const { dialog, fill, duration } = words
  const name = words.step(step.name, step.target)
  return (
    <li className={`step state-${step.state}`}>
      <div className="step-line">
        <Icon name={icons[step.state]} className="state-icon" />
        <span className="step-name">{name}</span>
        <span className="state-word">{words.run.states[step.state]}</span>
        <span className="ms">{step.step === null || step.state === 'skipped' ? '' : duration(step.step.ms)}</span>
      </div>
      {step.step !== null && <p className="step-summary">{words.summary(step.step.summary)}</p>}
      <SlowLine step={step} now={now} />
      {step.step !== null && (
        <EvidenceFold
          label={dialog.steps.proof}
          name={fill(dialog.steps.proofOf, { step: name })}
          steps={[step.step]}
        />
      )}
    </li>
  )
}

function SlowLine({ step, now }: { step: StepView; now: number }) {
  const { dialog, fill } = useWords()
  if (step.state !== 'running' || step.startedAt === null || now - step.startedAt < slowMs) return null
  const seconds = Math.floor((now - step.startedAt) / 1000)
  return (
    <p className="step-summary">
      {step.target === null
        ? fill(dialog.steps.stillWaitingHere, { seconds })
        : fill(dialog.steps.stillWaiting, { seconds, target: step.target })}
    </p>
  )
}

function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    if (!ticking) return undefined
    const timer = setInterval(() => setNow(performance.now()), 1_000)
    return () => clearInterval(timer)
  }, [ticking])
  return now
}
