/** A run belongs to its page: whatever happens to the page, the run ends, and nothing goes on behind the person's back. */
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { call, openChannel } from './channel.ts'
import { buildProgram, dialogReady, endOf, openDesktop, type Desktop } from './desktop.ts'
import { describeHosts } from './hosts.ts'
import { startSilentServer, type SilentServer } from './silentServer.ts'

beforeAll(buildProgram, 90_000)

const host = 'mail.contoso.example'
/** A run that nobody ends waits much longer for its answer. */
const longestEndMs = 3_000

describeHosts('a run in the middle', (desktopHost) => {
  let server: SilentServer
  let desktop: Desktop

  beforeEach(async () => {
    server = await startSilentServer()
    const connectTo = [`${host}:443:127.0.0.1:${server.port}`]
    desktop = await openDesktop(desktopHost, { network: { connectTo, dns: '127.0.0.1:9', caPem: '' } })
    await dialogReady(desktop.page)
  }, 30_000)
  afterEach(async () => {
    await desktop.close()
    await server.stop()
  })

  /** Presses the button and waits for the run to be at the server. `letGo`: milliseconds from then until it closes its connection. */
  async function runUnderWay(): Promise<{ letGo: Promise<number> }> {
    const { page } = desktop
    await page.locator('#field-email').fill('anna@contoso.example')
    await page.locator('#field-password').fill('not this one')
    await page.locator('#field-ewsUrl').fill(`https://${host}/EWS/Exchange.asmx`)
    await page.getByRole('button', { name: 'Test connection', exact: true }).click()
    const { ended } = await server.next()
    const started = performance.now()
    return { letGo: ended.then(() => performance.now() - started) }
  }

  test('a reload ends it, and the new page has a channel that works', async () => {
    const { page } = desktop
    const { letGo } = await runUnderWay()
    await page.reload()
    expect(await letGo).toBeLessThan(longestEndMs)
    await dialogReady(page)
    await openChannel(page)
    expect(await call(page, 'app/start', {})).toMatchObject({ status: 200, json: { face: 'desktop' } })
  })

  test('Stop ends it, and the next one starts', async () => {
    const { page } = desktop
    const { letGo } = await runUnderWay()
    await page.keyboard.press('Escape')
    expect(await letGo).toBeLessThan(longestEndMs)
    await page.locator('.banner').getByText('Stopped').waitFor()
    const second = await runUnderWay()
    await page.keyboard.press('Escape')
    expect(await second.letGo).toBeLessThan(longestEndMs)
  })

  test('a crash of the page ends it, and the window comes back with a dialog that works', async () => {
    const { app } = desktop
    const { letGo } = await runUnderWay()
    await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      const loaded = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()))
      Reflect.set(globalThis, 'loadedAgain', loaded)
      contents?.forcefullyCrashRenderer()
    })
    expect(await letGo).toBeLessThan(longestEndMs)
    const heading = await desktop.whileAlive(
      app.evaluate(async ({ BrowserWindow }) => {
        await (Reflect.get(globalThis, 'loadedAgain') as Promise<void>)
        // The heading is painted once the program has answered over the new channel.
        const wait = `new Promise((resolve) => {
          const look = () => { const h = document.querySelector('h1'); if (h) resolve(h.textContent); return h }
          if (!look()) new MutationObserver((_, observer) => look() && observer.disconnect()).observe(document, { subtree: true, childList: true })
        })`
        return BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(wait) as Promise<string>
      }),
    )
    expect(heading).toContain('Exchange')
    expect(desktop.errors().join('\n')).toContain('process ended: crashed')
  })

  test('closing the window ends it and the program', async () => {
    const ended = endOf(desktop.app.process())
    const { letGo } = await runUnderWay()
    // The answer may be lost with the program.
    desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()).catch(() => undefined)
    expect(await letGo).toBeLessThan(longestEndMs)
    expect(await ended).toEqual({ code: 0, signal: null })
  })
})
