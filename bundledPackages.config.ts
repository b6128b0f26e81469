/**
 * Packages in the bundles for Node. Hundreds of small files cost more to find, read and wrap than to run, so they are bundled; what is
 * compiled for a platform stays a package of its own.
 */
import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/** Native modules: they load their compiled part from where they lie. */
export const external = ['keytar', 'kerberos']

/** The own transport of ews-javascript-api (axios, cookies, NTLM) is never used, so it is not shipped. */
export const alias = { '@ewsjs/xhr': fileURLToPath(new URL('./src/core/ews/noTransport.ts', import.meta.url)) }

/** Name of the package that a module's path lies in, or null for our own code. */
function packageOf(path: string): string | null {
  return /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(path)?.[1]?.replaceAll('\\', '/') ?? null
}

/** A chunk of packages alone is named after the one that it was cut off for; the bundler's own choice would be `dist` or `lib`. */
export function chunkFileNames(chunk: { name: string; moduleIds: string[]; facadeModuleId?: string | null }): string {
  const name = chunk.moduleIds.every((id) => packageOf(id) !== null) ? packageOf(chunk.facadeModuleId ?? '') : null
  return `${name?.replaceAll('/', '-') ?? chunk.name.replace(/^_+/, '')}-[hash].js`.replace('@', '')
}

/** Writes beside the chunks which packages each of them holds and which the bundle expects beside it, for tests and benchmarks. */
export function listPackages(): Plugin {
  return {
    name: 'list-packages',
    generateBundle(_options, bundle) {
      const chunks: Record<string, string[]> = {}
      const beside = new Set<string>()
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue
        const packages = new Set(output.moduleIds.flatMap((id) => packageOf(id) ?? []))
        if (packages.size > 0) chunks[output.fileName] = [...packages].toSorted()
        for (const name of [...output.imports, ...output.dynamicImports])
          if (!(name in bundle) && !isBuiltin(name)) beside.add(name)
      }
      const list = { chunks, beside: [...beside].toSorted() }
      this.emitFile({ type: 'asset', fileName: 'packages.json', source: `${JSON.stringify(list, null, 1)}\n` })
    },
  }
}
