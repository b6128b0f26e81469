/** Zoom of the window: in steps from 50 to 300 %, by keys, menu and wheel, and the same after a reload and a new start. */
import type { Input, WebContents } from 'electron'
import type { WindowMemory } from './windowMemory.ts'

export type ZoomWish = 'in' | 'out' | 'reset'

const steps = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const
/** Factors come back from Chromium as powers of 1.2, which are not exactly what was set. */
const same = 0.01

/** The factor after a wish. It stays within the steps, whatever it was. */
export function zoomed(factor: number, wish: ZoomWish): number {
  switch (wish) {
    case 'reset':
      return 1
    case 'in':
      return steps.find((step) => step > factor + same) ?? 3
    case 'out':
      return steps.findLast((step) => step < factor - same) ?? 0.5
  }
}

type Keys = Pick<Input, 'type' | 'key' | 'code' | 'control' | 'meta' | 'alt'>

/**
 * What a key combination wishes. By the character, so that it works on every layout (`=` is where `+` is without Shift on many), and by the
 * key for the pad of numbers, whose characters change with Num Lock. Ctrl with Alt writes characters on Windows.
 */
export function zoomWish(input: Keys, platform: NodeJS.Platform): ZoomWish | null {
  const isCommand = platform === 'darwin' ? input.meta && !input.control : input.control && !input.meta
  if (input.type !== 'keyDown' || !isCommand || input.alt) return null
  if (['+', '='].includes(input.key) || input.code === 'NumpadAdd') return 'in'
  if (['-', '_'].includes(input.key) || input.code === 'NumpadSubtract') return 'out'
  return input.key === '0' || input.code === 'Numpad0' ? 'reset' : null
}

type Zoomable = Pick<WebContents, 'on' | 'isDestroyed' | 'setZoomFactor'>

export function zoomWindow(contents: Zoomable, memory: WindowMemory, wish: ZoomWish): void {
  const zoom = zoomed(memory.read().zoom, wish)
  if (!contents.isDestroyed()) contents.setZoomFactor(zoom)
  memory.change({ zoom })
}

/** Keys and wheel, and the remembered factor with every load: Chromium keeps one by itself for each origin, which may be an older one. */
export function keepZoom(contents: Zoomable, memory: WindowMemory, platform: NodeJS.Platform = process.platform): void {
  contents.on('dom-ready', () => contents.setZoomFactor(memory.read().zoom))
  contents.on('zoom-changed', (_event, direction) => zoomWindow(contents, memory, direction))
  contents.on('before-input-event', (event, input) => {
    const wish = zoomWish(input, platform)
    if (wish === null) return
    // The menu has the same keys, and would zoom once more.
    event.preventDefault()
    zoomWindow(contents, memory, wish)
  })
}
