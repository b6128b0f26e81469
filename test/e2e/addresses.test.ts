// The section of addresses in the browser host: made, found, imported, looked at as contacts, transferred, and created from the mailbox.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startDemo, type DemoExchange } from '../../src/demo/index.ts'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { buildWindow } from './buildWindow.ts'
import { openBrowserHost, type OpenedHost } from './openHost.ts'
import { accessibilityTrouble, sidewaysOverflow, troubleOf, unfilledTexts } from './pages.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)
/** Where pictures go when a person wants to look at them. */
const pictures = process.env['EWS_SETUP_PICTURES'] ?? null

describe.skipIf(skipReason !== null)('addresses', { timeout: 90_000 }, () => {
  let browser: Browser
  let rendererDir = ''
  let exchange: DemoExchange
  let host: OpenedHost
  let page: Page

  beforeAll(async () => {
    rendererDir = await buildWindow()
    browser = await openBrowser()
  }, 60_000)
  afterAll(() => browser?.close())

  beforeEach(async () => {
    exchange = await startDemo({ scenario: 'healthy-on-prem' })
    const { connectTo, dns, caPem: extraCa } = exchange
    host = await openBrowserHost({ browser, rendererDir, networkDefaults: { connectTo, dns, extraCa } })
    page = host.page
    page.setDefaultTimeout(30_000)
  })
  afterEach(async () => {
    const trouble = [...(await troubleOf(page)), ...(await unfilledTexts(page))]
    await host.close()
    await exchange.stop()
    expect(trouble).toEqual([])
  })

  const button = (name: string | RegExp, exact = true) => page.getByRole('button', { name, exact })
  const picture = async (name: string) => {
    if (pictures !== null) await page.screenshot({ path: join(pictures, `${name}.png`) })
  }
  const section = (name: string) => page.getByRole('navigation').getByRole('button', { name, exact: true }).click()

  async function saveBasics(): Promise<void> {
    await page.locator('#field-email').fill(exchange.typed.email)
    await page.locator('#field-password').fill(exchange.typed.password ?? '')
    await page.locator('#field-ewsUrl').fill(exchange.ewsUrl ?? '')
    await button('Save').click()
    await page.locator('.save-line.good').waitFor()
  }

  async function importCsv(text: string): Promise<void> {
    await button('Import …').click()
    const name = join(process.env['TMPDIR'] ?? '/tmp', `ews-addresses-${process.pid}.csv`)
    writeFileSync(name, text)
    await page.getByLabel('CSV or vCard file').setInputFiles(name)
    await button('Take in').click()
    await page.getByText(/taken in/).waitFor()
    await button('Close').click()
  }

  test('made by hand: it is found as one types, and looks in Exchange as its salutation says', async () => {
    await section('Addresses')
    await page.getByText('There are no addresses yet.').waitFor()
    await button('New address').click()
    await page.locator('#address-salutation').fill('Firma')
    await page.locator('#address-name1').fill('Müller & Söhne GmbH')
    await page.locator('#address-street').fill('Weg 1')
    await page.locator('#address-phone').fill('+49 351 1')
    await page.getByText('Business phone').waitFor()
    await button('Add contact person').click()
    await page.getByLabel('Last name').fill('Huber')
    await page.getByLabel('What happened').fill('Called about the offer')
    await button('Add entry').click()
    await button('Save address').click()
    await page.getByRole('list', { name: 'Addresses' }).getByText('Müller & Söhne GmbH').waitFor()
    await picture('address-en')

    await page.getByLabel('Search addresses').fill('muller sohne')
    await page.getByText('1 address', { exact: true }).waitFor()
    await page.getByLabel('Search addresses').fill('huber')
    await page.getByText('1 address', { exact: true }).waitFor()
    await page.getByLabel('Search addresses').fill('nobody')
    await page.getByText('No address contains these words.').waitFor()

    await page.getByLabel('Search addresses').fill('')
    await page.getByRole('list', { name: 'Addresses' }).getByRole('button').click()
    await page.locator('#address-salutation').fill('Frau')
    await page.getByText('Home phone').waitFor()
    expect(await accessibilityTrouble(page)).toEqual([])
    expect(await sidewaysOverflow(page)).toBe(0)
  })

  test('transferred: first what would change, then the contacts; what changes in between is looked at again', async () => {
    await saveBasics()
    await section('Addresses')
    await importCsv(
      'number;salutation;name;town;email\n1;Firma;Contoso AG;Köln;info@contoso.example\n2;Frau;Anna Berger;Bonn;\n3;;;;\n',
    )
    await button('Transfer …').click()
    expect(await button('Transfer').isDisabled()).toBe(true)
    await button('Show what would change').click()
    await page.getByText('2 contacts would be created').waitFor()
    expect(exchange.journal.some((entry) => entry.operation === 'CreateItem')).toBe(false)
    await picture('transfer-dry-en')
    await button('Transfer').click()
    await page.getByText('2 contacts created').waitFor()
    expect(exchange.journal.filter((entry) => entry.operation === 'CreateItem')).toHaveLength(1)
    await button('Show what would change').click()
    await page.getByText('2 contacts unchanged').waitFor()
    await page.setViewportSize({ width: 560, height: 760 })
    expect(await sidewaysOverflow(page)).toBe(0)
    await picture('transfer-narrow-en')
  })

  test('created from the mailbox: the contact on one side, the template on the other, and nothing before a look', async () => {
    await saveBasics()
    await section('Addresses')
    await importCsv(
      'number;salutation;name;town;email;address group\n1;Frau;Anna Berger;Bonn;anna@x.example;Kunden\n2;;Vorlage;;;Neukunden\n',
    )
    await button('Transfer …').click()
    await button('Show what would change').click()
    await page.getByText('2 contacts would be created').waitFor()
    await button('Transfer').click()
    await page.getByText('2 contacts created').waitFor()
    // The address is gone here and its contact is still there: a contact without an address.
    await page.getByRole('list', { name: 'Addresses' }).getByText('Anna Berger').click()
    await button('Delete address').click()
    await button('Delete').click()
    await page.getByText('1 address', { exact: true }).waitFor()

    await section('Basics')
    await button(/^Options of the template address/, false).click()
    await button('Search and choose').click()
    await page.getByRole('dialog').getByRole('list').getByText('Vorlage').click()
    await page.getByRole('group', { name: 'Template address for new records' }).getByText('Vorlage').waitFor()
    await button('Save').click()
    await page.locator('.save-line.good').waitFor()
    await picture('basics-template-en')

    await section('Addresses')
    await button('Create from Exchange …').click()
    await button('Read contacts').click()
    await page.getByText('1 contact has no address here yet; 1 have one.').first().waitFor()
    expect(await page.getByRole('region', { name: 'from Exchange', exact: true }).innerText()).toContain(
      'anna@x.example',
    )
    expect(await page.getByRole('region', { name: 'from the template address' }).innerText()).toContain('Neukunden')
    await picture('from-exchange-en')
    await page.getByText('1 address', { exact: true }).waitFor()
    await button('Create this address').click()
    await page.getByText('2 addresses', { exact: true }).waitFor()
  })

  test('a login that does not work is told with its cause, and nothing is sent', async () => {
    await page.locator('#field-email').fill(exchange.typed.email)
    await page.locator('#field-password').fill('not-the-password')
    await page.locator('#field-ewsUrl').fill(exchange.ewsUrl ?? '')
    await button('Save').click()
    await page.locator('.save-line.good').waitFor()
    await page.getByRole('radio', { name: 'Deutsch' }).check({ force: true })
    await section('Adressen')
    await button('Neue Adresse').click()
    await page.locator('#address-name1').fill('Anna Berger')
    await button('Adresse speichern').click()
    await button('Übertragen …').click()
    await button('Zeigen, was sich ändern würde').click()
    const alert = page.getByRole('alert').filter({ hasText: 'Die Anmeldung hat nicht geklappt' })
    await alert.waitFor()
    expect(await alert.innerText()).toContain('Benutzername und Passwort')
    await picture('transfer-refused-de')
    expect(exchange.journal.filter((entry) => entry.logon === 'refused')).toHaveLength(1)
  })
})
