/** Electron's BrowserWindow: a page of its own size, shown when the program says so. */
import { EventEmitter } from 'node:events'
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron'
import { DoubleContents } from './contents.ts'
import { refuse } from './refuse.ts'
import { app, browser } from './state.ts'

type Used =
  | 'loadURL'
  | 'isDestroyed'
  | 'isVisible'
  | 'isMinimized'
  | 'show'
  | 'focus'
  | 'restore'
  | 'minimize'
  | 'setBackgroundColor'
  | 'getNormalBounds'
  | 'isMaximized'
  | 'maximize'
  | 'close'
  | 'destroy'

/** What the double cannot do with less protection; Electron would silently be weaker. */
const required = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
} as const

const open = new Set<object>()

export class DoubleWindow extends EventEmitter implements Pick<BrowserWindow, Used> {
  readonly webContents: DoubleContents
  #visible: boolean
  #minimized = false
  #maximized = false
  readonly #bounds: Rectangle
  #destroyed = false
  #painted = false

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const { width = 800, height = 600, x = 0, y = 0, show = true } = options
    this.#bounds = { x, y, width, height }
    this.#visible = show
    this.webContents = new DoubleContents({
      cdp: browser(),
      preferences: checkedPreferences(options.webPreferences ?? {}),
      size: { width, height },
    })
    this.webContents.on('did-finish-load', () => {
      if (this.#painted) return
      this.#painted = true
      this.emit('ready-to-show')
    })
    this.webContents.on('destroyed', () => this.#close())
    open.add(this)
    app.windows.add(this)
    app.emit('web-contents-created', {}, this.webContents)
    app.emit('browser-window-created', {}, this)
  }

  static getAllWindows(): DoubleWindow[] {
    return [...open].filter((window) => window instanceof DoubleWindow)
  }
  static fromWebContents(contents: DoubleContents): DoubleWindow | null {
    return DoubleWindow.getAllWindows().find((window) => window.webContents === contents) ?? null
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }
  isVisible(): boolean {
    return this.#visible
  }
  /** Nobody moves it. */
  getNormalBounds(): Rectangle {
    return { ...this.#bounds }
  }
  isMaximized(): boolean {
    return this.#maximized
  }
  maximize(): void {
    this.#maximized = true
    this.#visible = true
  }
  isMinimized(): boolean {
    return this.#minimized
  }
  show(): void {
    this.#visible = true
    this.emit('show')
  }
  focus(): void {
    this.emit('focus')
  }
  minimize(): void {
    this.#minimized = true
  }
  restore(): void {
    this.#minimized = false
    this.#visible = true
  }
  setBackgroundColor(): void {
    // Seen only before the page paints.
  }
  close(): void {
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    if (!prevented) this.destroy()
  }
  destroy(): void {
    this.webContents.close()
  }

  #close(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    open.delete(this)
    app.windows.delete(this)
    this.emit('closed')
    if (app.windows.size === 0) app.windowAllClosed()
  }
}

function checkedPreferences(given: WebPreferences): WebPreferences {
  const preferences = { ...required, spellcheck: true, devTools: true, ...given }
  for (const [name, value] of Object.entries(required)) {
    if (Reflect.get(preferences, name) !== value) throw refuse(`webPreferences.${name}: ${String(!value)}`)
  }
  return preferences
}
