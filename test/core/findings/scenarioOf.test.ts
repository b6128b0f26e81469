// The table of scenarios is true: each scenario named gives its finding through the real path, and none that is not named gives it alone.
import { beforeAll, expect, test } from 'vitest'
import { findingIds } from '../../../src/core/findings/catalogue.ts'
import { scenarioIds, startDemo, type ScenarioId } from '../../../src/demo/index.ts'
import { runDemo } from '../runs/demoRun.ts'
import { scenarioOf } from './scenarioOf.ts'

const given = new Map<ScenarioId, Set<string>>()

beforeAll(async () => {
  for (const scenario of scenarioIds) {
    const demo = await startDemo({ scenario })
    try {
      const { findings: located } = (await runDemo('locate', demo)).result
      const { findings: tested } = (await runDemo('test', demo)).result
      given.set(scenario, new Set([...located, ...tested].map((finding) => finding.id)))
    } finally {
      await demo.stop()
    }
  }
}, 300_000)

test.each(findingIds)('%s', (id) => {
  const { scenarios } = scenarioOf[id]
  expect(scenarios.filter((scenario) => given.get(scenario)?.has(id) !== true)).toEqual([])
  // A scenario that shows it after all belongs into the table.
  if (scenarios.length === 0) expect(scenarioIds.filter((scenario) => given.get(scenario)?.has(id))).toEqual([])
})
