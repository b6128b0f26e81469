/**
 * The built program around a real page: main bundle, scheme handler, policy, preload script, port, procedures, settings on disk. Electron
 * itself is the stub, so this proves our wiring and nothing about the binary.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { skipReason } from '../servers/skip.ts'
import * as stub from './electronStub.ts'
import { MainPort } from './port.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** A browser knows no private scheme; this host stands for it, and nobody can own it. */
const standIn = 'https://bundle.app.invalid'

declare global {
  interface Window {
    toMain: (port: number, data: string | null) => void
    toPage: (port: number, data: unknown) => void
  }
}

/** The built preload script with the two things that the sandbox gives it, and the ports carried over by hand. */
function preloadIn(): string {
  const carry = `
    let ports = 0; const open = new Map()
    window.toPage = (id, data) => open.get(id)?.postMessage(data)
    const ipcRenderer = { postMessage(channel, message, [port]) {
      const id = ++ports; open.set(id, port)
      port.addEventListener('message', (event) => window.toMain(id, event.data))
      port.start(); window.toMain(id, null)
    } }`
  const preload = readFileSync(join(root, 'out/preload/index.cjs'), 'utf8')
  return `(() => { ${carry};\n ((require) => { ${preload}\n })((name) => name === 'electron' ? { ipcRenderer } : undefined) })()`
}

describe.skipIf(skipReason(missingBrowser()))('the window of the built program', () => {
  let browser: Browser
  let page: Page
  let directory: string
  const problems: string[] = []

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [join(root, 'scripts/build.mjs')])
    directory = mkdtempSync(join(tmpdir(), 'ews-window-'))
    vi.stubEnv('EWS_SETUP_HOME', directory)
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nowhere')
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => problems.push(String(text).trim()) > 0)
    // As the packaged program gets them; the test runner's own would be files to open.
    process.argv = ['/opt/ews-setup']
    await import(join(root, 'out/main/index.js'))
    stub.app.becomeReady()
    await vi.waitUntil(() => stub.recorded.windows.length === 1)

    browser = await openBrowser()
    page = await browser.newPage()
    page.setDefaultTimeout(5_000)
    page.on('console', (message) => problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    await page.route('**/*', async (route) => {
      const url = route.request().url().replace(standIn, 'app://bundle')
      const answer = await stub.recorded.schemeHandlers.get('app')?.({ method: route.request().method(), url })
      if (answer === undefined) return route.abort()
      const body = Buffer.from(await answer.arrayBuffer())
      return route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body })
    })
    const ports = new Map<number, MainPort>()
    await page.exposeFunction('toMain', (id: number, data: string | null) => {
      if (data !== null) return ports.get(id)?.receive(data)
      const port = new MainPort()
      port.far = {
        deliver: (message) =>
          void page.evaluate(([to, what]) => window.toPage(to, what), [id, message] as const).catch(() => undefined),
        closed: () => undefined,
      }
      ports.set(id, port)
      const frame = { url: page.url().replace(standIn, 'app://bundle'), origin: 'app://bundle', parent: null }
      stub.recorded.windows[0]?.webContents.ipc.emit('ews-setup:port', { ports: [port], senderFrame: frame })
    })
    await page.addInitScript(preloadIn())
    await page.goto(stub.recorded.windows[0]?.loaded[0]?.replace('app://bundle', standIn) ?? '')
  }, 90_000)

  afterAll(async () => {
    await browser.close()
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    rmSync(directory, { recursive: true, force: true })
  })

  const address = () => page.getByRole('textbox', { name: /E-Mail-Adresse|E-mail address/ })

  test('shows the dialog in the language of the system, within its policy', async () => {
    await page.getByRole('button', { name: 'Verbindung testen' }).waitFor()
    expect(problems).toEqual([])
  })

  test('saves what is typed, and shows it after a reload', async () => {
    await address().fill('anna@contoso.com')
    await page.getByRole('button', { name: 'Speichern' }).click()
    await expect.poll(() => readFileSync(join(directory, 'config.json'), 'utf8')).toContain('anna@contoso.com')
    await page.reload()
    await expect.poll(() => address().inputValue()).toBe('anna@contoso.com')
    expect(problems).toEqual([])
  })

  test('changes the language of dialog and menu at once', async () => {
    await page.getByText('EN', { exact: true }).click()
    await page.getByRole('button', { name: 'Test connection' }).waitFor()
    expect(stub.recorded.menu.map(({ label }) => label)).toContain('Edit')
    expect(problems).toEqual([])
  })
})
