/** The domain of a mail address, and which hosts belong to it: the registrable domain by the public suffix list. */
import { domainToASCII } from 'node:url'
import { isIP } from 'node:net'
import { parse } from 'tldts'

export type MailAddress = {
  /** As it is sent: trimmed, the domain in ASCII and lower case. */
  address: string
  domain: string
  /** What the mail domain's owner registered; a host belongs to the mail domain when it is this or below it. */
  registrableDomain: string
  /** True when only a domain was given and the local part is a stand-in. */
  standIn: boolean
}

/** Local part used when only a domain is known: RFC 2142 demands that this address exists. */
const standInLocalPart = 'postmaster'

/** Reads an address, or a bare domain when `domainAlone`. null: no single `@`, an empty part, a public suffix or an IP literal. */
export function parseMailAddress(text: string, options: { domainAlone: boolean }): MailAddress | null {
  const trimmed = text
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
  const parts = trimmed.split('@')
  const standIn = parts.length === 1 && options.domainAlone
  if (parts.length !== 2 && !standIn) return null
  const [local, rawDomain] = standIn ? [standInLocalPart, trimmed] : [parts[0] ?? '', parts[1] ?? '']
  if (local === '' || /[\s<>(),;:"[\]\\]/.test(local) || local.length > 64) return null
  const domain = asciiDomain(rawDomain)
  const registrableDomain = domain === null ? null : registrableDomainOf(domain)
  if (domain === null || registrableDomain === null) return null
  return { address: `${local}@${domain}`, domain, registrableDomain, standIn }
}

/** A DNS name in ASCII and lower case without a final dot, or null. */
export function asciiDomain(text: string): string | null {
  const typed = text.trim().replace(/\.$/, '')
  // domainToASCII reads the host out of what may be a path, and decodes; a name has nothing of that.
  if (/[\s/\\?#%:@]/.test(typed)) return null
  const name = domainToASCII(typed).toLowerCase()
  if (name === '' || name.length > 253 || isIP(name) !== 0 || !name.includes('.')) return null
  return name.split('.').every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)) ? name : null
}

/**
 * The registrable domain of a host, null for public suffixes and IP addresses. Suffixes of the list's private section (hosting
 * services) count as suffixes too, so that two customers of one service are strangers; such a suffix itself is its own domain.
 */
export function registrableDomainOf(host: string): string | null {
  const whole = parse(host, { allowPrivateDomains: true })
  if (whole.isIp === true) return null
  if (whole.domain !== null) return whole.domain
  return whole.isPrivate === true && whole.publicSuffix === host ? host : null
}

/**
 * True when `host` is the registrable domain or lies below it and belongs to the same owner: below a suffix of the list's private
 * section everybody may register a name, also where the suffix itself is the mail domain.
 */
export function isWithin(registrableDomain: string, host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (name === registrableDomain) return true
  return name.endsWith(`.${registrableDomain}`) && registrableDomainOf(name) === registrableDomain
}

/** True for a suffix below which a registry hands out names, such as `co.uk`. A name without a dot is one of an intranet. */
export function isRegistrySuffix(host: string): boolean {
  const { isIcann, publicSuffix } = parse(host, { allowPrivateDomains: true })
  return host.includes('.') && isIcann === true && publicSuffix === host
}
