/** The window's own connection in a real browser, against the real server: cookie, policy, streams, presence. */
import { mkdtemp, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { draft } from '../host/draft.ts'
import { asks, fakeConnector, question, waits } from '../host/fakeConnector.ts'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { skipReason } from '../servers/skip.ts'
import { startServer, type TestServer } from './server.ts'

describe.skipIf(skipReason(missingBrowser()))('in a browser', () => {
  let browser: Browser
  let rendererDir: string
  let server: TestServer | undefined
  const input = { draft: draft({ email: 'anna@contoso.com' }), secrets: {} }

  beforeAll(async () => {
    browser = await openBrowser()
    rendererDir = await mkdtemp(fileURLToPath(new URL('../../.cache/page-', import.meta.url)))
    await build({
      configFile: false,
      root: fileURLToPath(new URL('page', import.meta.url)),
      base: './',
      logLevel: 'error',
      build: { outDir: rendererDir, emptyOutDir: true, modulePreload: { polyfill: false } },
    })
  })
  afterAll(async () => {
    await browser.close()
    await rm(rendererDir, { recursive: true, force: true })
  })
  afterEach(async () => {
    await server?.stop()
    server = undefined
  })

  async function start(graceMs = 10_000): Promise<TestServer> {
    server = await startServer({ rendererDir, graceMs, connector: fakeConnector() })
    return server
  }
  async function open(url: string): Promise<Page> {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(url)
    await page.waitForFunction(() => document.title === 'connected')
    return page
  }
  const version = (page: Page) => page.evaluate(async () => (await window.client.app.start({})).version)

  test('the printed address leads to a window that can call, also after a reload and in a second tab', async () => {
    const { url } = await start()
    const page = await open(url)
    expect(new URL(page.url()).pathname).toMatch(/^\/w[0-9a-f]{32}\/$/)
    expect(await version(page)).toBe('1.2.3')
    await page.reload()
    expect(await version(page)).toBe('1.2.3')
    const second = await page.context().newPage()
    await second.goto(page.url())
    await second.waitForFunction(() => document.title === 'connected')
    expect(await version(second)).toBe('1.2.3')
    expect(await page.evaluate(() => window.violations)).toEqual([])
    await page.context().close()
  })

  test('a copied address opens no second window', async () => {
    const { url } = await start()
    const page = await open(url)
    const stranger = await (await browser.newContext()).newPage()
    expect((await stranger.goto(url))?.status()).toBe(403)
    expect((await stranger.goto(page.url()))?.status()).toBe(403)
    await stranger.context().close()
    await page.context().close()
  })

  test('events stream as they happen, a question is answered, and closing stops the run', async () => {
    const { url, connector } = await start()
    const page = await open(url)
    connector.script = asks(question, 'question only')
    const kinds = await page.evaluate(async (given) => {
      const seen: string[] = []
      for await (const event of await window.client.runs.locate(given)) {
        seen.push(event.kind)
        if (event.kind === 'question') await window.client.runs.answer({ questionId: event.question.id, consent: true })
      }
      return seen
    }, input)
    expect(kinds).toEqual(['question', 'ended'])

    connector.script = waits
    await page.evaluate(async (given) => {
      const events = await window.client.runs.test(given)
      await events.next()
      await events.return?.()
    }, input)
    await expect.poll(() => connector.ended).toBe(2)
    await page.context().close()
  })

  test('a declared failure keeps its code', async () => {
    const { url, connector } = await start()
    connector.script = waits
    const page = await open(url)
    const code = await page.evaluate(async (given) => {
      const events = await window.client.runs.test(given)
      await events.next()
      try {
        await window.client.runs.test(given)
        return 'no failure'
      } catch (error) {
        return error instanceof Error && 'code' in error ? error.code : String(error)
      }
    }, input)
    expect(code).toBe('RUN_ACTIVE')
    await page.context().close()
  })

  test('a page of another origin cannot call, though its browser is in', async () => {
    const { url, connector, port } = await start()
    const other = await startServer({ rendererDir })
    const page = await open(url)
    const path = new URL(page.url()).pathname
    const foreign = await page.context().newPage()
    await foreign.goto(other.url)
    await foreign.waitForFunction(() => document.title === 'connected')
    // Its own policy would stop it first; a hostile page has none.
    await foreign.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<title>hostile</title>' }))
    await foreign.goto('http://hostile.localhost/')
    await foreign.unroute('**/*')
    const address = `http://127.0.0.1:${port}${path}rpc/runs/test`
    const outcome = await foreign.evaluate(async (target) => {
      const body = JSON.stringify({ json: { draft: {}, secrets: {} } })
      const answer = await fetch(target, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).catch(
        () => null,
      )
      return answer?.type ?? 'failed'
    }, address)
    expect(['opaque', 'failed']).toContain(outcome)
    expect(connector.requests).toEqual([])
    await page.context().close()
    await other.stop()
  })

  test('the server ends when its last window closes', async () => {
    const { url, closed } = await start(50)
    const page = await open(url)
    await expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).held?.length)).toBe(1)
    await version(page)
    await page.context().close()
    await closed
  })
})
