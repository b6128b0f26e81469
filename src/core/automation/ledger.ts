/**
 * The ledger: what happened, by connection and by account. It is the fold of journal entries and decides nothing, so that replaying
 * a journal after a crash gives what was known before it. Times are wall clock, ms since 1970.
 */
import { assertNever } from '../assertNever.ts'
import { limits } from '../limits.ts'
import type { ConnectionRecord, Entry, Happening, Ledger } from './schema.ts'
import { afterRefusal, goodStanding, type Standing } from './standing.ts'

export function emptyLedger(): Ledger {
  return { schema: 1, sequence: 0, accounts: {}, connections: {}, hosts: {} }
}

export function newRecord(): ConnectionRecord {
  return {
    pending: null,
    inactive: null,
    trouble: null,
    finding: null,
    lastSuccessAt: null,
    lastCallAt: null,
    nextAt: null,
    hurried: 'no',
    tokens: null,
    history: [],
  }
}

export function recordOf(ledger: Ledger, connection: string): ConnectionRecord {
  return (Object.hasOwn(ledger.connections, connection) ? ledger.connections[connection] : undefined) ?? newRecord()
}

export function standingOf(ledger: Ledger, account: string): Standing {
  return (Object.hasOwn(ledger.accounts, account) ? ledger.accounts[account] : undefined) ?? goodStanding
}

/** Takes one entry into the ledger, in place. */
export function apply(ledger: Ledger, entry: Entry): void {
  ledger.sequence += 1
  switch (entry.type) {
    case 'begin': {
      const record = take(ledger, entry.connection)
      record.pending = { at: entry.at, accounts: entry.accounts }
      record.lastCallAt = entry.at
      if (record.hurried === 'asked') record.hurried = 'used'
      return
    }
    case 'end':
      return applyEnd(ledger, entry)
    case 'inactive': {
      for (const connection of entry.connections) {
        const record = take(ledger, connection)
        record.inactive = { at: entry.at, account: entry.account }
        record.nextAt = null
        happen(record, {
          at: entry.at,
          what: 'inactive',
          failures: standingOf(ledger, entry.account).failures,
          finding: record.finding?.id ?? null,
          times: 1,
        })
      }
      return
    }
    case 'activated': {
      for (const account of entry.accounts) delete ledger.accounts[account]
      for (const connection of entry.connections) {
        const record = take(ledger, connection)
        record.inactive = null
        record.finding = null
        record.trouble = null
        record.hurried = 'no'
        record.nextAt = null
        happen(record, { at: entry.at, what: 'activated', failures: 0, finding: null, times: 1 })
      }
      const by = take(ledger, entry.by.connection)
      by.tokens = { hurriedAt: by.tokens?.hurriedAt ?? null, activatedAt: entry.by.token }
      return
    }
    case 'hurried': {
      const record = take(ledger, entry.connection)
      record.tokens = { activatedAt: record.tokens?.activatedAt ?? null, hurriedAt: entry.token }
      if (!entry.granted) return
      record.hurried = 'asked'
      happen(record, { at: entry.at, what: 'hurried', failures: 0, finding: null, times: 1 })
      return
    }
    case 'known':
      take(ledger, entry.connection).tokens = { activatedAt: entry.activatedAt, hurriedAt: entry.hurriedAt }
      return
    case 'shift':
      return shift(ledger, entry.ms)
    default:
      return assertNever(entry)
  }
}

function applyEnd(ledger: Ledger, entry: Extract<Entry, { type: 'end' }>): void {
  const record = take(ledger, entry.connection)
  record.pending = null
  record.nextAt = entry.nextAt
  for (const account of entry.counts) ledger.accounts[account] = afterRefusal(standingOf(ledger, account), entry.at)
  for (const account of entry.resets) delete ledger.accounts[account]
  if (entry.rest !== null) ledger.hosts[entry.rest.host] = entry.rest.until
  if (entry.kind === 'not-made') return
  const isTrouble = ['busy', 'unreachable', 'denied', 'unready'].includes(entry.kind)
  const before = record.trouble
  record.trouble = isTrouble
    ? { kind: entry.kind, times: before !== null && before.kind === entry.kind ? before.times + 1 : 1 }
    : null
  record.finding = entry.finding
  if (entry.kind === 'works') {
    record.lastSuccessAt = entry.at
    record.hurried = 'no'
  }
  happen(record, {
    at: entry.at,
    what: entry.kind,
    failures: Math.max(0, ...entry.counts.map((account) => standingOf(ledger, account).failures)),
    finding: entry.finding?.id ?? null,
    times: 1,
  })
}

/** What repeats is one line with a number; the oldest lines go. */
function happen(record: ConnectionRecord, happening: Happening): void {
  const last = record.history.at(-1)
  const repeats =
    last !== undefined &&
    last.what === happening.what &&
    last.finding === happening.finding &&
    !['refused', 'interrupted', 'inactive', 'activated'].includes(happening.what)
  if (repeats) record.history[record.history.length - 1] = { ...happening, times: last.times + 1 }
  else record.history.push(happening)
  if (record.history.length > limits.automationHistory) record.history.shift()
}

function shift(ledger: Ledger, ms: number): void {
  const moved = (at: number | null): number | null => (at === null ? null : at + ms)
  for (const [account, standing] of Object.entries(ledger.accounts))
    ledger.accounts[account] = { ...standing, refusedAt: moved(standing.refusedAt) }
  for (const record of Object.values(ledger.connections)) record.nextAt = moved(record.nextAt)
  for (const [host, until] of Object.entries(ledger.hosts)) ledger.hosts[host] = until + ms
}

function take(ledger: Ledger, connection: string): ConnectionRecord {
  return (ledger.connections[connection] = recordOf(ledger, connection))
}

/** Without connections that are gone, and without accounts and hosts that say nothing any more. An account's refusals outlive its connections for a week. */
export function pruned(ledger: Ledger, connections: ReadonlySet<string>, now: number): Ledger {
  const keep = <T>(table: Record<string, T>, wanted: (name: string, value: T) => boolean): Record<string, T> =>
    Object.fromEntries(Object.entries(table).filter(([name, value]) => wanted(name, value)))
  return {
    ...ledger,
    connections: keep(ledger.connections, (id, record) => connections.has(id) || record.pending !== null),
    accounts: keep(
      ledger.accounts,
      (_account, { refusedAt }) => refusedAt !== null && now - refusedAt < limits.automationForgetMs,
    ),
    hosts: keep(ledger.hosts, (_host, until) => until > now),
  }
}
