// The guide to the app registration in a real Chromium on the browser host, against the embedded Exchange: each check fails in one scenario
// and passes in another; ticks and checks are kept; all of it works by keyboard and is read sensibly.
import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startDemo, type DemoExchange, type ScenarioId } from '../../src/demo/index.ts'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { axeViolations } from './axe.ts'
import { buildWindow } from './buildWindow.ts'
import { openBrowserHost } from './openHost.ts'
import { focusTrouble } from './focus.ts'
import { accessibilityTrouble, sidewaysOverflow, troubleOf, unfilledTexts, type PageOptions } from './pages.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

const runMs = 25_000

type Model = 'all' | 'some' | 'hybrid' | 'on-premises'
type Opened = { page: Page; exchange: DemoExchange; links: string[]; guide: Guide; close: () => Promise<void> }

describe.skipIf(skipReason !== null)('the guide to the app registration', { timeout: 60_000 }, () => {
  let browser: Browser
  let rendererDir = ''
  const open: Opened[] = []
  beforeAll(async () => {
    rendererDir = await buildWindow('window-registration')
    browser = await openBrowser()
  }, 90_000)
  afterAll(() => browser?.close())
  afterEach(async () => {
    for (const { page, close } of open.splice(0)) {
      const trouble = [...(await troubleOf(page)), ...(await unfilledTexts(page))]
      await close()
      expect(trouble).toEqual([])
    }
  })

  async function start(
    scenario: ScenarioId,
    o: { model?: Model; typed?: Record<string, string>; language?: 'de' | 'en'; page?: PageOptions } = {},
  ): Promise<Opened> {
    const exchange = await startDemo({ scenario })
    const links: string[] = []
    const host = await openBrowserHost({
      browser,
      rendererDir,
      networkDefaults: { connectTo: exchange.connectTo, dns: exchange.dns, extraCa: exchange.caPem },
      openLink: (url) => links.push(url),
      ...(o.language === undefined ? {} : { language: o.language }),
      ...(o.page === undefined ? {} : { page: o.page }),
    })
    const { page } = host
    page.setDefaultTimeout(runMs)
    const guide = guideOn(page, o.language ?? 'en')
    const opened = {
      page,
      exchange,
      links,
      guide,
      close: async () => {
        await host.close()
        await exchange.stop()
      },
    }
    open.push(opened)
    const typed = { ...exchange.typed, ...o.typed }
    for (const [name, value] of Object.entries(typed))
      if (typeof value === 'string') await page.locator(`#field-${name}`).fill(value)
    await guide.open()
    if (o.model !== undefined) await guide.choose(o.model)
    return opened
  }

  const passing: [string, Model, ScenarioId, RegExp][] = [
    ['ids', 'all', 'healthy-online', /In order/],
    ['secret', 'all', 'healthy-online', /In order/],
    ['permission', 'all', 'rbac-scope', /comes from Exchange/],
    ['consent', 'all', 'healthy-online', /In order/],
    ['scope', 'some', 'rbac-scope', /In order/],
    ['allow-list', 'all', 'healthy-online', /In order/],
    ['directories', 'on-premises', 'healthy-on-prem', /In order/],
    ['ews', 'all', 'healthy-online', /In order/],
  ]
  test.each(passing)('%s (%s) passes in %s', async (step, model, scenario, says) => {
    const { guide } = await start(scenario, { model })
    expect(await guide.check(step)).toMatch(says)
    expect(await guide.outcome(step).getAttribute('class')).toContain('check-passed')
  })

  const failing: [string, Model, ScenarioId, RegExp][] = [
    ['ids', 'all', 'tenant-in-another-cloud', /wrong-cloud/],
    ['secret', 'all', 'secret-wrong', /client-secret-wrong/],
    ['permission', 'all', 'role-missing', /ews-permission-missing/],
    ['consent', 'all', 'consent-missing', /admin-consent-missing/],
    ['scope', 'some', 'impersonation-denied', /impersonation-denied/],
    ['allow-list', 'all', 'ews-not-allowed', /ews-disabled-for-organization/],
    ['directories', 'on-premises', 'wrong-certificate', /tls-name-mismatch/],
    ['ews', 'on-premises', 'wrong-password', /wrong-password-or-user-name/],
  ]
  test.each(failing)('%s (%s) fails in %s, with meaning and remedy', async (step, model, scenario, code) => {
    const { guide } = await start(scenario, { model })
    const text = await guide.check(step)
    expect(text).toMatch(/Not in order/)
    expect(text).toMatch(code)
    expect(await guide.step(step).getByRole('heading').allInnerTexts()).toEqual(
      expect.arrayContaining(['What it means', expect.stringContaining('What to do')]),
    )
  })

  describe('bad input is recognised at its step', () => {
    test.each([
      ['a tenant as URL', 'ids', { tenantId: 'https://login.microsoftonline.com/fabrikam.example/v2.0' }, /In order/],
      ['IDs with braces and blanks', 'ids', { clientId: ' {b1f4d2a7-3e5c-4c86-a0d9-7f2e6b815c43} ' }, /In order/],
      ['a client ID that is none', 'ids', { clientId: 'EWS Setup' }, /client-id-malformed/],
    ])('%s', async (_what, step, typed, says) => {
      const { guide } = await start('healthy-online', { typed })
      expect(await guide.check(step)).toMatch(says)
    })

    test('a secret with a trailing blank works, and the field says that it was cleaned', async () => {
      const { guide, page, exchange } = await start('healthy-online')
      const secret = page.locator('#guide-field-clientSecret')
      await secret.fill(`${exchange.typed.clientSecret ?? ''} `)
      await secret.blur()
      await page.locator('#guide-field-clientSecret-remarks').waitFor()
      expect(await guide.check('secret')).toMatch(/In order/)
    })

    test('a consent without the right to give it', async () => {
      const { guide } = await start('role-missing')
      expect(await guide.check('consent')).toMatch(/given by somebody who may not give it/)
    })
  })

  test('a check of the IDs sends no secret, and an earlier step that failed is named', async () => {
    const { guide, exchange } = await start('tenant-unknown')
    await guide.check('ids')
    expect(exchange.journal.filter((entry) => entry.operation === 'token')).toEqual([])
    expect(await guide.check('secret')).toContain('First mend step “Copy both IDs”')
  })

  test('model, ticks and checks are kept per profile, and a step that regressed says so', async () => {
    const { page, guide, exchange } = await start('healthy-online', { model: 'some' })
    await guide.choose('all')
    await guide.tick('register').check()
    await guide.check('secret')
    await page.locator('#guide-field-clientSecret').fill('demo8Q~a-value-that-is-not-right')
    expect(await guide.check('secret')).toMatch(/It was in order on .* and is not any more/)
    const { tenantId = '', clientId = '' } = exchange.typed
    await page.reload()
    await page.locator('#field-tenantId').fill(tenantId)
    await page.locator('#field-clientId').fill(clientId)
    await guide.open()
    expect(await guide.tick('register').isChecked()).toBe(true)
    expect(await page.locator('#guide-model-all').isChecked()).toBe(true)
    expect(await guide.step('secret').innerText()).toMatch(/was in order on .*Code: client-secret-wrong/s)
    await page.locator('#guide-field-clientId').fill('4d9e7b10-62fa-4b3d-8c15-e0a7935d2f68')
    await expect.poll(() => guide.step('secret').innerText()).toContain('checked with other IDs')
  })

  test('nothing of a secret is stored or written into the page', async () => {
    const { page, guide, exchange } = await start('healthy-online')
    await guide.check('ews')
    const { clientSecret = 'none' } = exchange.typed
    expect(await page.content()).not.toContain(clientSecret)
    expect(await page.locator('#script-text').inputValue()).not.toContain(clientSecret)
  })

  test('links lead into the portal with tenant and client ID, and a window names none', async () => {
    const { guide, page, links, exchange } = await start('healthy-online')
    const { tenantId = '', clientId = '' } = exchange.typed
    await guide
      .step('permission')
      .getByRole('button', { name: /^Open in the portal/ })
      .click()
    await expect
      .poll(() => links)
      .toEqual([
        `https://entra.microsoft.com/#@${tenantId}/blade/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/CallAnAPI/appId/${clientId}`,
      ])
    await page.locator('#guide-field-tenantId').fill('x/../../@evil.example')
    await page.locator('#guide-field-clientId').fill('')
    await guide
      .step('secret')
      .getByRole('button', { name: /^Open in the portal/ })
      .click()
    await expect
      .poll(() => links.at(1))
      .toBe('https://entra.microsoft.com/#blade/Microsoft_AAD_RegisteredApps/ApplicationsListBlade')
  })

  test('the script carries the values, follows the model and can be saved', async () => {
    const { page, guide, exchange } = await start('healthy-online', { model: 'some' })
    await guide
      .step('scope')
      .getByRole('button', { name: /^Show script for/ })
      .click()
    const text = page.locator('#script-text')
    await expect.poll(() => text.inputValue()).toContain(`$ClientId = '${exchange.typed.clientId ?? ''}'`)
    await expect.poll(() => text.inputValue()).toContain(`@('${exchange.typed.email}')`)
    await page.locator('#script-mailboxes').fill("o'brien@fabrikam.example\nben@fabrikam.example")
    await expect.poll(() => text.inputValue()).toContain("@('o''brien@fabrikam.example', 'ben@fabrikam.example')")
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save script' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('ews-setup-exchange-online.ps1')
    const saved = readFileSync(await download.path(), 'utf8')
    expect(saved).toBe(`\ufeff${await text.inputValue()}`)
  })

  test('the card of the end of EWS counts the days and knows the last test; for Exchange Server there is none', async () => {
    const { page, guide } = await start('ews-not-allowed', { model: 'all' })
    const card = page.getByRole('region', { name: /EWS in Exchange Online ends on/ })
    expect(await card.innerText()).toMatch(/\d+ days? left|has ended/)
    expect(await card.innerText()).toContain('Nothing yet')
    await guide.check('ews')
    await expect.poll(() => card.innerText()).toMatch(/EWS was blocked although the token was good/)
    await guide.choose('on-premises')
    await expect.poll(() => card.count()).toBe(0)
    const text = page.locator('#script-text')
    await expect.poll(() => text.inputValue()).toContain('ApplicationImpersonation')
    expect(await text.inputValue()).not.toMatch(/2027|Graph/)
    expect(await page.locator('.result-column:visible').innerText()).not.toMatch(/2027|Exchange Online/)
  })

  test('the keyboard alone does it: model, tick, check, result', async () => {
    const { page, guide } = await start('healthy-online')
    await page.getByRole('button', { name: 'App registration', exact: true }).focus()
    await tabTo(page, 'guide-model-all')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.locator('#guide-model-some').isChecked()).toBe(true)
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => page.locator('#guide-model-all').isChecked()).toBe(true)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect.poll(() => guide.tick('register').isChecked()).toBe(true)
    await tabTo(page, 'guide-field-clientId')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await guide.outcome('ids').waitFor()
    expect(await guide.step('ids').innerText()).toContain('In order')
    await expect.poll(() => page.getByRole('status').innerText()).toContain('Copy both IDs: In order')
  })

  test.each([
    ['de', 'light', 1200],
    ['en', 'dark', 600],
  ] as const)('axe and the own questions find nothing: %s, %s, %i px', async (language, colorScheme, width) => {
    const { page, guide } = await start('role-missing', {
      language,
      page: { colorScheme, width, locale: language === 'de' ? 'de-DE' : 'en-GB' },
    })
    await guide.check('permission')
    expect(await axeViolations(page)).toEqual([])
    expect(await accessibilityTrouble(page)).toEqual([])
    expect(await focusTrouble(page)).toEqual([])
    expect(await sidewaysOverflow(page)).toBe(0)
    for (const drawing of await page.locator('.portal-drawing').all())
      expect(await drawing.getAttribute('aria-label')).toMatch(/^(Zeichnung|Drawing): /)
    expect(await page.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(Schritt|Step) 1: /)]),
    )
  })
})

type Guide = {
  open: () => Promise<void>
  choose: (model: Model) => Promise<void>
  step: (id: string) => Locator
  tick: (id: string) => Locator
  outcome: (id: string) => Locator
  /** Checks a step to its end and tells what it says. */
  check: (id: string) => Promise<string>
}

function guideOn(page: Page, language: 'de' | 'en'): Guide {
  const step = (id: string) => page.locator(`#guide-step-${id}`)
  const outcome = (id: string) => step(id).locator('.check-state:not(:has(.icon-spinner))')
  return {
    step,
    outcome,
    async open() {
      await page
        .getByRole('button', { name: language === 'de' ? 'App-Registrierung' : 'App registration', exact: true })
        .click()
      await page.locator('#guide-steps-title').waitFor()
    },
    async choose(model) {
      await page.locator(`#guide-model-${model}`).click()
      await page.locator(`#guide-model-${model}:checked`).waitFor()
      await page.locator(`#guide-step-${model === 'on-premises' ? 'directories' : 'register'}`).waitFor()
    },
    tick: (id) => step(id).getByRole('checkbox'),
    async check(id) {
      // A press right after the last one counts as its double click, and starts nothing.
      await expect
        .poll(
          async () => {
            const asked = page.waitForRequest((request) => request.url().endsWith('rpc/guide/check'), {
              timeout: 1_000,
            })
            await step(id)
              .getByRole('button', { name: language === 'de' ? /^Prüfen/ : /^Check/ })
              .click()
            return asked.then(
              () => true,
              () => false,
            )
          },
          { timeout: runMs },
        )
        .toBe(true)
      await step(id).locator('.icon-spinner').waitFor({ state: 'detached' })
      await outcome(id).waitFor()
      return step(id).innerText()
    },
  }
}

/** Presses Tab until the element of this ID has the focus. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate(() => document.activeElement?.id)) === id) return
  }
  throw new Error(`Tab does not lead to ${id}`)
}
