/**
 * The certificate that proves an application to Entra ID: read from PEM (certificate and key) or PFX. The private key stays a
 * `Secret` from the first moment; everything else about it is public.
 */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import type * as ForgeModule from 'node-forge'
import { errorCode } from '../errorCode.ts'
import { openSecret, Secret } from './secret.ts'

export type ClientCertificate = {
  /** PKCS #8, PEM. */
  privateKey: Secret
  /** SHA-256 of the certificate, lower-case hex without colons: the `x5t#S256` that Entra knows it by. */
  sha256: string
  subject: string
  /** ISO 8601. */
  validTo: string
}

export const certificateFaults = [
  /** The host could not read the file. */
  'file',
  /** Neither PEM nor PFX. */
  'unreadable',
  'certificate-missing',
  'key-missing',
  'passphrase-missing',
  'passphrase-wrong',
  /** The key belongs to another certificate. */
  'key-mismatch',
  /** Entra ID takes RSA keys only. */
  'not-rsa',
] as const
export type CertificateFault = (typeof certificateFaults)[number]

export type ClientCertificateResult =
  { kind: 'read'; certificate: ClientCertificate } | { kind: 'failed'; fault: CertificateFault }

/** Reads the bytes of a file. Every outcome is a value. */
export async function readClientCertificate(
  bytes: Uint8Array,
  passphrase: Secret | undefined,
): Promise<ClientCertificateResult> {
  // DER begins with the tag of a sequence; PEM is text.
  return bytes[0] === 0x30 ? fromPfx(bytes, passphrase) : fromPem(Buffer.from(bytes).toString('utf8'), passphrase)
}

function failed(fault: CertificateFault): ClientCertificateResult {
  return { kind: 'failed', fault }
}

function fromPem(text: string, passphrase: Secret | undefined): ClientCertificateResult {
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  const key = /-----BEGIN ((?:ENCRYPTED |RSA |EC )?PRIVATE KEY)-----[\s\S]+?-----END \1-----/.exec(text)?.[0]
  if (certificates.length === 0 && key === undefined) return failed('unreadable')
  if (certificates.length === 0) return failed('certificate-missing')
  if (key === undefined) return failed('key-missing')
  try {
    const opened = createPrivateKey({
      key,
      ...(passphrase === undefined ? {} : { passphrase: openSecret(passphrase) }),
    })
    return matched(certificates, opened)
  } catch (error) {
    return failed(keyFault(key, errorCode(error), passphrase))
  }
}

function keyFault(key: string, code: string | null, passphrase: Secret | undefined): CertificateFault {
  const isEncrypted = /ENCRYPTED/.test(key)
  if (code === 'ERR_MISSING_PASSPHRASE' || (isEncrypted && passphrase === undefined)) return 'passphrase-missing'
  return isEncrypted ? 'passphrase-wrong' : 'unreadable'
}

/** The first certificate that the key belongs to: a file may hold the whole chain, in any order. */
function matched(pems: readonly string[], key: KeyObject): ClientCertificateResult {
  const certificates = pems.flatMap((pem) => {
    try {
      return [new X509Certificate(pem)]
    } catch {
      return []
    }
  })
  if (certificates.length === 0) return failed('unreadable')
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key))
  if (own === undefined) return failed('key-mismatch')
  if (key.asymmetricKeyType !== 'rsa') return failed('not-rsa')
  return {
    kind: 'read',
    certificate: {
      privateKey: new Secret(key.export({ format: 'pem', type: 'pkcs8' }).toString()),
      sha256: own.fingerprint256.replaceAll(':', '').toLowerCase(),
      subject: own.subject.replaceAll('\n', ', '),
      validTo: new Date(own.validTo).toISOString(),
    },
  }
}

/** PKCS #12, RFC 7292. Node opens it for TLS only and does not give the key away, so node-forge reads it. */
async function fromPfx(bytes: Uint8Array, passphrase: Secret | undefined): Promise<ClientCertificateResult> {
  const loaded: Forge & { default?: Forge } = await import('node-forge')
  const forge = loaded.default ?? loaded
  let content: ReturnType<typeof forge.asn1.fromDer>
  try {
    content = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(bytes).toString('binary')))
  } catch {
    return failed('unreadable')
  }
  try {
    // Empty and absent are two different passphrases in PKCS #12; programs write either where a person gave none.
    const pfx = open(forge, content, passphrase === undefined ? ['', null] : [openSecret(passphrase)])
    const bags = pfx.safeContents.flatMap((safe) => safe.safeBags)
    const key = bags.find((bag) => bag.key !== undefined && bag.key !== null)?.key
    const pems = bags.flatMap((bag) => (bag.cert ? [forge.pki.certificateToPem(bag.cert)] : []))
    // A key of another kind than RSA has no place in forge's bag; its certificate says what it is.
    if (key === undefined || key === null) return failed(bags.some((bag) => bag.asn1) ? 'not-rsa' : 'key-missing')
    if (pems.length === 0) return failed('certificate-missing')
    return matched(pems, createPrivateKey(forge.pki.privateKeyToPem(key)))
  } catch (error) {
    const isPassphrase =
      error instanceof Error && /MAC could not be verified|Invalid password|decrypt/i.test(error.message)
    if (!isPassphrase) return failed('unreadable')
    return failed(passphrase === undefined ? 'passphrase-missing' : 'passphrase-wrong')
  }
}

type Forge = typeof ForgeModule

function open(
  forge: Forge,
  content: ReturnType<Forge['asn1']['fromDer']>,
  passphrases: readonly (string | null)[],
): ReturnType<Forge['pkcs12']['pkcs12FromAsn1']> {
  let last: unknown
  for (const candidate of passphrases) {
    try {
      return forge.pkcs12.pkcs12FromAsn1(content, false, candidate ?? undefined)
    } catch (error) {
      last = error
      // The MAC was right, so the passphrase is: newer files encrypt with its UTF-8 form, which forge does not make by itself.
      const isRight = candidate !== null && !isMacError(error) && /[^ -~]/.test(candidate)
      if (isRight) return forge.pkcs12.pkcs12FromAsn1(withoutMac(content), false, forge.util.encodeUtf8(candidate))
    }
  }
  throw last
}

function isMacError(error: unknown): boolean {
  return error instanceof Error && /MAC could not be verified/i.test(error.message)
}

/** PFX ::= version, content, MAC. */
function withoutMac(content: ReturnType<Forge['asn1']['fromDer']>): ReturnType<Forge['asn1']['fromDer']> {
  return typeof content.value === 'string' ? content : { ...content, value: content.value.slice(0, 2) }
}
