/** The window's link over a port: it opens one channel, and another one after the first was closed. */
import { RPCHandler } from '@orpc/server/message-port'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRouter } from '../../src/host/router.ts'
import { openMemoryStore } from '../../src/host/secretStore.ts'
import { openSettingsFile } from '../../src/host/settingsFile.ts'
import { connect } from '../../src/renderer/connection.ts'
import { draft } from '../host/draft.ts'
import { fakeConnector, waits } from '../host/fakeConnector.ts'

let directory: string
let ports: MessagePort[]
/** What the host does with a port that arrives. */
let take: (port: MessagePort) => void

const connector = fakeConnector(waits)

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ews-connection-'))
  ports = []
  const router = createRouter({
    connector,
    settingsFile: openSettingsFile({ directory }),
    secretStore: openMemoryStore(),
    face: 'desktop',
    version: '1.2.3',
    language: 'en',
    openLink: () => undefined,
  })
  take = (port) => {
    new RPCHandler(router).upgrade(port, { context: { window: `w${ports.length}` } })
    port.start()
  }
  vi.stubGlobal('location', new URL('app://bundle/index.html'))
  vi.stubGlobal('window', {
    postMessage(message: unknown, _target: string, [port]: MessagePort[]) {
      if (message !== 'ews-setup:port' || port === undefined) return
      ports.push(port)
      take(port)
    },
  })
})
afterEach(() => {
  for (const port of ports) port.close()
  vi.unstubAllGlobals()
  rmSync(directory, { recursive: true, force: true })
})

test('many calls share one channel, which opens with the first of them', async () => {
  const client = connect()
  expect(ports).toHaveLength(0)
  const states = await Promise.all([client.app.start({}), client.app.start({})])
  expect(states.map(({ version }) => version)).toEqual(['1.2.3', '1.2.3'])
  expect(ports).toHaveLength(1)
})

test('when the host closes the port, what is under way ends and the next call works', async () => {
  const client = connect()
  const events = await client.runs.test({ draft: draft(), secrets: {} })
  await events.next()
  const pending = events.next()
  ports[0]?.close()
  await expect(pending).rejects.toThrow()
  expect(await client.app.start({})).toMatchObject({ version: '1.2.3' })
  expect(ports).toHaveLength(2)
})

test('a host that refuses the port lets calls fail, never wait', async () => {
  take = (port) => port.close()
  const client = connect()
  await expect(client.app.start({})).rejects.toThrow()
  await expect(client.app.start({})).rejects.toThrow()
  expect(ports).toHaveLength(2)
})
