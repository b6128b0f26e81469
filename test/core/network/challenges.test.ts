import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Challenge } from '../../../src/core/evidence/network.ts'
import { limits } from '../../../src/core/limits.ts'
import { ntlmChallengeToken, offeredSchemes, parseChallenges } from '../../../src/core/network/challenges.ts'

const challenge = (scheme: string, parameters: Record<string, string> = {}, token = false): Challenge => ({
  scheme,
  parameters,
  token,
})

const hybridBearer =
  'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", ' +
  'trusted_issuers="00000001-0000-0000-c000-000000000000@11111111-2222-3333-4444-555555555555,' +
  '00000004-0000-0ff1-ce00-000000000000@contoso.com", ' +
  'token_types="app_asserted_user_v1 service_asserted_app_v1", ' +
  'authorization_uri="https://login.windows.net/common/oauth2/authorize"'
const hybridParameters = {
  client_id: '00000002-0000-0ff1-ce00-000000000000',
  trusted_issuers:
    '00000001-0000-0000-c000-000000000000@11111111-2222-3333-4444-555555555555,00000004-0000-0ff1-ce00-000000000000@contoso.com',
  token_types: 'app_asserted_user_v1 service_asserted_app_v1',
  authorization_uri: 'https://login.windows.net/common/oauth2/authorize',
}

describe('parseChallenges: what servers send', () => {
  test.each<[string, string | string[], Challenge[]]>([
    ['Exchange on premises', ['Negotiate', 'NTLM'], [challenge('Negotiate'), challenge('NTLM')]],
    ['the same, joined by an HTTP library', 'Negotiate, NTLM', [challenge('Negotiate'), challenge('NTLM')]],
    [
      'on premises with Basic switched on',
      ['Negotiate', 'NTLM', 'Basic realm="mail.contoso.com"'],
      [challenge('Negotiate'), challenge('NTLM'), challenge('Basic', { realm: 'mail.contoso.com' })],
    ],
    [
      'hybrid modern authentication, joined: commas within quotes, schemes around',
      `Negotiate, ${hybridBearer}, NTLM`,
      [challenge('Negotiate'), challenge('Bearer', hybridParameters), challenge('NTLM')],
    ],
    [
      'Exchange Online with its dead Basic',
      ['Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="x@*"', 'Basic Realm=""'],
      [
        challenge('Bearer', { client_id: '00000002-0000-0ff1-ce00-000000000000', trusted_issuers: 'x@*' }),
        challenge('Basic', { realm: '' }),
      ],
    ],
    [
      'a rejected token',
      'Bearer client_id="c", error="invalid_token", Basic Realm=""',
      [challenge('Bearer', { client_id: 'c', error: 'invalid_token' }), challenge('Basic', { realm: '' })],
    ],
    ['a reverse proxy', 'basic realm="Sophos, WAF"', [challenge('basic', { realm: 'Sophos, WAF' })]],
    ['a step of NTLM', 'NTLM TlRMTVNTUAACAAAA==', [challenge('NTLM', {}, true)]],
    [
      'a step of Negotiate among others',
      'Negotiate oYG2MIGz/+-._~, Basic realm="x"',
      [challenge('Negotiate', {}, true), challenge('Basic', { realm: 'x' })],
    ],
    [
      'Digest with bare words',
      'Digest qop="auth,auth-int", algorithm=SHA-256, stale=FALSE, nonce="a=b"',
      [challenge('Digest', { qop: 'auth,auth-int', algorithm: 'SHA-256', stale: 'FALSE', nonce: 'a=b' })],
    ],
    ['escapes', String.raw`Basic realm="a \"b\" \\ c"`, [challenge('Basic', { realm: String.raw`a "b" \ c` })]],
    ['blanks around the equals sign', 'Basic realm = "x"', [challenge('Basic', { realm: 'x' })]],
    [
      'the example of RFC 9110 with its odd commas',
      'Basic realm="simple", , Newauth realm="apps", type=1, title="Login to \\"apps\\""',
      [
        challenge('Basic', { realm: 'simple' }),
        challenge('Newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }),
      ],
    ],
  ])('%s', (_, values, expected) => expect(parseChallenges(values)).toEqual(expected))
})

describe('parseChallenges: what servers should not send', () => {
  test.each<[string, string | string[], Challenge[]]>([
    ['nothing', '', []],
    ['no values', [], []],
    ['commas and blanks', [' , ,', '\t'], []],
    ['trailing commas', 'Basic realm="x",, ,', [challenge('Basic', { realm: 'x' })]],
    [
      'a realm without quotes',
      'Basic realm=Exchange Server, NTLM',
      [challenge('Basic', { realm: 'Exchange Server' }), challenge('NTLM')],
    ],
    [
      'a URL without quotes',
      'Bearer authorization_uri=https://login.contoso.com/a?b=c, realm=',
      [challenge('Bearer', { authorization_uri: 'https://login.contoso.com/a?b=c', realm: '' })],
    ],
    ['an empty realm without quotes', 'Basic realm=', [challenge('Basic', { realm: '' })]],
    [
      'no commas between parameters',
      'Digest realm=a nonce="b" qop=auth',
      [challenge('Digest', { realm: 'a', nonce: 'b', qop: 'auth' })],
    ],
    ['no comma between challenges', 'Basic realm="x" NTLM', [challenge('Basic', { realm: 'x' }), challenge('NTLM')]],
    [
      'a quote that is never closed',
      'Basic realm="x, Negotiate',
      [challenge('Basic', { realm: 'x' }), challenge('Negotiate')],
    ],
    ['a parameter twice', 'Basic realm="a", REALM="b"', [challenge('Basic', { realm: 'a' })]],
    ['a parameter before any scheme', 'realm="x", NTLM', [challenge('NTLM')]],
    ['a parameter in a header of its own', ['Basic', 'realm="x"'], [challenge('Basic')]],
    ['prose', '<html>, "quoted", NTLM', [challenge('NTLM')]],
  ])('%s', (_, values, expected) => expect(parseChallenges(values)).toEqual(expected))

  test('stops at its limits', () => {
    expect(parseChallenges(Array.from({ length: 1000 }, () => 'NTLM'))).toHaveLength(32)
    const parameters = Array.from({ length: 1000 }, (_, index) => `p${index}=1`).join(',')
    expect(Object.keys(parseChallenges(`X ${parameters}`)[0]?.parameters ?? {})).toHaveLength(32)
    expect(parseChallenges(`Basic realm="${'x'.repeat(10_000)}"`)[0]?.parameters['realm']).toHaveLength(
      limits.headerValueCharacters,
    )
    expect(parseChallenges(['Negotiate', ','.repeat(limits.headerBytes), 'NTLM'])).toEqual([challenge('Negotiate')])
  })

  test('reads the longest header quickly, whatever repeats in it', () => {
    const started = performance.now()
    for (const piece of ['a', ' ', '=', '"', '\\', ',', 'a=', 'a="', 'a ', '" ', 'a=\\"', 'a= a ', 'a=" ,']) {
      parseChallenges(`Basic ${piece.repeat(limits.headerBytes)}`)
    }
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('parseChallenges: any text', () => {
  const piece = fc.constantFrom('Basic', 'NTLM', 'realm', '=', '"', ',', ' ', '\\', 'TlRM==', ';', '\t', '\0')
  test('never throws, and keeps what crosses the evidence plain', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.array(piece).map((pieces) => pieces.join('')),
          ),
        ),
        (values) => {
          for (const found of parseChallenges(values)) {
            expect(found.scheme).toMatch(/^[^\s,="]+$/)
            for (const name of Object.keys(found.parameters)) expect(name).toBe(name.toLowerCase())
          }
        },
      ),
    )
  })

  const word = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/)
  const text = fc.string({
    unit: fc.constantFrom('a', 'B', '0', ' ', ',', '=', '"', '\\', ';', 'ä', '\t'),
    maxLength: 20,
  })
  const sent = fc.record({
    scheme: word,
    parameters: fc.uniqueArray(fc.tuple(word, text), { selector: ([name]) => name.toLowerCase(), maxLength: 5 }),
  })
  test('what is written by the grammar comes back, in one header or in several', () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 5 }), fc.boolean(), (challenges, joined) => {
        const headers = challenges.map(({ scheme, parameters }) => {
          const list = parameters.map(([name, value]) => `${name}="${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`)
          return `${scheme} ${list.join(', ')}`.trim()
        })
        expect(parseChallenges(joined ? headers.join(', ') : headers)).toEqual(
          challenges.map(({ scheme, parameters }) => ({
            scheme,
            parameters: Object.fromEntries(parameters.map(([name, value]) => [name.toLowerCase(), value])),
            token: false,
          })),
        )
      }),
    )
  })
})

describe('offeredSchemes', () => {
  test('names each once, in lower case and in order', () => {
    expect(offeredSchemes(parseChallenges(['Negotiate', 'NTLM', 'negotiate', 'Basic realm="x"']))).toEqual([
      'negotiate',
      'ntlm',
      'basic',
    ])
  })
})

describe('ntlmChallengeToken', () => {
  const bytes = new Uint8Array([0x4e, 0x54, 0x4c, 0x4d, 0xff, 0x00])
  const token = Buffer.from(bytes).toString('base64')

  test('gives the bytes behind the scheme asked for', () => {
    expect(ntlmChallengeToken(['Negotiate AAAA', `ntlm ${token}`], 'NTLM')).toEqual(bytes)
    expect(ntlmChallengeToken(`NTLM AAAA, Negotiate ${token}, Basic realm="x"`, 'Negotiate')).toEqual(bytes)
  })

  test.each([['NTLM'], ['Negotiate AAAA'], ['NTLM realm="x"'], ['NTLM ===='], ['']])('gives nothing for %j', (value) =>
    expect(ntlmChallengeToken(value, 'NTLM')).toBeUndefined(),
  )
})
