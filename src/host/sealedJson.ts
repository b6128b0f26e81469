/**
 * JSON with secrets in it, sealed in the format of age (age-encryption.org/v1), which the program `age` opens as well. The only place
 * besides the keychain's store where a saved secret is opened; the clear text exists in memory alone.
 */
import { openSecret, Secret } from '../core/auth/secret.ts'
import { limits } from '../core/limits.ts'

/** What closes a file: a passphrase, or the public key (`age1…`) of the one who shall read it. */
export type Lock = { kind: 'passphrase'; passphrase: Secret } | { kind: 'recipient'; recipient: string }
/** What opens it: the passphrase, or an identity (`AGE-SECRET-KEY-1…`). */
export type Key = { kind: 'passphrase'; passphrase: Secret } | { kind: 'identity'; identity: Secret }

export type Unsealed = { kind: 'opened'; value: unknown } | { kind: 'wrong-key' } | { kind: 'damaged' }

const header = 'age-encryption.org/v1'
const armorHeader = '-----BEGIN AGE ENCRYPTED FILE-----'

/** True for a file of age, binary or armoured. */
export function isSealed(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1').trimStart()
  return start.startsWith(header) || start.startsWith(armorHeader)
}

/** Why a recipient cannot be one, before anything is written. Plugin and post-quantum recipients are not taken. */
export function isRecipient(text: string): boolean {
  return /^age1[02-9ac-hj-np-z]{58}$/.test(text)
}

/** Seals a value in which secrets are `Secret`. `workFactor` is the scrypt cost as a power of two; throws on a bad recipient. */
export async function sealJson(value: unknown, lock: Lock, workFactor: number): Promise<Uint8Array> {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  switch (lock.kind) {
    case 'passphrase':
      encrypter.setPassphrase(openSecret(lock.passphrase))
      encrypter.setScryptWorkFactor(workFactor)
      break
    case 'recipient':
      encrypter.addRecipient(lock.recipient)
      break
  }
  const clear = Buffer.from(`${JSON.stringify(opened(value), null, 2)}\n`, 'utf8')
  try {
    return await encrypter.encrypt(clear)
  } finally {
    clear.fill(0)
  }
}

/** Opens what {@link sealJson} or `age` made. Strings in it may be secrets: the caller wraps them before anything else. */
export async function unsealJson(bytes: Uint8Array, key: Key): Promise<Unsealed> {
  const { armor, Decrypter } = await import('age-encryption')
  let clear: Buffer
  try {
    const decrypter = new Decrypter()
    if (key.kind === 'passphrase') decrypter.addPassphrase(openSecret(key.passphrase))
    else decrypter.addIdentity(openSecret(key.identity).trim())
    const text = Buffer.from(bytes.subarray(0, 64)).toString('latin1').trimStart()
    const file = text.startsWith(armorHeader) ? armor.decode(Buffer.from(bytes).toString('latin1').trim()) : bytes
    const result = await decrypter.decrypt(file)
    clear = Buffer.from(result.buffer, result.byteOffset, result.byteLength)
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return { kind: /no identity matched/i.test(message) ? 'wrong-key' : 'damaged' }
  }
  try {
    if (clear.length > limits.configurationBytes) return { kind: 'damaged' }
    return { kind: 'opened', value: JSON.parse(clear.toString('utf8')) as unknown }
  } catch {
    return { kind: 'damaged' }
  } finally {
    clear.fill(0)
  }
}

/** A copy in which each secret is its value. */
function opened(value: unknown): unknown {
  if (value instanceof Secret) return openSecret(value)
  if (Array.isArray(value)) return value.map(opened)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner)]))
}
