/** Profiles, export and import, and many at once, with a scripted connector in a real browser. PICTURES=DIR also takes pictures. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { missingBrowser } from '../openBrowser.ts'
import { accessibilityTrouble, sidewaysOverflow, weakText } from './pages.ts'
import { callsOf, previewPages, type Show } from './previewPages.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

describe.skipIf(skipReason !== null)('the dialog', () => {
  const open = previewPages()
  const show: Show = (script, options) => open({ settings: 'saved', ...script }, options)
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
  const picture = async (page: Page, name: string) => {
    const directory = process.env['PICTURES']
    if (directory !== undefined) await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true })
  }
  /** What every view has to pass. */
  const sound = async (page: Page) => {
    expect(await accessibilityTrouble(page)).toEqual([])
    expect(await sidewaysOverflow(page)).toBe(0)
    expect(await weakText(page)).toEqual([])
  }
  const chooseFile = (page: Page, name: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from('x') })

  test('a profile is found by its address, and opened', async () => {
    const page = await show({})
    await press(page, /Switch or manage profiles/)
    const search = page.getByRole('searchbox', { name: 'Search profiles' })
    await search.waitFor()
    await picture(page, 'switcher')
    await search.fill('fabrikam.com')
    const options = page.getByRole('listbox', { name: /^Profiles/ }).getByRole('option')
    expect(await options.allInnerTexts()).toEqual([expect.stringContaining('Fabrikam GmbH')])
    await options.click()
    await sound(page)
    await press(page, 'Switch to this profile')
    await page.getByRole('button', { name: /^Profile: Fabrikam/ }).waitFor()
    expect((await callsOf(page))?.profiles).toEqual(['select Fabrikam GmbH & Co. KG'])
  })

  test('unsaved changes are asked about, and staying keeps them', async () => {
    const page = await show({})
    await page.locator('#field-email').fill('ben@contoso.com')
    await press(page, /Switch or manage profiles/)
    await page.getByRole('option', { name: 'Kunde Süd' }).click()
    await press(page, 'Switch to this profile')
    const question = page.getByRole('alertdialog')
    await question.waitFor()
    await picture(page, 'unsaved')
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'detached' })
    expect((await callsOf(page))?.profiles).toEqual([])
    await press(page, 'Close')
    expect(await page.locator('#field-email').inputValue()).toBe('ben@contoso.com')
    await press(page, /Switch or manage profiles/)
    await page.getByRole('option', { name: 'Kunde Süd' }).click()
    await press(page, 'Switch to this profile')
    await press(page, 'Discard and switch')
    await page.getByRole('button', { name: /^Profile: Kunde Süd/ }).waitFor()
    expect(await page.locator('#field-email').inputValue()).toBe('anna@contoso.com')
  })

  test('deleting asks first, and names what goes', async () => {
    const page = await show({})
    await press(page, /Switch or manage profiles/)
    await page.getByRole('option', { name: 'Testumgebung' }).click()
    await press(page, 'Delete …')
    await page.getByText('Delete the profile “Testumgebung” with its saved password').waitFor()
    await press(page, 'Back')
    await press(page, 'Rename …')
    expect(await page.getByRole('textbox', { name: /New name of “Testumgebung”/ }).inputValue()).toBe('Testumgebung')
    await sound(page)
  })

  test('an import shows every difference, and takes over only what was accepted', async () => {
    const page = await show({})
    await press(page, 'Export/Import')
    await page.getByRole('heading', { name: 'Import', exact: true }).waitFor()
    await chooseFile(page, 'customer.json.age')
    const table = page.getByRole('table', { name: /Contoso/ }).first()
    await table.waitFor()
    expect(await table.innerText()).toContain('Additional trusted certificate authority')
    await page
      .getByRole('checkbox', { name: /Host that may receive login data exchange.hoster.example/ })
      .check({ force: true })
    await sound(page)
    await picture(page, 'import-en')
    await press(page, 'Take over')
    await expect
      .poll(async () => (await callsOf(page))?.accepted)
      .toEqual(['Contoso:settings.network.trustedHosts=exchange.hoster.example'])
  })

  test('nothing is imported over what is typed and not saved', async () => {
    const page = await show({})
    await page.locator('#field-email').fill('ben@contoso.com')
    await press(page, 'Export/Import')
    await chooseFile(page, 'customer.json')
    await page.getByText('In “Basics” something is not saved yet.').waitFor()
    expect(await page.getByRole('button', { name: 'Take over', exact: true }).isDisabled()).toBe(true)
  })

  test('a sealed export wants the same passphrase twice, and forgets it', async () => {
    const page = await show({})
    await press(page, 'Export/Import')
    await page.getByLabel('Format').selectOption('sealed')
    await page.getByLabel('Passphrase', { exact: true }).fill('eins')
    await page.getByLabel('Repeat the passphrase').fill('zwei')
    await press(page, 'Save file')
    await page.getByRole('alert').getByText('The two passphrases differ.').waitFor()
    await sound(page)
    await picture(page, 'export-differs')
    await page.getByLabel('Repeat the passphrase').fill('eins')
    const [file] = await Promise.all([page.waitForEvent('download'), press(page, 'Save file')])
    expect(file.suggestedFilename()).toBe('ews-setup Contoso.json')
    await expect.poll(() => page.getByLabel('Passphrase', { exact: true }).inputValue()).toBe('')
  })

  test('many at once: a line for each, causes, filter, stop and go on', async () => {
    const page = await show({ hold: true })
    await press(page, 'Many at once')
    await press(page, 'Check all')
    await page.getByText('10 of 24').waitFor()
    await picture(page, 'many-running')
    const goOn = page.getByRole('button', { name: 'Go on with the remaining 14' })
    // A press that follows the first one as fast as a double click counts for nothing.
    const stop = page.getByRole('button', { name: 'Stop', exact: true })
    await expect
      .poll(async () => {
        if (await stop.isVisible()) await stop.click()
        return goOn.isVisible()
      })
      .toBe(true)
    await page.getByLabel('Filter').selectOption('fails')
    const states = await page.locator('.many-state').allInnerTexts()
    expect(states.length).toBe(5)
    expect(states.every((state) => /does not work|not tried|time was over/.test(state))).toBe(true)
    expect(await page.locator('.many-causes li').first().innerText()).toMatch(/^4 × wrong-password-or-user-name – /)
    await sound(page)
  })

  test.each([
    ['de', 'light', 1200],
    ['de', 'dark', 560],
    ['en', 'dark', 1200],
    ['en', 'light', 400],
  ] as const)('all of it holds together: %s, %s, %i px wide', async (language, colorScheme, width) => {
    const page = await show({ language }, { colorScheme, width })
    const [transfer, many, start] =
      language === 'de'
        ? ['Export/Import', 'Viele auf einmal', 'Alle prüfen']
        : ['Export/Import', 'Many at once', 'Check all']
    await sound(page)
    await press(page, transfer)
    await chooseFile(page, 'kunde.json')
    await page.getByRole('table').first().waitFor()
    await sound(page)
    await picture(page, `transfer-${language}-${colorScheme}-${width}`)
    await press(page, many)
    await press(page, start)
    await page.locator('.many-verdict').waitFor()
    await sound(page)
    await picture(page, `many-${language}-${colorScheme}-${width}`)
  })
})
