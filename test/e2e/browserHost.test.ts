/** The specification of the dialog on the browser host: the built window over http on 127.0.0.1. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { lazyConnector } from '../../src/host/lazyConnector.ts'
import { createRouter } from '../../src/host/router.ts'
import { openMemoryStore } from '../../src/host/secretStore.ts'
import { openSettingsFile } from '../../src/host/settingsFile.ts'
import { serve } from '../../src/web/serve.ts'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { buildWindow } from './buildWindow.ts'
import { openPage } from './pages.ts'
import { describeDialog, type HostDriver } from './specification.ts'

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

describe.skipIf(skipReason !== null)('hosts', () => {
  let browser: Browser
  let rendererDir = ''
  beforeAll(async () => {
    rendererDir = await buildWindow()
    if (!existsSync(join(rendererDir, 'index.html'))) throw new Error('the window was not built')
    browser = await openBrowser()
  }, 60_000)
  afterAll(() => browser?.close())

  const openHost: HostDriver = async (exchange) => {
    const directory = mkdtempSync(join(tmpdir(), 'ews-e2e-'))
    const controller = new AbortController()
    const router = createRouter({
      connector: lazyConnector(() => ({ version: '0.1.0', systemCas: [], environment: {} })),
      settingsFile: openSettingsFile({ directory }),
      secretStore: openMemoryStore(),
      face: 'browser',
      version: '0.1.0',
      language: 'en',
      openLink: () => undefined,
      networkDefaults: { connectTo: exchange.connectTo, dns: exchange.dns, extraCa: exchange.caPem },
    })
    const { url, closed } = await serve({ router, rendererDir, open: false, language: 'en', signal: controller.signal })
    const page = await openPage(browser)
    await page.goto(url)
    await page.locator('#field-email').waitFor()
    return {
      page,
      async close() {
        await page.context().close()
        controller.abort()
        await closed
        rmSync(directory, { recursive: true, force: true })
      },
    }
  }

  describeDialog('the dialog on the browser host', openHost)
})
