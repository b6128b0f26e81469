/**
 * Service connection points of Active Directory ("Find Autodiscover endpoints by using SCP lookup in Exchange"): what to search for, and
 * in which order their URLs count.
 */
import type { DirectoryEntry, DirectorySearch } from '../network/ldap.ts'
import { httpsUrl, parseUrl } from '../network/url.ts'

const urlKeyword = '77378F46-2C66-4aa9-A6A6-3E7A48B19596'
const pointerKeyword = '67661d7F-8FC4-4fa7-BFAC-E1D7794C1F68'

/** Where the directory keeps its configuration. */
export const rootSearch: DirectorySearch = {
  base: '',
  scope: 'base',
  filter: '(objectClass=*)',
  attributes: ['configurationNamingContext'],
}

export function pointSearch(configuration: string): DirectorySearch {
  return {
    base: configuration,
    scope: 'sub',
    filter: `(&(objectClass=serviceConnectionPoint)(|(keywords=${pointerKeyword})(keywords=${urlKeyword})))`,
    attributes: ['keywords', 'serviceBindingInformation'],
  }
}

export type ConnectionPoints = {
  /** Best first, each once. http URLs stand here too: whoever follows them refuses them by name. */
  urls: URL[]
  /** LDAP host that is responsible for the mail domain instead; null: none is named. */
  pointer: string | null
}

/** URLs of the machine's site first, then those for no site, then the rest; within each in the order of the directory. */
export function rankPoints(
  entries: readonly DirectoryEntry[],
  o: { mailDomain: string; site: string },
): ConnectionPoints {
  const points = entries.flatMap((entry) => {
    const keywords = entry['keywords'] ?? []
    const binding = entry['serviceBindingInformation']?.[0]
    return binding === undefined ? [] : [{ keywords, binding }]
  })
  const has = (keywords: readonly string[], wanted: string): boolean =>
    keywords.some((keyword) => keyword.toLowerCase() === wanted.toLowerCase())
  const order = (keywords: readonly string[]): number => {
    const sites = keywords.filter((keyword) => /^site=/i.test(keyword))
    if (sites.length === 0) return 1
    return o.site !== '' && has(sites, `Site=${o.site}`) ? 0 : 2
  }
  const urls = points
    .filter(({ keywords }) => has(keywords, urlKeyword))
    .toSorted((one, other) => order(one.keywords) - order(other.keywords))
    .map(({ binding }) => httpsUrl(binding) ?? parseUrl(binding))
    .filter((url) => url !== null)
    .filter((url) => url.protocol === 'https:' || url.protocol === 'http:')
  const pointer = points.find(
    ({ keywords }) => has(keywords, pointerKeyword) && has(keywords, `Domain=${o.mailDomain}`),
  )
  return {
    urls: [...new Map(urls.map((url) => [url.href, url])).values()],
    pointer: pointer === undefined ? null : ldapHost(pointer.binding),
  }
}

/** `LDAP://contoso.com` or `LDAP://dc01.contoso.com/CN=…`: its host, lower case. */
function ldapHost(binding: string): string | null {
  const host = /^ldaps?:\/\/([a-z0-9.-]+)/i.exec(binding)?.[1]?.toLowerCase() ?? null
  return host !== null && host.includes('.') ? host : null
}
