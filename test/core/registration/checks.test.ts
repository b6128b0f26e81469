// The checks of the guide against the embedded Exchange: each step fails in one scenario and passes in another, for a reason that shows.
import { afterEach, describe, expect, test } from 'vitest'
import { judgeSteps, onlineStateOf, type StepVerdict } from '../../../src/core/registration/progress.ts'
import { guideSteps, stepTable, type GuideStep, type PermissionModel } from '../../../src/core/registration/models.ts'
import { evidenceSchema } from '../../../src/core/evidence/schema.ts'
import { startDemo, type DemoExchange, type ScenarioId, type Typed } from '../../../src/demo/index.ts'
import { runDemo, type DemoRun } from '../runs/demoRun.ts'

const started: DemoExchange[] = []
afterEach(() => Promise.all(started.splice(0).map((demo) => demo.stop())))

type Check = { step: GuideStep; model: PermissionModel; scenario: ScenarioId; typed?: Partial<Typed> }

async function check(o: Check): Promise<{ run: DemoRun; verdict: StepVerdict | undefined; demo: DemoExchange }> {
  const demo = await startDemo({ scenario: o.scenario })
  started.push(demo)
  const asked = { reach: stepTable[o.step].reach ?? expect.fail('a step without a check'), model: o.model }
  const run = await runDemo(asked, demo, o.typed === undefined ? {} : { typed: o.typed })
  expect(run.crashes).toEqual([])
  expect(evidenceSchema.safeParse(run.result.evidence).success).toBe(true)
  return { run, verdict: judgeSteps(run.result, asked)[o.step], demo }
}

const passed: [GuideStep, PermissionModel, ScenarioId, Partial<StepVerdict>?][] = [
  ['ids', 'all', 'healthy-online'],
  ['secret', 'all', 'healthy-online'],
  ['permission', 'all', 'healthy-online'],
  ['permission', 'all', 'rbac-scope', { note: 'by-exchange-role' }],
  ['consent', 'all', 'healthy-online'],
  ['scope', 'some', 'rbac-scope'],
  ['allow-list', 'all', 'healthy-online'],
  ['directories', 'on-premises', 'healthy-on-prem'],
  ['ews', 'all', 'healthy-online'],
  ['ews', 'on-premises', 'healthy-on-prem'],
  ['ews', 'hybrid', 'hybrid-mailbox'],
]
const failed: [GuideStep, PermissionModel, ScenarioId, string][] = [
  ['ids', 'all', 'tenant-unknown', 'tenant-not-found'],
  ['ids', 'all', 'tenant-in-another-cloud', 'wrong-cloud'],
  ['secret', 'all', 'secret-wrong', 'client-secret-wrong'],
  ['secret', 'all', 'expired-secret', 'client-secret-expired'],
  ['secret', 'all', 'secret-id-instead-of-value', 'client-secret-is-id'],
  ['permission', 'all', 'role-missing', 'ews-permission-missing'],
  ['consent', 'all', 'consent-missing', 'admin-consent-missing'],
  ['consent', 'all', 'role-missing', 'ews-permission-missing'],
  ['scope', 'some', 'impersonation-denied', 'impersonation-denied'],
  ['scope', 'some', 'role-missing', 'ews-permission-missing'],
  ['allow-list', 'all', 'ews-not-allowed', 'ews-disabled-for-organization'],
  ['directories', 'on-premises', 'wrong-certificate', 'tls-name-mismatch'],
  ['ews', 'on-premises', 'wrong-password', 'wrong-password-or-user-name'],
  ['ews', 'all', 'mailbox-missing', 'mailbox-not-found'],
]

describe('a step that was done', () => {
  test.each(passed)('%s for %s passes in %s', async (step, model, scenario, more = {}) => {
    const { verdict } = await check({ step, model, scenario })
    expect(verdict).toMatchObject({ outcome: 'passed', ...more })
  })
})

describe('a step that was not done', () => {
  test.each(failed)('%s for %s fails in %s: %s', async (step, model, scenario, finding) => {
    const { verdict, run } = await check({ step, model, scenario })
    expect(verdict, JSON.stringify(run.result.findings)).toMatchObject({ outcome: 'failed', finding })
  })

  test('each check is in both tables', () => {
    const checked = guideSteps.filter((step) => stepTable[step].reach !== null)
    expect(new Set(passed.map(([step]) => step))).toEqual(new Set(checked))
    expect(new Set(failed.map(([step]) => step))).toEqual(new Set(checked))
  })
})

describe('a check goes no further than its step', () => {
  test('the check of the IDs asks anonymously, and no secret leaves', async () => {
    const { demo, run } = await check({ step: 'ids', model: 'all', scenario: 'healthy-online' })
    expect(demo.journal.map((entry) => [entry.host, entry.operation])).toEqual([
      ['login.microsoftonline.com', 'openid-configuration'],
      ['login.microsoftonline.com', 'openid-configuration'],
    ])
    expect(run.result.findings).toEqual([])
  })

  test('the check of the secret asks for one token and does not call EWS', async () => {
    const { demo } = await check({ step: 'secret', model: 'all', scenario: 'healthy-online' })
    expect(demo.journal.filter((entry) => entry.operation === 'token')).toHaveLength(1)
    expect(demo.journal.filter((entry) => entry.host !== 'login.microsoftonline.com')).toEqual([])
  })

  test('a tenant that nobody knows gets no secret', async () => {
    const { demo, verdict } = await check({ step: 'secret', model: 'all', scenario: 'tenant-in-another-cloud' })
    expect(verdict).toMatchObject({ outcome: 'open', because: 'ids' })
    expect(demo.journal.filter((entry) => entry.operation === 'token')).toEqual([])
  })

  test('with the role in the token the permission is shown without a call', async () => {
    const { demo } = await check({ step: 'permission', model: 'all', scenario: 'healthy-online' })
    expect(demo.journal.filter((entry) => entry.host === 'outlook.office365.com')).toEqual([])
  })

  test('without a role EWS decides, on the same token', async () => {
    const { demo } = await check({ step: 'permission', model: 'all', scenario: 'rbac-scope' })
    expect(demo.journal.filter((entry) => entry.operation === 'token')).toHaveLength(1)
    expect(demo.journal.filter((entry) => entry.authorization === 'bearer').length).toBeGreaterThan(0)
  })

  test('without a role and without a mailbox nothing is claimed', async () => {
    const { verdict } = await check({
      step: 'permission',
      model: 'all',
      scenario: 'role-missing',
      typed: { email: '' },
    })
    expect(verdict).toMatchObject({ outcome: 'warning', note: 'role-not-shown' })
  })

  test('no password is sent where the registration is checked', async () => {
    const { demo } = await check({
      step: 'ews',
      model: 'all',
      scenario: 'consent-missing',
      typed: { password: 'not-this' },
    })
    expect(demo.journal.filter((entry) => /basic|ntlm|negotiate/.test(entry.authorization ?? ''))).toEqual([])
  })
})

describe('what was typed badly is recognised at its step', () => {
  const bad: [string, GuideStep, Partial<Typed>, Partial<StepVerdict>][] = [
    [
      'tenant as URL',
      'ids',
      { tenantId: 'https://login.microsoftonline.com/fabrikam.example/v2.0' },
      { outcome: 'passed' },
    ],
    [
      'client ID with braces and blanks',
      'ids',
      { clientId: ' {b1f4d2a7-3e5c-4c86-a0d9-7f2e6b815c43} ' },
      { outcome: 'passed' },
    ],
    ['tenant that is none', 'ids', { tenantId: 'no tenant' }, { outcome: 'failed', finding: 'tenant-id-malformed' }],
    ['client ID that is none', 'ids', { clientId: 'EWS Setup' }, { outcome: 'failed', finding: 'client-id-malformed' }],
    ['empty IDs', 'ids', { tenantId: '', clientId: '' }, { outcome: 'failed' }],
    [
      'both IDs the same',
      'ids',
      { clientId: '6f0a3c52-8d41-4f5e-9b7a-2c1d0e9f8a34' },
      { outcome: 'failed', finding: 'client-id-is-another-id' },
    ],
    ['secret missing', 'secret', { clientSecret: '' }, { outcome: 'failed', finding: 'client-secret-missing' }],
    ['secret missing', 'permission', { clientSecret: '' }, { outcome: 'open', because: 'secret' }],
  ]
  test.each(bad)('%s, at %s', async (_what, step, typed, verdict) => {
    expect((await check({ step, model: 'all', scenario: 'healthy-online', typed })).verdict).toMatchObject(verdict)
  })

  test('a secret with a trailing newline works, and the remark says so', async () => {
    const { clientSecret = '' } = (await check({ step: 'ids', model: 'all', scenario: 'healthy-online' })).demo.typed
    const { verdict, run } = await check({
      step: 'secret',
      model: 'all',
      scenario: 'healthy-online',
      typed: { clientSecret: `${clientSecret}\n` },
    })
    expect(verdict?.outcome).toBe('passed')
    expect(run.result.evidence.input.remarks.map((remark) => remark.id)).toContain('secret-trimmed')
  })

  test('a consent by somebody without the right has no effect, and the step says that', async () => {
    const { verdict } = await check({ step: 'consent', model: 'all', scenario: 'role-missing' })
    expect(verdict).toMatchObject({ outcome: 'failed', note: 'consent-without-effect' })
  })
})

describe('caveats', () => {
  test('a consent for all mailboxes makes a scope worth nothing', async () => {
    const { verdict } = await check({ step: 'scope', model: 'some', scenario: 'healthy-online' })
    expect(verdict).toMatchObject({ outcome: 'warning', note: 'consent-defeats-scope' })
  })

  test.each([
    ['healthy-online', 'open'],
    ['ews-not-allowed', 'blocked'],
    ['role-missing', 'refused'],
    ['healthy-on-prem', undefined],
  ] as const)('what is known of the tenant after %s: %s', async (scenario, state) => {
    const model = scenario === 'healthy-on-prem' ? 'on-premises' : 'all'
    const { run } = await check({ step: 'ews', model, scenario })
    expect(onlineStateOf(run.result)?.state).toBe(state)
  })

  test('a run that was stopped says nothing about any step', async () => {
    const { run } = await check({ step: 'ews', model: 'all', scenario: 'healthy-online' })
    const stopped = { ...run.result, evidence: { ...run.result.evidence, outcome: 'cancelled' as const } }
    expect(judgeSteps(stopped, { reach: 'ews', model: 'all' })).toEqual({})
  })
})
