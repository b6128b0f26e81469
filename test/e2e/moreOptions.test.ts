/** "More options" and the choice between secret and certificate, in a real browser. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { missingBrowser } from '../openBrowser.ts'
import { accessibilityTrouble, sidewaysOverflow, weakText, type PageOptions } from './pages.ts'
import { callsOf, previewPages } from './previewPages.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

describe.skipIf(skipReason !== null)('more options', { timeout: 40_000 }, () => {
  const show = previewPages(30_000)
  const picture = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['EWS_SETUP_PICTURES']
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  }

  test('closed at first; opened by keyboard it holds login, proxy and directory', async () => {
    const page = await show({ settings: 'new', language: 'en' })
    expect(await page.getByLabel('LDAP server', { exact: true }).isVisible()).toBe(false)
    await page.locator('.more-options > summary').focus()
    await page.keyboard.press('Enter')
    for (const name of ['Login', 'Proxy', 'Active Directory'])
      await page.getByRole('group', { name, exact: true }).waitFor()
    for (const name of [
      'Other login service',
      'Proxy',
      'User name at the proxy',
      'LDAP server',
      'Active Directory site',
    ])
      await page.getByRole('textbox', { name, exact: true }).waitFor()
    for (const name of ['Login method', 'Character set for Basic']) await page.getByRole('combobox', { name }).waitFor()
    expect(await page.locator('#field-ldapPassword').getAttribute('type')).toBe('password')
    expect(await accessibilityTrouble(page)).toEqual([])
    await picture(page, 'more-en-light')
  })

  test('a second user name and a thumbprint: judged at the field, sent with the test', async () => {
    const page = await show({ settings: 'saved', language: 'en' })
    await page.locator('.more-options > summary').click()
    await page.getByRole('textbox', { name: 'Second user name' }).fill('CONTOSO\\anna')
    await page.getByRole('textbox', { name: 'Expected thumbprint of the certificate' }).fill('AB'.repeat(32))
    await page.getByRole('switch', { name: 'A browser on this machine opens the mailbox' }).press(' ')
    await page.getByRole('button', { name: 'Test connection' }).click()
    await page.getByText('EWS works for anna@contoso.com, with remarks.').first().waitFor()
    const [run] = (await callsOf(page))?.runs ?? []
    expect(run?.second).toEqual({ userName: 'CONTOSO\\anna', mailbox: '' })
    expect(run?.draft).toMatchObject({ expectThumbprint: 'AB'.repeat(32), worksInBrowser: true })
  })

  test('a certificate takes the place of the secret', async () => {
    const page = await show({ settings: 'new', language: 'en' })
    await page.getByRole('combobox', { name: 'Proof of the application' }).selectOption('Certificate')
    await page.getByRole('textbox', { name: 'Certificate with private key (path)' }).fill('/etc/ews/app.pfx')
    await page.locator('#field-certificatePassphrase').fill('passphrase')
    expect(await page.locator('#field-clientSecret').count()).toBe(0)
    await page.getByRole('button', { name: 'Show passphrase' }).click()
    expect(await page.locator('#field-certificatePassphrase').getAttribute('type')).toBe('text')
    await page.getByRole('combobox', { name: 'Proof of the application' }).selectOption('Client secret')
    await page.locator('#field-clientSecret').waitFor()
  })

  test.each<[string, PageOptions]>([
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { width: 360, height: 800 }],
  ])('German, %s: nothing too weak, nothing sideways', async (name, options) => {
    const page = await show({ settings: 'saved', language: 'de' }, options)
    await page.getByRole('combobox', { name: 'Nachweis der Anwendung' }).selectOption('Zertifikat')
    await page.locator('.more-options > summary').click()
    await page.getByRole('textbox', { name: 'Proxy', exact: true }).fill('http://proxy.contoso.com:8080')
    expect(await weakText(page)).toEqual([])
    expect(await sidewaysOverflow(page)).toBe(0)
    await picture(page, `more-de-${name}`)
  })
})
