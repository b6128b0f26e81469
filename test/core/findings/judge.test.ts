import { describe, expect, test } from 'vitest'
import { catalogue, findingIds, isFindingId } from '../../../src/core/findings/catalogue.ts'
import { evidenceSchema } from '../../../src/core/evidence/schema.ts'
import { findingSchema } from '../../../src/core/findings/finding.ts'
import { judge } from '../../../src/core/findings/judge.ts'
import { fires, healthy, silent } from './cases.ts'
import {
  autodiscover,
  bearerStep,
  challenge,
  connection,
  dns,
  evidenceOf,
  ews,
  findingOf,
  http,
  idsOf,
  issued,
  locateOf,
  login,
  online,
  onlineOf,
  soap,
  step,
  tls,
  token,
} from './evidenceOf.ts'

const rank = ['possible', 'likely', 'observed']

describe('each rule', () => {
  test.each(findingIds)('%s is given where its evidence is', (id) => {
    const found = findingOf(fires[id], id)
    expect(idsOf(fires[id])).toContain(id)
    expect(rank.indexOf(found?.confidence ?? '')).toBeLessThanOrEqual(rank.indexOf(catalogue[id].max))
    expect(found?.evidence.length ?? 0).toBeGreaterThanOrEqual(1)
  })

  test.each(findingIds)('%s is silent in a healthy run', (id) => {
    expect(idsOf(healthy)).not.toContain(id)
  })

  test.each(Object.keys(silent).filter(isFindingId))('%s is silent at its near miss', (id) => {
    const evidence = silent[id]
    expect(evidence === undefined ? [id] : idsOf(evidence)).not.toContain(id)
  })

  test('cases are evidence by the schema, findings by theirs', () => {
    for (const evidence of [...Object.values(fires), ...Object.values(silent), healthy]) {
      expect(evidenceSchema.safeParse(evidence).success).toBe(true)
      for (const finding of judge(evidence)) expect(findingSchema.safeParse(finding).success).toBe(true)
    }
  })
})

describe('how the run ended', () => {
  const everything = Object.entries(fires)

  test.each(everything)('a run that failed begins with an error: %s', (_id, evidence) => {
    expect(judge({ ...evidence, outcome: 'fails' })[0]?.severity).toBe('error')
    expect(judge({ ...evidence, outcome: 'budget-spent' })[0]?.severity).toBe('error')
  })

  test.each(everything)('a run that worked holds no error: %s', (_id, evidence) => {
    expect(judge({ ...evidence, outcome: 'works' }).map((one) => one.severity)).not.toContain('error')
  })

  test('a cancelled run invents nothing', () => {
    expect(
      idsOf(evidenceOf({ outcome: 'cancelled', steps: [step('login:ntlm', [], { state: 'cancelled' })] })),
    ).toEqual([])
    expect(idsOf({ ...fires['autodiscover-not-published'], outcome: 'cancelled' })).not.toContain(
      'autodiscover-not-published',
    )
    expect(idsOf({ ...fires['client-secret-expired'], outcome: 'cancelled' })).toEqual(['client-secret-expired'])
  })

  test('the same evidence always gives the same findings, and evidence is left as it was', () => {
    const evidence = fires['ews-disabled-for-organization']
    const before = JSON.stringify(evidence)
    expect(judge(evidence)).toEqual(judge(evidence))
    expect(JSON.stringify(evidence)).toBe(before)
  })
})

describe('catalogue', () => {
  test('everything that is suppressed exists', () => {
    const named = findingIds.flatMap((id): readonly string[] => catalogue[id].suppresses)
    expect(named.filter((id) => id !== 'below' && !isFindingId(id))).toEqual([])
  })
})

describe('precedence', () => {
  const auto = 'autodiscover.contoso.com'

  test('a wrong password is never told as missing Autodiscover', () => {
    const evidence = locateOf([
      step(`json:${auto}`, [http(`https://${auto}/`, { status: 404 }), autodiscover(auto)]),
      step(`soap:${auto}`, [
        http(`https://${auto}/autodiscover/autodiscover.svc`, { status: 401, credentials: 'ntlm' }),
        login(`https://${auto}/autodiscover/autodiscover.svc`),
      ]),
    ])
    expect(idsOf(evidence)[0]).toBe('wrong-password-or-user-name')
    expect(idsOf(evidence)).not.toContain('autodiscover-not-published')
  })

  test('missing Autodiscover is never told as a wrong password', () => {
    expect(idsOf(fires['autodiscover-not-published'])).toEqual(['autodiscover-not-published'])
  })

  test('a 403 is never told as a 401', () => {
    const about401 = ['wrong-password-or-user-name', 'token-refused-unknown-code', 'gateway-preauthentication']
    for (const evidence of [
      fires['ews-disabled-for-organization'],
      fires['ews-permission-missing'],
      fires['token-without-roles'],
    ]) {
      expect(idsOf(evidence).filter((id) => about401.includes(id))).toEqual([])
    }
  })

  test('a token without roles stays a warning beside the 403', () => {
    const evidence = onlineOf([
      step('token:login.microsoftonline.com', [issued({ roles: [] })]),
      bearerStep(online, 403, { headers: { 'x-ms-diagnostics': '2000008;reason="x"' } }),
    ])
    expect(findingOf(evidence, 'ews-permission-missing')?.severity).toBe('error')
    expect(findingOf(evidence, 'token-without-roles')?.severity).toBe('warning')
  })

  test('the three causes of a 403 at Exchange Online stand side by side', () => {
    const evidence = fires['ews-disabled-for-organization']
    expect(idsOf(evidence)).toEqual([
      'ews-disabled-for-organization',
      'ews-app-not-allowed',
      'ews-disabled-for-mailbox',
    ])
    expect(findingOf(evidence, 'ews-disabled-for-organization')?.confidence).toBe('likely')
    expect(
      findingOf({ ...evidence, startedAt: '2026-09-01T10:00:00Z' }, 'ews-disabled-for-organization')?.confidence,
    ).toBe('possible')
  })

  test('a transport failure at the EWS host ends its path', () => {
    const refused = step('endpoint:mail.contoso.com', [
      connection('mail.contoso.com', { result: 'refused' }),
      http(ews, { result: 'not-connected', status: null }),
      endpoint404(),
    ])
    expect(idsOf(evidenceOf({ steps: [refused] }))).toEqual(['connection-refused'])
  })

  test('the token endpoint and the EWS host are judged each on its own', () => {
    const evidence = evidenceOf({
      steps: [
        step('token:login.microsoftonline.com', [token({ errorCodes: [7000222] })]),
        step('login:ntlm', [http(ews, { status: 401 }), login(ews)]),
      ],
    })
    expect(idsOf(evidence)).toEqual(['client-secret-expired', 'wrong-password-or-user-name'])
  })

  test('failed candidates are at most info once the URL is proven', () => {
    const evidence = evidenceOf({
      command: 'locate',
      outcome: 'works',
      ewsUrl: ews,
      source: 'json',
      steps: [
        step('names', [dns('contoso.com')]),
        step('json:contoso.com', [
          connection('contoso.com'),
          tls('contoso.com', { result: 'name-mismatch' }),
          http('https://contoso.com/', { result: 'not-connected', status: null }),
        ]),
        step('capabilities:contoso.com', [
          connection('contoso.com', { result: 'timed-out' }),
          http('https://contoso.com/', { result: 'not-connected', status: null }),
        ]),
        step(`json:${auto}`, [autodiscover(auto, { result: 'url', ewsUrl: ews })], { state: 'passed' }),
        step('verify:mail.contoso.com', [http(ews, { status: 401 })], { state: 'passed' }),
      ],
    })
    const found = judge(evidence)
    expect(found.length).toBeGreaterThan(0)
    expect(found.map((one) => one.severity).filter((severity) => severity !== 'info')).toEqual([])
  })

  test('the certificate of the right name comes before missing Autodiscover', () => {
    const evidence = locateOf([
      step(`json:${auto}`, [
        connection(auto),
        tls(auto, { result: 'expired' }),
        http(`https://${auto}/`, { result: 'not-connected', status: null }),
        autodiscover(auto, { result: 'no-answer' }),
      ]),
    ])
    expect(idsOf(evidence)).toEqual(['tls-certificate-expired', 'autodiscover-not-published'])
  })

  test('a Windows login without any header of Exchange stays a possible wrong password', () => {
    const at = (exchange: 'none' | 'shown') =>
      findingOf(
        evidenceOf({ steps: [step('login:ntlm', [http(ews, { status: 401, exchange }), login(ews, { exchange })])] }),
        'wrong-password-or-user-name',
      )?.confidence
    expect(at('none')).toBe('possible')
    expect(at('shown')).toBe('likely')
  })

  test('a wrong password for the website of the domain is none', () => {
    const found = idsOf(fires['root-website-wants-login'])
    expect(found).not.toContain('wrong-password-or-user-name')
  })

  test('a secret ID alone is a warning, and an error once Entra has refused it', () => {
    const alone = onlineOf([], { input: { clientSecretLooksLikeId: true } })
    expect(findingOf(alone, 'client-secret-is-id')).toMatchObject({ severity: 'warning', confidence: 'likely' })
    expect(findingOf(fires['client-secret-is-id'], 'client-secret-is-id')).toMatchObject({
      severity: 'error',
      confidence: 'observed',
    })
  })

  test('a working password keeps the failure of OAuth as a warning', () => {
    const found = judge(fires['oauth-fell-back-to-password'])
    expect(found.map((one) => [one.id, one.severity])).toEqual([
      ['client-secret-expired', 'warning'],
      ['oauth-fell-back-to-password', 'warning'],
    ])
  })

  test('an expired certificate is the clock’s fault where another clock says so', () => {
    const found = judge(silentExpired())
    expect(found[0]).toMatchObject({ id: 'clock-skew', severity: 'error' })
  })

  test('a tenant that the server does not name is seen in its challenge', () => {
    const own = { trusted_issuers: '00000001-0000-0000-c000-000000000000@aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' }
    const evidence = evidenceOf({
      steps: [
        step('token:login.microsoftonline.com', [issued({ aud: 'https://mail.contoso.com' })]),
        bearerStep(ews, 401, { challenges: [challenge('Bearer', own)] }),
      ],
    })
    expect(findingOf(evidence, 'token-tenant-wrong')?.facts).toMatchObject({
      expected: ['aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'],
    })
  })

  test('a version that was refused and replaced is a warning with the version that works', () => {
    const evidence = evidenceOf({
      outcome: 'works',
      input: { ewsVersion: 'Exchange2016' },
      ewsVersion: 'Exchange2010_SP2',
      steps: [
        step('login:ntlm', [
          soap(ews, {
            version: 'Exchange2016',
            result: 'fault',
            status: 500,
            responseCode: 'ErrorInvalidServerVersion',
          }),
        ]),
        step('version', [soap(ews, { version: 'Exchange2010_SP2' })]),
      ],
    })
    expect(findingOf(evidence, 'server-version-too-new')).toMatchObject({
      severity: 'warning',
      facts: { asked: 'Exchange2016', works: 'Exchange2010_SP2' },
    })
  })

  test('the days until the end of EWS are counted from the run', () => {
    expect(findingOf(fires['ews-retirement-countdown'], 'ews-retirement-countdown')?.facts).toMatchObject({
      days: 129,
      date: '2027-04-01',
    })
  })
})

function endpoint404() {
  return http(ews, { result: 'not-connected', status: null })
}

function silentExpired() {
  const evidence = silent['tls-certificate-expired']
  if (evidence === undefined) throw new Error('the case is missing')
  return evidence
}
