/** `--profile`: a run that starts from what the dialog has stored, and options that go before it. */
import { chmodSync, readdirSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { defaultSettings, type Settings } from '../../src/core/settings/settings.ts'
import { startDemo, type DemoExchange } from '../../src/demo/index.ts'
import { openSettingsFile } from '../../src/host/settingsFile.ts'
import { emptyProfile } from '../../src/host/settingsSchema.ts'
import { skipHere } from '../servers/skip.ts'
import { buildProgram, run, scratch, type Scratch } from './program.ts'
import { resultOf } from './result.ts'

let files: Scratch
let demo: DemoExchange
beforeAll(buildProgram, 60_000)
beforeAll(async () => void (demo = await startDemo({ scenario: 'healthy-on-prem' })))
afterAll(() => demo.stop())
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

const url = 'https://mail.contoso.example/EWS/Exchange.asmx'

function store(name: string, settings: Partial<Settings>): void {
  const network = { ...defaultSettings().network, connectTo: demo.connectTo, dns: demo.dns, extraCa: demo.caPem }
  const saved = openSettingsFile({ directory: files.home }).update((content) => ({
    ...content,
    profiles: {
      ...content.profiles,
      [name]: { ...emptyProfile(), settings: { ...defaultSettings(), email: demo.typed.email, network, ...settings } },
    },
  }))
  expect(saved.kind).toBe('saved')
}

const env = { EWS_SETUP_PASSWORD: 'Sommer-2026-am-See' }

test('address, URL and network options come from it', async () => {
  store('Kunde Süd', { ewsUrl: url, ewsUrlOrigin: 'found', ewsUrlSource: 'pox' })
  const { code, stdout } = await run(['test', '--profile', 'Kunde Süd', '--json'], { home: files.home, env })
  expect(code).toBe(0)
  expect(resultOf(stdout)).toMatchObject({ ok: true, ewsUrl: url, source: 'pox', auth: 'ntlm' })
})

test('options go before it, and it stays as it was', async () => {
  store('Süd', {
    email: 'nobody@contoso.example',
    userName: 'CONTOSO\\nobody',
    ewsUrl: 'https://gone.contoso.example/EWS/Exchange.asmx',
    ewsUrlOrigin: 'typed',
  })
  const before = openSettingsFile({ directory: files.home }).read()
  const args = ['test', demo.typed.email, '--profile', 'Süd', '--user', 'CONTOSO\\anna', '--url', url, '--json']
  const { code, stdout } = await run(args, { home: files.home, env })
  expect(code).toBe(0)
  expect(resultOf(stdout)).toMatchObject({ ok: true, ewsUrl: url, source: 'manual' })
  expect(openSettingsFile({ directory: files.home }).read()).toEqual(before)
})

const notRoot =
  process.platform === 'win32' || process.getuid?.() === 0
    ? 'a directory that cannot be written needs a user other than root on a POSIX system'
    : null
test.skipIf(skipHere(notRoot))('is read from a directory that cannot be written', async () => {
  store('Süd', { ewsUrl: url, ewsUrlOrigin: 'typed' })
  chmodSync(files.home, 0o500)
  try {
    const { code } = await run(['test', '--profile', 'Süd', '--json'], { home: files.home, env })
    expect(code).toBe(0)
  } finally {
    chmodSync(files.home, 0o700)
  }
})

test('a run without it leaves nothing in the state directory', async () => {
  await run(['locate', demo.typed.email, '--dns', demo.dns, '--timeout', '1'], { home: files.home })
  expect(list(files.home)).toEqual([])
})

function list(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
