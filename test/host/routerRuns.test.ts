/** Runs through the router: secrets, one at a time, stopping, questions, and where a URL came from. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSecret } from '../../src/core/auth/secret.ts'
import type { Router } from '../../src/host/router.ts'
import { profileSchema } from '../../src/host/settingsSchema.ts'
import { draft } from './draft.ts'
import { asks, foundUrl, question, waits, works } from './fakeConnector.ts'
import { all, canary, client, failure, prepareRouter } from './routerSetup.ts'

const setup = prepareRouter()

describe('runs', () => {
  test('typed secrets go before saved ones, and both arrive closed', async () => {
    const { settings, runs } = client(setup.router())
    await settings.save({
      draft: draft({ email: 'anna@contoso.com' }),
      secrets: { password: 'saved-password', clientSecret: 'saved-secret' },
    })
    await all(
      await runs.test({ draft: draft({ email: 'anna@contoso.com' }), secrets: { password: canary, clientSecret: '' } }),
    )
    const { secrets, settings: given } = setup.givenTo(0)
    expect(openSecret(secrets.password ?? expect.fail('none'))).toBe(canary)
    expect(openSecret(secrets.clientSecret ?? expect.fail('none'))).toBe('saved-secret')
    expect(given.email).toBe('anna@contoso.com')
    expect(JSON.stringify(setup.givenTo(0))).not.toContain(canary)
  })

  test('a second user name and a second mailbox go along with a test, and are stored nowhere', async () => {
    const { settings, runs } = client(setup.router())
    const second = { userName: 'CONTOSO\\anna', mailbox: 'ben@contoso.com' }
    await settings.save({ draft: draft({ email: 'anna@contoso.com' }), secrets: {}, second })
    await all(await runs.test({ draft: draft({ email: 'anna@contoso.com' }), secrets: {}, second }))
    expect(setup.givenTo(0).second).toEqual(second)
    expect(readFileSync(join(setup.directory, 'config.json'), 'utf8')).not.toMatch(/CONTOSO|ben@contoso/)
  })

  test('what narrows a failure down and may be kept is stored with the profile', async () => {
    const { app, settings } = client(setup.router())
    const kept = { expectThumbprint: 'ab'.repeat(20), worksInBrowser: true }
    await settings.save({ draft: draft(kept), secrets: {} })
    expect((await app.start({})).draft).toMatchObject(kept)
  })

  test('a secret of another installation is not taken from the keychain', async () => {
    setup.items.set('Standard/password', 'not ours')
    await all(await client(setup.router()).runs.test({ draft: draft(), secrets: {} }))
    expect(setup.givenTo(0).secrets).toEqual({})
  })

  test('no output and no event holds a secret', async () => {
    setup.connector.script = asks(question, 'question only')
    const { app, settings, runs } = client(setup.router())
    const secrets = { password: canary, clientSecret: canary }
    const seen: unknown[] = [await settings.save({ draft: draft({ email: 'a@contoso.com' }), secrets })]
    for await (const event of await runs.test({ draft: draft(), secrets })) {
      seen.push(event)
      if (event.kind === 'question') seen.push(await runs.answer({ questionId: 'q1', consent: true }))
    }
    setup.connector.script = async function* ({ secrets: given }) {
      yield { kind: 'planned', steps: [] }
      throw new Error(`a mistake of ours with ${String(given.password)}`)
    }
    const crashed = await runs.test({ draft: draft(), secrets })
    await expect(all(crashed)).rejects.toSatisfy((error: unknown) => {
      seen.push(error, error instanceof Error ? error.message : null)
      return true
    })
    seen.push(
      await settings.check({ draft: draft(), secrets }),
      await app.start({}),
      await settings.removeSecret({ kind: 'password' }),
    )
    expect(JSON.stringify(seen)).not.toContain(canary)
    expect(readFileSync(join(setup.directory, 'config.json'), 'utf8')).not.toContain(canary)
  })

  test('one run at a time in a window, another window has its own', async () => {
    setup.connector.script = waits
    const router = setup.router()
    const first = await client(router).runs.locate({ draft: draft(), secrets: {} })
    await first.next()
    expect(await failure(client(router).runs.test({ draft: draft(), secrets: {} }))).toEqual({
      code: 'RUN_ACTIVE',
      data: {},
    })
    const second = await client(router, 'w2').runs.locate({ draft: draft(), secrets: {} })
    expect((await second.next()).value).toMatchObject({ kind: 'planned' })
    await first.return?.()
    await second.return?.()
  })

  test('closing the events stops the run, and the next one may start at once', async () => {
    setup.connector.script = waits
    const { runs } = client(setup.router())
    const events = await runs.locate({ draft: draft(), secrets: {} })
    await events.next()
    await events.return?.()
    setup.connector.script = works()
    expect((await all(await runs.locate({ draft: draft(), secrets: {} }))).at(-1)).toMatchObject({
      kind: 'ended',
      result: { ok: true },
    })
    expect(setup.connector.ended).toBe(2)
  })

  test('an aborted call stops the run even if nobody ever listened', async () => {
    setup.connector.script = waits
    const { runs } = client(setup.router())
    const controller = new AbortController()
    await runs.locate({ draft: draft(), secrets: {} }, { signal: controller.signal })
    controller.abort()
    await expect.poll(() => setup.connector.ended).toBe(1)
    setup.connector.script = works()
    expect(await all(await runs.locate({ draft: draft(), secrets: {} }))).toHaveLength(2)
  })

  test('a run that crashes frees the window', async () => {
    setup.connector.script = async function* () {
      yield { kind: 'planned', steps: [] }
      throw new Error('a mistake of ours')
    }
    const { runs } = client(setup.router())
    await expect(all(await runs.test({ draft: draft(), secrets: {} }))).rejects.toThrow()
    setup.connector.script = works()
    expect(await all(await runs.test({ draft: draft(), secrets: {} }))).toHaveLength(2)
  })

  test("network options are the profile's and the host's, and the host's are never saved", async () => {
    setup.settingsFile.update((content) => {
      const stored = {
        settings: { network: { connectTo: ['::127.0.0.1:1'], dns: '127.0.0.1:53', trustedHosts: ['a.example'] } },
      }
      return { ...content, profiles: { Standard: profileSchema.parse(stored) } }
    })
    const router = setup.router({ networkDefaults: { connectTo: ['::127.0.0.1:2'], extraCa: 'PEM' } })
    await all(await client(router).runs.test({ draft: draft(), secrets: {} }))
    expect(setup.givenTo(0).settings.network).toMatchObject({
      connectTo: ['::127.0.0.1:2', '::127.0.0.1:1'],
      dns: '127.0.0.1:53',
      trustedHosts: ['a.example'],
      extraCa: 'PEM',
    })
    await client(router).settings.save({ draft: draft(), secrets: {} })
    expect(setup.settingsFile.read().profiles['Standard']?.settings.network).toMatchObject({
      connectTo: ['::127.0.0.1:1'],
      extraCa: '',
    })
  })
})

describe('questions', () => {
  test.each(['event and question', 'question only'] as const)(
    '%s: goes out once, and the answer arrives',
    async (way) => {
      setup.connector.script = asks(question, way)
      const { runs } = client(setup.router())
      const kinds: string[] = []
      for await (const event of await runs.locate({ draft: draft(), secrets: {} })) {
        kinds.push(event.kind)
        if (event.kind === 'question')
          expect(await runs.answer({ questionId: 'q1', consent: true })).toEqual({ known: true })
        if (event.kind === 'ended') expect(event.result.ok).toBe(true)
      }
      expect(kinds).toEqual(['question', 'ended'])
    },
  )

  test('an answer that comes before the connector waits for it counts', async () => {
    let answered = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      answered = resolve
    })
    setup.connector.script = asks(question, 'event and question', () => gate)
    const { runs } = client(setup.router())
    const events = await runs.locate({ draft: draft(), secrets: {} })
    await events.next()
    await runs.answer({ questionId: 'q1', consent: true })
    answered()
    expect((await events.next()).value).toMatchObject({ kind: 'ended', result: { ok: true } })
  })

  test('only the window that was asked can answer, and only what was asked', async () => {
    setup.connector.script = asks(question, 'question only')
    const router = setup.router()
    const events = await client(router).runs.locate({ draft: draft(), secrets: {} })
    await events.next()
    expect(await client(router, 'w2').runs.answer({ questionId: 'q1', consent: true })).toEqual({ known: false })
    expect(await client(router).runs.answer({ questionId: 'q2', consent: true })).toEqual({ known: false })
    await client(router).runs.answer({ questionId: 'q1', consent: false })
    expect((await events.next()).value).toMatchObject({ kind: 'ended', result: { ok: false } })
    expect(await client(router).runs.answer({ questionId: 'q1', consent: true })).toEqual({ known: false })
  })

  test('stopping the run answers no', async () => {
    const answers: boolean[] = []
    setup.connector.script = async function* (_request, { ask }) {
      answers.push(await ask(question))
      yield { kind: 'planned', steps: [] }
    }
    const events = await client(setup.router()).runs.locate({ draft: draft(), secrets: {} })
    await events.next()
    await events.return?.()
    await expect.poll(() => answers).toEqual([false])
  })

  const answering = async (router: Router, answer: { consent: boolean; remember?: boolean }): Promise<void> => {
    setup.connector.script = asks(question, 'question only')
    const { runs } = client(router)
    for await (const event of await runs.locate({ draft: draft({ email: 'anna@contoso.com' }), secrets: {} })) {
      if (event.kind === 'question') await runs.answer({ questionId: 'q1', ...answer })
    }
    setup.connector.script = works()
  }
  const trustedHosts = () => setup.settingsFile.read().profiles['Standard']?.settings.network.trustedHosts ?? []

  test.each([
    ['given for this run only', { consent: true }],
    ['refused, whatever else was ticked', { consent: false, remember: true }],
  ])('a consent %s ends with the run', async (_name, answer) => {
    const router = setup.router()
    await answering(router, answer)
    await all(await client(router).runs.test({ draft: draft({ email: 'anna@contoso.com' }), secrets: {} }))
    expect(setup.givenTo(1).settings.network.trustedHosts).toEqual([])
    expect(trustedHosts()).toEqual([])
  })

  test('a consent to be remembered is stored with the profile, shown, and can be taken back', async () => {
    const router = setup.router()
    const { app, runs, settings } = client(router)
    await answering(router, { consent: true, remember: true })
    await answering(router, { consent: true, remember: true })
    expect(trustedHosts()).toEqual(['mail.hoster.example'])
    expect((await app.start({})).trustedHosts).toEqual(['mail.hoster.example'])
    await all(await runs.test({ draft: draft({ email: 'anna@contoso.com' }), secrets: {} }))
    expect(setup.givenTo(2).settings.network.trustedHosts).toEqual(['mail.hoster.example'])
    await settings.save({ draft: draft({ email: 'anna@contoso.com' }), secrets: {} })
    expect(trustedHosts()).toEqual(['mail.hoster.example'])
    expect((await settings.removeTrustedHost({ host: 'mail.hoster.example' })).trustedHosts).toEqual([])
    await all(await runs.test({ draft: draft({ email: 'anna@contoso.com' }), secrets: {} }))
    expect(setup.givenTo(3).settings.network.trustedHosts).toEqual([])
  })
})

describe('where a URL came from', () => {
  const originOf = async (router: Router, ewsUrl: string) => {
    const before = setup.connector.requests.length
    const script = setup.connector.script
    setup.connector.script = async function* () {
      yield { kind: 'planned', steps: [] }
    }
    await all(await client(router).runs.test({ draft: draft({ ewsUrl }), secrets: {} }))
    setup.connector.script = script
    return setup.givenTo(before).settings.ewsUrlOrigin
  }

  test('a window that claims it is not believed', async () => {
    const claim = {
      ...draft({ ewsUrl: 'https://x.example/' }),
      ewsUrlOrigin: 'proven',
      network: { trustedHosts: ['x.example'] },
    }
    await all(await client(setup.router()).runs.test({ draft: claim, secrets: {} }))
    expect(setup.givenTo(0).settings).toMatchObject({ ewsUrlOrigin: 'typed', network: { trustedHosts: [] } })
  })

  test('none, typed, found, proven', async () => {
    const router = setup.router()
    expect(await originOf(router, '')).toBe('none')
    expect(await originOf(router, foundUrl)).toBe('typed')
    await all(await client(router).runs.locate({ draft: draft(), secrets: {} }))
    expect(await originOf(router, foundUrl)).toBe('found')
    expect(await originOf(router, 'https://MAIL.contoso.com/ews/exchange.asmx')).toBe('found')
    const saved = await client(router).settings.save({ draft: draft({ ewsUrl: foundUrl }), secrets: {} })
    expect(saved).toMatchObject({ urlOrigin: 'found', urlSource: 'pox' })
    await all(await client(router).runs.test({ draft: draft({ ewsUrl: foundUrl }), secrets: {} }))
    expect(await originOf(router, foundUrl)).toBe('proven')
    expect(await client(router).app.start({})).toMatchObject({ urlOrigin: 'proven', urlSource: 'pox' })
    expect(await originOf(router, 'https://other.contoso.com/EWS/Exchange.asmx')).toBe('typed')
  })

  test('an imported URL stays imported until a test proved it', async () => {
    setup.settingsFile.update((content) => ({
      ...content,
      profiles: { Standard: profileSchema.parse({ settings: { ewsUrl: foundUrl, ewsUrlOrigin: 'imported' } }) },
    }))
    const router = setup.router()
    expect(await originOf(router, foundUrl)).toBe('imported')
    await all(await client(router).runs.locate({ draft: draft(), secrets: {} }))
    expect(await originOf(router, foundUrl)).toBe('imported')
    await all(await client(router).runs.test({ draft: draft({ ewsUrl: foundUrl }), secrets: {} }))
    expect(await originOf(setup.router(), foundUrl)).toBe('proven')
  })

  test('a test that failed proves nothing', async () => {
    setup.connector.script = asks(question, 'question only')
    const router = setup.router()
    for await (const event of await client(router).runs.test({ draft: draft({ ewsUrl: foundUrl }), secrets: {} })) {
      if (event.kind === 'question') await client(router).runs.answer({ questionId: 'q1', consent: false })
    }
    expect(await originOf(router, foundUrl)).toBe('typed')
  })
})
