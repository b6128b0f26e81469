/**
 * Many records in one file, a line of JSON each, appended and never changed in place: a process that is killed while it writes leaves at
 * most half a last line, which is dropped at the next reading. Several processes may use the file; one writes at a time.
 */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { z } from 'zod'
import { errorCode } from '../core/errorCode.ts'

export type JournalWrite = { kind: 'written' } | { kind: 'not-written'; code: string }

export type Journal<T> = {
  /** Entries that were added since the last call, by any process; `restart` when the whole file is told again. */
  read():
    { restart: boolean; entries: T[]; damaged: number } | { restart: false; entries: []; damaged: 0; code: string }
  /** Adds entries. They are on disk when it ends. */
  append(entries: readonly T[]): Promise<JournalWrite>
  /** Replaces the file by what `entries` gives, so that it does not grow for ever. It is asked when no other process writes any more. */
  rewrite(entries: () => readonly T[]): Promise<JournalWrite>
}

const chunkBytes = 4 * 1024 * 1024
/** No write takes as long: a lock of this age belongs to nobody any more, whatever has its process number by now. */
const staleLockMs = 30_000
const lockTries = 200
const lockPauseMs = 25

export function openJournal<T>(options: { path: string; schema: z.ZodType<T> }): Journal<T> {
  const { path, schema } = options
  let position = 0
  let file: string | null = null

  function read(): ReturnType<Journal<T>['read']> {
    let handle: number
    try {
      handle = openSync(path, 'r')
    } catch (error) {
      const code = errorCode(error) ?? 'UNKNOWN'
      if (code !== 'ENOENT') return { restart: false, entries: [], damaged: 0, code }
      const restart = file !== null
      file = null
      position = 0
      return { restart, entries: [], damaged: 0 }
    }
    try {
      const { ino, birthtimeMs, size } = fstatSync(handle)
      // A number is used again once its file is gone.
      const identity = `${ino}:${birthtimeMs}`
      const restart = file !== identity || size < position
      if (restart) position = 0
      file = identity
      const { entries, damaged, bytes } = readLines(handle, position, size, schema)
      position += bytes
      return { restart, entries, damaged }
    } finally {
      closeSync(handle)
    }
  }

  async function write(given: () => readonly T[], whole: boolean): Promise<JournalWrite> {
    const release = await lock(path)
    if ('code' in release) return { kind: 'not-written', code: release.code }
    const target = whole ? `${path}.new` : path
    try {
      const entries = given()
      const handle = openSync(target, whole ? 'w' : 'a+', 0o600)
      try {
        const before = whole ? 0 : wholeLines(handle)
        try {
          for (let at = 0; at < entries.length; at += 1_000) {
            const lines = entries.slice(at, at + 1_000).map((entry) => `${JSON.stringify(entry)}\n`)
            writeWhole(handle, Buffer.from(lines.join('')))
          }
          fsyncSync(handle)
        } catch (error) {
          // A full disk must not leave half of a batch behind.
          if (!whole) ftruncateSync(handle, before)
          throw error
        }
      } finally {
        closeSync(handle)
      }
      if (whole) renameSync(target, path)
      return { kind: 'written' }
    } catch (error) {
      if (whole) rmSync(target, { force: true })
      return { kind: 'not-written', code: errorCode(error) ?? 'UNKNOWN' }
    } finally {
      release.unlock()
    }
  }

  return { read, append: (entries) => write(() => entries, false), rewrite: (entries) => write(entries, true) }
}

function writeWhole(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at)
}

/** Cuts off half a line that a killed process left, and gives the size. */
function wholeLines(handle: number): number {
  const { size } = fstatSync(handle)
  const last = Buffer.alloc(1)
  let end = size
  while (end > 0) {
    readSync(handle, last, 0, 1, end - 1)
    if (last[0] === 0x0a) break
    end -= 1
  }
  if (end !== size) ftruncateSync(handle, end)
  return end
}

/** Whole lines from `from` on. A line that is no entry is counted and passed over. */
function readLines<T>(
  handle: number,
  from: number,
  size: number,
  schema: z.ZodType<T>,
): { entries: T[]; damaged: number; bytes: number } {
  const entries: T[] = []
  let damaged = 0
  let bytes = 0
  let rest = Buffer.alloc(0)
  for (let at = from; at < size;) {
    const chunk = Buffer.alloc(Math.min(chunkBytes, size - at))
    const count = readSync(handle, chunk, 0, chunk.length, at)
    if (count === 0) break
    at += count
    const block = Buffer.concat([rest, chunk.subarray(0, count)])
    const end = block.lastIndexOf(0x0a) + 1
    for (const line of block.subarray(0, end).toString('utf8').split('\n')) {
      if (line === '') continue
      const entry = entryOf(line, schema)
      if (entry === undefined) damaged += 1
      else entries.push(entry)
    }
    bytes += end
    rest = block.subarray(end)
  }
  return { entries, damaged, bytes }
}

function entryOf<T>(line: string, schema: z.ZodType<T>): T | undefined {
  try {
    const checked = schema.safeParse(JSON.parse(line))
    return checked.success ? checked.data : undefined
  } catch {
    return undefined
  }
}

async function lock(path: string): Promise<{ unlock: () => void } | { code: string }> {
  const name = `${path}.lock`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  } catch (error) {
    return { code: errorCode(error) ?? 'UNKNOWN' }
  }
  for (let attempt = 0; attempt < lockTries; attempt += 1) {
    try {
      writeFileSync(name, String(process.pid), { flag: 'wx', mode: 0o600 })
      return { unlock: () => rmSync(name, { force: true }) }
    } catch (error) {
      const code = errorCode(error) ?? 'UNKNOWN'
      if (code !== 'EEXIST') return { code }
      if (isStale(name)) rmSync(name, { force: true })
      else await delay(lockPauseMs)
    }
  }
  return { code: 'LOCKED' }
}

/** Left behind by a process that is gone, or older than any write takes. */
function isStale(name: string): boolean {
  try {
    const owner = readFileSync(name, 'utf8')
    return Date.now() - statSync(name).mtimeMs > staleLockMs || (/^\d+$/.test(owner) && !isAlive(Number(owner)))
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}
