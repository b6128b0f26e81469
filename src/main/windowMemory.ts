/** What the desktop program remembers of its window, in `window.json` of the state directory: nothing of anybody's configuration. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { limits } from '../core/limits.ts'
import { writeWhole } from '../host/atomicFile.ts'

const pixels = z.number().int().min(-100_000).max(100_000)
const rectangleSchema = z.object({ x: pixels, y: pixels, width: pixels, height: pixels })

/** A field that is damaged has its default; the rest stays. */
const memorySchema = z.object({
  /** Where it lay when it was neither maximised nor minimised; null: never moved. */
  bounds: rectangleSchema.nullable().catch(null),
  isMaximized: z.boolean().catch(false),
  /** 1 is the original size. */
  zoom: z.number().min(0.5).max(3).catch(1),
  /** Where the last file was opened or saved: dialogs of the system no longer know it. */
  folder: z.string().max(limits.filePathCharacters).nullable().catch(null),
})
export type Remembered = z.infer<typeof memorySchema>
const nothing: Remembered = { bounds: null, isMaximized: false, zoom: 1, folder: null }

export type WindowMemory = {
  read(): Readonly<Remembered>
  change(part: Partial<Remembered>): void
}

const longestFileBytes = 64 * 1024

/** Read once; nobody else writes it, as there is one program at a time. */
export function openWindowMemory(directory: string, report: (problem: string) => void): WindowMemory {
  const file = join(directory, 'window.json')
  let remembered = memorySchema.catch(nothing).parse(contentOf(file))
  return {
    read: () => remembered,
    change(part) {
      remembered = { ...remembered, ...part }
      const written = writeWhole(file, `${JSON.stringify(remembered)}\n`)
      if (written.kind === 'not-written') report(`the window's place cannot be remembered: ${written.code}`)
    },
  }
}

function contentOf(file: string): unknown {
  try {
    return statSync(file).size > longestFileBytes ? null : JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // There is none yet, or none that can be used: the window opens as at first.
    return null
  }
}
