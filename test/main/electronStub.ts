/**
 * What `src/main` uses of Electron, as far as a test needs it: it records what it was given and lets a test raise events. It proves
 * nothing about Electron itself.
 */
import { EventEmitter } from 'node:events'
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  OpenDialogOptions,
  ProxyConfig,
  Rectangle,
} from 'electron'

type SchemeHandler = (request: { method: string; url: string }) => Promise<Response>

/** What the program did, in order and by kind. */
export const recorded = {
  order: [] as string[],
  windows: [] as StubWindow[],
  schemes: [] as CustomScheme[],
  paths: {} as Record<string, string>,
  menu: [] as MenuItemConstructorOptions[],
  opened: [] as string[],
  lockData: undefined as unknown,
  errorBoxes: [] as string[],
  trays: [] as { words: string; menu: MenuItemConstructorOptions[]; isGone: boolean }[],
  notifications: [] as string[],
  proxy: undefined as ProxyConfig | undefined,
  schemeHandlers: new Map<string, SchemeHandler>(),
  permissionRequest: undefined as
    | ((contents: unknown, permission: string, callback: (granted: boolean) => void, details: object) => void)
    | undefined,
  permissionCheck: undefined as ((contents: unknown, permission: string, origin: string) => boolean) | undefined,
  devicePermission: undefined as (() => boolean) | undefined,
  protectedClasses: undefined as (() => string[]) | undefined,
  pairing: undefined as ((details: object, callback: (answer: { confirmed: boolean }) => void) => void) | undefined,
  displayMedia: undefined as ((request: object, callback: (streams: object | null) => void) => void) | undefined,
  /** Options of the dialogs that asked for a file, and of those that asked where to save one. */
  openDialogs: [] as OpenDialogOptions[],
  /** Folders that were shown. */
  folders: [] as string[],
  beforeRequest: undefined as
    ((details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void) | undefined,
}

/** What a test may set before the program starts. */
export const given = {
  lock: true,
  packaged: true,
  locale: 'de-DE',
  switches: new Set<string>(),
  /** Work areas of the displays, the main one first. */
  displays: [{ x: 0, y: 0, width: 1920, height: 1040 }] as Rectangle[],
  /** What a person chooses in the next dialog; null: nothing. */
  chosen: null as string | null,
  /** Why a folder cannot be shown; empty: it can. */
  folderTrouble: '',
}

class StubApp extends EventEmitter {
  #resolve: (() => void) | undefined
  #ready = new Promise<void>((resolve) => {
    this.#resolve = resolve
  })
  get isPackaged(): boolean {
    return given.packaged
  }
  commandLine = { hasSwitch: (name: string) => given.switches.has(name) }
  setAppUserModelId(id: string): void {
    recorded.order.push(`id ${id}`)
  }
  setPath(name: string, path: string): void {
    recorded.order.push(`path ${name}`)
    recorded.paths[name] = path
  }
  getPath(name: string): string {
    return recorded.paths[name] ?? '/nowhere'
  }
  getVersion(): string {
    return '0.0.0'
  }
  getLocale(): string {
    return given.locale
  }
  requestSingleInstanceLock(data: unknown): boolean {
    recorded.order.push('lock')
    recorded.lockData = data
    return given.lock
  }
  enableSandbox(): void {
    recorded.order.push('sandbox')
  }
  whenReady(): Promise<void> {
    recorded.order.push('when ready')
    return this.#ready
  }
  exit(code: number): void {
    recorded.order.push(`exit ${code}`)
  }
  quit(): void {
    recorded.order.push('quit')
  }
  /** For tests: the program is ready. */
  becomeReady(): void {
    recorded.order.push('ready')
    this.#resolve?.()
  }
}

export class StubContents extends EventEmitter {
  ipc = new EventEmitter()
  windowOpen: ((details: { url: string }) => { action: string }) | undefined
  reloads = 0
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpen = handler
  }
  webRtc = ''
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtc = policy
  }
  reload(): void {
    this.reloads += 1
  }
  /** Set by the program, in order. */
  zooms: number[] = []
  setZoomFactor(factor: number): void {
    this.zooms.push(factor)
  }
  isDestroyed(): boolean {
    return false
  }
}

export class StubWindow extends EventEmitter {
  webContents = new StubContents()
  visible = false
  loaded: string[] = []
  raised = 0
  readonly options: BrowserWindowConstructorOptions
  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    recorded.windows.push(this)
    recorded.order.push('window')
    app.emit('web-contents-created', {}, this.webContents)
  }
  static getAllWindows(): StubWindow[] {
    return recorded.windows
  }
  isDestroyed(): boolean {
    return false
  }
  isVisible(): boolean {
    return this.visible
  }
  /** For tests: how it lies now. */
  lies = { bounds: { x: 0, y: 0, width: 0, height: 0 }, maximized: false }
  background = ''
  getNormalBounds(): Rectangle {
    return this.lies.bounds
  }
  isMaximized(): boolean {
    return this.lies.maximized
  }
  maximize(): void {
    this.lies.maximized = true
    this.visible = true
  }
  isMinimized(): boolean {
    return false
  }
  restore(): void {
    this.visible = true
  }
  show(): void {
    this.visible = true
  }
  focus(): void {
    this.raised += 1
  }
  setBackgroundColor(colour: string): void {
    this.background = colour
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    return Promise.resolve()
  }
}

export const app = new StubApp()
export const BrowserWindow = StubWindow
export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (menu: MenuItemConstructorOptions[]) => {
    recorded.menu = menu
  },
}
export const dialog = {
  showErrorBox: (title: string) => recorded.errorBoxes.push(title),
  showMessageBox: () => Promise.resolve({ response: 0, checkboxChecked: false }),
  showOpenDialog: (...args: (StubWindow | OpenDialogOptions)[]) => {
    const asked = args.at(-1)
    if (asked !== undefined && !(asked instanceof StubWindow)) recorded.openDialogs.push(asked)
    const { chosen } = given
    return Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] })
  },
}
export const screen = {
  getPrimaryDisplay: () => ({ id: 0, workArea: given.displays[0] }),
  getAllDisplays: () => given.displays.map((workArea, id) => ({ id, workArea })).toReversed(),
}
export const nativeImage = { createFromBuffer: (bytes: Buffer) => bytes }
export class Tray extends EventEmitter {
  constructor() {
    super()
    recorded.trays.push(this)
  }
  words = ''
  menu: MenuItemConstructorOptions[] = []
  isGone = false
  setImage(): void {
    return
  }
  setToolTip(words: string): void {
    this.words = words
  }
  setContextMenu(menu: MenuItemConstructorOptions[]): void {
    this.menu = menu
  }
  destroy(): void {
    this.isGone = true
  }
}
export class Notification extends EventEmitter {
  readonly options: { title: string; body: string }
  constructor(options: { title: string; body: string }) {
    super()
    this.options = options
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    recorded.notifications.push(this.options.body)
  }
}
export const ipcMain = new EventEmitter()
export const nativeTheme = Object.assign(new EventEmitter(), {
  shouldUseDarkColors: false,
  inForcedColorsMode: false,
  themeSource: 'system',
})
export const protocol = {
  registerSchemesAsPrivileged: (schemes: CustomScheme[]) => {
    recorded.order.push('schemes')
    recorded.schemes.push(...schemes)
  },
}
export const shell = {
  openExternal: (url: string) => {
    recorded.opened.push(url)
    return Promise.resolve()
  },
  openPath: (path: string) => {
    recorded.folders.push(path)
    return Promise.resolve(given.folderTrouble)
  },
}
const defaultSession = Object.assign(new EventEmitter(), {
  protocol: { handle: (scheme: string, handler: SchemeHandler) => recorded.schemeHandlers.set(scheme, handler) },
  setProxy: (config: ProxyConfig) => {
    recorded.order.push('no network')
    recorded.proxy = config
    return Promise.resolve()
  },
  setPermissionRequestHandler: (handler: typeof recorded.permissionRequest) => {
    recorded.permissionRequest = handler
  },
  setPermissionCheckHandler: (handler: typeof recorded.permissionCheck) => {
    recorded.permissionCheck = handler
  },
  setDevicePermissionHandler: (handler: typeof recorded.devicePermission) => {
    recorded.devicePermission = handler
  },
  setUSBProtectedClassesHandler: (handler: typeof recorded.protectedClasses) => {
    recorded.protectedClasses = handler
  },
  setBluetoothPairingHandler: (handler: typeof recorded.pairing) => {
    recorded.pairing = handler
  },
  setDisplayMediaRequestHandler: (handler: typeof recorded.displayMedia) => {
    recorded.displayMedia = handler
  },
  webRequest: {
    onBeforeRequest: (handler: typeof recorded.beforeRequest) => {
      recorded.beforeRequest = handler
    },
  },
})
export const session = { defaultSession, fromPartition: () => ({ resolveProxy: () => Promise.resolve('DIRECT') }) }

export default {
  app,
  BrowserWindow,
  Menu,
  dialog,
  ipcMain,
  nativeImage,
  nativeTheme,
  Notification,
  protocol,
  screen,
  session,
  shell,
  Tray,
}
