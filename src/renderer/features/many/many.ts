/** What the window knows of a check of many: a pure function from its events to rows. No words, no clock. */
import type { BatchEvent, BatchRow, Finding } from '../../../contract/contract.ts'
import { assertNever } from '../../assertNever.ts'

export type Row = {
  id: string
  mailbox: string
  profile: string | null
  state: 'waiting' | 'running' | BatchRow['state']
  cause: string | null
  finding: Finding | null
  auth: string | null
  ms: number
}

/** `lost` broke off, `refused` never began. */
export type Status = 'idle' | 'running' | 'stopping' | 'ended' | 'stopped' | 'lost'

export type Many = { status: Status; rows: readonly Row[]; places: ReadonlyMap<string, number> }

export type ManyAction =
  { kind: 'started'; fresh: boolean } | { kind: 'event'; event: BatchEvent } | { kind: 'status'; status: Status }

export const noRows: Many = { status: 'idle', rows: [], places: new Map() }

export function reduceMany(state: Many, action: ManyAction): Many {
  switch (action.kind) {
    case 'started':
      return action.fresh ? { ...noRows, status: 'running' } : { ...state, status: 'running' }
    case 'event':
      return withEvent(state, action.event)
    case 'status':
      return { ...state, status: action.status, rows: action.status === 'stopping' ? state.rows : settled(state.rows) }
    default:
      return assertNever(action)
  }
}

function withEvent(state: Many, event: BatchEvent): Many {
  switch (event.kind) {
    case 'planned': {
      // Going on: what is done keeps its row.
      const known = new Map(state.rows.map((row) => [row.id, row]))
      const rows = event.rows.map(
        (row): Row => known.get(row.id) ?? { ...row, state: 'waiting', cause: null, finding: null, auth: null, ms: 0 },
      )
      return { ...state, rows, places: new Map(rows.map(({ id }, index) => [id, index])) }
    }
    case 'row-started':
      return withRow(state, event.id, { state: 'running' })
    case 'row-ended': {
      const { id, state: ended, cause, auth, ms } = event.row
      // A run that was stopped is due again.
      if (ended === 'cancelled') return withRow(state, id, { state: 'waiting' })
      return withRow(state, id, { state: ended, cause, auth, ms, finding: event.finding })
    }
    default:
      return assertNever(event)
  }
}

function withRow(state: Many, id: string, change: Partial<Row>): Many {
  const place = state.places.get(id)
  const row = place === undefined ? undefined : state.rows[place]
  return place === undefined || row === undefined
    ? state
    : { ...state, rows: state.rows.with(place, { ...row, ...change }) }
}

function settled(rows: readonly Row[]): readonly Row[] {
  return rows.some(({ state }) => state === 'running')
    ? rows.map((row) => (row.state === 'running' ? { ...row, state: 'waiting' } : row))
    : rows
}

export const filters = ['all', 'works', 'fails', 'open'] as const
export type Filter = (typeof filters)[number]

export function groupOf(row: Row): Exclude<Filter, 'all'> {
  if (row.state === 'waiting' || row.state === 'running' || row.state === 'cancelled') return 'open'
  return row.state === 'works' || row.state === 'remarks' ? 'works' : 'fails'
}

export function fitting(rows: readonly Row[], filter: Filter, search: string): readonly Row[] {
  const wanted = search.trim().toLowerCase()
  return rows.filter(
    (row) =>
      (filter === 'all' || groupOf(row) === filter) &&
      (wanted === '' ||
        [row.mailbox, row.profile ?? '', row.cause ?? ''].some((text) => text.toLowerCase().includes(wanted))),
  )
}

/** Causes of what does not work, the most frequent first. */
export function causesOf(rows: readonly Row[]): { id: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const row of rows)
    if (groupOf(row) === 'fails') counts.set(row.cause ?? '', (counts.get(row.cause ?? '') ?? 0) + 1)
  return [...counts].map(([id, count]) => ({ id, count })).toSorted((a, b) => b.count - a.count)
}

export function isUnderWay({ status }: Many): boolean {
  return status === 'running' || status === 'stopping'
}
