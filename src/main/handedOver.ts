/**
 * Files that the operating system hands over: as arguments of this start, as those of a second one, and by macOS' own event, which may come
 * before the program is ready. Nothing here is believed: {@link file://../host/arrivals/openedFile.ts} decides.
 */
import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { App } from 'electron'
import { z } from 'zod'
import type { Arrivals } from '../host/arrivals/arrivals.ts'
import { openedFile } from '../host/arrivals/openedFile.ts'
import { limits } from '../core/limits.ts'

/** What one start hands over, and where it was started. */
export type HandedOver = { directory: string; files: string[] }

const text = z.string().max(limits.filePathCharacters)
/** A second start is another process, and may be anybody's. */
const handedOverSchema = z.strictObject({ directory: text, files: z.array(text).max(limits.filesHandedOver) })

/** Of the arguments those that are no switches. `isPackaged`: otherwise the first of them is the program itself. */
export function handedOver(argv: readonly string[], isPackaged: boolean): HandedOver {
  const given = argv.slice(isPackaged ? 1 : 2).filter((argument) => argument !== '' && !argument.startsWith('-'))
  const files = given.map(ofDesktop).filter((file) => file.length <= limits.filePathCharacters)
  return { directory: workingDirectory(), files: files.slice(0, limits.filesHandedOver) }
}

/** Desktops of Linux write a local file as `file:///…` where the desktop entry says `%U`, as that of an AppImage always does. */
function ofDesktop(argument: string): string {
  if (process.platform !== 'linux' || !/^file:\/\/\//i.test(argument)) return argument
  try {
    return fileURLToPath(argument)
  } catch {
    // An escaped slash: it stays an address, and those are refused.
    return argument
  }
}

/** It may have been deleted under the program. */
function workingDirectory(): string {
  try {
    return process.cwd()
  } catch {
    return homedir()
  }
}

/**
 * Listens for files from now on; those that come before the program is ready wait for `to`, as a window does not yet exist. `onArrived` is
 * called after each.
 */
export function listenForFiles(
  app: Pick<App, 'on'>,
  { arrivals, onArrived, report }: { arrivals: Arrivals; onArrived: () => void; report: (problem: unknown) => void },
): {
  /** What a start hands over, as a stranger's. */
  take: (given: unknown) => void
  /** A file that a person chose in a dialog. */
  open: (path: string) => void
} {
  const open = ({ directory, files: [first, ...others] }: HandedOver) => {
    if (first === undefined) return
    openedFile(first, { directory, system: process.platform }, others.length)
      .then((arrival) => {
        arrivals.put(arrival)
        onArrived()
      })
      .catch(report)
  }
  const openPath = (path: string) => open({ directory: workingDirectory(), files: [path] })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openPath(path)
  })
  app.on('open-url', (event) => {
    // No scheme is registered for this program, so that nobody has a reason to send one.
    event.preventDefault()
    report('an address that the system handed over was refused')
  })
  return {
    open: openPath,
    take(given) {
      const parsed = handedOverSchema.safeParse(given)
      if (parsed.success) open(parsed.data)
      else if (given !== undefined && given !== null) report('what a second start handed over was refused')
    },
  }
}
