/** Which directory a run may read, and by which login: the one that a person named, else that of the domain this machine belongs to. */
import type { Run, StepContext } from './run.ts'
import { limits } from '../limits.ts'
import { inServiceOrder } from '../network/dns.ts'
import type { DirectoryLogin } from '../network/ldap.ts'
import { hostOf } from '../network/url.ts'
import { asciiDomain, isRegistrySuffix } from '../settings/mailDomain.ts'
import { parseLdapUrl } from '../settings/networkChecks.ts'

export type NamedDirectory = { url: URL; login: DirectoryLogin }

/** `incomplete`: a user name was typed and its password is missing, so a ticket would test something else than what was typed. */
export type Named =
  { kind: 'named'; directory: NamedDirectory } | { kind: 'incomplete'; host: string } | { kind: 'none' }

export function namedDirectory({ request: { settings, secrets } }: Pick<Run, 'request'>): Named {
  const url = settings.ldapUrl.trim() === '' ? null : parseLdapUrl(settings.ldapUrl)
  if (url === null) return { kind: 'none' }
  const userName = settings.ldapUser.trim()
  if (userName === '') return { kind: 'named', directory: { url, login: { by: 'ticket' } } }
  const password = secrets.ldapPassword
  return password === undefined
    ? { kind: 'incomplete', host: hostOf(url) }
    : { kind: 'named', directory: { url, login: { by: 'password', userName, password } } }
}

/** The machine's own domain as a DNS name of at least two labels; null where it has none, or what it has is none. */
export async function ownDomain(run: Pick<Run, 'machineDomain'>): Promise<string | null> {
  const domain = asciiDomain((await run.machineDomain()) ?? '')
  return domain === null || isRegistrySuffix(domain) ? null : domain
}

/** True when the host bears a name of this Active Directory domain. Only such a host gets a ticket of it. */
export function isOfDomain(domain: string, host: string): boolean {
  return host.endsWith(`.${domain}`)
}

/**
 * The domain controllers that DNS names for a domain ("How domain controllers are located in Windows"), by StartTLS at the port named
 * there. DNS decides nothing: each one's certificate has to be good for its name, and the name has to be of the domain.
 */
export async function domainControllers(run: Run, domain: string, context: StepContext): Promise<URL[]> {
  const found = inServiceOrder(await run.network.names.services(`_ldap._tcp.dc._msdcs.${domain}`, context))
  return found
    .filter(({ target, port }) => isOfDomain(domain, target) && port > 0)
    .flatMap(({ target, port }) => parseLdapUrl(`ldap://${target}:${port}`) ?? [])
    .slice(0, limits.domainControllers)
}
