/** Section “Connections” and the policy of the basics in a real browser, with made-up connections in every state. */
import type { Page } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import { missingBrowser } from '../openBrowser.ts'
import { focusTrouble } from './focus.ts'
import { accessibilityTrouble, sidewaysOverflow, weakText, type PageOptions } from './pages.ts'
import { callsOf, previewPages } from './previewPages.ts'

// Several views in one test, each looked at in full: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 })

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

/** Where pictures go, for whoever wants to look at them. */
const pictures = process.env['EWS_SETUP_PICTURES']

describe.skipIf(skipReason !== null)('connections', () => {
  const open = previewPages()
  async function show(language: 'de' | 'en', options: PageOptions = {}): Promise<Page> {
    const page = await open({ language, settings: 'saved' }, options)
    await page.locator('#policy-every').waitFor()
    return page
  }
  async function showConnections(language: 'de' | 'en', options: PageOptions = {}): Promise<Page> {
    const page = await show(language, options)
    await page.getByRole('button', { name: language === 'de' ? 'Verbindungen' : 'Connections', exact: true }).click()
    await page.getByRole('table').waitFor()
    return page
  }
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
  const picture = async (page: Page, name: string): Promise<void> => {
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
  }
  /** `stops`: there are enough controls to walk through them. */
  const sound = async (page: Page, stops = true): Promise<void> => {
    expect(await accessibilityTrouble(page)).toEqual([])
    expect(await sidewaysOverflow(page)).toBe(0)
    expect(await weakText(page)).toEqual([])
    if (stops) expect(await focusTrouble(page)).toEqual([])
  }

  test.each([
    ['de', { width: 1280, height: 900 }],
    ['en', { width: 1280, height: 900, colorScheme: 'dark' }],
    ['de', { width: 420, height: 900 }],
    ['en', { width: 420, height: 900, colorScheme: 'dark' }],
  ] as const)('list and one connection, %s, %o', async (language, options) => {
    const page = await showConnections(language, options)
    const look = `${language}-${options.width}${'colorScheme' in options ? '-dark' : ''}`
    await picture(page, `list-${look}`)
    await sound(page)
    await page
      .getByRole('button', { name: /carl@contoso\.com/ })
      .first()
      .click()
    await page.getByRole('heading', { name: 'carl@contoso.com' }).waitFor()
    await picture(page, `one-${look}`)
    await sound(page, false)
  })

  test.each([
    ['de', { width: 1280, height: 900 }],
    ['en', { width: 420, height: 900, colorScheme: 'dark' }],
  ] as const)('the policy in the basics, form and import, %s, %o', async (language, options) => {
    const page = await show(language, options)
    const look = `${language}-${options.width}`
    await page.locator('#policy-every').scrollIntoViewIfNeeded()
    await picture(page, `policy-${look}`)
    await sound(page)
    await page.getByRole('button', { name: language === 'de' ? 'Verbindungen' : 'Connections', exact: true }).click()
    await press(page, language === 'de' ? 'Verbindung hinzufügen' : 'Add connection')
    await page.locator('#connection-own').check()
    await picture(page, `form-${look}`)
    await sound(page)
    await press(page, language === 'de' ? 'Alle Verbindungen' : 'All connections')
    await press(page, language === 'de' ? 'Liste importieren …' : 'Import list …')
    await page.locator('#list-text').fill('nora@contoso.com;CONTOSO\\nora\nanna@contoso.com\nno address')
    await page.locator('.preview').waitFor()
    await picture(page, `import-${look}`)
    await sound(page, false)
  })

  test('the timeline says in words what it draws, and follows the fields', async () => {
    const page = await show('en')
    const timeline = page.locator('.timeline svg')
    expect(await timeline.getAttribute('aria-label')).toBe(
      'Calls at 0:00, 0:05, 0:15 and 0:35 hours after the first refusal; the 4th refusal makes it inactive.',
    )
    await page.locator('#policy-failures').fill('3')
    expect(await timeline.getAttribute('aria-label')).toContain('0:00, 0:05 and 0:15 hours')
    await page.locator('#policy-baseMinutes').fill('x')
    await page.getByText('A number from 1 to 720').waitFor()
    expect(await timeline.count()).toBe(0)
    await page.locator('#policy-baseMinutes').fill('10')
    await press(page, 'Save')
    await page.getByText('Saved', { exact: true }).first().waitFor()
    expect((await callsOf(page))?.connections.policies).toEqual([
      { policy: { mode: 'delayed', baseMinutes: 10, factor: 2, failures: 3 }, everyMinutes: 5 },
    ])
    await page.getByRole('radio', { name: 'At once' }).check()
    expect(await timeline.getAttribute('aria-label')).toBe('The first refused login makes the connection inactive.')
  })

  test('by keyboard: open, activate, and the way back', async () => {
    const page = await showConnections('en')
    await page.getByRole('button', { name: 'Open carl@contoso.com' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'carl@contoso.com' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('carl@contoso.com')
    await page.getByText('Login refused (4 in a row)').waitFor()
    await page.getByRole('button', { name: 'Activate', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('The test worked. carl@contoso.com is active.').first().waitFor()
    expect((await callsOf(page))?.connections.activated).toEqual(['carl'])
    await press(page, 'All connections')
    await page.getByRole('table').waitFor()
  })

  test('search and filter, try now, add, import', async () => {
    const page = await showConnections('en')
    await page.getByRole('combobox', { name: 'Show' }).selectOption('attention')
    await page.getByText('4 of 8').waitFor()
    await page.getByRole('searchbox').fill('berta')
    await page.getByText('1 of 8').waitFor()
    await press(page, 'Open berta@contoso.com')
    await press(page, 'Try now')
    await press(page, 'All connections')
    await press(page, 'Add connection')
    await page.getByLabel('Mailbox', { exact: true }).fill('nora@contoso.com')
    await page.getByLabel('Own password').fill('geheim')
    await press(page, 'Save')
    await page.getByRole('heading', { name: 'nora@contoso.com' }).waitFor()
    await press(page, 'All connections')
    await press(page, 'Import list …')
    await page.getByLabel('Mailboxes').fill('otto@contoso.com\nanna@contoso.com')
    await page.getByText('One mailbox will be added. One line is left out.').waitFor()
    await press(page, 'Add one mailbox')
    await page.getByRole('table').waitFor()
    const calls = (await callsOf(page))?.connections
    expect(calls).toMatchObject({
      hurried: ['berta'],
      imported: ['otto@contoso.com'],
      saved: [{ connection: { id: null, mailbox: 'nora@contoso.com', policy: null }, secrets: { password: 'geheim' } }],
    })
  })
})
