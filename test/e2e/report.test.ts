/** Reports in a real browser: what is saved is what the preview showed, and a hostile report stays a text. */
import { createServer } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { explain } from '../../src/cli/explain.ts'
import { asHtml, reportOf } from '../../src/texts/report/index.ts'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { servePreview } from '../renderer/preview/servePreview.ts'
import type { Script } from '../renderer/preview/scriptedClient.ts'
import { attacks, hostileResult } from '../texts/hostileResult.ts'
import {
  accessibilityTrouble,
  openPage,
  sidewaysOverflow,
  troubleOf,
  unfilledTexts,
  weakText,
  type PageOptions,
} from './pages.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

describe.skipIf(skipReason !== null)('the report', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  }, 60_000)
  afterAll(() => browser?.close())

  describe('in the dialog', () => {
    let served: Awaited<ReturnType<typeof servePreview>>
    const pages: Page[] = []
    beforeAll(async () => {
      served = await servePreview()
    }, 60_000)
    afterEach(async () => {
      for (const page of pages.splice(0)) {
        expect([...(await troubleOf(page)), ...(await unfilledTexts(page))]).toEqual([])
        await page.context().close()
      }
    })
    afterAll(() => served?.close())

    async function run(script: Partial<Script> = {}, options: PageOptions = {}): Promise<Page> {
      const page = await openPage(browser, options)
      page.setDefaultTimeout(5_000)
      pages.push(page)
      const wanted = { language: 'en', settings: 'saved', test: 'password', ...script }
      await page.goto(`${served.url}?script=${encodeURIComponent(JSON.stringify(wanted))}`)
      await page.getByRole('button', { name: /^(Test connection|Verbindung testen)$/ }).click()
      await page.locator('.report-actions').waitFor()
      return page
    }
    const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
    const preview = (page: Page) => page.locator('#report-preview').inputValue()

    async function saved(page: Page): Promise<{ name: string; content: string }> {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('.dialog-actions .primary').click(),
      ])
      return { name: download.suggestedFilename(), content: await readFile(await download.path(), 'utf8') }
    }

    test('the preview is what is saved, in every format, masked or not', async () => {
      const page = await run()
      await press(page, 'Save report …')
      const dialog = page.getByRole('dialog', { name: 'Save report' })
      await dialog.waitFor()
      expect(await preview(page)).toContain('anna@contoso.com')
      expect(await accessibilityTrouble(page)).toEqual([])
      const names: string[] = []
      for (const masked of [false, true]) {
        if (masked) await dialog.locator('.switch').click()
        for (const format of ['text', 'markdown', 'html', 'json']) {
          await dialog.locator('select').selectOption(format)
          const shown = await preview(page)
          expect(shown.includes('anna')).toBe(!masked)
          expect(shown.includes('a…@contoso.com')).toBe(masked)
          const { name, content } = await saved(page)
          expect(content).toBe(shown)
          names.push(name)
        }
      }
      expect(new Set(names)).toEqual(
        new Set([
          'ews-setup-report-2026-11-23T1000.txt',
          'ews-setup-report-2026-11-23T1000.md',
          'ews-setup-report-2026-11-23T1000.html',
          'ews-setup-evidence-2026-11-23T1000.json',
        ]),
      )
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Save report …')
    })

    test('what the preview shows can be copied as it is, as plain text too', async () => {
      const page = await run()
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await press(page, 'Save report …')
      const dialog = page.getByRole('dialog', { name: 'Save report' })
      for (const format of ['text', 'html']) {
        await dialog.locator('select').selectOption(format)
        await dialog.getByRole('button', { name: /^(Copy this|Copied)$/ }).click()
        await expect
          .poll(() => page.evaluate(() => navigator.clipboard.readText()))
          .toBe((await preview(page)).replaceAll('\r\n', '\n'))
      }
      await page.keyboard.press('Escape')
    })

    test('a copied report is Markdown, and follows the mask switch', async () => {
      const page = await run()
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      const copied = () => page.evaluate(() => navigator.clipboard.readText())
      await press(page, 'Copy report')
      await expect.poll(copied).toContain('## Findings')
      expect(await copied()).toContain('anna@contoso.com')
      await press(page, 'Save report …')
      await page.getByRole('dialog').locator('.switch').click()
      await page.keyboard.press('Escape')
      await page.locator('.report-actions button').first().click()
      await expect.poll(copied).toContain('a…@contoso.com')
      expect(await copied()).not.toContain('anna')
    })

    test('the facts about the server are folded, and say what was not looked at', async () => {
      const page = await run()
      const card = page.locator('.server-facts')
      expect(await card.getAttribute('open')).toBeNull()
      await card.locator('summary').click()
      const text = await card.innerText()
      expect(text).toContain('10 mail.contoso.com')
      expect(text).toContain('not checked')
    })

    test.each([
      [1200, 860],
      [320, 640],
    ])('fits into %i × %i, in German and in the dark', async (width, height) => {
      const page = await run({ language: 'de' }, { width, height, colorScheme: 'dark' })
      await page.locator('.server-facts > summary').click()
      expect(await sidewaysOverflow(page)).toBe(0)
      expect(await weakText(page)).toEqual([])
      expect(await accessibilityTrouble(page)).toEqual([])
      await press(page, 'Bericht speichern …')
      const overflow = await page
        .locator('.modal')
        .evaluate(
          (modal) =>
            modal.scrollWidth - modal.clientWidth + Math.max(0, modal.getBoundingClientRect().right - innerWidth),
        )
      expect(overflow).toBe(0)
      const buttons = page.locator('.dialog-actions button').last()
      await buttons.scrollIntoViewIfNeeded()
      expect(await buttons.isVisible()).toBe(true)
    })
  })

  describe('of a hostile server', () => {
    test.each([true, false])(
      'runs nothing, asks for nothing and shows every text (masked: %s)',
      async (mask) => {
        const results = [
          ...attacks.map((attack) => hostileResult(() => attack)),
          hostileResult((place) => attacks[place % attacks.length] ?? ''),
        ]
        const reports = results.map((result) => reportOf(result, { language: 'en', mask }))
        // No policy of the server's own: the file has to stand for itself.
        const server = createServer((request, response) => {
          const report = reports[Number(request.url?.slice(1))]
          response.writeHead(200, { 'content-type': 'text/html' }).end(report === undefined ? '' : asHtml(report))
        })
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
        const address = server.address()
        const port = typeof address === 'object' && address !== null ? address.port : 0
        const context = await browser.newContext()
        const page = await context.newPage()
        // A page of very long words takes a browser on a busy machine a while to lay out.
        page.setDefaultNavigationTimeout(60_000)
        const trouble: string[] = []
        const asked: string[] = []
        page.on('dialog', (dialog) => {
          trouble.push(`dialog ${dialog.message()}`)
          void dialog.dismiss()
        })
        page.on('console', (message) => trouble.push(`console ${message.text()}`))
        page.on('pageerror', (error) => trouble.push(`script ${error.message}`))
        page.on('request', (request) => asked.push(request.url()))
        try {
          for (const [index, report] of reports.entries()) {
            const url = `http://127.0.0.1:${port}/${index}`
            await page.goto(url, { waitUntil: 'load' })
            expect(asked.splice(0).filter((one) => !one.endsWith('/favicon.ico'))).toEqual([url])
            const found = await page.evaluate(() => ({
              values: [...document.querySelectorAll('dd')].map((one) => one.textContent),
              titles: [...document.querySelectorAll('.finding .title')].map((one) => one.textContent),
              active: document.querySelectorAll(
                'script, iframe, img, svg, a, link, base, form, object, embed, input, button',
              ).length,
              handlers: [...document.querySelectorAll('*')]
                .flatMap((one) => one.getAttributeNames())
                .filter((name) => name.startsWith('on')),
              ran: 'broken' in window,
            }))
            expect(found).toEqual({
              values: [...report.head, ...report.server, ...report.evidence.flatMap(({ blocks }) => blocks.flat())].map(
                ({ value }) => value,
              ),
              titles: report.findings.map(({ title }) => title),
              active: 0,
              handlers: [],
              ran: false,
            })
          }
          // Chromium shows no form of a link or an event that a click could start.
          await page.mouse.click(200, 200)
          expect(trouble).toEqual([])
        } finally {
          await context.close()
          server.close()
          server.closeAllConnections()
        }
      },
      150_000,
    )

    test('explain writes such a report to a file, and nothing in it runs when it is opened', async () => {
      const directory = mkdtempSync(join(tmpdir(), 'ews-report-'))
      const context = await browser.newContext()
      try {
        const { evidence } = hostileResult((place) => attacks[place % attacks.length] ?? '')
        const saved = join(directory, 'evidence.json')
        const html = join(directory, 'report.html')
        writeFileSync(saved, JSON.stringify({ ...evidence, startedAt: '2026-11-23T10:00:00.000Z' }))
        const quiet = { write: () => true }
        const world = { stdin: Readable.from([]), stdout: quiet, stderr: quiet, watched: false, now: new Date(0) }
        expect(await explain(saved, { html, language: 'de' }, world)).toBe(1)
        const page = await context.newPage()
        const trouble: string[] = []
        page.on('dialog', (dialog) => {
          trouble.push(`dialog ${dialog.message()}`)
          void dialog.dismiss()
        })
        page.on('console', (message) => trouble.push(`console ${message.text()}`))
        page.on('pageerror', (error) => trouble.push(`script ${error.message}`))
        page.on('request', (request) => trouble.push(`request ${request.url()}`))
        await page.goto(pathToFileURL(html).href, { waitUntil: 'load' })
        expect(trouble).toEqual([`request ${pathToFileURL(html).href}`])
        expect(
          await page.evaluate(() => ({
            active: document.querySelectorAll('script, iframe, img, svg, a, link, base, form, object, embed').length,
            handlers: [...document.querySelectorAll('*')]
              .flatMap((one) => one.getAttributeNames())
              .filter((name) => name.startsWith('on')),
            ran: 'broken' in window,
            findings: document.querySelectorAll('.finding').length > 0,
          })),
        ).toEqual({ active: 0, handlers: [], ran: false, findings: true })
      } finally {
        await context.close()
        rmSync(directory, { recursive: true, force: true })
      }
    })

    test('a script would not run even if it got into the file', async () => {
      const page = await (await browser.newContext()).newPage()
      const html = asHtml(
        reportOf(
          hostileResult(() => 'x'),
          { language: 'en', mask: false },
        ),
      )
      await page.setContent(
        html.replace('</h1>', '</h1><script>window.broken = 1</script><p onclick="window.broken = 1">click</p>'),
      )
      await page.getByText('click', { exact: true }).click()
      expect(await page.evaluate(() => 'broken' in window)).toBe(false)
      await page.context().close()
    })
  })
})
