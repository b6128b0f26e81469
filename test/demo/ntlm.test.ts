// NTLM of the demo: three legs on one connection, message integrity, channel binding, lockout.

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemo, type DemoExchange } from '../../src/demo/index.ts'
import { challengeFor, ntlmType, verifyAuthenticate } from '../../src/demo/exchange/ntlm.ts'
import { md4, rc4 } from '../../src/demo/exchange/hashes.ts'
import { basic, certificateOf, getFolder, oneConnection, send, xml, type Received } from './client.ts'
import { authenticateMessage, negotiateMessage } from './ntlm-client.ts'

const url = 'https://mail.contoso.example/EWS/Exchange.asmx'
let demo: DemoExchange
beforeAll(async () => {
  demo = await startDemo({ scenario: 'healthy-on-prem' })
})
afterAll(() => demo.stop())

type Login = {
  password?: string
  user?: string
  domain?: string
  certificate?: Buffer
  breakIntegrity?: boolean
  scheme?: string
  apart?: boolean
  at?: string
}

const handshake = async (place: DemoExchange, o: Login = {}): Promise<Received> => {
  const agent = oneConnection()
  const scheme = o.scheme ?? 'NTLM'
  const negotiate = negotiateMessage()
  const body = getFolder()
  const first = await send(place, o.at ?? url, {
    headers: { ...xml, Authorization: `${scheme} ${negotiate.toString('base64')}` },
    body,
    agent,
  })
  expect(first.status).toBe(401)
  expect(first.challenges).toHaveLength(1)
  const challenge = Buffer.from(first.challenges[0]?.split(' ')[1] ?? '', 'base64')
  const message = authenticateMessage({
    negotiate,
    challenge,
    user: o.user ?? 'anna',
    domain: o.domain ?? 'CONTOSO',
    password: o.password ?? place.accounts[0]?.password ?? '',
    ...(o.certificate ? { certificate: o.certificate } : {}),
    ...(o.breakIntegrity === true ? { breakIntegrity: true } : {}),
  })
  const headers = { ...xml, Authorization: `${scheme} ${message.toString('base64')}` }
  const last = await send(place, o.at ?? url, { headers, body, agent: o.apart === true ? oneConnection() : agent })
  if (last.status === 200) {
    // The connection stays logged in without a further header.
    expect((await send(place, o.at ?? url, { headers: xml, body, agent })).status).toBe(200)
  }
  agent.destroy()
  return last
}

test('MD4 and RC4 give the known answers of their specifications', () => {
  expect(md4(Buffer.from('')).toString('hex')).toBe('31d6cfe0d16ae931b73c59d7e0c089c0')
  expect(md4(Buffer.from('message digest')).toString('hex')).toBe('d9130a8164549fe818874806e1c7014b')
  expect(md4(Buffer.from('1234567890'.repeat(8))).toString('hex')).toBe('e33b4ddc9c38f2199c3e7b164fcc0536')
  expect(rc4(Buffer.from('Key'), Buffer.from('Plaintext')).toString('hex')).toBe('bbf316e8d940af0ad3')
})

test('NTLM and raw NTLM in Negotiate log in, by DOMAIN\\user and by UPN', async () => {
  expect((await handshake(demo)).status).toBe(200)
  expect((await handshake(demo, { scheme: 'Negotiate' })).status).toBe(200)
  expect((await handshake(demo, { user: 'anna@contoso.example', domain: '' })).status).toBe(200)
  expect(demo.journal.slice(-3)).toMatchObject([
    { authorization: 'ntlm-negotiate' },
    { authorization: 'ntlm-authenticate', logon: 'accepted' },
    { authorization: null },
  ])
})

test('the right channel binding is accepted, a wrong one refused at /ews and ignored at /autodiscover', async () => {
  const own = await certificateOf(demo, 'mail.contoso.example')
  const other = await certificateOf(demo, 'contoso.example')
  expect((await handshake(demo, { certificate: own.raw })).status).toBe(200)
  expect((await handshake(demo, { certificate: other.raw })).status).toBe(401)
  const at = 'https://mail.contoso.example/autodiscover/autodiscover.xml'
  expect((await handshake(demo, { certificate: other.raw, at })).status).toBe(200)
})

test('a broken integrity code, a wrong password and a third leg on another connection are refused', async () => {
  expect((await handshake(demo, { breakIntegrity: true })).status).toBe(401)
  expect((await handshake(demo, { apart: true })).status).toBe(401)
  const refused = await handshake(demo, { password: 'no' })
  expect(refused.status).toBe(401)
  expect(refused.challenges).toEqual(['Negotiate', 'NTLM'])
  expect(demo.journal.at(-1)).toMatchObject({ authorization: 'ntlm-authenticate', logon: 'refused' })
})

test('five refusals lock the account, also for the right password', async () => {
  const other = await startDemo({ scenario: 'healthy-on-prem' })
  for (let n = 0; n < 5; n++) expect((await handshake(other, { password: `wrong-${String(n)}` })).status).toBe(401)
  expect((await handshake(other)).status).toBe(401)
  await other.stop()
})

test('behind a TLS bridge every login at /ews fails, and the same one is good at /autodiscover', async () => {
  const other = await startDemo({ scenario: 'extended-protection' })
  const { raw } = await certificateOf(other, 'mail.contoso.example')
  expect((await handshake(other, { certificate: raw })).status).toBe(401)
  expect((await handshake(other)).status).toBe(401)
  const at = 'https://autodiscover.contoso.example/autodiscover/autodiscover.xml'
  expect((await handshake(other, { at, certificate: raw })).status).toBe(200)
  await other.stop()
})

test('Basic is not offered at /ews by default and refused there', async () => {
  const answer = await send(demo, url, {
    headers: { ...xml, ...basic('anna@contoso.example', demo.typed.password ?? '') },
    body: getFolder(),
  })
  expect([answer.status, answer.challenges]).toEqual([401, ['Negotiate', 'NTLM']])
})

test('whatever bytes come as a message, the server answers and accepts nothing', () => {
  const names = { netbios: 'CONTOSO', adDomain: 'ad.contoso.example', computer: 'EX01' }
  const head = Buffer.from('NTLMSSP\0\x03\0\0\0', 'latin1')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, withHead) => {
      const message = withHead ? Buffer.concat([head, bytes]) : Buffer.from(bytes)
      ntlmType(message)
      const handshake = challengeFor(message, names)
      const verdict = verifyAuthenticate({
        handshake,
        message,
        passwordOf: () => 'x',
        endPointHash: Buffer.alloc(32),
        protection: 'require',
      })
      return verdict.kind === 'refused'
    }),
  )
})
