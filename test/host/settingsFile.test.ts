import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSettingsFile, type SettingsFile } from '../../src/host/settingsFile.ts'
import { firstProfile, profileOf, type SettingsContent } from '../../src/host/settingsSchema.ts'
import { bundle } from './bundle.ts'

let directory: string
let path: string

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'ews-settings-')), 'state')
  path = join(directory, 'config.json')
})
afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }))

const open = (): SettingsFile => openSettingsFile({ directory, clock: () => new Date('2026-11-24T08:00:00.123Z') })
const withEmail = (email: string) => (content: SettingsContent) => {
  const profile = profileOf(content, firstProfile)
  return {
    ...content,
    profiles: { ...content.profiles, [firstProfile]: { ...profile, settings: { ...profile.settings, email } } },
  }
}
const emailOf = (file: SettingsFile) => profileOf(file.read(), firstProfile).settings.email
const asDocument = (value: unknown) => JSON.stringify(value)

function prepare(text: string): void {
  openSettingsFile({ directory }).update((content) => content)
  writeFileSync(path, text)
}

describe('settings file', () => {
  test('without a file there are defaults, and nothing is written', () => {
    const file = open()
    expect(file.read()).toMatchObject({ schema: 1, profile: 'Standard' })
    expect(emailOf(file)).toBe('')
    expect(file.notices()).toEqual([])
    expect(() => statSync(directory)).toThrow('ENOENT')
  })

  test('what is saved is read by another process, and by nobody else on the machine', () => {
    expect(open().update(withEmail('anna@contoso.com')).kind).toBe('saved')
    expect(emailOf(open())).toBe('anna@contoso.com')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(readdirSync(directory)).toEqual(['config.json'])
  })

  test('what another process wrote in between is kept', () => {
    const one = open()
    const other = open()
    one.update(withEmail('anna@contoso.com'))
    other.update((content) => ({ ...content, language: 'de' }))
    expect(emailOf(one)).toBe('anna@contoso.com')
    expect(one.read().language).toBe('de')
  })

  test('keys of a later program survive', () => {
    prepare(asDocument({ schema: 1, profile: 'A', later: 1, profiles: { A: { settings: {}, rooms: [2] } } }))
    open().update((content) => ({ ...content, language: 'en' }))
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ later: 1, profiles: { A: { rooms: [2] } } })
  })

  test('a byte order mark is no damage', () => {
    prepare(`\uFEFF${asDocument({ schema: 1, profile: 'A', profiles: {} })}`)
    const file = open()
    expect(file.update((content) => ({ ...content, language: 'de' })).kind).toBe('saved')
    expect(file.notices()).toEqual([])
  })

  test.each([
    ['half a file', '{"schema":1,"profi'],
    ['an empty file', ''],
    ['another JSON value', '[1]'],
    ['a wrong type in a profile', asDocument({ schema: 1, profile: 'A', profiles: { A: { settings: { email: 7 } } } })],
    ['no schema', '{}'],
  ])('%s is set aside and never overwritten', (_name, damage) => {
    prepare(damage)
    const aside = 'config.damaged-2026-11-24T08-00-00-123Z.json'
    const file = open()
    expect(file.notices()).toEqual([{ id: 'settings-damaged', facts: { file: aside } }])
    expect(readFileSync(join(directory, aside), 'utf8')).toBe(damage)
    expect(file.update(withEmail('anna@contoso.com')).kind).toBe('saved')
    expect(emailOf(open())).toBe('anna@contoso.com')

    // The clock stands still here: the second one must find another name.
    writeFileSync(path, 'again')
    expect(emailOf(open())).toBe('')
    expect(readFileSync(join(directory, aside), 'utf8')).toBe(damage)
    expect(readFileSync(join(directory, 'config.damaged-2026-11-24T08-00-00-123Z-2.json'), 'utf8')).toBe('again')
  })

  test('a file of a later schema is left alone', () => {
    const later = asDocument({ schema: 2, all: 'different' })
    prepare(later)
    const file = open()
    expect(file.notices()).toMatchObject([{ id: 'settings-newer', facts: { schema: 2 } }])
    expect(file.obstacle()).toBe('newer')
    expect(file.update(withEmail('anna@contoso.com'))).toEqual({ kind: 'not-saved', code: 'newer' })
    expect(readFileSync(path, 'utf8')).toBe(later)
  })

  test('a place that cannot be written to is said at the start and at saving', () => {
    writeFileSync(directory, 'a file where the directory should be')
    const file = open()
    expect(file.notices()).toMatchObject([{ id: 'settings-not-writable', facts: { code: 'ENOTDIR' } }])
    expect(file.update(withEmail('anna@contoso.com'))).toEqual({ kind: 'not-saved', code: 'ENOTDIR' })
  })

  test('temporary files of killed processes go away, those of living ones stay', () => {
    prepare(asDocument({ schema: 1, profile: 'A', profiles: {} }))
    const old = join(directory, 'config.json.tmp-1')
    writeFileSync(old, '')
    utimesSync(old, 0, 0)
    writeFileSync(join(directory, 'config.json.tmp-2'), '')
    openSettingsFile({ directory })
    expect(readdirSync(directory)).toEqual(['config.json', 'config.json.tmp-2'])
  })
})

test('a process that is killed while it saves leaves the old content or the new, never half', async () => {
  const { file: module, remove } = await bundle('src/host/settingsFile.ts')
  try {
    const program = `
      import { openSettingsFile } from ${JSON.stringify(module)}
      const file = openSettingsFile({ directory: process.argv[1] })
      for (let turn = 0; ; turn++) {
        const result = file.update((content) => ({ ...content, later: String(turn).repeat(40_000) }))
        if (result.kind !== 'saved') { console.error(result.code); process.exit(1) }
        if (turn === 0) console.log('saving')
      }`
    for (let kill = 0; kill < 12; kill++) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, directory], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const exited = once(child, 'exit')
      await once(child.stdout, 'data')
      // A different moment each time.
      await new Promise((resolve) => setTimeout(resolve, kill * 1.7))
      child.kill('SIGKILL')
      expect(await exited).toEqual([null, 'SIGKILL'])
      const { later } = JSON.parse(readFileSync(path, 'utf8')) as { later: string }
      const turn = later.slice(0, later.length / 40_000)
      expect(later).toBe(turn.repeat(40_000))
    }
    expect(open().notices()).toEqual([])
  } finally {
    await remove()
  }
}, 60_000)
