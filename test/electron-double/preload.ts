/** The script that every new document of a window gets before its own: the isolated world with the preload script in it. */
import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { Script } from 'node:vm'
import { isolatedWorld } from './isolatedWorld.ts'
import { makeCodec } from './values.ts'

/** Source of the isolated world, or why the preload script does not come into it. `null`: there is none, and that is fine. */
export type Preload = { kind: 'source'; source: string } | { kind: 'failed'; error: Error }

export function preloadSource(options: {
  path: string | undefined
  binding: string
  receiver: string
  hosts: readonly string[]
}): Preload {
  const { path, binding, receiver, hosts } = options
  let script = ''
  if (path !== undefined) {
    try {
      if (!isAbsolute(path)) throw new Error('preload script must have absolute path.')
      script = readFileSync(path, 'utf8')
      // The sandbox compiles it as a function body, so an ES module cannot be one.
      new Script(`(function (require, module, exports, process) {${script}\n})`, { filename: path })
    } catch (error) {
      return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) }
    }
  }
  const parts = JSON.stringify({ binding, receiver, hosts, platform: process.platform })
  const source = `(${isolatedWorld.toString()})({
    ...${parts},
    codec: (${makeCodec.toString()})(),
    preload: function (require, module, exports, process) {${script}\n},
  })`
  return { kind: 'source', source }
}
