/** The dialog with a scripted connector: served and opened for a file of tests, each page asked for trouble after its test. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { openBrowser } from '../openBrowser.ts'
import { servePreview } from '../renderer/preview/servePreview.ts'
import type { Calls, Script } from '../renderer/preview/scriptedClient.ts'
import { openPage, troubleOf, unfilledTexts, type PageOptions } from './pages.ts'

export type Show = (script: Partial<Script>, options?: PageOptions) => Promise<Page>

/** Registers the hooks of the surrounding `describe`; gives the opener of a page that shows a script (English, unless it says otherwise). */
export function previewPages(timeoutMs = 8_000): Show {
  let browser: Browser
  let served: Awaited<ReturnType<typeof servePreview>>
  const pages: Page[] = []

  beforeAll(async () => {
    served = await servePreview()
    browser = await openBrowser()
  }, 60_000)
  afterEach(async () => {
    for (const page of pages.splice(0)) {
      expect([...(await troubleOf(page)), ...(await unfilledTexts(page))]).toEqual([])
      await page.context().close()
    }
  })
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  return async (script, options = {}) => {
    const page = await openPage(browser, options)
    page.setDefaultTimeout(timeoutMs)
    pages.push(page)
    await page.goto(`${served.url}?script=${encodeURIComponent(JSON.stringify({ language: 'en', ...script }))}`)
    await page.locator('main').first().waitFor()
    if (script.broken !== 'start') await page.getByRole('heading', { level: 2 }).first().waitFor()
    return page
  }
}

/** What the page asked the scripted connector for. */
export const callsOf = (page: Page): Promise<Calls | undefined> =>
  page.evaluate((): Calls | undefined => window.previewCalls)
