import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Secret } from '../../src/core/auth/secret.ts'
import { logFolder, openLog } from '../../src/host/log.ts'
import { logLine, scrubbed } from '../../src/host/logLine.ts'

const now = new Date('2026-11-24T08:00:00.000Z')
let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ews-log-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))
const open = (most?: number) => openLog({ directory, clock: () => now, ...(most === undefined ? {} : { most }) })
const read = (name = 'ews-setup.log') => readFileSync(join(directory, 'logs', name), 'utf8')

describe('the files', () => {
  test('begin with the first line, and only their owner reads them', () => {
    const log = open()
    expect(readdirSync(directory)).toEqual([])
    log.write('started')
    expect(read()).toBe('2026-11-24T08:00:00.000Z started\n')
    expect(statSync(join(logFolder(directory), 'ews-setup.log')).mode & 0o777).toBe(0o600)
    expect(statSync(logFolder(directory)).mode & 0o777).toBe(0o700)
  })

  test('an older one with looser rights is tightened and gone on with', () => {
    mkdirSync(join(directory, 'logs'))
    writeFileSync(join(directory, 'logs', 'ews-setup.log'), 'before\n', { mode: 0o644 })
    open().write('after')
    expect(read()).toBe('before\n2026-11-24T08:00:00.000Z after\n')
    expect(statSync(join(directory, 'logs', 'ews-setup.log')).mode & 0o777).toBe(0o600)
  })

  test('are two, and neither grows beyond its bound', () => {
    const log = open(1_000)
    for (let line = 0; line < 500; line += 1) log.write(`line ${line}`)
    expect(readdirSync(logFolder(directory)).toSorted()).toEqual(['ews-setup.1.log', 'ews-setup.log'])
    for (const name of readdirSync(logFolder(directory)))
      expect(statSync(join(logFolder(directory), name)).size).toBeLessThanOrEqual(1_000)
    expect(read()).toMatch(/line 499\n$/)
    // Nothing between the two is lost.
    const numbers = [...`${read('ews-setup.1.log')}${read()}`.matchAll(/line (\d+)/g)].map(([, number]) =>
      Number(number),
    )
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 500 - numbers.length + index))
  })

  test('the same again and again is counted, not written', () => {
    const log = open()
    for (let time = 0; time < 10_000; time += 1) log.write('a message that is no call was refused')
    log.write('other')
    expect(read().split('\n')).toEqual([
      '2026-11-24T08:00:00.000Z a message that is no call was refused',
      '2026-11-24T08:00:00.000Z (the line before came 9999 more times)',
      '2026-11-24T08:00:00.000Z other',
      '',
    ])
  })

  test('a link in their place is not followed, and what cannot be written stops nothing', () => {
    const victim = join(directory, 'victim')
    writeFileSync(victim, 'untouched')
    mkdirSync(join(directory, 'logs'))
    symlinkSync(victim, join(directory, 'logs', 'ews-setup.log'))
    const codes: string[] = []
    const log = openLog({ directory, onTrouble: (code) => codes.push(code) })
    log.write('one')
    log.write('two')
    expect([readFileSync(victim, 'utf8'), codes]).toEqual(['untouched', ['ELOOP']])
  })
})

describe('a line', () => {
  test.each([
    ['connect https://anna:geheim@proxy.contoso.com:8080/x', ['geheim', 'anna'], 'https://…@proxy.contoso.com:8080/x'],
    ['Authorization: Basic YW5uYTpnZWhlaW0=', ['YW5u'], 'Authorization: …'],
    ['proxy-authorization: NTLM TlRMTVNTUAAB x', ['TlRM', ' x'], 'proxy-authorization: …'],
    ['the header "cookie":"X-Session=abc; y=d"', ['abc', 'y=d'], 'cookie'],
    ['got Bearer eyJhbGciOi.eyJzdWIi.c2ln back', ['eyJ', 'c2ln'], 'got'],
    ['Negotiate YIIGhgYGKwYBBQUCoIIGejCCBna', ['YII'], 'Negotiate …'],
    ['https://x.example/?code=1&client_secret=abc~D-1&y=2', ['abc'], 'client_secret=…&y=2'],
    ['{"passphrase":"rosebud"}', ['rosebud'], 'passphrase'],
    ['EWS_SETUP_PROXY_PASSWORD=hunter2', ['hunter2'], 'EWS_SETUP_PROXY_PASSWORD=…'],
    ['identity AGE-SECRET-KEY-1QQQQ', ['1QQQQ'], 'identity …'],
    ['mailbox anna.muster+x@contoso.com is gone', ['anna', 'muster'], '…@contoso.com is gone'],
    ['ENOENT: /home/anna/x.json', ['anna'], '~/x.json'],
  ])('%s', (text, gone, stays) => {
    const line = scrubbed(text, '/home/anna')
    for (const part of gone) expect(line).not.toContain(part)
    expect(line).toContain(stays)
  })

  test('shows no Secret, however it gets there', () => {
    const secret = new Secret('rosebud')
    expect(logLine(`${String(secret)} ${JSON.stringify({ secret })} ${inspect({ secret })}`, now)).not.toContain(
      'rosebud',
    )
  })

  test('of a stack stays one entry, and nothing in it can look like another or move the cursor', () => {
    const text = 'Error: x\n    at y\r\n2026-01-01T00:00:00.000Z forged\u2028more\u001b[2J\u202e'
    expect(logLine(text, now)).toBe(
      '2026-11-24T08:00:00.000Z Error: x\n      at y\n  2026-01-01T00:00:00.000Z forged\n  more\ufffd[2J\ufffd\n',
    )
  })

  test('is not endless, and takes no time that grows with its tricks', () => {
    for (const text of [
      'a@'.repeat(100_000),
      'x'.repeat(1_000_000),
      `password=${' '.repeat(100_000)}`,
      'eyJ'.repeat(50_000),
    ]) {
      const started = performance.now()
      expect(logLine(text, now).length).toBeLessThan(9_000)
      expect(performance.now() - started).toBeLessThan(1_000)
    }
  })
})
