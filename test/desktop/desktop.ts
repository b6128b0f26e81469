/** Starts the built desktop program in a directory of its own, and ends it. */
import { execFile, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { builtBundles, type DesktopHost } from './hosts.ts'

const longestEndMs = 5_000

export type Network = { connectTo: readonly string[]; dns: string; caPem: string }

export type Desktop = {
  app: ElectronApplication
  page: Page
  /** Where settings and all other state lie. */
  directory: string
  /** What the program wrote to stderr: all of it on the double, on Electron what came after it was opened. Still there after `close`. */
  errors: () => string[]
  /** Addresses given to `shell.openExternal`, none of which was opened. */
  opened: () => Promise<string[]>
  /** The same work, but rejected when the program ends: what Playwright asks of it then would never be answered. */
  whileAlive: <T>(work: Promise<T>) => Promise<T>
  close: () => Promise<void>
}

/** Builds what is not up to date. For `beforeAll`. */
export async function buildProgram(): Promise<void> {
  await promisify(execFile)(process.execPath, [fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))])
}

/** A state directory with the network options of an embedded Exchange, and the dialog in English. */
export function makeStateDirectory(network?: Network): string {
  const directory = mkdtempSync(join(tmpdir(), 'ews-desktop-'))
  const options =
    network === undefined ? {} : { connectTo: network.connectTo, dns: network.dns, extraCa: network.caPem }
  const content = {
    schema: 1,
    language: 'en',
    profile: 'Standard',
    profiles: { Standard: { settings: { network: options } } },
  }
  writeFileSync(join(directory, 'config.json'), JSON.stringify(content))
  return directory
}

/** Environment of the program: nothing of the person at the keyboard, no keychain. */
export function environmentOf(host: DesktopHost, directory: string): Record<string, string> {
  const { ELECTRON_RENDERER_URL: _dev, ELECTRON_RUN_AS_NODE: _asNode, NODE_OPTIONS: _options, ...rest } = process.env
  const defined = Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  return {
    ...Object.fromEntries(defined),
    EWS_SETUP_HOME: directory,
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
    ...host.environment,
  }
}

/** `bundles`: the directory with main, preload and renderer. `args`: what another program would hand over. Rejects when the program ends before it has a window. */
export async function openDesktop(
  host: DesktopHost,
  options: { bundles?: string; network?: Network; windowMs?: number; args?: readonly string[] } = {},
): Promise<Desktop> {
  const { bundles = builtBundles, network, windowMs = 10_000, args = [] } = options
  const directory = makeStateDirectory(network)
  const log = join(directory, 'stderr.log')
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  let app: ElectronApplication
  let child: ReturnType<ElectronApplication['process']>
  try {
    app = await _electron.launch({
      executablePath: await host.executablePath(),
      args: [join(bundles, 'main', 'index.js'), ...args],
      env: { ...environmentOf(host, directory), ELECTRON_DOUBLE_LOG: log },
      chromiumSandbox: host.chromiumSandbox,
      timeout: 20_000,
    })
    // Playwright has no process any more for a program that ended just after its start.
    child = app.process()
  } catch (error) {
    const said = existsSync(log) ? readFileSync(log, 'utf8') : ''
    remove()
    throw new Error(`not started; the program said: ${linesOf(said).join(' | ')}`, { cause: error })
  }
  let heard = ''
  child.stderr?.on('data', (chunk: Buffer) => (heard += chunk.toString()))
  let kept: string[] | undefined
  const errors = () => kept ?? linesOf(existsSync(log) ? readFileSync(log, 'utf8') : heard)
  const ended = endOf(child)
  const close = async () => {
    // A program that does not end by itself is ended, or the next test would wait for it.
    const timer = setTimeout(() => child.kill('SIGKILL'), longestEndMs)
    // Without the program, Playwright waits for its answer for ever.
    await Promise.race([app.close().catch(() => undefined), ended])
    await ended
    clearTimeout(timer)
    kept = errors()
    remove()
  }
  const whileAlive = <T>(work: Promise<T>): Promise<T> =>
    Promise.race([
      work,
      ended.then(({ code, signal }) => {
        throw new Error(`the program ended (${code ?? signal})`)
      }),
    ])
  try {
    await whileAlive(
      app.evaluate(({ shell }) => {
        const opened: string[] = []
        Reflect.set(globalThis, 'openedByTest', opened)
        shell.openExternal = (url) => Promise.resolve(void opened.push(url))
        // Nor is a folder shown to the person at the keyboard.
        shell.openPath = () => Promise.resolve('')
      }),
    )
    const page = await whileAlive(app.firstWindow({ timeout: windowMs }))
    page.setDefaultTimeout(10_000)
    const opened = () => app.evaluate(() => Reflect.get(globalThis, 'openedByTest') as string[])
    return { app, page, directory, errors, opened, whileAlive, close }
  } catch (error) {
    await close()
    throw new Error(`no window; the program said: ${errors().join(' | ')}`, { cause: error })
  }
}

/** Exit code and signal, also of a process that has ended already. */
export function endOf(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve({ code: child.exitCode, signal: child.signalCode })
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !/^(Debugger |DevTools |For help|Waiting for the deb)/.test(line))
}

/** The dialog, ready for a click. */
export function dialogReady(page: Page, timeout = 10_000): Promise<void> {
  return page.getByRole('button', { name: 'Test connection', exact: true }).waitFor({ timeout })
}
