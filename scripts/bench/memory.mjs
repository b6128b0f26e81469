// What a hundred runs leave behind: in the browser host, and in its page. The embedded Exchange is another process.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findChromium, launch } from './chromium.mjs'
import { openExchange, serving } from './processes.mjs'

/** A run is one press of each button. The first ones fill caches and compile code, so the growth is measured from there. */
const counts = { warmUp: 10, measured: 100 }
const mostGrowth = 0.1

/** Loaded into the host: answers each message with what is left after the garbage has been collected. */
const reporter = `data:text/javascript,${encodeURIComponent(`
  process.on('message', async () => {
    for (let turn = 0; turn < 4; turn += 1) { globalThis.gc(); await new Promise((resolve) => setImmediate(resolve)) }
    const { rss, heapUsed, external } = process.memoryUsage()
    const open = process.getActiveResourcesInfo().filter((name) => !/Immediate|Pipe/.test(name)).length
    process.send({ rss, heap: heapUsed + external, open })
  })
  process.channel.unref()
`)}`

/** `runs`: how many are measured after the warm-up. */
export async function afterRuns({ home, table, runs = counts.measured }) {
  const found = await findChromium()
  if (found.missing !== null) {
    table.note(`memory was not measured: ${found.missing}`)
    return
  }
  const exchange = await openExchange(home, 'healthy-on-prem')
  await writeFile(join(home.path, 'config.json'), JSON.stringify(await settingsInto(exchange)))
  const served = await serving(home, ['serve', '--no-open'], {
    nodeOptions: ['--expose-gc', '--import', reporter],
  })
  const browser = await launch(found)
  try {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
    await page.goto(/http:\/\/\S+/.exec(served.line)?.[0] ?? '')
    await page.locator('#field-email').waitFor()
    const look = async () => ({ host: await served.ask('report'), page: await heapOf(page) })
    const idle = await look()
    await page.locator('#field-email').fill(exchange.typed.email)
    await page.locator('#field-password').fill(exchange.typed.password)
    await press(page, counts.warmUp)
    const before = await look()
    await press(page, runs)
    const after = await look()
    table.megabytes('browser host, idle: resident memory', idle.host.rss)
    table.megabytes('browser host, idle: heap', idle.host.heap)
    table.megabytes('window, idle: JavaScript heap', idle.page.heap)
    table.growth(`${runs} runs: heap of the host`, before.host.heap, after.host.heap, mostGrowth)
    table.growth(`${runs} runs: resident memory of the host`, before.host.rss, after.host.rss, mostGrowth)
    table.growth(`${runs} runs: open handles of the host`, before.host.open, after.host.open, mostGrowth)
    table.growth(`${runs} runs: JavaScript heap of the window`, before.page.heap, after.page.heap, mostGrowth)
    table.growth(`${runs} runs: nodes of the window`, before.page.nodes, after.page.nodes, mostGrowth)
    table.growth(`${runs} runs: listeners of the window`, before.page.listeners, after.page.listeners, mostGrowth)
  } finally {
    await browser.close()
    await served.stop()
    await exchange.stop()
  }
}

const presses = [
  { button: 'Get URL', told: 'EWS URL found and verified' },
  { button: 'Test connection', told: 'EWS works for' },
]

/** Presses from within the page: each question from outside would leave a script of its own behind, and be taken for growth. */
function press(page, runs) {
  return page.evaluate(
    async ([count, steps]) => {
      // The two results differ, so the one before is never taken for the next.
      const until = (isTrue, what) =>
        new Promise((resolve, reject) => {
          const end = (settle, value) => {
            clearTimeout(timer)
            observer.disconnect()
            settle(value)
          }
          const look = () => isTrue() && end(resolve)
          const observer = new MutationObserver(look)
          const timer = setTimeout(() => end(reject, new Error(`${what}: ${banner()}`)), 60_000)
          observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
          look()
        })
      const buttonOf = (name) => [...document.querySelectorAll('button')].find((one) => one.textContent === name)
      const banner = () => document.querySelector('.banner')?.textContent ?? ''
      for (let run = 0; run < count; run += 1)
        for (const { button, told } of steps) {
          await until(() => buttonOf(button)?.disabled === false, button)
          buttonOf(button).click()
          // A press right after the last one counts as its double click. While a run goes on no button has this name.
          const again = setInterval(() => buttonOf(button)?.click(), 600)
          await until(() => banner().includes(told), told).finally(() => clearInterval(again))
        }
    },
    [runs, presses],
  )
}

async function heapOf(page) {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Performance.enable')
  await devTools.send('HeapProfiler.enable')
  // The browser's own list of what was loaded is no part of the page.
  await page.evaluate(() => performance.clearResourceTimings())
  for (let turn = 0; turn < 3; turn += 1) await devTools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devTools.send('Performance.getMetrics')
  await devTools.detach()
  const value = (name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { heap: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners') }
}

/** The stored settings that do what the terminal's options do. */
async function settingsInto({ connectTo, dns, caFile }) {
  const network = { connectTo, dns, extraCa: await readFile(caFile, 'utf8') }
  return { schema: 1, language: 'en', profile: 'Standard', profiles: { Standard: { settings: { network } } } }
}
