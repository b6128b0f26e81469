/** The parts of Electron around the window: menu, dialogs, theme, shell. They record what was asked of them. */
import { EventEmitter } from 'node:events'
import type {
  Dialog,
  Display,
  MessageBoxOptions,
  NativeImage,
  NotificationConstructorOptions,
  MenuItem,
  MenuItemConstructorOptions,
  NativeTheme,
  Screen,
  Shell,
} from 'electron'
import { refuse } from './refuse.ts'

/** A menu item as far as tests look at it. */
type Item = { label: string; role: string | undefined; click: () => void; submenu: DoubleMenu | undefined }

export class DoubleMenu {
  static #current: DoubleMenu | null = null
  readonly items: Item[]

  constructor(items: Item[] = []) {
    this.items = items
  }
  static buildFromTemplate(template: (MenuItemConstructorOptions | MenuItem)[]): DoubleMenu {
    return new DoubleMenu(template.map(itemOf))
  }
  static setApplicationMenu(menu: DoubleMenu | null): void {
    DoubleMenu.#current = menu
  }
  static getApplicationMenu(): DoubleMenu | null {
    return DoubleMenu.#current
  }
}

function itemOf({ label = '', role, click, submenu }: MenuItemConstructorOptions | MenuItem): Item {
  return {
    label,
    role,
    submenu: Array.isArray(submenu) ? DoubleMenu.buildFromTemplate(submenu) : undefined,
    click: () => void Reflect.apply(click ?? (() => undefined), undefined, []),
  }
}

const notes = (what: string): void => void process.stderr.write(`[electron-double] ${what}\n`)

/** Nothing is opened. */
export const doubleShell: Pick<Shell, 'openExternal' | 'openPath'> = {
  openExternal(url) {
    notes(`openExternal ${url}`)
    return Promise.resolve()
  },
  openPath(path) {
    notes(`openPath ${path}`)
    return Promise.resolve('')
  },
}

/** One display, larger than any window of ours. */
const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } } as Display
export const doubleScreen: Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays'> = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
}

export const doubleDialog: Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showOpenDialog'> = {
  /** Whoever is asked chooses nothing, unless a test puts another answer in its place. */
  showOpenDialog() {
    notes('open dialog')
    return Promise.resolve({ canceled: true, filePaths: [] })
  },
  // Nobody is there to press a button, so it is as if the dialog had been closed.
  showMessageBox(window: unknown, options?: MessageBoxOptions) {
    const { message, detail = '', cancelId = 0 } = options ?? (window as MessageBoxOptions)
    notes(`message box: ${message} ${detail.replaceAll('\n', ' | ')}`)
    return Promise.resolve({ response: cancelId, checkboxChecked: false })
  },
  showErrorBox(title, content) {
    notes(`error box: ${title} ${content}`)
  },
}

export class DoubleTheme
  extends EventEmitter
  implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors' | 'inForcedColorsMode'>
{
  readonly inForcedColorsMode = false
  #source: NativeTheme['themeSource'] = 'system'
  get themeSource(): NativeTheme['themeSource'] {
    return this.#source
  }
  set themeSource(source) {
    this.#source = source
    this.emit('updated')
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
}
export const doubleTheme = new DoubleTheme()

/** Channels of all windows together; a window's own `ipc` hears first. Synchronous answers are not modelled. */
export class DoubleIpc extends EventEmitter {
  handle(channel: string): void {
    throw refuse(`ipcMain.handle('${channel}')`)
  }
}
export const doubleIpc = new DoubleIpc()
export const makeIpc = (): DoubleIpc => new DoubleIpc()

/** An image as bytes; nothing is decoded. */
export const doubleImage = {
  createFromBuffer: (bytes: Buffer): Pick<NativeImage, 'isEmpty'> => ({ isEmpty: () => bytes.length === 0 }),
}

/** An icon beside the clock that nobody sees: what it says goes to stderr. */
export class DoubleTray extends EventEmitter {
  constructor(image: Pick<NativeImage, 'isEmpty'>) {
    super()
    if (image.isEmpty()) throw new Error('a tray needs an image')
    notes('tray: made')
  }
  setImage(): void {
    return
  }
  setToolTip(words: string): void {
    notes(`tray: ${words}`)
  }
  setContextMenu(menu: DoubleMenu): void {
    notes(`tray menu: ${menu.items.map(({ label }) => label).join(' | ')}`)
  }
  destroy(): void {
    notes('tray: gone')
  }
}

export class DoubleNotification extends EventEmitter {
  readonly #options: NotificationConstructorOptions
  constructor(options: NotificationConstructorOptions) {
    super()
    this.#options = options
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    notes(`notification: ${this.#options.title} – ${this.#options.body}`)
  }
}
