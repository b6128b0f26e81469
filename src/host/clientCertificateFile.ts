/** Reads the certificate that settings name from its file; the private key in it leaves this module as a `Secret` only. */
import { open } from 'node:fs/promises'
import type { ClientCertificateResult } from '../core/auth/clientCertificate.ts'
import type { Secret } from '../core/auth/secret.ts'
import { limits } from '../core/limits.ts'
import type { Settings } from '../core/settings/settings.ts'

/** Undefined where no certificate is wanted, or none is named. */
export async function clientCertificateOf(
  settings: Pick<Settings, 'clientCredential' | 'clientCertificate'>,
  passphrase: Secret | undefined,
): Promise<ClientCertificateResult | undefined> {
  const path = settings.clientCertificate.trim()
  if (settings.clientCredential !== 'certificate' || path === '') return undefined
  const bytes = await readBounded(path)
  if (bytes === null) return { kind: 'failed', fault: 'file' }
  const { readClientCertificate } = await import('../core/auth/clientCertificate.ts')
  return readClientCertificate(bytes, passphrase)
}

/** A file up to the limit; null for anything that is none, is larger, or cannot be read. */
async function readBounded(path: string): Promise<Uint8Array | null> {
  try {
    const file = await open(path, 'r')
    try {
      const facts = await file.stat()
      if (!facts.isFile() || facts.size > limits.certificateBytes) return null
      return new Uint8Array(await file.readFile())
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}
