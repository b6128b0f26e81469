// Network options in their text forms: curl's connect-to, the resolver, the proxy and its exceptions.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  mappingFor,
  networkPlan,
  parseConnectTo,
  parseProxy,
  parseProxyList,
  parseResolver,
  type ConnectTo,
  type NetworkPlan,
} from '../../../src/core/network/plan.ts'
import { networkOptionsSchema } from '../../../src/core/settings/settings.ts'

const plan = (options: object, environment: Record<string, string> = {}): NetworkPlan =>
  networkPlan(networkOptionsSchema.parse(options), environment)

describe('connect-to', () => {
  const entry = (
    host: string | null,
    port: number | null,
    address: string | null,
    toPort: number | null,
  ): ConnectTo => ({ host, port, address, toPort })
  test.each<[string, ConnectTo | null]>([
    ['a.example:443:127.0.0.1:8443', entry('a.example', 443, '127.0.0.1', 8443)],
    [' A.Example:443:B.example:444 ', entry('a.example', 443, 'b.example', 444)],
    ['::b.example:444', entry(null, null, 'b.example', 444)],
    ['a.example::b.example:', entry('a.example', null, 'b.example', null)],
    ['a.example:443::444', entry('a.example', 443, null, 444)],
    [':::', entry(null, null, null, null)],
    ['[fd00::1]:443:[::1]:8443', entry('fd00::1', 443, '::1', 8443)],
    ['a.example:443:[::1]:', entry('a.example', 443, '::1', null)],
    ['a.example:443:::1:8443', null],
    ['a.example:443:b.example', null],
    ['a.example:443:b.example:1:2', null],
    ['a.example:https:b.example:443', null],
    ['a.example:0:b.example:443', null],
    ['a.example:443:b.example:65536', null],
    ['a.example:443:b.example:99999999999999999999', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(parseConnectTo(text)).toEqual(expected)
  })

  test('the first that matches is used, an empty part matches any, and what cannot be read is left out', () => {
    const read = plan({
      connectTo: ['nonsense', 'a.example:443:one:1', 'a.example:443:two:2', ':8443:three:3', 'b.example::four:4'],
    })
    const at = (host: string, port: number): string | null | undefined => mappingFor(read, host, port)?.address
    expect([at('a.example', 443), at('a.example', 8443), at('b.example', 25), at('a.example', 80)]).toEqual([
      'one',
      'three',
      'four',
      undefined,
    ])
  })
})

test.each<[string, string | null]>([
  ['192.0.2.1', '192.0.2.1 53'],
  [' 192.0.2.1:5353 ', '192.0.2.1 5353'],
  ['[2001:db8::1]:5353', '2001:db8::1 5353'],
  ['[2001:db8::1]', '2001:db8::1 53'],
  ['2001:db8::1', '2001:db8::1 53'],
  ['::1', '::1 53'],
  ['dns.example', null],
  ['192.0.2.1:0', null],
  ['192.0.2.1:70000', null],
  ['192.0.2.1:', null],
  ['192.0.2.999', null],
  ['', null],
])('resolver %s', (text, expected) => {
  const read = parseResolver(text)
  expect(read === null ? null : `${read.address} ${read.port}`).toBe(expected)
})

test.each<[string, string | null]>([
  ['proxy.example:8080', 'http://proxy.example:8080/'],
  ['http://proxy.example:8080', 'http://proxy.example:8080/'],
  ['https://proxy.example', 'https://proxy.example/'],
  ['anna:pw@proxy.example:8080', 'http://anna:pw@proxy.example:8080/'],
  ['socks5://proxy.example:1080', null],
  ['file:///x', null],
  ['http://', null],
  ['http://[', null],
])('proxy %s', (text, expected) => {
  expect(parseProxy(text)?.href ?? null).toBe(expected)
})

describe('which requests take the proxy', () => {
  const proxied = (read: NetworkPlan, url: string): string | null => read.proxyFor(new URL(url))?.host ?? null

  test('the option, else the environment by scheme', () => {
    const environment = { HTTPS_PROXY: 'secure:1', HTTP_PROXY: 'httpoxy:2', http_proxy: 'plain:3' }
    expect(proxied(plan({}, environment), 'https://a.example/')).toBe('secure:1')
    expect(proxied(plan({}, environment), 'http://a.example/')).toBe('plain:3')
    expect(proxied(plan({}, { https_proxy: 'lower:4' }), 'https://a.example/')).toBe('lower:4')
    expect(proxied(plan({}, { HTTP_PROXY: 'httpoxy:2' }), 'http://a.example/')).toBeNull()
    expect(proxied(plan({ proxy: 'own:5' }, environment), 'https://a.example/')).toBe('own:5')
    expect(proxied(plan({ proxy: 'own:5' }, environment), 'http://a.example/')).toBe('own:5')
    expect(proxied(plan({ proxy: 'none' }, environment), 'https://a.example/')).toBeNull()
    expect(proxied(plan({}), 'https://a.example/')).toBeNull()
  })

  test('exceptions of the environment are for its own proxy', () => {
    const environment = { HTTPS_PROXY: 'secure:1', NO_PROXY: 'a.example' }
    expect(proxied(plan({}, environment), 'https://a.example/')).toBeNull()
    expect(proxied(plan({ proxy: 'own:5' }, environment), 'https://a.example/')).toBe('own:5')
    expect(proxied(plan({ proxy: 'own:5', noProxy: 'a.example' }, environment), 'https://a.example/')).toBeNull()
    expect(proxied(plan({ noProxy: 'b.example' }, environment), 'https://a.example/')).toBe('secure:1')
  })

  test.each<[string, string, boolean]>([
    ['contoso.com', 'https://contoso.com/', false],
    ['contoso.com', 'https://mail.contoso.com/', false],
    ['.contoso.com', 'https://mail.contoso.com/', false],
    ['.contoso.com', 'https://contoso.com/', false],
    ['*.contoso.com', 'https://mail.contoso.com/', false],
    ['Contoso.COM', 'https://mail.contoso.com/', false],
    ['contoso.com', 'https://evilcontoso.com/', true],
    ['contoso.com', 'https://contoso.com.evil.example/', true],
    ['contoso.com:8443', 'https://contoso.com:8443/', false],
    ['contoso.com:8443', 'https://contoso.com/', true],
    ['contoso.com:443', 'https://contoso.com/', false],
    ['x.example, contoso.com y.example', 'https://mail.contoso.com/', false],
    ['*', 'https://anything.example/', false],
    ['10.0.0.5', 'https://10.0.0.5/', false],
    ['0.0.5', 'https://10.0.0.5/', true],
    ['fd00::5', 'https://[fd00::5]/', false],
    ['[fd00::5]', 'https://[fd00::5]/', false],
    ['[fd00::5]:443', 'https://[fd00::5]/', false],
    ['fd00::5', 'https://[fd00::6]/', true],
    ['', 'https://contoso.com/', true],
    [', .', 'https://contoso.com/', true],
  ])('NO_PROXY %s: %s through the proxy: %s', (noProxy, url, through) => {
    expect(plan({ proxy: 'own:5', noProxy }).proxyFor(new URL(url)) !== null).toBe(through)
  })
})

test('no text makes the plan throw', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 })
  fc.assert(
    fc.property(text, text, text, (one, two, three) => {
      const read = plan({ connectTo: [one], dns: two, proxy: three, noProxy: one })
      read.proxyFor(new URL('https://a.example/'))
      mappingFor(read, 'a.example', 443)
    }),
    { numRuns: 300 },
  )
})

describe('the answer of a proxy script', () => {
  test.each<[string, (string | null)[]]>([
    ['DIRECT', [null]],
    ['PROXY proxy.example:8080', ['http://proxy.example:8080/']],
    ['PROXY a:1;PROXY b:2; DIRECT', ['http://a:1/', 'http://b:2/', null]],
    ['HTTPS secure.example:443', ['https://secure.example/']],
    ['SOCKS5 s:1080', [null]],
    ['SOCKS s:1080; PROXY a:1', ['http://a:1/']],
    ['', [null]],
    ['nonsense; PROXY', [null]],
    [
      'PROXY a:1; PROXY b:2; PROXY c:3; PROXY d:4; PROXY e:5',
      ['http://a:1/', 'http://b:2/', 'http://c:3/', 'http://d:4/'],
    ],
  ])('%s', (text, expected) => {
    expect(parseProxyList(text).map((route) => route?.href ?? null)).toEqual(expected)
  })
})
