// The icon beside the clock: there while calls are made, in words, with a choice about messages, and quitting lets calls end.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectionSchema } from '../../src/core/automation/schema.ts'
import { defaultSettings } from '../../src/core/settings/settings.ts'
import { openSettingsFile } from '../../src/host/settingsFile.ts'
import { emptyProfile } from '../../src/host/settingsSchema.ts'
import { iconPng } from '../../src/main/trayIcon.ts'
import type * as Electron from './electronStub.ts'

let directory: string
let stub: typeof Electron
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ews-tray-'))
  vi.stubEnv('EWS_SETUP_HOME', directory)
  vi.stubEnv('ELECTRON_RENDERER_URL', undefined)
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nowhere')
  vi.resetModules()
  stub = await import('./electronStub.ts')
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true, force: true })
})

/** A connection without a secret: it is not ready, and nothing is sent. */
function store(): void {
  openSettingsFile({ directory }).update((content) => ({
    ...content,
    profiles: {
      Standard: {
        ...emptyProfile(),
        settings: {
          ...defaultSettings(),
          ewsUrl: 'https://mail.contoso.invalid/EWS/Exchange.asmx',
          ewsUrlOrigin: 'typed',
        },
        connections: [connectionSchema.parse({ id: 'one', mailbox: 'berta@contoso.com' })],
      },
    },
  }))
}

async function start(): Promise<void> {
  await import('../../src/main/index.ts')
  stub.app.becomeReady()
  await vi.waitFor(() => expect(stub.recorded.windows).toHaveLength(1))
}

function quit(): boolean {
  let held = false
  stub.app.emit('will-quit', { preventDefault: () => (held = true) })
  return held
}

test('without a connection there is no icon, and quitting waits for nothing', async () => {
  await start()
  expect(stub.recorded.trays).toEqual([])
  expect(quit()).toBe(false)
})

test('it says that a connection needs somebody, remembers the choice, and goes when the program has ended its calls', async () => {
  store()
  await start()
  await vi.waitFor(() => expect(stub.recorded.trays[0]?.words).toBe('EWS Setup – eine Verbindung braucht Sie'), 10_000)
  const notify = () => stub.recorded.trays[0]?.menu.find((item) => item.type === 'checkbox')
  expect(notify()?.checked).toBe(true)
  Reflect.apply(notify()?.click ?? expect.fail('a click'), undefined, [])
  expect(openSettingsFile({ directory }).read().notifyInactive).toBe(false)
  expect(notify()?.checked).toBe(false)
  expect(quit()).toBe(true)
  await vi.waitFor(() => expect(stub.recorded.order).toContain('exit 0'), 10_000)
})

test.each(['good', 'idle', 'attention'] as const)('the picture %s is a PNG with something in it', (tone) => {
  const png = iconPng(tone)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const length = png.readUInt32BE(33)
  const points = inflateSync(png.subarray(41, 41 + length))
  expect(points).toHaveLength(32 * (1 + 32 * 4))
  expect(
    points.filter((_value, index) => index % 129 !== 0 && (index % 129) % 4 === 0 && points[index] === 255).length,
  ).toBeGreaterThan(50)
})
