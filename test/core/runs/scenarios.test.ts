// Every scenario of the embedded Exchange through the real path: socket, evidence, findings. What a correct client concludes.
import { afterEach, describe, expect, test } from 'vitest'
import { evidenceSchema } from '../../../src/core/evidence/schema.ts'
import { catalogue, isFindingId } from '../../../src/core/findings/catalogue.ts'
import type { Finding } from '../../../src/core/findings/finding.ts'
import { cloudOfHost, clouds } from '../../../src/core/settings/clouds.ts'
import { isWithin } from '../../../src/core/settings/mailDomain.ts'
import { scenarioIds, startDemo, type DemoExchange } from '../../../src/demo/index.ts'
import { runDemo } from './demoRun.ts'
import { expected } from './expected.ts'

/** A finding as the table names it. */
function shown({ id, confidence }: Finding): string {
  return isFindingId(id) && catalogue[id].max === confidence ? id : `${id} (${confidence})`
}

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

describe('each scenario of the embedded Exchange', () => {
  test.each(scenarioIds)('%s', { timeout: 60_000 }, async (scenario) => {
    demo = await startDemo({ scenario })
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
    expect(leaks(demo)).toEqual([])
  })
})
