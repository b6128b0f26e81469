/**
 * Why the window's session has a proxy that is not there: in a real Chromium a peer connection passes by every policy, over UDP and
 * TCP, until it may use a proxy alone and the proxy leads nowhere. The desktop host sets both; the double cannot follow them.
 */
import { chromium } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { needsBinary } from '../desktop/hostilePage.ts'
import { missingBrowser } from '../openBrowser.ts'
import { skipReason } from '../servers/skip.ts'
import { openTrap } from './trap.ts'

const closed = [
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
]

test.skipIf(skipReason(missingBrowser())).each([
  ['open', []],
  ['closed', closed],
] as const)('peer connections in a network that is %s', async (state, args) => {
  const trap = await openTrap()
  const libraries = inject('browserLibraries')
  const browser = await chromium.launch({
    executablePath: inject('browser') ?? '',
    args: ['--no-sandbox', ...args],
    env: { ...process.env, ...(libraries === null ? {} : { LD_LIBRARY_PATH: libraries }) },
  })
  try {
    const page = await browser.newPage()
    for (const attempt of Object.values(needsBinary)) await page.evaluate(attempt, `127.0.0.1:${trap.port}`)
    const kinds = new Set(trap.seen().map((line) => line.slice(0, 3)))
    expect([...kinds].toSorted()).toEqual(state === 'open' ? ['tcp', 'udp'] : [])
  } finally {
    await browser.close()
    await trap.stop()
  }
})
