/**
 * Secrets in one file sealed with a passphrase (`EWS_SETUP_KEY`), for machines without a keychain. The file is read when it changed,
 * written whole, and changed by one process at a time.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { Secret } from '../core/auth/secret.ts'
import { errorCode } from '../core/errorCode.ts'
import { limits } from '../core/limits.ts'
import { writeWhole } from './atomicFile.ts'
import { sealJson, unsealJson } from './sealedJson.ts'

const contentSchema = z.object({
  format: z.literal('ews-setup-secrets'),
  schema: z.literal(1),
  secrets: z.record(
    z.string(),
    z.string().transform((value) => new Secret(value)),
  ),
})
type Secrets = Readonly<Record<string, Secret>>

/** How long a writer waits for another one, and after what time a lock counts as left behind. */
const lockMs = 10_000

export type SecretFile = {
  /** `ready`: there is no file yet, or it opens. */
  check(): Promise<'ready' | 'wrong-key' | 'damaged' | 'unreadable'>
  read(account: string): Promise<Secret | undefined>
  /** Sets, or with undefined removes. False: nothing was changed. */
  change(account: string, secret: Secret | undefined): Promise<boolean>
}

type Loaded = { kind: 'loaded'; secrets: Secrets } | { kind: 'wrong-key' | 'damaged' | 'unreadable' }

/** `workFactor` only for tests that open many. */
export function openSecretFile(o: { file: string; key: Secret; workFactor?: number }): SecretFile {
  const { file, key, workFactor = limits.storeWorkFactor } = o
  let cached: { stamp: string; secrets: Secrets } | undefined

  async function load(): Promise<Loaded> {
    let bytes: Buffer
    let stamp: string
    try {
      stamp = stampOf(file)
      if (cached?.stamp === stamp) return { kind: 'loaded', secrets: cached.secrets }
      if (statSync(file).size > limits.configurationBytes) return { kind: 'damaged' }
      bytes = readFileSync(file)
    } catch (error) {
      return errorCode(error) === 'ENOENT' ? { kind: 'loaded', secrets: {} } : { kind: 'unreadable' }
    }
    const unsealed = await unsealJson(bytes, { kind: 'passphrase', passphrase: key })
    if (unsealed.kind !== 'opened') return { kind: unsealed.kind }
    const content = contentSchema.safeParse(unsealed.value)
    if (!content.success) return { kind: 'damaged' }
    cached = { stamp, secrets: content.data.secrets }
    return { kind: 'loaded', secrets: content.data.secrets }
  }

  return {
    async check() {
      const loaded = await load()
      return loaded.kind === 'loaded' ? 'ready' : loaded.kind
    },
    async read(account) {
      const loaded = await load()
      return loaded.kind === 'loaded' && Object.hasOwn(loaded.secrets, account) ? loaded.secrets[account] : undefined
    },
    async change(account, secret) {
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      } catch {
        return false
      }
      const unlock = await lock(`${file}.lock`)
      if (unlock === null) return false
      try {
        const loaded = await load()
        if (loaded.kind !== 'loaded') return false
        const { [account]: before, ...others } = loaded.secrets
        if (before === undefined && secret === undefined) return true
        const secrets = secret === undefined ? others : { ...others, [account]: secret }
        const content = { format: 'ews-setup-secrets', schema: 1, secrets }
        const sealed = await sealJson(content, { kind: 'passphrase', passphrase: key }, workFactor)
        if (writeWhole(file, sealed).kind !== 'written') return false
        cached = { stamp: stampOf(file), secrets }
        return true
      } finally {
        unlock()
      }
    },
  }
}

/** What changes when another process has replaced the file. */
function stampOf(file: string): string {
  const { ino, size, mtimeMs } = statSync(file)
  return `${ino} ${size} ${mtimeMs}`
}

/** Null when another process keeps it, or the directory cannot be written. */
async function lock(path: string): Promise<(() => void) | null> {
  const until = performance.now() + lockMs
  for (;;) {
    try {
      const descriptor = openSync(path, 'wx', 0o600)
      writeSync(descriptor, String(process.pid))
      closeSync(descriptor)
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (errorCode(error) !== 'EEXIST' || performance.now() > until) return null
    }
    if (isLeftBehind(path)) rmSync(path, { force: true })
    else await wait(20)
  }
}

function isLeftBehind(path: string): boolean {
  try {
    return Date.now() - statSync(path).mtimeMs > lockMs
  } catch {
    return false
  }
}
