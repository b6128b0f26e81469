/** What is shown of a connection: its state in one word, and when it is called next. Derived, never stored. */
import type { Target } from './target.ts'
import { recordOf, standingOf } from './ledger.ts'
import { allowedFailures } from './policy.ts'
import type { ConnectionRecord, Ledger } from './schema.ts'
import { waitsUntil } from './standing.ts'

export const callStates = [
  /** Called by itself, and it worked the last time. */
  'active',
  /** Not called yet. */
  'new',
  'calling',
  /** After refusals, until the policy's wait is over. */
  'waiting',
  'inactive',
  /** Switched off by a person. */
  'off',
  'busy',
  'unreachable',
  'denied',
  'unready',
] as const
export type CallState = (typeof callStates)[number]

export type ConnectionView = {
  state: CallState
  failures: number
  allowed: number
  /** ms since 1970, wall clock; null: no call is planned. */
  nextAttemptAt: number | null
  mayHurry: boolean
  record: ConnectionRecord
}

export function viewOf(ledger: Ledger, target: Target, wall: number): ConnectionView {
  const { policy, automatic, host } = target
  const record = recordOf(ledger, target.id)
  const standings = [target.account, ...(target.app === null ? [] : [target.app])].map((name) =>
    standingOf(ledger, name),
  )
  const failures = Math.max(...standings.map((standing) => standing.failures))
  const until = Math.max(0, ...standings.map((standing) => waitsUntil(standing, policy) ?? 0))
  const isPlanned = automatic && record.inactive === null && record.pending === null
  const rest = Object.hasOwn(ledger.hosts, host) ? (ledger.hosts[host] ?? 0) : 0
  return {
    state: stateOf(record, automatic, failures),
    failures,
    allowed: allowedFailures(policy),
    nextAttemptAt: isPlanned
      ? Math.max(record.hurried === 'asked' ? wall : Math.max(record.nextAt ?? wall, until), rest)
      : null,
    mayHurry: isPlanned && (failures === 0 || record.hurried === 'no'),
    record,
  }
}

function stateOf(record: ConnectionRecord, automatic: boolean, failures: number): CallState {
  if (record.inactive !== null) return 'inactive'
  if (!automatic) return 'off'
  if (record.pending !== null) return 'calling'
  if (failures > 0) return 'waiting'
  switch (record.trouble?.kind) {
    case 'busy':
    case 'unreachable':
    case 'denied':
    case 'unready':
      return record.trouble.kind
    default:
      return record.lastSuccessAt === null ? 'new' : 'active'
  }
}
