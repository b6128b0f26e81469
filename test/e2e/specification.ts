/**
 * What the dialog has to do with a real connector behind it, against the embedded Exchange. One specification for every host that
 * can show the dialog: a driver opens it, the tests see a page and nothing else of the host.
 */
import type { Locator, Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { startDemo, type DemoExchange, type JournalEntry, type ScenarioId, type Typed } from '../../src/demo/index.ts'
import { focusTrouble } from './focus.ts'
import { accessibilityTrouble, sidewaysOverflow, troubleOf, unfilledTexts } from './pages.ts'

/** An open dialog of a host: at the start, in English, with nothing stored. */
export type OpenHost = { page: Page; close: () => Promise<void> }
/** Opens the dialog with the network options that lead into the embedded Exchange. */
export type HostDriver = (exchange: DemoExchange) => Promise<OpenHost>

const runMs = 20_000

export function describeDialog(name: string, openHost: HostDriver): void {
  describe(name, () => {
    const open: { exchange: DemoExchange; host: OpenHost }[] = []

    afterEach(async () => {
      for (const { exchange, host } of open.splice(0)) {
        let trouble: string[]
        try {
          trouble = [...(await troubleOf(host.page)), ...(await unfilledTexts(host.page))]
        } finally {
          await host.close()
          await exchange.stop()
        }
        expect(trouble).toEqual([])
      }
    })

    async function start(scenario: ScenarioId): Promise<{ page: Page; exchange: DemoExchange; dialog: DialogPage }> {
      const exchange = await startDemo({ scenario })
      const host = await openHost(exchange).catch(async (error: unknown) => {
        await exchange.stop()
        throw error
      })
      open.push({ exchange, host })
      host.page.setDefaultTimeout(runMs)
      return { page: host.page, exchange, dialog: dialogOn(host.page) }
    }

    test('Get URL finds the URL of a healthy server, verifies it and enters it', async () => {
      const { exchange, dialog } = await start('healthy-on-prem')
      await dialog.type(exchange.typed)
      await dialog.getUrl.click()
      await dialog.banner.waitFor()
      expect(await dialog.banner.innerText()).toContain('EWS URL found and verified')
      expect(await dialog.field('ewsUrl').inputValue()).toBe(exchange.ewsUrl)
      expect(await dialog.origin.innerText()).toMatch(/^Found through /)
    })

    test('Test connection logs in once and names mailbox, login and server', async () => {
      const { exchange, dialog } = await start('healthy-on-prem')
      await dialog.type({ ...exchange.typed, ewsUrl: exchange.ewsUrl ?? '' })
      await dialog.test.click()
      await dialog.banner.waitFor()
      expect(await dialog.banner.innerText()).toContain(`EWS works for ${exchange.typed.email}`)
      const facts = await dialog.facts.innerText()
      for (const label of ['EWS URL', 'Login', 'Mailbox', 'Version', 'Server']) expect(facts).toContain(label)
      expect(await dialog.origin.innerText()).toContain('login proven')
    })

    test('OAuth first: with tenant, application and secret no password is needed', async () => {
      const { exchange, dialog } = await start('healthy-online')
      const { password: _unused, ...typed } = exchange.typed
      await dialog.type({ ...typed, ewsUrl: exchange.ewsUrl ?? '' })
      await dialog.test.click()
      await dialog.banner.waitFor()
      expect(await dialog.facts.innerText()).toContain('OAuth 2.0')
    })

    test('a wrong password is a finding with meaning, remedy and proof, and the phase unfolds itself', async () => {
      const { page, exchange, dialog } = await start('wrong-password')
      await dialog.type({ ...exchange.typed, ewsUrl: exchange.ewsUrl ?? exchange.typed.ewsUrl ?? '' })
      await dialog.test.click()
      await dialog.banner.waitFor()
      expect(await dialog.verdict.innerText()).toContain('Code: wrong-password-or-user-name')
      expect(await dialog.verdict.getByRole('heading').allInnerTexts()).toEqual([
        expect.stringMatching(/password/i),
        'What it means',
        expect.stringContaining('What to do'),
      ])
      await dialog.verdict.locator('summary').first().click()
      await dialog.verdict.locator('.evidence').first().waitFor()
      expect((await dialog.verdict.locator('.evidence').allInnerTexts()).join('\n')).toContain('401')
      expect(await page.locator('.state-failed .phase-button').getAttribute('aria-expanded')).toBe('true')
      expect(await page.content()).not.toContain(exchange.typed.password ?? 'no password')
      expect(await accessibilityTrouble(page)).toEqual([])
    })

    test('a secret ID in place of the value is recognised before anything is sent', async () => {
      const { page, exchange, dialog } = await start('secret-id-instead-of-value')
      await dialog.type(exchange.typed)
      await dialog.field('clientSecret').blur()
      const remark = page.locator('#field-clientSecret-remarks')
      await remark.waitFor()
      expect(await remark.innerText()).toMatch(/secret ID/i)
      expect(exchange.journal).toEqual([])
    })

    test('stopped in the middle: the run ends at once, and the next one works', async () => {
      const { page, exchange, dialog } = await start('slow-candidate')
      // A host of this scenario that takes connections and never answers.
      await dialog.type({ ...exchange.typed, ewsUrl: `https://${domainOf(exchange.typed.email)}/EWS/Exchange.asmx` })
      await dialog.test.click()
      await page.locator('.phase.state-running', { hasText: 'Connection' }).locator('.phase-line').waitFor()
      await page.keyboard.press('Escape')
      await dialog.banner.getByText('Stopped').waitFor()
      expect(await page.locator('.state-running').count()).toBe(0)
      expect(await page.locator('.state-cancelled').count()).toBeGreaterThan(0)
      await dialog.type({ email: exchange.typed.email, ewsUrl: exchange.ewsUrl ?? '' })
      await dialog.test.click()
      await dialog.banner.getByText('EWS works').waitFor()
    })

    test('consent: without it the foreign host gets nothing', async () => {
      const { page, exchange, dialog } = await start('foreign-redirect')
      await dialog.type(exchange.typed)
      await dialog.getUrl.click()
      const question = page.getByRole('alertdialog')
      await question.waitFor()
      expect(await question.innerText()).toContain(domainOf(exchange.typed.email))
      await page.keyboard.press('Escape')
      await dialog.banner.waitFor()
      expect(await dialog.verdict.innerText()).toContain('foreign-redirect-refused')
      expect(
        exchange.journal.filter((entry) => !entry.host.endsWith(domainOf(exchange.typed.email)) && carriesLogin(entry)),
      ).toEqual([])
    })

    test('consent: given, the host gets the login, and the URL it names is found', async () => {
      const { page, exchange, dialog } = await start('foreign-redirect')
      await dialog.type(exchange.typed)
      await dialog.getUrl.click()
      await page.getByRole('button', { name: 'Send login data there' }).click()
      await dialog.banner.getByText('EWS URL found and verified').waitFor()
      expect(await dialog.field('ewsUrl').inputValue()).toBe(exchange.ewsUrl)
    })

    test('saved: the values come back with the next window, the secret only as a date', async () => {
      const { page, exchange, dialog } = await start('healthy-online')
      await dialog.type(exchange.typed)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.locator('.save-line', { hasText: 'Saved' }).waitFor()
      await page.reload()
      await page
        .getByText(/^Saved on /)
        .first()
        .waitFor()
      expect(await dialog.field('email').inputValue()).toBe(exchange.typed.email)
      expect(await page.content()).not.toContain(exchange.typed.clientSecret ?? 'no secret')
    })

    test('the language changes without losing what was typed, and is remembered', async () => {
      const { page, dialog } = await start('healthy-on-prem')
      await dialog.field('email').fill('anna@contoso.example')
      await page.getByRole('radiogroup', { name: 'Language' }).getByText('DE', { exact: true }).click()
      await page.getByRole('button', { name: 'Verbindung testen' }).waitFor()
      expect(await dialog.field('email').inputValue()).toBe('anna@contoso.example')
      await page.reload()
      await page.getByRole('heading', { name: 'Exchange-Connector – Grundlagen' }).waitFor()
    })

    test('every control has its name and shows its focus, and nothing is cut off', async () => {
      const { page } = await start('healthy-on-prem')
      expect(await accessibilityTrouble(page)).toEqual([])
      expect(await focusTrouble(page)).toEqual([])
      expect(await sidewaysOverflow(page)).toBe(0)
    })
  })
}

type DialogPage = {
  field: (name: string) => Locator
  getUrl: Locator
  test: Locator
  banner: Locator
  verdict: Locator
  facts: Locator
  origin: Locator
  type: (typed: Typed) => Promise<void>
}

const typedTexts = ['email', 'userName', 'password', 'tenantId', 'clientId', 'clientSecret', 'ewsUrl'] as const

function dialogOn(page: Page): DialogPage {
  const field = (name: string) => page.locator(`#field-${name}`)
  return {
    field,
    getUrl: page.getByRole('button', { name: 'Get URL', exact: true }),
    test: page.getByRole('button', { name: 'Test connection', exact: true }),
    banner: page.locator('.banner'),
    verdict: page.locator('.verdict'),
    facts: page.locator('.facts'),
    origin: page.locator('#url-origin'),
    async type(typed) {
      for (const name of typedTexts) {
        const value = typed[name] ?? ''
        if (value !== '') await field(name).fill(value)
      }
    },
  }
}

function carriesLogin({ authorization }: JournalEntry): boolean {
  return authorization !== null && authorization !== 'bearer-empty'
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
