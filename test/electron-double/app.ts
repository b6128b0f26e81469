/** Electron's `app`: order of the start, paths, switches, the single instance, and the end. */
import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { App, CommandLine } from 'electron'
import { refuse } from './refuse.ts'
import { claimInstance } from './singleInstance.ts'

type PathName = Parameters<App['getPath']>[0]
type Used =
  | 'isPackaged'
  | 'isReady'
  | 'whenReady'
  | 'getPath'
  | 'setPath'
  | 'getAppPath'
  | 'getVersion'
  | 'getLocale'
  | 'setAppUserModelId'
  | 'requestSingleInstanceLock'
  | 'enableSandbox'
  | 'quit'
  | 'exit'

/** A window, as far as quitting is concerned. */
type Closable = { close(): void; isDestroyed(): boolean }

export class DoubleApp extends EventEmitter implements Pick<App, Used> {
  readonly isPackaged = false
  readonly commandLine: Pick<CommandLine, 'hasSwitch' | 'getSwitchValue'>
  /** Filled by the windows themselves. */
  readonly windows = new Set<Closable>()
  readonly #paths = new Map<string, string>()
  readonly #ready: Promise<void>
  #becomeReady: () => void = () => undefined
  #isReady = false
  #quitting = false
  /** Set by a start that waits for `ready` before its entry has been evaluated. */
  awaited = false

  constructor(switches: ReadonlyMap<string, string>) {
    super()
    this.#ready = new Promise((resolve) => (this.#becomeReady = resolve))
    this.commandLine = {
      hasSwitch: (name) => switches.has(name),
      getSwitchValue: (name) => switches.get(name) ?? '',
    }
    const own = switches.get('user-data-dir')
    if (own !== undefined) this.#paths.set('userData', own)
  }

  isReady(): boolean {
    return this.#isReady
  }

  whenReady(): Promise<void> {
    this.awaited = true
    return this.#ready
  }

  /** For the program of the double: after the entry has been evaluated, as in Electron's ESM start. */
  becomeReady(): void {
    this.#isReady = true
    this.#becomeReady()
    this.emit('ready', {}, {})
  }

  getPath(name: PathName): string {
    const path = this.#paths.get(name) ?? (name === 'sessionData' ? this.#paths.get('userData') : undefined)
    // A default would be a directory of the person at the keyboard.
    if (path === undefined) throw refuse(`app.getPath('${name}') without --user-data-dir or setPath`)
    return path
  }

  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute')
    if (!existsSync(path)) throw new Error(`Failed to set path '${name}'`)
    this.#paths.set(name, path)
  }

  getAppPath(): string {
    let directory = dirname(process.argv[1] ?? process.cwd())
    while (!existsSync(join(directory, 'package.json')) && dirname(directory) !== directory)
      directory = dirname(directory)
    return directory
  }

  getVersion(): string {
    const content: unknown = JSON.parse(readFileSync(join(this.getAppPath(), 'package.json'), 'utf8'))
    return typeof content === 'object' && content !== null && 'version' in content ? String(content.version) : '0.0.0'
  }

  getLocale(): string {
    return this.commandLine.getSwitchValue('lang') || 'en-US'
  }

  setAppUserModelId(): void {
    // Windows alone knows it.
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    return claimInstance(this.getPath('userData'), additionalData, (data) => {
      // Always after `ready`.
      void this.#ready.then(() => this.emit('second-instance', {}, [], process.cwd(), data))
    })
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
  }

  /** The last window has gone. */
  windowAllClosed(): void {
    if (this.#quitting) return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }

  quit(): void {
    if (this.#quitting) return
    if (this.#prevents('before-quit')) return
    this.#quitting = true
    for (const window of this.windows) window.close()
    if ([...this.windows].some((window) => !window.isDestroyed())) {
      this.#quitting = false
      return
    }
    if (this.#prevents('will-quit')) {
      this.#quitting = false
      return
    }
    this.emit('quit', {}, 0)
    process.exit(0)
  }

  exit(exitCode = 0): never {
    process.exit(exitCode)
  }

  #prevents(name: string): boolean {
    let prevented = false
    this.emit(name, { preventDefault: () => (prevented = true) })
    return prevented
  }
}
