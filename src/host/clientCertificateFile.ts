/** Reads the certificate that settings name from its file; the private key in it leaves this module as a `Secret` only. */
import { constants } from 'node:fs'
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

/**
 * True for a path that Windows would open over the network, or as a device. Opening one sends the login of the session to the host that
 * it names; a configuration that somebody sent, or a window, must not be able to name it.
 */
export function leavesMachine(path: string, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'win32' && /^\s*(?:[\\/]{2}|[\\/]\?\?[\\/])/.test(path)
}

/** A file up to the limit; null for anything that is none, is larger, or cannot be read. */
async function readBounded(path: string): Promise<Uint8Array | null> {
  if (leavesMachine(path)) return null
  try {
    // A pipe that nobody writes to would hold a thread for ever.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const facts = await file.stat()
      if (!facts.isFile() || facts.size > limits.certificateBytes) return null
      // Not the size that it says: files of the system say none.
      const bytes = new Uint8Array(limits.certificateBytes + 1)
      let length = 0
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length)
        if (bytesRead === 0) break
        length += bytesRead
      }
      return length > limits.certificateBytes ? null : bytes.subarray(0, length)
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}
