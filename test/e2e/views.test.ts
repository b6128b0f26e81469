/**
 * Every view of the table in `views.ts`, judged: by axe in both languages and themes, its layout at 320 CSS px (which is 1280 at 400 %), at
 * 640 (200 %) and with the spacing of text that a person may set, and the size of its targets.
 *
 * The suite looks at German in light, and at English in dark for names and contrast; `EWS_SETUP_FULL=1` looks at all of it in all four.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Language } from '../../src/contract/contract.ts'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { servePreview } from '../renderer/preview/servePreview.ts'
import { axeViolations } from './axe.ts'
import { cutOff, setTextSpacing, smallTargets } from './geometry.ts'
import { accessibilityTrouble, openPage, troubleOf, unfilledTexts } from './pages.ts'
import { showView, views, type View } from './views.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

type Look = readonly [Language, 'light' | 'dark']
const looks: readonly Look[] = [
  ['de', 'light'],
  ['en', 'dark'],
]
const others: readonly Look[] = [
  ['de', 'dark'],
  ['en', 'light'],
]
const isFull = process.env['EWS_SETUP_FULL'] === '1'
if (!isFull && skipReason === null)
  console.log(
    'skipped: views in German, dark, and in English, light, and of English all but names and contrast, because they take as long again; EWS_SETUP_FULL=1',
  )

describe.skipIf(skipReason !== null)('every view', { timeout: 90_000 }, () => {
  let browser: Browser
  let served: Awaited<ReturnType<typeof servePreview>>
  const pages = new Map<Language, Page>()
  beforeAll(async () => {
    served = await servePreview()
    browser = await openBrowser()
    for (const [language, locale] of [['de', 'de-DE'] as const, ['en', 'en-GB'] as const]) {
      const page = await openPage(browser, { locale })
      page.setDefaultTimeout(20_000)
      pages.set(language, page)
    }
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  async function lookAt(view: View, [language, colorScheme]: Look): Promise<string[]> {
    const page = pages.get(language)
    if (page === undefined) throw new Error('no page of this language')
    const before = (await troubleOf(page)).length
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ colorScheme })
    const { texts } = await showView(page, served.url, view, language)
    const at = async (width: number): Promise<string[]> => {
      await page.setViewportSize({ width, height: 800 })
      return (await cutOff(page)).map((one) => `${width} px: ${one}`)
    }
    const found = [
      // Another language changes words and another theme colours; what is built of them was judged in the first look.
      ...(await axeViolations(page, isFull || language === 'de' ? 'everything' : 'contrast')),
      ...(await accessibilityTrouble(page)),
      ...(await smallTargets(page)),
      ...(await unfilledTexts(page)),
    ]
    // The longer words are German, and a theme moves nothing.
    if (isFull || language === 'de') {
      found.push(...(await at(640)), ...(await at(320)))
      found.push(...(await smallTargets(page)).map((one) => `320 px: ${one}`))
      await setTextSpacing(page)
      found.push(...(await at(320)).map((one) => `with wide text at ${one}`))
    }
    if ((await page.locator('html').getAttribute('lang')) !== language) found.push('another language in <html lang>')
    const { section, overlays = [], script } = view
    const { product, sections } = texts.dialog
    if (section !== 'window' && (await page.title()) !== `${product} – ${sections[section].title}`)
      found.push(`another title: ${await page.title()}`)
    // A row must not say that it shows what it does not show.
    if (overlays.length > 0 && (await page.getByRole('dialog').or(page.getByRole('alertdialog')).count()) === 0)
      found.push('no dialog is open')
    // What cannot be drawn is an error in the console, too.
    if (script?.broken === undefined) found.push(...(await troubleOf(page)).slice(before))
    return found.map((one) => `${language}, ${colorScheme}: ${one}`)
  }

  test.each(views)('$id', async (view) => {
    const found: string[] = []
    for (const look of isFull ? [...looks, ...others] : looks) found.push(...(await lookAt(view, look)))
    expect([...new Set(found)]).toEqual([])
  })
})
