/** The program as a whole: one at a time, its menu, and how it gives up on a page that keeps crashing. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { links } from '../../src/contract/links.ts'
import { buildProgram, dialogReady, endOf, environmentOf, openDesktop, type Desktop } from './desktop.ts'
import { builtBundles, describeHosts } from './hosts.ts'

beforeAll(buildProgram, 90_000)

describeHosts('the program', (host) => {
  let desktop: Desktop
  beforeEach(async () => {
    desktop = await openDesktop(host)
    await dialogReady(desktop.page)
  }, 30_000)
  afterEach(() => desktop.close())

  test('a second start ends at once and raises the first', async () => {
    const { app, directory } = desktop
    await app.evaluate(({ app, BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.minimize()
      const second = new Promise<void>((resolve) => app.once('second-instance', () => resolve()))
      Reflect.set(globalThis, 'secondInstance', second)
    })
    const path = await host.executablePath()
    const child = execFile(path, [join(builtBundles, 'main', 'index.js')], { env: environmentOf(host, directory) })
    expect(await endOf(child)).toEqual({ code: 0, signal: null })
    const state = await app.evaluate(async ({ BrowserWindow }) => {
      await (Reflect.get(globalThis, 'secondInstance') as Promise<void>)
      const windows = BrowserWindow.getAllWindows()
      return [windows.length, windows[0]?.isMinimized(), windows[0]?.isVisible()]
    })
    expect(state).toEqual([1, false, true])
  })

  test('the menu opens known links and no others', async () => {
    await desktop.app.evaluate(({ Menu }) => {
      for (const item of Menu.getApplicationMenu()?.items.at(-1)?.submenu?.items ?? []) item.click()
    })
    expect(await desktop.opened()).toEqual(Object.values(links))
  })

  test('the menu shows sections, begins a run, and zooms, in the window', async () => {
    const { app, page } = desktop
    const choose = (label: string) =>
      app.evaluate(({ Menu }, wanted) => {
        const items = (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => submenu?.items ?? [])
        items.find((item) => item.label === wanted)?.click()
      }, label)
    await choose('Diagnosis')
    await page.locator('#diagnosis-text').waitFor()
    expect(await page.title()).toBe('EWS Setup – Diagnosis')
    // The run belongs to another section, which comes to the front; without an address it only says so.
    await choose('Get URL')
    await page.getByText('Enter the mailbox address').first().waitFor()
    expect(await page.title()).toBe('EWS Setup – Exchange connector – Basics')
    const before = await page.evaluate(() => window.innerWidth)
    await choose('Zoom in')
    await page.waitForFunction((width) => window.innerWidth < width, before)
  })

  test('a page that keeps crashing is not reloaded for ever: the program says so and ends', async () => {
    const { app } = desktop
    const ended = endOf(app.process())
    const crash = () =>
      app.evaluate(({ BrowserWindow, dialog }) => {
        dialog.showErrorBox = (title) => void process.stderr.write(`box: ${title}\n`)
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        return new Promise<void>((resolve) => {
          contents?.once('did-finish-load', () => resolve())
          contents?.forcefullyCrashRenderer()
        })
      })
    for (let time = 0; time < 3; time += 1) await desktop.whileAlive(crash())
    // The last one has no answer.
    crash().catch(() => undefined)
    expect(await ended).toEqual({ code: 1, signal: null })
    expect(desktop.errors().join('\n')).toContain('box: ')
  })
})
