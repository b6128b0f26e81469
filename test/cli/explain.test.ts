// `explain` as a person and as a script see it: outputs, languages and exit codes. In this process, with captured streams.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { explain, type ExplainFlags } from '../../src/cli/explain.ts'
import { judge } from '../../src/core/findings/judge.ts'
import { limits } from '../../src/core/limits.ts'
import type { Language } from '../../src/contract/contract.ts'
import { ews, evidenceOf, http, login, step } from '../core/findings/evidenceOf.ts'
import * as given from '../core/files/material.ts'
import { explain as de } from '../../src/texts/explain.de.ts'
import { explain as en } from '../../src/texts/explain.en.ts'
import { placeholdersOf } from '../../src/texts/format.ts'

const dir = mkdtempSync(join(tmpdir(), 'ews-setup-explain-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

type Ran = { code: number; out: string; err: string }

async function run(
  source: string,
  o: Partial<ExplainFlags> & { stdin?: Readable & { isTTY?: boolean }; watched?: boolean } = {},
): Promise<Ran> {
  let out = ''
  let err = ''
  const { stdin, watched, ...flags } = o
  const code = await explain(
    source,
    { language: 'en', ...flags },
    {
      stdin: stdin ?? Readable.from([]),
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (err += text) },
      watched: watched ?? false,
      now: new Date('2026-11-23T12:00:00Z'),
    },
  )
  return { code, out, err }
}

function file(content: string | Buffer): string {
  const path = join(dir, `${String(Math.random()).slice(2)}.json`)
  writeFileSync(path, content)
  return path
}

const failed = evidenceOf({
  steps: [step('login:ntlm', [http(ews, { status: 401, credentials: 'ntlm' }), login(ews, { handshake: 'complete' })])],
})
const worked = evidenceOf({ steps: [], outcome: 'works', ewsUrl: ews, auth: 'ntlm' })
const piped = (text: string): { stdin: Readable } => ({ stdin: Readable.from([Buffer.from(text)]) })

describe('saved evidence', () => {
  test('of a failed run: report, first finding on standard error, exit code 1', async () => {
    const { code, out, err } = await run(file(JSON.stringify(failed)))
    expect(code).toBe(1)
    expect(out).toContain('It does not work.')
    expect(out).toContain('(wrong-password-or-user-name)')
    expect(out).toContain('Login with NTLM')
    expect(err).toContain('(wrong-password-or-user-name)')
  })

  test('of a run that worked: exit code 0', async () => {
    const { code, out, err } = await run('-', piped(JSON.stringify(worked)))
    expect(code).toBe(0)
    expect(out).toContain('It works')
    expect(err).toBe('')
  })

  test('in German, where it was saved in no language at all', async () => {
    const { out } = await run(file(JSON.stringify(failed)), { language: 'de' })
    expect(out).toContain('Es funktioniert nicht.')
  })

  test('as JSON: the object of the contract, and the same findings as live', async () => {
    const { code, out } = await run(file(JSON.stringify(failed)), { json: true })
    expect(code).toBe(1)
    const json = JSON.parse(out) as Record<string, unknown>
    expect(json).toMatchObject({ schema: 1, command: 'explain', ok: false, source: null, auth: null, server: null })
    expect(json['findings']).toMatchObject(judge(failed))
    expect(json['steps']).toMatchObject([{ id: 'login:ntlm', phase: 'discovery' }])
  })

  test('one terminal for both outputs shows the cause once', async () => {
    expect((await run(file(JSON.stringify(failed)), { watched: true })).err).toBe('')
  })
})

describe('raw material', () => {
  test('says what it was taken for, and claims no run', async () => {
    const { code, out, err } = await run('-', piped(given.tokenError(7000215)))
    expect(code).toBe(1)
    expect(out).toMatch(
      /^Recognised as: the answer of a token endpoint\.\n.*AADSTS7000215.*\n\nThe text shows what is wrong\.\n/,
    )
    expect(out).toContain('(client-secret-wrong)')
    expect(err).toContain('(client-secret-wrong)')
  })

  test('that is in order', async () => {
    const { code, out } = await run('-', { ...piped(given.jwt(given.goodClaims)), language: 'de' })
    expect(code).toBe(0)
    expect(out).toContain(de.results.nothingWrong)
    expect(out).not.toContain(given.signature)
  })

  test.each<[string, string, keyof typeof de.results]>([
    ['a 401 without its request is not told as in order', given.wantsLogin.join('\r\n'), 'unclear'],
    ['nor is a status line alone', 'HTTP/1.1 401 Unauthorized', 'unclear'],
    ['nor is a challenge alone', 'WWW-Authenticate: NTLM', 'unclear'],
    [
      'a 401 to a login that was sent is wrong',
      given.trace({ request: given.request(`Basic ${given.basicCanary}`), answer: given.wantsLogin }),
      'wrong',
    ],
  ])('%s', async (_name, text, verdict) => {
    const { out } = await run('-', { ...piped(text), language: 'de' })
    expect(out).toContain(de.results[verdict])
  })

  test('as JSON', async () => {
    const { code, out } = await run('-', { ...piped(given.poxUrl), json: true })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      command: 'explain',
      ok: true,
      ewsUrl: given.ewsUrl,
      source: 'pox',
      findings: [],
    })
  })

  test('that is no fault: what it says stands there all the same', async () => {
    const { code, out } = await run('-', piped(given.wantsLogin.join('\n')))
    expect(code).toBe(0)
    expect(out).toContain('EWS answers and wants a login. Offered: Negotiate, NTLM and Basic.')
  })

  test('as Windows PowerShell writes it', async () => {
    const utf16 = Buffer.from(`\ufeff${given.tokenError(7000215)}`, 'utf16le')
    expect((await run(file(utf16))).out).toContain('(client-secret-wrong)')
    expect((await run(file(Buffer.from(utf16).swap16()))).out).toContain('(client-secret-wrong)')
  })

  test('in pieces that cut a character', async () => {
    const bytes = Buffer.from('AADSTS999999: Ungültiger geheimer Clientschlüssel')
    const { out } = await run('-', { stdin: Readable.from([...bytes].map((byte) => Buffer.from([byte]))) })
    expect(out).toContain('Ungültiger')
  })
})

describe('the report as a file', () => {
  test('is a page that stands for itself, beside the usual output', async () => {
    const html = join(dir, 'report.html')
    const { code, out } = await run(file(JSON.stringify(failed)), { html, language: 'de' })
    expect(code).toBe(1)
    expect(out).toContain('Es funktioniert nicht.')
    const page = readFileSync(html, 'utf8')
    expect(page).toMatch(/^<!doctype html>\n<html lang="de">/)
    expect(page).toContain('wrong-password-or-user-name')
    expect(page).not.toMatch(/<script|https?:\/\/[^ ]*\.(js|css)/)
  })

  test.each<[string, () => string, RegExp]>([
    ['a directory', () => dir, /EISDIR/],
    ['a place that is not there', () => join(dir, 'none', 'report.html'), /none.*ENOENT/],
  ])('%s is refused with exit code 2 and nothing else', async (_name, html, words) => {
    for (const language of ['de', 'en'] as const) {
      const { code, out, err } = await run(file(JSON.stringify(failed)), { html: html(), language, json: true })
      expect(code).toBe(2)
      expect(out).toBe('')
      expect(err).toMatch(words)
      expect(err.trimEnd().split('\n')).toHaveLength(1)
    }
  })

  test('of a text claims no run', async () => {
    const html = join(dir, 'text.html')
    expect((await run('-', { ...piped(given.tokenError(7000215)), html })).code).toBe(1)
    const page = readFileSync(html, 'utf8')
    expect(page).toContain(en.shapes['token-answer'])
    expect(page).toContain(en.results.wrong)
    expect(page).not.toMatch(/It does not work|Test connection|Node\.js/)
  })

  test('is not written for what cannot be read', async () => {
    const html = join(dir, 'unread.html')
    expect((await run(file('nothing works'), { html })).code).toBe(2)
    expect(existsSync(html)).toBe(false)
  })
})

describe('what cannot be read', () => {
  const languages: Language[] = ['en', 'de']
  test.each<[string, () => string, (texts: typeof de) => string | RegExp]>([
    ['a file that is not there', () => join(dir, 'none.json'), () => /none\.json/],
    ['a directory', () => dir, () => /EISDIR/],
    ['an endless device', () => '/dev/zero', () => '20 MB'],
    ['a newer schema', () => file('{"schema":9,"product":{"name":"ews-setup"}}'), () => /schema.*9|Schema.*9/],
    ['damaged evidence', () => file(JSON.stringify(failed).slice(0, 900)), (texts) => texts.refusals.damaged],
    ['prose', () => file('nothing works'), (texts) => texts.refusals.unknown],
    ['a page', () => file('<html><script>alert(1)</script></html>'), (texts) => texts.refusals.unknown],
    ['nothing', () => file(''), (texts) => texts.refusals.unknown],
    ['binary', () => file(Buffer.from([0, 1, 2, 255, 254])), (texts) => texts.refusals.unknown],
    ['a paste beyond the limit', () => file('x'.repeat(limits.pastedBytes + 1)), () => '1 MB'],
  ])('%s: exit code 2 and one clear line', async (_name, source, words) => {
    for (const language of languages) {
      const { code, out, err } = await run(source(), { language, json: true })
      expect(code).toBe(2)
      expect(out).toBe('')
      const expected = words(language === 'de' ? de : en)
      if (typeof expected === 'string') expect(err).toContain(expected)
      else expect(err).toMatch(expected)
      expect(err.trimEnd().split('\n')).toHaveLength(1)
      expect(err).not.toMatch(/\{\w+\}|\bat .*:\d+/)
    }
  })

  test('50 MB on standard input are not read to the end', async () => {
    let given = 0
    async function* endless(): AsyncGenerator<Buffer> {
      for (; given < 100; given += 1) yield Buffer.alloc(1024 * 1024, 'x')
    }
    expect((await run('-', { stdin: Readable.from(endless()) })).code).toBe(2)
    expect(given).toBeLessThan(50)
  })

  test('a terminal is not waited for', async () => {
    const stdin = Object.assign(Readable.from([]), { isTTY: true })
    expect(await run('-', { stdin })).toMatchObject({ code: 2, err: `${en.refusals.terminal}\n` })
  })
})

test('both languages have the same placeholders', () => {
  const sentences = (words: object): string[] =>
    Object.values(words).flatMap((one: unknown) => (typeof one === 'string' ? [one] : sentences(one as object)))
  expect(sentences(de).map((one) => placeholdersOf(one))).toEqual(sentences(en).map((one) => placeholdersOf(one)))
})
