/** A connection's state in words and pictures. */
import type { ConnectionRow } from '../../../contract/connections.ts'
import type { IconName } from '../../parts/Icon.tsx'
import type { Words } from '../../words.ts'

export type Tone = 'good' | 'quiet' | 'caution' | 'bad'

const looks: Record<ConnectionRow['state'], { tone: Tone; icon: IconName }> = {
  active: { tone: 'good', icon: 'check' },
  new: { tone: 'quiet', icon: 'ring' },
  calling: { tone: 'quiet', icon: 'spinner' },
  waiting: { tone: 'caution', icon: 'warning' },
  inactive: { tone: 'bad', icon: 'stop' },
  off: { tone: 'quiet', icon: 'dash' },
  busy: { tone: 'caution', icon: 'info' },
  unreachable: { tone: 'caution', icon: 'warning' },
  denied: { tone: 'bad', icon: 'cross' },
  unready: { tone: 'caution', icon: 'question' },
}

export function lookOf(row: ConnectionRow): { tone: Tone; icon: IconName } {
  return looks[row.state]
}

/** A person has to do something, or should look. */
export function needsAttention(row: ConnectionRow): boolean {
  return row.automatic && ['waiting', 'inactive', 'denied', 'unready', 'unreachable'].includes(row.state)
}

export function stateLine({ automation, fill, moment }: Words, row: ConnectionRow): string {
  const facts = {
    until: row.nextAttemptAt === null ? '' : moment(row.nextAttemptAt),
    since: row.inactiveSince === null ? '' : moment(row.inactiveSince),
    failures: row.failures,
    allowed: row.allowed,
  }
  return fill(automation.stateLines[row.state], facts)
}

/** Why a connection is in this state: of the automation itself, or a finding. */
export function reasonTitle({ automation, finding }: Words, row: ConnectionRow): string | null {
  if (row.finding === null || row.state === 'active' || row.state === 'new') return null
  return ownReason(automation, row.finding.id) ?? finding(row.finding).title
}

export function ownReason(automation: Words['automation'], id: string): string | null {
  const reasons: Readonly<Record<string, string>> = automation.reasons
  return (Object.hasOwn(reasons, id) ? reasons[id] : undefined) ?? null
}

/** When the next call comes, in words. */
export function nextWords({ automation, moment }: Words, row: ConnectionRow): string {
  const { connections } = automation
  if (row.state === 'calling') return connections.now
  if (row.nextAttemptAt === null) return connections.noNext
  return Date.parse(row.nextAttemptAt) <= Date.now() ? connections.now : moment(row.nextAttemptAt)
}
