// Saved evidence says the same as the run that made it: every scenario of the embedded Exchange, both commands, in either language.
// Scenarios run side by side, so that more of them wait for silent servers at the same time.
import { describe, expect, test } from 'vitest'
import { explainBytes } from '../../../src/core/files/explained.ts'
import { scenarioIds, startDemo } from '../../../src/demo/index.ts'
import { wordsOf } from '../../../src/texts/index.ts'
import { runDemo } from '../runs/demoRun.ts'

/** Long after the run: nothing may depend on when the evidence is looked at. */
const context = { now: new Date('2031-01-01T00:00:00Z'), version: '9.9.9' }

describe.concurrent('explained evidence equals the live findings', () => {
  test.each(scenarioIds)('%s', { timeout: 120_000 }, async (scenario) => {
    const demo = await startDemo({ scenario })
    try {
      for (const command of ['locate', 'test'] as const) {
        const { result } = await runDemo(command, demo)
        const explained = explainBytes(Buffer.from(JSON.stringify(result.evidence, null, 2)), context)
        expect(explained).toEqual({ kind: 'explained', shape: null, result })
        if (explained.kind !== 'explained') return
        for (const language of ['de', 'en'] as const) {
          expect(explained.result.findings.map((finding) => wordsOf(finding, language))).toEqual(
            result.findings.map((finding) => wordsOf(finding, language)),
          )
        }
      }
    } finally {
      await demo.stop()
    }
  })
})
