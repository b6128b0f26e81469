// The policy as the dialog explains it: when a call may be made, and what is drawn.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { policySchema } from '../../../src/core/automation/schema.ts'
import {
  allowedFailures,
  defaultPolicy,
  longestWaitMinutes,
  policyBounds,
  timelineOf,
  waitMs,
  type Policy,
} from '../../../src/core/automation/policy.ts'
import { afterRefusal, afterSuccess, decide, goodStanding } from '../../../src/core/automation/standing.ts'

const minute = 60_000
const delayed: Policy = { ...defaultPolicy, mode: 'delayed' }

test('the defaults are at once, and 5, 10, 20 minutes with four failures', () => {
  expect(policySchema.parse({})).toEqual(defaultPolicy)
  expect(allowedFailures(defaultPolicy)).toBe(1)
  expect([1, 2, 3].map((failures) => waitMs(delayed, failures) / minute)).toEqual([5, 10, 20])
  expect(timelineOf(delayed)).toEqual([0, 5, 15, 35])
  expect(timelineOf(defaultPolicy)).toEqual([0])
})

test.each([
  ['no failure', 0, 0, { kind: 'may-call' }],
  ['a millisecond before the wait is over', 1, 5 * minute - 1, { kind: 'waits', until: 5 * minute }],
  ['the wait is over', 1, 5 * minute, { kind: 'may-call' }],
  ['the second wait is longer', 2, 9 * minute, { kind: 'waits', until: 10 * minute }],
  ['the last failure', 4, 1_000_000 * minute, { kind: 'inactive' }],
])('%s', (_name, failures, now, decision) => {
  const standing = { failures, refusedAt: failures === 0 ? null : 0 }
  expect(decide(standing, delayed, now)).toEqual(decision)
})

test('a success resets, but not one of a call that began before the last refusal', () => {
  const refused = afterRefusal(goodStanding, 100)
  expect(afterSuccess(refused, 100)).toEqual(goodStanding)
  expect(afterSuccess(refused, 99)).toEqual(refused)
})

test('whatever can be set, waits grow, none is longer than a day, and the timeline has as many calls as failures', () => {
  const { baseMinutes, factor, failures } = policyBounds
  const policies = fc.record({
    mode: fc.constantFrom<Policy['mode']>('at-once', 'delayed'),
    baseMinutes: fc.double({ min: baseMinutes.least, max: baseMinutes.most, noNaN: true }),
    factor: fc.double({ min: factor.least, max: factor.most, noNaN: true }),
    failures: fc.integer({ min: failures.least, max: failures.most }),
  })
  fc.assert(
    fc.property(policies, (policy) => {
      expect(policySchema.safeParse(policy).success).toBe(true)
      const timeline = timelineOf(policy)
      expect(timeline).toHaveLength(allowedFailures(policy))
      for (let n = 1; n < policy.failures; n += 1) {
        expect(waitMs(policy, n + 1)).toBeGreaterThanOrEqual(waitMs(policy, n))
        expect(waitMs(policy, n)).toBeLessThanOrEqual(longestWaitMinutes * minute)
      }
    }),
    { numRuns: 300 },
  )
})

test.each([
  { baseMinutes: 0 },
  { factor: 0.5 },
  { failures: 1 },
  { failures: 11 },
  { failures: 2.5 },
  { mode: 'never' },
])('%o cannot be set', (change) => expect(policySchema.safeParse({ ...delayed, ...change }).success).toBe(false))
