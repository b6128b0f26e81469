/** A router over a fake connector, a settings file of its own and a keychain in memory; new for each test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect } from 'vitest'
import type { RunEvent } from '../../src/contract/contract.ts'
import type { RunRequest } from '../../src/core/connector.ts'
import { createRouter, type Router, type RouterOptions } from '../../src/host/router.ts'
import { openSecretStore, type SecretStore } from '../../src/host/secretStore.ts'
import { openSettingsFile, type SettingsFile } from '../../src/host/settingsFile.ts'
import { fakeConnector, type FakeConnector } from './fakeConnector.ts'

export const canary = 'CANARY-Pässwörd-7f3a'
export const now = '2026-11-24T08:00:00.000Z'

export type Setup = {
  directory: string
  connector: FakeConnector
  settingsFile: SettingsFile
  secretStore: SecretStore
  /** What lies in the keychain, by account. */
  items: Map<string, string>
  /** Addresses that were opened. */
  opened: string[]
  router(options?: Partial<RouterOptions>): Router
  /** The request of a run, counted from 0. */
  givenTo(index: number): RunRequest
}

/** Filled anew before each test of the file that calls this. */
export function prepareRouter(): Setup {
  const connector = fakeConnector()
  const setup: Setup = {
    directory: '',
    connector,
    settingsFile: openSettingsFile({ directory: join(tmpdir(), 'ews-no-such-directory') }),
    secretStore: openSecretStore(),
    items: new Map(),
    opened: [],
    router: (options = {}) =>
      createRouter({
        connector: setup.connector,
        settingsFile: setup.settingsFile,
        secretStore: setup.secretStore,
        face: 'browser',
        version: '1.2.3',
        language: 'en',
        openLink: (url) => setup.opened.push(url),
        clock: () => new Date(now),
        ...options,
      }),
    givenTo: (index) => setup.connector.requests[index]?.request ?? expect.fail('no such run'),
  }
  beforeEach(() => {
    const items = new Map<string, string>()
    const directory = mkdtempSync(join(tmpdir(), 'ews-router-'))
    Object.assign(setup, {
      directory,
      items,
      opened: [],
      connector: fakeConnector(),
      settingsFile: openSettingsFile({ directory }),
      secretStore: openSecretStore({
        platform: 'linux',
        load: () =>
          Promise.resolve({
            getPassword: (_service, account) => Promise.resolve(items.get(account) ?? null),
            setPassword: (_service, account, value) => Promise.resolve(void items.set(account, value)),
            deletePassword: (_service, account) => Promise.resolve(items.delete(account)),
          }),
      }),
    })
  })
  afterEach(() => rmSync(setup.directory, { recursive: true, force: true }))
  return setup
}

export function client(router: Router, window = 'w1') {
  return createRouterClient(router, { context: { window } })
}

/** A run to its end. */
export async function all(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const list: RunEvent[] = []
  for await (const event of events) list.push(event)
  return list
}

/** Code and data of a refused call; null when it was not refused. */
export async function failure(call: Promise<unknown>): Promise<{ code: unknown; data: unknown } | null> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'data' in error) return { code: error.code, data: error.data }
  }
  return null
}
