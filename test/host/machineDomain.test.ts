/** Which domain a machine belongs to, read from files as Kerberos leaves them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { machineDomain, type MachineDomainOptions } from '../../src/host/machineDomain.ts'

let directory: string
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'ews-domain-'))))
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const at = (name: string): string => join(directory, name)
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(at(name), content)
  return at(name)
}
const domainOf = (o: Partial<MachineDomainOptions>): Promise<string | null> =>
  machineDomain({
    environment: {},
    platform: 'linux',
    userId: 1234,
    configuration: at('krb5.conf'),
    keytab: at('krb5.keytab'),
    ...o,
  })
const number = (value: number): Buffer => Buffer.from([0, 0, value >> 8, value & 255])
const cache = (version: 3 | 4, realm: string): Buffer =>
  Buffer.concat([
    Buffer.from([5, version, ...(version === 4 ? [0, 12, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0] : [])]),
    number(1),
    number(1),
    number(realm.length),
    Buffer.from(realm),
    number(4),
    Buffer.from('anna'),
  ])

test('Windows says it in the environment; without a domain there is none', async () => {
  expect(await domainOf({ platform: 'win32', environment: { USERDNSDOMAIN: 'AD.CONTOSO.COM' } })).toBe('ad.contoso.com')
  expect(await domainOf({ platform: 'win32', environment: {} })).toBeNull()
})

test.each([3, 4] as const)('the realm of the ticket, cache version %i', async (version) => {
  const KRB5CCNAME = `FILE:${file('ccache', cache(version, 'AD.CONTOSO.COM'))}`
  expect(await domainOf({ environment: { KRB5CCNAME } })).toBe('ad.contoso.com')
  expect(await domainOf({ environment: { KRB5CCNAME: at('ccache') } })).toBe('ad.contoso.com')
})

test('where the configuration says that the cache is, with the id of the user', async () => {
  file('cc_1234', cache(4, 'AD.CONTOSO.COM'))
  file(
    'krb5.conf',
    `[libdefaults]\n default_realm = ELSEWHERE.EXAMPLE\n default_ccache_name = FILE:${at('cc_%{uid}')}\n`,
  )
  expect(await domainOf({})).toBe('ad.contoso.com')
})

test('a default realm alone says nothing: distributions ship one', async () => {
  file('krb5.conf', `[libdefaults]\n default_realm = ATHENA.MIT.EDU\n default_ccache_name = FILE:${at('none')}\n`)
  file('krb5.keytab', '')
  expect(await domainOf({})).toBeNull()
})

test('a cache that is no file: the default realm of a machine with a keytab, included files too', async () => {
  mkdirSync(at('conf.d'))
  file('conf.d/.hidden.conf', '[libdefaults]\n default_realm = WRONG.EXAMPLE\n')
  file('conf.d/realm.conf', '[libdefaults]\n default_realm = AD.CONTOSO.COM\n')
  file(
    'krb5.conf',
    `includedir ${at('conf.d')}\n[libdefaults]\n default_ccache_name = KCM:\n[realms]\n default_realm = NO.EXAMPLE\n`,
  )
  expect(await domainOf({})).toBeNull()
  file('krb5.keytab', '')
  expect(await domainOf({})).toBe('ad.contoso.com')
})

test.each([
  ['empty', Buffer.alloc(0)],
  ['something else', Buffer.from('not a cache at all, but long enough to be read')],
  ['cut off', cache(4, 'AD.CONTOSO.COM').subarray(0, 20)],
  ['with lengths that lie', Buffer.concat([Buffer.from([5, 4, 255, 255]), Buffer.alloc(40, 255)])],
])('a cache that is %s', async (_name, content) => {
  expect(await domainOf({ environment: { KRB5CCNAME: file('ccache', content) } })).toBeNull()
})

test('a configuration that includes itself ends', async () => {
  file('krb5.conf', `include ${at('krb5.conf')}\n[libdefaults]\n default_ccache_name = KCM:\n`)
  expect(await domainOf({})).toBeNull()
})
