/** Service connection points out of a real directory (slapd), and what they are worth in a search. */
import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createConnector } from '../../../src/core/createConnector.ts'
import { secretFrom } from '../../../src/core/auth/secret.ts'
import type { RunResult } from '../../../src/core/runs/events.ts'
import { settingsSchema, type Settings } from '../../../src/core/settings/settings.ts'
import { startDemo, type DemoExchange } from '../../../src/demo/index.ts'
import { skipReason } from '../../servers/skip.ts'
import { ldapPassword, ldapUser, missingSlapd, startSlapd, type SlapdServer } from '../../servers/slapd.ts'

const url = '77378F46-2C66-4aa9-A6A6-3E7A48B19596'
const directoryHost = 'dc01.contoso.local'

describe.skipIf(skipReason(missingSlapd))('a directory with service connection points', { timeout: 40_000 }, () => {
  let demo: DemoExchange
  let slapd: SlapdServer
  beforeAll(async () => {
    demo = await startDemo({ scenario: 'autodiscover-missing' })
    slapd = await startSlapd({
      points: [
        { keywords: [url, 'Site=Berlin'], binding: 'https://elsewhere.fabrikam.example/Autodiscover/Autodiscover.xml' },
        { keywords: [url, 'Site=Hamburg'], binding: 'https://mail.contoso.example/Autodiscover/Autodiscover.xml' },
      ],
    })
  }, 60_000)
  afterAll(async () => {
    await slapd?.stop()
    await demo?.stop()
  })

  async function locate(o: {
    settings?: Partial<Settings>
    password?: string | undefined
    connectTo?: string[]
    ca?: string
    onQuestion?: (host: string) => void
  }): Promise<RunResult> {
    const settings = settingsSchema.parse({
      email: demo.typed.email,
      ldapUrl: `ldaps://${directoryHost}`,
      ldapUser,
      ldapSite: 'Hamburg',
      network: {
        connectTo: [...(o.connectTo ?? slapd.connectTo(directoryHost)), ...demo.connectTo],
        dns: demo.dns,
        extraCa: `${demo.caPem}\n${o.ca ?? slapd.caPem}`,
        timeoutMs: 20_000,
      },
      ...o.settings,
    })
    const connector = createConnector({ version: '0.0.0', systemCas: [], environment: {} })
    const options = {
      signal: new AbortController().signal,
      ask: ({ host }: { host: string }) => {
        o.onQuestion?.(host)
        return Promise.resolve(false)
      },
    }
    const password = 'password' in o ? o.password : ldapPassword
    for await (const event of connector.locate(
      { settings, secrets: { ldapPassword: secretFrom(password), password: secretFrom(demo.typed.password) } },
      options,
    ))
      if (event.kind === 'ended') return event.result
    throw new Error('a run ends')
  }
  const scp = (result: RunResult) => result.evidence.steps.find((step) => step.name === 'scp')
  const seen = (result: RunResult) => scp(result)?.observations.find((one) => one.kind === 'directory')

  test.each(['ldaps', 'ldap'])('%s: the server of the own site is asked, and names the source', async (scheme) => {
    const result = await locate({ settings: { ldapUrl: `${scheme}://${directoryHost}` } })
    expect(scp(result)).toMatchObject({ state: 'passed', summary: { text: 'scp-found', facts: { count: 2 } } })
    expect(seen(result)).toMatchObject({ result: 'read', tls: scheme === 'ldaps' ? 'ldaps' : 'starttls' })
    expect(result).toMatchObject({ ok: true, evidence: { source: 'scp', ewsUrl: demo.ewsUrl } })
    expect(JSON.stringify(result.evidence)).not.toContain(ldapPassword)
  })

  test('without a directory the step says that nothing was checked', async () => {
    const result = await locate({ settings: { ldapUrl: '', ldapUser: '' } })
    expect(scp(result)).toMatchObject({ state: 'skipped', summary: { text: 'scp-not-checked' } })
  })

  test('with a directory and no password for it: not checked, and nothing is connected', async () => {
    const before = slapd.binds().length
    const result = await locate({ password: undefined })
    expect(scp(result)).toMatchObject({ state: 'skipped', summary: { text: 'scp-password-missing' } })
    expect(slapd.binds().length).toBe(before)
  })

  test('a wrong password is one refused login', async () => {
    const before = slapd.refusedBinds()
    const result = await locate({ password: 'wrong' })
    expect(scp(result)).toMatchObject({ state: 'warning', summary: { text: 'scp-refused', facts: { code: '49' } } })
    await expect.poll(() => slapd.refusedBinds()).toBe(before + 1)
  })

  test('the same account is not tried elsewhere after that', async () => {
    const before = demo.journal.length
    await locate({ password: 'wrong', settings: { userName: ldapUser } })
    expect(demo.journal.slice(before).filter((entry) => entry.authorization !== null)).toEqual([])
  })

  test.each([
    ['a certificate of an unknown authority', { ca: '' }],
    ['a certificate for another name', { settings: { ldapUrl: 'ldaps://dc02.contoso.local' } }],
    ['the same over StartTLS', { settings: { ldapUrl: 'ldap://dc02.contoso.local' } }],
  ])('%s: no login is sent', async (_name, o) => {
    const before = slapd.binds().length
    const connectTo = ['dc01.contoso.local', 'dc02.contoso.local'].flatMap((host) => slapd.connectTo(host))
    const result = await locate({ ...o, connectTo })
    expect(scp(result)).toMatchObject({ state: 'warning', summary: { text: 'scp-no-tls' } })
    expect(slapd.binds().length).toBe(before)
  })

  test('a server without TLS gets no login', async () => {
    const plain = await startSlapd({ points: [], tls: false })
    try {
      const result = await locate({
        settings: { ldapUrl: `ldap://${directoryHost}` },
        connectTo: plain.connectTo(directoryHost),
      })
      expect(scp(result)).toMatchObject({ summary: { text: 'scp-no-tls' } })
      expect(plain.binds()).toEqual([])
    } finally {
      await plain.stop()
    }
  })

  test('an answer slipped in behind StartTLS is not taken', async () => {
    let received = 0
    const forger = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (part) => {
        received += part.length
        // Success, and in the same breath an answer to the login that is to come.
        socket.write(Buffer.from('300c02010178070a010004000400300c02010161070a010004000400', 'hex'))
      })
    }).listen(0, '127.0.0.1')
    await once(forger, 'listening')
    const { port } = forger.address() as AddressInfo
    const result = await locate({
      settings: { ldapUrl: `ldap://${directoryHost}` },
      connectTo: [`${directoryHost}:389:127.0.0.1:${port}`],
    })
    forger.close()
    expect(scp(result)).toMatchObject({ summary: { text: 'scp-no-tls', facts: { code: '2' } } })
    // StartTLS alone.
    expect(received).toBeLessThan(40)
  })

  test('a server outside the mail domain is a hint that needs consent', async () => {
    const asked: string[] = []
    const result = await locate({
      settings: { ldapSite: 'Berlin' },
      onQuestion: (host) => asked.push(host),
    })
    expect(result.evidence.ewsUrl).toBe(demo.ewsUrl)
    expect(demo.journal.filter((entry) => entry.host.endsWith('fabrikam.example'))).toEqual([])
  })
})
