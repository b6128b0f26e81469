/** What a screen reader is told without being asked: each thing once, in the language of the window, at once only where it cannot wait. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Language } from '../../src/contract/contract.ts'
import { missingBrowser } from '../openBrowser.ts'
import type { Script } from '../renderer/preview/scriptedClient.ts'
import { previewPages } from './previewPages.ts'
import { stageOf, type Stage } from './views.ts'

declare global {
  interface Window {
    told?: string[]
  }
}

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

/** Writes down what appears in live regions, as assistive technology hears of it. */
function listen(): void {
  const told: string[] = []
  window.told = told
  const live = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]'
  const last = new WeakMap<Element, string>()
  const note = (region: Element) => {
    const text = (region.textContent ?? '').trim()
    if (text === '' || last.get(region) === text) return
    last.set(region, text)
    told.push(`${region.matches('[role=alert], [aria-live=assertive]') ? 'alert' : 'status'}: ${text}`)
  }
  new MutationObserver((changes) => {
    const regions = new Set<Element>()
    for (const { target, addedNodes } of changes) {
      const element = target instanceof Element ? target : target.parentElement
      const around = element?.closest(live)
      if (around != null) {
        // New words, even if they are the same again.
        if (around.matches('.unseen')) last.delete(around)
        regions.add(around)
      }
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue
        if (node.matches(live)) regions.add(node)
        for (const inner of node.querySelectorAll(live)) regions.add(inner)
      }
    }
    for (const region of regions) note(region)
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}

describe.skipIf(skipReason !== null)('told by itself', { timeout: 60_000 }, () => {
  const open = previewPages(15_000)
  async function show(language: Language, script: Partial<Script> = {}): Promise<Stage> {
    const page = await open({ language, settings: 'saved', ...script })
    await page.evaluate(listen)
    return stageOf(page, language)
  }
  const told = (page: Page): Promise<string[]> => page.evaluate(() => window.told ?? [])
  const times = async (page: Page, text: string): Promise<number> =>
    (await told(page)).filter((one) => one === text).length

  test.each(['de', 'en'] as const)('the phases of a run and its outcome (%s)', async (language) => {
    const { page, press, texts } = await show(language, { test: 'works', pace: 120 })
    await press(texts.dialog.actions.test)
    await page.locator('#result .banner').waitFor()
    const banner = await page.locator('#result .banner h3').innerText()
    await expect.poll(() => times(page, `status: ${banner}`)).toBe(1)
    const heard = await told(page)
    for (const phase of ['names', 'token', 'login'] as const)
      expect(heard.filter((one) => one === `status: ${texts.dialog.result.running[phase]}`)).toHaveLength(1)
    // No alert: nothing failed, and the single steps are not read out.
    expect(heard.filter((one) => one.startsWith('alert'))).toEqual([])
    expect(heard.length).toBeLessThanOrEqual(Object.keys(texts.dialog.result.running).length + 1)
  })

  test.each(['de', 'en'] as const)('copied, saved, removed (%s)', async (language) => {
    const { page, press, texts } = await show(language)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await press(texts.dialog.actions.test)
    await press(new RegExp(`^${texts.dialog.report.copy}$`))
    await expect.poll(() => times(page, `status: ${texts.dialog.copy.copied}`)).toBe(1)
    await press(texts.dialog.actions.save)
    await expect.poll(() => times(page, `status: ${texts.dialog.actions.saved}`)).toBe(1)
    await press(texts.dialog.secret.remove.clientSecret)
    await press(texts.dialog.secret.confirmYes)
    await expect.poll(() => times(page, `status: ${texts.dialog.secret.removed}`)).toBe(1)
  })

  test.each(['de', 'en'] as const)('what did not work, at once (%s)', async (language) => {
    const { page, press, texts } = await show(language, { broken: 'save' })
    await page.locator('#field-userName').fill('CONTOSO\\anna')
    await press(texts.dialog.actions.save)
    await expect.poll(() => times(page, `alert: ${texts.dialog.actions.notSaved}`)).toBe(1)
    expect(await times(page, `status: ${texts.dialog.actions.notSaved}`)).toBe(0)
  })

  test('how many fields are wrong, and the first one has the focus with its message', async () => {
    const { page, press, texts } = await show('en', { settings: 'new' })
    await press(texts.dialog.actions.test)
    await expect.poll(() => times(page, `status: ${texts.dialog.summary.title.one}`)).toBe(1)
    const email = page.locator('#field-email')
    expect(await email.evaluate((element) => element === document.activeElement)).toBe(true)
    const ids = (await email.getAttribute('aria-describedby'))?.split(' ') ?? []
    const messages = await Promise.all(ids.map((id) => page.locator(`[id="${id}"]`).innerText()))
    expect(messages.join(' ')).toContain(texts.dialog.empty.email)
    // Required, for eyes and ears, and the only one that is.
    expect(messages.join(' ')).toContain('Required.')
    expect(
      await page.locator('[aria-required=true], [required]').evaluateAll((all) => all.map((one) => one.id)),
    ).toEqual(['field-email'])
  })

  test('no field fills itself in: they are about a server and its accounts, not about who sits here', async () => {
    const { page, texts, press } = await show('en')
    for (const { tab } of Object.values(texts.dialog.sections)) await press(tab)
    await page.locator('.address-row').first().waitFor({ state: 'attached' })
    await page.locator('#export-format').waitFor({ state: 'attached' })
    const filling = await page
      .locator('input:not([type=checkbox], [type=radio], [type=file], [type=date])')
      .evaluateAll((all) => all.filter((one) => one.getAttribute('autocomplete') !== 'off').map((one) => one.outerHTML))
    expect(filling.filter((html) => !/type="search"|numeric|new-password/.test(html))).toEqual([])
  })

  test('a finished check of many, and a change of the profile', async () => {
    const { page, press, texts } = await show('en')
    await press(texts.dialog.sections.many.tab)
    await press(texts.dialog.manage.many.start)
    const verdict = await page.locator('.many-verdict').innerText()
    await expect.poll(() => times(page, `status: ${verdict}`)).toBe(1)
    await press(/^Profile: /)
    await page.locator('.profile-line').nth(1).click()
    await press(texts.dialog.manage.switcher.select)
    await expect.poll(async () => (await told(page)).at(-1)).toMatch(/^status: Profile “Fabrikam/)
  })

  test('another language: the page says so, and what follows is told in it', async () => {
    const { page } = await show('en')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.getByRole('radio', { name: 'Deutsch' }).check({ force: true })
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de')
    const { press, texts } = stageOf(page, 'de')
    await press(texts.dialog.actions.save)
    await expect.poll(() => times(page, `status: ${texts.dialog.actions.saved}`)).toBe(1)
  })
})
