/** Writes a file whole or not at all: whoever reads it meanwhile sees the old one, and a full disk leaves that as it was. */
import { randomBytes } from 'node:crypto'
import { open, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from '../core/errorCode.ts'

export type Written =
  | { kind: 'written' }
  /** A code of the platform, such as EISDIR, ENOENT, EACCES, ENOSPC. */
  | { kind: 'not-written'; code: string }

/** Readable by its owner alone. A link is followed; a device or a pipe is written to as it is; a directory is refused. */
export async function replaceFile(file: string, content: string): Promise<Written> {
  try {
    const target = await realpath(file).catch(() => file)
    const there = await stat(target).catch(() => null)
    if (there?.isDirectory() === true) return { kind: 'not-written', code: 'EISDIR' }
    if (there === null || there.isFile()) await replace(target, content)
    else await written(await open(target, 'w'), content)
    return { kind: 'written' }
  } catch (error) {
    return { kind: 'not-written', code: errorCode(error) ?? '' }
  }
}

async function replace(target: string, content: string): Promise<void> {
  const beside = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}`)
  // Never over something that lies there already.
  const handle = await open(beside, 'wx', 0o600)
  try {
    await written(handle, content, { settle: true })
    await rename(beside, target)
  } catch (error) {
    await unlink(beside).catch(() => undefined)
    throw error
  }
}

async function written(handle: FileHandle, content: string, o: { settle?: boolean } = {}): Promise<void> {
  try {
    await handle.writeFile(content)
    // A rename that survives a power failure must not leave an empty file behind.
    if (o.settle === true) await handle.sync()
  } finally {
    await handle.close()
  }
}
