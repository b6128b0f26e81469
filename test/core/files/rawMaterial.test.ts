// Raw material of every shape: what is concluded from it, and what is not, because it is not in it.
import { performance } from 'node:perf_hooks'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evidenceSchema, type Evidence } from '../../../src/core/evidence/schema.ts'
import { readEvidence } from '../../../src/core/files/evidenceFile.ts'
import { recognise } from '../../../src/core/files/rawMaterial.ts'
import type { Finding } from '../../../src/core/findings/finding.ts'
import { judge } from '../../../src/core/findings/judge.ts'
import { limits } from '../../../src/core/limits.ts'
import { makeAuthority, type CertificateKind } from '../../../src/demo/certificates.ts'
import * as given from './material.ts'

const context = { now: new Date('2026-11-23T12:00:00Z'), version: '0.0.0' }

function explained(text: string): { shape: string; evidence: Evidence; findings: Finding[]; ids: string[] } {
  const read = recognise(text, context)
  if (read.kind !== 'recognised') throw new Error(`not recognised: ${read.kind}`)
  expect(evidenceSchema.safeParse(read.evidence).error).toBeUndefined()
  const findings = judge(read.evidence)
  return { shape: read.shape, evidence: read.evidence, findings, ids: findings.map((one) => one.id) }
}

const online = ['x-calculatedbetarget: am0pr01mb0001.eurprd01.prod.outlook.com']
const raw = (lines: readonly string[], body = ''): string => `${lines.join('\n')}\n\n${body}`
const bearer = given.request('Bearer eyJhbGciOiJub25lIn0.e30.CANARY')

describe('what is recognised, and what comes of it', () => {
  test.each<[string, string, string, string[]]>([
    ['JSON of the token endpoint', given.tokenError(7000215), 'token-answer', ['client-secret-wrong']],
    [
      'JSON with a BOM and blanks',
      `\ufeff\n ${given.tokenError(7000222)} \n`,
      'token-answer',
      ['client-secret-expired'],
    ],
    ['JSON with a code that nobody knows', given.tokenError(999_999), 'token-answer', ['entra-code-unknown']],
    ['a bare AADSTS text', given.aadstsText, 'token-error', ['application-not-in-tenant']],
    ['a code alone', 'AADSTS7000222', 'token-error', ['client-secret-expired']],
    ['a line of MSAL', given.msalLine, 'token-error', ['client-secret-wrong']],
    ['the short form of MSAL', 'Error(s): 7000215 - Timestamp: 2026-11-23', 'token-error', ['client-secret-wrong']],
    [
      'an error object of MSAL',
      JSON.stringify({ errorCode: 'invalid_client', errorMessage: 'Error(s): 90002 - …', errorNo: '90002' }),
      'token-answer',
      ['tenant-not-found'],
    ],
    ['a SOAP fault', given.fault('ErrorImpersonateUserDenied'), 'ews-xml', ['impersonation-denied']],
    ['an error in a good answer', given.folderAnswer('ErrorNonExistentMailbox'), 'ews-xml', ['mailbox-not-found']],
    ['a success', given.folderAnswer('NoError'), 'ews-xml', []],
    ['a POX error', given.poxError('500'), 'autodiscover-xml', ['address-unknown-at-autodiscover']],
    ['a POX misconfiguration', given.poxError('603'), 'autodiscover-xml', ['autodiscover-misconfigured']],
    ['POX settings with a URL', given.poxUrl, 'autodiscover-xml', []],
    [
      'POX settings without one',
      given.poxSettings('<Protocol><Type>EXCH</Type></Protocol>'),
      'autodiscover-xml',
      ['autodiscover-without-ews-url'],
    ],
    ['SOAP settings with a URL', given.soapUrl, 'autodiscover-xml', []],
    ['SOAP settings that refuse', given.soapInvalidUser, 'autodiscover-xml', ['address-unknown-at-autodiscover']],
    ['version 2 with a URL', JSON.stringify({ Protocol: 'EWS', Url: given.ewsUrl }), 'autodiscover-json', []],
    [
      'version 2 with an error',
      JSON.stringify({ ErrorCode: 'UserNotFound', ErrorMessage: 'x' }),
      'autodiscover-json',
      ['address-unknown-at-autodiscover'],
    ],
    ['a good token', given.jwt(given.goodClaims), 'jwt', []],
    ['a token with its header name', `Authorization: Bearer ${given.jwt(given.goodClaims)}`, 'jwt', []],
    ['a token in several lines', given.jwt(given.goodClaims).replace(/.{60}/g, '$&\n'), 'jwt', []],
    ['a token without roles', given.jwt({ ...given.goodClaims, roles: [] }), 'jwt', ['token-without-roles']],
    [
      'a token for Graph',
      given.jwt({ ...given.goodClaims, aud: 'https://graph.microsoft.com' }),
      'jwt',
      ['token-audience-wrong'],
    ],
    [
      'a token of a person',
      given.jwt({ ...given.goodClaims, roles: undefined, scp: 'EWS.AccessAsUser.All' }),
      'jwt',
      ['token-is-delegated'],
    ],
    ['a token for an own server', given.jwt({ ...given.goodClaims, aud: 'https://mail.contoso.com' }), 'jwt', []],
    ['a token of another cloud', given.jwt({ ...given.goodClaims, aud: 'https://outlook.office365.us' }), 'jwt', []],
    [
      'a value of x-ms-diagnostics',
      '2000003;reason="The audience claim is not valid.";error_category="invalid_resource"',
      'headers',
      ['token-audience-wrong'],
    ],
    [
      'a line of x-ms-diagnostics',
      'X-MS-Diagnostics: 4000000;reason="Flighting";error_category="oauth_not_available"',
      'headers',
      ['modern-auth-off'],
    ],
    ['a line of curl', '< x-ms-diagnostics: 2000001;reason="x"', 'headers', ['token-garbled']],
    ['a challenge', 'WWW-Authenticate: Negotiate\nWWW-Authenticate: NTLM', 'headers', []],
    [
      'a challenge that refuses a token',
      'WWW-Authenticate: Bearer client_id="00000002-0000-0ff1-ce00-000000000000", error="invalid_token"',
      'headers',
      ['token-refused-unknown-code'],
    ],
    ['a version header', 'X-OWA-Version: 15.1.2507.6', 'headers', ['server-out-of-support']],
    ['Exchange that wants a login', raw(given.wantsLogin), 'http', []],
    [
      'Exchange that refuses Basic',
      given.trace({ request: given.request(`Basic ${given.basicCanary}`), answer: given.wantsLogin }),
      'http',
      ['wrong-password-or-user-name'],
    ],
    [
      'Exchange that refuses a token',
      given.trace({ request: bearer, answer: given.refusedToken('2000005;reason="x";error_category="invalid_user"') }),
      'http',
      ['token-user-unknown'],
    ],
    ['a gateway that wants a login', raw(given.foreignLogin), 'http', ['gateway-preauthentication']],
    [
      'a permission that is missing in the cloud',
      raw([...given.refusedToken('2000008;reason="x"', '403 Forbidden'), ...online]),
      'http',
      ['ews-permission-missing'],
    ],
    [
      'the same at an own server',
      given.trace({ request: bearer, answer: given.refusedToken('2000008;reason="x"', '403 Forbidden') }),
      'http',
      ['app-only-unsupported-on-premises'],
    ],
    [
      'a redirect to a login page',
      raw(['HTTP/1.1 302 Found', 'Location: https://mail.contoso.com/owa/auth/logon.aspx?url=x']),
      'http',
      ['forms-login-in-front'],
    ],
    ['a balancer without Exchange', 'HTTP/2 502 \n', 'http', ['gateway-cannot-reach-exchange']],
    [
      'a fault inside HTTP',
      raw(['HTTP/1.1 500 Internal Server Error', 'Content-Type: text/xml'], given.fault('ErrorServerBusy')),
      'http',
      ['server-busy'],
    ],
    [
      'a proxy that wants a login',
      'HTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: NTLM',
      'http',
      ['proxy-login-required'],
    ],
  ])('%s', (_name, text, shape, ids) => {
    const read = explained(text)
    expect(read.shape).toBe(shape)
    expect(read.ids).toEqual(ids)
    const failing = read.findings.some((one) => one.severity === 'error')
    expect(read.evidence.outcome).toBe(failing ? 'fails' : 'works')
  })

  test('the token endpoint inside HTTP tells host, tenant and application, and nothing of the secret', () => {
    const text = [
      'POST /11111111-2222-3333-4444-555555555555/oauth2/v2.0/token HTTP/1.1',
      'Host: login.microsoftonline.us',
      'Content-Type: application/x-www-form-urlencoded',
      '',
      'grant_type=client_credentials&client_id=66666666-7777-8888-9999-000000000000&client_secret=CANARYsecret&scope=https%3A%2F%2Foutlook.office365.us%2F.default',
      'HTTP/1.1 401 Unauthorized',
      'Content-Type: application/json',
      '',
      given.tokenError(7000215),
    ].join('\n')
    const { evidence, findings } = explained(text)
    expect(findings).toMatchObject([
      {
        id: 'client-secret-wrong',
        facts: {
          host: 'login.microsoftonline.us',
          tenant: '11111111-2222-3333-4444-555555555555',
          clientId: '66666666-7777-8888-9999-000000000000',
          scope: 'https://outlook.office365.us/.default',
        },
      },
    ])
    expect(evidence.input.cloud).toBe('gcc-high')
    expect(JSON.stringify(evidence)).not.toContain('CANARY')
  })

  test('several answers in one paste: the legs of a login are one step, and only the last decides', () => {
    const leg = ['HTTP/1.1 401 Unauthorized', 'X-FEServer: EX01', 'WWW-Authenticate: NTLM TlRMTVNTUAACAAAACANARY=']
    const text = [
      given.trace({ request: given.request('NTLM TlRMTVNTUAABCANARY'), answer: leg }),
      given.trace({ request: given.request('NTLM TlRMTVNTUAADCANARYcrackable'), answer: given.wantsLogin }),
    ].join('\n')
    const { evidence, ids } = explained(text)
    expect(evidence.steps.map((step) => step.id)).toEqual(['pasted:http'])
    expect(evidence.steps[0]?.observations.at(-1)).toMatchObject({
      kind: 'login',
      scheme: 'ntlm',
      handshake: 'complete',
    })
    expect(ids).toEqual(['wrong-password-or-user-name', 'extended-protection-suspected'])
    expect(JSON.stringify(evidence)).not.toContain('CANARY')
    expect(explained(given.trace({ request: given.request('NTLM TlRMTVNTUAAB'), answer: leg })).ids).toEqual([])
  })

  test('things of several kinds in one paste are judged together', () => {
    const claims = { ...given.goodClaims, roles: [] }
    const withToken = explained(
      `${given.jwt(claims)}\n\n${given.trace({ request: bearer, answer: [...given.refusedToken('2000008;reason="x"', '403 Forbidden'), ...online] })}`,
    )
    expect(withToken.shape).toBe('several')
    expect(withToken.evidence.steps.map((step) => step.name)).toEqual(['token', 'login'])
    expect(withToken.ids).toContain('token-without-roles')
    expect(JSON.stringify(withToken.evidence)).not.toContain('CANARY')

    const texts = explained(`${given.tokenError(7000222)}\n\nx-ms-diagnostics: 2000003;reason="x"\n`)
    expect(texts.shape).toBe('several')
    expect(texts.ids).toContain('client-secret-expired')

    expect(explained(`${given.aadstsText}\n\nWhat shall we do?`).shape).toBe('token-error')
    expect(explained(`${'\n\nprose'.repeat(1_000)}\n\nAADSTS7000222`).ids).toEqual(['client-secret-expired'])
  })

  test('a version that nobody named is not told as asked for', () => {
    const { evidence, findings } = explained(given.fault('ErrorInvalidServerVersion'))
    expect(findings).toMatchObject([{ id: 'server-version-too-new', facts: { asked: null, works: null } }])
    expect(JSON.stringify(evidence)).not.toContain('Exchange2013')
    const asked = `POST /EWS/Exchange.asmx HTTP/1.1\nHost: mail.contoso.com\n\n<t:RequestServerVersion Version="Exchange2016"/>\n${raw(['HTTP/1.1 500 Internal Server Error'], given.fault('ErrorInvalidServerVersion'))}`
    expect(explained(asked).findings).toMatchObject([{ facts: { asked: 'Exchange2016' } }])
  })

  test('a redirect that was followed: each answer belongs to its own URL', () => {
    const text = `$ curl -iL -u anna:CANARYpassword https://mail.contoso.com/EWS/Exchange.asmx\nHTTP/1.1 302 Found\nLocation: https://mail.contoso.com/owa/\n\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>Outlook</html>`
    const { evidence, ids } = explained(text)
    expect(evidence.steps.map((step) => step.target)).toEqual(['mail.contoso.com', 'mail.contoso.com'])
    expect(evidence.steps[1]?.observations[0]).toMatchObject({ url: 'https://mail.contoso.com/owa/', status: 200 })
    expect(ids).toEqual(['not-an-ews-url'])
    expect(JSON.stringify(evidence)).not.toContain('CANARY')
  })

  test('a token names the application, so that the command to copy is complete', () => {
    const { findings } = explained(given.jwt({ ...given.goodClaims, roles: [] }))
    expect(findings).toMatchObject([{ facts: { clientId: given.goodClaims.appid, tenant: given.goodClaims.tid } }])
  })

  test('the URL that Autodiscover names is the URL of the evidence', () => {
    expect(explained(given.poxUrl).evidence).toMatchObject({ ewsUrl: given.ewsUrl, source: 'pox' })
    expect(explained(given.soapUrl).evidence).toMatchObject({ ewsUrl: given.ewsUrl, source: 'soap' })
  })

  test('the answer of a proxy to CONNECT is not the answer of Exchange', () => {
    const { evidence } = explained(`HTTP/1.1 200 Connection established\n\n${raw(given.wantsLogin)}`)
    expect(evidence.steps[0]?.observations.filter((one) => one.kind === 'http')).toHaveLength(1)
  })
})

describe('what is absent from a fragment proves nothing', () => {
  const named = [
    'gateway-preauthentication',
    'gateway-answered',
    'oauth-not-offered-by-server',
    'answer-not-from-entra',
  ]
  test.each<[string, string]>([
    ['401 and a realm, without the end of the head', given.foreignLogin.join('\n')],
    ['401 and a realm, without a date', raw(given.foreignLogin.filter((line) => !line.startsWith('Date')))],
    ['a status line alone', 'HTTP/1.1 401 Unauthorized'],
    ['403 alone', 'HTTP/1.1 403 Forbidden\nServer: x'],
    [
      '403 to a token at Exchange Online',
      given.trace({
        request: given.request('Bearer x', 'outlook.office365.com'),
        answer: ['HTTP/1.1 403 Forbidden'],
        end: false,
      }),
    ],
    ['500 alone', 'HTTP/2 500'],
    [
      '401 to Basic, cut',
      given.trace({ request: given.request('Basic eDp5'), answer: given.foreignLogin, end: false }),
    ],
    [
      '401 to a token, cut before its challenges',
      given.trace({ request: bearer, answer: ['HTTP/1.1 401 Unauthorized', 'WWW-Authenticate: NTLM'], end: false }),
    ],
    [
      'a foreign page at the token endpoint, cut',
      'POST /t/oauth2/v2.0/token HTTP/1.1\nHost: login.microsoftonline.com\n\nHTTP/1.1 403 Forbidden\nServer: x',
    ],
    ['a foreign challenge alone', 'WWW-Authenticate: Basic realm="Sophos"'],
  ])('%s', (_name, text) => {
    expect(explained(text).ids.filter((id) => named.includes(id))).toEqual([])
  })

  test.each<[string, string, string]>([
    ['gateway-preauthentication', raw(given.foreignLogin), 'gateway-preauthentication'],
    [
      'gateway-answered',
      raw(['HTTP/1.1 403 Forbidden', 'Date: Mon, 23 Nov 2026 10:00:00 GMT', 'Via: 1.1 waf']),
      'gateway-answered',
    ],
    [
      'oauth-not-offered-by-server',
      given.trace({ request: bearer, answer: given.wantsLogin }),
      'oauth-not-offered-by-server',
    ],
    [
      'answer-not-from-entra',
      'POST /t/oauth2/v2.0/token HTTP/1.1\nHost: login.microsoftonline.com\n\nHTTP/1.1 200 OK\nDate: Mon, 23 Nov 2026 10:00:00 GMT\n\n<html>Portal</html>',
      'answer-not-from-entra',
    ],
  ])('with the whole head there, %s is named', (_name, text, id) => {
    expect(explained(text).ids).toContain(id)
  })

  test('a missing login header proves no anonymous request', () => {
    expect(explained(given.trace({ request: given.request(null), answer: given.wantsLogin })).ids).toEqual([])
  })

  test('a challenge alone is not told as one of EWS', () => {
    for (const text of ['WWW-Authenticate: Basic realm="x"', 'WWW-Authenticate: NTLM'])
      expect(explained(text).evidence.steps[0]?.summary.text).toBe('http-status')
    expect(explained(raw(given.wantsLogin)).evidence.steps[0]?.summary.text).toBe('endpoint-wants-login')
  })

  test('settings that nobody asked for are not missing', () => {
    const answer = given.soapSettings(
      '<ErrorCode>NoError</ErrorCode><UserSettings><UserSetting><Name>CasVersion</Name><Value>15</Value></UserSetting></UserSettings>',
    )
    expect(recognise(answer, context)).toEqual({ kind: 'unknown' })
  })

  test('a host that the text does not name is not made up', () => {
    for (const text of [
      given.fault('ErrorAccessDenied'),
      given.wantsLogin.join('\n'),
      given.poxError('500'),
      '2000003;reason="x"',
    ]) {
      const { evidence, findings } = explained(text)
      expect(JSON.stringify(evidence)).not.toContain('unnamed.invalid')
      for (const one of findings) expect(one.facts['host'] ?? '').toBe('')
    }
  })

  test('2000008 without a host means one of two things, because its meaning depends on the side', () => {
    for (const text of [
      '2000008;reason="x";error_category="invalid_grant"',
      raw(given.refusedToken('2000008;reason="x"', '403 Forbidden')),
    ]) {
      expect(explained(text).findings).toMatchObject([
        { id: 'ews-permission-missing', confidence: 'possible', facts: { code: '2000008', text: 'x' } },
        { id: 'app-only-unsupported-on-premises', confidence: 'possible' },
      ])
    }
  })
})

describe('certificates', () => {
  const at = async (days: number, kinds: readonly CertificateKind[]): Promise<Finding[]> => {
    const authority = await makeAuthority()
    const parts = await Promise.all(
      kinds.map((kind, index) => authority.issue({ names: [`host${index}.contoso.com`], kind })),
    )
    const text = ['depth=0', ...parts.map((one) => one.keyPem + one.certPem), authority.caPem].join('\n')
    const read = recognise(text, { ...context, now: new Date(Date.now() + days * 86_400_000) })
    if (read.kind !== 'recognised') throw new Error('not recognised')
    expect(JSON.stringify(read.evidence)).not.toContain('PRIVATE')
    return judge(read.evidence)
  }

  test('are judged by the time given', async () => {
    expect(await at(1, ['valid'])).toEqual([])
    const host = 'host0.contoso.com'
    expect(await at(100, ['valid'])).toMatchObject([{ id: 'tls-certificate-expired', facts: { host } }])
    expect(await at(-10, ['valid'])).toMatchObject([{ id: 'tls-certificate-not-yet-valid', facts: { host } }])
  })

  test('further ones count as well, but not a root, which decides nothing', async () => {
    const facts = { host: 'host1.contoso.com' }
    expect(await at(0, ['valid', 'expired'])).toMatchObject([{ id: 'tls-certificate-expired', facts }])
    expect(await at(-450, ['valid'])).toHaveLength(1)
  })

  test('that are none are not recognised', () => {
    expect(recognise('-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----', context)).toEqual({
      kind: 'unknown',
    })
    expect(recognise('-----BEGIN CERTIFICATE-----', context)).toEqual({ kind: 'unknown' })
  })
})

describe('secrets in the material', () => {
  const canaries = ['CANARY', given.basicCanary]
  test.each<[string, string]>([
    ['a token', given.jwt({ ...given.goodClaims, secret: 'CANARYclaim' })],
    [
      'an issued token',
      JSON.stringify({
        token_type: 'Bearer',
        access_token: given.jwt(given.goodClaims),
        refresh_token: 'CANARYrefresh',
      }),
    ],
    [
      'login headers, cookies and a form',
      given.trace({
        request: given.request(`Basic ${given.basicCanary}`),
        answer: [...given.wantsLogin, 'Set-Cookie: a=CANARYcookie', 'Authorization: Bearer CANARY'],
      }),
    ],
    [
      'a proxy login',
      `CONNECT mail.contoso.com:443 HTTP/1.1\nProxy-Authorization: Basic ${given.basicCanary}\n\nHTTP/1.1 407 Proxy Authentication Required\n`,
    ],
    [
      'a URL with user and query',
      `GET https://anna:CANARYpw@mail.contoso.com/EWS/Exchange.asmx?token=CANARY#CANARY HTTP/1.1\n\nHTTP/1.1 404 Not Found\n\nno`,
    ],
    [
      'a page that echoes them',
      raw(
        ['HTTP/1.1 403 Forbidden', 'Content-Type: text/html'],
        `<html>password=CANARYpassword client_secret: "CANARYsecret" Bearer ${given.jwt(given.goodClaims)}</html>`,
      ),
    ],
    [
      'a header that echoes them',
      `HTTP/1.1 401 Unauthorized\nX-FEServer: EX\nx-ms-diagnostics: 2000001;reason="Bearer ${given.jwt(given.goodClaims)}"\nLocation: https://x/?code=CANARYcode`,
    ],
    ['an error text that echoes them', `AADSTS7000215: client_secret=CANARYsecret&password=CANARYpassword`],
    [
      'a fault that echoes them',
      given.fault('ErrorAccessDenied', `Token ${given.jwt(given.goodClaims)} password=CANARYx`),
    ],
    [
      'a form behind a request',
      'POST /x/oauth2/token HTTP/1.1\nHost: login.microsoftonline.com\n\ngrant_type=password&username=a&password=CANARYpw&client_secret=CANARYs\nHTTP/1.1 400 Bad Request\n\n{"error":"invalid_grant","error_codes":[50126]}',
    ],
  ])('%s leaves none in the evidence', (_name, text) => {
    const { evidence, findings } = explained(text)
    const kept = JSON.stringify({ evidence, findings })
    for (const canary of canaries) expect(kept).not.toContain(canary)
    expect(kept).not.toMatch(/eyJ[\w-]{5,}/)
  })
})

describe('bad input', () => {
  test.each<[string, string]>([
    ['nothing', ' \n '],
    ['prose', 'The connection does not work.'],
    ['HTML', '<!doctype html><html><script>alert(1)</script></html>'],
    ['other XML', '<feed><entry/></feed>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><Autodiscover>&b;</Autodiscover>'],
    ['other JSON', '{"error":{"code":"x"}}'],
    ['an array', '[1,2,3]'],
    ['binary', 'HTTP/1.1 200 OK\u0000\u0001'],
    ['something like a token', 'eyJhbGciOiJub25lIn0.bm8tanNvbg.x'],
    ['version 2 about something else', '{"Protocol":"AutodiscoverV1","Url":"https://x/"}'],
    ['a request', given.soapSettings('').replaceAll('Response', 'Request')],
  ])('%s is unknown', (_name, text) => {
    expect(recognise(text, context)).toEqual({ kind: 'unknown' })
  })

  test('50 MB get an answer at once', () => {
    const started = performance.now()
    const huge = '<'.repeat(50 * 1024 * 1024)
    expect(recognise(huge, context)).toMatchObject({ kind: 'too-large', limit: limits.pastedBytes })
    expect(readEvidence(huge)).toMatchObject({ kind: 'too-large' })
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  // Texts made to send a backtracking expression astray, as long as the limit lets them be.
  test.each([
    ['HTTP/1.1 401 x\n', 'a: '],
    ['HTTP/1.1 401 x\n', '\n'],
    ['HTTP/1.1 401 x\n', 'HTTP/1.1 401 x\n'],
    ['HTTP/1.1 401 x\nWWW-Authenticate: ', 'Basic realm="a", '],
    ['HTTP/1.1 401 x\nContent-Type: text/html\n\n', '<script'],
    ['HTTP/1.1 403 x\n\n', 'password="'],
    ['< HTTP/1.1 401 x\n', '> POST / HTTP/1.1\n'],
    ['', 'AADSTS'],
    ['', 'AADSTS7000215 '],
    ['', 'Error(s): '],
    ['Error(s): ', '7000215, '],
    ['', 'invalid_'],
    ['', 'eyJ'],
    ['AADSTS1234 ', 'eyJ.'],
    ['eyJhbGciOiJub25lIn0.', 'e30.'],
    ['', 'bearer '],
    ['', ' \t'],
    ['x', ' \n'],
    ['<', 'a '],
    ['', '<a>'],
    ['', '{"a":'],
    ['', '-----BEGIN CERTIFICATE-----'],
    ['', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'],
    ['x-ms-diagnostics: ', '2000001;reason="'],
    ['https://', 'a'],
    ['', 'https://a?b&'],
  ])('%j and then %j without end ends soon', (start, filler) => {
    const text = start + filler.repeat(Math.floor((limits.pastedBytes - start.length) / filler.length))
    const started = performance.now()
    const read = recognise(text, context)
    expect(performance.now() - started).toBeLessThan(2_000)
    if (read.kind === 'recognised') expect(evidenceSchema.safeParse(read.evidence).success).toBe(true)
  })

  const samples = [
    given.tokenError(7000215),
    given.msalLine,
    given.jwt(given.goodClaims),
    given.poxUrl,
    given.soapUrl,
    given.fault('ErrorServerBusy'),
    raw(given.wantsLogin),
    given.trace({
      request: given.request('Basic eDp5'),
      answer: given.refusedToken('2000001;reason="x"'),
      body: '<html>',
    }),
  ]

  test('whatever is pasted, there is a value, and what is recognised can be saved, read and judged', () => {
    const mangled = fc
      .tuple(fc.constantFrom(...samples), fc.nat(), fc.nat(), fc.string({ unit: 'binary', maxLength: 40 }))
      .map(([text, from, length, inserted]) => {
        const at = from % (text.length + 1)
        return text.slice(0, at) + inserted + text.slice(at + (length % 50))
      })
    const lines = fc
      .array(fc.oneof(fc.constantFrom(...samples.flatMap((one) => one.split('\n'))), fc.string({ maxLength: 30 })))
      .map((all) => all.join('\n'))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), mangled, lines), (text) => {
        const read = recognise(text, context)
        if (read.kind !== 'recognised') return
        const saved = readEvidence(JSON.stringify(read.evidence))
        expect(saved.kind).toBe('evidence')
        expect(saved.kind === 'evidence' && judge(saved.evidence)).toEqual(judge(read.evidence))
      }),
      { numRuns: 1_500 },
    )
  })
})
