// What a pasted text does not name is unknown: every sentence stays a whole one, in both languages, and nothing is made up.
import { describe, expect, test } from 'vitest'
import { recognise } from '../../src/core/files/rawMaterial.ts'
import { judge } from '../../src/core/findings/judge.ts'
import { findingOfResponseCode } from '../../src/core/findings/soap.ts'
import { stepNameOf, summaryOf, wordsOf } from '../../src/texts/index.ts'
import { withoutUnknown } from '../../src/texts/unknown.ts'
import * as given from '../core/files/material.ts'

const languages = ['de', 'en'] as const
const date = 'Date: Mon, 23 Nov 2026 10:00:00 GMT'
const exchange = `${date}\nX-FEServer: EX01\nrequest-id: 1`
const diagnostics = ['2000001', '2000003', '2000004', '2000005', '2000008', '2000020', '4000000', '3000006']
const entra = [
  7000215, 7000222, 700016, 90002, 90038, 7000229, 7000112, 70011, 500011, 65001, 700027, 53003, 50196, 90033, 700025,
  500021, 50076, 50126, 50053, 50055, 50057, 999999, 9001023, 7000216, 900561,
]
const statuses = [301, 400, 403, 404, 405, 413, 415, 429, 440, 456, 457, 500, 502, 503, 504]

/** Material in which no host, mailbox, tenant or application is named. */
const nameless: readonly string[] = [
  ...[...Object.keys(findingOfResponseCode), 'ErrorInvalidServerVersion', 'ErrorWhatever'].map((code) =>
    given.fault(code),
  ),
  ...entra.map((code) => given.tokenError(code)),
  ...entra.map((code) => `AADSTS${code}`),
  given.poxError('500'),
  given.poxError('603'),
  given.poxSettings('<Protocol><Type>EXCH</Type></Protocol>'),
  given.soapInvalidUser,
  given.jwt({ ...given.goodClaims, roles: [], appid: undefined, tid: undefined }),
  given.jwt({ ...given.goodClaims, aud: 'https://graph.microsoft.com' }),
  given.jwt({ ...given.goodClaims, roles: undefined, scp: 'EWS.AccessAsUser.All' }),
  ...diagnostics.map((code) => `x-ms-diagnostics: ${code};reason="x"`),
  ...diagnostics.map((code) => `${code};error_category="invalid_client"`),
  'WWW-Authenticate: Bearer client_id="00000002-0000-0ff1-ce00-000000000000", error="invalid_token"',
  'WWW-Authenticate: Basic realm="x"',
  `${given.wantsLogin.join('\n')}\n\n`,
  `${given.foreignLogin.join('\n')}\n\n`,
  ...['Basic eDp5', 'NTLM abc', 'Bearer abc'].map(
    (login) =>
      `POST /EWS/Exchange.asmx HTTP/1.1\nAuthorization: ${login}\n\nHTTP/1.1 401 Unauthorized\n${exchange}\nWWW-Authenticate: NTLM\n\n`,
  ),
  `${given.refusedToken('2000008;reason="x"', '403 Forbidden').join('\n')}\n\n`,
  ...statuses.flatMap((status) => [
    `HTTP/1.1 ${status} X\n${date}\n\n`,
    `HTTP/1.1 ${status} X\n${exchange}\n\n`,
    `HTTP/1.1 ${status} X\n${exchange}\nX-CasErrorCode: A\nContent-Type: text/html\n\n<html>Server Error in '/EWS' 403.4 locked out</html>`,
  ]),
  'HTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: NTLM',
  'X-OWA-Version: 15.1.2507.6',
]

function sentencesOf(text: string, language: 'de' | 'en'): string[] {
  const read = recognise(text, { now: new Date('2026-11-23T12:00:00Z'), version: '0.0.0' })
  if (read.kind !== 'recognised') throw new Error(`not recognised: ${text.slice(0, 60)}`)
  return [
    ...read.evidence.steps.flatMap((step) => [summaryOf(step, language), stepNameOf(step, language)]),
    ...judge(read.evidence).flatMap((finding) => {
      const { title, explanation, remedy } = wordsOf(finding, language)
      return [title, explanation, ...remedy].map((sentence) => `${finding.id}: ${sentence}`)
    }),
  ]
}

describe.each(languages)('in %s', (language) => {
  const sentences = [...new Set(nameless.flatMap((text) => sentencesOf(text, language)))]

  test('no sentence has a gap', () => {
    const gap =
      /(?:^|[\s(„“:/=])–(?=[\s.,;:)“”/]|$)|\{\w+\}|  | [.,;:)]|\(\)|„“|““|“”|: ?$|: \.|\bnull\b|undefined|https:\/\/(?=[\s.]|$)/
    expect(sentences.filter((sentence) => gap.test(sentence))).toEqual([])
    expect(sentences.length).toBeGreaterThan(150)
  })

  test('no sentence is left empty, and each begins as one', () => {
    expect(sentences.filter((sentence) => !/^(?:[\w-]+: )?(?:[\p{Lu}\d„“]|login\.microsoft)/u.test(sentence))).toEqual(
      [],
    )
  })
})

test('in English a thing whose name is unknown keeps its article', () => {
  const sentences = nameless.flatMap((text) => sentencesOf(text, 'en'))
  const bare = /(?:\b(?:of|in|for|to|with|add)|: ) ?(?:application|tenant)\b(?! (?:ID|restrictions)\b)/i
  expect([...new Set(sentences)].filter((sentence) => bare.test(sentence))).toEqual([])
})

describe('withoutUnknown', () => {
  const say = (template: string, facts: Record<string, string | null>, language: 'de' | 'en' = 'en') =>
    withoutUnknown(template, facts, { language, host: 'Exchange' })

  test.each<[string, Record<string, string | null>, string]>([
    ['{host} is busy.', { host: null }, 'Exchange is busy.'],
    ['{host} is busy.', { host: 'x' }, '{host} is busy.'],
    ['The mailbox {email} is away.', { email: '' }, 'The mailbox is away.'],
    ['It failed ({code}).', { code: null }, 'It failed.'],
    ['It failed ({code}, {text}).', { code: null, text: 'x' }, 'It failed ({code}, {text}).'],
    ['It failed. Request ID: {id}.', { id: null }, 'It failed.'],
    ['Request ID: {id}.', { id: null }, 'Request ID: {id}.'],
    [
      'The code is {code}: “{text}”.',
      { code: '1', text: null },
      'The code is {code}: “{text}”.'.replace(': “{text}”', ''),
    ],
    [
      'Open https://{host}/{tenant}/x?id={clientId}.',
      { host: 'h', tenant: null, clientId: null },
      'Open https://{host}/<tenant>/x?id=<clientId>.',
    ],
    ['A gateway in front of {host} asks.', { host: null }, 'A gateway in front of Exchange asks.'],
    ['It is so. {user} may not.', { user: null }, 'It is so. The account may not.'],
  ])('%s with %j', (template, facts, expected) => {
    expect(say(template, facts)).toBe(expected)
  })

  test('values are not looked at, only whether they are there', () => {
    expect(say('{host} says: {text}.', { host: '{email}', text: '–' })).toBe('{host} says: {text}.')
  })
})
