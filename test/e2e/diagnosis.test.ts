/** Section Diagnosis in a real browser over the real host: pasted, opened and dropped material, good, hostile and too large. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { limits } from '../../src/core/limits.ts'
import * as given from '../core/files/material.ts'
import { evidenceOf, http, login, step } from '../core/findings/evidenceOf.ts'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { attacks, hostileResult } from '../texts/hostileResult.ts'
import { buildWindow } from './buildWindow.ts'
import { openBrowserHost, type OpenedHost } from './openHost.ts'
import {
  accessibilityTrouble,
  sidewaysOverflow,
  troubleOf,
  unfilledTexts,
  weakText,
  type PageOptions,
} from './pages.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

const ews = 'https://mail.contoso.com/EWS/Exchange.asmx'
const refused = evidenceOf({
  steps: [step('login:ntlm', [http(ews, { status: 401, credentials: 'ntlm' }), login(ews, { handshake: 'complete' })])],
})

describe.skipIf(skipReason !== null)('diagnosis', { timeout: 30_000 }, () => {
  let browser: Browser
  let rendererDir = ''
  const files = mkdtempSync(join(tmpdir(), 'ews-diagnosis-'))
  const hosts: OpenedHost[] = []
  beforeAll(async () => {
    rendererDir = await buildWindow('window-diagnosis')
    browser = await openBrowser()
  }, 60_000)
  afterEach(async () => {
    for (const host of hosts.splice(0)) {
      expect([...(await troubleOf(host.page)), ...(await unfilledTexts(host.page))]).toEqual([])
      // Nothing that was pasted or opened is stored.
      expect(host.kept()).toEqual([])
      await host.close()
    }
  })
  afterAll(async () => {
    rmSync(files, { recursive: true, force: true })
    await browser?.close()
  })

  async function open(language: 'de' | 'en' = 'en', options: PageOptions = {}): Promise<Page> {
    const host = await openBrowserHost({ browser, rendererDir, language, page: options })
    hosts.push(host)
    const { page } = host
    await page.getByRole('button', { name: language === 'de' ? 'Diagnose' : 'Diagnosis', exact: true }).click()
    await field(page).waitFor()
    return page
  }
  const field = (page: Page) => page.locator('#diagnosis-text')
  const result = (page: Page) => page.locator('#diagnosis-result')
  const banner = (page: Page) => result(page).locator('.banner')
  const submit = (page: Page) =>
    page
      .getByRole('button', { name: /^(Diagnose|Diagnostizieren)$/ })
      .last()
      .click()
  const judge = async (page: Page, text: string) => {
    await field(page).fill(text)
    await submit(page)
    await banner(page).waitFor()
  }
  const file = (name: string, content: string | Buffer): string => {
    const path = join(files, name)
    writeFileSync(path, content)
    return path
  }
  const choose = (page: Page, path: string) => page.locator('input[type=file]').setInputFiles(path)

  test.each(['de', 'en'] as const)(
    'pasted text in %s: what it is, the finding, what to do, the proof',
    async (language) => {
      const page = await open(language)
      await judge(page, given.tokenError(7000215))
      const recognised = {
        de: 'Erkannt als: die Antwort eines Tokenendpunkts.',
        en: 'Recognised as: the answer of a token endpoint.',
      }
      expect(await result(page).locator('.recognised').innerText()).toBe(recognised[language])
      expect(await banner(page).innerText()).toMatch(language === 'de' ? /Clientschlüssel/ : /client secret/)
      expect(await result(page).locator('.actor').first().innerText()).toMatch(/Entra/)
      const proof = result(page).locator('.finding-body .fold').first()
      await proof.locator('summary').click()
      await proof.locator('dd').first().waitFor()
      expect(await proof.innerText()).toContain('7000215')
      expect(await accessibilityTrouble(page)).toEqual([])
      expect(await weakText(page)).toEqual([])
      expect(await page.title()).toBe(language === 'de' ? 'EWS Setup – Diagnose' : 'EWS Setup – Diagnosis')
    },
  )

  test('saved evidence, opened as a file, is the result of the run that made it', async () => {
    const page = await open()
    await choose(page, file('evidence.json', JSON.stringify(refused)))
    await banner(page).waitFor()
    expect(await result(page).locator('.recognised').innerText()).toContain('saved evidence of a run')
    expect(await result(page).innerText()).toContain('Code: wrong-password-or-user-name')
    expect(await page.locator('.held').innerText()).toContain('evidence.json')
    await page.getByRole('button', { name: 'Save report …' }).click()
    expect(await page.locator('#report-preview').inputValue()).toContain('wrong-password-or-user-name')
  })

  /** Drags a file over the window and lets it go, away from every part that could have a handler of its own. */
  const drop = async (page: Page, files: Readonly<Record<string, string>>) => {
    const dataTransfer = await page.evaluateHandle((given) => {
      const data = new DataTransfer()
      for (const [name, text] of Object.entries(given)) data.items.add(new File([text], name))
      return data
    }, files)
    const target = page.locator('h1')
    await target.dispatchEvent('dragover', { dataTransfer })
    await page.getByText('Drop the file to open it. Nothing is changed by that.').waitFor()
    await target.dispatchEvent('drop', { dataTransfer })
    await page.locator('.drop-veil').waitFor({ state: 'detached' })
  }

  test('a file that is dropped anywhere is opened where it belongs, and applied nowhere', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'Many at once', exact: true }).click()
    await drop(page, { 'answer.txt': given.msalLine, 'second.txt': 'x' })
    await banner(page).waitFor()
    expect(await result(page).innerText()).toContain('Code: client-secret-wrong')
    const configuration = { format: 'ews-setup-configuration', schema: 2, profiles: { Contoso: {} } }
    await drop(page, { 'contoso.json': JSON.stringify(configuration) })
    await page.getByText('contoso.json', { exact: false }).first().waitFor()
    expect(await page.title()).toBe('EWS Setup – Export and import')
    await page.getByRole('button', { name: 'Take over', exact: true }).waitFor()
    expect(await page.locator('[role=status]').innerText()).toBe('contoso.json was opened in “Export/Import”.')
  })

  test('a file that is none of ours leaves everything as it is, and says why', async () => {
    const page = await open()
    await field(page).fill('typed')
    await drop(page, { 'holiday.jpg': 'no picture' })
    const alert = page.getByRole('alert')
    await alert.getByText('holiday.jpg was not recognised.').waitFor()
    expect(await field(page).inputValue()).toBe('typed')
    expect(await accessibilityTrouble(page)).toEqual([])
    await page.getByRole('button', { name: 'Close this message' }).click()
    expect(await alert.count()).toBe(0)
  })

  test('a file as Windows PowerShell writes it is read', async () => {
    const page = await open()
    await choose(page, file('utf16.txt', Buffer.from(`\ufeff${given.aadstsText}`, 'utf16le')))
    await banner(page).waitFor()
    expect(await result(page).innerText()).toContain('Code: application-not-in-tenant')
  })

  test('the signature of a token never leaves the field', async () => {
    const page = await open()
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.postData() ?? ''))
    await field(page).fill(`Authorization: Bearer ${given.jwt(given.goodClaims)}`)
    expect(await field(page).inputValue()).not.toContain(given.signature)
    expect(await field(page).inputValue()).toContain('eyJ')
    await submit(page)
    await banner(page).waitFor()
    expect(await banner(page).innerText()).toBe('The text shows nothing that is wrong.')
    const content = sent.flatMap((body) => /"content":"([^"]*)"/.exec(body)?.[1] ?? [])
    expect(content).toHaveLength(1)
    expect(Buffer.from(content[0] ?? '', 'base64').toString()).not.toContain(given.signature)
  })

  test('everything works with the keyboard alone', async () => {
    const page = await open()
    await field(page).focus()
    await page.keyboard.insertText(given.fault('ErrorImpersonateUserDenied'))
    await page.keyboard.press('Control+Enter')
    await banner(page).waitFor()
    expect(await result(page).innerText()).toContain('Code: impersonation-denied')
    await page.getByRole('button', { name: 'Clear', exact: true }).focus()
    await page.keyboard.press('Enter')
    expect(await field(page).inputValue()).toBe('')
    expect(await result(page).locator('.empty').isVisible()).toBe(true)
  })

  test.each<[string, string, RegExp]>([
    ['nothing', ' ', /Paste a text first/],
    ['prose', 'It does not work.', /was not recognised/],
    [
      'a page',
      '<html><script>window.broken=1</script><img src=x onerror="window.broken=1"></html>',
      /was not recognised/,
    ],
    [
      'deep nesting',
      '{"schema":1,"product":{"name":"ews-setup"},"a":'.concat('['.repeat(50_000)),
      /cut off or was changed/,
    ],
    ['a newer schema', '{"schema":99,"product":{"name":"ews-setup"}}', /newer version.*99/],
    [
      'keys of prototypes',
      '{"__proto__":{"schema":1,"broken":1},"constructor":{"prototype":{"broken":1}},"product":{"name":"ews-setup","__proto__":{"broken":1}},"schema":1}',
      /cut off or was changed/,
    ],
  ])('%s gets a clear message', async (_name, text, message) => {
    const page = await open()
    await field(page).fill(text)
    await submit(page)
    const alert = result(page).getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toMatch(message)
    expect(await page.evaluate(() => 'broken' in window || 'broken' in {})).toBe(false)
  })

  test('binary gets a clear message', async () => {
    const page = await open()
    await choose(page, file('binary.bin', Buffer.from(Array.from({ length: 4_096 }, (_, at) => (at * 37) % 256))))
    const alert = result(page).getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toMatch(/was not recognised/)
  })

  test('evidence of nearly 20 MB is judged', { timeout: 60_000 }, async () => {
    const page = await open()
    // Blanks count as bytes and say nothing.
    const most = JSON.stringify(refused).concat(' '.repeat(limits.evidenceBytes - JSON.stringify(refused).length))
    expect(Buffer.byteLength(most)).toBe(limits.evidenceBytes)
    await choose(page, file('large.json', most))
    await banner(page).waitFor({ timeout: 45_000 })
    expect(await result(page).innerText()).toContain('Code: wrong-password-or-user-name')
  })

  test('50 MB are refused before they are read', async () => {
    const page = await open()
    const read = await page.evaluate(() => {
      const seen = { bytes: 0 }
      const original = File.prototype.arrayBuffer
      File.prototype.arrayBuffer = function arrayBuffer() {
        seen.bytes += this.size
        return original.call(this)
      }
      Object.assign(window, { readBytes: seen })
      return seen.bytes
    })
    expect(read).toBe(0)
    await page.locator('input[type=file]').evaluate((input: HTMLInputElement) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(50 * 1024 * 1024)], 'huge.json'))
      input.files = data.files
      input.dispatchEvent(new Event('change', { bubbles: true }))
    })
    const alert = result(page).getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('larger than 20 MB')
    expect(await page.evaluate(() => Reflect.get(window, 'readBytes').bytes)).toBe(0)
  })

  test('a paste too long for the field is held and judged, and one beyond the limit refused', async () => {
    const page = await open()
    const paste = (text: string) =>
      field(page).evaluate((target, pasted) => {
        const data = new DataTransfer()
        data.setData('text/plain', pasted)
        target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
      }, text)
    await paste(`${JSON.stringify(refused)}${' '.repeat(300 * 1024)}`)
    await banner(page).waitFor()
    expect(await field(page).inputValue()).toBe('')
    expect(await page.locator('.held').innerText()).toMatch(/Pasted text \(\d+ KB\)/)
    await paste('x'.repeat(limits.evidenceBytes + 1))
    await result(page).getByRole('alert').waitFor()
    expect(await result(page).getByRole('alert').innerText()).toContain('larger than 20 MB')
  })

  test('hostile evidence is shown as text and nothing of it runs', { timeout: 60_000 }, async () => {
    const page = await open()
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    const { evidence } = hostileResult((place) => attacks[place % attacks.length] ?? '')
    await choose(page, file('hostile.json', JSON.stringify({ ...evidence, startedAt: '2026-11-23T10:00:00.000Z' })))
    await result(page).locator('.recognised').waitFor()
    page.on('request', (request) => asked.push(request.url()))
    await page.getByRole('button', { name: 'Expand all' }).click()
    await result(page).evaluate((root) => {
      for (const fold of root.querySelectorAll('details')) fold.open = true
    })
    await result(page).locator('.evidence dd').first().waitFor()
    const found = await result(page).evaluate((root) => ({
      active: root.querySelectorAll('script, iframe, img, a, link, base, object, embed, form').length,
      handlers: [...root.querySelectorAll('*')]
        .flatMap((one) => one.getAttributeNames())
        .filter((name) => name.startsWith('on')),
      ran: 'broken' in window,
    }))
    expect(found).toEqual({ active: 0, handlers: [], ran: false })
    expect(asked).toEqual([])
  })

  test.each([
    [1200, 860, 'light'],
    [320, 640, 'dark'],
  ] as const)('fits into %i × %i (%s), in German', async (width, height, colorScheme) => {
    const page = await open('de', { width, height, colorScheme })
    await judge(page, given.tokenError(7000222))
    await page.locator('.server-facts > summary').last().click()
    expect(await sidewaysOverflow(page)).toBe(0)
    expect(await weakText(page)).toEqual([])
    expect(await accessibilityTrouble(page)).toEqual([])
  })
})
