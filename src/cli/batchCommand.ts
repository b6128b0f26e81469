/** `test --all` and `test --csv`: many at once, a line for each as it ends, then a summary by cause. */
import { connectorHost, exitCodes } from './execute.ts'
import { readFileUpTo } from './inputFile.ts'
import { refuse, Refused } from './refusal.ts'
import { duration } from './report.ts'
import { jsonResult } from './result.ts'
import { secretsGiven } from './loginOptions.ts'
import { withFlags, type RunFlags } from './runOptions.ts'
import { openState, savedSecrets, type State } from './state.ts'
import type { Language } from '../contract/contract.ts'
import { limits } from '../core/limits.ts'
import type { RunResult } from '../core/runs/events.ts'
import { jobsOfMailboxes, jobsOfProfiles, type BatchJob } from '../host/batch/jobs.ts'
import { openProgress } from '../host/batch/progressFile.ts'
import { runBatch, summaryOf, type BatchRow, type BatchSummary } from '../host/batch/runBatch.ts'
import { lazyConnector } from '../host/lazyConnector.ts'
import { isBlank } from '../host/profiles.ts'
import { savedKinds } from '../host/settingsSchema.ts'
import { terminationSignal } from '../host/terminationSignal.ts'
import { readMailboxCsv } from '../host/transfer/mailboxCsv.ts'
import { causeTitle } from '../texts/causes.ts'
import { fill, textsOf } from '../texts/index.ts'

export type BatchFlags = {
  all?: boolean
  csv?: string
  parallel?: string
  resume?: boolean
  json?: boolean
  evidence?: string
}

/** True when the options ask for many; refuses what fits only one. */
export function isBatch(flags: BatchFlags & RunFlags, mailbox: string | undefined, language: Language): boolean {
  const many = flags.all === true || flags.csv !== undefined
  if (!many) {
    if (flags.parallel !== undefined) throw refuse('onlyWithMany', language, { option: '--parallel' })
    if (flags.resume === true) throw refuse('onlyWithMany', language, { option: '--resume' })
    return false
  }
  if (flags.all === true && flags.csv !== undefined) throw refuse('allAndCsv', language)
  if (mailbox !== undefined || flags.email !== undefined) throw refuse('allWithMailbox', language)
  if (flags.all === true && flags.profile !== undefined) throw refuse('profileAndAll', language)
  if (flags.evidence !== undefined) throw refuse('allWithEvidence', language)
  return true
}

export async function batchCommand(
  flags: BatchFlags & RunFlags,
  o: { language: Language; debug: boolean },
): Promise<number> {
  const { language } = o
  const { transfer } = textsOf(language)
  const parallel = parallelOf(flags.parallel, language)
  const state = openState()
  const jobs = await jobsOf(state, flags, language)
  if (jobs.length === 0) throw new Refused(transfer.batch.nothing)
  const ids = jobs.map(({ id }) => id)
  const progress = openProgress(state.directory, ids)
  const before = progress.read()
  if (flags.resume === true && before === null) throw new Refused(transfer.batch.nothingToResume)
  const counts = { done: before?.rows.length ?? 0, all: jobs.length }
  const resumed = flags.resume === true ? before : null
  if (resumed !== null) process.stderr.write(`${fill(transfer.batch.resumed, counts, language)}\n`)
  else {
    if (before !== null) process.stderr.write(`${fill(transfer.batch.otherResume, counts, language)}\n`)
    progress.begin(jobs.length)
  }
  const rows: BatchRow[] = [...(resumed?.rows ?? [])]
  const done = new Set(rows.map(({ id }) => id))
  const stop = terminationSignal()
  const started = performance.now()
  try {
    const events = runBatch({
      jobs: jobs.filter(({ id }) => !done.has(id)),
      parallel,
      perHost: limits.parallelPerHost,
      connector: lazyConnector(() => connectorHost(o.debug)),
      signal: stop.signal,
      refusals: {
        known: new Map(resumed?.refused ?? []),
        onRefused: (refused, cause) => progress.add({ refused, cause }),
      },
    })
    for await (const event of events) {
      if (event.kind !== 'row-ended') continue
      const { row, result } = event
      if (row.state !== 'cancelled') {
        rows.push(row)
        progress.add({ row })
      }
      const number = `${rows.length}/${jobs.length}`
      process.stdout.write(
        flags.json === true
          ? `${JSON.stringify(rowJson(row, result, language))}\n`
          : `${rowText(row, number, language)}\n`,
      )
    }
  } finally {
    stop.dispose()
  }
  const summary = summaryOf(jobs.length, rows)
  const ms = Math.round(performance.now() - started)
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify(summaryJson(summary, { ms, interrupted: stop.signal.aborted }, language))}\n`
      : summaryText(summary, ms, language),
  )
  if (stop.signal.aborted && summary.done < summary.all) {
    const source = flags.csv === undefined ? '--all' : `--csv ${flags.csv}`
    const facts = { done: summary.done, all: summary.all, source }
    process.stderr.write(`${fill(transfer.batch.interrupted, facts, language)}\n`)
    return exitCodes.cancelled
  }
  progress.remove()
  if (summary.works === summary.all) return exitCodes.works
  const onlyTime = summary.works + summary.states['budget-spent'] === summary.all
  if (flags.json === true) process.stderr.write(causeLines(summary, language))
  return onlyTime ? exitCodes['budget-spent'] : exitCodes.fails
}

/** A profile that nobody has entered anything into is not one that does not work. */
function filledProfiles({ profiles }: State['content']): string[] {
  return Object.entries(profiles).flatMap(([name, profile]) => (isBlank(profile) ? [] : [name]))
}

function parallelOf(text: string | undefined, language: Language): number {
  if (text === undefined) return limits.parallel
  const number = Number(text)
  if (!/^\d{1,3}$/.test(text) || number < 1 || number > limits.parallelMost)
    throw refuse('badParallel', language, { most: limits.parallelMost })
  return number
}

async function jobsOf(state: State, flags: BatchFlags & RunFlags, language: Language): Promise<BatchJob[]> {
  const { content } = state
  const { profile: base, ...others } = flags
  // Read before the list, so that an option that cannot be understood costs nothing.
  const given = await secretsGiven(flags, process.env)
  const sources = {
    content,
    savedSecrets: (name: string) => savedSecrets(state.secretStore, name, state.profile(name)),
    savedKinds: (name: string) => savedKinds(state.profile(name)),
    over: (settings: Parameters<typeof withFlags>[0]) => withFlags(settings, others),
    given,
  }
  if (base !== undefined) state.profile(base)
  if (flags.csv === undefined) return jobsOfProfiles(filledProfiles(content), sources)
  const read = readMailboxCsv(readFileUpTo(flags.csv, limits.csvBytes, language))
  if (read.kind === 'refused')
    throw new Refused(fill(textsOf(language).transfer.refusals[read.id], read.facts, language))
  // `--profile` is where every row starts that names none itself.
  const rows =
    base === undefined ? read.rows : read.rows.map((row) => (row.profile === '' ? { ...row, profile: base } : row))
  return jobsOfMailboxes(rows, sources)
}

const marks: Readonly<Record<BatchRow['state'], string>> = {
  works: '✔',
  remarks: '!',
  fails: '✖',
  'budget-spent': '✖',
  cancelled: '–',
  withheld: '–',
  crashed: '✖',
}

function rowText(row: BatchRow, number: string, language: Language): string {
  const { transfer, run } = textsOf(language)
  const name = row.profile === null || row.profile === row.mailbox ? row.mailbox : `${row.profile} <${row.mailbox}>`
  const details = [
    row.auth === null ? '' : (Object.entries(run.schemes).find(([id]) => id === row.auth)?.[1] ?? row.auth),
    row.cause === null || row.state === 'works' ? '' : `${row.cause} – ${titleOf(row.cause, row.profile, language)}`,
    row.state === 'withheld' && row.cause !== 'no-profile' ? transfer.batch.withheld : '',
    row.ms === 0 ? '' : duration(row.ms, language),
  ].filter((text) => text !== '')
  const shown = [name, transfer.batch.states[row.state], ...details].join(', ').replaceAll(/\p{Cc}+/gu, ' ')
  return `${marks[row.state]} ${number} ${shown}`
}

function titleOf(id: string, profile: string | null, language: Language): string {
  const { batch } = textsOf(language).transfer
  return id === 'no-profile' ? fill(batch.noSettings, { profile }, language) : causeTitle(id, language)
}

function causeLines(summary: BatchSummary, language: Language): string {
  const { batch } = textsOf(language).transfer
  const lines = summary.causes.map(({ id, count }) =>
    id === ''
      ? `  ${count} × ${batch.noCause}`
      : `  ${fill(batch.cause, { count, id, title: causeTitle(id, language) }, language)}`,
  )
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function summaryText(summary: BatchSummary, ms: number, language: Language): string {
  const { batch } = textsOf(language).transfer
  const works = fill(batch.works, { count: summary.works, all: summary.all }, language)
  return `\n${batch.summary} (${duration(ms, language)})\n  ${works}\n${causeLines(summary, language)}`
}

function rowJson(row: BatchRow, result: RunResult | null, language: Language): unknown {
  const own = { mailbox: row.mailbox, profile: row.profile, state: row.state, cause: row.cause, ms: row.ms }
  if (result !== null) return { ...jsonResult(result, language), ...own }
  const nothing = { ewsUrl: null, source: null, auth: null, server: null, findings: [], steps: [] }
  return { schema: 1, command: 'test', ok: false, outcome: row.state, ...nothing, ...own }
}

function summaryJson(
  summary: BatchSummary,
  o: { ms: number; interrupted: boolean },
  language: Language,
): Record<string, unknown> {
  const { causes, ...counts } = summary
  return {
    schema: 1,
    command: 'test',
    summary: true,
    ok: summary.works === summary.all,
    ...counts,
    causes: causes.map(({ id, count }) => ({ id, count, title: id === '' ? '' : titleOf(id, '…', language) })),
    ...o,
  }
}
