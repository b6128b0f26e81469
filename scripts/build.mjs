#!/usr/bin/env node
// Builds everything into out/: desktop, window, command line. Does nothing when nothing changed; --force builds anyway.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundledPackages } from './bundledModules.mjs'
import { billOfMaterials, licenceList, shippedPackages } from './shippedPackages.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'out', '.built')
const inputs = [
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'vite.node.config.ts',
  'define.config.ts',
  'bundledPackages.config.ts',
  'tsconfig.base.json',
  'scripts/build.mjs',
  'scripts/bundledModules.mjs',
  'scripts/shippedPackages.mjs',
]
const outputs = [
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/cli/ews-setup.js',
  'out/renderer/licences.json',
  'out/sbom.cdx.json',
]

/** Names, sizes and times of all that goes in. */
async function inputHash() {
  const hash = createHash('sha256').update(process.version)
  const add = async (file) => {
    const { size, mtimeMs } = await stat(join(root, file))
    hash.update(`${file}\0${size}\0${mtimeMs}\n`)
  }
  for (const file of inputs) if (existsSync(join(root, file))) await add(file)
  const entries = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  for (const file of files.sort()) await add(file)
  return hash.digest('hex')
}

async function isUpToDate(hash) {
  if (!outputs.every((file) => existsSync(join(root, file)))) return false
  return (await readFile(stampFile, 'utf8').catch(() => '')) === hash
}

/** Builds what changed. Returns true when there was something to do. Throws what the bundler throws. */
export async function build({ force = false } = {}) {
  const unlock = await lock()
  try {
    return await buildLocked(force)
  } finally {
    await unlock()
  }
}

async function buildLocked(force) {
  const hash = await inputHash()
  if (!force && (await isUpToDate(hash))) return false
  await rm(stampFile, { force: true })
  process.chdir(root)
  const [electronVite, vite] = await Promise.all([import('electron-vite'), import('vite')])
  await electronVite.build({ configFile: join(root, 'electron.vite.config.ts'), logLevel: 'warn' })
  await vite.build({ configFile: join(root, 'vite.node.config.ts'), logLevel: 'warn' })
  await describeShipped()
  await makeExecutable(join(root, 'out', 'cli', 'ews-setup.js'))
  await mkdir(dirname(stampFile), { recursive: true })
  await writeFile(stampFile, hash)
  return true
}

/** What the About dialog shows and what an auditor asks for, from what the bundlers have just told. */
async function describeShipped() {
  const packages = shippedPackages(root, bundledPackages())
  const product = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  await writeFile(join(root, 'out', 'renderer', 'licences.json'), JSON.stringify(licenceList(packages)))
  await writeFile(
    join(root, 'out', 'sbom.cdx.json'),
    `${JSON.stringify(billOfMaterials(product, packages), null, 2)}\n`,
  )
}

/** One build at a time: a second one waits, and then usually finds nothing to do. A lock of a process that is gone does not count. */
async function lock() {
  const file = join(root, '.cache', 'build.lock')
  await mkdir(dirname(file), { recursive: true })
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' })
      return () => rm(file, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''))
    if (owner > 0 && !isAlive(owner)) await rm(file, { force: true })
    else await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

async function makeExecutable(file) {
  const text = await readFile(file, 'utf8')
  if (!text.startsWith('#!')) await writeFile(file, `#!/usr/bin/env node\n${text}`)
  await chmod(file, 0o755)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = performance.now()
  try {
    const built = await build({ force: process.argv.includes('--force') })
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(built ? `Built into out/ in ${seconds} s.` : 'Up to date.')
  } catch (error) {
    // An install without development packages runs `prepare` too; there is nothing to build with, and no reason to fail.
    if (process.env.npm_lifecycle_event === 'prepare' && error?.code === 'ERR_MODULE_NOT_FOUND') {
      console.error('Not built: the development packages are not installed.')
    } else {
      console.error(error instanceof Error ? error.message : error)
      process.exitCode = 1
    }
  }
}
