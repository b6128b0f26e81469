/** The one window: shown when it is painted, in the theme's colour, with the page sandboxed. */
import { BrowserWindow, nativeTheme } from 'electron'
import type { Page } from './page.ts'

const size = { width: 720, height: 760, minWidth: 560, minHeight: 560 }
/** Shown by then even if the page never paints, so that the person sees that something is wrong. */
const latestShowMs = 8_000
/** A page that keeps crashing is not reloaded more often than this within the time below. */
const mostReloads = 3
const reloadsWithinMs = 60_000

export type WindowOptions = {
  page: Page
  /** Absolute path of the built preload script; a relative one would silently not be loaded. */
  preload: string
  developerTools: boolean
  onCreated: (window: BrowserWindow) => void
  onBroken: () => void
  report: (problem: string) => void
}

export function openWindow(options: WindowOptions): BrowserWindow {
  const { page, report } = options
  const window = new BrowserWindow({
    ...size,
    name: 'main',
    windowStatePersistence: true,
    title: 'EWS Setup',
    show: false,
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: options.developerTools,
    },
  })

  const show = () => {
    clearTimeout(timer)
    if (!window.isDestroyed() && !window.isVisible()) window.show()
  }
  const timer = setTimeout(show, latestShowMs)
  window.once('ready-to-show', show)
  const recolour = () => window.setBackgroundColor(background())
  nativeTheme.on('updated', recolour)
  window.once('closed', () => {
    clearTimeout(timer)
    nativeTheme.off('updated', recolour)
  })

  let reloads: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    report(`the window's process ended: ${reason} (${exitCode})`)
    const now = Date.now()
    reloads = [...reloads.filter((at) => now - at < reloadsWithinMs), now]
    if (reloads.length > mostReloads) options.onBroken()
    else window.webContents.reload()
  })
  window.on('unresponsive', () => report('the window does not respond'))

  options.onCreated(window)
  window.loadURL(page.url).catch((error: unknown) => {
    report(`the window's page could not be loaded: ${error instanceof Error ? error.message : 'unknown'}`)
    show()
  })
  return window
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#ffffff'
}
