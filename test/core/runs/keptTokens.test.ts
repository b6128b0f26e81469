/** Tokens over several presses of one program: kept after they worked, asked for anew after they did not. */
import { expect, test } from 'vitest'
import { createConnector } from '../../../src/core/createConnector.ts'
import type { RunResult } from '../../../src/core/runs/events.ts'
import { startDemo, type DemoExchange, type ScenarioId } from '../../../src/demo/index.ts'
import { typedRequest } from './demoRun.ts'

async function presses(scenario: ScenarioId, count: number): Promise<{ results: RunResult[]; demo: DemoExchange }> {
  const demo = await startDemo({ scenario })
  const connector = createConnector({ version: '0.0.0', systemCas: [], environment: {} })
  const results: RunResult[] = []
  try {
    for (let press = 0; press < count; press++) {
      const options = { signal: new AbortController().signal, ask: () => Promise.resolve(false) }
      for await (const event of connector.test(typedRequest(demo), options))
        if (event.kind === 'ended') results.push(event.result)
    }
  } finally {
    await demo.stop()
  }
  return { results, demo }
}

const tokensOf = (demo: DemoExchange): number => demo.journal.filter((entry) => entry.operation === 'token').length
const tokenSteps = (result: RunResult | undefined) =>
  result?.evidence.steps.filter((step) => step.name === 'token').map((step) => step.summary.text)

test('a token that read a mailbox serves the next press, which says so', { timeout: 30_000 }, async () => {
  const { results, demo } = await presses('healthy-online', 2)
  expect(results.map((result) => result.ok)).toEqual([true, true])
  expect(tokensOf(demo)).toBe(1)
  expect(tokenSteps(results[0])).toEqual(['token-issued'])
  expect(tokenSteps(results[1])).toEqual(['token-from-memory'])
  const [kept] =
    results[1]?.evidence.steps.flatMap((step) => step.observations.filter((one) => one.kind === 'token')) ?? []
  expect(kept).toMatchObject({ result: 'issued', fromMemory: true })
  expect(JSON.stringify(results)).not.toMatch(/eyJ[\w-]{10,}\./)
})

test('one that opened nothing is not kept: a corrected permission counts at once', { timeout: 30_000 }, async () => {
  const { results, demo } = await presses('role-missing', 2)
  expect(results.map((result) => result.ok)).toEqual([false, false])
  expect(tokensOf(demo)).toBe(2)
})
