/** `ews-setup watch` against the embedded Exchange: rounds, refusals, restarts, who owns the configuration. */
import { readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { connectionSchema, policySchema } from '../../src/core/automation/schema.ts'
import { defaultSettings } from '../../src/core/settings/settings.ts'
import { startDemo, type DemoExchange } from '../../src/demo/index.ts'
import { openSettingsFile } from '../../src/host/settingsFile.ts'
import { emptyProfile, firstProfile, type Profile } from '../../src/host/settingsSchema.ts'
import { buildProgram, run, scratch, start, type Scratch } from './program.ts'

// Whole programs and servers: on a busy machine their start alone takes seconds.
vi.setConfig({ testTimeout: 120_000 })

let files: Scratch
let demo: DemoExchange
beforeAll(buildProgram, 60_000)
beforeAll(async () => void (demo = await startDemo({ scenario: 'healthy-on-prem' })))
afterAll(() => demo.stop())
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

const password = 'Sommer-2026-am-See'
const env = { EWS_SETUP_PASSWORD: password }
const wrong = { EWS_SETUP_PASSWORD: 'Winter-2020' }
const mailbox = (): string => demo.typed.email

function store(change: Partial<Profile>): void {
  const network = { ...defaultSettings().network, connectTo: demo.connectTo, dns: demo.dns, extraCa: demo.caPem }
  const settings = {
    ...defaultSettings(),
    email: mailbox(),
    userName: demo.typed.userName ?? '',
    ewsUrl: demo.ewsUrl ?? '',
    ewsUrlOrigin: 'typed' as const,
    network,
  }
  const saved = openSettingsFile({ directory: files.home }).update((content) => ({
    ...content,
    profiles: { [firstProfile]: { ...emptyProfile(), settings, ...change } },
  }))
  expect(saved.kind).toBe('saved')
}

type Line = {
  at: string
  connection: string | null
  event: string
  state: string | null
  failures: number
  nextAttemptAt: string | null
  finding: string | null
}

const linesOf = (stdout: string): Line[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
const logons = (kind: 'accepted' | 'refused'): number => demo.journal.filter((entry) => entry.logon === kind).length

test('a profile without connections is one connection with its own account', async () => {
  store({})
  const { code, stdout } = await run(['watch', '--once', '--json'], { home: files.home, env })
  expect(code).toBe(0)
  expect(linesOf(stdout)).toMatchObject([
    { event: 'started', connection: null },
    { event: 'works', connection: mailbox(), state: 'active', failures: 0, finding: null },
    { event: 'stopped' },
  ])
  const next = Date.parse(linesOf(stdout)[1]?.nextAttemptAt ?? '')
  const at = Date.parse(linesOf(stdout)[1]?.at ?? '')
  expect((next - at) / 60_000).toBeGreaterThan(4.4)
  expect((next - at) / 60_000).toBeLessThan(5.6)
})

test('a password sealed with EWS_SETUP_KEY is what a machine without a keychain calls with', async () => {
  store({})
  const key = { EWS_SETUP_KEY: 'a long random passphrase of a service' }
  const set = ['profiles', 'set', firstProfile, '--password-stdin']
  expect((await run(set, { home: files.home, env: key, input: password })).code).toBe(0)
  const { code, stdout, stderr } = await run(['watch', '--once', '--json'], { home: files.home, env: key })
  expect(linesOf(stdout)[1]).toMatchObject({ event: 'works', connection: mailbox(), state: 'active' })
  expect(stderr).not.toContain('keychain')
  expect(code).toBe(0)
})

const connection = (id: string, more: object = {}): Profile['connections'][number] =>
  connectionSchema.parse({ id, mailbox: mailbox(), ...more })

test('at once: the first refusal makes inactive, and no later process calls again', async () => {
  store({ connections: [connection('one')] })
  const before = logons('refused')
  const first = await run(['watch', '--once', '--json'], { home: files.home, env: wrong })
  expect(first.code).toBe(1)
  expect(linesOf(first.stdout)).toMatchObject([
    { event: 'started' },
    { event: 'refused', state: 'inactive', failures: 1, nextAttemptAt: null, finding: 'wrong-password-or-user-name' },
    { event: 'inactive', state: 'inactive', finding: 'wrong-password-or-user-name' },
    { event: 'stopped' },
  ])
  expect(first.stderr).toContain('(wrong-password-or-user-name)')
  expect(logons('refused')).toBe(before + 1)
  const second = await run(['watch', '--once', '--json'], { home: files.home, env: wrong })
  expect(linesOf(second.stdout).map((line) => line.event)).toEqual(['started', 'stopped'])
  expect(logons('refused')).toBe(before + 1)
})

test('time delay: a restart keeps the count and the wait, and says so in words', async () => {
  store({ connections: [connection('one')], policy: policySchema.parse({ mode: 'delayed' }) })
  const before = logons('refused')
  const first = await run(['watch', '--once'], { home: files.home, env: wrong })
  expect(first.stdout).toMatch(
    /^\S+Z refused +\S+ state=waiting failures=1\/4 next=\S+Z finding=wrong-password-or-user-name ".+"$/m,
  )
  const second = await run(['watch', '--once', '--json'], { home: files.home, env })
  expect(linesOf(second.stdout).map((line) => line.event)).toEqual(['started', 'stopped'])
  expect(logons('refused')).toBe(before + 1)
})

test('a wait that is cut short by hand is used at once, and a success resets the count', async () => {
  const policy = policySchema.parse({ mode: 'delayed' })
  store({ connections: [connection('one')], policy })
  await run(['watch', '--once'], { home: files.home, env: wrong })
  store({ connections: [connection('one', { hurriedAt: '2026-11-26T10:00:00.000Z' })], policy })
  const { code, stdout } = await run(['watch', '--once', '--json'], { home: files.home, env })
  expect(code).toBe(0)
  expect(linesOf(stdout)).toMatchObject([
    { event: 'started' },
    { event: 'hurried', failures: 1 },
    { event: 'works', failures: 0, state: 'active' },
    { event: 'stopped' },
  ])
})

test('one process owns a configuration, and a second one says who has it', async () => {
  store({ connections: [connection('one')] })
  const first = start(['watch', '--json'], { home: files.home, env })
  await first.firstLine
  const second = await run(['watch', '--lang', 'de'], { home: files.home, env })
  expect(second.code).toBe(1)
  expect(second.stderr).toContain(`ews-setup watch, Prozess ${first.child.pid} auf ${hostname()}`)
  first.child.kill('SIGTERM')
  const ended = await first.ended
  expect(ended).toMatchObject({ code: 0, signal: null })
  expect(linesOf(ended.stdout).at(-1)).toMatchObject({ event: 'stopped' })
  // Its place is free again.
  const third = start(['watch', '--json'], { home: files.home, env })
  await third.firstLine
  third.child.kill('SIGINT')
  expect(await third.ended).toMatchObject({ code: 130, signal: null })
})

test('a killed owner is replaced at once', async () => {
  store({ connections: [connection('one')] })
  const first = start(['watch', '--json'], { home: files.home, env })
  await first.firstLine
  first.child.kill('SIGKILL')
  await first.ended
  const { code } = await run(['watch', '--once'], { home: files.home, env })
  expect(code).toBeLessThan(2)
})

test('no URL, no secret: nothing is sent, and the state says why', async () => {
  store({ connections: [connection('one')] })
  const before = demo.journal.length
  const bare = await run(['watch', '--once', '--json'], { home: files.home })
  expect(bare.code).toBe(1)
  expect(linesOf(bare.stdout)[1]).toMatchObject({
    event: 'unready',
    state: 'unready',
    failures: 0,
    finding: 'secret-missing',
  })
  expect(bare.stderr).toContain('EWS_SETUP_PASSWORD')
  expect(demo.journal.length).toBe(before)
})

test('a damaged record of calls is kept aside, told, and no reason to crash', async () => {
  store({ connections: [connection('one')] })
  writeFileSync(join(files.home, 'automation.json'), '{"schema":1,"sequence":')
  writeFileSync(join(files.home, 'automation.journal'), 'garbage\n')
  const { code, stderr } = await run(['watch', '--once'], { home: files.home, env })
  expect(code).toBe(0)
  const [kept = ''] = /automation\.damaged-[0-9TZ-]+/.exec(stderr) ?? []
  expect(readFileSync(join(files.home, kept, 'automation.journal'), 'utf8')).toBe('garbage\n')
})

test('nothing to call, or an unknown profile, is wrong usage', async () => {
  const none = await run(['watch'], { home: files.home })
  expect(none).toMatchObject({ code: 2, stdout: '' })
  store({})
  const unknown = await run(['watch', '--profile', 'nobody'], { home: files.home })
  expect(unknown).toMatchObject({ code: 2, stdout: '' })
})

test('a secret of the environment goes to no other configuration', async () => {
  store({})
  const before = demo.journal.length
  openSettingsFile({ directory: files.home }).update((content) => ({
    ...content,
    profiles: { ...content.profiles, Other: content.profiles[firstProfile] ?? emptyProfile() },
  }))
  const both = await run(['watch', '--once'], { home: files.home, env })
  expect(both).toMatchObject({ code: 2, stdout: '' })
  expect(both.stderr).toContain('--profile')
  expect(demo.journal.length).toBe(before)
  const one = await run(['watch', '--once', '--json', '--profile', 'Other'], { home: files.home, env })
  expect(linesOf(one.stdout).filter((line) => line.event === 'works')).toHaveLength(1)
})

test('no secret is in any file it writes', async () => {
  store({ connections: [connection('one')] })
  await run(['watch', '--once'], { home: files.home, env })
  for (const name of ['automation.json', 'automation.journal', 'config.json'])
    expect(readFileSync(join(files.home, name), 'utf8')).not.toContain(password)
})
