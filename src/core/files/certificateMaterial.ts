/** A pasted certificate chain (PEM): whose it is, and whether it holds at a given time. Whether anybody trusts it is not asked. */
import { X509Certificate } from 'node:crypto'
import type { Certificate } from '../evidence/network.ts'
import type { Observation, ObservationOf } from '../evidence/schema.ts'
import { limits } from '../limits.ts'
import { certificateFacts } from '../network/tls.ts'
import type { Pasted, PastedStep } from './pasted.ts'

const begin = '-----BEGIN CERTIFICATE-----'
const end = '-----END CERTIFICATE-----'
const longestPem = 64 * 1024

type Read = { facts: Certificate; isAuthority: boolean }

/** Everything but certificates, such as a private key in the same text, is left unread. */
export function readCertificates(text: string, now: Date): Pasted {
  const read = certificatesIn(text)
  const leaf = read.find((one) => !one.isAuthority) ?? read[0]
  if (leaf === undefined) return null
  const others = read.filter((one) => one !== leaf)
  const observations: Observation[] = [
    // A root that is sent along decides nothing, so its dates do not either.
    ...others.filter((one) => one.facts.subject !== one.facts.issuer).flatMap((one) => worn(one.facts, now)),
    handshakeOf(
      leaf.facts,
      [leaf, ...others].map((one) => one.facts),
      now,
    ),
  ]
  const bad = observations.find((one) => one.kind === 'tls' && one.result !== 'cancelled')
  const step: PastedStep = {
    name: 'endpoint',
    target: hostOfCertificate(leaf.facts),
    phase: 'transport',
    summary:
      bad?.kind === 'tls'
        ? { text: 'tls-refused', facts: { host: bad.host, code: bad.code } }
        : { text: 'pasted', facts: { host: hostOfCertificate(leaf.facts) } },
    observations,
    verdict: bad === undefined ? 'open' : 'bad',
  }
  return { shape: 'certificate', steps: [step] }
}

function certificatesIn(text: string): Read[] {
  const found: Read[] = []
  let at = text.indexOf(begin)
  for (let parts = 0; at >= 0 && parts < limits.pastedParts; parts += 1) {
    const stop = text.indexOf(end, at)
    if (stop < 0) break
    const pem = text.slice(at, stop + end.length)
    const certificate = pem.length > longestPem ? null : parsed(pem)
    if (certificate !== null) found.push({ facts: certificateFacts(certificate), isAuthority: certificate.ca })
    at = text.indexOf(begin, stop)
  }
  return found
}

function parsed(pem: string): X509Certificate | null {
  try {
    // Mail programs indent and quote.
    return new X509Certificate(pem.replace(/^[ \t>]+/gm, ''))
  } catch {
    return null
  }
}

/** An intermediate certificate whose time is over or has not come. */
function worn(facts: Certificate, now: Date): Observation[] {
  const observation = handshakeOf(facts, [facts], now)
  return observation.result === 'cancelled' ? [] : [observation]
}

/** No handshake took place: `cancelled` where the dates hold, because nothing else is known. */
function handshakeOf(facts: Certificate, chain: readonly Certificate[], now: Date): ObservationOf<'tls'> {
  const result =
    now.getTime() > Date.parse(facts.validTo)
      ? ('expired' as const)
      : now.getTime() < Date.parse(facts.validFrom)
        ? ('not-yet-valid' as const)
        : ('cancelled' as const)
  const codes = { expired: 'CERT_HAS_EXPIRED', 'not-yet-valid': 'CERT_NOT_YET_VALID', cancelled: null } as const
  return {
    kind: 'tls',
    host: hostOfCertificate(facts),
    port: 443,
    result,
    code: codes[result],
    protocol: null,
    cipher: null,
    chain: [...chain],
    ms: 0,
  }
}

/** The first name that the certificate is made out for; its subject where it has none. */
function hostOfCertificate(facts: Certificate): string {
  const common = /(?:^|, )CN=([^,]{1,200})/.exec(facts.subject)?.[1]
  return (facts.names[0] ?? common ?? facts.subject).slice(0, 253).toLowerCase()
}
