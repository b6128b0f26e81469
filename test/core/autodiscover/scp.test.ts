/** The order of service connection points, against the documented rules. */
import { describe, expect, test } from 'vitest'
import { rankPoints } from '../../../src/core/autodiscover/scp.ts'

const url = '77378F46-2C66-4aa9-A6A6-3E7A48B19596'
const pointer = '67661d7F-8FC4-4fa7-BFAC-E1D7794C1F68'
const point = (binding: string, ...keywords: string[]) => ({ keywords, serviceBindingInformation: [binding] })
const ranked = (site: string, ...entries: ReturnType<typeof point>[]) =>
  rankPoints(entries, { mailDomain: 'contoso.com', site }).urls.map((one) => one.host)

describe('URLs', () => {
  const far = point('https://far.contoso.com/Autodiscover/Autodiscover.xml', url, 'Site=Berlin')
  const near = point('https://near.contoso.com/Autodiscover/Autodiscover.xml', url, 'Site=Hamburg')
  const open = point('https://open.contoso.com/Autodiscover/Autodiscover.xml', url)

  test('own site, then none, then others', () =>
    expect(ranked('Hamburg', far, open, near)).toEqual(['near.contoso.com', 'open.contoso.com', 'far.contoso.com']))
  test('a site is no matter of case', () => expect(ranked('HAMBURG', far, near)[0]).toBe('near.contoso.com'))
  test('without a site: those for none first', () =>
    expect(ranked('', far, near, open)).toEqual(['open.contoso.com', 'far.contoso.com', 'near.contoso.com']))
  test('the keyword is no matter of case, and each URL counts once', () =>
    expect(
      ranked('', point('https://open.contoso.com/Autodiscover/Autodiscover.xml', url.toLowerCase()), open),
    ).toEqual(['open.contoso.com']))
  test.each([
    ['another keyword', point('https://other.contoso.com/', 'something-else')],
    ['no binding', { keywords: [url], serviceBindingInformation: [] }],
    ['no URL', point('not a url', url)],
    ['another scheme', point('ftp://files.contoso.com/', url)],
  ])('%s is left out', (_name, entry) => expect(ranked('', entry)).toEqual([]))
})

describe('pointers', () => {
  const to = (...entries: ReturnType<typeof point>[]) =>
    rankPoints(entries, { mailDomain: 'contoso.com', site: '' }).pointer
  test('for the mail domain', () =>
    expect(to(point('LDAP://DC01.Forest.contoso.com/CN=x', pointer, 'Domain=contoso.com'))).toBe(
      'dc01.forest.contoso.com',
    ))
  test.each([
    ['for another domain', point('LDAP://dc.fabrikam.com', pointer, 'Domain=fabrikam.com')],
    ['for none', point('LDAP://dc.contoso.com', pointer)],
    ['to no host', point('LDAP://', pointer, 'Domain=contoso.com')],
  ])('%s: nowhere', (_name, entry) => expect(to(entry)).toBeNull())
})
