// What Autodiscover servers say, over a real socket, and how it is read: POX, SOAP, JSON and plain statuses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { autodiscoverObservation, type AutodiscoverAnswer } from '../../../src/core/autodiscover/answer.ts'
import { jsonUrl, readJsonAnswer } from '../../../src/core/autodiscover/json.ts'
import { poxRequest, poxUrl, readPoxAnswer } from '../../../src/core/autodiscover/pox.ts'
import { readSoapAnswer, soapRequest, soapUrl } from '../../../src/core/autodiscover/soap.ts'
import { readStatus, showsExchange } from '../../../src/core/autodiscover/status.ts'
import type { HttpAnswer, HttpResult } from '../../../src/core/network/http.ts'
import { parseXml } from '../../../src/core/network/xml.ts'
import { startWorld, type Answer, type Reply, type World } from '../../../src/demo/index.ts'
import { exchange, networkIn } from '../network/inWorld.ts'

const host = 'autodiscover.contoso.com'
let reply: Reply
let world: World
beforeAll(async () => {
  world = await startWorld({ zones: {}, hosts: { [host]: { https: () => reply } } })
})
afterAll(() => world.stop())

async function ask(next: Reply): Promise<HttpResult> {
  reply = next
  return (await exchange(networkIn(world), `https://${host}/autodiscover/x?a=1`)).result
}
const answered = async (next: Answer): Promise<HttpAnswer> => {
  const result = await ask(next)
  if (result.kind === 'failed') throw new Error(result.observation.result)
  return result
}

const page = '<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>'
const ews = 'https://mail.contoso.com/EWS/Exchange.asmx'
const inside = 'https://ex1.contoso.local/EWS/Exchange.asmx'
const xml = (body: string, status = 200): Answer => ({ status, headers: { 'Content-Type': 'text/xml' }, body })

describe('POX', () => {
  const read = async (next: Reply): Promise<AutodiscoverAnswer> => readPoxAnswer(await ask(next))
  const account = (content: string): Answer =>
    xml(
      '<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">' +
        `<Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><User/><Account>${content}</Account></Response></Autodiscover>`,
    )
  const protocol = (type: string, fields: string): string => `<Protocol><Type>${type}</Type>${fields}</Protocol>`
  const settings = (...protocols: string[]): Answer => account(`<Action>settings</Action>${protocols.join('')}`)
  const failure = (content: string): Answer =>
    xml(`<Autodiscover xmlns="a"><Response><Error Time="11:22:33" Id="1">${content}</Error></Response></Autodiscover>`)

  test.each<[string, Answer, AutodiscoverAnswer]>([
    [
      'outside before inside, whatever their order',
      settings(protocol('EXCH', `<EwsUrl>${inside}</EwsUrl>`), protocol('EXPR', `<EwsUrl>\n ${ews}\n</EwsUrl>`)),
      { kind: 'url', ewsUrl: ews, node: 'EXPR' },
    ],
    [
      'inside alone',
      settings(protocol('EXCH', `<EwsUrl>${inside}</EwsUrl>`)),
      { kind: 'url', ewsUrl: inside, node: 'EXCH' },
    ],
    [
      'the node that is both',
      settings(protocol('EXHTTP', `<EwsUrl>${ews}</EwsUrl>`)),
      { kind: 'url', ewsUrl: ews, node: 'EXHTTP' },
    ],
    [
      'EXCH before EXHTTP',
      settings(protocol('EXHTTP', `<EwsUrl>${ews}</EwsUrl>`), protocol('EXCH', `<EwsUrl>${inside}</EwsUrl>`)),
      { kind: 'url', ewsUrl: inside, node: 'EXCH' },
    ],
    [
      'an empty EXPR does not count',
      settings(protocol('EXPR', '<EwsUrl/>'), protocol('EXCH', `<EwsUrl>${inside}</EwsUrl>`)),
      { kind: 'url', ewsUrl: inside, node: 'EXCH' },
    ],
    [
      'the availability service where EwsUrl is missing',
      settings(protocol('EXPR', `<ASUrl>${ews}</ASUrl>`)),
      { kind: 'url', ewsUrl: ews, node: 'EXPR ASUrl' },
    ],
    [
      'an EwsUrl anywhere before any ASUrl',
      settings(protocol('EXPR', `<ASUrl>${ews}</ASUrl>`), protocol('EXCH', `<EwsUrl>${inside}</EwsUrl>`)),
      { kind: 'url', ewsUrl: inside, node: 'EXCH' },
    ],
    [
      'WEB names no EWS, nor do the nodes inside of it',
      settings(
        protocol(
          'WEB',
          `<EwsUrl>${ews}</EwsUrl><External><Protocol><Type>EXPR</Type><EwsUrl>${ews}</EwsUrl></Protocol></External>`,
        ),
      ),
      { kind: 'no-url' },
    ],
    [
      'a type as attribute, in lower case',
      settings(`<Protocol Type="expr"><EwsUrl>${ews}</EwsUrl></Protocol>`),
      { kind: 'url', ewsUrl: ews, node: 'EXPR' },
    ],
    [
      'a node of an unknown type',
      settings(protocol('FUTURE', `<EwsUrl>${ews}</EwsUrl>`)),
      { kind: 'url', ewsUrl: ews, node: 'FUTURE' },
    ],
    ['settings without nodes', settings(), { kind: 'no-url' }],
    [
      'another address',
      account('<Action>redirectAddr</Action><RedirectAddr>anna@contoso.onmicrosoft.com</RedirectAddr>'),
      { kind: 'redirect-address', to: 'anna@contoso.onmicrosoft.com' },
    ],
    [
      'another URL',
      account('<Action>redirectUrl</Action><RedirectUrl>https://x.contoso.com/a.xml</RedirectUrl>'),
      { kind: 'redirect-url', to: 'https://x.contoso.com/a.xml' },
    ],
    ['a redirect without target', account('<Action>redirectUrl</Action>'), { kind: 'unreadable' }],
    ['an address redirect without target', account('<Action>redirectAddr</Action>'), { kind: 'unreadable' }],
    [
      'a redirect to what is no URL',
      account('<Action>redirectUrl</Action><RedirectUrl>https://[</RedirectUrl>'),
      { kind: 'unreadable' },
    ],
    [
      'a redirect to half a URL',
      account('<Action>redirectUrl</Action><RedirectUrl>/autodiscover.xml</RedirectUrl>'),
      { kind: 'unreadable' },
    ],
    [
      'a URL of a size that nobody could use',
      settings(protocol('EXPR', `<EwsUrl>https://mail.contoso.com/${'a'.repeat(100_000)}</EwsUrl>`)),
      { kind: 'unreadable' },
    ],
    ['cut off', xml('<?xml version="1.0"?><Autodiscover><Response><Account><Action>sett'), { kind: 'unreadable' }],
    ['HTML', { status: 200, body: page }, { kind: 'not-autodiscover', status: 200 }],
    ['JSON', { status: 200, body: '{}' }, { kind: 'not-autodiscover', status: 200 }],
    ['nothing', { status: 200 }, { kind: 'not-autodiscover', status: 200 }],
    ['XML of another service', xml('<rss><Response/></rss>'), { kind: 'not-autodiscover', status: 200 }],
    ['Autodiscover without an answer', xml('<Autodiscover/>'), { kind: 'not-autodiscover', status: 200 }],
    ['a document type', xml('<!DOCTYPE a []><Autodiscover/>'), { kind: 'unsafe', reason: 'doctype' }],
  ])('%s', async (_what, next, expected) => {
    expect(await read(next)).toEqual(expected)
  })

  test.each(['500', '501', '600', '601', '602', '603'])('error %s', async (code) => {
    expect(await read(failure(`<ErrorCode>${code}</ErrorCode><Message>Bad Address.</Message><DebugData/>`))).toEqual({
      kind: 'error',
      code,
      level: 'response',
      message: 'Bad Address.',
    })
  })

  test('an error without a code, and one of a size that nobody reads', async () => {
    expect(await read(failure(''))).toEqual({ kind: 'error', code: 'unknown', level: 'response', message: null })
    const long = await read(
      failure(`<ErrorCode>${'6'.repeat(9_999)}</ErrorCode><Message>${'x'.repeat(9_999)}</Message>`),
    )
    expect(long).toEqual({ kind: 'error', code: '6'.repeat(100), level: 'response', message: 'x'.repeat(300) })
  })

  test('the request is XML whatever the address', () => {
    const parsed = parseXml(poxRequest('a"<&\'\u0000>]]>@contoso.com'))
    expect(parsed.kind).toBe('document')
    expect(poxUrl(new URL('https://a.example:444/x?y')).href).toBe(
      'https://a.example:444/autodiscover/autodiscover.xml',
    )
  })
})

describe('SOAP', () => {
  const read = async (next: Reply): Promise<AutodiscoverAnswer> => readSoapAnswer(await ask(next))
  const envelope = (body: string, status = 200): Answer =>
    xml(
      `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`,
      status,
    )
  const response = (content: string): Answer =>
    envelope(
      `<GetUserSettingsResponseMessage xmlns="http://schemas.microsoft.com/exchange/2010/Autodiscover"><Response>${content}</Response></GetUserSettingsResponseMessage>`,
    )
  const user = (content: string): Answer =>
    response(
      `<ErrorCode>NoError</ErrorCode><ErrorMessage/><UserResponses><UserResponse>${content}</UserResponse></UserResponses>`,
    )
  const ok = '<ErrorCode>NoError</ErrorCode><ErrorMessage>No error.</ErrorMessage>'
  const setting = (name: string, value: string): string =>
    `<UserSetting><Name>${name}</Name><Value>${value}</Value></UserSetting>`
  const settingError = (name: string, code: string): string =>
    `<UserSettingErrors><UserSettingError><ErrorCode>${code}</ErrorCode><ErrorMessage>No.</ErrorMessage><SettingName>${name}</SettingName></UserSettingError></UserSettingErrors>`

  test.each<[string, Answer, AutodiscoverAnswer]>([
    [
      'outside before inside',
      user(`${ok}<UserSettings>${setting('InternalEwsUrl', inside)}${setting('ExternalEwsUrl', ews)}</UserSettings>`),
      { kind: 'url', ewsUrl: ews, node: 'ExternalEwsUrl' },
    ],
    [
      'inside only',
      user(`${ok}<UserSettings>${setting('InternalEwsUrl', inside)}${setting('ExternalEwsUrl', '')}</UserSettings>`),
      { kind: 'url', ewsUrl: inside, node: 'InternalEwsUrl' },
    ],
    [
      'no URL, and the settings say that they are not there',
      user(`${ok}${settingError('ExternalEwsUrl', 'SettingIsNotAvailable')}<UserSettings/>`),
      { kind: 'no-url' },
    ],
    ['no URL at all', user(`${ok}<UserSettings/>`), { kind: 'no-url' }],
    [
      'an error of the setting',
      user(`${ok}${settingError('ExternalEwsUrl', 'InternalServerError')}<UserSettings/>`),
      { kind: 'error', code: 'InternalServerError', level: 'setting', message: 'No.' },
    ],
    [
      'an error of a setting that matters to nobody',
      user(`${ok}${settingError('CasVersion', 'X')}`),
      { kind: 'no-url' },
    ],
    [
      'an error of the user',
      user('<ErrorCode>InvalidUser</ErrorCode><ErrorMessage>Invalid user.</ErrorMessage>'),
      { kind: 'error', code: 'InvalidUser', level: 'user', message: 'Invalid user.' },
    ],
    [
      'an error of the whole answer',
      response('<ErrorCode>ServerBusy</ErrorCode><ErrorMessage>Later.</ErrorMessage><UserResponses/>'),
      { kind: 'error', code: 'ServerBusy', level: 'response', message: 'Later.' },
    ],
    [
      'another address',
      user('<ErrorCode>RedirectAddress</ErrorCode><RedirectTarget>anna@x.contoso.com</RedirectTarget>'),
      { kind: 'redirect-address', to: 'anna@x.contoso.com' },
    ],
    [
      'another URL',
      user('<ErrorCode>RedirectUrl</ErrorCode><RedirectTarget>https://x.contoso.com/</RedirectTarget>'),
      { kind: 'redirect-url', to: 'https://x.contoso.com/' },
    ],
    [
      'a redirect without target',
      user('<ErrorCode>RedirectUrl</ErrorCode>'),
      { kind: 'error', code: 'RedirectUrl', level: 'user', message: null },
    ],
    [
      'a redirect to what is no URL',
      user('<ErrorCode>RedirectUrl</ErrorCode><RedirectTarget>somewhere</RedirectTarget>'),
      { kind: 'unreadable' },
    ],
    [
      'a fault, with status 500',
      envelope('<s:Fault><faultcode>x</faultcode><faultstring>Went wrong.</faultstring></s:Fault>', 500),
      { kind: 'error', code: 'Fault', level: 'response', message: 'Went wrong.' },
    ],
    [
      'a fault with a code of its own',
      envelope(
        '<s:Fault><faultstring>W.</faultstring><detail><ErrorCode xmlns="e"> InvalidRequest </ErrorCode></detail></s:Fault>',
        500,
      ),
      { kind: 'error', code: 'InvalidRequest', level: 'response', message: 'W.' },
    ],
    ['an error page', { status: 500, body: page }, { kind: 'not-autodiscover', status: 500 }],
    ['XML of another service', xml('<a/>'), { kind: 'not-autodiscover', status: 200 }],
    ['cut off', xml('<s:Envelope xmlns:s="x"><s:Body>'), { kind: 'unreadable' }],
    [
      'an entity',
      xml('<s:Envelope xmlns:s="x"><s:Body>&x;</s:Body></s:Envelope>'),
      { kind: 'unsafe', reason: 'entity' },
    ],
    ['not here', { status: 404 }, { kind: 'not-autodiscover', status: 404 }],
  ])('%s', async (_what, next, expected) => {
    expect(await read(next)).toEqual(expected)
  })

  test('the request is XML whatever the address, and asks at the host itself', () => {
    const url = soapUrl(new URL('https://a.example/'))
    expect(url.href).toBe('https://a.example/autodiscover/autodiscover.svc')
    expect(parseXml(soapRequest(url, '"<&>\u0001@x')).kind).toBe('document')
  })
})

describe('JSON', () => {
  const read = async (next: Reply): Promise<AutodiscoverAnswer> => readJsonAnswer(await ask(next))
  const json = (body: string, status = 200, headers: Record<string, string> = {}): Answer => ({
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  })
  test.each<[string, Answer, AutodiscoverAnswer]>([
    ['a URL', json(`{"Protocol":"EWS","Url":"${ews}"}`), { kind: 'url', ewsUrl: ews, node: null }],
    ['an empty URL', json('{"Protocol":"EWS","Url":""}'), { kind: 'no-url' }],
    ['a URL that is a number', json('{"Url":5}'), { kind: 'no-url' }],
    [
      'an error with status 400',
      json('{"ErrorCode":"ProtocolNotSupported","ErrorMessage":"No."}', 400),
      { kind: 'error', code: 'ProtocolNotSupported', level: null, message: 'No.' },
    ],
    [
      'an error beside a URL is an error',
      json(`{"ErrorCode":"X","Url":"${ews}"}`),
      { kind: 'error', code: 'X', level: null, message: null },
    ],
    [
      'the header of Exchange for an error',
      json('', 404, { jsonerror: 'true' }),
      { kind: 'error', code: 'unknown', level: null, message: null },
    ],
    ['HTML', { status: 200, body: page }, { kind: 'not-autodiscover', status: 200 }],
    ['an array', json('[]'), { kind: 'no-url' }],
    ['null', json('null'), { kind: 'not-autodiscover', status: 200 }],
    ['cut off', json(`{"Url":"${ews}`), { kind: 'no-url' }],
    ['a prototype for a property', json(`{"__proto__":{"Url":"${ews}"}}`), { kind: 'no-url' }],
    ['not here', { status: 404, body: page }, { kind: 'not-autodiscover', status: 404 }],
    [
      'an error code of a size that nobody reads',
      json(`{"ErrorCode":"${'E'.repeat(5_000)}"}`),
      { kind: 'error', code: 'E'.repeat(100), level: null, message: null },
    ],
  ])('%s', async (_what, next, expected) => {
    expect(await read(next)).toEqual(expected)
  })

  test.each<[string, string]>([
    ['anna@contoso.com', '/autodiscover/autodiscover.json/v1.0/anna@contoso.com'],
    ['a/../b?x#y@contoso.com', '/autodiscover/autodiscover.json/v1.0/a%2F..%2Fb%3Fx%23y@contoso.com'],
  ])('asks for %s in the path', (address, path) => {
    const url = jsonUrl(new URL(`https://${host}/`), address)
    expect([url.pathname, url.search]).toEqual([path, '?Protocol=EWS'])
  })
})

describe('a status before any body', () => {
  const bearer = 'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", realm=""'
  const challenge = (...schemes: string[]): Record<string, string | string[]> => ({ 'WWW-Authenticate': schemes })
  test.each<[string, Answer, AutodiscoverAnswer]>([
    [
      'a login of Exchange, by a header of its own',
      { status: 401, headers: { ...challenge('Negotiate', 'NTLM'), 'X-FEServer': 'EX1' } },
      { kind: 'needs-login', offered: ['negotiate', 'ntlm'] },
    ],
    [
      'by its application ID',
      { status: 401, headers: challenge(bearer) },
      { kind: 'needs-login', offered: ['bearer'] },
    ],
    [
      'by request-id together with Windows authentication',
      { status: 401, headers: { ...challenge('NTLM'), 'request-id': '1' } },
      { kind: 'needs-login', offered: ['ntlm'] },
    ],
    [
      'not by request-id and Basic',
      { status: 401, headers: { ...challenge('Basic realm="x"'), 'request-id': '1' } },
      { kind: 'foreign-login' },
    ],
    ['not by Windows authentication alone', { status: 401, headers: challenge('NTLM') }, { kind: 'foreign-login' }],
    [
      'not by a Bearer of somebody else',
      { status: 401, headers: challenge('Bearer realm="api"') },
      { kind: 'foreign-login' },
    ],
    [
      'a redirect, made absolute',
      { status: 302, headers: { Location: '/owa/' } },
      { kind: 'redirect-url', to: `https://${host}/owa/` },
    ],
    ['a redirect to nowhere', { status: 302 }, { kind: 'not-autodiscover', status: 302 }],
    ['a redirect to what is no URL', { status: 301, headers: { Location: 'https://[' } }, { kind: 'unreadable' }],
    [
      'a redirect of a size that nobody could use',
      { status: 301, headers: { Location: `/${'a'.repeat(10_000)}` } },
      { kind: 'unreadable' },
    ],
    ['304 is none', { status: 304, headers: { Location: '/x' } }, { kind: 'not-autodiscover', status: 304 }],
    ['403', { status: 403 }, { kind: 'not-autodiscover', status: 403 }],
  ])('%s', async (_what, next, expected) => {
    expect(readStatus(await answered(next))).toEqual(expected)
  })

  test('a website does not show Exchange', async () => {
    expect(showsExchange(await answered({ status: 200, body: page }))).toBe(false)
    expect(showsExchange(await answered({ status: 200, headers: { 'X-OWA-Version': '15.2.1' } }))).toBe(true)
  })
})

test('no answer is no answer in every protocol', async () => {
  const result = await ask('reset')
  expect([readPoxAnswer(result), readSoapAnswer(result), readJsonAnswer(result)]).toEqual([
    { kind: 'no-answer' },
    { kind: 'no-answer' },
    { kind: 'no-answer' },
  ])
})

test('evidence of a redirect carries no session', () => {
  const observation = autodiscoverObservation({
    source: 'json',
    url: new URL(`https://u:p@${host}/x#y`),
    address: 'anna@contoso.com',
    answer: { kind: 'redirect-url', to: 'https://u:p@sso.example/login?code=Canary&x=1#Canary' },
  })
  expect(observation).toMatchObject({ url: `https://${host}/x`, redirect: 'https://sso.example/login?code=…&x=…' })
})
