// Export on one machine, import on an empty one: the same configuration, for whatever configuration is valid.
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { limits } from '../../../src/core/limits.ts'
import { cloudNames } from '../../../src/core/settings/clouds.ts'
import { ewsVersions } from '../../../src/core/settings/ewsVersions.ts'
import { authOrders, discoverySources, urlOrigins } from '../../../src/core/settings/settings.ts'
import { openSecret } from '../../../src/core/auth/secret.ts'
import { isSealed, type Key, type Lock } from '../../../src/host/sealedJson.ts'
import { exportConfiguration } from '../../../src/host/transfer/exporting.ts'
import { applyImport, planImport } from '../../../src/host/transfer/importing.ts'
import { recogniseImport } from '../../../src/host/transfer/recognise.ts'
import { machine, secret, store, type Machine } from './setup.ts'

let from: Machine
let to: Machine
beforeEach(() => {
  from = machine()
  to = machine()
})
afterEach(() => {
  from.remove()
  to.remove()
})

const text = fc.string({ maxLength: 30, unit: 'grapheme' })
const unknownKeys = fc.dictionary(
  fc.constantFrom('later', 'x-note', 'a.b', 'öäü'),
  fc.oneof(text, fc.integer(), fc.constant(null), fc.array(text, { maxLength: 2 }), fc.record({ deep: text })),
)
const network = fc.record(
  {
    proxy: fc.constantFrom('', 'http://proxy.example:8080', 'proxy:3128'),
    noProxy: text,
    extraCa: text,
    connectTo: fc.array(text, { maxLength: 3 }),
    dns: text,
    trustedHosts: fc.uniqueArray(text, { maxLength: 3 }),
    timeoutMs: fc.integer({ min: limits.shortestRunMs, max: limits.longestRunMs }),
  },
  { requiredKeys: [] },
)
const settings = fc.record(
  {
    email: text,
    userName: text,
    tenantId: text,
    clientId: text,
    cloud: fc.constantFrom(...cloudNames),
    auth: fc.constantFrom(...authOrders),
    passwordFallback: fc.boolean(),
    ewsVersion: fc.constantFrom('auto', null, ...ewsVersions),
    ewsUrl: fc.constantFrom('', 'https://mail.contoso.example/EWS/Exchange.asmx'),
    ewsUrlOrigin: fc.constantFrom(...urlOrigins),
    ewsUrlSource: fc.constantFrom(null, ...discoverySources),
    clientSecretExpires: fc.constantFrom('', '2027-02-28'),
    network: fc.tuple(network, unknownKeys).map(([known, more]) => ({ ...more, ...known })),
  },
  { requiredKeys: [] },
)
const profile = fc.tuple(settings, unknownKeys, unknownKeys).map(([known, inside, beside]) => ({
  ...beside,
  settings: { ...inside, ...known },
}))
const secrets = fc.record(
  {
    password: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    clientSecret: fc.string({ minLength: 1, maxLength: 20 }),
  },
  { requiredKeys: [] },
)

async function transferred(source: Machine, target: Machine, lock: Lock | null, key: Key | null): Promise<void> {
  const content = source.settingsFile.read()
  const names = Object.keys(content.profiles)
  const file = await exportConfiguration({
    content,
    names,
    secretStore: source.secretStore,
    lock,
    version: '0.1.0',
    workFactor: 2,
  })
  if (file.kind !== 'file') throw new Error(file.kind)
  expect(isSealed(file.bytes)).toBe(lock !== null)
  const read = await recogniseImport(file.bytes, key)
  if (read.kind !== 'file') throw new Error(read.id)
  const plan = planImport(target.settingsFile.read(), read, 'Standard')
  if (plan.kind !== 'plan') throw new Error(plan.id)
  const accepted = new Set(plan.differences.map(({ id }) => id))
  expect(await applyImport(target, plan, { accepted, replaceSecrets: true })).toMatchObject({ kind: 'applied' })
}

/** What has to be the same: everything but what is about one machine, and where the URL came from. */
function comparable(one: Machine): unknown {
  const { profiles } = one.settingsFile.read()
  return Object.fromEntries(
    Object.entries(profiles).map(([name, { secrets: _secrets, usedAt: _usedAt, settings, ...rest }]) => {
      const { ewsUrlOrigin: _origin, ...kept } = settings
      return [name, { ...rest, settings: kept }]
    }),
  )
}

test('any valid configuration arrives whole, unknown keys included, and its URL as one from a file', async () => {
  await fc.assert(
    fc.asyncProperty(profile, profile, async (one, two) => {
      const [a, b] = [machine(), machine()]
      try {
        await store(a, 'Kunde Süd', one)
        await store(a, 'b', two)
        await transferred(a, b, null, null)
        expect(comparable(b)).toEqual(comparable(a))
        for (const { settings } of Object.values(b.settingsFile.read().profiles))
          expect(settings.ewsUrlOrigin).toBe(settings.ewsUrl === '' ? 'none' : 'imported')
      } finally {
        a.remove()
        b.remove()
      }
    }),
    { numRuns: 60, interruptAfterTimeLimit: 8_000 },
  )
})

test('sealed, the secrets arrive too', async () => {
  const passphrase = secret('eine lange Passphrase')
  await fc.assert(
    fc.asyncProperty(profile, secrets, async (one, kept) => {
      const [a, b] = [machine(), machine()]
      try {
        await store(a, 'Standard', one, kept)
        await transferred(a, b, { kind: 'passphrase', passphrase }, { kind: 'passphrase', passphrase })
        expect(comparable(b)).toEqual(comparable(a))
        expect(Object.fromEntries(b.items)).toEqual(Object.fromEntries(a.items))
        for (const kind of ['password', 'clientSecret'] as const) {
          const back = await b.secretStore.read({ profile: 'Standard', kind })
          expect(back === undefined ? undefined : openSecret(back)).toBe(kept[kind])
        }
      } finally {
        a.remove()
        b.remove()
      }
    }),
    { numRuns: 25, interruptAfterTimeLimit: 8_000 },
  )
})

test('two exports of the same settings are the same bytes, in whatever order they were entered', async () => {
  await store(from, 'b', { settings: { email: 'b@contoso.example', cloud: 'global' } })
  await store(from, 'a', { later: 1, settings: { network: { dns: '127.0.0.1' }, email: 'a@contoso.example' } })
  await store(to, 'a', { settings: { email: 'a@contoso.example', network: { dns: '127.0.0.1' } }, later: 1 })
  await store(to, 'b', { settings: { cloud: 'global', email: 'b@contoso.example' } })
  const [one, two] = await Promise.all(
    [from, to].map(({ settingsFile, secretStore }) =>
      exportConfiguration({ content: settingsFile.read(), names: ['a', 'b'], secretStore, lock: null, version: '1' }),
    ),
  )
  expect(one).toEqual(two)
})
