// Autodiscover of the demo, asked over the wire: JSON, POX and SOAP, anonymous and with a login.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemo, type DemoExchange } from '../../src/demo/index.ts'
import { basic, pox, send, userSettings, xml } from './client.ts'

const ews = 'https://mail.contoso.example/EWS/Exchange.asmx'
const base = 'https://autodiscover.contoso.example/autodiscover'
let demo: DemoExchange
beforeAll(async () => {
  demo = await startDemo({ scenario: 'healthy-on-prem' })
})
afterAll(() => demo.stop())

const login = () => basic('anna@contoso.example', demo.typed.password ?? '')

test('JSON answers anonymously in both forms and in any case of the path', async () => {
  for (const path of [
    '/autodiscover.json/v1.0/anna@contoso.example?Protocol=EWS',
    '/autodiscover.json?Email=anna%40contoso.example&Protocol=Ews&RedirectCount=1',
    '/AutoDiscover.JSON?email=anna%40contoso.example&protocol=ews',
  ]) {
    const answer = await send(demo, base + path)
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({ Url: ews })
    expect(answer.headers).toMatchObject({
      server: 'Microsoft-IIS/10.0',
      'x-feserver': 'EX01',
      'x-owa-version': '15.2.2562.43',
    })
    expect(answer.headers.date).toBeDefined()
    expect(answer.headers['request-id']).toMatch(/^[0-9a-f-]{36}$/)
  }
})

test('JSON marks an unknown protocol and a foreign domain', async () => {
  const unknown = await send(demo, `${base}/autodiscover.json/v1.0/anna@contoso.example?Protocol=Fax`)
  expect([unknown.status, unknown.headers['jsonerror']]).toEqual([400, 'true'])
  expect(JSON.parse(unknown.body)).toMatchObject({ ErrorCode: 'ProtocolNotSupported' })
  const foreign = await send(
    demo,
    'https://outlook.office365.com/autodiscover/autodiscover.json/v1.0/anna@contoso.example?Protocol=EWS',
  )
  expect([foreign.status, foreign.headers['jsonerror']]).toEqual([404, 'true'])
})

test('POX: 401 with capabilities, error 600 to a plain GET, settings to a good POST, error 500 to an unknown address', async () => {
  const anonymous = await send(demo, `${base}/autodiscover.xml`)
  expect(anonymous.status).toBe(401)
  expect(anonymous.challenges).toEqual(['Negotiate', 'NTLM', 'Basic realm="autodiscover.contoso.example"'])
  expect(anonymous.headers).toMatchObject({ 'x-soap-enabled': 'True', 'x-wssecurity-enabled': 'True' })
  const plain = await send(demo, `${base}/autodiscover.xml`, { headers: login() })
  expect([plain.status, /<ErrorCode>(\d+)</.exec(plain.body)?.[1]]).toEqual([200, '600'])
  const good = await send(demo, `${base}/autodiscover.xml`, {
    headers: { ...login(), ...xml },
    body: pox('anna@contoso.example'),
  })
  expect(good.body).toContain(`<EwsUrl>${ews}</EwsUrl>`)
  expect(good.body).toContain('<Action>settings</Action>')
  const unknown = await send(demo, `${base}/autodiscover.xml`, {
    headers: { ...login(), ...xml },
    body: pox('nobody@contoso.example'),
  })
  expect(/<ErrorCode>(\d+)</.exec(unknown.body)?.[1]).toBe('500')
})

test('SOAP reports errors on three levels', async () => {
  const ask = (body: string) => send(demo, `${base}/autodiscover.svc`, { headers: { ...login(), ...xml }, body })
  const good = await ask(userSettings('anna@contoso.example', ['ExternalEwsUrl', 'MobileMailboxPolicy']))
  expect(good.body).toContain(`<Name>ExternalEwsUrl</Name><Value>${ews}</Value>`)
  expect(good.body).toContain('SettingIsNotAvailable')
  expect((await ask(userSettings('nobody@contoso.example'))).body).toContain('<ErrorCode>InvalidUser</ErrorCode>')
  expect((await ask(userSettings('anna@contoso.example', []))).body).toContain('<ErrorCode>InvalidRequest</ErrorCode>')
  expect((await ask('<broken')).status).toBe(500)
})

test('the journal tells who came with what, in the order of arrival', async () => {
  const before = demo.journal.length
  await send(demo, `${base}/autodiscover.xml`, { headers: login() })
  expect(demo.journal.slice(before)).toMatchObject([
    {
      host: 'autodiscover.contoso.example',
      scheme: 'https',
      method: 'GET',
      authorization: 'basic',
      logon: 'accepted',
      status: 200,
      operation: 'Autodiscover',
    },
  ])
  expect(JSON.stringify(demo.journal)).not.toContain(demo.typed.password)
})

test('redirectAddr and redirectUrl are said in POX and in SOAP', async () => {
  for (const [scenario, action, text] of [
    ['redirect-addr', 'RedirectAddress', 'anna@groups.contoso.example'],
    ['redirect-url', 'RedirectUrl', 'https://mail.contoso.example/autodiscover/autodiscover.'],
  ] as const) {
    const other = await startDemo({ scenario })
    const headers = { ...basic('anna@contoso.example', other.typed.password ?? ''), ...xml }
    const inPox = await send(other, `${base}/autodiscover.xml`, { headers, body: pox('anna@contoso.example') })
    const inSoap = await send(other, `${base}/autodiscover.svc`, {
      headers,
      body: userSettings('anna@contoso.example'),
    })
    expect(inPox.body).toContain(text)
    expect(inSoap.body).toContain(`<ErrorCode>${action}</ErrorCode>`)
    expect(inSoap.body).toContain(text)
    await other.stop()
  }
})
