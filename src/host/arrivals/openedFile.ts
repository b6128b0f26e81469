/**
 * A file that came from outside (an argument, a second start, the system's "open with", the menu, a drop): the one place that decides
 * whether it is taken, and where it is shown. It is data of strangers: read within a limit, recognised by its content, applied by nobody.
 */
import { constants } from 'node:fs'
import { lstat, open, type FileHandle } from 'node:fs/promises'
import type { Arrival, FileRefusal, FileSection } from '../../contract/contract.ts'
import { errorCode } from '../../core/errorCode.ts'
import { limits } from '../../core/limits.ts'
import { isSealed } from '../sealedJson.ts'
import { filePath, shownName, type Origin } from './filePath.ts'

export type FileArrival = Extract<Arrival, { kind: 'open-file' | 'file-refused' }>
export type Recognised = { kind: 'file'; section: FileSection } | { kind: 'refused'; reason: FileRefusal }
type Read = { kind: 'read'; bytes: Uint8Array } | { kind: 'refused'; reason: FileRefusal }

const roomForGrowth = 64 * 1024

/** What a window is told of the file at `text`. Never throws. `others`: how many more came with it. */
export async function openedFile(text: string, origin: Origin, others = 0): Promise<FileArrival> {
  const name = shownName(text)
  const refused = (reason: FileRefusal): FileArrival => ({ kind: 'file-refused', name, reason })
  const place = filePath(text, origin)
  if (place.kind === 'refused') return refused(place.reason)
  const read = await readOpened(place.path)
  if (read.kind === 'refused') return refused(read.reason)
  const recognised = await recogniseFile(read.bytes)
  if (recognised.kind === 'refused') return refused(recognised.reason)
  const content = Buffer.from(read.bytes).toString('base64')
  return { kind: 'open-file', name, section: recognised.section, content, others }
}

/** Reads a regular file that is no link, to at most `most` bytes, whatever it claims to be and however it grows. */
export async function readOpened(path: string, most: number = limits.evidenceBytes): Promise<Read> {
  let file: FileHandle | undefined
  try {
    // Asked before it is opened: opening some devices does something already.
    if (!(await lstat(path)).isFile()) return refusedFor('not-a-file')
    // What it is may change until it is opened. A pipe put in its place must not hold this up, and a link must not be followed; Windows
    // has neither flag, and there an undefined one counts as none.
    const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants
    file = await open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
    const stats = await file.stat()
    if (!stats.isFile()) return refusedFor('not-a-file')
    if (stats.size > most) return refusedFor('too-large')
    const bytes = Buffer.alloc(Math.min(most, Math.max(stats.size, roomForGrowth)) + 1)
    let length = 0
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, null)
      length += bytesRead
      if (bytesRead === 0 || length === bytes.length) break
    }
    // More than it said: too large, or being written just now.
    if (length === bytes.length) return refusedFor(length > most ? 'too-large' : 'unreadable')
    return length === 0 ? refusedFor('empty') : { kind: 'read', bytes: bytes.subarray(0, length) }
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return refusedFor('missing')
    return refusedFor(code === 'ELOOP' ? 'not-a-file' : 'unreadable')
  } finally {
    await file?.close().catch(() => undefined)
  }
}

/** Where bytes belong, by what they are. The readers behind it are loaded when the first file comes. */
export async function recogniseFile(bytes: Uint8Array): Promise<Recognised> {
  if (bytes.length === 0) return refusedFor('empty')
  if (bytes.length > limits.evidenceBytes) return refusedFor('too-large')
  if (isSealed(bytes)) return shownIn('transfer')
  const { recogniseImport } = await import('../transfer/recognise.ts')
  const imported = await recogniseImport(bytes, null)
  if (imported.kind === 'file' && imported.source !== 'csv') return shownIn('transfer')
  // A configuration that cannot be taken: the import says why.
  if (imported.kind === 'refused' && damagedConfiguration.has(imported.id)) return shownIn('transfer')
  const { explainBytes } = await import('../../core/files/explained.ts')
  const explained = explainBytes(bytes, { now: new Date(), version: '' })
  if (explained.kind === 'explained') return shownIn('diagnosis')
  // Evidence that cannot be read: the diagnosis says why.
  if (explained.reason === 'newer' || explained.reason === 'damaged') return shownIn('diagnosis')
  // Last, because any text is a table of some kind.
  if (imported.kind === 'file') return shownIn('transfer')
  return refusedFor(explained.reason === 'tooLarge' ? 'too-large' : 'unknown')
}

const damagedConfiguration: ReadonlySet<string> = new Set(['no-profiles', 'invalid-field', 'bad-profile-name'])

function shownIn(section: FileSection): Recognised {
  return { kind: 'file', section }
}

function refusedFor(reason: FileRefusal): { kind: 'refused'; reason: FileRefusal } {
  return { kind: 'refused', reason }
}
