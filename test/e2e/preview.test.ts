/** The dialog with a scripted connector in a real browser: what only a browser can show. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { missingBrowser } from '../openBrowser.ts'
import { focusTrouble } from './focus.ts'
import { accessibilityTrouble, sidewaysOverflow, weakText } from './pages.ts'
import { callsOf, previewPages } from './previewPages.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

describe.skipIf(skipReason !== null)('the dialog', () => {
  const show = previewPages(5_000)
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
  const spoken = (page: Page) => page.getByRole('status').textContent()
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '')

  test('by keyboard alone: address, Enter, stop with Escape, show a secret, change the language', async () => {
    const page = await show({ settings: 'new', hold: true })
    while ((await focused(page)) !== 'field-email') await page.keyboard.press('Tab')
    await page.keyboard.type('anna@contoso.com')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor()
    await page.getByText('(3 of 6)').waitFor()
    expect(await page.locator('#field-email').getAttribute('readonly')).not.toBeNull()
    await page.keyboard.press('Escape')
    await page.locator('.banner', { hasText: 'Stopped.' }).waitFor()
    expect(await focused(page)).toBe('field-email')
    expect(await callsOf(page)).toMatchObject({ closed: 1, runs: [{ command: 'locate' }] })

    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('field-password')
    await page.keyboard.type('geheim')
    expect(await page.locator('#field-password').getAttribute('type')).toBe('password')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.locator('#field-password').getAttribute('type')).toBe('text')
    await page.getByRole('button', { name: 'Hide password' }).waitFor()

    const inSwitch = () => page.evaluate(() => document.activeElement?.getAttribute('type') === 'radio')
    while (!(await inSwitch())) await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('ArrowLeft')
    await page.getByRole('heading', { name: 'Exchange-Connector – Grundlagen' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    expect(await page.locator('#field-password').inputValue()).toBe('geheim')
    expect((await callsOf(page))?.languages).toEqual(['de'])
  })

  test('every stop of the Tab key shows where it is, and the last one leads out', async () => {
    const page = await show({ settings: 'saved', test: 'password' })
    await press(page, 'Test connection')
    await page.getByRole('heading', { name: 'Also noticed' }).waitFor()
    expect(await focusTrouble(page)).toEqual([])
  })

  test('a success names URL, login, mailbox and server, and is read out', async () => {
    const page = await show({ settings: 'saved' })
    await press(page, 'Test connection')
    const banner = page.locator('.banner')
    await banner.getByText('EWS works for anna@contoso.com, with remarks.').waitFor()
    const facts = await page.locator('.facts').innerText()
    for (const fact of [
      'https://mail.contoso.com/EWS/Exchange.asmx',
      'OAuth 2.0',
      'anna@contoso.com',
      'Exchange Server 2016 CU23 (15.1.2507.39)',
    ]) {
      expect(facts).toContain(fact)
    }
    expect(await spoken(page)).toBe('EWS works for anna@contoso.com, with remarks.')
    expect(await banner.count()).toBe(1)
  })

  test('Get URL puts the URL into the field, with the host that named it', async () => {
    const page = await show({ settings: 'new' })
    await page.locator('#field-email').fill('anna@contoso.com')
    await press(page, 'Get URL')
    await page.getByText('Found through autodiscover.contoso.com (JSON)').waitFor()
    expect(await page.locator('#field-ewsUrl').inputValue()).toBe('https://mail.contoso.com/EWS/Exchange.asmx')
    await page.locator('#field-ewsUrl').press('End')
    await page.keyboard.type('x')
    await page.getByText('Entered by hand', { exact: true }).waitFor()
  })

  test('a failure: cause in the banner, meaning, remedy, folded proof, failed phase unfolded', async () => {
    const page = await show({ settings: 'saved', test: 'password' })
    await press(page, 'Test connection')
    await page.getByRole('heading', { name: 'Also noticed' }).waitFor()
    const verdict = page.locator('.verdict')
    expect(await verdict.getByRole('heading').count()).toBe(3)
    await verdict.locator('summary').click()
    expect(await verdict.locator('.evidence').first().innerText()).toContain('headers.request-id')
    const expanded = () =>
      page.locator('.phase-button').evaluateAll((all) => all.map((one) => one.getAttribute('aria-expanded')))
    expect(await expanded()).toEqual(['false', 'false', 'false', 'true', 'false'])
    await press(page, 'Expand all')
    expect(await expanded()).toEqual(Array(5).fill('true'))
    expect(await page.locator('.step.state-skipped').innerText()).toContain('did not run')
    expect(await accessibilityTrouble(page)).toEqual([])
  })

  test('more about a finding: read when it is unfolded, in the language of the dialog', async () => {
    const page = await show({ settings: 'saved', test: 'password' }, { width: 360, height: 640 })
    const read: string[] = []
    page.on('request', (request) => read.push(new URL(request.url()).pathname))
    await press(page, 'Test connection')
    const verdict = page.locator('.verdict')
    const more = verdict.getByRole('button', { name: 'More about this finding' })
    expect(await more.getAttribute('aria-expanded')).toBe('false')
    expect(read.filter((path) => /help/.test(path))).toEqual([])
    await more.press('Enter')
    await verdict.getByRole('heading', { name: 'How the program knows' }).waitFor()
    expect(read.filter((path) => /help\.en/.test(path))).toHaveLength(1)
    expect(await more.getAttribute('aria-expanded')).toBe('true')
    expect(await verdict.locator('.help-text').innerText()).toContain('AADSTS50126')
    expect(await accessibilityTrouble(page)).toEqual([])
    expect(await weakText(page)).toEqual([])
    expect(await sidewaysOverflow(page)).toBe(0)

    await page.getByRole('radio', { name: 'English' }).press('ArrowLeft')
    await verdict.getByRole('heading', { name: 'Woran das Programm es erkennt' }).waitFor()
    const german = verdict.getByRole('button', { name: 'Mehr zu diesem Befund' })
    await german.press('Enter')
    expect(await verdict.locator('.help-text').isVisible()).toBe(false)

    const also = page.locator('.also-finding')
    await also.locator('summary').first().click()
    await also.getByRole('button', { name: 'Mehr zu diesem Befund' }).click()
    await also.getByText('Microsoft Learn, „Autodiscover for Exchange“').waitFor()
  })

  test('a command in the help is copied as it stands', async () => {
    const page = await show({ settings: 'online', test: 'online' })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await press(page, 'Test connection')
    const also = page.locator('.also-finding', { hasText: '1 April 2027' })
    await also.locator('summary').first().click()
    await also.getByRole('button', { name: 'More about this finding' }).click()
    const command = 'Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | fl EwsEnabled,EwsAllowedAppIDs'
    await press(page, `Copy ${command}`)
    await expect.poll(() => spoken(page)).toBe('Copied')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(command)
    expect(await accessibilityTrouble(page)).toEqual([])
  })

  test('copying says so, and takes what is on the button', async () => {
    const page = await show({ settings: 'saved' })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await press(page, 'Test connection')
    await press(page, 'Copy EWS URL')
    await expect.poll(() => spoken(page)).toBe('Copied')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('https://mail.contoso.com/EWS/Exchange.asmx')
  })

  test('the second click of a double click does not stop what the first one began', async () => {
    const page = await show({ settings: 'saved', hold: true })
    // Within the page, so that a busy machine puts no time between the two clicks.
    await page.getByRole('button', { name: 'Test connection', exact: true }).evaluate(async (button: HTMLElement) => {
      const isStop = new Promise<void>((resolve) => {
        const watcher = new MutationObserver(() => {
          if (button.textContent === 'Stop') resolve()
        })
        watcher.observe(button, { subtree: true, childList: true, characterData: true })
      })
      button.click()
      await isStop
      button.click()
    })
    await page.getByText('(3 of 5)').waitFor()
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor()
  })

  test('nothing found: the way by hand begins with the likeliest URL', async () => {
    const page = await show({ settings: 'new', locate: 'nothing' })
    await page.locator('#field-email').fill('anna@contoso.com')
    await press(page, 'Get URL')
    await press(page, 'Enter by hand: https://mail.contoso.com/EWS/Exchange.asmx')
    expect(await focused(page)).toBe('field-ewsUrl')
    expect(await page.locator('#field-ewsUrl').inputValue()).toBe('https://mail.contoso.com/EWS/Exchange.asmx')
  })

  test('consent: both names and the certificate are there, the safe answer has the focus, Escape gives it', async () => {
    const page = await show({ settings: 'saved', ask: true })
    await press(page, 'Test connection')
    const dialog = page.getByRole('alertdialog', { name: 'Send login data to exchange.hoster.example?' })
    const text = await dialog.innerText()
    for (const fact of [
      'contoso.com',
      'exchange.hoster.example',
      'http://autodiscover.contoso.com',
      'Example Public CA R3',
      '5F:1A:9C',
    ]) {
      expect(text).toContain(fact)
    }
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Do not continue')
    await page.keyboard.press('Escape')
    await page.locator('.banner').waitFor()
    expect(await callsOf(page)).toMatchObject({ answers: [false], closed: 1 })
  })

  test('consent is given only by its own button', async () => {
    const page = await show({ settings: 'saved', ask: true })
    await press(page, 'Test connection')
    await press(page, 'Send login data there')
    await page.locator('.banner').waitFor()
    expect(await callsOf(page)).toMatchObject({ answers: [true], remembered: [false] })
    expect(await page.getByRole('group', { name: 'Remembered consents' }).count()).toBe(0)
  })

  test('consent is remembered when that is ticked, listed, and taken back', async () => {
    const page = await show({ settings: 'saved', ask: true })
    await press(page, 'Test connection')
    const remember = page.getByRole('checkbox', { name: /^Remember for this profile/ })
    expect(await remember.isChecked()).toBe(false)
    await remember.check()
    await press(page, 'Send login data there')
    await page.locator('.banner').waitFor()
    expect(await callsOf(page)).toMatchObject({ answers: [true], remembered: [true] })
    const list = page.getByRole('group', { name: 'Remembered consents' })
    expect(await list.innerText()).toContain('exchange.hoster.example')
    await press(page, 'Take back the consent for exchange.hoster.example')
    await expect.poll(() => list.count()).toBe(0)
    expect(await focused(page)).toBe('field-ewsUrl')
  })

  test('a submit with wrong fields starts nothing: summary, focus on the first, message linked to its field', async () => {
    const page = await show({ settings: 'new' })
    await page.locator('#field-clientId').fill('x')
    await press(page, 'Get URL')
    await page.getByText('2 fields need your attention').first().waitFor()
    const email = page.locator('#field-email')
    await expect.poll(() => focused(page)).toBe('field-email')
    expect(await email.getAttribute('aria-invalid')).toBe('true')
    const described = (await email.getAttribute('aria-describedby')) ?? ''
    const words = await page.evaluate(
      (ids) =>
        ids
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent ?? '')
          .join(' '),
      described,
    )
    expect(words).toContain('Enter the mailbox address')
    await page.getByRole('link', { name: 'Application (client) ID' }).click()
    expect(await focused(page)).toBe('field-clientId')
    expect((await callsOf(page))?.runs).toEqual([])
    expect(await accessibilityTrouble(page)).toEqual([])
  })

  test('a value that the check knows better is offered as a button', async () => {
    const page = await show({ settings: 'new' })
    await page.locator('#field-ewsUrl').fill('https://mail.contoso.com/owa')
    await page.locator('#field-ewsUrl').blur()
    await press(page, 'Use: https://mail.contoso.com/EWS/Exchange.asmx')
    expect(await page.locator('#field-ewsUrl').inputValue()).toBe('https://mail.contoso.com/EWS/Exchange.asmx')
  })

  test('a saved secret: replaced, kept, removed, and the focus is never lost', async () => {
    const page = await show({ settings: 'saved' })
    await page.getByText('Saved on 12 Nov 2026').waitFor()
    await press(page, 'Replace client secret')
    await expect.poll(() => focused(page)).toBe('field-clientSecret')
    await page.keyboard.type(' value ')
    await press(page, 'Keep the saved one')
    await page.getByText('Saved on 12 Nov 2026').waitFor()
    await expect.poll(() => focused(page)).toBe('field-clientSecret')
    await press(page, 'Remove client secret')
    await press(page, 'Remove')
    await page.locator('input#field-clientSecret').waitFor()
    await expect.poll(() => spoken(page)).toBe('Removed from the store')
    await expect.poll(() => focused(page)).toBe('field-clientSecret')
  })

  test('a typed secret goes along with the run, hides on submit and leaves the window when saved', async () => {
    const page = await show({ settings: 'saved' })
    const secret = page.locator('#field-password')
    await secret.fill('geheim')
    await press(page, 'Show password')
    await press(page, 'Test connection')
    await page.locator('.banner').waitFor()
    expect(await secret.getAttribute('type')).toBe('password')
    expect((await callsOf(page))?.runs[0]?.secrets).toEqual({ password: 'geheim' })
    await press(page, 'Save')
    await page.getByText('Saved on 23 Nov 2026').waitFor()
    expect(await page.content()).not.toContain('geheim')
  })

  test('notices, the end of EWS online and a store for this session only are said', async () => {
    const page = await show({
      settings: 'online',
      notices: [
        { id: 'settings-damaged', facts: { file: 'config.damaged.json' } },
        { id: 'demo', facts: {} },
      ],
      store: { kind: 'memory', system: 'linux', reason: 'locked' },
    })
    await page.getByText('config.damaged.json').waitFor()
    await page.getByText('ends there on 1 Apr 2027, in 128 days').waitFor()
    expect(await page.getByText('because the keyring is locked').filter({ visible: true }).count()).toBe(2)
    await press(page, 'More about it (opens the browser)')
    expect((await callsOf(page))?.links).toEqual(['ews-retirement'])
  })

  test('in a very low window, as at a large zoom, a run can still be seen and stopped', async () => {
    const page = await show({ settings: 'saved', hold: true }, { width: 360, height: 380 })
    await press(page, 'Test connection')
    await page.getByText('(3 of 5)').waitFor()
    const stop = await page.getByRole('button', { name: 'Stop', exact: true }).boundingBox()
    expect((stop?.y ?? 999) + (stop?.height ?? 999)).toBeLessThanOrEqual(380)
    const progress = await page.getByText('(3 of 5)').boundingBox()
    expect(progress?.y).toBeGreaterThanOrEqual(0)
    expect(progress?.y).toBeLessThan(380)
  })

  test.each([
    [560, 760],
    [1200, 860],
    [360, 380],
    [320, 640],
  ])('at %i × %i nothing is wider than the window, in German and with everything unfolded', async (width, height) => {
    const page = await show({ language: 'de', settings: 'online', test: 'password' }, { width, height })
    await press(page, 'Verbindung testen')
    await page.getByRole('heading', { name: 'Außerdem aufgefallen' }).waitFor()
    await press(page, 'Alle aufklappen')
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })
    expect(await sidewaysOverflow(page)).toBe(0)
    expect(await accessibilityTrouble(page)).toEqual([])
  })

  test.each(['light', 'dark'] as const)(
    'text stands out from its surface by 4.5 to 1 in the %s theme',
    async (colorScheme) => {
      const page = await show({ settings: 'online', test: 'password' }, { colorScheme })
      await press(page, 'Test connection')
      await page.getByRole('heading', { name: 'Also noticed' }).waitFor()
      await page.locator('#field-clientId').fill('x')
      await page.locator('#field-clientId').blur()
      await page.locator('.remark-error').waitFor()
      await press(page, 'Expand all')
      expect(await weakText(page)).toEqual([])
    },
  )
})
