/** Tokens of client credentials: secret and certificate, another login service, the proxy and the CA on the way, and what is kept. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requestToken, type ClientCredential, type OAuthAccount } from '../../../src/core/auth/oauth.ts'
import { openSecret, Secret } from '../../../src/core/auth/secret.ts'
import { createTokenCache, type IssuedToken } from '../../../src/core/auth/tokenCache.ts'
import { createTrust } from '../../../src/core/auth/trust.ts'
import type { Observation } from '../../../src/core/evidence/schema.ts'
import { limits } from '../../../src/core/limits.ts'
import { cloudWith } from '../../../src/core/settings/clouds.ts'
import { makeEntra, startWorld, type World } from '../../../src/demo/index.ts'
import { networkIn, observationsOf } from '../network/inWorld.ts'

const tenantId = '5b0e2d7c-41f3-4a35-9d6e-8f3f1f6f2a10'
const clientId = 'c3a1f6de-0b57-4d0b-8a52-6f1f5f0d9e77'
const ownHost = 'login.contoso-cloud.example'
const secret: ClientCredential = { kind: 'secret', secret: new Secret('demo8Q~secret-value') }
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const sha256 = 'ab'.repeat(32)
const certificate = (o: { sha256?: string; key?: string } = {}): ClientCredential => ({
  kind: 'certificate',
  certificate: {
    privateKey: new Secret(o.key ?? keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()),
    sha256: o.sha256 ?? sha256,
    subject: 'CN=EWS Setup',
    validTo: '2027-01-01T00:00:00.000Z',
  },
})

let world: World
let proxy: Server
let tunnels: string[] = []
beforeAll(async () => {
  const entra = makeEntra({
    tenants: [
      {
        id: tenantId,
        domains: ['contoso.com'],
        applications: [
          {
            clientId,
            secrets: [{ id: 'x', value: 'demo8Q~secret-value', expires: Number.POSITIVE_INFINITY }],
            certificates: [{ sha256, publicKey: createPublicKey(keys.privateKey) }],
            roles: ['full_access_as_app'],
          },
        ],
      },
    ],
  })
  world = await startWorld({
    zones: {},
    hosts: {
      'login.microsoftonline.com': { https: entra.handler },
      [ownHost]: {
        // The same service, by its own name in everything it says about itself.
        https: async (request) => {
          const answer = await entra.handler(request)
          return typeof answer === 'object' && 'body' in answer && typeof answer.body === 'string'
            ? { ...answer, body: answer.body.replaceAll('login.microsoftonline.com', ownHost) }
            : answer
        },
      },
    },
  })
  proxy = createServer((_request, response) => response.writeHead(502).end()).on('connect', (request, socket) => {
    tunnels.push(request.url ?? '')
    const server = connect(world.ports.https, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
    server.on('error', () => socket.destroy())
    socket.on('error', () => server.destroy())
    socket.pipe(server).pipe(socket)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
}, 60_000)
afterAll(async () => {
  proxy.closeAllConnections()
  await world.stop()
  proxy.close()
})
beforeEach(() => {
  tunnels = []
  world.journal.splice(0)
})

const account = (credential: ClientCredential, authority = ''): OAuthAccount => ({
  cloud: cloudWith('global', authority),
  tenantId,
  clientId,
  credential,
})

async function ask(o: OAuthAccount, network = networkIn(world)) {
  const observations: Observation[] = []
  const trust = createTrust({
    mailDomain: 'contoso.com',
    cloud: o.cloud,
    typed: new Set(),
    proven: new Set(),
    consented: new Set(),
  })
  const record = (observation: Observation): void => void observations.push(observation)
  const signal = new AbortController().signal
  const result = await requestToken({ account: o, network, trust, signal, record })
  return { result, observations, token: result.observation }
}

describe('what proves the application', () => {
  test('a secret', async () => {
    const { result, token } = await ask(account(secret))
    expect(result.kind).toBe('issued')
    expect(token.withCertificate).toBeUndefined()
  })

  test('a certificate: a signed assertion, and no key in what is recorded', async () => {
    const { result, token, observations } = await ask(account(certificate()))
    expect(result.kind).toBe('issued')
    expect(token).toMatchObject({ withCertificate: true, claims: { roles: ['full_access_as_app'] } })
    expect(observationsOf(observations, 'http').map((one) => one.credentials)).toEqual(['client-assertion'])
    expect(JSON.stringify(observations)).not.toMatch(/PRIVATE KEY|eyJ/)
  })

  test('a certificate that the application does not know', async () => {
    const { result, token } = await ask(account(certificate({ sha256: 'cd'.repeat(32) })))
    expect(result.kind).toBe('failed')
    expect(token.errorCodes).toEqual([700027])
  })

  test('the right certificate and the key of another', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const key = other.export({ format: 'pem', type: 'pkcs8' }).toString()
    const { token } = await ask(account(certificate({ key })))
    expect(token.errorCodes).toEqual([700027])
  })
})

describe('the way to the login service', () => {
  test('another service, typed by hand: nothing goes to the cloud’s own', async () => {
    const { result, token } = await ask(account(secret, `https://${ownHost}`))
    expect(result.kind).toBe('issued')
    expect(token.authorityHost).toBe(ownHost)
    expect(new Set(world.journal.map((entry) => entry.host))).toEqual(new Set([ownHost]))
  })

  test.each(['', `https://${ownHost}`])('through the proxy (%s)', async (authority) => {
    const through = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    const { result } = await ask(
      account(certificate(), authority),
      networkIn(world, { options: { connectTo: [], proxy: through } }),
    )
    expect(result.kind).toBe('issued')
    expect(new Set(tunnels)).toEqual(new Set([`${authority === '' ? 'login.microsoftonline.com' : ownHost}:443`]))
  })

  test('without the private CA the service is not believed, and gets no secret', async () => {
    const { result, token, observations } = await ask(account(secret), networkIn(world, { options: { extraCa: '' } }))
    expect(result.kind).toBe('failed')
    expect(token.result).toBe('no-answer')
    expect(observationsOf(observations, 'tls').map((one) => one.result)).toContain('issuer-unknown')
    expect(world.journal).toEqual([])
  })
})

describe('tokens that are kept', () => {
  let now = Date.parse('2026-11-26T12:00:00Z')
  const issued = async (credential: ClientCredential = secret): Promise<IssuedToken> => {
    const { result } = await ask(account(credential))
    if (result.kind !== 'issued') throw new Error('no token')
    return result
  }
  const endOf = (token: IssuedToken): number => (token.observation.claims?.exp ?? 0) * 1_000

  test('until five minutes before the end, to the millisecond', async () => {
    const token = await issued()
    const cache = createTokenCache(() => now)
    cache.keep(account(secret), token)
    now = endOf(token) - limits.tokenSpareMs - 1
    const kept = cache.find(account(secret))
    expect(kept === null ? '' : openSecret(kept.token)).toBe(openSecret(token.token))
    now = endOf(token) - limits.tokenSpareMs
    expect(cache.find(account(secret))).toBeNull()
  })

  test('for the same account, proof, tenant, application, scope and service only', async () => {
    const cache = createTokenCache(() => 0)
    cache.keep(account(secret), await issued())
    const own = account(secret)
    expect(cache.find({ ...own, tenantId: tenantId.toUpperCase() })).not.toBeNull()
    for (const other of [
      account(secret, `https://${ownHost}`),
      account(certificate()),
      account({ kind: 'secret', secret: new Secret('another secret') }),
      { ...own, tenantId: 'contoso.com' },
      { ...own, clientId: tenantId },
      { ...own, cloud: cloudWith('china', '') },
      { ...own, cloud: { ...own.cloud, scope: 'https://outlook.office.com/.default' } },
    ])
      expect(cache.find(other)).toBeNull()
  })

  test('what was dropped is gone', async () => {
    const cache = createTokenCache(() => 0)
    cache.keep(account(secret), await issued())
    cache.drop(account(secret))
    expect(cache.find(account(secret))).toBeNull()
  })
})
