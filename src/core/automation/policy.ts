/**
 * The 401 policy (row A13) as numbers: after which failure a connection waits how long, and when it becomes inactive. No schema and
 * no clock in here, so that the window can draw what a policy will do before it is saved.
 */
export const policyModes = ['at-once', 'delayed'] as const

export type Policy = {
  /** *Sofort*: the first refusal ends automatic calls. *Zeitverzögerung*: each one lengthens the wait, the last one ends them. */
  mode: (typeof policyModes)[number]
  /** Minutes of the first wait. */
  baseMinutes: number
  /** Each wait is this many times the one before. */
  factor: number
  /** The refusal in a row that ends automatic calls. */
  failures: number
}

/** What can be set. Directories lock accounts after as few as five failed logons, so ten in a row is the most. */
export const policyBounds = {
  baseMinutes: { least: 1, most: 720 },
  factor: { least: 1, most: 10 },
  failures: { least: 2, most: 10 },
  everyMinutes: { least: 1, most: 1440 },
} as const

export const defaultPolicy: Policy = { mode: 'at-once', baseMinutes: 5, factor: 2, failures: 4 }
export const defaultEveryMinutes = 5

const minute = 60_000
/** No wait is longer: what waits for days is better switched off and seen. */
export const longestWaitMinutes = 1440

/** How many refusals in a row end automatic calls. */
export function allowedFailures(policy: Policy): number {
  return policy.mode === 'at-once' ? 1 : policy.failures
}

/** Milliseconds to wait after the refusal number `failures` in a row. */
export function waitMs(policy: Policy, failures: number): number {
  const minutes = policy.baseMinutes * policy.factor ** (Math.max(failures, 1) - 1)
  return Math.round(Math.min(minutes, longestWaitMinutes) * minute)
}

/** What a policy does when every call is refused: minutes since the first refusal, for each call. The last one makes inactive. */
export function timelineOf(policy: Policy): number[] {
  const attempts = [0]
  for (let failures = 1; failures < allowedFailures(policy); failures += 1)
    attempts.push((attempts.at(-1) ?? 0) + waitMs(policy, failures) / minute)
  return attempts
}
