// Random lives of automatic calls against a simple reference: never more refused logons in a row than a policy allows, never early.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWorld } from './world.ts'

/** `npm run model` sets the whole number; a run of all tests takes its share. */
const sequences = Number(process.env['EWS_SETUP_MODEL_RUNS'] ?? 4_000)
const seed = Number(process.env['EWS_SETUP_MODEL_SEED'] ?? Date.now())

test(
  `no life of ${sequences} brings more refused logons than its policy allows`,
  () => {
    const totals = { logons: 0, refusals: 0, restarts: 0 }
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.nat({ max: 18 * 1_000 }), { minLength: 5, maxLength: 40, size: 'max' }),
        (start, codes) => {
          const world = createWorld(start)
          for (const code of codes) world.perform(code)
          world.settle()
          totals.logons += world.stats.logons
          totals.refusals += world.stats.refusals
          totals.restarts += world.stats.restarts
        },
      ),
      { numRuns: sequences, seed },
    )
    console.log(`model: ${sequences} sequences, seed ${seed}: ${JSON.stringify(totals)}`)
    expect(totals.refusals).toBeGreaterThan(sequences / 10)
    expect(totals.restarts).toBeGreaterThan(sequences / 10)
  },
  // The whole number takes minutes on a busy machine; a share of it, seconds.
  sequences > 10_000 ? 900_000 : 60_000,
)

test('a clock that is set while a call is under way does not make its token last longer', () => {
  const world = createWorld(0)
  for (const code of [6464, 6219, 2544, 7840, 5746, 5384, 15595, 5004, 0, 0, 0, 0, 0]) world.perform(code)
  world.settle()
  expect(world.stats.restarts).toBe(1)
})
