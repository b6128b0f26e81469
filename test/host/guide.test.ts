// The guide on the host's side: links by page, state in the profile, and what runs teach it.
import { describe, expect, test } from 'vitest'
import { cloudNames } from '../../src/core/settings/clouds.ts'
import { portalPages } from '../../src/core/registration/models.ts'
import { daysOfEwsOnline, endOfEwsOnline, retirementDates } from '../../src/core/registration/retirement.ts'
import { portalUrl } from '../../src/host/portal.ts'
import { profileSchema } from '../../src/host/settingsSchema.ts'
import { draft } from './draft.ts'
import { all, client, prepareRouter } from './routerSetup.ts'

const tenantId = '6f0a3c52-8d41-4f5e-9b7a-2c1d0e9f8a34'
const clientId = 'b1f4d2a7-3e5c-4c86-a0d9-7f2e6b815c43'

describe('links into the portals', () => {
  const hostile = ['x/../../@evil.example', 'https://evil.example/', '#@evil', 'a b', '{}', '\n', '\'"<>', 'common']
  test.each(cloudNames.flatMap((cloud) => portalPages.map((page) => [cloud, page] as const)))(
    '%s %s leads to Microsoft over https, whatever was typed',
    (cloud, page) => {
      const origins = new Set<string>()
      for (const typed of [tenantId, clientId, 'fabrikam.example', ...hostile]) {
        const url = portalUrl(page, { cloud, tenantId: typed, clientId: typed })
        if (url === null) continue
        expect(new URL(url).protocol).toBe('https:')
        expect(url).not.toMatch(/evil|[\s'"<>{}]/)
        origins.add(new URL(url).origin)
      }
      expect([...origins].filter((origin) => !/\.(microsoft\.(com|us)|azure\.cn)$/.test(origin))).toEqual([])
      expect(origins.size).toBeLessThanOrEqual(1)
    },
  )

  test('carry tenant and client ID, cleaned', () => {
    expect(portalUrl('credentials', { cloud: 'global', tenantId: ` {${tenantId}} `, clientId })).toBe(
      `https://entra.microsoft.com/#@${tenantId}/blade/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/Credentials/appId/${clientId}`,
    )
    expect(portalUrl('overview', { cloud: 'bleu', tenantId, clientId })).toBeNull()
  })
})

describe('the state in the profile', () => {
  const setup = prepareRouter()

  test('begins with what the configuration suggests, and keeps choice and ticks', async () => {
    const first = client(setup.router())
    const before = await first.guide.state({})
    expect(before).toMatchObject({ model: 'all', chosen: false, online: null })
    await first.guide.choose({ model: 'some' })
    await first.guide.tick({ step: 'register', ticked: true })
    const after = await client(setup.router()).guide.state({})
    expect(after).toMatchObject({ model: 'some', chosen: true })
    expect(after.steps.filter((step) => step.ticked).map((step) => step.id)).toEqual(['register'])
    expect(after.steps.map((step) => step.id)).toContain('scope')
  })

  test('an own server is suggested where its URL is in the dialog', async () => {
    const window = client(setup.router())
    await window.settings.save({
      draft: draft({ ewsUrl: 'https://mail.contoso.com/EWS/Exchange.asmx' }),
      secrets: {},
    })
    expect(await window.guide.state({})).toMatchObject({ model: 'on-premises', scripts: ['exchange-server'] })
  })

  test('a check goes as far as its step, with the values of the dialog', async () => {
    const window = client(setup.router())
    await all(
      await window.guide.check({ draft: draft({ tenantId, clientId }), secrets: {}, step: 'ids', model: 'all' }),
    )
    expect(setup.connector.requests.at(-1)).toMatchObject({
      command: 'registration',
      request: { reach: 'tenant', model: 'all', settings: { tenantId, clientId } },
    })
  })

  test('a profile without a guide stays readable, and one with a guide keeps what it does not know', async () => {
    const Standard = profileSchema.parse({ settings: {}, guide: { model: 'some', later: 1 } })
    setup.settingsFile.update((content) => ({ ...content, profiles: { Standard } }))
    const window = client(setup.router())
    await window.guide.tick({ step: 'ids', ticked: true })
    expect(setup.settingsFile.read().profiles['Standard']?.guide).toMatchObject({ model: 'some', later: 1 })
  })
})

describe('the end of EWS', () => {
  test('is counted in whole days of the local calendar', () => {
    expect(daysOfEwsOnline(new Date(2027, 2, 31, 23, 59))).toBe(1)
    expect(daysOfEwsOnline(new Date(2027, 3, 1, 0, 1))).toBe(0)
    expect(daysOfEwsOnline(new Date(2026, 10, 26, 12))).toBe(126)
  })
  test('has its dates in order, each with a source', () => {
    const days = retirementDates.map(({ day }) => day)
    expect(days).toEqual(days.toSorted())
    expect(days.at(-1)).toBe(endOfEwsOnline)
    for (const { source } of retirementDates) expect(source).not.toBe('')
  })
})
