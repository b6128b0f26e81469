// Every finding is shown by a scenario, or says why not; and the table of expected findings, which the scenarios' own tests keep true, names real ones.
import { expect, test } from 'vitest'
import { findingIds, isFindingId } from '../../../src/core/findings/catalogue.ts'
import { scenarioGroups, scenarioIds } from '../../../src/demo/index.ts'
import { expected } from '../runs/expected.ts'
import { scenarioOf } from './scenarioOf.ts'

test.each(findingIds)('%s has a scenario or a reason, never both', (id) => {
  const { scenarios, without } = scenarioOf[id]
  expect({ shown: scenarios.length > 0, without }).toEqual(
    without === null ? { shown: true, without: null } : { shown: false, without },
  )
})

test('the table holds each scenario once, and findings of the catalogue only', () => {
  expect(Object.keys(expected).toSorted()).toEqual(scenarioIds.toSorted())
  const named = Object.values(expected).flatMap(({ first, also, locates }) => [first ?? [], also, locates].flat())
  expect(named.map((line) => line.split(' ')[0] ?? '').filter((id) => !isFindingId(id))).toEqual([])
})

test('the healthy scenarios work without an error or a warning that a healthy company would not have', () => {
  const healthy = scenarioGroups.find(({ group }) => group === 'healthy')?.ids ?? []
  const loud = healthy.flatMap((id) => expected[id].first ?? [])
  expect(healthy.filter((id) => expected[id].auth === null)).toEqual([])
  expect([...new Set(loud)].toSorted()).toEqual(['ews-retirement-countdown', 'server-out-of-support'])
})
