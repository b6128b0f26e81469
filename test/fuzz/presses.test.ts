// Press after press, each stopped at a random moment: nothing stays open, and memory does not grow. 1,000 by `npm run fuzz`, a share in the suite.
import { afterEach, expect, test } from 'vitest'
import { createConnector } from '../../src/core/createConnector.ts'
import { startDemo, type DemoExchange, type ScenarioId } from '../../src/demo/index.ts'
import { typedRequest } from '../core/runs/demoRun.ts'
import { heapBytes, openSockets, openTimers, timersLeft } from './resources.ts'
import { amount, patienceMs } from './size.ts'

const scenarios: readonly ScenarioId[] = [
  'autodiscover-login-only',
  'healthy-on-prem',
  'healthy-online',
  'slow-candidate',
]
const presses = amount(1_000, 80)
/** A heap of the first hundred presses has seen everything once. */
const warmUp = Math.min(100, presses / 2)
const mayGrowBytes = 12 * 1024 * 1024

let demos: DemoExchange[] = []
afterEach(async () => {
  for (const demo of demos) await demo.stop()
  demos = []
})

test(
  `${presses} presses, stopped at random moments, leave no socket, timer or memory behind`,
  { timeout: patienceMs },
  async () => {
    const crashes: unknown[] = []
    const connector = createConnector({
      version: '0.0.0',
      systemCas: [],
      environment: {},
      onCrash: (error) => crashes.push(error),
    })
    for (const scenario of scenarios) demos.push(await startDemo({ scenario }))
    const timersBefore = openTimers()
    const outcomes = new Map<string, number>()

    const press = async (number: number): Promise<void> => {
      const demo = demos[number % demos.length]
      if (demo === undefined) throw new Error('no demo')
      const stop = new AbortController()
      const command = number % 3 === 0 ? 'test' : 'locate'
      const byClosing = number % 5 === 0
      // Up to twice what a whole press takes, so that some end by themselves.
      const timer = setTimeout(() => stop.abort(), Math.random() * 300)
      let ended = 'closed'
      for await (const event of connector[command](typedRequest(demo), {
        signal: stop.signal,
        ask: () => Promise.resolve(false),
      })) {
        if (event.kind === 'ended') ended = event.result.evidence.outcome
        else if (byClosing && stop.signal.aborted) break
      }
      clearTimeout(timer)
      outcomes.set(ended, (outcomes.get(ended) ?? 0) + 1)
      demo.journal.length = 0
      demo.queries.length = 0
    }
    const pressAll = async (from: number, to: number): Promise<void> => {
      for (let number = from; number < to; number += 4)
        await Promise.all([0, 1, 2, 3].filter((more) => number + more < to).map((more) => press(number + more)))
    }

    await pressAll(0, warmUp)
    await expect.poll(openSockets, { timeout: 20_000 }).toBe(0)
    const heapBefore = await heapBytes()
    await pressAll(warmUp, presses)
    await expect.poll(openSockets, { timeout: 20_000 }).toBe(0)
    // Shorter than the time budget of a press, so that a budget's timer left behind is found.
    expect(await timersLeft(timersBefore, 5_000)).toBeLessThanOrEqual(timersBefore)
    const grown = (await heapBytes()) - heapBefore
    if (presses === 1_000)
      console.log(`heap ${Math.round(grown / 1024)} kB larger, outcomes ${JSON.stringify([...outcomes])}`)
    expect(grown).toBeLessThan(mayGrowBytes)
    expect(crashes).toEqual([])
    // Really stopped in the middle, and really let go.
    expect(outcomes.get('cancelled') ?? 0).toBeGreaterThan(presses / 10)
  },
)
