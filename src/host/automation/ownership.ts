/**
 * One process at a time makes the automatic calls of a configuration. A file names it: process, machine, when it began. Whoever finds
 * the file of a process that is gone takes its place.
 */
import { link, readFile, rename, rm, stat, utimes, writeFile, mkdir } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { errorCode } from '../../core/errorCode.ts'
import { faces, type Owner } from '../../contract/connections.ts'

const fileName = 'automation.lock'
/** The owner touches its file this often; on another machine nothing else shows that it lives. */
const beatMs = 10_000
const silentMs = 60_000
const mostTries = 5

const lockSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  startedAt: z.string(),
  face: z.enum(faces),
  /** What the system says about the process's beginning: a number that came again is another process. Null: it does not say. */
  born: z.string().nullable(),
})
type Lock = z.infer<typeof lockSchema>

export type Claim =
  | { kind: 'owned'; release: () => Promise<void> }
  | { kind: 'taken'; owner: Owner | null }
  | { kind: 'failed'; code: string }

export async function claimConfiguration(o: {
  directory: string
  face: Owner['face']
  now?: () => Date
}): Promise<Claim> {
  const path = join(o.directory, fileName)
  const own: Lock = {
    pid: process.pid,
    host: hostname(),
    startedAt: (o.now?.() ?? new Date()).toISOString(),
    face: o.face,
    born: bornOf(process.pid),
  }
  const text = JSON.stringify(own)
  try {
    await mkdir(o.directory, { recursive: true, mode: 0o700 })
    for (let tries = 0; tries < mostTries; tries += 1) {
      if (await create(path, text)) return { kind: 'owned', release: keep(path, text) }
      const found = await readFile(path, 'utf8').catch(() => null)
      if (found === null) continue
      const lock = parse(found)
      if (await lives(path, lock)) return { kind: 'taken', owner: lock === null ? null : ownerOf(lock) }
      await remove(path, found)
    }
    return { kind: 'taken', owner: null }
  } catch (error) {
    return { kind: 'failed', code: errorCode(error) ?? 'UNKNOWN' }
  }
}

/** Who owns the configuration; null: nobody, as far as can be seen. */
export async function ownerOfConfiguration(directory: string): Promise<Owner | null> {
  const path = join(directory, fileName)
  const found = await readFile(path, 'utf8').catch(() => null)
  const lock = found === null ? null : parse(found)
  return lock !== null && (await lives(path, lock)) ? ownerOf(lock) : null
}

/** Whole from its first moment on, so that nobody reads half a name. False: there is one already. */
async function create(path: string, text: string): Promise<boolean> {
  const beside = `${path}.${process.pid}`
  await writeFile(beside, text, { mode: 0o600 })
  try {
    await link(beside, path)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    // A file system without links.
    try {
      await writeFile(path, text, { mode: 0o600, flag: 'wx' })
      return true
    } catch (second) {
      if (errorCode(second) === 'EEXIST') return false
      throw second
    }
  } finally {
    await rm(beside, { force: true })
  }
}

/** Takes a dead owner's file away, but gives a living one's back that came in between. */
async function remove(path: string, found: string): Promise<void> {
  const aside = `${path}.gone-${process.pid}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return
    throw error
  }
  if ((await readFile(aside, 'utf8')) !== found) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

function keep(path: string, text: string): () => Promise<void> {
  const beat = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => undefined)
  }, beatMs)
  beat.unref()
  return async () => {
    clearInterval(beat)
    const found = await readFile(path, 'utf8').catch(() => null)
    if (found === text) await rm(path, { force: true })
  }
}

async function lives(path: string, lock: Lock | null): Promise<boolean> {
  if (lock !== null && lock.host === hostname()) return isSameProcess(lock)
  const touched = await stat(path).catch(() => null)
  return touched !== null && Date.now() - touched.mtimeMs < silentMs
}

function isSameProcess({ pid, born }: Lock): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return false
  }
  const now = bornOf(pid)
  return born === null || now === null || born === now
}

/** Field 22 of `/proc/<pid>/stat`, counted after the name, which may hold anything. */
function bornOf(pid: number): string | null {
  if (process.platform !== 'linux') return null
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function parse(text: string): Lock | null {
  try {
    const parsed = lockSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function ownerOf({ pid, host, startedAt, face }: Lock): Owner {
  return { pid, host, startedAt, face }
}
