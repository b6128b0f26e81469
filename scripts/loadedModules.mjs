// Which modules a Node process loads, ESM and CommonJS alike: a file to `--import`, and the list that it writes.
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Resolved URLs and paths, one a line, written as they are asked for. */
const preload = `
import { appendFileSync } from 'node:fs'
import Module, { register } from 'node:module'
const list = process.env.EWS_SETUP_LOADED_MODULES
const hooks = \`
  import { appendFileSync } from 'node:fs'
  export async function resolve(specifier, context, next) {
    const result = await next(specifier, context)
    appendFileSync(\${JSON.stringify(list)}, result.url + '\\\\n')
    return result
  }
\`
register('data:text/javascript,' + encodeURIComponent(hooks))
const resolveFilename = Module._resolveFilename
Module._resolveFilename = function (...parameters) {
  const file = resolveFilename.apply(this, parameters)
  appendFileSync(list, file + '\\n')
  return file
}
`

/** `nodeOptions` and `env` for the process to watch; `read` gives what it has loaded so far; `remove` cleans up. */
export async function watchModules() {
  const directory = await mkdtemp(join(tmpdir(), 'ews-modules-'))
  const list = join(directory, 'list')
  const file = join(directory, 'preload.mjs')
  await Promise.all([writeFile(list, ''), writeFile(file, preload)])
  return {
    nodeOptions: ['--import', pathToFileURL(file).href],
    env: { EWS_SETUP_LOADED_MODULES: list },
    read: async () => [...new Set((await readFile(list, 'utf8')).split('\n').filter((line) => line !== ''))],
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}

/** Which packages each chunk of a bundle holds, as the build lists them beside it; empty for other directories. */
const chunksOf = memoized((directory) => {
  const list = join(directory, 'packages.json')
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')).chunks : {}
})

function memoized(read) {
  const known = new Map()
  return (key) => {
    if (!known.has(key)) known.set(key, read(key))
    return known.get(key)
  }
}

/** Names of the packages in a list of {@link watchModules}: those loaded from their own place, and those in the chunks loaded. */
export function packagesOf(modules) {
  const names = modules.flatMap((module) => {
    const own = /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(module)?.[1]
    if (own !== undefined) return own.replaceAll('\\', '/')
    if (!/\.[cm]?js$/.test(module)) return []
    const path = module.startsWith('file:') ? fileURLToPath(module) : module
    return chunksOf(dirname(path))[basename(path)] ?? []
  })
  return [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1))
}
