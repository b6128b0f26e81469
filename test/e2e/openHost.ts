/** The browser host as it is: the built window over http on 127.0.0.1, with the real connector, in a page of its own. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { Connector } from '../../src/core/connector.ts'
import { lazyConnector } from '../../src/host/lazyConnector.ts'
import { createRouter, type RouterOptions } from '../../src/host/router.ts'
import { openMemoryStore } from '../../src/host/secretStore.ts'
import { openSettingsFile } from '../../src/host/settingsFile.ts'
import { serve } from '../../src/web/serve.ts'
import { openPage, type PageOptions } from './pages.ts'

export type OpenedHost = {
  page: Page
  /** Names of the files in the host's directory: what it keeps. */
  kept: () => string[]
  close: () => Promise<void>
}

export async function openBrowserHost(o: {
  browser: Browser
  rendererDir: string
  language?: 'de' | 'en'
  networkDefaults?: RouterOptions['networkDefaults']
  page?: PageOptions
  openLink?: RouterOptions['openLink']
  clock?: RouterOptions['clock']
  /** Between the connector and the window. */
  around?: (connector: Connector) => Connector
}): Promise<OpenedHost> {
  const { language = 'en', clock, around = (connector) => connector } = o
  const directory = mkdtempSync(join(tmpdir(), 'ews-e2e-'))
  const controller = new AbortController()
  const router = createRouter({
    connector: around(lazyConnector(() => ({ version: '0.1.0', systemCas: [], environment: {} }))),
    settingsFile: openSettingsFile({ directory }),
    secretStore: openMemoryStore(clock),
    face: 'browser',
    version: '0.1.0',
    language,
    openLink: o.openLink ?? (() => undefined),
    ...(clock === undefined ? {} : { clock }),
    ...(o.networkDefaults === undefined ? {} : { networkDefaults: o.networkDefaults }),
  })
  const { url, closed } = await serve({
    router,
    rendererDir: o.rendererDir,
    open: false,
    language,
    signal: controller.signal,
  })
  const page = await openPage(o.browser, o.page)
  await page.goto(url)
  await page.locator('#field-email').waitFor()
  return {
    page,
    kept: () => readdirSync(directory, { recursive: true }).map(String),
    async close() {
      await page.context().close()
      controller.abort()
      await closed
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
