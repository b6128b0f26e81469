/** Writes a file whole or not at all: beside it first, then in its place. */
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { errorCode } from '../core/errorCode.ts'

/** `code` is the platform's: EACCES, ENOENT, ENOSPC, EFBIG … */
export type Written = { kind: 'written' } | { kind: 'not-written'; code: string }

/**
 * Replaces `file`, which only its owner may read. A reader sees the old content or the new one. What is no regular file (a pipe, a
 * device) is written to as it is.
 */
export function writeWhole(file: string, content: string | Uint8Array): Written {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  let beside: string | undefined
  try {
    const place = placeOf(file)
    if (place.special) return writeTo(openSync(place.path, 'w'), bytes)
    beside = `${place.path}.tmp-${process.pid}-${randomBytes(4).toString('hex')}`
    const written = writeTo(openSync(beside, 'wx', 0o600), bytes)
    if (written.kind === 'written') {
      renameSync(beside, place.path)
      return written
    }
    rmSync(beside, { force: true })
    return written
  } catch (error) {
    if (beside !== undefined) rmSync(beside, { force: true })
    return { kind: 'not-written', code: errorCode(error) ?? 'UNKNOWN' }
  }
}

/** A link is followed: the file behind it is meant, and the link stays. */
function placeOf(file: string): { path: string; special: boolean } {
  try {
    const path = realpathSync(file)
    const { isDirectory, special } = kindOf(path)
    if (isDirectory) throw Object.assign(new Error('a directory'), { code: 'EISDIR' })
    return { path, special }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    return { path: file, special: false }
  }
}

function kindOf(path: string): { isDirectory: boolean; special: boolean } {
  const stats = statSync(path)
  return { isDirectory: stats.isDirectory(), special: !stats.isFile() && !stats.isDirectory() }
}

function writeTo(descriptor: number, bytes: Uint8Array): Written {
  try {
    let done = 0
    while (done < bytes.length) done += writeSync(descriptor, bytes, done)
    try {
      fsyncSync(descriptor)
    } catch (error) {
      // Pipes and terminals have nothing to flush.
      if (errorCode(error) !== 'EINVAL' && errorCode(error) !== 'ENOTSUP') throw error
    }
    return { kind: 'written' }
  } catch (error) {
    return { kind: 'not-written', code: errorCode(error) ?? 'UNKNOWN' }
  } finally {
    closeSync(descriptor)
  }
}
