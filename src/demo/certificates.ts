// The demo's certificate authority, made anew in each process: ECDSA P-256, so that a world with ten hosts costs milliseconds. It makes the good
// certificates and each kind of bad one that an admin meets.

import { createHash, webcrypto } from 'node:crypto'
import { addMetadataCalls } from './reflection.ts'

/** `intermediate-missing`: issued by an authority below the root whose own certificate the server forgets to send. */
export type CertificateKind =
  'valid' | 'expired' | 'not-yet-valid' | 'self-signed' | 'wrong-name' | 'intermediate-missing'

/** What a TLS listener needs, and what channel binding and tests ask about it. */
export type HostCertificate = {
  keyPem: string
  /** The leaf only: the authority is a root, and roots are not sent. */
  certPem: string
  der: Buffer
  /** RFC 5929 `tls-server-end-point`: SHA-256 of the certificate, as its signature is ECDSA with SHA-256. */
  endPointHash: Buffer
}

export type Authority = {
  caPem: string
  /** Issues a leaf for these DNS names. `wrong-name` ignores them and names a stranger instead. */
  issue(o: { names: readonly string[]; kind: CertificateKind; strangerName?: string }): Promise<HostCertificate>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const hour = 3_600_000
const day = 24 * hour

const loadX509 = async () => {
  // Imported late: a bundler lifts static imports of packages above our own code, and the calls must be there first.
  addMetadataCalls()
  return import('@peculiar/x509')
}

const pemOfKey = async (key: webcrypto.CryptoKey): Promise<string> => {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`
}

const validity = (kind: CertificateKind): { notBefore: Date; notAfter: Date } => {
  const now = Date.now()
  switch (kind) {
    case 'expired':
      return { notBefore: new Date(now - 400 * day), notAfter: new Date(now - 2 * day) }
    case 'not-yet-valid':
      return { notBefore: new Date(now + 2 * day), notAfter: new Date(now + 400 * day) }
    case 'valid':
    case 'self-signed':
    case 'wrong-name':
    case 'intermediate-missing':
      // An hour back, for clients whose clock is a little behind.
      return { notBefore: new Date(now - hour), notAfter: new Date(now + 90 * day) }
  }
}

const demoRoot = 'CN=EWS Setup Demo Root, O=EWS Setup'

const shared = new Map<string | undefined, Promise<Authority>>()

/**
 * The authority of this name that all worlds of this process share: its root, and each certificate that was issued once, are made once. A process
 * that starts one world after the other (the tests) would otherwise spend most of its time on keys.
 */
export function sharedAuthority(name?: string): Promise<Authority> {
  const known = shared.get(name) ?? makeAuthority(name).then(remembering)
  shared.set(name, known)
  return known
}

const remembering = (authority: Authority): Authority => {
  const issued = new Map<string, Promise<HostCertificate>>()
  return {
    caPem: authority.caPem,
    issue(o) {
      const wanted = JSON.stringify([o.names, o.kind, o.strangerName])
      const known = issued.get(wanted) ?? authority.issue(o)
      issued.set(wanted, known)
      return known
    },
  }
}

/** Makes a fresh root with this name and returns what issues below it. */
export async function makeAuthority(rootName = demoRoot): Promise<Authority> {
  const x509 = await loadX509()
  const generate = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

  const rootKeys = await generate()
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: rootName,
    notBefore: new Date(Date.now() - 500 * day),
    notAfter: new Date(Date.now() + 500 * day),
    signingAlgorithm: algorithm,
    keys: rootKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  })

  return {
    caPem: `${root.toString('pem')}\n`,
    async issue({ names, kind, strangerName = 'shared-hosting.example' }) {
      const keys = await generate()
      const shown = kind === 'wrong-name' ? [strangerName, `www.${strangerName}`] : [...names]
      // Strict verifiers (newer Pythons) want both key identifiers.
      const between = kind === 'intermediate-missing' ? await generate() : null
      const issuerKeys = between ?? rootKeys
      const issuerKey = kind === 'self-signed' ? keys.publicKey : issuerKeys.publicKey
      const extensions = [
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(issuerKey),
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(shown.map((value) => ({ type: 'dns' as const, value }))),
      ]
      const subject = `CN=${shown[0] ?? 'unnamed'}`
      const common = { serialNumber: serial(), ...validity(kind), signingAlgorithm: algorithm, extensions }
      const leaf =
        kind === 'self-signed'
          ? await x509.X509CertificateGenerator.createSelfSigned({ ...common, name: subject, keys })
          : await x509.X509CertificateGenerator.create({
              ...common,
              subject,
              issuer: between === null ? root.subject : 'CN=EWS Setup Demo Issuing CA, O=EWS Setup',
              publicKey: keys.publicKey,
              signingKey: issuerKeys.privateKey,
            })
      const der = Buffer.from(leaf.rawData)
      return {
        keyPem: await pemOfKey(keys.privateKey),
        certPem: `${leaf.toString('pem')}\n`,
        der,
        endPointHash: createHash('sha256').update(der).digest(),
      }
    },
  }
}

// Positive and 16 bytes long, as public authorities do it.
const serial = (): string => {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes.toString('hex')
}
