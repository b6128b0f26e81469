/** `ews-setup demo`: the list, both commands on a scenario, and the embedded Exchange alone for other programs. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { scenarioGroups, scenarioIds } from '../../src/demo/index.ts'
import { cli as de } from '../../src/texts/cli.de.ts'
import { cli as en } from '../../src/texts/cli.en.ts'
import { buildProgram, run, scratch, start, type Scratch } from './program.ts'
import { ids, resultOf } from './result.ts'

let files: Scratch
beforeAll(buildProgram, 60_000)
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

test('each scenario has its own title in both languages, and no title lacks a scenario', () => {
  for (const { scenarios } of [de, en]) {
    expect(Object.keys(scenarios).toSorted()).toEqual(scenarioIds.toSorted())
    expect(new Set(Object.values(scenarios)).size).toBe(scenarioIds.length)
  }
  const english = new Set<string>(Object.values(en.scenarios))
  expect(Object.values(de.scenarios).filter((title) => english.has(title))).toEqual([])
})

test.each(['en', 'de'] as const)(
  '--list: one line each, id and title, in groups with headings (%s)',
  async (language) => {
    const { code, stdout, stderr } = await run(['demo', '--list', '--lang', language], { home: files.home })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const texts = language === 'de' ? de : en
    const groups = stdout.trimEnd().split('\n\n')
    expect(groups.map((group) => group.split('\n').map((line) => line.trim().split(/ {2,}/)))).toEqual(
      scenarioGroups.map(({ group, ids: members }) => [
        [texts.scenarioGroups[group]],
        ...members.map((id) => [id, texts.scenarios[id]]),
      ]),
    )
    expect(scenarioGroups.flatMap((group) => group.ids).toSorted()).toEqual(scenarioIds.toSorted())
  },
)

describe('in the terminal', () => {
  test.each([
    ['healthy-on-prem', 'test', 0, null],
    ['wrong-password', 'test', 1, 'wrong-password-or-user-name'],
    ['expired-certificate', 'locate', 1, 'tls-certificate-expired'],
  ])('%s --json: the result of %s, exit %i', async (scenario, command, exit, finding) => {
    const { code, stdout, stderr } = await run(['demo', scenario, '--json'], { home: files.home })
    const result = resultOf(stdout)
    expect({ code, command: result.command }).toEqual({ code: exit, command })
    expect(ids(result)[0] ?? null).toBe(finding)
    expect(stderr.includes(String(finding))).toBe(finding !== null)
  })

  test('--once: both commands for people, and then the end', async () => {
    const { code, stdout, stderr } = await run(['demo', '--once', '--lang', 'de'], { home: files.home })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('URL abrufen')
    expect(stdout).toContain('Verbindung testen')
    expect(stdout.split('Es funktioniert').length).toBe(3)
  })
})

/** What `--serve` prints, as another program would read it. */
const servedSchema = z.looseObject({
  scenario: z.string(),
  host: z.literal('127.0.0.1'),
  ports: z.object({ https: z.number(), http: z.number(), dns: z.number() }),
  caFile: z.string(),
  accounts: z.array(z.object({ email: z.string(), userName: z.string(), password: z.string() })),
  ewsUrl: z.string(),
  options: z.array(z.string()),
  typed: z.looseObject({ email: z.string(), password: z.string() }),
})

test('--serve: says how to reach it, answers other programs, and ends on SIGTERM with nothing left behind', async () => {
  const serving = start(['demo', 'healthy-on-prem', '--serve'], { home: files.home })
  try {
    const { caFile, options, typed, ewsUrl, accounts } = servedSchema.parse(JSON.parse(await serving.firstLine))
    expect(existsSync(caFile)).toBe(true)
    const located = await run(['locate', typed.email, ...options, '--json'], { home: files.home })
    expect(resultOf(located.stdout)).toMatchObject({ ok: true, ewsUrl })
    const [account] = accounts
    const args = ['test', typed.email, '--user', account?.userName ?? '', ...options, '--password-stdin', '--json']
    const tested = await run(args, { home: files.home, input: account?.password ?? '' })
    expect(resultOf(tested.stdout)).toMatchObject({ ok: true, auth: 'ntlm' })
    serving.child.kill('SIGTERM')
    const { code, signal, stdout } = await serving.ended
    expect({ code, signal }).toEqual({ code: 0, signal: null })
    JSON.parse(stdout)
    expect(existsSync(caFile)).toBe(false)
  } finally {
    serving.child.kill('SIGKILL')
  }
})

test('the dialog on a scenario: an address at the end, exit code of the terminal part, and nothing left behind', async () => {
  const directory = join(files.directory, 'tmp')
  mkdirSync(directory)
  const running = start(['demo', 'wrong-password', '--no-open', '--lang', 'en'], {
    home: files.home,
    env: { TMPDIR: directory },
  })
  try {
    const address = await new Promise<string>((resolve, reject) => {
      running.child.stdout.on('data', () => {
        const found = /http:\/\/127\.0\.0\.1:\S+/.exec(running.output())
        if (found !== null && running.output().includes('Ctrl+C')) resolve(found[0])
      })
      running.child.once('close', () => reject(new Error('ended without an address')))
    })
    const status = await new Promise((resolve, reject) => {
      request(address, (response) => resolve(response.resume().statusCode))
        .once('error', reject)
        .end()
    })
    expect(status).toBe(200)
    running.child.kill('SIGTERM')
    expect((await running.ended).code).toBe(1)
    expect(readdirSync(directory)).toEqual([])
    // The person's own settings are not the demo's.
    expect(existsSync(files.home)).toBe(false)
  } finally {
    running.child.kill('SIGKILL')
  }
})
