/** `ews-setup test` against real NTLM: apache2 with gss-ntlmssp, and a server that insists on channel bindings. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startExchangeOnApache } from '../servers/exchangeOnApache.ts'
import { accounts, ewsPath, missing, startEpaServer, startNtlmServer, type RunningServer } from '../servers/recipes.ts'
import { skipReason } from '../servers/skip.ts'
import { buildProgram, run, scratch, type Scratch } from './program.ts'
import { ids, resultOf, type Result } from './result.ts'

let files: Scratch
beforeAll(buildProgram, 60_000)
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

type Login = { userName: string; password: string; more?: readonly string[] }
type Tested = { code: number | null; result: Result; refused: number }

/** Runs the test, and counts what the server itself calls a failed logon. */
async function testAt(server: RunningServer, { userName, password, more = [] }: Login): Promise<Tested> {
  const before = await server.failedLogons()
  const args = [
    'test',
    'alice@contoso.example',
    '--url',
    `${server.httpsUrl}${ewsPath}`,
    '--cacert',
    join(server.dir, 'cert.pem'),
  ]
  const { code, stdout, stderr } = await run([...args, '--user', userName, '--password-stdin', '--json', ...more], {
    home: files.home,
    input: `${password}\n`,
  })
  if (stdout === '') throw new Error(stderr)
  return { code, result: resultOf(stdout), refused: (await server.failedLogons()) - before }
}

const { alice, bob } = accounts

describe.skipIf(skipReason(missing.ntlm))('apache2 with gss-ntlmssp, and a mailbox behind it', () => {
  let server: RunningServer
  beforeAll(async () => void (server = await startExchangeOnApache()))
  afterAll(() => server?.stop())

  test.each([
    ['as DOMAIN\\user', alice],
    ['with umlauts in the password', bob],
    ['with the user in upper case', { ...alice, userName: 'CONTOSO\\ALICE' }],
    ['by --auth ntlm', { ...alice, more: ['--auth', 'ntlm'] }],
  ])('%s: works, without a failed logon', async (_name, login) => {
    const { code, result, refused } = await testAt(server, login)
    expect(result).toMatchObject({
      ok: true,
      auth: 'ntlm',
      source: 'manual',
      server: { product: 'Exchange Server SE' },
    })
    expect({ code, refused }).toEqual({ code: 0, refused: 0 })
  })

  test.each([
    ['a wrong password', { ...alice, password: 'wrong' }],
    ['an umlaut written otherwise', { ...bob, password: bob.password.normalize('NFD') }],
    ['an unknown user', { userName: 'CONTOSO\\eve', password: 'wrong' }],
    ['another domain, sent as typed', { ...alice, userName: 'FABRIKAM\\alice' }],
  ])('%s: exactly one failed logon, and the finding says so', async (_name, login) => {
    const { code, result, refused } = await testAt(server, login)
    expect(ids(result)[0]).toBe('wrong-password-or-user-name')
    expect(result).toMatchObject({ ok: false, auth: null })
    expect({ code, refused }).toEqual({ code: 1, refused: 1 })
  })

  test('a user name without domain reaches the server as typed', async () => {
    const log = join(server.dir, 'error.log')
    const before = (await readFile(log, 'utf8')).length
    const { refused, result } = await testAt(server, { userName: 'alice', password: 'wrong' })
    expect(refused).toBe(1)
    expect(ids(result)[0]).toBe('wrong-password-or-user-name')
    // The server never learned of a domain that nobody typed.
    expect((await readFile(log, 'utf8')).slice(before)).not.toMatch(/CONTOSO|contoso\.example/i)
  })

  test('--auth basic is not offered, and no password goes out', async () => {
    const { code, result, refused } = await testAt(server, { ...alice, more: ['--auth', 'basic'] })
    expect(ids(result)[0]).toBe('login-scheme-not-offered')
    expect({ code, refused }).toEqual({ code: 1, refused: 0 })
  })
})

describe.skipIf(skipReason(missing.ntlm))('apache2 with gss-ntlmssp, and something else behind it', () => {
  let server: RunningServer
  beforeAll(async () => void (server = await startNtlmServer()))
  afterAll(() => server?.stop())

  test('the login is accepted, and what answers is not called EWS', async () => {
    const { code, result, refused } = await testAt(server, alice)
    honest(result)
    expect({ code, refused }).toEqual({ code: 1, refused: 0 })
  })
})

describe.skipIf(skipReason(missing.epa))('Extended Protection, required', () => {
  let server: RunningServer
  beforeAll(async () => void (server = await startEpaServer({ epa: 'require' })))
  afterAll(() => server?.stop())

  test.each([
    ['alice', alice],
    ['bob', bob],
  ])('%s: the channel binding is right, and what answers is not called EWS', async (_name, login) => {
    const { code, result, refused } = await testAt(server, login)
    honest(result)
    expect({ code, refused }).toEqual({ code: 1, refused: 0 })
  })

  test('a wrong password is one failed logon', async () => {
    const { result, refused } = await testAt(server, { ...alice, password: 'wrong' })
    expect(ids(result)[0]).toBe('wrong-password-or-user-name')
    expect(refused).toBe(1)
  })
})

/** Logged in, and yet no mailbox: neither a refusal nor a success. */
function honest(result: Result): void {
  expect(result).toMatchObject({ ok: false, auth: 'ntlm' })
  expect(result.steps.find((step) => step.id === 'login:ntlm')?.summary).toMatch(/not from EWS/)
  expect(ids(result)).not.toContain('wrong-password-or-user-name')
  expect(result.findings.length).toBeGreaterThan(0)
}
