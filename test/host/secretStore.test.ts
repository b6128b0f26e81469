import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSecret, secretFrom } from '../../src/core/auth/secret.ts'
import { openMemoryStore, openSecretStore, type Keychain } from '../../src/host/secretStore.ts'
import { missing, recipe } from '../servers/recipes.ts'
import { skipReason } from '../servers/skip.ts'
import { bundle } from './bundle.ts'

const password = { profile: 'Standard', kind: 'password' } as const

function secret(value: string) {
  const made = secretFrom(value)
  if (made === undefined) throw new Error('an empty value makes no secret')
  return made
}

/** A keychain in memory, with faults on request. */
function fakeKeychain(faults: Partial<Keychain> = {}): Keychain & { items: Map<string, string> } {
  const items = new Map<string, string>()
  return {
    items,
    getPassword: (service, account) => Promise.resolve(items.get(`${service}/${account}`) ?? null),
    setPassword: (service, account, value) => {
      items.set(`${service}/${account}`, value)
      return Promise.resolve()
    },
    deletePassword: (service, account) => Promise.resolve(items.delete(`${service}/${account}`)),
    ...faults,
  }
}

describe('with a keychain', () => {
  test('writes, reads and removes under the profile and kind, and leaves nothing of its own check behind', async () => {
    const keychain = fakeKeychain()
    const store = openSecretStore({ load: () => Promise.resolve(keychain), platform: 'win32' })
    expect(await store.state()).toEqual({ kind: 'keychain', system: 'windows', reason: null })
    expect([...keychain.items]).toEqual([])
    expect(await store.read(password)).toBeUndefined()
    expect(await store.write(password, secret('Pässwörd'))).toBe(true)
    expect([...keychain.items.keys()]).toEqual(['ews-setup/Standard/password'])
    const back = await store.read(password)
    expect(back === undefined ? null : openSecret(back)).toBe('Pässwörd')
    expect(await store.remove(password)).toBe(true)
    expect(await store.read(password)).toBeUndefined()
    expect(await store.remove(password)).toBe(true)
  })

  test('is loaded once, and only when it is needed', async () => {
    let loads = 0
    const store = openSecretStore({
      load: () => {
        loads += 1
        return Promise.resolve(fakeKeychain())
      },
    })
    expect(loads).toBe(0)
    await Promise.all([store.state(), store.read(password), store.state()])
    expect(loads).toBe(1)
  })

  test('a write that fails later is said', async () => {
    const keychain = fakeKeychain()
    const store = openSecretStore({ load: () => Promise.resolve(keychain) })
    await store.state()
    keychain.setPassword = () => Promise.reject(new Error('Cannot create an item in a locked collection'))
    expect(await store.write(password, secret('x'))).toBe(false)
  })
})

describe('without a working keychain', () => {
  test.each([
    ['the library is missing', () => Promise.reject(new Error('Failed to load keytar native addon')), 'no-library'],
    [
      'nobody answers',
      () => Promise.resolve(fakeKeychain({ setPassword: () => new Promise(() => undefined) })),
      'locked',
    ],
    [
      'what was written does not come back',
      () => Promise.resolve(fakeKeychain({ getPassword: () => Promise.resolve(null) })),
      'failed',
    ],
    [
      'another failure',
      () => Promise.resolve(fakeKeychain({ setPassword: () => Promise.reject(new Error('something new')) })),
      'failed',
    ],
  ] as const)('%s: memory, and why', async (_name, load, reason) => {
    const store = openSecretStore({ load, timeoutMs: 50, platform: 'linux' })
    expect(await store.state()).toEqual({ kind: 'memory', system: 'linux', reason })
    await store.write(password, secret('kept'))
    const back = await store.read(password)
    expect(back === undefined ? null : openSecret(back)).toBe('kept')
    expect(await openMemoryStore().read(password)).toBeUndefined()
  })
})

describe.skipIf(skipReason(missing.keyring))('with the real keychain of Linux', () => {
  let built: Awaited<ReturnType<typeof bundle>>
  beforeAll(async () => {
    built = await bundle('test/host/keychainProgram.ts')
  })
  afterAll(() => built.remove())

  const works = { state: { kind: 'keychain', system: 'linux', reason: null } }
  test.each([
    ['--unlocked', works],
    ['--locked', { state: { kind: 'memory', system: 'linux', reason: 'locked' } }],
    ['--no-login', { state: { kind: 'memory', system: 'linux', reason: 'no-keyring' } }],
    ['--no-service', { state: { kind: 'memory', system: 'linux', reason: 'no-service' } }],
    ['--no-bus', { state: { kind: 'memory', system: 'linux', reason: 'no-service' } }],
  ])('%s', async (mode, expected) => {
    const child = spawn(recipe('keyring-run.sh'), [mode, process.execPath, built.file], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: '/tmp' },
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(0)
    expect(JSON.parse(output)).toEqual({
      ...expected,
      before: null,
      written: true,
      back: 'Pässwörd-ß',
      removed: true,
      after: null,
    })
  })
})
