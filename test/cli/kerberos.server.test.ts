/** `ews-setup` with the Kerberos ticket of the login session: a real KDC, and apache2 with Negotiate in front of a mailbox. */
import { createServer } from 'node:https'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeAuthority } from '../../src/demo/certificates.ts'
import { principals, startRealm, type Realm } from '../servers/kerberos.ts'
import { ewsPath, missing } from '../servers/recipes.ts'
import { skipReason } from '../servers/skip.ts'
import { buildProgram, run, scratch, type Scratch } from './program.ts'
import { ids, resultOf, type Result } from './result.ts'

let files: Scratch
beforeAll(buildProgram, 60_000)
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

describe.skipIf(skipReason(missing.kerberos))('Negotiate with a Kerberos ticket', () => {
  let realm: Realm
  beforeAll(async () => void (realm = await startRealm()), 30_000)
  afterAll(() => realm?.stop())
  afterEach(() => realm.dropTicket())

  type Tested = { code: number | null; result: Result; refused: number }
  async function testWith(
    o: { args?: readonly string[]; input?: string; url?: string; caFile?: string } = {},
  ): Promise<Tested> {
    const before = await realm.server.failedLogons()
    const url = o.url ?? `${realm.front.url}${ewsPath}`
    const args = ['test', 'alice@contoso.test', '--url', url, '--cacert', o.caFile ?? realm.caFile, '--json']
    const { code, stdout, stderr } = await run([...args, ...(o.args ?? [])], {
      home: files.home,
      env: realm.environment,
      ...(o.input === undefined ? {} : { input: o.input }),
    })
    if (stdout === '') throw new Error(stderr)
    return { code, result: resultOf(stdout), refused: (await realm.server.failedLogons()) - before }
  }
  const loginStep = (result: Result) => result.steps.find((step) => step.id === 'login:negotiate')

  test.each([
    ['alice', principals.alice, []],
    ['bob, whose password has umlauts', principals.bob, []],
    ['by --auth negotiate', principals.alice, ['--auth', 'negotiate']],
  ])('%s: no password at all, and the mailbox is read', async (_name, { user, password }, args) => {
    await realm.fetchTicket(user, password)
    const { code, result, refused } = await testWith({ args })
    expect(result).toMatchObject({ ok: true, auth: 'negotiate' })
    expect(loginStep(result)?.summary).toContain(`${user}@CONTOSO.TEST`)
    expect({ code, refused }).toEqual({ code: 0, refused: 0 })
  })

  test('a wrong password gives no ticket, and without one a password is asked for', async () => {
    await expect(realm.fetchTicket('bob', 'Passwort-ss')).rejects.toThrow('kinit')
    const { code, result, refused } = await testWith()
    expect(ids(result)[0]).toBe('credentials-missing')
    expect({ code, refused }).toEqual({ code: 1, refused: 0 })
  })

  test('with a password the ticket stays out of it: what was typed is what is tested', async () => {
    await realm.fetchTicket('alice', principals.alice.password)
    const before = await realm.serviceTickets()
    const { code, result, refused } = await testWith({
      args: ['--user', 'CONTOSO\\alice', '--password-stdin'],
      input: 'wrong\n',
    })
    // Kerberos with a password needs the platform, and this one has no way for it; the password went nowhere.
    expect(ids(result)[0]).toBe('ntlm-unavailable-on-platform')
    expect({ code, refused }).toEqual({ code: 1, refused: 0 })
    expect(await realm.serviceTickets()).toBe(before)
  })

  test('a host for which there is no service gets no token, only the anonymous question', async () => {
    await realm.fetchTicket('alice', principals.alice.password)
    const { result } = await testWith({ url: realm.front.url.replace('localhost', '127.0.0.1') + ewsPath })
    expect(result.ok).toBe(false)
    expect(ids(result)).toContain('tls-name-mismatch')
  })

  test('a server that cannot prove its identity is not believed', async () => {
    await realm.fetchTicket('alice', principals.alice.password)
    const authority = await makeAuthority()
    const { keyPem, certPem } = await authority.issue({ names: ['localhost'], kind: 'valid' })
    const caFile = join(files.directory, 'other-ca.pem')
    writeFileSync(caFile, authority.caPem)
    let tokens = 0
    const impostor = createServer({ key: keyPem, cert: certPem }, (request, response) => {
      request.resume()
      const sent = request.headers.authorization?.startsWith('Negotiate ') === true
      if (sent) tokens++
      // Takes any ticket, and answers with a proof that only the real service could make.
      response.writeHead(sent ? 200 : 401, { 'WWW-Authenticate': sent ? 'Negotiate bm90IGEgcHJvb2Y=' : 'Negotiate' })
      response.end('<ok/>')
    }).listen(0, '127.0.0.1')
    await once(impostor, 'listening')
    const url = `https://localhost:${(impostor.address() as AddressInfo).port}${ewsPath}`
    const { code, result } = await testWith({ url, caFile })
    impostor.close()
    expect(tokens).toBe(1)
    expect(result).toMatchObject({ ok: false, auth: null })
    expect(loginStep(result)).toMatchObject({ state: 'failed' })
    expect(ids(result)).not.toContain('wrong-password-or-user-name')
    expect(code).toBe(1)
  })

  test('a server that refuses the ticket is asked once, and no password is blamed', async () => {
    await realm.fetchTicket('alice', principals.alice.password)
    const authority = await makeAuthority()
    const { keyPem, certPem } = await authority.issue({ names: ['localhost'], kind: 'valid' })
    const caFile = join(files.directory, 'other-ca.pem')
    writeFileSync(caFile, authority.caPem)
    let tokens = 0
    const refusing = createServer({ key: keyPem, cert: certPem }, (request, response) => {
      request.resume()
      if (request.headers.authorization !== undefined) tokens++
      response.writeHead(401, { 'WWW-Authenticate': 'Negotiate', 'X-FEServer': 'EX01' }).end()
    }).listen(0, '127.0.0.1')
    await once(refusing, 'listening')
    const url = `https://localhost:${(refusing.address() as AddressInfo).port}${ewsPath}`
    const { result } = await testWith({ url, caFile })
    refusing.close()
    expect(tokens).toBe(1)
    expect(ids(result)[0]).toBe('kerberos-ticket-refused')
    expect(ids(result)).not.toContain('wrong-password-or-user-name')
  })
})
