/** The one window: shown when it is painted, in the theme's colour, where it lay last, with the page sandboxed. */
import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { Page } from './page.ts'
import { placeOn } from './placement.ts'
import type { WindowMemory } from './windowMemory.ts'
import { keepZoom } from './zoom.ts'

const usual = { width: 720, height: 760 }
const least = { width: 560, height: 560 }
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
  memory: WindowMemory
  onCreated: (window: BrowserWindow) => void
  onBroken: () => void
  report: (problem: string) => void
}

export function openWindow(options: WindowOptions): BrowserWindow {
  const { page, memory, report } = options
  // Electron can remember a place by itself (`windowStatePersistence`), but says that this is an experiment, and the zoom needs a memory anyway.
  const window = new BrowserWindow({
    ...placeOn(workAreas(), memory.read().bounds, { usual, least }),
    minWidth: least.width,
    minHeight: least.height,
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
    if (window.isDestroyed() || window.isVisible()) return
    // Not before: it would show a window that has painted nothing yet.
    if (memory.read().isMaximized) window.maximize()
    window.show()
  }
  // The size in which it is neither maximised nor minimised, whatever it is now.
  const remember = () => memory.change({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() })
  const timer = setTimeout(show, latestShowMs)
  window.once('ready-to-show', show)
  const recolour = () => window.setBackgroundColor(background())
  nativeTheme.on('updated', recolour)
  window.on('close', remember)
  // Windows ends a session without closing windows.
  window.on('session-end', remember)
  window.once('closed', () => {
    clearTimeout(timer)
    nativeTheme.off('updated', recolour)
  })

  keepZoom(window.webContents, memory)

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

/** What the page paints as well (`--page` in tokens.css): nothing flashes at the start, or at an edge that is dragged. */
export const backgrounds = { light: '#f3f4f6', dark: '#15181b' } as const

/** In the forced colours of high contrast the page is as black or as white as the system says. */
function background(): string {
  const { inForcedColorsMode, shouldUseDarkColors } = nativeTheme
  if (inForcedColorsMode) return shouldUseDarkColors ? '#000000' : '#ffffff'
  return shouldUseDarkColors ? backgrounds.dark : backgrounds.light
}

/** The main display first. */
function workAreas(): Electron.Rectangle[] {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
  return [main, ...others].map(({ workArea }) => workArea)
}
