// The demo's Entra, asked by the real @azure/msal-node, and its tokens at the demo's Exchange Online.

import {
  ConfidentialClientApplication,
  ServerError,
  type INetworkModule,
  type NetworkRequestOptions,
} from '@azure/msal-node'
import { expect, test } from 'vitest'
import { startDemo, type DemoExchange, type ScenarioId } from '../../src/demo/index.ts'
import { getFolder, send, xml } from './client.ts'

const ews = 'https://outlook.office365.com/EWS/Exchange.asmx'
const scopes = ['https://outlook.office365.com/.default']

const networkOf = (demo: DemoExchange): INetworkModule => {
  const ask = async <T>(method: string, url: string, options?: NetworkRequestOptions) => {
    const answer = await send(demo, url, {
      method,
      headers: options?.headers ?? {},
      ...(options?.body === undefined ? {} : { body: options.body }),
    })
    const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]))
    return { status: answer.status, headers, body: JSON.parse(answer.body) as T }
  }
  return {
    sendGetRequestAsync: (url, options) => ask('GET', url, options),
    sendPostRequestAsync: (url, options) => ask('POST', url, options),
  }
}

const acquire = async (demo: DemoExchange, asked = scopes): Promise<string> => {
  const { tenantId = '', clientId = '', clientSecret = '' } = demo.typed
  const application = new ConfidentialClientApplication({
    auth: { clientId, clientSecret, authority: `https://login.microsoftonline.com/${tenantId}` },
    system: { networkClient: networkOf(demo) },
  })
  const result = await application.acquireTokenByClientCredential({ scopes: asked })
  return result?.accessToken ?? ''
}

const withDemo = async (scenario: ScenarioId, work: (demo: DemoExchange) => Promise<void>): Promise<void> => {
  const demo = await startDemo({ scenario })
  try {
    await work(demo)
  } finally {
    await demo.stop()
  }
}

const call = (demo: DemoExchange, token: string, body = getFolder({ impersonate: demo.typed.email })) =>
  send(demo, ews, { headers: { ...xml, Authorization: `Bearer ${token}`, 'X-AnchorMailbox': demo.typed.email }, body })

test('MSAL gets a token of version 1.0 with the role, and EWS opens the impersonated mailbox with it', () =>
  withDemo('healthy-online', async (demo) => {
    const token = await acquire(demo)
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({
      aud: 'https://outlook.office365.com',
      iss: `https://sts.windows.net/${demo.oauth?.tenantId ?? ''}/`,
      appid: demo.oauth?.clientId,
      roles: ['full_access_as_app'],
      idtyp: 'app',
    })
    const answer = await call(demo, token)
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('<t:DisplayName>Inbox</t:DisplayName>')
    expect(answer.headers).toMatchObject({ 'x-backendhttpstatus': '200', 'x-owa-version': '15.20.9321.12' })
    expect(demo.journal).toMatchObject([
      { host: 'login.microsoftonline.com', operation: 'token', logon: 'accepted' },
      { host: 'outlook.office365.com', authorization: 'bearer', logon: 'accepted', operation: 'GetFolder' },
    ])
  }))

test.each([
  ['secret-id-instead-of-value', 'invalid_client', 7000215],
  ['secret-wrong', 'invalid_client', 7000215],
  ['expired-secret', 'invalid_client', 7000222],
  ['application-unknown', 'unauthorized_client', 700016],
  ['tenant-unknown', 'invalid_request', 90002],
  ['consent-missing', 'invalid_grant', 65001],
] as const)('%s: MSAL is refused with %s and %s', (scenario, error, code) =>
  withDemo(scenario, async (demo) => {
    const caught: unknown = await acquire(demo).catch((reason: unknown) => reason)
    expect(caught).toBeInstanceOf(ServerError)
    expect(caught).toMatchObject({ errorCode: error, errorNo: code })
    expect(demo.journal).toMatchObject([{ operation: 'token', logon: 'refused' }])
  }),
)

test('a refusal has the fields and headers of Entra', () =>
  withDemo('expired-secret', async (demo) => {
    const { tenantId = '', clientId = '', clientSecret = '' } = demo.typed
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: scopes.join(' '),
    })
    const answer = await send(demo, `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`, {
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'client-request-id': '5f7b2f4e-8c11-4f0e-9d0f-2b7c6f1a9e33',
      },
      body: form.toString(),
    })
    expect(answer.status).toBe(401)
    expect(answer.headers['x-ms-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.parse(answer.body)).toMatchObject({
      error: 'invalid_client',
      error_codes: [7000222],
      correlation_id: '5f7b2f4e-8c11-4f0e-9d0f-2b7c6f1a9e33',
      trace_id: answer.headers['x-ms-request-id'],
    })
    const configuration = await send(
      demo,
      'https://login.microsoftonline.com/fabrikam.example/v2.0/.well-known/openid-configuration',
    )
    expect(JSON.parse(configuration.body)).toMatchObject({
      issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    })
    const unknown = await send(
      demo,
      'https://login.microsoftonline.com/contoso.example/v2.0/.well-known/openid-configuration',
    )
    expect([unknown.status, JSON.parse(unknown.body)]).toMatchObject([400, { error_codes: [90002] }])
  }))

test('Exchange Online challenges as it does, and checks signature, audience and header', () =>
  withDemo('healthy-online', async (demo) => {
    const anonymous = await send(demo, ews)
    expect(anonymous.status).toBe(401)
    expect(anonymous.challenges[0]).toMatch(
      /^Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="[^"]+@\*"/,
    )
    expect(anonymous.challenges[1]).toBe('Basic Realm=""')

    const token = await acquire(demo)
    const forged = await call(demo, `${token.slice(0, -8)}AAAAAAAA`)
    expect([forged.status, forged.headers['x-ms-diagnostics']?.slice(0, 7)]).toEqual([401, '2000001'])
    const graph = await call(demo, await acquire(demo, ['https://graph.microsoft.com/.default']))
    expect([graph.status, graph.headers['x-ms-diagnostics']?.slice(0, 7)]).toEqual([401, '2000003'])
    const nobody = await call(demo, token, getFolder())
    expect(nobody.body).toContain('a:ErrorImpersonationRequired')
    const unknown = await call(demo, token, getFolder({ impersonate: 'nobody@fabrikam.example' }))
    expect([unknown.status, unknown.body.includes('ErrorNonExistentMailbox')]).toEqual([500, true])
  }))

test('role-missing is a 403 with 2000008, ews-not-allowed a 403 without anything, impersonation-denied a fault', async () => {
  await withDemo('role-missing', async (demo) => {
    const answer = await call(demo, await acquire(demo))
    expect([answer.status, answer.headers['x-ms-diagnostics']?.slice(0, 7)]).toEqual([403, '2000008'])
  })
  await withDemo('ews-not-allowed', async (demo) => {
    const answer = await call(demo, await acquire(demo))
    expect([answer.status, answer.body, answer.headers['x-ms-diagnostics']]).toEqual([403, '', undefined])
    expect(answer.headers['x-feserver']).toBeDefined()
  })
  await withDemo('impersonation-denied', async (demo) => {
    const answer = await call(demo, await acquire(demo))
    expect([answer.status, answer.body.includes('ErrorImpersonateUserDenied')]).toEqual([500, true])
  })
})
