/**
 * Certificate authorities that the platform trusts, as far as this Node can know them: its own reader where it has one (22.15 and
 * later), the distribution's bundle on older ones under Linux, and nothing elsewhere. NODE_EXTRA_CA_CERTS is Node's own business.
 */
import { readFileSync } from 'node:fs'
import * as tls from 'node:tls'

/** Where distributions keep their bundle, in the order of OpenSSL packagers. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

let known: readonly string[] | undefined

/** PEM texts, one certificate each, without those that Node brings along itself. Read once, at first need. */
export function systemCas(): readonly string[] {
  known ??= notBuiltIn(fromNode() ?? (process.platform === 'linux' ? fromBundle(process.env) : []))
  return known
}

function notBuiltIn(certificates: readonly string[]): readonly string[] {
  const plain = (pem: string): string => pem.replaceAll('\n', '')
  const builtIn = new Set(tls.rootCertificates.map(plain))
  return certificates.filter((pem) => !builtIn.has(plain(pem)))
}

function fromNode(): readonly string[] | null {
  const read: unknown = Reflect.get(tls, 'getCACertificates')
  if (typeof read !== 'function') return null
  try {
    const list: unknown = Reflect.apply(read, tls, ['system'])
    return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : null
  } catch {
    return null
  }
}

/** The first bundle that can be read and holds a certificate; `SSL_CERT_FILE` goes first, as in OpenSSL. */
export function fromBundle(
  environment: Readonly<Record<string, string | undefined>>,
  places = bundles,
): readonly string[] {
  const own = environment['SSL_CERT_FILE']
  for (const place of own === undefined || own === '' ? places : [own, ...places]) {
    try {
      const certificates = splitPem(readFileSync(place, 'latin1'))
      if (certificates.length > 0) return certificates
    } catch {
      // Not this distribution's place.
    }
  }
  return []
}

/** Each certificate of a PEM text; comments and other blocks are dropped. */
export function splitPem(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? []
}
