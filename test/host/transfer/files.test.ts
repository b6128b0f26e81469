// Files that cannot be used say what they are and change nothing; an import keeps secrets, and can be taken back.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSecret } from '../../../src/core/auth/secret.ts'
import { sealJson } from '../../../src/host/sealedJson.ts'
import { copyProfile, removeProfile, renameProfile } from '../../../src/host/profiles.ts'
import { exportConfiguration } from '../../../src/host/transfer/exporting.ts'
import { applyImport, planImport, undoImport, type ImportPlan } from '../../../src/host/transfer/importing.ts'
import { recogniseImport } from '../../../src/host/transfer/recognise.ts'
import { machine, secret, store, type Machine } from './setup.ts'

let one: Machine
beforeEach(() => void (one = machine()))
afterEach(() => one.remove())

const lock = { kind: 'passphrase', passphrase: secret('korrekt pferd batterie') } as const
const bytes = (text: string): Buffer => Buffer.from(text)
const header = '"format":"ews-setup-configuration","schema":2'

test.each<[string, string]>([
  ['{"name":"something","version":1}', 'other-json'],
  ['{"schema":1,"entries":[]}', 'other-json'],
  ['[1,2]', 'other-json'],
  [`{${header},"profiles":{"a":{`, 'json-damaged'],
  [`{${header},"profiles":{}}`, 'no-profiles'],
  [`{${header},"profiles":{"a":{"settings":{"auth":5}}}}`, 'invalid-field'],
  [`{${header},"profiles":{"a":{"secrets":{"password":5}}}}`, 'invalid-field'],
  [`{${header},"profiles":{" ":{"settings":{}}}}`, 'bad-profile-name'],
  [`{${header},"profiles":{"__proto__":{"settings":{}}}}`, 'bad-profile-name'],
  ['Sehr geehrte Damen und Herren,\n', 'csv-no-address-column'],
  ['', 'unknown-format'],
  ['\0\0\0', 'unknown-format'],
  ['<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y "z">]><Autodiscover/>', 'xml-damaged'],
  ['<html><body>x</body></html>', 'xml-other'],
  ['<Autodiscover><Response><Account><Action>settings</Action></Account></Response></Autodiscover>', 'xml-without-url'],
  ['email;password\na@b.example;x\n', 'csv-secret-column'],
  ['email\n"a@b.example\n', 'csv-damaged'],
  ['email;cloud\na@b.example;moon\n', 'csv-bad-value'],
  ['email\n', 'csv-empty'],
])('%s: %s', async (text, id) => {
  const read = await recogniseImport(bytes(text), null)
  const plan = read.kind === 'file' ? planImport(one.settingsFile.read(), read, 'Standard') : read
  expect(plan).toMatchObject({ kind: 'refused', id })
})

describe('a sealed file', () => {
  const sealed = () =>
    sealJson({ format: 'ews-setup-configuration', schema: 2, profiles: { a: { settings: {} } } }, lock, 2)

  test('opens with its passphrase, and with no other', async () => {
    const file = await sealed()
    expect(await recogniseImport(file, lock)).toMatchObject({ kind: 'file', source: 'sealed' })
    expect(await recogniseImport(file, null)).toMatchObject({ id: 'key-needed' })
    expect(await recogniseImport(file, { kind: 'passphrase', passphrase: secret('falsch') })).toMatchObject({
      id: 'wrong-key',
    })
  })

  test('cut off or altered anywhere it is refused', async () => {
    const file = await sealed()
    for (let length = 30; length < file.length; length += 7)
      expect(await recogniseImport(file.subarray(0, length), lock)).toMatchObject({ kind: 'refused' })
    for (let at = 0; at < file.length; at += 11) {
      const altered = Uint8Array.from(file)
      altered[at] = (altered[at] ?? 0) ^ 0x20
      expect(await recogniseImport(altered, lock)).toMatchObject({ kind: 'refused' })
    }
  }, 30_000)
})

describe('lists of mailboxes', () => {
  test.each([
    ['semicolons and a byte order mark', bytes('\uFEFFE-Mail;Kunde;Benutzer\r\na@contoso.example;Müller;C\\a\r\n')],
    ['commas and quotes', bytes('email,name,user\n"a@contoso.example","Müller","C\\a"\n')],
    ['tabs', bytes('EMAIL\tName\tuser name\na@contoso.example\tMüller\tC\\a\n\n')],
    ['Windows-1252', Buffer.from('email;name;user\na@contoso.example;M\xfcller;C\\a\n', 'latin1')],
    ['UTF-16', Buffer.from('\uFEFFemail;name;user\na@contoso.example;Müller;C\\a\n', 'utf16le')],
  ])('%s', async (_what, file) => {
    const read = await recogniseImport(file, null)
    if (read.kind !== 'file') throw new Error(read.id)
    expect(read.profiles).toMatchObject([
      { name: 'Müller', raw: { settings: { email: 'a@contoso.example', userName: 'C\\a' } } },
    ])
  })
})

async function planOf(source: Machine, file: unknown): Promise<ImportPlan> {
  const read = await recogniseImport(bytes(JSON.stringify(file)), null)
  if (read.kind !== 'file') throw new Error(read.id)
  const plan = planImport(source.settingsFile.read(), read, 'Standard')
  if (plan.kind !== 'plan') throw new Error(plan.id)
  return plan
}

const value = async (kind: 'password' | 'clientSecret'): Promise<string | undefined> => {
  const found = await one.secretStore.read({ profile: 'Kunde', kind })
  return found === undefined ? undefined : openSecret(found)
}

describe('an import', () => {
  const file = {
    format: 'ews-setup-configuration',
    schema: 2,
    profiles: {
      Kunde: { settings: { userName: 'neu' }, secrets: { password: 'aus der Datei', clientSecret: 'dazu' } },
    },
  }

  test('keeps saved secrets, adds missing ones, and all of it comes back with the undo', async () => {
    await store(one, 'Kunde', { settings: { userName: 'alt' } }, { password: 'gespeichert' })
    const before = one.settingsFile.read()
    const items = new Map(one.items)
    await applyImport(one, await planOf(one, file), { accepted: new Set(), replaceSecrets: false })
    expect([await value('password'), await value('clientSecret')]).toEqual(['gespeichert', 'dazu'])
    expect(await undoImport(one)).toMatchObject({ kind: 'undone' })
    expect(one.settingsFile.read()).toEqual(before)
    expect(one.items).toEqual(items)
    expect(await undoImport(one)).toEqual({ kind: 'nothing-to-undo' })
  })

  test('replaces secrets when told to, and the replaced one comes back', async () => {
    await store(one, 'Kunde', { settings: {} }, { password: 'gespeichert' })
    const items = new Map(one.items)
    await applyImport(one, await planOf(one, file), { accepted: new Set(), replaceSecrets: true })
    expect(await value('password')).toBe('aus der Datei')
    await undoImport(one)
    expect(one.items).toEqual(items)
  })

  test.each<[string, unknown, boolean]>([
    ['settings.authority', 'https://login.attacker.example', true],
    ['settings.ldapUrl', 'ldaps://directory.attacker.example', true],
    ['settings.network.proxy', 'http://proxy.attacker.example:8080', true],
    ['settings.network.dns', '192.0.2.53', true],
    ['settings.network.connectTo', ['mail.contoso.example:443:192.0.2.1:443'], true],
    ['settings.network.trustedHosts', ['mail.attacker.example'], true],
    ['settings.cloud', 'china', true],
    ['settings.email', 'anna@attacker.example', true],
    ['settings.userName', 'CONTOSO\\anna', false],
    ['settings.network.timeoutMs', 20_000, false],
  ])('%s = %j where a secret is saved is asked for: %s', async (path, wanted, isAsked) => {
    await store(one, 'Kunde', { settings: { email: 'anna@contoso.example' } }, { clientSecret: 'gespeichert' })
    const keys = path.split('.')
    const leafOf = (): unknown =>
      keys.reduce<unknown>((value, key) => Object(value)[key], one.settingsFile.read().profiles['Kunde'])
    const before = leafOf()
    expect(wanted).not.toEqual(before)
    const settings = keys.slice(1).reduceRight<unknown>((value, key) => ({ [key]: value }), wanted)
    const plan = await planOf(one, { ...file, profiles: { Kunde: { settings } } })
    expect(plan.differences.map(({ needsAcceptance }) => needsAcceptance)).toEqual([isAsked])

    await applyImport(one, plan, { accepted: new Set(), replaceSecrets: false })
    expect(leafOf()).toEqual(isAsked ? before : wanted)
    await undoImport(one)
    const again = await planOf(one, { ...file, profiles: { Kunde: { settings } } })
    await applyImport(one, again, { accepted: new Set(again.differences.map(({ id }) => id)), replaceSecrets: false })
    expect(leafOf()).toEqual(wanted)
  })

  test('a keychain that fails in the middle leaves everything as it was', async () => {
    const broken = machine()
    try {
      await store(broken, 'Kunde', { settings: { userName: 'alt' } }, { password: 'gespeichert' })
      const [before, items] = [readFileSync(broken.settingsFile.path), new Map(broken.items)]
      const plan = await planOf(broken, file)
      const write = broken.secretStore.write.bind(broken.secretStore)
      const failing = {
        ...broken.secretStore,
        write: (name: Parameters<typeof write>[0], it: Parameters<typeof write>[1]) =>
          name.kind === 'clientSecret' ? Promise.resolve(false) : write(name, it),
      }
      const result = await applyImport({ ...broken, secretStore: failing }, plan, {
        accepted: new Set(),
        replaceSecrets: true,
      })
      expect(result).toEqual({ kind: 'secret-not-saved', secret: 'clientSecret' })
      expect(readFileSync(broken.settingsFile.path)).toEqual(before)
      expect(broken.items).toEqual(items)
      expect(readdirSync(broken.directory)).toEqual(['config.json'])
    } finally {
      broken.remove()
    }
  })

  test('made for settings that have changed since is refused', async () => {
    await store(one, 'Kunde', { settings: { userName: 'alt' } })
    const plan = await planOf(one, file)
    await store(one, 'Kunde', { settings: { userName: 'inzwischen' } })
    expect(await applyImport(one, plan, { accepted: new Set(), replaceSecrets: false })).toEqual({ kind: 'stale' })
    expect(one.items.size).toBe(0)
  })

  test('a proven URL stays proven when the file names the same, and another one is only a hint', async () => {
    const url = 'https://mail.contoso.example/EWS/Exchange.asmx'
    await store(one, 'Kunde', { settings: { ewsUrl: url, ewsUrlOrigin: 'proven', ewsUrlSource: 'pox' } })
    const importing = async (ewsUrl: string) => {
      const plan = await planOf(one, { ...file, profiles: { Kunde: { settings: { ewsUrl, ewsUrlOrigin: 'typed' } } } })
      await applyImport(one, plan, { accepted: new Set(), replaceSecrets: false })
      return one.settingsFile.read().profiles['Kunde']?.settings.ewsUrlOrigin
    }
    expect(await importing(url.toUpperCase())).toBe('proven')
    expect(await importing('https://elsewhere.example/EWS/Exchange.asmx')).toBe('imported')
  })
})

describe('whole profiles', () => {
  test('secrets move with a rename, double with a copy, and go with a removal', async () => {
    await store(one, 'Kunde', { settings: { email: 'a@b.example' } }, { password: 'eins', clientSecret: 'zwei' })
    expect(await renameProfile(one, 'Kunde', 'Süd')).toEqual({ kind: 'done', name: 'Süd' })
    expect([...one.items.keys()].toSorted()).toEqual(['Süd/clientSecret', 'Süd/password'])
    expect(await copyProfile(one, 'Süd', 'Nord')).toMatchObject({ kind: 'done' })
    expect(one.items.get('Nord/password')).toBe('eins')
    expect(await removeProfile(one, 'Süd')).toMatchObject({ kind: 'done' })
    expect([...one.items.keys()].toSorted()).toEqual(['Nord/clientSecret', 'Nord/password'])
    expect(Object.keys(one.settingsFile.read().profiles)).toEqual(['Standard', 'Nord'])
  })

  test.each(['Standard', '', ' \n', '__proto__', 'replaced//Kunde', 'x'.repeat(201), 'a\u0000b'])(
    'the name %j is refused, and nothing changes',
    async (name) => {
      await store(one, 'Kunde', { settings: {} }, { password: 'eins' })
      const before = readFileSync(one.settingsFile.path)
      expect((await renameProfile(one, 'Kunde', name)).kind).not.toBe('done')
      expect(readFileSync(one.settingsFile.path)).toEqual(before)
      expect([...one.items.keys()]).toEqual(['Kunde/password'])
    },
  )
})

test('a password within the URL of a proxy stays behind', async () => {
  await store(one, 'Kunde', { settings: { network: { proxy: 'http://user:geheim@proxy.example:8080' } } })
  const file = await exportConfiguration({
    content: one.settingsFile.read(),
    names: ['Kunde'],
    secretStore: one.secretStore,
    lock: null,
    version: '1',
  })
  if (file.kind !== 'file') throw new Error(file.kind)
  expect(Buffer.from(file.bytes).toString()).toContain('"http://proxy.example:8080"')
  expect(Buffer.from(file.bytes).toString()).not.toContain('geheim')
  expect(existsSync(join(one.directory, 'import-undo.json'))).toBe(false)
})
