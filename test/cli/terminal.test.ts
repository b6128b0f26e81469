/** What a person at a terminal sees that a file does not: steps as they go, and each thing once. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startDemo, type DemoExchange } from '../../src/demo/index.ts'
import { skipReason } from '../servers/skip.ts'
import { buildProgram, environment, program, scratch, worldOptions, type Scratch } from './program.ts'
import { resultOf } from './result.ts'

const script = (process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, 'script'))
const missing =
  process.platform !== 'linux'
    ? 'a terminal for tests comes from script(1) of Linux'
    : script.some((file) => existsSync(file))
      ? null
      : 'a terminal for tests needs script(1) of util-linux'

let files: Scratch
let demo: DemoExchange
beforeAll(buildProgram, 60_000)
beforeAll(async () => void (demo = await startDemo({ scenario: 'wrong-certificate' })))
afterAll(() => demo.stop())
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

/** Runs in a pseudo-terminal; `into` redirects streams as a shell does. */
async function inTerminal(args: readonly string[], into = ''): Promise<{ code: number | null; seen: string }> {
  const quoted = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['--quiet', '--return', '--command', `${quoted} ${into}`, '/dev/null'], {
    env: environment({ home: files.home, env: { TERM: 'xterm-256color', SHELL: '/bin/sh' } }),
  })
  let seen = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (seen += text))
  child.stdin.end()
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, seen: seen.replaceAll('\r\n', '\n') }
}

const count = (text: string, part: string): number => text.split(part).length - 1
const title = 'shared-hosting.example'

describe.skipIf(skipReason(missing))('in a terminal', () => {
  test('each step and each finding appears once, without colours', async () => {
    const { code, seen } = await inTerminal(['locate', demo.typed.email, ...worldOptions(demo), '--lang', 'en'])
    expect(code).toBe(1)
    expect(count(seen, ' Fields (')).toBe(1)
    expect(count(seen, '(tls-name-mismatch)')).toBe(1)
    expect(seen.indexOf(' Fields (')).toBeLessThan(seen.indexOf('It does not work.'))
    expect(seen).not.toContain('\u001b')
    expect(seen).toContain(title)
  })

  test('with --json in a file the steps and the first finding are on the terminal', async () => {
    const file = join(files.directory, 'result.json')
    const { code, seen } = await inTerminal(
      ['locate', demo.typed.email, ...worldOptions(demo), '--json'],
      `> '${file}'`,
    )
    expect(code).toBe(1)
    expect(count(seen, ' Fields (')).toBe(1)
    expect(count(seen, '(tls-name-mismatch)')).toBe(1)
    expect(resultOf(readFileSync(file, 'utf8')).ok).toBe(false)
  })

  test('with standard error in a file that file has the finding and no steps', async () => {
    const file = join(files.directory, 'errors.txt')
    const { seen } = await inTerminal(['locate', demo.typed.email, ...worldOptions(demo)], `2> '${file}'`)
    const errors = readFileSync(file, 'utf8')
    expect(count(errors, '(tls-name-mismatch)')).toBe(1)
    expect(errors).not.toContain(' Fields (')
    expect(count(seen, ' Fields (')).toBe(1)
  })

  test('a secret is not read from the keyboard, where it would show', async () => {
    const { code, seen } = await inTerminal(['test', 'a@b.example', '--password-stdin'])
    expect(code).toBe(2)
    expect(seen).toContain('Standard input is a terminal')
  })
})
