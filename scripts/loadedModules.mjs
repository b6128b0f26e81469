// Which modules a Node process loads, ESM and CommonJS alike: a file to `--import`, and the list that it writes.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

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

/** Names of the packages in a list of {@link watchModules}. */
export function packagesOf(modules) {
  return [
    ...new Set(
      modules.flatMap(
        (module) =>
          /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(module)?.[1]?.replaceAll('\\', '/') ?? [],
      ),
    ),
  ].toSorted((a, b) => (a < b ? -1 : 1))
}
