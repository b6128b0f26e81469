/** Saved secrets go where the stored profile sends them. A window that names another place gets nothing sent, unless a person outside it says yes. */
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Draft, TypedSecrets } from '../../src/contract/contract.ts'
import { connectionSchema } from '../../src/core/automation/schema.ts'
import { openSecret } from '../../src/core/auth/secret.ts'
import type { Settings } from '../../src/core/settings/settings.ts'
import { requestOf } from '../../src/host/automation/targets.ts'
import type { Confirmation } from '../../src/host/confirmation.ts'
import type { RouterOptions } from '../../src/host/router.ts'
import { profileOf } from '../../src/host/settingsSchema.ts'
import { configurationFormat } from '../../src/host/transfer/configuration.ts'
import { draft } from './draft.ts'
import { asks, foundUrl, question, works } from './fakeConnector.ts'
import { all, client, failure, prepareRouter } from './routerSetup.ts'

const setup = prepareRouter()

const stored = {
  email: 'anna@contoso.com',
  tenantId: 'contoso.onmicrosoft.com',
  ewsUrl: 'https://exchange.contoso.local/EWS/Exchange.asmx',
  proxy: 'http://proxy.contoso.com:3128',
  proxyUser: 'anna',
  ldapUrl: 'ldaps://dc.contoso.local',
  ldapUser: 'anna@contoso.com',
} satisfies Partial<Draft>
const saved = {
  password: 'CANARY-saved-password',
  clientSecret: 'CANARY-saved-client-secret',
  proxyPassword: 'CANARY-saved-proxy-password',
  ldapPassword: 'CANARY-saved-ldap-password',
} satisfies TypedSecrets

let asked: Confirmation[] = []
const answering =
  (answer: boolean): NonNullable<RouterOptions['confirm']> =>
  (question) => {
    asked.push(question)
    return Promise.resolve(answer)
  }

beforeEach(async () => {
  asked = []
  await client(setup.router()).settings.save({ draft: draft(stored), secrets: saved })
})

const settingsNow = () => profileOf(setup.settingsFile.read(), 'Standard').settings

/** What changes in the draft, and who would come to receive which of the saved secrets. */
const elsewhere: [what: string, change: Partial<Draft>, secrets: string[], destinations: unknown[]][] = [
  [
    'another mail domain',
    { email: 'anna@evil.example', ewsUrl: '' },
    ['password', 'clientSecret', 'ldapPassword'],
    [{ kind: 'mail-domain', name: 'evil.example' }],
  ],
  [
    'a mail domain that only looks like it',
    { email: 'anna@contoso.com.evil.example', ewsUrl: '' },
    ['password', 'clientSecret', 'ldapPassword'],
    [{ kind: 'mail-domain', name: 'evil.example' }],
  ],
  [
    'another URL',
    { ewsUrl: 'https://evil.example/EWS/Exchange.asmx' },
    ['password', 'clientSecret'],
    [{ kind: 'ews-host', name: 'evil.example' }],
  ],
  [
    'a URL with the known host as its user',
    { ewsUrl: 'https://exchange.contoso.local@evil.example/EWS/Exchange.asmx' },
    ['password', 'clientSecret'],
    [{ kind: 'ews-host', name: 'evil.example' }],
  ],
  [
    'a URL that a run cleans',
    { ewsUrl: ' "evil.example" ' },
    ['password', 'clientSecret'],
    [{ kind: 'ews-host', name: 'evil.example' }],
  ],
  [
    'another login service',
    { authority: 'https://evil.example' },
    ['clientSecret'],
    [{ kind: 'login-service', name: 'https://evil.example' }],
  ],
  [
    'a login service that a run cleans',
    { authority: '„evil.example“' },
    ['clientSecret'],
    [{ kind: 'login-service', name: 'https://evil.example' }],
  ],
  ['another cloud', { cloud: 'china' }, ['clientSecret'], [{ kind: 'cloud', name: 'china' }]],
  [
    'another proxy',
    { proxy: 'http://evil.example:3128' },
    ['proxyPassword'],
    [{ kind: 'proxy', name: 'http://evil.example:3128' }],
  ],
  [
    'another directory',
    { ldapUrl: 'ldap://evil.example' },
    ['ldapPassword'],
    [{ kind: 'directory', name: 'evil.example' }],
  ],
]

describe.each(elsewhere)('%s', (_what, change, secrets, destinations) => {
  const call = { draft: draft({ ...stored, ...change }), secrets: {} }
  const withheld = { code: 'SECRET_WITHHELD', data: { secrets, destinations } }

  test('without anybody to ask no run begins and nothing is saved', async () => {
    const { runs, settings, guide, addresses } = client(setup.router())
    const before = settingsNow()
    expect(await failure(runs.test(call))).toEqual(withheld)
    expect(await failure(runs.locate(call))).toEqual(withheld)
    expect(await failure(guide.check({ ...call, step: 'ids', model: 'all' }))).toEqual(withheld)
    expect(await failure(addresses.folders(call))).toEqual(withheld)
    expect(await failure(settings.save(call))).toEqual(withheld)
    expect(settingsNow()).toEqual(before)
    expect(setup.connector.requests).toEqual([])
  })

  test('a no outside the window is the same, and a yes counts for the run, its repetition and the saving', async () => {
    expect(await failure(client(setup.router({ confirm: answering(false) })).runs.test(call))).toEqual(withheld)
    expect(asked).toEqual([{ kind: 'release', profiles: ['Standard'], secrets, destinations }])
    expect(setup.connector.requests).toEqual([])
    const { runs, settings } = client(setup.router({ confirm: answering(true) }))
    await all(await runs.test(call))
    await all(await runs.test(call))
    await settings.save(call)
    expect(asked).toHaveLength(2)
    expect(openSecret(setup.givenTo(0).secrets.password ?? expect.fail('no password'))).toBe(saved.password)
    expect(settingsNow()).toMatchObject({ email: call.draft.email, authority: call.draft.authority })
  })

  test('typed again it is the word of a person', async () => {
    const { runs } = client(setup.router())
    const typed = Object.fromEntries(secrets.map((kind) => [kind, 'typed just now']))
    await all(await runs.test({ ...call, secrets: typed }))
    const given = setup.givenTo(0).secrets
    for (const kind of ['password', 'clientSecret', 'proxyPassword', 'ldapPassword'] as const)
      expect(openSecret(given[kind] ?? expect.fail(kind))).toBe(secrets.includes(kind) ? 'typed just now' : saved[kind])
  })
})

test.each<[what: string, change: Partial<Draft>]>([
  ['nothing', {}],
  ['a URL in the mail domain', { ewsUrl: 'https://mail.contoso.com/EWS/Exchange.asmx' }],
  ['a URL of the cloud', { ewsUrl: 'https://outlook.office365.com/EWS/Exchange.asmx' }],
  ['another mailbox of the domain', { email: 'bert@contoso.com' }],
  ['no URL, no proxy, no directory', { ewsUrl: '', proxy: '', ldapUrl: '' }],
  ['the path of the URL', { ewsUrl: 'https://EXCHANGE.contoso.local/ews/' }],
])('nobody is asked about %s', async (_what, change) => {
  const { runs, settings } = client(setup.router())
  await all(await runs.test({ draft: draft({ ...stored, ...change }), secrets: {} }))
  await settings.save({ draft: draft({ ...stored, ...change }), secrets: {} })
  expect(setup.connector.requests).toHaveLength(1)
})

test('a profile that is not there has no secrets to give, a name of the kept ones included', async () => {
  const { runs } = client(setup.router())
  for (const profile of ['replaced//Standard', '__proto__', 'constructor'])
    await all(await runs.test({ profile, draft: draft({ email: 'anna@evil.example' }), secrets: {} }))
  for (const { request } of setup.connector.requests)
    expect(Object.values(request.secrets).filter((secret) => secret !== undefined)).toEqual([])
})

describe('what was proven with a typed secret', () => {
  const url = 'https://evil.example/EWS/Exchange.asmx'
  const test1 = { draft: draft({ ...stored, ewsUrl: url }), secrets: { password: 'x', clientSecret: 'x' } }

  test('opens nothing for a saved one, in this session', async () => {
    const { runs } = client(setup.router())
    await all(await runs.test(test1))
    expect(await failure(runs.test({ ...test1, secrets: {} }))).toMatchObject({ code: 'SECRET_WITHHELD' })
  })

  test('and leaves a stored URL of a file what it was', async () => {
    setup.settingsFile.update((content) => {
      const profile = profileOf(content, 'Standard')
      const settings = { ...profile.settings, ewsUrl: url, ewsUrlOrigin: 'imported' as const }
      return { ...content, profiles: { Standard: { ...profile, settings } } }
    })
    const { runs } = client(setup.router())
    await all(await runs.test(test1))
    expect(settingsNow().ewsUrlOrigin).toBe('imported')
    // With the saved ones, which the stored profile names nowhere else, it is what it always was.
    setup.connector.script = works()
    const { runs: later } = client(setup.router())
    await all(await later.test({ ...test1, secrets: {} }))
    expect(settingsNow().ewsUrlOrigin).toBe('proven')
  })
})

describe('a URL outside the mail domain that a search found', () => {
  // The mailbox is at a hoster: Autodiscover of the mail domain names a server of another one.
  const hosted = { ...stored, email: 'anna@fabrikam.example', ewsUrl: '' }
  const withUrl = { draft: draft({ ...hosted, ewsUrl: foundUrl }), secrets: {} }
  const router = async () => {
    const { settings, runs } = client(setup.router())
    await settings.save({ draft: draft(hosted), secrets: saved })
    return { settings, runs }
  }

  test('gets the saved secrets without a question when the stored settings alone led there', async () => {
    const { settings, runs } = await router()
    expect(await failure(runs.test(withUrl))).toMatchObject({ code: 'SECRET_WITHHELD' })
    await all(await runs.locate({ draft: draft(hosted), secrets: {} }))
    await all(await runs.test(withUrl))
    await settings.save(withUrl)
    expect(settingsNow().ewsUrl).toBe(foundUrl)
  })

  test.each<[string, Partial<Draft>]>([
    ['another mail domain', { email: 'anna@evil.example' }],
    ['a directory', { ldapUrl: 'ldaps://dc.evil.example' }],
    ['a cloud', { cloud: 'china' }],
    ['a proxy', { proxy: 'http://evil.example:3128' }],
  ])('gets none when the window named %s for the search', async (_what, change) => {
    const { runs } = await router()
    await all(await runs.locate({ draft: draft({ ...hosted, ...change }), secrets: saved }))
    expect(await failure(runs.test(withUrl))).toMatchObject({ code: 'SECRET_WITHHELD' })
  })

  test('gets none when the window answered for a host on the way', async () => {
    const { runs } = await router()
    setup.connector.script = asks(question, 'question only')
    for await (const event of await runs.locate({ draft: draft(hosted), secrets: {} }))
      if (event.kind === 'question') await runs.answer({ questionId: 'q1', consent: true })
    expect(await failure(runs.test(withUrl))).toMatchObject({ code: 'SECRET_WITHHELD' })
  })
})

describe('the question of a run about a host', () => {
  const answered = async (router: ReturnType<typeof setup.router>, secrets: TypedSecrets, remember: boolean) => {
    setup.connector.script = asks({ ...question, host: 'evil.example' }, 'question only')
    const { runs } = client(router)
    let consented: boolean | undefined
    for await (const event of await runs.locate({ draft: draft(stored), secrets })) {
      if (event.kind === 'question') await runs.answer({ questionId: 'q1', consent: true, remember })
      if (event.kind === 'ended') consented = event.result.ok
    }
    return consented
  }
  const typed = { password: 'x', clientSecret: 'x' }

  test('a yes of the window is not enough for saved secrets', async () => {
    expect(await answered(setup.router({ confirm: answering(false) }), {}, true)).toBe(false)
    expect(asked).toMatchObject([{ kind: 'release', destinations: [{ kind: 'ews-host', name: 'evil.example' }] }])
    expect(settingsNow().network.trustedHosts).toEqual([])
  })

  test('it is enough for what was typed, but not to remember the host for what is saved', async () => {
    expect(await answered(setup.router({ confirm: answering(false) }), typed, true)).toBe(true)
    expect(settingsNow().network.trustedHosts).toEqual([])
  })

  test('with the yes of a person it holds, and is remembered', async () => {
    expect(await answered(setup.router({ confirm: answering(true) }), {}, true)).toBe(true)
    expect(settingsNow().network.trustedHosts).toEqual(['evil.example'])
  })
})

describe('many at once', () => {
  const start = (text: string, options: Partial<RouterOptions> = {}) =>
    client(setup.router(options)).batch.start({
      source: { kind: 'csv', content: Buffer.from(text).toString('base64') },
      parallel: 2,
      done: [],
    })

  test('a list that leads the secrets of a profile elsewhere is not begun', async () => {
    const list = 'email;profile\nanna@contoso.com;Standard\nanna@evil.example;Standard\n'
    expect(await failure(start(list))).toMatchObject({ code: 'SECRET_WITHHELD' })
    expect(await failure(start(list, { confirm: answering(false) }))).toMatchObject({ code: 'SECRET_WITHHELD' })
    expect(setup.connector.requests).toEqual([])
    for await (const _event of await start(list, { confirm: answering(true) })) continue
    expect(setup.connector.requests).toHaveLength(2)
  })

  test('one without profiles, or within their domains, needs no word', async () => {
    for await (const _event of await start('email;profile\nbert@contoso.com;Standard\nanna@evil.example;\n')) continue
    expect(setup.connector.requests).toHaveLength(2)
    expect(
      setup.connector.requests
        .flatMap(({ request }) =>
          request.settings.email === 'anna@evil.example' ? Object.values(request.secrets) : [],
        )
        .filter((secret) => secret !== undefined),
    ).toEqual([])
  })
})

describe('files', () => {
  let lock: { kind: 'recipient'; recipient: string }
  beforeEach(async () => {
    lock = { kind: 'recipient', recipient: await identityToRecipient(await generateIdentity()) }
  })

  test('secrets leave in a file only with the word of a person', async () => {
    const { transfer } = client(setup.router({ confirm: answering(false) }))
    const refused = { code: 'EXPORT_REFUSED', data: { reason: 'not-confirmed', profile: '' } }
    expect(await failure(transfer.export({ profiles: ['Standard'], format: 'json', lock }))).toEqual(refused)
    expect(asked).toEqual([{ kind: 'export', profiles: ['Standard'] }])
    expect((await transfer.export({ profiles: ['Standard'], format: 'json', lock: null })).name).toMatch(/\.json$/)
    const yes = client(setup.router({ confirm: answering(true) }))
    expect((await yes.transfer.export({ profiles: ['Standard'], format: 'json', lock })).name).toMatch(/\.age$/)
  })

  test('what decides where login data goes is taken from a file only with the word of a person', async () => {
    const file = {
      format: configurationFormat,
      schema: 2,
      profiles: { Standard: { settings: { network: { connectTo: ['a:443:192.0.2.1:443'] } } } },
    }
    const content = Buffer.from(JSON.stringify(file)).toString('base64')
    const apply = async (answer: boolean) => {
      const { transfer } = client(setup.router({ confirm: answering(answer) }))
      const plan = await transfer.preview({ content, into: 'Standard', key: null })
      if (plan.kind !== 'plan') return expect.fail(plan.id)
      const accepted = plan.differences.map(({ id }) => id)
      return failure(transfer.apply({ plan: plan.plan, accepted, replaceSecrets: false }))
    }
    expect(await apply(false)).toMatchObject({ code: 'IMPORT_REFUSED', data: { reason: 'not-confirmed' } })
    expect(settingsNow().network.connectTo).toEqual([])
    expect(asked).toMatchObject([{ kind: 'import', changes: [{ path: 'settings.network.connectTo' }] }])
    expect(await apply(true)).toBeNull()
    expect(settingsNow().network.connectTo).toEqual(['a:443:192.0.2.1:443'])
  })
})

describe('a certificate', () => {
  const fields = { clientCredential: 'certificate', clientCertificate: '/nowhere/other.pem' } as const
  const call = { draft: draft({ ...stored, ...fields }), secrets: {} }
  const remarks = async (options: Partial<RouterOptions>) =>
    (await client(setup.router(options)).settings.check(call)).map(({ id }) => id)

  test('its file is not looked at while only the window named it', async () => {
    expect(await remarks({ confirm: answering(false) })).not.toContain('client-certificate-file')
    expect(await failure(client(setup.router({ confirm: answering(false) })).runs.test(call))).toMatchObject({
      code: 'SECRET_WITHHELD',
      data: { destinations: [{ kind: 'certificate-file', name: '/nowhere/other.pem' }] },
    })
    expect(asked).toHaveLength(1)
  })

  test('it is, where nobody can be asked', async () => {
    expect(await remarks({})).toContain('client-certificate-file')
  })
})

describe('automatic calls at the URL of a file', () => {
  const called = async (mailbox: string, change: Partial<Settings>) => {
    const profile = profileOf(setup.settingsFile.read(), 'Standard')
    const settings = { ...profile.settings, ewsUrlOrigin: 'imported' as const, ...change }
    const placed = {
      profileName: 'Standard',
      profile: { ...profile, settings },
      connection: connectionSchema.parse({ id: 'c1', mailbox }),
    }
    const o = { secretStore: setup.secretStore, given: {}, network: ({ network }: Settings) => network }
    const made = await requestOf(placed, o)
    return made.kind === 'request' ? 'called' : made.outcome.finding?.id
  }
  const evil = { ewsUrl: 'https://mail.evil.example/EWS/Exchange.asmx' }

  test.each<[string, Partial<Settings>, string]>([
    ['bert@evil.example', evil, 'url-unproven'],
    ['bert@evil.example', { ...evil, ewsUrlOrigin: 'typed' }, 'called'],
    ['bert@contoso.com', evil, 'called'],
    ['bert@contoso.de', { ewsUrl: 'https://mail.contoso.com/EWS/Exchange.asmx' }, 'called'],
  ])('for %s with %j: %s', async (mailbox, change, expected) => {
    expect(await called(mailbox, change)).toBe(expected)
  })
})
