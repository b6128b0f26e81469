// The fine print of the rules on the way to the server: what makes them surer, what keeps them silent, and whom they leave standing.
import { describe, expect, test } from 'vitest'
import type { Evidence, Observation } from '../../../src/core/evidence/schema.ts'
import { isInsideAddress, isPublicName } from '../../../src/core/findings/addresses.ts'
import { judge } from '../../../src/core/findings/judge.ts'
import { wordsOf } from '../../../src/texts/index.ts'
import {
  autodiscover,
  certificate,
  connection,
  dns,
  evidenceOf,
  ews,
  findingOf,
  http,
  idsOf,
  locateOf,
  onlineOf,
  path,
  step,
  tls,
  token,
} from './evidenceOf.ts'

const host = 'mail.contoso.com'
const auto = 'autodiscover.contoso.com'
const login = 'login.microsoftonline.com'
const notConnected = http(ews, { result: 'not-connected', status: null })
const at = (...seen: Observation[]): Evidence => evidenceOf({ steps: [step(`endpoint:${host}`, seen)] })

describe('addresses of the inside', () => {
  test.each(['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '100.127.9.9', '169.254.7.7'])(
    '%s is one',
    (address) => expect(isInsideAddress(address)).toBe(true),
  )
  test.each(['127.0.0.1', '::1', 'fd00::1', 'fc12::1', 'fe80::1'])('%s is one', (address) =>
    expect(isInsideAddress(address)).toBe(true),
  )
  test.each(['172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '11.0.0.1', '192.169.0.1', '2001:db8::1'])(
    '%s is none',
    (address) => expect(isInsideAddress(address)).toBe(false),
  )
  test('names that nobody can register are no public ones', () => {
    expect(
      ['mail.contoso.com', 'mail.contoso.local', 'exch01', 'srv.corp', 'x.home.arpa'].filter(isPublicName),
    ).toEqual(['mail.contoso.com'])
  })
})

describe('split DNS', () => {
  const inside = dns(host, { records: ['10.1.2.3'] })
  const unanswered = connection(host, { result: 'timed-out', address: '10.1.2.3', code: 'ETIMEDOUT' })

  test('one view is possible, and leaves the connection that timed out standing, which comes first', () => {
    const found = judge(at(inside, unanswered, notConnected))
    expect(found.map((one) => [one.id, one.confidence])).toEqual([
      ['connection-timed-out', 'observed'],
      ['split-dns-suspected', 'possible'],
    ])
  })
  test('two resolvers that differ make it likely, and then it explains the time-out alone', () => {
    const outside = dns(host, { type: 'A', resolver: '192.0.2.53:53', records: ['203.0.113.5'] })
    const found = judge(at(inside, outside, unanswered, notConnected))
    expect(found.map((one) => [one.id, one.confidence, one.severity])).toEqual([
      ['split-dns-suspected', 'likely', 'error'],
    ])
    expect(found[0]?.facts).toMatchObject({ address: '10.1.2.3', outside: '203.0.113.5' })
  })
  test('two families of one resolver are one view', () => {
    const six = dns(host, { type: 'AAAA', resolver: '192.0.2.53:53', records: ['2001:db8::5'] })
    const four = dns(host, { type: 'A', resolver: '192.0.2.53:53', records: ['10.1.2.3'] })
    expect(idsOf(at(six, four, unanswered, notConnected))).not.toContain('split-dns-suspected')
  })
  test('a port that refuses has answered', () => {
    const refused = connection(host, { result: 'refused', address: '10.1.2.3' })
    expect(idsOf(at(inside, refused, notConnected))).toEqual(['connection-refused'])
  })
})

describe('a resolver that says nothing', () => {
  const names = step('names', [dns('contoso.com', { type: 'MX', records: ['10 mx.contoso.com'] })], { state: 'passed' })
  const candidate = (result: 'server-failure' | 'no-such-name') =>
    step(`json:${auto}`, [
      dns(auto, { result }),
      connection(auto, { result: 'no-address', address: null, family: null }),
      http(`https://${auto}/`, { result: 'not-connected', status: null }),
      autodiscover(auto, { result: 'no-answer' }),
    ])

  test('about autodiscover. alone: nobody knows whether it is published', () => {
    expect(idsOf(locateOf([names, candidate('server-failure')]))).toEqual(['dns-not-answering'])
  })
  test('is not one that says that the name is missing', () => {
    expect(idsOf(locateOf([names, candidate('no-such-name')]))).toEqual(['autodiscover-not-published'])
  })
})

describe('TLS inspection', () => {
  const vendor = { ...certificate, issuer: 'CN=Sophos SSL CA' }
  const own = { ...certificate, issuer: 'CN=Contoso Proxy' }
  const works = (...seen: Observation[]): Evidence =>
    evidenceOf({ outcome: 'works', steps: [step(`endpoint:${host}`, [...seen, http(ews, { status: 401 })])] })

  test('trusted: a warning where a product names itself', () => {
    expect(findingOf(works(tls(host, { chain: [vendor] })), 'tls-inspection')).toMatchObject({
      severity: 'warning',
      confidence: 'likely',
    })
  })
  test('trusted: possible where a host of Microsoft ends at a root of the platform, likely where a stranger shares the issuer', () => {
    const microsoft = tls(login, { chain: [own], anchor: 'system' })
    expect(findingOf(works(microsoft), 'tls-inspection')?.confidence).toBe('possible')
    const both = works(microsoft, tls(host, { chain: [own], anchor: 'system' }))
    expect(findingOf(both, 'tls-inspection')?.confidence).toBe('likely')
  })
  test.each(['public', 'named', null] as const)('trusted: a root that is %s says nothing', (anchor) => {
    expect(idsOf(works(tls(login, { chain: [own], anchor })))).toEqual([])
  })
  test('not trusted: possible at the login service alone, likely with a stranger', () => {
    const failed = (name: string) => [
      connection(name),
      tls(name, { result: 'issuer-unknown', chain: [own] }),
      http(`https://${name}/`, { result: 'not-connected', status: null }),
    ]
    const asked = token({ result: 'no-answer', status: null, error: null, description: null })
    const atLogin = step(`token:${login}`, [...failed(login), asked])
    const alone = onlineOf([atLogin])
    expect(findingOf(alone, 'tls-inspection')).toMatchObject({ confidence: 'possible', actor: 'network-admin' })
    const both = evidenceOf({ steps: [atLogin, step(`endpoint:${host}`, failed(host))] })
    expect(findingOf(both, 'tls-inspection')?.confidence).toBe('likely')
    expect(idsOf(both)).not.toContain('tls-issuer-unknown')
  })
})

describe('the thumbprint that the admin expects', () => {
  const sha1 = Array.from({ length: 20 }, () => '0A').join(':')
  const run = (expectedThumbprint: string | null, leaf: typeof certificate & { sha1?: string }): Evidence =>
    evidenceOf({
      outcome: 'works',
      input: { expectedThumbprint },
      steps: [step(`endpoint:${host}`, [tls(host, { chain: [leaf] }), http(ews, { status: 401 })])],
    })

  test('is compared as SHA-256, or as SHA-1 in the form of IIS', () => {
    expect(idsOf(run('AA:BB', certificate))).toEqual([])
    expect(idsOf(run('AA:BC', certificate))).toEqual(['tls-certificate-differs-behind-balancer'])
    expect(idsOf(run(sha1, { ...certificate, sha1 }))).toEqual([])
    expect(idsOf(run(sha1, { ...certificate, sha1: sha1.replace('0A', '0B') }))).toEqual([
      'tls-certificate-differs-behind-balancer',
    ])
  })
  test('without one, or in evidence that has no SHA-1, nothing is compared', () => {
    expect(idsOf(run(null, certificate))).toEqual([])
    expect(idsOf(run(sha1, certificate))).toEqual([])
  })
})

describe('a portal', () => {
  const redirected = (name: string, location: string) =>
    step(`capabilities:${name}`, [
      http(`https://${name}/`, { status: 302, exchange: 'none', headers: { location } }),
      autodiscover(name),
    ])

  test('is seen by redirects to one foreign page, and ends what is below it', () => {
    const to = 'https://portal.hotel.example/login?…'
    const evidence = locateOf([redirected(auto, to), redirected('outlook.office365.com', to)])
    expect(idsOf(evidence)).toEqual(['captive-portal'])
    expect(findingOf(evidence, 'captive-portal')?.facts['hosts']).toEqual([auto, 'outlook.office365.com'])
  })
  test('is not two hosts of one owner, nor a redirect within the mail domain or to the cloud', () => {
    const hosting = 'https://portal.hotel.example/login'
    expect(idsOf(locateOf([redirected(auto, hosting), redirected('contoso.com', hosting)]))).not.toContain(
      'captive-portal',
    )
    for (const own of ['https://www.contoso.com/', 'https://outlook.office365.com/owa/']) {
      const evidence = locateOf([redirected(auto, own), redirected('outlook.office365.com', own)])
      expect(idsOf(evidence)).not.toContain('captive-portal')
    }
  })
})

describe('the other way', () => {
  const failed = step(`endpoint:${host}`, [connection(host, { result: 'timed-out' }), notConnected])

  test('explains a time-out in its place, and says both ways in words', () => {
    const evidence = evidenceOf({ steps: [failed, step(`path:${host}`, [path(host)])] })
    expect(idsOf(evidence)).toEqual(['proxy-not-used'])
    const finding = findingOf(evidence, 'proxy-not-used')
    expect(finding === undefined ? '' : wordsOf(finding, 'de').explanation).toContain('ohne Proxy')
  })
  test('through the operating system makes a browser possible as well', () => {
    const evidence = evidenceOf({ steps: [failed, step(`path:${host}`, [path(host, { proxyFrom: 'system' })])] })
    expect(idsOf(evidence)).toEqual(['proxy-not-used', 'works-in-browser-only'])
  })
  test('open: what the search did not get is not told as missing', () => {
    const candidate = step(`json:${auto}`, [
      dns(auto, { result: 'no-such-name' }),
      connection(auto, { result: 'no-address', address: null, family: null }),
      http(`https://${auto}/`, { result: 'not-connected', status: null }),
      autodiscover(auto, { result: 'no-answer' }),
    ])
    const names = step('names', [dns('contoso.com')], { state: 'passed' })
    const open = step('path:outlook.office365.com', [path('outlook.office365.com')])
    expect(idsOf(locateOf([names, candidate, open]))).toContain('proxy-not-used')
    expect(idsOf(locateOf([names, candidate, open]))).not.toContain('autodiscover-not-published')
    expect(idsOf(locateOf([names, candidate]))).toContain('autodiscover-not-published')
  })
  test('a browser that works says nothing where the run works too', () => {
    const evidence = evidenceOf({
      outcome: 'works',
      input: { worksInBrowser: true },
      steps: [step(`endpoint:${host}`, [http(ews, { status: 401 })])],
    })
    expect(idsOf(evidence)).toEqual([])
  })
})

test('a missing setting counts only where no other source gave settings', () => {
  const said = (result: 'no-url' | 'error', source: 'pox' | 'soap') =>
    step(`${source}:${auto}`, [
      autodiscover(auto, {
        source,
        result,
        ...(result === 'error' ? { errorCode: 'SettingIsNotAvailable', errorLevel: 'setting' as const } : {}),
      }),
    ])
  expect(idsOf(locateOf([said('error', 'soap')]))).toEqual(['autodiscover-misconfigured'])
  expect(idsOf(locateOf([said('error', 'soap'), said('no-url', 'pox')]))).toEqual(['autodiscover-without-ews-url'])
})
