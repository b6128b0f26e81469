import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  asciiDomain,
  isRegistrySuffix,
  isWithin,
  parseMailAddress,
  registrableDomainOf,
} from '../../../src/core/settings/mailDomain.ts'

test.each<[string, string | null]>([
  ['contoso.com', 'contoso.com'],
  ['mail.eu.contoso.co.uk', 'contoso.co.uk'],
  ['a.b.kawasaki.jp', 'a.b.kawasaki.jp'],
  ['contoso.local', 'contoso.local'],
  ['ad.contoso.local', 'contoso.local'],
  ['contoso.example', 'contoso.example'],
  ['anna.github.io', 'anna.github.io'],
  ['www.anna.github.io', 'anna.github.io'],
  ['github.io', 'github.io'],
  ['contoso.com.evil.example', 'evil.example'],
  ['co.uk', null],
  ['com', null],
  ['mailserver', null],
  ['10.0.0.1', null],
  ['::1', null],
])('the registrable domain of %s is %s', (host, domain) => {
  expect(registrableDomainOf(host)).toBe(domain)
})

describe('isWithin', () => {
  test.each<[string, string, boolean]>([
    ['contoso.com', 'contoso.com', true],
    ['contoso.com', 'Mail.Contoso.COM', true],
    ['contoso.com', 'mail.contoso.com.', true],
    ['contoso.com', 'a.b.contoso.com', true],
    ['contoso.com', 'evilcontoso.com', false],
    ['contoso.com', 'contoso.com.evil.example', false],
    ['contoso.com', 'contoso.co', false],
    ['contoso.com', 'com', false],
    ['contoso.com', '', false],
    ['contoso.local', 'mail.contoso.local', true],
    ['anna.github.io', 'mail.anna.github.io', true],
    ['anna.github.io', 'eve.github.io', false],
    // Where the mail domain is such a suffix itself, names below it belong to strangers.
    ['github.io', 'github.io', true],
    ['github.io', 'autodiscover.github.io', false],
    ['amazonaws.com', 'eve.s3.amazonaws.com', false],
  ])('%s: %s is %s', (domain, host, within) => {
    expect(isWithin(domain, host)).toBe(within)
  })
})

test.each<[string, boolean]>([
  ['co.uk', true],
  ['kawasaki.jp', true],
  ['contoso.co.uk', false],
  ['github.io', false],
  ['exchange', false],
  ['cloud', false],
  ['contoso.local', false],
])('isRegistrySuffix(%s) is %s', (host, suffix) => {
  expect(isRegistrySuffix(host)).toBe(suffix)
})

test.each<[string, string | null]>([
  ['Müller.DE', 'xn--mller-kva.de'],
  ['contoso.com.', 'contoso.com'],
  ['contoso.com..', null],
  ['contoso', null],
  ['con_toso.com', 'con_toso.com'],
  ['-contoso.com', null],
  ['contoso.com:443', null],
  ['contoso.com/x', null],
  ['127.1', null],
  [`${'a'.repeat(64)}.com`, null],
  [`${'a.'.repeat(130)}com`, null],
])('asciiDomain(%s) is %s', (typed, domain) => {
  expect(asciiDomain(typed)).toBe(domain)
})

test('a domain alone gets the address that RFC 2142 demands', () => {
  expect(parseMailAddress('Contoso.com', { domainAlone: true })).toEqual({
    address: 'postmaster@contoso.com',
    domain: 'contoso.com',
    registrableDomain: 'contoso.com',
    standIn: true,
  })
  expect(parseMailAddress('contoso.com', { domainAlone: false })).toBeNull()
})

test('whatever is typed: no throw, and an address is one address in a domain that somebody registered', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('@', '.', 'contoso.com', 'co.uk', '<', '>', 'mailto:', 'ü', '\u0000', '\u202e', '%00', '\\'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, domainAlone) => {
      const mail = parseMailAddress(pieces.join(''), { domainAlone })
      if (mail === null) return
      expect(mail.address.split('@')).toHaveLength(2)
      expect(mail.domain).toMatch(/^[a-z0-9._-]+$/)
      expect(isWithin(mail.registrableDomain, mail.domain)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
