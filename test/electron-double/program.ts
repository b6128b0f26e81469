/** The program that stands for Electron's binary: parses its arguments, evaluates the entry, starts the browser, becomes ready. */
import { appendFileSync } from 'node:fs'
import inspector from 'node:inspector'
import Module, { register } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as electron from './electron.ts'
import { startChromium } from './chromium.ts'
import { app, entry, giveBrowser, switches } from './state.ts'

/** An entry that waits for `ready` at its top level waits for ever, in Electron as here. */
const longestEvaluationMs = 10_000
/** A program that is inspected becomes ready when its tool has asked for `electron`, or after this time. */
const longestToolMs = 5_000

/** `import 'electron'` of our bundles and of their dependencies. */
let toolArrived: () => void = () => undefined
const tool = new Promise<void>((resolve) => (toolArrived = resolve))

function answerImports(): void {
  const hook = `export const resolve = (specifier, context, next) => specifier === 'electron'
    ? { url: ${JSON.stringify(new URL('electron.js', import.meta.url).href)}, shortCircuit: true } : next(specifier, context)`
  register(`data:text/javascript,${encodeURIComponent(hook)}`)
  // `require('electron')` of tools that speak to the inspector; the package itself would start a download.
  const load: unknown = Reflect.get(Module, '_load')
  Reflect.set(Module, '_load', (request: string, ...rest: unknown[]): unknown => {
    if (request !== 'electron') return typeof load === 'function' ? Reflect.apply(load, Module, [request, ...rest]) : {}
    toolArrived()
    return electron
  })
}

async function evaluate(file: string): Promise<void> {
  const timer = setTimeout(() => {
    process.stderr.write(
      app.awaited
        ? '[electron-double] the entry awaits `ready` at its top level, which comes only after the entry has been evaluated\n'
        : '[electron-double] the entry was not evaluated in time\n',
    )
    process.exit(1)
  }, longestEvaluationMs)
  await import(pathToFileURL(file).href)
  clearTimeout(timer)
}

/** All that goes to stderr, for a test that comes to listen later, or after the end. */
function copyErrors(file: string): void {
  const write = process.stderr.write.bind(process.stderr)
  process.stderr.write = (chunk: string | Uint8Array, ...rest: never[]) => {
    appendFileSync(file, chunk)
    return write(chunk, ...rest)
  }
}

const log = process.env['ELECTRON_DOUBLE_LOG']
if (log !== undefined) copyErrors(log)
// Loaded now: Node loads its fetch at first use, and an inspector that interrupts just then leaves half of it.
new Request('http://127.0.0.1')
const port = switches.get('inspect')
if (port !== undefined) inspector.open(Number(port), '127.0.0.1')
if (entry === undefined) throw new Error('Unable to find a valid app')
const file = resolve(entry)
process.argv = [process.execPath, file, ...process.argv.slice(process.argv.indexOf(entry) + 1)]
answerImports()
await evaluate(file)
const { cdp, devTools } = await startChromium({ devToolsPort: switches.get('remote-debugging-port') })
giveBrowser(cdp)
if (devTools !== null) process.stderr.write(`${devTools}\n`)
// A tool that is still connecting to a program that has already ended would trip over it.
if (port !== undefined) await Promise.race([tool, new Promise((resolve) => setTimeout(resolve, longestToolMs).unref())])
app.becomeReady()
