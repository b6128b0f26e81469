/** `locate` and `test` as scripts call them: options, streams, JSON, evidence and exit codes, on the embedded Exchange. */
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { evidenceSchema } from '../../src/core/evidence/schema.ts'
import { startDemo, type DemoExchange, type ScenarioId } from '../../src/demo/index.ts'
import { startWorld, type World } from '../../src/demo/world.ts'
import { buildProgram, run, scratch, start, worldOptions, type Ended, type Scratch } from './program.ts'
import { ids, resultOf, type Result } from './result.ts'

let files: Scratch
let demo: DemoExchange | undefined
let world: World | undefined
beforeAll(buildProgram, 60_000)
beforeEach(() => void (files = scratch()))
afterEach(async () => {
  await demo?.stop()
  await world?.stop()
  demo = undefined
  world = undefined
  files.remove()
})

async function inWorld(scenario: ScenarioId): Promise<DemoExchange> {
  demo = await startDemo({ scenario })
  return demo
}

type Call = { input?: string; env?: Record<string, string>; withCa?: boolean }

/** Runs with `--json` in a demo's world; standard output has to be one result. */
async function call(
  on: Pick<DemoExchange, 'caFile' | 'dns' | 'connectTo'>,
  args: readonly string[],
  o: Call = {},
): Promise<Ended & { result: Result }> {
  const options = worldOptions(on)
  const ended = await run([...args, ...(o.withCa === false ? options.slice(2) : options), '--json'], {
    home: files.home,
    ...o,
  })
  if (ended.stdout === '') throw new Error(`no result: ${ended.stderr}`)
  return { ...ended, result: resultOf(ended.stdout) }
}

const password = 'Sommer-2026-am-See'
const url = 'https://mail.contoso.example/EWS/Exchange.asmx'

describe('when all is well', () => {
  test('locate: one JSON object, nothing on standard error, exit 0', async () => {
    const on = await inWorld('healthy-on-prem')
    const { code, stderr, result } = await call(on, ['locate', on.typed.email], {
      env: { EWS_SETUP_PASSWORD: password },
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(result).toMatchObject({ command: 'locate', ok: true, outcome: 'works', ewsUrl: url, source: 'json' })
    expect(result.server).toMatchObject({ product: 'Exchange Server SE', build: '15.2.2562.43' })
    expect(result.findings.filter((finding) => finding.severity !== 'info')).toEqual([])
  })

  test('test: logs in and says with what', async () => {
    const on = await inWorld('healthy-on-prem')
    const { code, result } = await call(on, ['test', '--email', on.typed.email, '--url', url], {
      env: { EWS_SETUP_PASSWORD: password },
    })
    expect(code).toBe(0)
    expect(result).toMatchObject({ command: 'test', ok: true, auth: 'ntlm', source: 'manual', ewsUrl: url })
  })

  test('test without a URL finds it first, with OAuth when the three values are there', async () => {
    const on = await inWorld('healthy-online')
    const { tenantId = '', clientId = '', clientSecret = '', email } = on.typed
    const args = ['test', email, '--tenant', tenantId, '--client-id', clientId, '--client-secret-stdin']
    const { code, result } = await call(on, args, { input: `${clientSecret}\n` })
    expect(code).toBe(0)
    expect(result).toMatchObject({ ok: true, auth: 'oauth', ewsUrl: 'https://outlook.office365.com/EWS/Exchange.asmx' })
  })

  test('the report for people has steps, URL, login and version, in both languages', async () => {
    const on = await inWorld('healthy-on-prem')
    for (const [language, words] of [
      ['en', ['It works.', `EWS URL: ${url}`, 'Login: NTLM', 'EWS version:', 'Server: Exchange Server SE', '✔ ']],
      [
        'de',
        ['Es funktioniert.', `EWS-URL: ${url}`, 'Anmeldung: NTLM', 'EWS-Version:', 'Server: Exchange Server SE', '✔ '],
      ],
    ] as const) {
      const ended = await run(['test', on.typed.email, ...worldOptions(on), '--lang', language], {
        home: files.home,
        env: { EWS_SETUP_PASSWORD: password },
      })
      expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' })
      expect(words.filter((word) => !ended.stdout.includes(word))).toEqual([])
      // No colours, and nothing that a file or a ticket cannot hold.
      expect(ended.stdout).not.toContain('\u001b')
    }
  })
})

describe('secrets', () => {
  test.each([
    ['without a newline', password, true],
    ['with one newline', `${password}\n`, true],
    ['with a newline of Windows', `${password}\r\n`, true],
    ['with two newlines: the second belongs to the password', `${password}\n\n`, false],
  ])('--password-stdin %s', async (_name, input, ok) => {
    const on = await inWorld('healthy-on-prem')
    const { code, result } = await call(on, ['test', on.typed.email, '--url', url, '--password-stdin'], { input })
    expect(result.ok).toBe(ok)
    expect(code).toBe(ok ? 0 : 1)
  })

  test('standard input goes before the environment', async () => {
    const on = await inWorld('healthy-on-prem')
    const args = ['test', on.typed.email, '--url', url, '--password-stdin']
    const { result } = await call(on, args, { input: password, env: { EWS_SETUP_PASSWORD: 'another' } })
    expect(result.ok).toBe(true)
  })

  test('the client secret from the environment, the password from standard input', async () => {
    const on = await inWorld('oauth-on-prem')
    const { tenantId = '', clientId = '', clientSecret = '', email } = on.typed
    const args = ['test', email, '--tenant', tenantId, '--client-id', clientId, '--password-stdin']
    const o = { input: password, env: { EWS_SETUP_CLIENT_SECRET: clientSecret } }
    const fellBack = await call(on, args, o)
    expect(fellBack.result).toMatchObject({ ok: true, auth: 'ntlm' })
    expect(ids(fellBack.result)).toContain('oauth-fell-back-to-password')
    const without = await call(on, [...args, '--no-fallback'], o)
    expect(without.code).toBe(1)
    expect(without.result).toMatchObject({ ok: false, auth: null })
    expect(ids(without.result)[0]).toBe('oauth-not-offered-by-server')
  })
})

describe('a failure', () => {
  test.each(['en', 'de'] as const)(
    'exit 1, and the first finding with its remedy on standard error (%s)',
    async (language) => {
      const on = await inWorld('wrong-password')
      const { code, stderr, result } = await call(on, ['test', on.typed.email, '--url', url, '--lang', language], {
        env: { EWS_SETUP_PASSWORD: password },
      })
      expect(code).toBe(1)
      const [first] = result.findings
      expect(first?.id).toBe('wrong-password-or-user-name')
      expect(first?.remedy.length).toBeGreaterThan(0)
      expect(stderr).toContain(first?.title)
      for (const step of first?.remedy ?? []) expect(stderr).toContain(step)
      expect(stderr).not.toMatch(/^\s+at /m)
      // One press, one failed logon.
      expect(on.journal.filter((entry) => entry.logon === 'refused')).toHaveLength(1)
    },
  )

  test('the words are German or English, everything else is the same', async () => {
    const on = await inWorld('wrong-certificate')
    const [english, german] = [
      await call(on, ['locate', on.typed.email, '--lang', 'en']),
      await call(on, ['locate', on.typed.email, '--lang', 'de']),
    ]
    expect(ids(german.result)).toEqual(ids(english.result))
    expect(german.result.findings[0]?.title).not.toBe(english.result.findings[0]?.title)
  })

  test('a wrong shape of a value is said before anything is sent, as a result', async () => {
    const on = await inWorld('healthy-on-prem')
    const { code, result } = await call(on, ['locate', 'no-address'])
    expect(code).toBe(1)
    expect(ids(result)[0]).toBe('mail-address-invalid')
    expect(on.journal).toEqual([])
  })
})

describe('options', () => {
  test('--user: the name that the server wants', async () => {
    const on = await inWorld('user-name-differs')
    const { result } = await call(on, ['test', on.typed.email, '--user', 'CONTOSO\\anna'], {
      env: { EWS_SETUP_PASSWORD: password },
    })
    expect(result.ok).toBe(true)
  })

  test('--url: where Autodiscover is missing', async () => {
    const on = await inWorld('autodiscover-missing')
    expect((await call(on, ['locate', on.typed.email])).code).toBe(1)
    const { result } = await call(on, ['test', on.typed.email, '--url', url], { env: { EWS_SETUP_PASSWORD: password } })
    expect(result).toMatchObject({ ok: true, source: 'manual' })
  })

  test.each([
    ['ntlm', 'ntlm', 0],
    ['basic', null, 1],
    ['oauth', null, 1],
  ])('--auth %s', async (scheme, auth, exit) => {
    const on = await inWorld('healthy-on-prem')
    const { code, result } = await call(on, ['test', on.typed.email, '--url', url, '--auth', scheme], {
      env: { EWS_SETUP_PASSWORD: password },
    })
    expect(result.auth).toBe(auth)
    expect(code).toBe(exit)
    if (auth === null) expect(on.journal.filter((entry) => entry.logon !== null)).toEqual([])
  })

  test('--ews-version: one that the server does not know is told, with the highest that works', async () => {
    const on = await inWorld('old-version')
    const { code, result } = await call(on, ['test', on.typed.email, '--url', url, '--ews-version', 'Exchange2013'], {
      env: { EWS_SETUP_PASSWORD: password },
    })
    expect(code).toBe(1)
    expect(JSON.stringify(result.findings[0])).toContain('Exchange2010_SP2')
    const right = await call(on, ['test', on.typed.email, '--url', url, '--ews-version', 'exchange2010_sp1'], {
      env: { EWS_SETUP_PASSWORD: password },
    })
    expect(right.result).toMatchObject({ ok: true, ewsVersion: 'Exchange2010_SP1' })
  })

  test('--cloud: another authority and EWS host, and nothing at the global ones', async () => {
    const on = await inWorld('healthy-online')
    const { tenantId = '', clientId = '', email } = on.typed
    const args = ['test', email, '--tenant', tenantId, '--client-id', clientId, '--cloud', 'gcc-high', '--timeout', '5']
    const { code, result } = await call(on, args, { env: { EWS_SETUP_CLIENT_SECRET: 'x' } })
    expect(code).toBe(1)
    expect(result.steps.map((step) => step.id)).toContain('json:outlook.office365.us')
    expect(on.queries.map((query) => query.name)).toContain('login.microsoftonline.us')
    expect(on.journal.filter((entry) => /microsoftonline\.com|office365\.com/.test(entry.host))).toEqual([])
  })

  test('--cacert: without it the issuer is unknown', async () => {
    const on = await inWorld('healthy-on-prem')
    const { code, result } = await call(on, ['test', on.typed.email, '--url', url], {
      withCa: false,
      env: { EWS_SETUP_PASSWORD: password },
    })
    expect(code).toBe(1)
    expect(ids(result)[0]).toBe('tls-issuer-unknown')
  })

  test('--trust-host: consent in advance, for that host alone', async () => {
    const on = await inWorld('foreign-redirect')
    const without = await call(on, ['locate', on.typed.email], { env: { EWS_SETUP_PASSWORD: password } })
    expect(without.code).toBe(1)
    expect(ids(without.result)).toContain('foreign-redirect-refused')
    expect(
      on.journal.filter((entry) => entry.authorization !== null && entry.authorization !== 'bearer-empty'),
    ).toEqual([])
    const other = await call(on, ['locate', on.typed.email, '--trust-host', 'other.example'], {
      env: { EWS_SETUP_PASSWORD: password },
    })
    expect(other.code).toBe(1)
    const args = [
      'locate',
      on.typed.email,
      '--trust-host',
      'other.example',
      '--trust-host',
      'Exchange.Hosting-Partner.example',
    ]
    const { code, result } = await call(on, args, { env: { EWS_SETUP_PASSWORD: password } })
    expect(code).toBe(0)
    expect(result.ewsUrl).toBe('https://exchange.hosting-partner.example/EWS/Exchange.asmx')
  })

  test('--debug shows no stack where there is none to show', async () => {
    const on = await inWorld('wrong-certificate')
    const { stderr } = await call(on, ['locate', on.typed.email, '--debug'])
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})

describe('evidence', () => {
  test('is written for its owner alone, and has the schema', async () => {
    const on = await inWorld('wrong-password')
    const file = join(files.directory, 'evidence.json')
    const { result } = await call(on, ['test', on.typed.email, '--evidence', file], {
      env: { EWS_SETUP_PASSWORD: password },
    })
    const text = readFileSync(file, 'utf8')
    const evidence = evidenceSchema.parse(JSON.parse(text))
    expect(evidence.steps.map((step) => step.id)).toEqual(result.steps.map((step) => step.id))
    expect(text).not.toContain(password)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test.skipIf(process.platform === 'win32')('takes a file that others could read away from them', async () => {
    const on = await inWorld('healthy-on-prem')
    const file = join(files.directory, 'evidence.json')
    writeFileSync(file, 'x'.repeat(100_000))
    chmodSync(file, 0o644)
    await call(on, ['locate', on.typed.email, '--evidence', file])
    evidenceSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

/** Every host takes the connection and says nothing. */
async function silence(): Promise<World> {
  const silent = { https: 'silent', http: 'silent' } as const
  const names = [
    'contoso.example',
    'autodiscover.contoso.example',
    'outlook.office365.com',
    'login.microsoftonline.com',
  ]
  world = await startWorld({ zones: {}, hosts: Object.fromEntries(names.map((name) => [name, silent])) })
  return world
}

describe('a run that is stopped', () => {
  test('--timeout: exit 3 close to the budget, with a finding', async () => {
    const on = await silence()
    const { code, stderr, result } = await call(on, ['locate', 'anna@contoso.example', '--timeout', '1'])
    expect(code).toBe(3)
    expect(result).toMatchObject({ ok: false, outcome: 'budget-spent' })
    expect(ids(result)).toContain('time-budget-spent')
    expect(stderr).toContain(result.findings[0]?.title)
  })

  test('--timeout takes fractions of a second', async () => {
    const on = await silence()
    const file = join(files.directory, 'evidence.json')
    const { code } = await call(on, [
      'test',
      'anna@contoso.example',
      '--url',
      'https://contoso.example/EWS/Exchange.asmx',
      '--timeout',
      '1.5',
      '--evidence',
      file,
    ])
    expect(code).toBe(3)
    const { ms } = evidenceSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    expect(ms).toBeGreaterThanOrEqual(1_490)
    expect(ms).toBeLessThan(3_000)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s: the result so far, exit 130', async (signal) => {
    const on = await silence()
    const file = join(files.directory, 'evidence.json')
    const running = start(['locate', 'anna@contoso.example', ...worldOptions(on), '--json', '--evidence', file], {
      home: files.home,
    })
    // It is under way as soon as it has asked for a name.
    await until(() => on.queries.length > 0, running.ended)
    running.child.kill(signal)
    const { code, stdout, stderr } = await running.ended
    const result = resultOf(stdout)
    expect(code).toBe(130)
    expect(result).toMatchObject({ ok: false, outcome: 'cancelled' })
    expect(stderr.trim()).not.toBe('')
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(evidenceSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).outcome).toBe('cancelled')
  })
})

test('a reader that goes away early is no fault', async () => {
  const on = await inWorld('healthy-on-prem')
  const running = start(['locate', on.typed.email, ...worldOptions(on), '--json'], { home: files.home })
  running.child.stdout.destroy()
  const { code, stderr } = await running.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

/** Settles when the condition holds; fails when the program ends before that. */
async function until(condition: () => boolean, ended: Promise<Ended>): Promise<void> {
  let over: Ended | undefined
  void ended.then((value) => (over = value))
  while (!condition()) {
    if (over !== undefined) throw new Error(`ended too early: ${over.stderr}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
