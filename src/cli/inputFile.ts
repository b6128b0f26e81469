/** Files and keys that a command reads, with an end to their size. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { refuse } from './refusal.ts'
import { secretFromStandardInput } from './loginOptions.ts'
import type { Language } from '../contract/contract.ts'
import { secretFrom } from '../core/auth/secret.ts'
import { errorCode } from '../core/errorCode.ts'
import type { Key } from '../host/sealedJson.ts'

/** At most one byte more than `limit`, so that a reader sees that it is too long; a file of any size costs no more. */
export function readFileUpTo(file: string, limit: number, language: Language): Uint8Array {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch (error) {
    throw refuse('fileUnreadable', language, { file, code: errorCode(error) ?? '' })
  }
  try {
    const { size } = fstatSync(descriptor)
    const bytes = Buffer.alloc(Math.min(limit + 1, Math.max(size, 64 * 1024)))
    let read = 0
    for (;;) {
      const got = readSync(descriptor, bytes, read, bytes.length - read, null)
      read += got
      if (got === 0 || read === bytes.length) return bytes.subarray(0, read)
    }
  } catch (error) {
    throw refuse('fileUnreadable', language, { file, code: errorCode(error) ?? '' })
  } finally {
    closeSync(descriptor)
  }
}

/** What opens a sealed file, where the call brings it along. */
export async function keyGiven(
  flags: { passphraseStdin?: boolean; identity?: string },
  language: Language,
): Promise<Key | null> {
  if (flags.identity !== undefined) {
    const text = Buffer.from(readFileUpTo(flags.identity, 64 * 1024, language)).toString('utf8')
    const identity = secretFrom(/^AGE-SECRET-KEY-1[0-9A-Z]+$/m.exec(text)?.[0])
    if (identity === undefined) throw refuse('identityEmpty', language, { file: flags.identity })
    return { kind: 'identity', identity }
  }
  if (flags.passphraseStdin !== true) return null
  const passphrase = await secretFromStandardInput()
  if (passphrase === undefined) throw refuse('passphraseEmpty', language)
  return { kind: 'passphrase', passphrase }
}
