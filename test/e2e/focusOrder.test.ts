/** Each view gone through with the Tab key: in sight, with an outline, in the order that one sees, and out again. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { servePreview } from '../renderer/preview/servePreview.ts'
import { focusTrouble } from './focus.ts'
import { openPage } from './pages.ts'
import { showView, views } from './views.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

/** One view of each section with most of its controls, and each dialog. */
const walked = [
  'basics, more options and a certificate',
  'basics, it fails, everything unfolded',
  'connections, one in each state',
  'connections, form with an own policy',
  'registration, chosen mailboxes',
  'addresses, one with everything',
  'addresses, what a transfer would change',
  'diagnosis, judged, everything unfolded',
  'transfer, differences of an import',
  'many, ended',
]
const chosen = views.filter(({ id, overlays = [] }) => walked.includes(id) || overlays.length > 0)

describe.skipIf(skipReason !== null)('with the Tab key', { timeout: 90_000 }, () => {
  let browser: Browser
  let served: Awaited<ReturnType<typeof servePreview>>
  let page: Page
  beforeAll(async () => {
    served = await servePreview()
    browser = await openBrowser()
    page = await openPage(browser)
    page.setDefaultTimeout(20_000)
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  test.each(chosen)('$id', async (view) => {
    await page.setViewportSize({ width: 1200, height: 700 })
    await showView(page, served.url, view, 'en')
    expect(await focusTrouble(page)).toEqual([])
  })

  test.each(['basics, it fails, everything unfolded', 'transfer, differences of an import'])(
    '%s, as narrow and low as at a large zoom',
    async (id) => {
      const view = views.find((one) => one.id === id)
      if (view === undefined) throw new Error(`there is no view ${id}`)
      await page.setViewportSize({ width: 320, height: 480 })
      await showView(page, served.url, view, 'en')
      expect(await focusTrouble(page)).toEqual([])
    },
  )
})
