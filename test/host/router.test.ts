import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSecret } from '../../src/core/auth/secret.ts'
import { openMemoryStore, type SecretStore } from '../../src/host/secretStore.ts'
import { openSettingsFile } from '../../src/host/settingsFile.ts'
import { draft } from './draft.ts'
import { all, canary, client, failure, now, prepareRouter } from './routerSetup.ts'

const setup = prepareRouter()

const noSecrets = {
  password: null,
  clientSecret: null,
  certificatePassphrase: null,
  proxyPassword: null,
  ldapPassword: null,
}

describe('settings', () => {
  test('a first start shows defaults and what the host knows', async () => {
    expect(await client(setup.router()).app.start({})).toEqual({
      version: '1.2.3',
      face: 'browser',
      language: 'en',
      profile: 'Standard',
      draft: draft(),
      urlOrigin: 'none',
      trustedHosts: [],
      urlSource: null,
      secrets: noSecrets,
      secretStore: { kind: 'keychain', system: 'linux', reason: null },
      notices: [],
      daysOfEwsOnline: 128,
      hasNews: false,
    })
  })

  test('what is saved comes back at the next start; secrets only as a date', async () => {
    const saved = await client(setup.router()).settings.save({
      draft: draft({ email: 'anna@contoso.com', clientSecretExpires: '2027-01-31' }),
      secrets: { password: canary },
    })
    const next = await client(
      setup.router({ settingsFile: openSettingsFile({ directory: setup.directory }) }),
    ).app.start({})
    expect(next).toEqual(saved)
    expect(next.draft).toMatchObject({ email: 'anna@contoso.com', clientSecretExpires: '2027-01-31' })
    expect(next.secrets).toEqual({ ...noSecrets, password: { savedAt: now } })
    expect([...setup.items]).toEqual([['Standard/password', canary]])
  })

  test('an empty secret leaves the saved one as it is', async () => {
    const { settings } = client(setup.router())
    await settings.save({ draft: draft({ email: 'anna@contoso.com' }), secrets: { password: canary } })
    const state = await settings.save({
      draft: draft({ email: 'b@contoso.com' }),
      secrets: { password: '', clientSecret: '' },
    })
    expect(state.secrets).toEqual({ ...noSecrets, password: { savedAt: now } })
    expect(setup.items.get('Standard/password')).toBe(canary)
  })

  test('a removed secret is gone from the keychain and from the file', async () => {
    const { settings } = client(setup.router())
    await settings.save({ draft: draft(), secrets: { password: canary, clientSecret: canary } })
    const state = await settings.removeSecret({ kind: 'password' })
    expect(state.secrets).toEqual({ ...noSecrets, clientSecret: { savedAt: now } })
    expect([...setup.items.keys()]).toEqual(['Standard/clientSecret'])
  })

  test('without a keychain secrets last as long as the host, and the file does not claim more', async () => {
    const router = setup.router({ secretStore: openMemoryStore(() => new Date(now)) })
    const state = await client(router).settings.save({ draft: draft(), secrets: { password: canary } })
    expect(state).toMatchObject({ secretStore: { kind: 'memory' }, secrets: { password: { savedAt: now } } })
    await all(await client(router).runs.test({ draft: draft(), secrets: {} }))
    expect(openSecret(setup.givenTo(0).secrets.password ?? expect.fail('no password'))).toBe(canary)
    const next = await client(setup.router({ secretStore: openMemoryStore() })).app.start({})
    expect(next.secrets.password).toBeNull()
  })

  test('a keychain that refuses is said, and the settings stay unsaved', async () => {
    const refusing: SecretStore = { ...setup.secretStore, write: () => Promise.resolve(false) }
    const call = client(setup.router({ secretStore: refusing })).settings.save({
      draft: draft({ email: 'anna@contoso.com' }),
      secrets: { clientSecret: canary },
    })
    expect(await failure(call)).toEqual({ code: 'SECRET_NOT_SAVED', data: { kind: 'clientSecret' } })
    expect((await client(setup.router()).app.start({})).draft.email).toBe('')
  })

  test('a file of a later program is not saved over, and no secret goes to the keychain', async () => {
    writeFileSync(join(setup.directory, 'config.json'), '{"schema":9}')
    const router = setup.router({ settingsFile: openSettingsFile({ directory: setup.directory }) })
    const call = client(router).settings.save({ draft: draft(), secrets: { password: canary } })
    expect(await failure(call)).toEqual({ code: 'SETTINGS_NOT_SAVED', data: { code: 'newer' } })
    expect((await client(router).app.start({})).notices).toMatchObject([{ id: 'settings-newer' }])
    expect(setup.items.size).toBe(0)
  })

  test('the chosen language is kept and told to the host', async () => {
    const told: string[] = []
    await client(setup.router({ onLanguage: (language) => told.push(language) })).app.setLanguage({ language: 'de' })
    expect(told).toEqual(['de'])
    expect(
      (await client(setup.router({ settingsFile: openSettingsFile({ directory: setup.directory }) })).app.start({}))
        .language,
    ).toBe('de')
  })

  test('links open by id only', async () => {
    await client(setup.router()).app.openLink({ link: 'ews-retirement' })
    expect(setup.opened).toEqual([expect.stringMatching(/^https:\/\/learn\.microsoft\.com\//)])
    const foreign = JSON.parse('{"link":"https://evil.example"}') as { link: 'ews-oauth' }
    expect(await failure(client(setup.router()).app.openLink(foreign))).toMatchObject({ code: 'BAD_REQUEST' })
    expect(setup.opened).toHaveLength(1)
  })
})

test.each([
  ['2026-11-24T23:59:00', 128],
  ['2027-03-31T12:00:00', 1],
  ['2027-04-01T00:00:00', 0],
  ['2027-04-03T08:00:00', -2],
])('on %s EWS in Exchange Online has %i days left', async (time, days) => {
  const state = await client(setup.router({ clock: () => new Date(time) })).app.start({})
  expect(state.daysOfEwsOnline).toBe(days)
})
