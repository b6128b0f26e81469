/**
 * The log of a program without a terminal: two files in `logs` of the state directory, readable by their owner alone, that never grow beyond
 * their bound. Each line is on the disk when `write` returns, as far as a program can tell, so that a crash loses none.
 */
import { closeSync, constants, fchmodSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../core/errorCode.ts'
import { limits } from '../core/limits.ts'
import { logLine } from './logLine.ts'

export type Log = {
  /** Never throws: that something cannot be noted must stop nothing. */
  write(text: string): void
}

/** Where the files are; it is there when anything was written. */
export function logFolder(directory: string): string {
  return join(directory, 'logs')
}

const fileName = 'ews-setup.log'
const olderName = 'ews-setup.1.log'

export function openLog(options: {
  directory: string
  clock?: () => Date
  /** Bytes of each of the two files. */
  most?: number
  /** Told once, with the platform's code, when nothing can be written. */
  onTrouble?: (code: string) => void
}): Log {
  const { directory, clock = () => new Date(), most = limits.logBytes, onTrouble = () => undefined } = options
  const folder = logFolder(directory)
  const path = join(folder, fileName)
  let open: { descriptor: number; size: number } | null = null
  let isBroken = false
  let last = { text: '', repeated: 0 }

  function openFile(): { descriptor: number; size: number } {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // A link in its place is not followed; Windows has no such flag, and there an undefined one counts as none.
    const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants
    const descriptor = openSync(path, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600)
    fchmodSync(descriptor, 0o600)
    return { descriptor, size: fstatSync(descriptor).size }
  }

  function append(text: string): void {
    const bytes = Buffer.from(logLine(text, clock()), 'utf8')
    open ??= openFile()
    if (open.size > 0 && open.size + bytes.length > most) {
      closeSync(open.descriptor)
      open = null
      renameSync(path, join(folder, olderName))
      open = openFile()
    }
    // In one piece: a crash leaves a line whole, or not at all.
    open.size += writeSync(open.descriptor, bytes)
  }

  return {
    write(text) {
      if (isBroken) return
      if (text === last.text) {
        last.repeated += 1
        return
      }
      try {
        if (last.repeated > 0) append(`(the line before came ${last.repeated} more times)`)
        append(text)
        last = { text, repeated: 0 }
      } catch (error) {
        isBroken = true
        onTrouble(errorCode(error) ?? 'UNKNOWN')
      }
    },
  }
}
