// Invariant 2: no credentials to strangers. Which hosts may receive credentials, for which reason, and what is refused at the socket.
import { describe, expect, test } from 'vitest'
import { basicAuthorization, openForRequest } from '../../../src/core/auth/credentials.ts'
import { Secret } from '../../../src/core/auth/secret.ts'
import {
  assertMayReceiveCredentials,
  createTrust,
  TrustedHost,
  type TrustFacts,
  type TrustModule,
} from '../../../src/core/auth/trust.ts'
import { clouds } from '../../../src/core/settings/clouds.ts'

const facts: TrustFacts = {
  mailDomain: 'contoso.com',
  cloud: clouds.global,
  typed: new Set(['typed.partner.example', 'co.uk', '10.0.0.5', 'exchange']),
  proven: new Set(['proven.partner.example']),
  consented: new Set(['Consented.Partner.example']),
}
const basis = (trust: TrustModule, url: string, source: TrustedHost | null = null): string => {
  const judged = trust.judge(new URL(url), { by: 'a test', source })
  return judged.kind === 'trusted' ? judged.trusted.basis : judged.kind
}
const trustedAt = (trust: TrustModule, url: string, source: TrustedHost | null = null): TrustedHost => {
  const judged = trust.judge(new URL(url), { by: 'a test', source })
  if (judged.kind !== 'trusted') throw new Error(`${url} is not trusted`)
  return judged.trusted
}

describe('who may receive credentials', () => {
  test.each<[string, string]>([
    // (a) the mail domain
    ['https://contoso.com/', 'mail-domain'],
    ['https://autodiscover.contoso.com/', 'mail-domain'],
    ['https://MAIL.EU.Contoso.com./EWS/', 'mail-domain'],
    ['https://mail.contoso.com:8443/', 'mail-domain'],
    // its look-alikes
    ['https://contoso.com.evil.example/', 'needs-consent'],
    ['https://evilcontoso.com/', 'needs-consent'],
    ['https://contoso.co/', 'needs-consent'],
    ['https://contoso.com@evil.example/', 'needs-consent'],
    ['https://evil.example/contoso.com', 'needs-consent'],
    ['https://xn--cntoso-0xa.com/', 'needs-consent'],
    // (b) the cloud's own hosts
    ['https://outlook.office365.com/', 'cloud'],
    ['https://autodiscover-s.outlook.com/', 'cloud'],
    ['https://login.microsoftonline.com/x', 'cloud'],
    ['https://evil.outlook.office365.com/', 'needs-consent'],
    ['https://outlook.office365.com.evil.example/', 'needs-consent'],
    ['https://outlook.office365.us/', 'needs-consent'],
    ['https://login.microsoftonline.us/', 'needs-consent'],
    // (c) typed, proven
    ['https://typed.partner.example/EWS/Exchange.asmx', 'typed'],
    ['https://proven.partner.example/EWS/Exchange.asmx', 'proven'],
    ['https://sub.typed.partner.example/', 'needs-consent'],
    ['https://partner.example/', 'needs-consent'],
    ['https://10.0.0.5/', 'typed'],
    ['https://10.0.0.6/', 'needs-consent'],
    ['https://exchange/', 'typed'],
    // (e) consented to by name
    ['https://consented.partner.example/', 'consent'],
    ['https://other.partner.example/', 'needs-consent'],
    // never
    ['http://contoso.com/', 'insecure'],
    ['http://outlook.office365.com/', 'insecure'],
    ['http://typed.partner.example/', 'insecure'],
    ['http://consented.partner.example/', 'insecure'],
    ['ftp://contoso.com/', 'insecure'],
    ['https://co.uk/', 'insecure'],
    ['https://com.br/', 'insecure'],
  ])('%s: %s', (url, expected) => {
    expect(basis(createTrust(facts), url)).toBe(expected)
  })

  test('without a mail domain nothing is in it', () => {
    expect(basis(createTrust({ ...facts, mailDomain: null }), 'https://null/')).toBe('needs-consent')
    expect(basis(createTrust({ ...facts, mailDomain: null }), 'https://mail.contoso.com/')).toBe('needs-consent')
  })

  test('in a domain below which everybody may register a name, only the name itself', () => {
    const trust = createTrust({ ...facts, mailDomain: 'github.io' })
    expect(basis(trust, 'https://github.io/')).toBe('mail-domain')
    expect(basis(trust, 'https://autodiscover.github.io/')).toBe('needs-consent')
  })

  test('a URL from an imported file is no fact of trust', () => {
    const trust = createTrust({ ...facts, typed: new Set(), proven: new Set() })
    expect(basis(trust, 'https://typed.partner.example/EWS/Exchange.asmx')).toBe('needs-consent')
  })
})

describe('(d) the EWS host that an https answer names', () => {
  const elsewhere = 'https://ews.hosting.example/EWS/Exchange.asmx'
  const trust = createTrust(facts)
  test.each<[string, string]>([
    ['https://autodiscover.contoso.com/', 'autodiscover'],
    ['https://outlook.office365.com/', 'autodiscover'],
    ['https://typed.partner.example/', 'needs-consent'],
    ['https://proven.partner.example/', 'needs-consent'],
    ['https://consented.partner.example/', 'needs-consent'],
  ])('by %s: %s', (source, expected) => {
    expect(basis(trust, elsewhere, trustedAt(trust, source))).toBe(expected)
  })

  test('named over a chain: a host that was itself only named vouches for nobody', () => {
    const named = trustedAt(trust, elsewhere, trustedAt(trust, 'https://autodiscover.contoso.com/'))
    expect(named.basis).toBe('autodiscover')
    expect(basis(trust, 'https://third.example/', named)).toBe('needs-consent')
  })

  test('never over http, and never a registry suffix', () => {
    const source = trustedAt(trust, 'https://autodiscover.contoso.com/')
    expect(basis(trust, 'http://ews.hosting.example/', source)).toBe('insecure')
    expect(basis(trust, 'https://co.jp/', source)).toBe('insecure')
  })

  test('a redirect target is named by nobody', () => {
    expect(basis(trust, elsewhere, null)).toBe('needs-consent')
  })
})

test('consent is for one name, from then on', () => {
  const trust = createTrust(facts)
  expect(basis(trust, 'https://mail.hosting.example/')).toBe('needs-consent')
  expect(trust.consent('Mail.Hosting.example')).toMatchObject({ host: 'mail.hosting.example', basis: 'consent' })
  expect(basis(trust, 'https://mail.hosting.example/')).toBe('consent')
  expect(basis(trust, 'https://www.hosting.example/')).toBe('needs-consent')
  expect(basis(createTrust(facts), 'https://mail.hosting.example/')).toBe('needs-consent')
})

describe('at the socket', () => {
  const trusted = trustedAt(createTrust(facts), 'https://mail.contoso.com/')
  const credentials = {
    kind: 'basic' as const,
    trusted,
    authorization: basicAuthorization({ userName: 'anna', password: new Secret('Geheim-ü'), charset: 'utf-8' }),
  }

  test('credentials go to their own host, in UTF-8', () => {
    expect(openForRequest(new URL('https://mail.contoso.com/EWS/'), credentials)).toEqual({
      authorization: `Basic ${Buffer.from('anna:Geheim-ü', 'utf8').toString('base64')}`,
      body: null,
    })
  })

  test.each(['https://www.contoso.com/', 'https://evil.example/', 'http://mail.contoso.com/'])('not to %s', (url) => {
    expect(() => openForRequest(new URL(url), credentials)).toThrow()
  })

  test('a forged TrustedHost is none', () => {
    const url = new URL('https://evil.example/')
    const shape: unknown = Object.assign(Object.create(TrustedHost.prototype), { host: 'evil.example', basis: 'typed' })
    expect(shape).toBeInstanceOf(TrustedHost)
    if (!(shape instanceof TrustedHost)) return
    expect(() => assertMayReceiveCredentials(url, shape)).toThrow()
    expect(() => assertMayReceiveCredentials(url, structuredClone(shape))).toThrow()
    const other = trustedAt(createTrust(facts), 'https://mail.contoso.com/')
    expect(() => Object.assign(other, { host: 'evil.example' })).toThrow(TypeError)
    expect(() => assertMayReceiveCredentials(url, other)).toThrow()
  })

  test('nobody else can make one', () => {
    expect(
      Object.getOwnPropertyNames(TrustedHost).filter((name) => !['length', 'name', 'prototype'].includes(name)),
    ).toEqual([])
  })
})
