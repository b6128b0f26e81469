/**
 * Runs many tests side by side: bounded in all and at one host, and so that an account whose login was refused once is not tried
 * again by the next mailbox that uses it.
 */
import type { Connector } from '../../core/connector.ts'
import type { Evidence } from '../../core/evidence/schema.ts'
import type { RunResult } from '../../core/runs/events.ts'
import { eventQueue } from '../eventQueue.ts'
import { accountsOf, applicationOf, hostOfJob, requestOf, type BatchJob } from './jobs.ts'

export const rowStates = ['works', 'remarks', 'fails', 'budget-spent', 'cancelled', 'withheld', 'crashed'] as const
export type RowState = (typeof rowStates)[number]

/** What is kept of a run: enough for the table and the summary. */
export type BatchRow = {
  id: string
  mailbox: string
  profile: string | null
  state: RowState
  /** Id of the first finding; `no-profile` where a list names one that is not there; null when all is well or nothing is known. */
  cause: string | null
  ewsUrl: string | null
  auth: string | null
  ms: number
}

export type BatchEvent =
  | { kind: 'row-started'; id: string }
  /** `result` is null for a row that was not run. */
  | { kind: 'row-ended'; row: BatchRow; result: RunResult | null }

/** What earlier runs taught about accounts; shared by the rows, and kept for a later continuation. */
export type Refusals = {
  /** Account or application, with the finding that its refusal had. */
  known: Map<string, string>
  onRefused?: (name: string, cause: string) => void
}

type Waiting = { job: BatchJob; accounts: readonly string[]; application: string | null }

/** Yields as things happen; ends when every job has a row, or soon after `signal` aborts: jobs that did not begin then have none. */
export async function* runBatch(o: {
  jobs: readonly BatchJob[]
  parallel: number
  perHost: number
  connector: Pick<Connector, 'test'>
  signal: AbortSignal
  refusals: Refusals
}): AsyncGenerator<BatchEvent, void, void> {
  const { connector, signal, refusals } = o
  const events = eventQueue<BatchEvent>()
  const waiting = new Map<string, Waiting[]>()
  for (const job of o.jobs) {
    const host = hostOfJob(job)
    const item = { job, accounts: accountsOf(job), application: applicationOf(job) }
    const queue = waiting.get(host)
    if (queue === undefined) waiting.set(host, [item])
    else queue.push(item)
  }
  const atHost = new Map<string, number>()
  /** Accounts with a login under way, and applications whose secret is not proven yet. */
  const busy = new Set<string>()
  const proven = new Set<string>()
  let running = 0

  const locksOf = ({ accounts, application }: Waiting): string[] => [
    ...accounts,
    ...(application === null || proven.has(application) ? [] : [application]),
  ]
  /** Why a job must not send its login: the cause of the refusal that came before. */
  const refusedBefore = ({ accounts, application, job }: Waiting): string | undefined => {
    for (const name of accounts) if (refusals.known.has(name)) return refusals.known.get(name)
    // With a password there is another way, and an application is not locked by a refusal.
    return application === null || job.has.has('password') ? undefined : refusals.known.get(application)
  }

  function next(): { host: string; item: Waiting } | null {
    for (const [host, queue] of waiting) {
      if ((atHost.get(host) ?? 0) >= o.perHost) continue
      const index = queue.findIndex((item) => locksOf(item).every((name) => !busy.has(name)))
      const [item] = index === -1 ? [] : queue.splice(index, 1)
      if (queue.length === 0) waiting.delete(host)
      if (item !== undefined) return { host, item }
    }
    return null
  }

  function fill(): void {
    while (!signal.aborted && running < o.parallel) {
      const due = next()
      if (due === null) break
      const cause = due.item.job.settings === null ? 'no-profile' : refusedBefore(due.item)
      if (cause === undefined) start(due)
      else events.push({ kind: 'row-ended', row: withheldRow(due.item.job, cause), result: null })
    }
    if (running === 0 && (signal.aborted || waiting.size === 0)) events.end()
  }

  function start({ host, item }: { host: string; item: Waiting }): void {
    const locks = locksOf(item)
    running += 1
    atHost.set(host, (atHost.get(host) ?? 0) + 1)
    for (const name of locks) busy.add(name)
    events.push({ kind: 'row-started', id: item.job.id })
    const work = async (): Promise<void> => {
      const row = await runOne(item.job)
      if (row.result !== null) learn(item, row.result)
      events.push(row)
    }
    void work()
      .catch((error: unknown) => events.fail(error))
      .finally(() => {
        running -= 1
        atHost.set(host, (atHost.get(host) ?? 1) - 1)
        for (const name of locks) busy.delete(name)
        fill()
      })
  }

  async function runOne(job: BatchJob): Promise<Extract<BatchEvent, { kind: 'row-ended' }>> {
    const started = performance.now()
    const request = await requestOf(job)
    let result: RunResult | null = null
    // Consent that is not stored counts as no: nobody sits before a list.
    for await (const event of connector.test(request, { signal, ask: () => Promise.resolve(false) }))
      if (event.kind === 'ended') result = event.result
    return { kind: 'row-ended', row: rowOf(job, result, Math.round(performance.now() - started)), result }
  }

  function learn({ accounts, application }: Waiting, { evidence, findings }: RunResult): void {
    const cause = findings[0]?.id ?? 'cause-unknown'
    const refuse = (name: string): void => {
      if (refusals.known.has(name)) return
      refusals.known.set(name, cause)
      refusals.onRefused?.(name, cause)
    }
    if (passwordRefused(evidence)) for (const name of accounts) refuse(name)
    if (application === null) return
    const token = evidence.steps.flatMap((step) => step.observations).find((seen) => seen.kind === 'token')
    if (token?.result === 'issued') proven.add(application)
    else if (token?.result === 'refused') refuse(application)
  }

  const onAbort = (): void => fill()
  signal.addEventListener('abort', onAbort, { once: true })
  fill()
  try {
    yield* events.items()
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** A definite refusal, or a login whose end nobody saw: the server may have counted it. */
function passwordRefused(evidence: Evidence): boolean {
  return evidence.steps
    .flatMap((step) => step.observations)
    .some(
      (seen) =>
        seen.kind === 'login' &&
        seen.scheme !== 'oauth' &&
        (seen.result === 'refused' ||
          ((seen.result === 'no-answer' || seen.result === 'cancelled') && !worked(evidence))),
    )
}

function worked({ outcome }: Evidence): boolean {
  return outcome === 'works'
}

function rowOf(job: BatchJob, result: RunResult | null, ms: number): BatchRow {
  const base = { id: job.id, mailbox: job.mailbox, profile: job.profile, ms }
  if (result === null) return { ...base, state: 'crashed', cause: null, ewsUrl: null, auth: null }
  const { outcome, ewsUrl, auth } = result.evidence
  const remarks = result.findings.some((finding) => finding.severity !== 'info')
  const state: RowState = outcome === 'works' && remarks ? 'remarks' : outcome
  return { ...base, state, cause: result.findings[0]?.id ?? null, ewsUrl, auth }
}

function withheldRow(job: BatchJob, cause: string): BatchRow {
  return {
    id: job.id,
    mailbox: job.mailbox,
    profile: job.profile,
    state: 'withheld',
    cause,
    ewsUrl: null,
    auth: null,
    ms: 0,
  }
}

export type BatchSummary = {
  all: number
  /** Rows that have an end. */
  done: number
  works: number
  states: Record<RowState, number>
  /** Causes of what does not work, the most frequent first. */
  causes: { id: string; count: number }[]
}

export function summaryOf(all: number, rows: readonly Pick<BatchRow, 'state' | 'cause'>[]): BatchSummary {
  const states = { works: 0, remarks: 0, fails: 0, 'budget-spent': 0, cancelled: 0, withheld: 0, crashed: 0 }
  const causes = new Map<string, number>()
  for (const { state, cause } of rows) {
    states[state] += 1
    if (state === 'works' || state === 'remarks' || state === 'cancelled') continue
    const id = cause ?? ''
    causes.set(id, (causes.get(id) ?? 0) + 1)
  }
  return {
    all,
    done: rows.length,
    works: states.works + states.remarks,
    states,
    causes: [...causes]
      .map(([id, count]) => ({ id, count }))
      .toSorted((a, b) => b.count - a.count || a.id.localeCompare(b.id)),
  }
}
