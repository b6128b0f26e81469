// What the window costs: what it loads before anything is shown, and when it can be worked with.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../build.mjs'
import { findChromium, launch } from './chromium.mjs'
import { median, serving } from './processes.mjs'

const bounds = { scriptBytes: 250_000, interactiveMs: 1000 }
const turns = 5

export async function sizes({ table }) {
  const renderer = join(root, 'out', 'renderer')
  const assets = join(renderer, 'assets')
  // What the page names itself, it loads before anything is shown; sections and help come when they are asked for.
  const page = await readFile(join(renderer, 'index.html'), 'utf8')
  const first = new Set(page.match(/(?<=assets\/)[^"]+\.js/g))
  const all = { js: 0, css: 0 }
  let firstView = 0
  for (const name of await readdir(assets)) {
    const kind = name.split('.').at(-1)
    if (!(kind in all)) continue
    const bytes = gzipSync(await readFile(join(assets, name)), { level: 9 }).length
    all[kind] += bytes
    if (first.has(name)) firstView += bytes
  }
  if (firstView === 0) throw new Error('the page names no script')
  table.kilobytes('window: JavaScript of the first view, gzip', firstView, bounds.scriptBytes)
  table.kilobytes('window: all JavaScript, gzip', all.js)
  table.kilobytes('window: CSS, gzip', all.css)
}

/** From the start of the navigation in a cold browser context: the first field takes the focus, and a tab reacts to a click. */
export async function interactive({ home, table }) {
  const found = await findChromium()
  if (found.missing !== null) {
    table.note(`window: interactive was not measured: ${found.missing}`)
    return
  }
  const browser = await launch(found)
  const served = await serving(home, ['serve', '--no-open'])
  try {
    // An entrance is good for one window; the cookie that it leaves opens the next ones.
    const entrance = /http:\/\/\S+/.exec(served.line)?.[0] ?? ''
    const first = await browser.newContext()
    const opened = await first.newPage()
    await opened.goto(entrance)
    await opened.locator('#field-email').waitFor()
    const address = opened.url()
    const storageState = await first.storageState()
    await first.close()
    const focusable = []
    const reacting = []
    const visiting = []
    let requests = 0
    for (let turn = 0; turn < turns; turn += 1) {
      const context = await browser.newContext({ storageState })
      const page = await context.newPage()
      let asked = 0
      page.on('request', () => (asked += 1))
      await page.addInitScript(watchReadiness)
      const started = Date.now()
      await page.goto(address)
      await page.waitForFunction(() => globalThis.readiness.focusable !== null)
      requests = asked
      await page.locator('.section-tab').nth(1).click()
      await page.waitForFunction(() => globalThis.readiness.reacting !== null)
      await page.locator('.section:not([hidden]) > :not(.waiting)').first().waitFor()
      const visited = Date.now()
      const seen = await page.evaluate(() => globalThis.readiness)
      focusable.push(seen.focusable - started)
      reacting.push(seen.reacting - started)
      visiting.push(visited - seen.reacting)
      await context.close()
    }
    table.count('window: requests until the first field takes the focus', requests)
    table.ms('window: navigation until the first field takes the focus', median(focusable))
    table.ms('window: navigation until a tab has reacted to a click', median(reacting), bounds.interactiveMs)
    table.ms('window: from there until the section is shown for the first time', median(visiting))
  } finally {
    await served.stop()
    await browser.close()
  }
}

/** In the page: wall clock of the first field that takes the focus, and of the first tab that is chosen by hand. */
function watchReadiness() {
  const readiness = { focusable: null, reacting: null }
  globalThis.readiness = readiness
  const look = () => {
    const field = document.querySelector('#field-email')
    field?.focus()
    if (field !== null && document.activeElement === field) {
      readiness.focusable = Date.now()
      new MutationObserver((records) => {
        if (records.some(({ target }) => target.getAttribute('aria-current') === 'page'))
          readiness.reacting ??= Date.now()
      }).observe(document.body, { subtree: true, attributeFilter: ['aria-current'] })
    } else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
