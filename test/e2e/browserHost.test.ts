/** The specification of the dialog on the browser host: the built window over http on 127.0.0.1. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { buildWindow } from './buildWindow.ts'
import { openBrowserHost } from './openHost.ts'
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

  const openHost: HostDriver = ({ connectTo, dns, caPem }) =>
    openBrowserHost({ browser, rendererDir, networkDefaults: { connectTo, dns, extraCa: caPem } })

  describeDialog('the dialog on the browser host', openHost)
})
