// Every scenario starts and stops, and shows over the wire what its name says.

import { Resolver } from 'node:dns/promises'
import { expect, test } from 'vitest'
import { scenarioIds, startDemo, type DemoExchange, type ScenarioId } from '../../src/demo/index.ts'
import { addressOf, basic, errorCode, getFolder, pox, send, xml } from './client.ts'

const autodiscover = 'https://autodiscover.contoso.example/autodiscover'
const json = '/autodiscover.json/v1.0/anna@contoso.example?Protocol=EWS'
const ews = 'https://mail.contoso.example/EWS/Exchange.asmx'

const withDemo = async (scenario: ScenarioId, work: (demo: DemoExchange) => Promise<void>): Promise<void> => {
  const demo = await startDemo({ scenario })
  try {
    await work(demo)
  } finally {
    await demo.stop()
  }
}
const login = (demo: DemoExchange) => basic(demo.accounts[0]?.userName ?? '', demo.accounts[0]?.password ?? '')

test.each(scenarioIds)('%s starts, names its parts and stops', (scenario) =>
  withDemo(scenario, (demo) => {
    expect(demo.scenario).toBe(scenario)
    expect(demo.dns).toBe(`127.0.0.1:${String(demo.ports.dns)}`)
    // Without an address DNS says where the host is, and that is the loopback too.
    for (const { name } of demo.hosts) {
      for (const port of [443, 80]) expect(['127.0.0.1', '']).toContain(addressOf(demo, name, port).address)
    }
    expect(demo.connectTo.every((line) => /^[a-z0-9.-]+:\d+:(127\.0\.0\.1)?:\d+$/.test(line))).toBe(true)
    expect(demo.typed.email).toMatch(/@((contoso|contosso|fabrikam)\.example|outlook\.com)$/)
    return Promise.resolve()
  }),
)

test('canaries replace what is typed, and the right values with it', async () => {
  const onPremises = await startDemo({ scenario: 'healthy-on-prem', password: 'canary-password' })
  expect([onPremises.typed.password, onPremises.accounts[0]?.password]).toEqual(['canary-password', 'canary-password'])
  await onPremises.stop()
  const wrong = await startDemo({ scenario: 'wrong-password', password: 'canary-password' })
  expect(wrong.typed.password).toBe('canary-password')
  expect(wrong.accounts[0]?.password).not.toBe('canary-password')
  await wrong.stop()
  const online = await startDemo({ scenario: 'healthy-online', clientSecret: 'canary-secret' })
  expect([online.typed.clientSecret, online.oauth?.clientSecret]).toEqual(['canary-secret', 'canary-secret'])
  await online.stop()
})

test('healthy-online: the alias leads to a foreign certificate, http to Microsoft, JSON to the URL', () =>
  withDemo('healthy-online', async (demo) => {
    const resolver = new Resolver()
    resolver.setServers([demo.dns])
    expect(await resolver.resolveCname('autodiscover.fabrikam.example')).toEqual(['autodiscover.outlook.com'])
    expect(await resolver.resolveMx('fabrikam.example')).toMatchObject([
      { exchange: 'fabrikam-example.mail.protection.outlook.com' },
    ])
    expect(await errorCode(send(demo, 'https://autodiscover.fabrikam.example/autodiscover/autodiscover.xml'))).toBe(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    )
    const redirect = await send(demo, 'http://autodiscover.fabrikam.example/autodiscover/autodiscover.xml')
    expect([redirect.status, redirect.headers.location]).toEqual([
      302,
      'https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml',
    ])
    const target = await send(demo, redirect.headers.location ?? '')
    expect([target.status, target.headers['x-federationtrusttokenissueruri']]).toEqual([
      401,
      'urn:federation:MicrosoftOnline',
    ])
    const found = await send(
      demo,
      'https://outlook.office365.com/autodiscover/autodiscover.json/v1.0/ben@fabrikam.example?Protocol=EWS',
    )
    expect(JSON.parse(found.body)).toEqual({ Protocol: 'EWS', Url: demo.ewsUrl })
  }))

test.each([
  ['wrong-certificate', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['expired-certificate', 'CERT_HAS_EXPIRED'],
  ['self-signed-certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
] as const)('%s: %s', (scenario, code) =>
  withDemo(scenario, async (demo) => {
    expect(await errorCode(send(demo, ews))).toBe(code)
    expect(await errorCode(send(demo, autodiscover + json))).toBe(code)
  }),
)

test('slow-candidate: the own Autodiscover answers at once', () =>
  withDemo('slow-candidate', async (demo) => {
    expect(JSON.parse((await send(demo, autodiscover + json)).body)).toMatchObject({ Url: ews })
    const silent = addressOf(demo, 'contoso.example', 443).port
    expect(addressOf(demo, 'outlook.office365.com', 443).port).toBe(silent)
    expect(silent).not.toBe(demo.ports.https)
  }))

test('wrong-password: Exchange answers 401 and the typed password is refused', () =>
  withDemo('wrong-password', async (demo) => {
    const typed = basic(demo.typed.email, demo.typed.password ?? '')
    const answer = await send(demo, `${autodiscover}/autodiscover.xml`, {
      headers: { ...typed, ...xml },
      body: pox(demo.typed.email),
    })
    expect([answer.status, answer.headers['x-feserver']]).toEqual([401, 'EX01'])
    expect(demo.journal.at(-1)).toMatchObject({ authorization: 'basic', logon: 'refused' })
  }))

test('user-name-differs: the address is refused, the user name good', () =>
  withDemo('user-name-differs', async (demo) => {
    const at = `${autodiscover}/autodiscover.xml`
    expect((await send(demo, at, { headers: basic(demo.typed.email, demo.typed.password ?? '') })).status).toBe(401)
    expect((await send(demo, at, { headers: login(demo) })).status).toBe(200)
  }))

test('redirect-addr: the second domain has the settings', () =>
  withDemo('redirect-addr', async (demo) => {
    const answer = await send(demo, 'https://autodiscover.groups.contoso.example/autodiscover/autodiscover.xml', {
      headers: { ...login(demo), ...xml },
      body: pox('anna@groups.contoso.example'),
    })
    expect(answer.body).toContain(`<EwsUrl>${ews}</EwsUrl>`)
  }))

test('foreign-redirect: http sends to another company, which wants a login', () =>
  withDemo('foreign-redirect', async (demo) => {
    expect(await errorCode(send(demo, `${autodiscover}/autodiscover.xml`))).toBe('ECONNREFUSED')
    const redirect = await send(demo, 'http://autodiscover.contoso.example/autodiscover/autodiscover.xml')
    expect(redirect.headers.location).toBe('https://exchange.hosting-partner.example/autodiscover/autodiscover.xml')
    const target = await send(demo, redirect.headers.location ?? '')
    expect([target.status, target.headers['x-feserver']]).toEqual([401, 'EX01'])
    const settings = await send(demo, redirect.headers.location ?? '', {
      headers: { ...login(demo), ...xml },
      body: pox(demo.typed.email),
    })
    expect(settings.body).toContain(`<EwsUrl>${demo.ewsUrl ?? '?'}</EwsUrl>`)
  }))

test('srv-only: the record names a port of its own, where Autodiscover answers', () =>
  withDemo('srv-only', async (demo) => {
    const resolver = new Resolver()
    resolver.setServers([demo.dns])
    const [record] = await resolver.resolveSrv('_autodiscover._tcp.contoso.example')
    expect(record).toMatchObject({ name: 'exchange.contoso.example', port: 8443 })
    expect(await errorCode(resolver.resolve4('autodiscover.contoso.example'))).toBe('ENOTFOUND')
    expect(await errorCode(resolver.resolve4('contoso.example'))).toBe('ENODATA')
    const answer = await send(demo, 'https://exchange.contoso.example:8443/autodiscover/autodiscover.xml', {
      headers: { ...login(demo), ...xml },
      body: pox(demo.typed.email),
    })
    expect(answer.body).toContain('<EwsUrl>https://exchange.contoso.example:8443/EWS/Exchange.asmx</EwsUrl>')
  }))

test('routes that are missing are 404: pox-only and autodiscover-login-only', async () => {
  const statuses = async (demo: DemoExchange) =>
    Promise.all(
      [json, '/autodiscover.svc', '/autodiscover.xml'].map(
        async (path) => (await send(demo, autodiscover + path)).status,
      ),
    )
  await withDemo('pox-only', async (demo) => expect(await statuses(demo)).toEqual([404, 404, 401]))
  await withDemo('autodiscover-login-only', async (demo) => expect(await statuses(demo)).toEqual([404, 401, 401]))
})

test('forms-login, gateway-preauthentication and website-wants-login are no Exchange', async () => {
  await withDemo('forms-login', async (demo) => {
    const answer = await send(demo, ews, { headers: xml, body: getFolder() })
    expect([answer.status, answer.headers.location?.includes('/owa/auth/logon.aspx')]).toEqual([302, true])
  })
  await withDemo('gateway-preauthentication', async (demo) => {
    const answer = await send(demo, ews)
    expect([answer.status, answer.headers['x-feserver'], answer.headers['request-id']]).toEqual([
      401,
      undefined,
      undefined,
    ])
    expect(answer.challenges).toEqual(['Basic realm="SecureGate Web Application Firewall"'])
  })
  await withDemo('website-wants-login', async (demo) => {
    const answer = await send(demo, 'https://contoso.example/autodiscover/autodiscover.xml')
    expect([answer.status, answer.challenges]).toEqual([401, ['Basic realm="Intranet"']])
  })
})

test('hybrid-mailbox: Exchange Online sends the JSON question to the own host', () =>
  withDemo('hybrid-mailbox', async (demo) => {
    const answer = await send(
      demo,
      'https://outlook.office365.com/autodiscover/autodiscover.json?Email=anna@contoso.example&Protocol=Ews',
    )
    expect(answer.status).toBe(302)
    expect(JSON.parse((await send(demo, answer.headers.location ?? '')).body)).toMatchObject({ Url: ews })
  }))

test('unknown-domain: the name does not exist', () =>
  withDemo('unknown-domain', async (demo) => {
    const resolver = new Resolver()
    resolver.setServers([demo.dns])
    const domain = demo.typed.email.split('@')[1] ?? ''
    expect(await errorCode(resolver.resolveMx(domain))).toBe('ENOTFOUND')
    expect(await errorCode(resolver.resolve4(`autodiscover.${domain}`))).toBe('ENOTFOUND')
  }))

test('oauth-on-prem has no Bearer; app-only-on-prem reads the token and says 403 with 2000008', async () => {
  const tokenFor = async (demo: DemoExchange): Promise<string> => {
    const { tenantId = '', clientId = '', clientSecret = '' } = demo.typed
    const scope = 'https://outlook.office365.com/.default'
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope,
    })
    const answer = await send(demo, `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`, {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    })
    return /"access_token":"([^"]+)"/.exec(answer.body)?.[1] ?? ''
  }
  await withDemo('oauth-on-prem', async (demo) => {
    const answer = await send(demo, ews, {
      headers: { ...xml, Authorization: `Bearer ${await tokenFor(demo)}` },
      body: getFolder(),
    })
    expect([answer.status, answer.challenges]).toEqual([401, ['Negotiate', 'NTLM']])
    expect(demo.journal.at(-1)).toMatchObject({ authorization: 'bearer', logon: 'refused' })
  })
  await withDemo('app-only-on-prem', async (demo) => {
    const empty = await send(demo, ews, { headers: { ...xml, Authorization: 'Bearer' }, body: getFolder() })
    expect(empty.challenges.at(-1)).toContain(`@${demo.typed.tenantId ?? ''}`)
    const answer = await send(demo, ews, {
      headers: { ...xml, Authorization: `Bearer ${await tokenFor(demo)}` },
      body: getFolder(),
    })
    expect([answer.status, answer.headers['x-ms-diagnostics']?.slice(0, 7)]).toEqual([403, '2000008'])
  })
})

test('clock-skew: the hosts agree on another time', () =>
  withDemo('clock-skew', async (demo) => {
    for (const host of ['mail.contoso.example', 'login.microsoftonline.com']) {
      const date = Date.parse((await send(demo, `https://${host}/`)).headers.date ?? '')
      expect(Math.abs(date - Date.now() - 1_200_000)).toBeLessThan(10_000)
    }
  }))

test('server-busy: a fault that names the wait, only after the login', () =>
  withDemo('server-busy', async (demo) => {
    expect((await send(demo, ews, { headers: xml, body: getFolder() })).status).toBe(401)
    expect(JSON.parse((await send(demo, autodiscover + json)).body)).toMatchObject({ Url: ews })
  }))
