// Every scenario of the embedded Exchange through the real path: socket, evidence, findings. What a correct client concludes; that saved
// evidence says the same later, in either language; and that no event holds a secret.
import { afterEach, describe, expect, test } from 'vitest'
import { evidenceSchema } from '../../../src/core/evidence/schema.ts'
import { catalogue, isFindingId } from '../../../src/core/findings/catalogue.ts'
import type { Finding } from '../../../src/core/findings/finding.ts'
import { cloudOfHost, clouds } from '../../../src/core/settings/clouds.ts'
import { explainBytes } from '../../../src/core/files/explained.ts'
import type { RunResult } from '../../../src/core/runs/events.ts'
import { isWithin } from '../../../src/core/settings/mailDomain.ts'
import { scenarioIds, startDemo, type DemoExchange } from '../../../src/demo/index.ts'
import { wordsOf } from '../../../src/texts/index.ts'
import { strangersWithCredentials } from '../../canary/strangers.ts'
import { canary, found, tracesOf } from '../../canary/traces.ts'
import { runDemo, type DemoRun } from './demoRun.ts'
import { expected } from './expected.ts'

/** A finding as the table names it. */
function shown({ id, confidence }: Finding): string {
  return isFindingId(id) && catalogue[id].max === confidence ? id : `${id} (${confidence})`
}

const secrets = { password: canary('Kanari'), clientSecret: canary('demo8Q') }
const traces = [...tracesOf('password', secrets.password), ...tracesOf('client secret', secrets.clientSecret)]

/** Long after the run: nothing may depend on when the evidence is looked at. */
const later = { now: new Date('2031-01-01T00:00:00Z'), version: '9.9.9' }

let demo: DemoExchange | undefined
afterEach(async () => {
  await demo?.stop()
  demo = undefined
})

/** Requests that carried a password, token or secret to a host that must not get one. */
function leaks(exchange: DemoExchange): string[] {
  const domain = exchange.typed.email.split('@')[1] ?? ''
  return exchange.journal
    .filter((entry) => entry.authorization !== null && entry.authorization !== 'bearer-empty')
    .filter(
      (entry) =>
        !isWithin(domain, entry.host) &&
        cloudOfHost(entry.host) === undefined &&
        entry.host !== clouds.global.authorityHost,
    )
    .map((entry) => `${entry.authorization ?? ''} to ${entry.host}`)
}

/** Secrets in what a host may show or keep of a run. */
function secretsIn({ events, questions, crashes }: DemoRun): string[] {
  const stacks = crashes.map((error) => (error instanceof Error ? `${error.message} ${error.stack}` : String(error)))
  return found('the run', JSON.stringify({ events, questions, stacks }), traces)
}

/** The same findings and words from the evidence as it is saved. */
function expectExplained(result: RunResult): void {
  const explained = explainBytes(Buffer.from(JSON.stringify(result.evidence, null, 2)), later)
  expect(explained).toEqual({ kind: 'explained', shape: null, result })
  if (explained.kind !== 'explained') return
  for (const language of ['de', 'en'] as const) {
    expect(explained.result.findings.map((finding) => wordsOf(finding, language))).toEqual(
      result.findings.map((finding) => wordsOf(finding, language)),
    )
  }
}

describe('each scenario of the embedded Exchange', () => {
  test.each(scenarioIds)('%s', { timeout: 60_000 }, async (scenario) => {
    demo = await startDemo({ scenario, ...secrets })
    const want = expected[scenario]
    const located = await runDemo('locate', demo)
    expect({ source: located.result.evidence.source, ok: located.result.ok, crashes: located.crashes }).toEqual({
      source: want.located,
      ok: want.located !== null,
      crashes: [],
    })
    expect(located.result.findings.map(shown).toSorted()).toEqual([...want.locates].toSorted())
    if (want.located !== null && demo.ewsUrl !== null) expect(located.result.evidence.ewsUrl).toBe(demo.ewsUrl)

    const tested = await runDemo('test', demo)
    const { findings, evidence, ok } = tested.result
    const summary = findings.map((finding) => `${finding.id} ${finding.severity} ${finding.confidence}`)
    const loud = findings.filter((finding) => finding.severity !== 'info')
    const [first] = loud
    expect(
      { first: first === undefined ? null : shown(first), ok, auth: evidence.auth, crashes: tested.crashes },
      summary.join('\n'),
    ).toEqual({ first: want.first, ok: want.auth !== null, auth: want.auth ?? want.loggedIn, crashes: [] })
    expect(findings.map(shown).toSorted()).toEqual([want.first ?? [], want.also].flat().toSorted())
    expect(loud.filter((finding) => finding.severity === 'error').length > 0, summary.join('\n')).toBe(!ok)
    expect(evidenceSchema.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(evidence)

    const refusedPasswords = demo.journal.filter(
      (entry) =>
        entry.logon === 'refused' && ['basic', 'ntlm-authenticate', 'negotiate'].includes(entry.authorization ?? ''),
    )
    expect(refusedPasswords.length).toBe(want.refusals)
    expect([...leaks(demo), ...strangersWithCredentials(demo)]).toEqual([])
    for (const run of [located, tested]) {
      expect(secretsIn(run)).toEqual([])
      expectExplained(run.result)
    }
  })
})
