// After a 403, a refused user name, a tenant that is not there: what is asked again, how often, and what never is.
import { afterEach, describe, expect, test } from 'vitest'
import { otherUserAgent } from '../../../src/core/runs/again.ts'
import { startDemo, type DemoExchange, type ScenarioId } from '../../../src/demo/index.ts'
import type { ObservationOf } from '../../../src/core/evidence/schema.ts'
import { runDemo, type DemoRun, type DemoRunOptions } from './demoRun.ts'

let demo: DemoExchange | undefined
afterEach(async () => {
  await demo?.stop()
  demo = undefined
})

async function run(scenario: ScenarioId, o: DemoRunOptions = {}): Promise<DemoRun & { exchange: DemoExchange }> {
  demo = await startDemo({ scenario })
  return { ...(await runDemo('test', demo, o)), exchange: demo }
}

const ids = (ran: DemoRun): string[] => ran.result.findings.map((finding) => finding.id)

/** Every call of EWS in the run: `403` or `200`, under which name and for whom. */
const calls = (ran: DemoRun): string[] =>
  ran.result.evidence.steps
    .flatMap((step) => step.observations)
    .filter((seen): seen is ObservationOf<'soap'> => seen.kind === 'soap')
    .map(({ status, userAgent, mailbox }) =>
      [String(status), userAgent === otherUserAgent ? 'renamed' : 'own', mailbox?.split('@')[0]].join(' '),
    )

/** Logins with a password that the server decided about. */
const passwords = (exchange: DemoExchange): string[] =>
  exchange.journal
    .filter(({ authorization }) => authorization === 'ntlm-authenticate' || authorization === 'basic')
    .map(({ logon }) => logon ?? 'undecided')

describe('a 403 that does not say why', () => {
  test('is asked again twice, once under another name, and no more', async () => {
    const ran = await run('ews-not-allowed')
    expect(calls(ran)).toEqual(['403 own ben', '403 own ben', '403 renamed ben'])
    expect(ran.exchange.journal.filter((entry) => entry.authorization === 'bearer')).toHaveLength(3)
  })

  test('that comes and goes is told so after one further call', async () => {
    const ran = await run('ews-blocked-now-and-then')
    expect(calls(ran)).toEqual(['403 own ben', '200 own ben'])
    expect(ids(ran)[0]).toBe('ews-block-intermittent')
    expect(ran.result.findings[0]?.facts).toMatchObject({ blocked: 1, open: 1 })
  })

  test('that depends on the name is confirmed under the own name', async () => {
    const ran = await run('user-agent-not-listed')
    expect(calls(ran)).toEqual(['403 own ben', '403 own ben', '200 renamed ben', '403 own ben'])
    expect(ran.result.findings[0]?.facts).toMatchObject({ userAgent: 'ews-setup/0.0.0', otherUserAgent })
  })

  test('is compared with another mailbox only where one was named', async () => {
    const named = await run('ews-off-for-one-mailbox')
    expect(calls(named)).toEqual(['403 own ben', '403 own ben', '403 renamed ben', '200 own sales'])
    await demo?.stop()
    const alone = await run('ews-off-for-one-mailbox', { typed: { secondMailbox: '' } })
    expect(calls(alone)).toHaveLength(3)
    expect(ids(alone)).toContain('ews-disabled-for-organization')
  })

  test('for two mailboxes speaks for the organisation', async () => {
    const ran = await run('ews-not-allowed', { typed: { secondMailbox: 'sales@fabrikam.example' } })
    expect(calls(ran).at(-1)).toBe('403 own sales')
    expect(ran.result.findings[0]).toMatchObject({ id: 'ews-disabled-for-organization', confidence: 'likely' })
  })

  test.each(['role-missing', 'mailbox-moved-away', 'wrong-password'] as const)(
    'is the only answer that is asked again: not in %s',
    async (scenario) => {
      const ran = await run(scenario)
      expect(ran.result.evidence.steps.filter((step) => step.name === 'again')).toEqual([])
    },
  )
})

describe('a second form of the user name', () => {
  test('is tried once after a definite refusal, and what it shows is told', async () => {
    const ran = await run('user-name-in-two-forms')
    expect({ ok: ran.result.ok, passwords: passwords(ran.exchange) }).toEqual({
      ok: true,
      passwords: ['refused', 'accepted'],
    })
    expect(ran.result.findings).toMatchObject([
      {
        id: 'user-name-form-wrong',
        severity: 'warning',
        confidence: 'observed',
        facts: { user: 'CONTOSO\\anna', userName: 'anna@contoso.example' },
      },
    ])
  })

  test('is not guessed', async () => {
    const ran = await run('user-name-differs')
    expect(passwords(ran.exchange)).toEqual(['refused'])
  })

  test('that is the same as the first one is none', async () => {
    const ran = await run('wrong-password', { typed: { secondUserName: 'ANNA@contoso.example' } })
    expect(passwords(ran.exchange)).toEqual(['refused'])
  })

  test('is not tried where the first one was good or nothing was refused', async () => {
    const good = await run('healthy-on-prem', { typed: { secondUserName: 'CONTOSO\\anna' } })
    expect(passwords(good.exchange)).toEqual(['accepted'])
    await demo?.stop()
    const broken = await run('balancer-mixes-servers', { typed: { secondUserName: 'CONTOSO\\anna' } })
    expect(passwords(broken.exchange)).toEqual(['undecided'])
  })

  test('that is wrong as well ends there', async () => {
    const ran = await run('wrong-password', { typed: { secondUserName: 'CONTOSO\\anna' } })
    expect(passwords(ran.exchange)).toEqual(['refused', 'refused'])
    expect(ids(ran)[0]).toBe('wrong-password-or-user-name')
  })
})

describe('a tenant that the chosen cloud does not know', () => {
  const other = 'login.microsoftonline.us'

  test('is asked for at the other clouds, without a login, and found', async () => {
    const ran = await run('tenant-in-another-cloud')
    expect(ran.result.findings[0]).toMatchObject({ id: 'wrong-cloud', confidence: 'observed', facts: { host: other } })
    expect(
      ran.exchange.journal
        .filter((entry) => entry.host === other)
        .map(({ method, authorization, operation }) => [method, authorization, operation]),
    ).toEqual([['GET', null, 'openid-configuration']])
  })

  test('is not found anywhere where it does not exist', async () => {
    const ran = await run('tenant-unknown')
    expect(ran.result.evidence.steps.find((step) => step.name === 'clouds')?.state).toBe('no-answer')
    expect(ids(ran)[0]).toBe('tenant-not-found')
  })

  test.each(['secret-wrong', 'application-unknown', 'tenant-sent-to-national-cloud'] as const)(
    'alone is asked for there: not in %s',
    async (scenario) => {
      const ran = await run(scenario)
      expect(ran.result.evidence.steps.map((step) => step.name)).not.toContain('clouds')
    },
  )
})
