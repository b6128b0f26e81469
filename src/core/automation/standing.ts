/**
 * The policy as a state machine. A standing is what is known of one account: its refusals in a row and when the last one came.
 * Pure: time is handed in, nothing is stored. docs/AUTOMATION.md draws the states.
 */
import { allowedFailures, waitMs, type Policy } from './policy.ts'

export type Standing = {
  /** Refused logons in a row, those counted whose answer was never seen. */
  failures: number
  /** When the last one came, in ms on whatever clock the caller keeps; null: none. */
  refusedAt: number | null
}

export const goodStanding: Standing = { failures: 0, refusedAt: null }

export type Decision = { kind: 'may-call' } | { kind: 'waits'; until: number } | { kind: 'inactive' }

/** May a call be made now? A wait is over at its last millisecond, not before. */
export function decide(standing: Standing, policy: Policy, now: number): Decision {
  if (standing.failures >= allowedFailures(policy)) return { kind: 'inactive' }
  const until = waitsUntil(standing, policy)
  return until === null || until <= now ? { kind: 'may-call' } : { kind: 'waits', until }
}

/** End of the wait that this policy demands; null: none. */
export function waitsUntil(standing: Standing, policy: Policy): number | null {
  if (standing.failures === 0 || standing.refusedAt === null) return null
  return standing.refusedAt + waitMs(policy, standing.failures)
}

/** A logon was refused, or may have been. */
export function afterRefusal(standing: Standing, at: number): Standing {
  return { failures: standing.failures + 1, refusedAt: at }
}

/** A call that began at `began` worked. One that began before the last refusal proves nothing about what came after it. */
export function afterSuccess(standing: Standing, began: number): Standing {
  return standing.refusedAt !== null && began < standing.refusedAt ? standing : goodStanding
}
