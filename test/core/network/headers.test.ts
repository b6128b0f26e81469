// What of an answer's headers enters evidence, and what they tell.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '../../../src/core/limits.ts'
import {
  clockSkew,
  diagnosticsCode,
  evidenceHeaders,
  exchangeMark,
  headersOf,
  redactedUrl,
} from '../../../src/core/network/headers.ts'

test('only what is on the list is kept', () => {
  const kept = evidenceHeaders(
    headersOf({
      'Set-Cookie': ['a=Canary', 'b=Canary'],
      Authorization: 'Basic Canary',
      'WWW-Authenticate': 'NTLM Canary',
      'Proxy-Authenticate': 'Basic realm="Canary"',
      'Authentication-Info': 'nextnonce="Canary"',
      'Persistent-Auth': 'Canary',
      'X-Anything': 'Canary',
      Location: 'https://u:Canary@sso.example/a?code=Canary#Canary',
      Server: 'Microsoft-IIS/10.0',
      'X-FEServer': 'EX1',
      Via: ['1.1 a', '1.1 b'],
      Date: undefined,
    }),
  )
  expect(kept).toEqual({
    location: 'https://sso.example/a?code=…',
    server: 'Microsoft-IIS/10.0',
    'x-feserver': 'EX1',
    via: '1.1 a, 1.1 b',
  })
})

test('a long value is cut', () => {
  expect(evidenceHeaders(headersOf({ server: 'x'.repeat(50_000) }))['server']).toHaveLength(
    limits.headerValueCharacters,
  )
})

test.each<[string, string]>([
  [
    'https://a.example/owa/auth/logon.aspx?url=https%3a%2f%2fx&reason=0',
    'https://a.example/owa/auth/logon.aspx?url=…&reason=…',
  ],
  ['/owa/?Canary', '/owa/?…'],
  ['/owa/?a=b=Canary&Canary', '/owa/?a=…&…'],
  ['https://a.example/#access_token=Canary', 'https://a.example/'],
  ['https://a.example/?x=1#a?b=Canary', 'https://a.example/?x=…'],
  ['//u:Canary@a.example/x@y', '//a.example/x@y'],
  ['https://u:Can@ary@a.example/', 'https://a.example/'],
  ['https://a.example/plain', 'https://a.example/plain'],
  ['', ''],
])('%s is shown as %s', (location, shown) => {
  expect(redactedUrl(location)).toBe(shown)
})

test('whatever the target: no value of a query stays', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      const shown = redactedUrl(`${url.split(/[?#]/)[0] ?? ''}?k=Canary&Canary#Canary`)
      expect(shown).not.toContain('Canary')
    }),
    { numRuns: 200 },
  )
})

test('marks of Exchange', () => {
  expect(exchangeMark(headersOf({ 'X-FEServer': '' }))).toBe('shown')
  expect(exchangeMark(headersOf({ 'request-id': '1' }))).toBe('half')
  expect(exchangeMark(headersOf({ server: 'Microsoft-IIS/10.0' }))).toBe('none')
})

test('the clock and the code of a refusal', () => {
  const now = Date.UTC(2026, 0, 1)
  expect(clockSkew(headersOf({ date: 'Thu, 01 Jan 2026 00:05:00 GMT' }), now)).toBe(300_000)
  expect(clockSkew(headersOf({ date: 'tomorrow' }), now)).toBeNull()
  expect(clockSkew(headersOf({}), now)).toBeNull()
  expect(diagnosticsCode(headersOf({ 'x-ms-diagnostics': '2000003;reason="x"' }))).toBe('2000003')
  expect(diagnosticsCode(headersOf({ 'x-ms-diagnostics': 'reason="2000003"' }))).toBeNull()
})
