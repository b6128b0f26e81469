/**
 * What the window is for, done with keys alone: nothing here clicks. After every step the focus is on something, and on what one would
 * look for. Each call of the scripted connector takes a while, so that controls go off and come back as they do with a host.
 */
import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { missingBrowser } from '../openBrowser.ts'
import type { Script } from '../renderer/preview/scriptedClient.ts'
import { callsOf, previewPages } from './previewPages.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

const mostTabs = 200

describe.skipIf(skipReason !== null)('with keys alone', { timeout: 60_000 }, () => {
  const open = previewPages(15_000)
  const show = (script: Partial<Script> = {}): Promise<Page> => open({ settings: 'saved', lateMs: 40, ...script })
  const button = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name, exact: true }).filter({ visible: true })

  const isFocused = (target: Locator): Promise<boolean> =>
    target.first().evaluateAll(([element]) => element !== undefined && element === document.activeElement)
  async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.first().waitFor()
    for (let presses = 0; presses < mostTabs; presses += 1) {
      if (await isFocused(target)) return
      await page.keyboard.press(key)
    }
    throw new Error(`the Tab key does not lead to ${String(target)}`)
  }
  async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
    await tabTo(page, button(page, name))
    await page.keyboard.press(key)
  }
  const typeInto = async (page: Page, field: Locator, text: string): Promise<void> => {
    await tabTo(page, field)
    await page.keyboard.press('Control+A')
    await page.keyboard.type(text)
  }
  /** Presses the button that has the focus until `ended` is there: the second press of a double press counts for nothing. */
  const stop = async (page: Page, ended: Locator): Promise<void> => {
    await expect
      .poll(
        async () => {
          if (await isFocused(page.locator('.button.stop'))) await page.keyboard.press('Enter')
          return ended.isVisible()
        },
        { timeout: 10_000 },
      )
      .toBe(true)
  }
  const section = (page: Page, tab: string) => press(page, tab)
  /** Words of what has the focus: of a heading its text, of a control its name. Waits until that is so. */
  const expectFocus = async (page: Page, name: string | RegExp): Promise<void> => {
    await expect
      .poll(
        () =>
          page.evaluate(() => {
            const { activeElement: at } = document
            if (at === null || at === document.body) return 'nothing'
            const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])].map((one) => one.textContent) : []
            return (at.getAttribute('aria-label') ?? (labels.join(' ') || (at.textContent ?? ''))).trim()
          }),
        { timeout: 10_000 },
      )
      .toMatch(typeof name === 'string' ? new RegExp(`^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`) : name)
  }

  test('Get URL, stopped in the middle, then in peace; Test connection', async () => {
    const page = await show({ settings: 'new', hold: true })
    await typeInto(page, page.locator('#field-email'), 'anna@contoso.com')
    await press(page, 'Get URL')
    await button(page, 'Stop').waitFor()
    await page.getByText('(3 of 6)').waitFor()
    await expectFocus(page, 'Stop')
    await stop(page, page.locator('.banner'))
    await page.locator('.banner', { hasText: 'Stopped.' }).waitFor()
    await expectFocus(page, 'Get URL')
    await press(page, 'Test connection')
    await page.getByText('(3 of').first().waitFor()
    await expectFocus(page, 'Stop')
    await page.keyboard.press('Escape')
    await page.locator('.banner', { hasText: 'Stopped.' }).waitFor()
    await expectFocus(page, 'Test connection')
  })

  test('consent, answered; the focus comes back to the button', async () => {
    const page = await show({ ask: true })
    await press(page, 'Test connection')
    await expectFocus(page, 'Do not continue')
    await tabTo(page, page.getByRole('checkbox', { name: /^Remember/ }))
    await page.keyboard.press('Space')
    await press(page, 'Send login data there')
    await page.locator('.banner').waitFor()
    await expectFocus(page, 'Test connection')
    expect(await callsOf(page)).toMatchObject({ answers: [true], remembered: [true] })
    await press(page, /^Take back the consent/)
    await expectFocus(page, /URL of the Exchange/)
  })

  test('a finding, its proof unfolded and copied, its help, its report', async () => {
    const page = await show({ test: 'password' })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await press(page, 'Test connection')
    await page.locator('.banner').waitFor()
    const proof = page.locator('.verdict summary').first()
    await tabTo(page, proof)
    await page.keyboard.press('Enter')
    await press(page, 'Copy proof')
    await expect.poll(() => page.getByRole('status').first().textContent()).toBe('Copied')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('headers.request-id')
    await press(page, /^More about this finding/)
    await page.locator('.help-text ul').waitFor()
    await press(page, 'Save report …')
    await page.locator('#report-preview').waitFor()
    await page.keyboard.press('Escape')
    await expectFocus(page, 'Save report …')
    await tabTo(page, page.locator('.phase-button').first())
    await page.keyboard.press('ArrowRight')
    expect(await page.locator('.phase-button').first().getAttribute('aria-expanded')).toBe('true')
  })

  test('wrong fields, a suggestion taken, a secret pasted, replaced, kept and removed', async () => {
    const page = await show({ settings: 'new' })
    await typeInto(page, page.locator('#field-ewsUrl'), 'https://mail.contoso.com/owa')
    await page.keyboard.press('Tab')
    await press(page, /^Use: https/)
    await expectFocus(page, /URL of the Exchange/)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate(() => navigator.clipboard.writeText('pasted'))
    await tabTo(page, page.locator('#field-password'), 'Shift+Tab')
    await page.keyboard.press('Control+V')
    expect(await page.locator('#field-password').inputValue()).toBe('pasted')
    await press(page, 'Show password')
    await expectFocus(page, 'Hide password')
    await press(page, 'Save')
    await page.getByText(/^Saved on/).waitFor()
    await expectFocus(page, 'Save')
    await press(page, 'Remove password')
    await expectFocus(page, 'Keep')
    await page.keyboard.press('Enter')
    await expectFocus(page, /password$/i)
    // Without an address no run begins.
    await press(page, 'Test connection')
    await expectFocus(page, /E-mail address/)
    expect(await page.locator('#field-email').getAttribute('aria-invalid')).toBe('true')
  })

  test('the guide: a step ticked, checked and stopped; a script copied', async () => {
    const page = await show({ hold: true })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await section(page, 'App registration')
    await tabTo(page, page.locator('#guide-step-register').getByRole('checkbox'))
    await page.keyboard.press('Space')
    await page.locator('#guide-step-register').getByRole('checkbox', { checked: true }).waitFor()
    const step = page.locator('#guide-step-secret')
    await tabTo(page, step.getByRole('button', { name: /^Check/ }))
    await page.keyboard.press('Enter')
    await step.locator('.icon-spinner').waitFor({ state: 'attached' })
    await expectFocus(page, /^Stop/)
    await stop(page, step.getByRole('button', { name: /^Check/ }))
    await expectFocus(page, /^Check/)
    await tabTo(page, page.locator('#scripts-title ~ .guide-actions button').first())
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('New-MgApplication')
  })

  test('connections: add, edit, policy, activate, remove', async () => {
    const page = await show()
    await section(page, 'Connections')
    await press(page, 'Add connection')
    await expectFocus(page, 'Add connection')
    await typeInto(page, page.locator('#connection-mailbox'), 'nora@contoso.com')
    await tabTo(page, page.locator('#connection-inherit'))
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('#connection-own').isChecked()).toBe(true)
    await tabTo(page, page.locator('#connection-password'), 'Shift+Tab')
    await press(page, 'Save')
    await expectFocus(page, 'nora@contoso.com')
    await press(page, 'Edit')
    await expectFocus(page, 'Edit connection')
    await press(page, 'Cancel')
    await expectFocus(page, 'nora@contoso.com')
    await press(page, 'Remove')
    await expectFocus(page, 'Keep')
    await page.keyboard.press('Enter')
    await expectFocus(page, 'Remove')
    await press(page, 'All connections')
    await expectFocus(page, 'Open nora@contoso.com')
    await press(page, 'Open carl@contoso.com')
    await press(page, 'Activate')
    await page.getByText('The test worked. carl@contoso.com is active.').first().waitFor()
    await expectFocus(page, 'carl@contoso.com')
    await press(page, 'Remove')
    await tabTo(page, page.locator('.bar .danger'))
    await page.keyboard.press('Enter')
    await page.getByRole('table').waitFor()
    await expectFocus(page, 'Exchange connector – Connections')
    await press(page, 'Import list …')
    await typeInto(page, page.locator('#list-text'), 'otto@contoso.com')
    await press(page, 'Add one mailbox')
    await page.getByRole('table').waitFor()
    await expectFocus(page, 'Import list …')
  })

  test('an import: file, preview, accepted, taken over, taken back', async () => {
    const page = await show()
    await section(page, 'Export/Import')
    const chooser = page.waitForEvent('filechooser')
    await press(page, 'Choose file …')
    await (await chooser).setFiles({ name: 'c.json', mimeType: 'application/json', buffer: Buffer.from('x') })
    await page.locator('.differences').first().waitFor()
    await tabTo(page, page.getByRole('checkbox', { name: /Host that may receive login data/ }))
    await page.keyboard.press('Space')
    await press(page, 'Take over')
    await button(page, 'Take the last import back').waitFor()
    await expectFocus(page, 'Export and import')
    expect((await callsOf(page))?.accepted).toHaveLength(1)
    await press(page, 'Take the last import back')
    await button(page, 'Take the last import back').waitFor({ state: 'detached' })
    await expectFocus(page, 'Export and import')
    await press(page, 'Save file')
    await expectFocus(page, 'Save file')
  })

  test('profiles: found, opened; named and deleted; left with Escape', async () => {
    const page = await show()
    await press(page, /^Profile: Contoso/)
    await expectFocus(page, 'Search profiles')
    await page.keyboard.type('fabrikam')
    await tabTo(page, page.locator('.profile-line'))
    await page.keyboard.press('Space')
    await press(page, 'Switch to this profile')
    await expectFocus(page, /^Profile: Fabrikam/)
    await page.keyboard.press('Enter')
    await press(page, 'Rename …')
    await expectFocus(page, /^New name/)
    await press(page, 'Back')
    await expectFocus(page, 'Search profiles')
    await press(page, 'Delete …')
    await expectFocus(page, 'Back')
    await page.keyboard.press('Escape')
    await expectFocus(page, /^Profile: Fabrikam/)
  })

  test('addresses: searched, changed, saved; asked before deletion; transferred', async () => {
    const page = await show()
    await section(page, 'Addresses')
    await typeInto(page, page.getByRole('searchbox'), 'berger')
    const row = page.locator('.address-row')
    await expect.poll(() => row.count()).toBe(1)
    await tabTo(page, row)
    await page.keyboard.press('Enter')
    await expectFocus(page, 'Anna Berger')
    await typeInto(page, page.locator('#address-town'), 'Köln')
    await press(page, 'Add contact person')
    await press(page, 'Remove contact person 1')
    await expectFocus(page, 'Contact persons')
    await press(page, 'Save address')
    await row.filter({ hasText: 'Köln' }).waitFor()
    await expectFocus(page, 'Save address')
    await press(page, 'Delete address')
    await expectFocus(page, 'Cancel')
    await page.keyboard.press('Enter')
    await expectFocus(page, 'Delete address')
    await page.keyboard.press('Enter')
    await press(page, 'Delete')
    await page.getByText('Choose an address on the left').waitFor()
    await expectFocus(page, /.+/)
    await tabTo(page, page.getByRole('searchbox'))
    await page.keyboard.press('Escape')
    await expect.poll(() => row.count()).toBe(2)
    await press(page, 'Transfer …')
    await expectFocus(page, 'Transfer to Exchange')
    await press(page, 'Show what would change')
    await page.locator('.address-items').waitFor()
    await expectFocus(page, 'Show what would change')
    await press(page, 'Close')
    await expectFocus(page, 'Transfer …')
  })

  test('many at once: started, stopped; a list filtered', async () => {
    const page = await show({ hold: true })
    await section(page, 'Many at once')
    await press(page, 'Check all')
    await page.getByText('10 of 24').waitFor()
    await expectFocus(page, 'Stop')
    await stop(page, button(page, 'Go on with the remaining 14'))
    await expectFocus(page, 'Check all')
    await tabTo(page, page.locator('#many-filter'))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.locator('.many-state').count()).toBe(5)
  })

  test('the language and the sections', async () => {
    const page = await show()
    await tabTo(page, page.getByRole('radio', { name: 'English' }))
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de')
    await expectFocus(page, /Deutsch/)
    await section(page, 'Adressen')
    await page.getByRole('heading', { level: 1, name: /Adressen/ }).waitFor()
    await expectFocus(page, 'Adressen')
    await section(page, 'Grundlagen')
    await expectFocus(page, 'Grundlagen')
  })

  test('the options of the template address: in, through and out', async () => {
    const page = await show()
    await press(page, /^Options of the template address/)
    await expectFocus(page, 'Search and choose')
    await page.keyboard.press('Enter')
    await expectFocus(page, /.+/)
    await tabTo(page, page.locator('[role=dialog] .address-row').first())
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expectFocus(page, /^Options of the template address/)
  })

  test('a host that is not there is asked again', async () => {
    const page = await open({ settings: 'saved', broken: 'start', lateMs: 40 })
    await press(page, 'Try again')
    await expectFocus(page, /.+/)
  })
})
