/**
 * Who may receive credentials: the only module that makes a `TrustedHost`, and network sends no credentials without one.
 * A host is trusted when it lies in the mail domain, is the chosen cloud's own, was typed or proven here, was named by an https
 * Autodiscover answer of one of the first two, or was consented to by name. https is checked again at the socket.
 */
import type { ObservationOf } from '../evidence/schema.ts'
import { isCloudHost, type Cloud } from '../settings/clouds.ts'
import { isRegistrySuffix, isWithin } from '../settings/mailDomain.ts'
import { hostOf } from '../network/url.ts'

type Trust = ObservationOf<'trust'>
export type TrustBasis = NonNullable<Trust['basis']>

const made = new WeakSet<TrustedHost>()
let grant: (host: string, basis: TrustBasis) => TrustedHost

export class TrustedHost {
  readonly host: string
  readonly basis: TrustBasis
  private constructor(host: string, basis: TrustBasis) {
    this.host = host
    this.basis = basis
    made.add(this)
    // What was granted for one host must not become a grant for another.
    Object.freeze(this)
  }
  static {
    // The constructor leaves the class by this way only, so that nobody outside this module can grant anything.
    grant = (host, basis) => new TrustedHost(host, basis)
  }
}

/** Throws unless these credentials may go to this URL: our own mistake, caught before the socket. */
export function assertMayReceiveCredentials(url: URL, trusted: TrustedHost): void {
  if (!made.has(trusted)) throw new Error('credentials need a TrustedHost made by the trust module')
  if (url.protocol !== 'https:') throw new Error('credentials never go over http')
  if (hostOf(url) !== trusted.host) throw new Error('credentials for one host must not go to another')
}

export type TrustModule = {
  /** The host as one that may receive credentials, or why not. `insecure`: never, not even with consent. */
  judge(
    url: URL,
    named: { by: string; source: TrustedHost | null },
  ): { kind: 'trusted'; trusted: TrustedHost } | { kind: 'needs-consent' } | { kind: 'insecure' }
  /** Records a person's consent for the rest of the run. */
  consent(host: string): TrustedHost
}

export type TrustFacts = {
  /** Registrable domain of the mail address; null when there is none. */
  mailDomain: string | null
  cloud: Cloud
  /** Hosts of URLs that the admin typed here, or that a test of this profile has proven. */
  typed: ReadonlySet<string>
  proven: ReadonlySet<string>
  /** Hosts consented to by name before the run. */
  consented: ReadonlySet<string>
}

export function createTrust(facts: TrustFacts): TrustModule {
  // With a port where an admin typed one; trust is about hosts.
  const authorityHost = hostOf(new URL(`https://${facts.cloud.authorityHost}`))
  const consented = new Set([...facts.consented].map((host) => host.toLowerCase()))
  return {
    judge(url, named) {
      const host = hostOf(url)
      if (url.protocol !== 'https:' || isRegistrySuffix(host)) return { kind: 'insecure' }
      const basis = basisOf(host, named.source)
      return basis === null ? { kind: 'needs-consent' } : { kind: 'trusted', trusted: grant(host, basis) }
    },
    consent(host) {
      consented.add(host.toLowerCase())
      return grant(host.toLowerCase(), 'consent')
    },
  }

  function basisOf(host: string, source: TrustedHost | null): TrustBasis | null {
    if (facts.mailDomain !== null && isWithin(facts.mailDomain, host)) return 'mail-domain'
    if (isCloudHost(facts.cloud, host) || host === authorityHost) return 'cloud'
    if (facts.typed.has(host)) return 'typed'
    if (facts.proven.has(host)) return 'proven'
    if (consented.has(host)) return 'consent'
    // An answer vouches for the EWS host it names only when it came over https from the mail domain or the cloud itself.
    if (source !== null && (source.basis === 'mail-domain' || source.basis === 'cloud')) return 'autodiscover'
    return null
  }
}
