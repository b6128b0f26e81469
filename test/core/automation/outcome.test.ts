// What a call's result means for the policy: from real calls against the embedded Exchange, and for every finding there is.
import { expect, test, vi } from 'vitest'
import { createConnector } from '../../../src/core/createConnector.ts'
import { secretFrom } from '../../../src/core/auth/secret.ts'
import { outcomeOf, type Outcome } from '../../../src/core/automation/outcome.ts'
import type { RunResult } from '../../../src/core/runs/events.ts'
import { findingIds, type FindingId } from '../../../src/core/findings/catalogue.ts'
import { startDemo, type ScenarioId } from '../../../src/demo/index.ts'
import { typedRequest } from '../runs/demoRun.ts'

// Whole programs and servers: on a busy machine their start alone takes seconds.
vi.setConfig({ testTimeout: 60_000 })

/** One automatic call in a scenario, at the URL where EWS really is. */
async function callIn(
  scenario: ScenarioId,
  change: { secret?: string; url?: string; signal?: AbortSignal } = {},
): Promise<{ result: RunResult; outcome: Outcome; requests: string[]; logons: { accepted: number; refused: number } }> {
  const demo = await startDemo({ scenario })
  try {
    const ewsUrl = change.url ?? demo.ewsUrl ?? ''
    const request = typedRequest(demo, { settings: { ewsUrl, ewsUrlOrigin: 'typed' } })
    const secrets = change.secret === undefined ? request.secrets : { password: secretFrom(change.secret) }
    const connector = createConnector({ version: '0', systemCas: [], environment: {} })
    const signal = change.signal ?? new AbortController().signal
    const result = await connector.call({ ...request, secrets }, { signal })
    const count = (kind: string): number => demo.journal.filter((entry) => entry.logon === kind).length
    return {
      result,
      outcome: outcomeOf(result),
      requests: demo.journal.map((entry) => `${entry.host}${entry.path}`),
      logons: { accepted: count('accepted'), refused: count('refused') },
    }
  } finally {
    await demo.stop()
  }
}

test('a call that works asks the stored URL only, and searches nothing', async () => {
  const { outcome, requests, result } = await callIn('healthy-on-prem')
  expect(outcome).toMatchObject({ kind: 'works', refusedBy: null, finding: null })
  expect(new Set(requests)).toEqual(new Set(['mail.contoso.example/EWS/Exchange.asmx']))
  expect(result.evidence.steps.map((step) => step.name)).toEqual(['input', 'endpoint', 'login', 'mailbox'])
})

test('with OAuth it knows when the token ends, and asks nothing but token and mailbox', async () => {
  const { outcome, result } = await callIn('healthy-online')
  expect(outcome.kind).toBe('works')
  expect((outcome.tokenUntil ?? 0) - Date.now()).toBeGreaterThan(60_000)
  expect(new Set(result.evidence.steps.map((step) => step.name))).toEqual(
    new Set(['input', 'endpoint', 'token', 'login', 'mailbox']),
  )
})

test.each<[ScenarioId, Partial<Outcome>, Parameters<typeof callIn>[1]?]>([
  ['wrong-password', { kind: 'refused', refusedBy: 'exchange' }],
  ['secret-wrong', { kind: 'refused', refusedBy: 'token' }],
  ['expired-secret', { kind: 'refused', refusedBy: 'token' }],
  ['application-unknown', { kind: 'refused', refusedBy: 'token' }],
  ['role-missing', { kind: 'denied', refusedBy: null }],
  ['ews-not-allowed', { kind: 'denied', refusedBy: null }],
  ['impersonation-denied', { kind: 'denied', refusedBy: null }],
  ['mailbox-missing', { kind: 'denied', refusedBy: null }],
  ['server-busy', { kind: 'busy', refusedBy: null, restMs: 60_000 }],
  ['wrong-certificate', { kind: 'unreachable', refusedBy: null }],
  ['healthy-on-prem', { kind: 'unreachable' }, { url: 'https://gone.contoso.example/EWS/Exchange.asmx' }],
])('%s is %o', async (scenario, expected, change) => {
  const { outcome, logons } = await callIn(scenario, change)
  expect(outcome).toMatchObject(expected)
  expect(logons.refused).toBe(outcome.kind === 'refused' ? 1 : 0)
})

test('a call that is stopped before it sent credentials was not made', async () => {
  const { outcome } = await callIn('healthy-on-prem', { signal: AbortSignal.abort() })
  expect(outcome.kind).toBe('not-made')
})

test('only what observations show is a refusal: no finding alone makes one, save the one that means 401s', async () => {
  const { evidence: base } = (await callIn('healthy-on-prem', { signal: AbortSignal.abort() })).result
  const evidence = { ...base, steps: [], outcome: 'fails' as const }
  const of = (id: FindingId): Outcome['kind'] =>
    outcomeOf({
      ok: false,
      findings: [{ id, severity: 'error', confidence: 'observed', actor: 'you', evidence: [], facts: {} }],
      evidence,
    }).kind
  expect(findingIds.filter((id) => of(id) === 'refused')).toEqual(['intermittent-401'])
  expect(findingIds.filter((id) => of(id) === 'busy')).toEqual(['token-requests-throttled', 'server-busy'])
})
