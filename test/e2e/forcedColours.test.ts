/**
 * With the colours of the system (high contrast), more contrast, and less motion: what is chosen, wrong, off or under way is still told
 * apart, by a shape, a word or a line and not by our colours.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { servePreview } from '../renderer/preview/servePreview.ts'
import { openPage } from './pages.ts'
import { showView, views } from './views.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

describe.skipIf(skipReason !== null)('with the colours of the system', { timeout: 60_000 }, () => {
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
  async function show(
    id: string,
    media: Parameters<Page['emulateMedia']>[0] = { forcedColors: 'active' },
  ): Promise<void> {
    const view = views.find((one) => one.id === id)
    if (view === undefined) throw new Error(`there is no view ${id}`)
    await page.emulateMedia({ forcedColors: 'none', contrast: 'no-preference', reducedMotion: 'reduce', ...media })
    await showView(page, served.url, view, 'en')
  }
  const styles = (selector: string, property: string, pseudo: string | null = null): Promise<string[]> =>
    page
      .locator(selector)
      .evaluateAll((all, [name, before]) => all.map((one) => getComputedStyle(one, before).getPropertyValue(name)), [
        property,
        pseudo,
      ] as const)
  /** What a colour of the system is here. */
  const system = (name: string): Promise<string> =>
    page.evaluate((color) => {
      const probe = document.createElement('div')
      document.body.append(probe)
      probe.style.color = color
      const found = getComputedStyle(probe).color
      probe.remove()
      return found
    }, name)

  test('only the section in front has a line below its name', async () => {
    await show('basics, filled')
    const [current, ...others] = await styles('.section-tab', 'border-block-end-color')
    expect(current).toBe(await system('Highlight'))
    expect(new Set(others)).toEqual(new Set([await system('Canvas')]))
  })

  test('only a box that is ticked shows a tick', async () => {
    await show('transfer, differences of an import')
    const ticks = await styles('.checkbox .icon', 'visibility')
    const chosen = await page
      .locator('.checkbox')
      .evaluateAll((all) => all.map((one) => one.hasAttribute('data-selected')))
    expect(chosen).toContain(true)
    expect(chosen).toContain(false)
    expect(ticks).toEqual(chosen.map((is) => (is ? 'visible' : 'hidden')))
  })

  test('only the chosen profile is marked, and all its words can be read', async () => {
    await show('profiles')
    const surfaces = await styles('.profile-line', 'background-color')
    const highlight = await system('Highlight')
    expect(surfaces.filter((one) => one === highlight)).toHaveLength(1)
    const words = await styles('.profile-line[data-selected], .profile-line[data-selected] *', 'color')
    expect(new Set(words)).toEqual(new Set([await system('HighlightText')]))
  })

  test('a wrong field has another line, and its message a sign of its own', async () => {
    await show('basics, wrong fields')
    expect(await styles('#field-clientId', 'border-top-style')).toEqual(['dashed'])
    expect(await styles('#field-tenantId', 'border-top-style')).toEqual(['solid'])
    expect(await page.locator('#field-clientId-remarks .icon-cross').count()).toBe(1)
  })

  test('each state of a step has its own shape and word, in the colour of the words', async () => {
    await show('basics, it fails, everything unfolded')
    const states = await page.locator('.phase-button').evaluateAll((all) =>
      all.map((one) => ({
        shape:
          one
            .querySelector('.state-icon')
            ?.getAttribute('class')
            ?.replace(/ .*state-icon.*/, ' ') ?? '',
        icon: [...(one.querySelector('.state-icon')?.classList ?? [])].find((name) => name.startsWith('icon-')),
        word: one.querySelector('.state-word')?.textContent,
      })),
    )
    const icons = new Map(states.map(({ word, icon }) => [word, icon]))
    expect(icons.size).toBeGreaterThan(2)
    expect(new Set(icons.values()).size).toBe(icons.size)
    const colours = await styles('.phase-button .state-icon', 'color')
    expect(new Set(colours)).toEqual(new Set(await styles('.phase-button', 'color')))
  })

  test('buttons, fields, dialogs and the bar of progress have an outline', async () => {
    await show('basics, run under way')
    const text = await system('CanvasText')
    expect(new Set(await styles('.input:not(:disabled)', 'border-top-color'))).toEqual(new Set([text]))
    expect(await styles('.progress-track', 'border-top-style')).toEqual(['solid'])
    expect(await styles('.progress-fill', 'background-color')).toEqual([text])
    // What is off is told by the system's colour for that.
    expect(await styles('.actions .button[data-disabled]', 'color')).toContain(await system('GrayText'))
    await show('basics, consent')
    expect(await styles('.modal', 'border-top-color')).toEqual([text])
  })

  test('the focus is outlined in the colour for what is chosen', async () => {
    await show('basics, filled')
    await page.locator('#field-email').focus()
    expect(await styles('#field-email', 'outline-color')).toEqual([await system('Highlight')])
    expect(Number.parseFloat((await styles('#field-email', 'outline-width'))[0] ?? '')).toBeGreaterThanOrEqual(2)
  })

  test('more contrast: no quiet words', async () => {
    await show('basics, filled', { contrast: 'more' })
    const [text] = await styles('body', 'color')
    expect(new Set(await styles('.hint', 'color'))).toEqual(new Set([text]))
    expect(new Set(await styles('.group', 'border-top-color'))).toEqual(new Set([text]))
  })

  test('less motion: nothing turns, slides or fades', async () => {
    await show('basics, run under way', { reducedMotion: 'reduce' })
    expect(new Set(await styles('.icon-spinner', 'animation-name'))).toEqual(new Set(['none']))
    const durations = await styles('.progress-fill, .switch-thumb, .fold-mark', 'transition-property')
    expect(durations.length).toBeGreaterThan(2)
    expect(new Set(durations)).toEqual(new Set(['none']))
    await show('basics, run under way', { reducedMotion: 'no-preference' })
    expect(new Set(await styles('.icon-spinner', 'animation-name'))).toEqual(new Set(['turn']))
  })
})
