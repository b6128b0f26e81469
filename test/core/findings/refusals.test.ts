// How sure a rule may be of a refusal, and which of two explanations gives way: the honesty rules for Entra, tokens and EWS.
import { describe, expect, test } from 'vitest'
import type { Evidence, Observation } from '../../../src/core/evidence/schema.ts'
import { judge } from '../../../src/core/findings/judge.ts'
import {
  bearerStep,
  challenge,
  endpoint,
  evidenceOf,
  ews,
  http,
  idsOf,
  issued,
  login,
  online,
  onlineOf,
  soap,
  step,
  tenant,
  token,
} from './evidenceOf.ts'

/** Ids with their confidence, as the table of scenarios writes them. */
const sure = (evidence: Evidence): string[] => judge(evidence).map(({ id, confidence }) => `${id} ${confidence}`)

const refusedBy = (part: Parameters<typeof token>[0], hasClientSecret = true): Evidence =>
  onlineOf([step('token:login.microsoftonline.com', [token(part)])], { input: { hasClientSecret } })

describe('codes of Entra', () => {
  test.each([
    ['without a secret the code is certain', { errorCodes: [7000218] }, false, ['client-secret-missing observed']],
    ['with one it is a possibility', { errorCodes: [7000218] }, true, ['client-secret-missing possible']],
    [
      'a pasted answer does not tell which login it was',
      { errorCodes: [7000218], grant: null },
      false,
      ['client-secret-missing possible', 'public-client-flow-not-allowed possible'],
    ],
    [
      'a login with a password needs no secret',
      { errorCodes: [7000218], grant: 'password' },
      false,
      ['public-client-flow-not-allowed observed'],
    ],
    ['7000216 is known by its number only', { errorCodes: [7000216] }, true, ['client-secret-missing possible']],
    ['900023 is known by its number only', { errorCodes: [900023] }, true, ['tenant-id-malformed possible']],
    ['50126 names the password', { errorCodes: [50126] }, true, ['wrong-password-or-user-name observed']],
    ['50056 names no password', { errorCodes: [50056] }, true, ['wrong-password-or-user-name likely']],
    [
      'Conditional Access stops the application',
      { errorCodes: [53003] },
      true,
      ['conditional-access-blocks-application observed'],
    ],
    ['or the person', { errorCodes: [53003], grant: 'password' }, true, ['interactive-login-required observed']],
    [
      'and a pasted answer does not tell whom',
      { errorCodes: [53003], grant: null },
      true,
      ['conditional-access-blocks-application possible', 'interactive-login-required possible'],
    ],
  ] as const)('%s', (_name, part, hasClientSecret, expected) => {
    expect(sure(refusedBy({ ...part, errorCodes: [...part.errorCodes] }, hasClientSecret))).toEqual(expected)
  })
})

describe('a token and the clock of the server', () => {
  const at = Date.parse('2026-11-23T10:00:00Z') / 1000
  const answeredAt = (nbf: number, headers: Record<string, string> = {}): Evidence =>
    onlineOf([step('token:login.microsoftonline.com', [issued({ nbf })]), bearerStep(online, 401, { headers })])

  test('a second is the grain of Date and proves nothing', () => {
    expect(idsOf(answeredAt(at + 2))).toEqual(['token-refused-unknown-code'])
  })

  test('a minute is more than that, and needs no further reason', () => {
    expect(idsOf(answeredAt(at + 60))).toEqual(['token-not-yet-valid'])
  })

  test('a reason that the server names comes before the clock', () => {
    const reason = { 'x-ms-diagnostics': '2000003;reason="audience";error_category="invalid_resource"' }
    expect(idsOf(answeredAt(at + 60, reason))).toEqual(['token-audience-wrong'])
  })
})

describe('keys that a server has not renewed', () => {
  const own = (issuer: string, error = 'invalid_token', url = ews): Evidence =>
    evidenceOf({
      ewsUrl: url,
      input: { ewsUrl: url },
      steps: [
        step('token:login.microsoftonline.com', [issued({ aud: `https://${new URL(url).host}` })]),
        bearerStep(url, 401, { challenges: [challenge('Bearer', { trusted_issuers: issuer, error })] }),
      ],
    })
  const concrete = `00000001-0000-0000-c000-000000000000@${tenant}`

  test('are a possibility beside the refusal itself', () => {
    expect(sure(own(concrete))).toEqual(['token-refused-unknown-code observed', 'stale-oauth-keys-on-server possible'])
  })

  test.each([
    ['a server that takes any tenant', own('00000001-0000-0000-c000-000000000000@*')],
    ['no word that the token is invalid', own(concrete, 'insufficient_scope')],
    ['Exchange Online', own(concrete, 'invalid_token', online)],
  ])('are not named for %s', (_name, evidence) => {
    expect(idsOf(evidence)).not.toContain('stale-oauth-keys-on-server')
  })
})

describe('a handshake that broke', () => {
  const broken = (seen: Observation[], part: Parameters<typeof login>[1] = {}): Evidence =>
    evidenceOf({ steps: [step('login:ntlm', [...seen, login(ews, { handshake: 'broken', ...part })])] })
  const challenged = http(ews, { status: 401, challenges: [{ ...challenge('NTLM'), token: true }] })

  test('at our own socket is observed, and is no dropped connection', () => {
    const dropped = http(ews, { result: 'dropped', status: null, code: 'SECOND_CONNECTION' })
    expect(sure(broken([challenged, dropped], { result: 'no-answer', status: null }))).toEqual([
      'ntlm-connection-not-kept observed',
    ])
  })

  test('by a new challenge is likely', () => {
    expect(sure(broken([challenged, challenged]))).toEqual(['ntlm-connection-not-kept likely'])
  })

  test('before any challenge is a possibility, and says nothing about the password', () => {
    expect(sure(broken([http(ews, { status: 401, challenges: [challenge('NTLM')] })]))).toEqual([
      'ntlm-connection-not-kept possible',
    ])
  })
})

describe('a 403 at Exchange Online', () => {
  const said = (head: string): Evidence =>
    onlineOf([
      step('token:login.microsoftonline.com', [issued()]),
      bearerStep(online, 403, { body: { kind: 'html', bytes: 90, head, unsafe: null } }),
    ])

  test('that names the application makes the list of applications likely', () => {
    const { clientId } = said('').input
    expect(sure(said(`blocked: ${clientId.toUpperCase()}`))).toContain('ews-app-not-allowed likely')
    expect(sure(said('blocked: another application'))).toContain('ews-app-not-allowed possible')
  })

  test('seen under another name only once leaves room for chance', () => {
    const call = (userAgent: string, status: 200 | 403): Observation =>
      soap(online, {
        scheme: 'oauth',
        mailbox: 'anna@contoso.com',
        userAgent,
        status,
        result: status === 200 ? 'success' : 'http-error',
      })
    const evidence = onlineOf([
      step('login:oauth', [http(online, { credentials: 'bearer', status: 403 }), call('ews-setup/1', 403)]),
      step('again:oauth', [call('Other/1', 200)]),
    ])
    expect(sure(evidence)).toEqual(['user-agent-filtered likely'])
  })
})

test('the same login taken again after a refusal is a warning, and refused to the end an error', () => {
  const run = (...statuses: number[]): Evidence =>
    onlineOf([
      step('login:oauth', [
        http(online, { credentials: 'bearer' }),
        login(online, { scheme: 'oauth', result: 'accepted', status: 200 }),
        soap(online, { scheme: 'oauth', operation: 'ConvertId' }),
      ]),
      ...statuses.map((status, index) =>
        step(`mailbox:oauth#${String(index)}`, [
          http(online, { credentials: 'bearer', status }),
          soap(online, { scheme: 'oauth', status, result: status === 200 ? 'success' : 'http-error' }),
        ]),
      ),
    ])
  const severity = (evidence: Evidence) => judge(evidence).find(({ id }) => id === 'intermittent-401')?.severity
  expect([severity(run(401)), severity(run(401, 200)), severity(run(200))]).toEqual(['error', 'warning', undefined])
})

test('a 429 without a sign of Exchange is likely its throttling, no more', () => {
  const busy = (part: Parameters<typeof http>[1]): Evidence =>
    evidenceOf({
      steps: [
        step('endpoint:mail.contoso.com', [
          http(ews, { status: 429, ...part }),
          endpoint(ews, { result: 'not-ews', status: 429 }),
        ]),
      ],
    })
  expect(sure(busy({ exchange: 'none' }))).toEqual(['server-busy likely'])
  expect(sure(busy({ exchange: 'none', headers: { 'retry-after': '5' } }))).toEqual(['server-busy observed'])
})

test('evidence from before these questions were asked is read and judged as ever', () => {
  const old = bearerStep(online, 403)
  const evidence = onlineOf([step('token:login.microsoftonline.com', [issued()]), old])
  expect(JSON.stringify(evidence)).not.toMatch(/"(grant|userAgent|anchored|secondMailbox)"/)
  expect(idsOf(evidence)).toEqual(['ews-disabled-for-organization', 'ews-app-not-allowed', 'ews-disabled-for-mailbox'])
})
