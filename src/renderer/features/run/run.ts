/** What the window knows of a run: a pure function from its events to what is shown. No words, no clock of its own. */
import type { ConsentQuestion, Phase, RunEvent, RunResult, Shape, Step, StepState } from '../../../contract/contract.ts'
import { assertNever } from '../../assertNever.ts'

export type Command = 'locate' | 'test'

export type StepView = {
  id: string
  name: string
  target: string | null
  phase: Phase
  state: 'waiting' | 'running' | StepState
  /** When it began, in ms of the window's own clock; null before. */
  startedAt: number | null
  /** The step as it ended; null before, and for steps that were cut off. */
  step: Step | null
}

/**
 * `running` and `stopping` are under way. `ended` has a result; `stopped` was closed by the person; `lost` broke off;
 * `refused` never began because another run of this window is under way, `withheld` because saved secrets would have gone elsewhere.
 */
export type RunStatus = 'running' | 'stopping' | 'ended' | 'stopped' | 'lost' | 'refused' | 'withheld'

export type Run = {
  /** A check of the guide is shown here only when its saved evidence is opened. */
  command: Command | 'registration'
  status: RunStatus
  steps: readonly StepView[]
  question: ConsentQuestion | null
  result: RunResult | null
  /** What the material was recognised as that the result was made of; null for a run. */
  shape: Shape | null
}

/** The latest run, and the one before it for as long as the latest has shown nothing yet. */
export type RunState = { current: Run | null; previous: Run | null }

export type RunAction =
  | { kind: 'started'; command: Command }
  | { kind: 'event'; event: RunEvent; at: number }
  | { kind: 'answered'; questionId: string }
  | { kind: 'stopping' }
  | { kind: 'closed'; as: 'stopped' | 'lost' | 'refused' | 'withheld' }

export const noRun: RunState = { current: null, previous: null }

export function isUnderWay(run: Run | null): boolean {
  return run !== null && (run.status === 'running' || run.status === 'stopping')
}

/** The run whose result is on screen: a new run takes the place of the old one when its first step has ended. */
export function shownRun(state: RunState): Run | null {
  const { current, previous } = state
  if (current === null || previous === null) return current
  const silent = current.status === 'running' || current.status === 'stopping'
  return silent && !current.steps.some((step) => step.step !== null) ? previous : current
}

export function reduceRun(state: RunState, action: RunAction): RunState {
  if (action.kind === 'started') {
    const fresh: Run = {
      command: action.command,
      status: 'running',
      steps: [],
      question: null,
      result: null,
      shape: null,
    }
    return { current: fresh, previous: shownRun(state) }
  }
  const run = state.current
  if (run === null) return state
  switch (action.kind) {
    case 'event':
      return isUnderWay(run) ? { ...state, current: withEvent(run, action.event, action.at) } : state
    case 'answered':
      return run.question?.id === action.questionId ? { ...state, current: { ...run, question: null } } : state
    case 'stopping':
      return run.status === 'running' ? { ...state, current: { ...run, status: 'stopping', question: null } } : state
    case 'closed':
      if (!isUnderWay(run)) return state
      return { ...state, current: { ...run, status: action.as, question: null, steps: run.steps.map(cutOff) } }
    default:
      return assertNever(action)
  }
}

function withEvent(run: Run, event: RunEvent, at: number): Run {
  switch (event.kind) {
    case 'planned':
      return { ...run, steps: event.steps.map((step) => ({ ...step, state: 'waiting', startedAt: null, step: null })) }
    case 'step-started': {
      const { id, name, target, phase } = event
      return {
        ...run,
        steps: withStep(run.steps, { id, name, target, phase, state: 'running', startedAt: at, step: null }),
      }
    }
    case 'step-ended': {
      const { id, name, target, phase, state } = event.step
      const startedAt = run.steps.find((step) => step.id === id)?.startedAt ?? at
      return { ...run, steps: withStep(run.steps, { id, name, target, phase, state, startedAt, step: event.step }) }
    }
    case 'question':
      return run.status === 'running' ? { ...run, question: event.question } : run
    case 'ended':
      return { ...run, status: 'ended', question: null, result: event.result, steps: settled(run.steps, event.result) }
    default:
      return assertNever(event)
  }
}

/** A result that no run of this window made: saved evidence, or material of a shape. */
export function judgedRun(result: RunResult, shape: Shape | null): Run {
  const { command } = result.evidence
  return { command, status: 'ended', steps: settled([], result), question: null, result, shape }
}

/** Replaces the step of the same id; a new one goes behind the last of its phase, so that other rows keep their place. */
function withStep(steps: readonly StepView[], step: StepView): readonly StepView[] {
  if (steps.some((other) => other.id === step.id)) return steps.map((other) => (other.id === step.id ? step : other))
  const last = steps.findLastIndex((other) => other.phase === step.phase)
  return last < 0 ? [...steps, step] : steps.toSpliced(last + 1, 0, step)
}

/** The result's evidence is the last word on every step, also on those whose own event did not arrive. */
function settled(steps: readonly StepView[], result: RunResult): readonly StepView[] {
  const withAll = result.evidence.steps.reduce<readonly StepView[]>((all, step) => {
    const { id, name, target, phase, state } = step
    const startedAt = all.find((other) => other.id === id)?.startedAt ?? null
    return withStep(all, { id, name, target, phase, state, startedAt, step })
  }, steps)
  return withAll.map(cutOff)
}

function cutOff(step: StepView): StepView {
  if (step.state === 'running') return { ...step, state: 'cancelled' }
  return step.state === 'waiting' ? { ...step, state: 'skipped' } : step
}

export type PhaseView = {
  phase: Phase
  state: StepView['state']
  steps: readonly StepView[]
  /** Steps that have ended, in whatever way. */
  done: number
  /** From the first start to the last end of its steps; null while something is missing. */
  ms: number | null
}

/** The order of the phases on screen: the way of a run, whenever their steps become known. */
const phaseOrder: Record<Phase, number> = {
  input: 0,
  names: 1,
  discovery: 2,
  transport: 3,
  token: 4,
  login: 5,
  mailbox: 6,
}

/** Depth one of the tree. */
export function phasesOf(run: Run): PhaseView[] {
  const order = [...new Set(run.steps.map((step) => step.phase))].sort((a, b) => phaseOrder[a] - phaseOrder[b])
  return order.map((phase) => {
    const steps = run.steps.filter((step) => step.phase === phase)
    const ended = steps.flatMap((step) => (step.step === null ? [] : [step.step]))
    const first = Math.min(...ended.map((step) => step.startedMs))
    const last = Math.max(...ended.map((step) => step.startedMs + step.ms))
    const open = steps.some((step) => step.state === 'running' || step.state === 'waiting')
    return {
      phase,
      steps,
      state: phaseState(phase, steps),
      done: steps.filter((step) => step.state !== 'running' && step.state !== 'waiting').length,
      ms: open || ended.length === 0 ? null : last - first,
    }
  })
}

/** Looking for a server at several places is no alarm: there one good answer is enough, and the losers do not count. */
function phaseState(phase: Phase, steps: readonly StepView[]): StepView['state'] {
  const any = (...states: StepView['state'][]) => steps.some((step) => states.includes(step.state))
  if (any('running')) return 'running'
  if (any('waiting')) return steps.every((step) => step.state === 'waiting') ? 'waiting' : 'running'
  if (phase === 'discovery' && any('passed')) return 'passed'
  if (any('failed', 'crashed')) return 'failed'
  if (any('warning')) return 'warning'
  if (any('cancelled')) return 'cancelled'
  if (any('passed')) return 'passed'
  return any('no-answer') ? 'no-answer' : 'skipped'
}

/** "3 of 7": steps that ended, of those known so far. */
export function progressOf(run: Run): { done: number; all: number; phase: Phase | null } {
  const done = run.steps.filter((step) => step.state !== 'running' && step.state !== 'waiting').length
  const active =
    run.steps.find((step) => step.state === 'running') ?? run.steps.find((step) => step.state === 'waiting')
  return { done, all: run.steps.length, phase: active?.phase ?? null }
}

export type Verdict = 'works' | 'remarks' | 'fails' | 'budget-spent' | 'cancelled' | 'lost' | 'refused' | 'withheld'

/** The one outcome that the banner tells; null while the run is under way. */
export function verdictOf(run: Run): Verdict | null {
  switch (run.status) {
    case 'running':
    case 'stopping':
      return null
    case 'stopped':
      return 'cancelled'
    case 'lost':
    case 'refused':
    case 'withheld':
      return run.status
    case 'ended': {
      if (run.result === null) return 'lost'
      const { ok, findings, evidence } = run.result
      if (evidence.outcome === 'cancelled') return 'cancelled'
      if (!ok) return evidence.outcome === 'budget-spent' ? 'budget-spent' : 'fails'
      return findings.some((finding) => finding.severity !== 'info') ? 'remarks' : 'works'
    }
    default:
      return assertNever(run.status)
  }
}

/** The host that named the URL which a run found; null when nothing in the evidence says so. */
export function namingHost(result: RunResult): string | null {
  const { ewsUrl, source, steps } = result.evidence
  if (ewsUrl === null || source === null || source === 'manual') return null
  for (const step of steps) {
    for (const seen of step.observations) {
      if (seen.kind === 'autodiscover' && seen.ewsUrl === ewsUrl && seen.source === source) return seen.host
    }
  }
  return null
}
