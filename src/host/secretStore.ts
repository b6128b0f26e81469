/**
 * Secrets in the keychain of the operating system, through keytar; where no keychain works, in a sealed file if there is a key for it,
 * else in memory for this session, with the reason. Whether it works is found out once, by an item of its own: an absent and a locked item look the same to a reader.
 */
import { openSecret, secretFrom, type Secret } from '../core/auth/secret.ts'
import type { SecretKind } from '../core/settings/settings.ts'
import type { SecretStoreState } from '../contract/contract.ts'
import { openSecretFile, type SecretFile } from './secretFile.ts'

const service = 'ews-setup'
const probeValue = 'ews-setup keychain check'
/** A locked keychain may ask the person first; nobody answers on a server. */
const defaultTimeoutMs = 10_000

/** What is used of keytar. Listing all credentials is left out on purpose: with a locked keyring it ends the process. */
export type Keychain = {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, value: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

/** A profile's secret, or the own one of a connection in it. */
export type SecretName = { profile: string; kind: SecretKind; connection?: string }

export type SecretStore = {
  /** Where secrets are kept; looks once, at first need. */
  state(): Promise<SecretStoreState>
  /** Undefined: not there, or the keychain would not give it. */
  read(name: SecretName): Promise<Secret | undefined>
  /** ISO 8601, when a secret went into memory in this session; null where secrets outlive it, and for those never written. */
  inMemorySince(name: SecretName): string | null
  /** False: not saved. */
  write(name: SecretName, secret: Secret): Promise<boolean>
  /** True when it is gone, also when it never was there. */
  remove(name: SecretName): Promise<boolean>
}

type Reason = NonNullable<SecretStoreState['reason']>
type Opened = { keychain: Keychain } | { file: SecretFile; reason: Reason } | { reason: Reason }

async function loadKeytar(): Promise<Keychain> {
  const { default: keytar } = await import('keytar')
  return keytar
}

export function openSecretStore(
  options: {
    load?: (() => Promise<Keychain>) | null
    timeoutMs?: number
    platform?: NodeJS.Platform
    clock?: () => Date
    /** Where secrets go when there is no keychain. */
    sealed?: { file: string; key: Secret; workFactor?: number } | undefined
  } = {},
): SecretStore {
  const {
    load = loadKeytar,
    timeoutMs = defaultTimeoutMs,
    platform = process.platform,
    clock = () => new Date(),
    sealed,
  } = options
  const memory = new Map<string, { secret: Secret; since: string }>()
  let opened: Promise<Opened> | undefined

  async function open(): Promise<Opened> {
    const result = await openKeychain()
    if ('keychain' in result || sealed === undefined) return result
    const file = openSecretFile(sealed)
    const state = await file.check()
    if (state === 'ready') return { file, reason: result.reason }
    return { reason: state === 'wrong-key' ? 'file-wrong-key' : 'file-damaged' }
  }

  async function openKeychain(): Promise<{ keychain: Keychain } | { reason: Reason }> {
    if (load === null) return { reason: 'demo' }
    let keychain: Keychain
    try {
      keychain = await load()
    } catch {
      return { reason: 'no-library' }
    }
    try {
      return await withTimeLimit(timeoutMs, { reason: 'locked' }, probe(keychain))
    } catch (error) {
      return { reason: reasonOf(error) }
    }
  }

  const place = () => (opened ??= open())

  return {
    async state() {
      const result = await place()
      const system = systemOf(platform)
      if ('keychain' in result) return { kind: 'keychain', system, reason: null }
      return { kind: 'file' in result ? 'file' : 'memory', system, reason: result.reason }
    },
    async read(name) {
      const result = await place()
      if ('file' in result) return result.file.read(accountOf(name))
      if (!('keychain' in result)) return memory.get(accountOf(name))?.secret
      try {
        const value = await withTimeLimit(timeoutMs, null, result.keychain.getPassword(service, accountOf(name)))
        return secretFrom(value ?? undefined)
      } catch {
        return undefined
      }
    },
    inMemorySince: (name) => memory.get(accountOf(name))?.since ?? null,
    async write(name, secret) {
      const result = await place()
      if ('file' in result) return result.file.change(accountOf(name), secret)
      if (!('keychain' in result)) {
        memory.set(accountOf(name), { secret, since: clock().toISOString() })
        return true
      }
      try {
        const saved = result.keychain.setPassword(service, accountOf(name), openSecret(secret)).then(() => true)
        return await withTimeLimit(timeoutMs, false, saved)
      } catch {
        return false
      }
    },
    async remove(name) {
      const result = await place()
      if ('file' in result) return result.file.change(accountOf(name), undefined)
      if (!('keychain' in result)) {
        memory.delete(accountOf(name))
        return true
      }
      try {
        const { keychain } = result
        const gone = (async () => {
          await keychain.deletePassword(service, accountOf(name))
          return (await keychain.getPassword(service, accountOf(name))) === null
        })()
        return await withTimeLimit(timeoutMs, false, gone)
      } catch {
        return false
      }
    },
  }
}

/** A store that never touches a keychain: for the demo. */
export function openMemoryStore(clock?: () => Date): SecretStore {
  return openSecretStore({ load: null, ...(clock === undefined ? {} : { clock }) })
}

async function probe(keychain: Keychain): Promise<{ keychain: Keychain } | { reason: Reason }> {
  const account = `keychain-check/${process.pid}`
  await keychain.setPassword(service, account, probeValue)
  const back = await keychain.getPassword(service, account)
  const deleted = await keychain.deletePassword(service, account)
  return back === probeValue && deleted ? { keychain } : { reason: 'failed' }
}

/** keytar's errors carry no code; these are the messages of libsecret and D-Bus that it passes on. */
function reasonOf(error: unknown): Reason {
  const message = error instanceof Error ? error.message : ''
  if (/locked collection/i.test(message)) return 'locked'
  if (/collection\/login|does not exist at path/i.test(message)) return 'no-keyring'
  if (/not provided by any \.service|Cannot autolaunch D-Bus|Could not connect/i.test(message)) return 'no-service'
  return 'failed'
}

function accountOf({ profile, kind, connection }: SecretName): string {
  return connection === undefined ? `${profile}/${kind}` : `${profile}/connections/${connection}/${kind}`
}

function systemOf(platform: NodeJS.Platform): SecretStoreState['system'] {
  return platform === 'win32' ? 'windows' : platform === 'darwin' ? 'macos' : 'linux'
}

/** `late` when the promise takes longer. The call itself cannot be taken back; what it gives later is dropped. */
async function withTimeLimit<T>(ms: number, late: NoInfer<T>, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), ms)
  })
  try {
    return await Promise.race([promise, limit])
  } finally {
    clearTimeout(timer)
  }
}
