/** The frame of a run: steps that may go side by side, events in order, one signal, one budget, and an end in any case. */
import type { TokenCache } from '../auth/tokenCache.ts'
import type { ConnectorHost, RunOptions, RunRequest } from '../connector.ts'
import {
  evidenceSchemaVersion,
  type Evidence,
  type Facts,
  type Observation,
  type Phase,
  type Step,
  type StepState,
} from '../evidence/schema.ts'
import { judge } from '../findings/judge.ts'
import type { Network, Recorder } from '../network/network.ts'
import { createNetwork } from '../network/network.ts'
import { checkRequest, inputEvidence, type CheckedRequest, type CheckPurpose } from '../settings/checks.ts'
import type { ConsentQuestion, RunEvent } from './events.ts'
import type { Memory } from './memory.ts'
import { lookForOtherWay } from './otherWay.ts'
import { createQueue } from './eventQueue.ts'
import type { StepName, SummaryId } from './summaries.ts'

export type StepSpec = { name: StepName; target?: string | null; phase: Phase }
export type StepContext = { signal: AbortSignal; record: Recorder }
export type StepOutcome<T> = { value: T; state: StepState; summary: SummaryId; facts?: Facts }

/** What a command found out, besides its steps. */
export type Verdict = Pick<Evidence, 'ewsUrl' | 'source' | 'auth' | 'ewsVersion' | 'server'> & { ok: boolean }

export type Run = {
  request: RunRequest
  checked: CheckedRequest
  network: Network
  /** Tokens that worked in earlier runs of this program. */
  tokens: TokenCache
  /** What the last search found, by mail domain. */
  memory: Memory
  signal: AbortSignal
  /** Does one step. A step that throws is recorded as crashed and gives null; `group` ends it early as not needed. */
  step<T>(
    spec: StepSpec,
    work: (context: StepContext) => Promise<StepOutcome<T>>,
    group?: AbortSignal,
  ): Promise<T | null>
  skip(spec: StepSpec, summary: Extract<SummaryId, 'not-needed' | 'not-reached'>): void
  /** Tells the window which steps to expect. */
  plan(steps: readonly StepSpec[]): void
  ask(question: Omit<ConsentQuestion, 'id'>): Promise<boolean>
  observations(): readonly Observation[]
  /** DNS domain of the Active Directory that this machine or its ticket belongs to; null: none is known. */
  machineDomain(): Promise<string | null>
  /** Ends the time budget: what follows has bounds of its own, in the number of its calls and the time of each. */
  releaseBudget(): void
}

const emptyVerdict: Verdict = { ok: false, ewsUrl: null, source: null, auth: null, ewsVersion: null, server: null }

/** Runs a command from its first check to its findings. The generator ends with `ended`; closing it early stops the run. */
export async function* runCommand(o: {
  command: Evidence['command']
  /** What the fields have to hold; a button asks for itself. */
  purpose: CheckPurpose
  request: RunRequest
  options: RunOptions
  host: ConnectorHost
  tokens: TokenCache
  memory: Memory
  work: (run: Run) => Promise<Verdict>
}): AsyncGenerator<RunEvent, void, void> {
  const { command, request, options, host, memory } = o
  const startedAt = new Date()
  const started = performance.now()
  const closed = new AbortController()
  // Not AbortSignal.timeout: what the budget cuts off was not seen to its own limit, so nothing may be claimed about it.
  const budget = new AbortController()
  const budgetTimer = setTimeout(() => budget.abort(), request.settings.network.timeoutMs)
  const signal = AbortSignal.any([options.signal, closed.signal, budget.signal])
  const events = createQueue<RunEvent>()
  const steps: Step[] = []
  const used = new Map<string, number>()
  const checked = checkRequest(request, o.purpose)
  const input = inputEvidence(request, checked)
  const elapsed = (): number => Math.round(performance.now() - started)

  const specOf = (spec: StepSpec): { id: string; name: StepName; target: string | null; phase: Phase } => {
    const base = spec.target === undefined || spec.target === null ? spec.name : `${spec.name}:${spec.target}`
    const count = (used.get(base) ?? 0) + 1
    used.set(base, count)
    return {
      id: count === 1 ? base : `${base}#${count}`,
      name: spec.name,
      target: spec.target ?? null,
      phase: spec.phase,
    }
  }
  const end = (step: Step): void => {
    steps.push(step)
    events.push({ kind: 'step-ended', step })
  }

  const run: Run = {
    request,
    checked,
    network: createNetwork(request.settings.network, host, request.secrets),
    tokens: o.tokens,
    memory,
    signal,
    async step<T>(
      spec: StepSpec,
      work: (context: StepContext) => Promise<StepOutcome<T>>,
      group?: AbortSignal,
    ): Promise<T | null> {
      const named = specOf(spec)
      const startedMs = elapsed()
      const observations: Observation[] = []
      const record: Recorder = (observation) => {
        observations.push(observation)
      }
      events.push({ kind: 'step-started', ...named })
      const finish = (state: StepState, summary: SummaryId, facts: Facts): void =>
        end({ ...named, state, startedMs, ms: elapsed() - startedMs, summary: { text: summary, facts }, observations })
      try {
        const outcome = await work({ signal: group === undefined ? signal : AbortSignal.any([signal, group]), record })
        const stopped = outcome.state !== 'passed' && outcome.state !== 'warning'
        if (stopped && signal.aborted) finish('cancelled', 'cancelled', {})
        else if (stopped && group?.aborted === true) finish('skipped', 'not-needed', {})
        else finish(outcome.state, outcome.summary, outcome.facts ?? {})
        return outcome.value
      } catch (error) {
        if (signal.aborted) finish('cancelled', 'cancelled', {})
        else {
          host.onCrash?.(error)
          finish('crashed', 'crashed', {})
        }
        return null
      }
    },
    skip(spec, summary) {
      end({
        ...specOf(spec),
        state: 'skipped',
        startedMs: elapsed(),
        ms: 0,
        summary: { text: summary, facts: {} },
        observations: [],
      })
    },
    plan(specs) {
      events.push({
        kind: 'planned',
        steps: specs.map((spec) => ({
          id: spec.target === undefined || spec.target === null ? spec.name : `${spec.name}:${spec.target}`,
          name: spec.name,
          target: spec.target ?? null,
          phase: spec.phase,
        })),
      })
    },
    async ask(question) {
      const asked: ConsentQuestion = { ...question, id: `consent:${question.host}` }
      events.push({ kind: 'question', question: asked })
      return new Promise<boolean>((resolve) => {
        signal.addEventListener('abort', () => resolve(false), { once: true })
        options.ask(asked).then(resolve, () => resolve(false))
      })
    },
    observations: () => steps.flatMap((step) => step.observations),
    machineDomain: () => host.machineDomain?.() ?? Promise.resolve(null),
    releaseBudget: () => clearTimeout(budgetTimer),
  }

  const whole = async (): Promise<void> => {
    let verdict = emptyVerdict
    try {
      const accepted = await run.step({ name: 'input', phase: 'input' }, async () => inputOutcome(checked))
      if (accepted === true) {
        verdict = await o.work(run)
        if (!verdict.ok) await lookForOtherWay(run)
      }
    } catch (error) {
      if (!signal.aborted) host.onCrash?.(error)
    }
    clearTimeout(budgetTimer)
    const interrupted = options.signal.aborted || closed.signal.aborted
    const outcome = verdict.ok ? 'works' : interrupted ? 'cancelled' : budget.signal.aborted ? 'budget-spent' : 'fails'
    const { ok: _ok, ...facts } = verdict
    const evidence: Evidence = {
      schema: evidenceSchemaVersion,
      product: { name: 'ews-setup', version: host.version },
      platform: { system: process.platform, node: process.version },
      command,
      startedAt: startedAt.toISOString(),
      ms: elapsed(),
      input,
      steps: steps.toSorted((a, b) => a.startedMs - b.startedMs),
      outcome,
      ...facts,
    }
    events.push({ kind: 'ended', result: { ok: verdict.ok, findings: judge(evidence), evidence } })
    events.end()
  }

  // A crash of our own rules must end the stream as well, loudly.
  const finished = whole().catch((error: unknown) => events.fail(error))
  try {
    yield* events.items()
  } finally {
    closed.abort()
    await finished
  }
}

async function inputOutcome(checked: CheckedRequest): Promise<StepOutcome<boolean>> {
  const errors = checked.remarks.filter((remark) => remark.severity === 'error').length
  if (errors > 0) return { value: false, state: 'failed', summary: 'input-refused', facts: { count: errors } }
  const count = checked.remarks.length
  return count === 0
    ? { value: true, state: 'passed', summary: 'input-accepted' }
    : { value: true, state: 'warning', summary: 'input-remarks', facts: { count } }
}
