// The contract's part about connections over a real settings file, a keychain in memory and a connector that does as it is told.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ConnectionDraft } from '../../src/contract/connections.ts'
import { limits } from '../../src/core/limits.ts'
import { openAutomation } from '../../src/host/automation/automation.ts'
import { readMailboxList } from '../../src/host/automation/mailboxList.ts'
import { defaultSettings } from '../../src/core/settings/settings.ts'
import { emptyProfile } from '../../src/host/settingsSchema.ts'
import { works } from './fakeConnector.ts'
import { canary, client, failure, prepareRouter } from './routerSetup.ts'

const setup = prepareRouter()
const draft = (change: Partial<ConnectionDraft> = {}): ConnectionDraft => ({
  id: null,
  mailbox: 'berta@contoso.com',
  userName: '',
  automatic: true,
  policy: null,
  ...change,
})

function withUrl(): void {
  setup.settingsFile.update((content) => ({
    ...content,
    profiles: {
      [content.profile]: {
        ...emptyProfile(),
        settings: {
          ...defaultSettings(),
          email: 'anna@contoso.com',
          ewsUrl: 'https://mail.contoso.com/EWS/Exchange.asmx',
          ewsUrlOrigin: 'proven',
        },
      },
    },
  }))
}
const open = () => client(setup.router()).connections

test('saved, listed, changed, switched off, removed', async () => {
  withUrl()
  const connections = open()
  const { id } = await connections.save({ connection: draft(), secrets: {} })
  const first = await connections.list({ since: null })
  expect(first).toMatchObject({ hasUrl: true, keeper: { kind: 'idle' }, rows: [{ id, state: 'new', failures: 0 }] })
  expect((await connections.list({ since: first.version })).rows).toBeNull()
  await connections.save({ connection: draft({ id, userName: 'CONTOSO\\berta' }), secrets: {} })
  await connections.setAutomatic({ ids: [id], automatic: false })
  const second = await connections.list({ since: first.version })
  expect(second.rows).toMatchObject([{ userName: 'CONTOSO\\berta', state: 'off', nextAttemptAt: null }])
  await connections.remove({ ids: [id] })
  expect((await connections.list({ since: null })).rows).toEqual([])
})

test('own secrets go to the keychain under the connection, never into a file or back, and leave with it', async () => {
  withUrl()
  const connections = open()
  const { id } = await connections.save({ connection: draft(), secrets: { password: canary } })
  expect([...setup.items.entries()]).toEqual([[`Standard/connections/${id}/password`, canary]])
  const list = await connections.list({ since: null })
  expect(list.rows?.[0]?.secrets.password).not.toBeNull()
  expect(JSON.stringify(list)).not.toContain(canary)
  expect(readFileSync(join(setup.directory, 'config.json'), 'utf8')).not.toContain(canary)
  // Saved again without typing: it stays. With null: it goes.
  await connections.save({ connection: draft({ id }), secrets: {} })
  expect(setup.items.size).toBe(1)
  await connections.save({ connection: draft({ id }), secrets: { password: null } })
  expect(setup.items.size).toBe(0)
  await connections.save({ connection: draft({ id }), secrets: { password: canary } })
  await connections.remove({ ids: [id] })
  expect(setup.items.size).toBe(0)
})

test.each([
  ['no address', draft({ mailbox: 'berta' }), 'mailbox-invalid'],
  ['a mailbox that has one', draft({ mailbox: 'BERTA@contoso.com' }), 'mailbox-known'],
])('%s is refused', async (_name, connection, problem) => {
  const connections = open()
  await connections.save({ connection: draft(), secrets: {} })
  expect(await failure(connections.save({ connection, secrets: {} }))).toEqual({
    code: 'MAILBOX_INVALID',
    data: { problem },
  })
})

test('a connection that is gone cannot be changed, hurried or activated', async () => {
  const connections = open()
  const gone = 'no-such-connection'
  for (const call of [
    connections.save({ connection: draft({ id: gone }), secrets: {} }),
    connections.hurry({ id: gone }),
    connections.activate({ id: gone }),
  ])
    expect(await failure(call)).toMatchObject({ code: 'NO_CONNECTION' })
})

test('a policy out of its bounds is refused, a good one is what the list and the basics then show', async () => {
  const connections = open()
  const policy = { mode: 'delayed' as const, baseMinutes: 10, factor: 3, failures: 3 }
  expect(await failure(connections.savePolicy({ policy: { ...policy, failures: 50 }, everyMinutes: 5 }))).toMatchObject(
    {
      code: 'BAD_REQUEST',
    },
  )
  await connections.savePolicy({ policy, everyMinutes: 15 })
  expect(await connections.policy({})).toEqual({ policy, everyMinutes: 15 })
})

describe('with calls running', () => {
  async function running(): Promise<{
    connections: ReturnType<typeof open>
    stop: () => Promise<unknown>
    until: (state: string) => Promise<void>
  }> {
    const { directory, settingsFile, secretStore, connector } = setup
    const automation = openAutomation({ directory, settingsFile, secretStore, connector, face: 'browser' })
    const connections = client(setup.router({ automation })).connections
    const controller = new AbortController()
    const ended = automation.run(controller.signal, { wait: true })
    return {
      connections,
      stop: () => {
        controller.abort()
        return ended
      },
      async until(state) {
        for (;;) {
          const { rows } = await connections.list({ since: null })
          if (rows?.[0]?.state === state) return
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      },
    }
  }

  test('a refusal makes inactive, activation takes a test that worked, and both are in its history', async () => {
    withUrl()
    // A 401 to credentials, as a run records it.
    setup.connector.script = async function* (request, options, command) {
      for await (const event of works()(request, options, command)) {
        if (event.kind !== 'ended') continue
        const { evidence } = event.result
        const login = {
          kind: 'login' as const,
          url: evidence.ewsUrl ?? '',
          scheme: 'ntlm' as const,
          result: 'refused' as const,
          reason: null,
          offered: ['ntlm'],
          handshake: 'complete' as const,
          exchange: 'shown' as const,
          status: 401,
          diagnostics: null,
        }
        const step = {
          id: 'login:ntlm',
          name: 'login',
          target: 'ntlm',
          phase: 'login' as const,
          state: 'failed' as const,
          startedMs: 0,
          ms: 1,
          summary: { text: 'login-refused', facts: {} },
          observations: [login],
        }
        yield {
          kind: 'ended',
          result: { ok: false, findings: [], evidence: { ...evidence, outcome: 'fails', steps: [step] } },
        }
      }
    }
    const { connections, stop, until } = await running()
    const { id } = await connections.save({ connection: draft(), secrets: { password: canary } })
    await until('inactive')
    expect(setup.connector.requests).toHaveLength(1)
    expect(await connections.activate({ id })).toMatchObject({ ok: false })
    expect((await connections.list({ since: null })).rows?.[0]?.state).toBe('inactive')
    setup.connector.script = works()
    expect(await connections.activate({ id })).toEqual({ ok: true, finding: null })
    await until('active')
    const { happenings } = await connections.history({ id })
    expect(happenings.map((one) => one.what)).toEqual(['works', 'activated', 'inactive', 'refused'])
    expect(await connections.list({ since: null })).toMatchObject({ keeper: { kind: 'here' } })
    await stop()
  })

  test('without a secret nothing is sent, and saving one is enough to go on', async () => {
    withUrl()
    const { connections, stop, until } = await running()
    const { id } = await connections.save({ connection: draft(), secrets: {} })
    await until('unready')
    expect(setup.connector.requests).toHaveLength(0)
    expect((await connections.list({ since: null })).rows?.[0]?.finding).toMatchObject({ id: 'secret-missing' })
    await connections.save({ connection: draft({ id }), secrets: { password: canary } })
    await until('active')
    await stop()
  })

  test('a keychain that became locked is a named state, and no crash', async () => {
    withUrl()
    const { connections, stop, until } = await running()
    const { id } = await connections.save({ connection: draft({ automatic: false }), secrets: { password: canary } })
    setup.items.clear()
    await connections.setAutomatic({ ids: [id], automatic: true })
    await until('unready')
    expect((await connections.list({ since: null })).rows?.[0]?.finding).toMatchObject({ id: 'secret-locked' })
    await stop()
  })

  test('a profile that is deleted while its connections are due takes them along', async () => {
    withUrl()
    const { connections, stop, until } = await running()
    await connections.save({ connection: draft(), secrets: { password: canary } })
    await until('active')
    setup.settingsFile.update((content) => ({ ...content, profiles: { Neu: emptyProfile() }, profile: 'Neu' }))
    expect((await connections.list({ since: null })).rows).toEqual([])
    await stop()
    expect(setup.connector.requests).toHaveLength(1)
  })
})

describe('a list of mailboxes', () => {
  test.each([
    ['plain lines', 'a@contoso.com\nb@contoso.com', ['a@contoso.com', 'b@contoso.com']],
    ['titles, semicolons and CRLF', 'Postfach;Benutzer\r\na@contoso.com;CONTOSO\\a\r\n', ['a@contoso.com']],
    ['quotes, a byte order mark and blank lines', '\uFEFF"a@contoso.com","CONTOSO\\a"\n\n', ['a@contoso.com']],
    ['nothing but titles', 'Mailbox,User', []],
  ])('%s', (_name, text, mailboxes) => {
    const lines = readMailboxList(text, new Set())
    expect(lines.filter((line) => line.problem === null).map((line) => line.mailbox)).toEqual(mailboxes)
  })

  test('what is wrong is named by line, and what is no address is not shown whole', () => {
    const text = 'a@contoso.com\nA@contoso.com\nknown@contoso.com\nSommer-2026-am-See\n'
    expect(readMailboxList(text, new Set(['known@contoso.com']))).toMatchObject([
      { line: 1, problem: null },
      { line: 2, problem: 'mailbox-twice' },
      { line: 3, problem: 'mailbox-known' },
      { line: 4, problem: 'mailbox-invalid', mailbox: 'Som…' },
    ])
  })

  test('more than a configuration can hold are left out', () => {
    const text = Array.from({ length: limits.connections + 5 }, (_one, index) => `u${index}@contoso.com`).join('\n')
    const lines = readMailboxList(text, new Set())
    expect(lines.filter((line) => line.problem === 'too-many')).toHaveLength(5)
  })

  test('a preview stores nothing, an import what it showed', async () => {
    const connections = open()
    const text = 'a@contoso.com;CONTOSO\\a\nno address'
    expect((await connections.previewMailboxes({ text })).lines).toHaveLength(2)
    expect((await connections.list({ since: null })).rows).toEqual([])
    expect(await connections.importMailboxes({ text, automatic: false })).toEqual({ added: 1 })
    expect((await connections.list({ since: null })).rows).toMatchObject([
      { mailbox: 'a@contoso.com', userName: 'CONTOSO\\a', state: 'off' },
    ])
  })
})
