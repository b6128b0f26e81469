/**
 * A browser for tests, prepared once before any of them: `CHROME`, or the one that comes as a package, unpacked into `.cache`. Tests get
 * its path with `inject('browser')`; null with the reason in `inject('browserMissing')`.
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompress } from 'node:zlib'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of a Chromium. */
    browser: string | null
    browserMissing: string | null
    /** Directory of shared libraries that it needs besides the system's; for `LD_LIBRARY_PATH`. */
    browserLibraries: string | null
  }
}

const cache = fileURLToPath(new URL('../.cache/browser', import.meta.url))

export default async function setup(project: TestProject): Promise<void> {
  const found = await findBrowser().catch((error: unknown) => ({
    missing: `the packaged browser could not be unpacked: ${error instanceof Error ? error.message : 'unknown'}`,
  }))
  project.provide('browser', 'path' in found ? found.path : null)
  project.provide('browserMissing', 'path' in found ? null : found.missing)
  project.provide('browserLibraries', 'path' in found ? found.libraries : null)
}

type Found = { path: string; libraries: string | null } | { missing: string }

async function findBrowser(): Promise<Found> {
  const own = process.env['CHROME']
  if (own !== undefined && own !== '')
    return existsSync(own) ? { path: own, libraries: null } : { missing: `CHROME names no file: ${own}` }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: 'the packaged browser runs on Linux x64 only; set CHROME to the path of a Chromium' }
  }
  const path = join(cache, 'chromium')
  if (!existsSync(path)) await unpack()
  return { path, libraries: await librariesFor(path) }
}

/** Into a directory of its own, renamed when complete: several test runs may start at once. */
async function unpack(): Promise<void> {
  await mkdir(dirname(cache), { recursive: true })
  const directory = await mkdtemp(`${cache}-`)
  const before = process.env['TMPDIR']
  try {
    // The package unpacks into the directory for temporary files and trusts what lies there.
    process.env['TMPDIR'] = directory
    const { default: chromium } = await import('@sparticuz/chromium')
    await chromium.executablePath()
    await unpackLibraries(directory)
    await rename(directory, cache)
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    if (!existsSync(join(cache, 'chromium'))) throw error
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

async function unpackLibraries(directory: string): Promise<void> {
  const packed = join(
    dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')),
    '..',
    '..',
    'bin',
    'al2023.tar.br',
  )
  const tar = join(directory, 'libraries.tar')
  await writeFile(tar, await promisify(brotliDecompress)(await readFile(packed)))
  await mkdir(join(directory, 'libraries'), { recursive: true })
  await promisify(execFile)('tar', ['-xf', tar, '-C', join(directory, 'libraries')])
  await rm(tar)
}

/** The packaged libraries only where the system lacks them: mixed with the system's own they can break. */
async function librariesFor(path: string): Promise<string | null> {
  const { stdout } = await promisify(execFile)('ldd', [path]).catch(() => ({ stdout: '' }))
  return /not found/.test(stdout) ? join(cache, 'libraries', 'lib') : null
}
