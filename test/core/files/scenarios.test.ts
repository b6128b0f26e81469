// Saved evidence says the same as the run that made it: every scenario of the embedded Exchange, both commands.
import { performance } from 'node:perf_hooks'
import { afterEach, describe, expect, test } from 'vitest'
import type { Evidence } from '../../../src/core/evidence/schema.ts'
import { readEvidence } from '../../../src/core/files/evidenceFile.ts'
import type { Finding } from '../../../src/core/findings/finding.ts'
import { judge } from '../../../src/core/findings/judge.ts'
import { scenarioIds, startDemo, type DemoExchange } from '../../../src/demo/index.ts'
import { runDemo } from '../runs/demoRun.ts'

const demos: DemoExchange[] = []
afterEach(async () => {
  await Promise.all(demos.splice(0).map((demo) => demo.stop()))
})

function judgedAgain(text: string): Finding[] {
  const read = readEvidence(text)
  if (read.kind !== 'evidence') throw new Error(read.kind)
  return judge(read.evidence)
}

/** A scenario that takes a while serves the measurement below as well. */
let measured: Evidence | null = null

describe('explained evidence equals the live findings', () => {
  test.each(scenarioIds)('%s', { timeout: 60_000 }, async (scenario) => {
    const demo = await startDemo({ scenario })
    demos.push(demo)
    for (const command of ['locate', 'test'] as const) {
      const { result } = await runDemo(command, demo)
      expect(judgedAgain(JSON.stringify(result.evidence, null, 2))).toEqual(result.findings)
      if (command === 'test' && scenario === 'wrong-password') measured = result.evidence
    }
  })
})

test('10,000 files are judged in at most 10 s', { timeout: 60_000 }, () => {
  if (measured === null) throw new Error('the scenario of the measurement did not run')
  const text = JSON.stringify(measured)
  const started = process.cpuUsage()
  const began = performance.now()
  for (let file = 0; file < 10_000; file += 1) judgedAgain(text)
  const { user, system } = process.cpuUsage(started)
  const seconds = (user + system) / 1e6
  console.log(
    `10,000 evidence files of ${String(text.length)} bytes: ${seconds.toFixed(2)} s of one core, ${((performance.now() - began) / 1000).toFixed(2)} s by the clock`,
  )
  expect(seconds).toBeLessThan(10)
})
