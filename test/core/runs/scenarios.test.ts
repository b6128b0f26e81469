// Every scenario of the embedded Exchange through the real path: socket, evidence, findings. What a correct client concludes.
import { afterEach, describe, expect, test } from 'vitest'
import { evidenceSchema } from '../../../src/core/evidence/schema.ts'
import { cloudOfHost, clouds } from '../../../src/core/settings/clouds.ts'
import { isWithin } from '../../../src/core/settings/mailDomain.ts'
import { scenarioIds, startDemo, type DemoExchange, type ScenarioId } from '../../../src/demo/index.ts'
import { catalogue, isFindingId } from '../../../src/core/findings/catalogue.ts'
import type { Finding } from '../../../src/core/findings/finding.ts'
import { runDemo } from './demoRun.ts'
import { wayExpected, type ExpectedOnTheWay } from './expected.way.ts'

type Expected = {
  /** `source` of a URL that was found and verified; null: none. */
  located: string | null
  /** Login that read the mailbox; null: the test fails. */
  auth: string | null
  /** First finding of `test`; null: no error and no warning. */
  first: string | null
  /** Further findings that have to be there. */
  also?: string[]
  /** Passwords refused at the server by `locate` and `test` together. */
  refusals?: number
}

const online = (first: string | null, o: Partial<Expected> = {}): Expected => ({
  located: 'redirect',
  auth: null,
  first,
  ...o,
})
const onPremises = (first: string | null, o: Partial<Expected> = {}): Expected => ({
  located: 'json',
  auth: null,
  first,
  ...o,
})

/** A finding as the table of the way names it. */
function shown({ id, confidence }: Finding): string {
  return isFindingId(id) && catalogue[id].max === confidence ? id : `${id} (${confidence})`
}

const onTheWay: Readonly<Partial<Record<ScenarioId, ExpectedOnTheWay>>> = wayExpected

const expected: Readonly<Record<Exclude<ScenarioId, keyof typeof wayExpected>, Expected>> = {
  'healthy-on-prem': onPremises(null, { auth: 'ntlm' }),
  'healthy-online': online('ews-retirement-countdown', { auth: 'oauth' }),
  'secret-id-instead-of-value': online('client-secret-is-id'),
  'expired-secret': online('client-secret-expired'),
  'wrong-password': onPremises('wrong-password-or-user-name', { refusals: 1 }),
  'consent-missing': online('admin-consent-missing'),
  'ews-not-allowed': online('ews-disabled-for-organization', { also: ['ews-app-not-allowed'] }),
  'wrong-certificate': onPremises('tls-name-mismatch', { located: null }),
  'slow-candidate': onPremises(null, { auth: 'ntlm' }),
  'role-missing': online('ews-permission-missing', { also: ['token-without-roles'] }),
  'redirect-addr': onPremises(null, { located: 'soap', auth: 'ntlm' }),
  'redirect-url': onPremises(null, { located: 'soap', auth: 'ntlm' }),
  'foreign-redirect': onPremises('foreign-redirect-refused', { located: null }),
  'srv-only': onPremises(null, { located: 'soap', auth: 'ntlm', also: ['srv-record-unusual'] }),
  'autodiscover-login-only': onPremises('server-out-of-support', { located: 'soap', auth: 'ntlm' }),
  'pox-only': onPremises(null, { located: 'pox', auth: 'ntlm' }),
  'website-wants-login': onPremises(null, { auth: 'ntlm', also: ['root-website-wants-login'] }),
  'forms-login': onPremises('forms-login-in-front', { located: null }),
  'gateway-preauthentication': onPremises('gateway-preauthentication', { located: null }),
  'old-version': onPremises('server-version-too-new', {
    located: 'soap',
    auth: 'ntlm',
    also: ['server-out-of-support'],
  }),
  'mailbox-missing': online('mailbox-not-found'),
  'account-without-mailbox': onPremises('mailbox-not-found'),
  'impersonation-denied': online('impersonation-denied'),
  'unknown-domain': onPremises('mail-domain-not-found', { located: null }),
  'secret-wrong': online('client-secret-wrong'),
  'application-unknown': online('application-not-in-tenant'),
  'tenant-unknown': online('tenant-not-found'),
  'user-name-differs': onPremises('wrong-password-or-user-name', { refusals: 1 }),
  'extended-protection': onPremises('wrong-password-or-user-name', {
    also: ['extended-protection-suspected'],
    refusals: 1,
  }),
  'expired-certificate': onPremises('tls-certificate-expired', { located: null }),
  'self-signed-certificate': onPremises('tls-issuer-unknown', { located: null }),
  'autodiscover-missing': onPremises('autodiscover-not-published', { located: null }),
  'hybrid-mailbox': onPremises(null, { auth: 'ntlm' }),
  'oauth-on-prem': onPremises('oauth-fell-back-to-password', { auth: 'ntlm', also: ['oauth-not-offered-by-server'] }),
  'app-only-on-prem': onPremises('oauth-fell-back-to-password', {
    auth: 'ntlm',
    also: ['app-only-unsupported-on-premises'],
  }),
  'clock-skew': onPremises('clock-skew', { auth: 'ntlm' }),
  'server-busy': onPremises('server-busy'),
  'rbac-scope': online('token-without-roles', { auth: 'oauth' }),
  'tenant-in-another-cloud': online('tenant-not-found'),
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

/** Passwords that a server refused. */
function refusedPasswords(exchange: DemoExchange): number {
  const password = ['basic', 'ntlm-authenticate', 'negotiate']
  return exchange.journal.filter((entry) => entry.logon === 'refused' && password.includes(entry.authorization ?? ''))
    .length
}

describe('each scenario of the embedded Exchange', () => {
  test.each(Object.keys(expected) as (keyof typeof expected)[])('%s', async (scenario) => {
    demo = await startDemo({ scenario })
    const want = expected[scenario]
    const located = await runDemo('locate', demo)
    expect({ source: located.result.evidence.source, ok: located.result.ok, crashes: located.crashes }).toEqual({
      source: want.located,
      ok: want.located !== null,
      crashes: [],
    })
    if (want.located !== null && demo.ewsUrl !== null) expect(located.result.evidence.ewsUrl).toBe(demo.ewsUrl)

    const tested = await runDemo('test', demo)
    const { findings, evidence, ok } = tested.result
    const summary = findings.map((finding) => `${finding.id} ${finding.severity} ${finding.confidence}`)
    const loud = findings.filter((finding) => finding.severity !== 'info')
    expect({ first: loud[0]?.id ?? null, ok, crashes: tested.crashes }, summary.join('\n')).toEqual({
      first: want.first,
      ok: want.auth !== null,
      crashes: [],
    })
    if (want.auth !== null) expect(evidence.auth).toBe(want.auth)
    for (const id of want.also ?? []) expect(summary.join('\n')).toContain(id)
    expect(loud.filter((finding) => finding.severity === 'error').length > 0, summary.join('\n')).toBe(!ok)
    expect(evidenceSchema.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(evidence)

    expect(refusedPasswords(demo)).toBe(want.refusals ?? 0)
    expect(leaks(demo)).toEqual([])
  })
})

describe('each scenario on the way to the server: exactly these findings', () => {
  test.each(scenarioIds.filter((id) => id in onTheWay))('%s', { timeout: 60_000 }, async (scenario) => {
    const want = onTheWay[scenario]
    demo = await startDemo({ scenario })
    const located = await runDemo('locate', demo)
    expect(located.crashes).toEqual([])
    expect({
      source: located.result.evidence.source,
      findings: located.result.findings.map(shown).toSorted(),
    }).toEqual({ source: want?.located, findings: want?.locates.toSorted() })
    if (located.result.ok && demo.ewsUrl !== null) expect(located.result.evidence.ewsUrl).toBe(demo.ewsUrl)

    const tested = await runDemo('test', demo)
    const { findings, evidence, ok } = tested.result
    expect(tested.crashes).toEqual([])
    const first = findings.find((finding) => finding.severity !== 'info')
    expect(
      { first: first === undefined ? null : shown(first), auth: evidence.auth, ok },
      findings.map(shown).join('\n'),
    ).toEqual({ first: want?.first, auth: want?.auth ?? want?.loggedIn, ok: want?.auth !== null })
    expect(findings.map(shown).toSorted()).toEqual([want?.first ?? [], want?.also ?? []].flat().toSorted())
    expect(findings.some((finding) => finding.severity === 'error')).toBe(!ok)
    expect(evidenceSchema.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(evidence)
    expect(refusedPasswords(demo)).toBe(want?.refusals)
    expect(leaks(demo)).toEqual([])
  })
})
