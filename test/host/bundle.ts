/** Bundles a module of `src` so that a child process can run it in plain Node; dependencies stay where they are. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Path of the bundle, inside the project so that packages are found. `remove` deletes it. */
export async function bundle(module: string): Promise<{ file: string; remove: () => Promise<void> }> {
  const cache = join(root, '.cache')
  const directory = await mkdtemp(join(cache, 'bundle-'))
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: true,
      outDir: directory,
      emptyOutDir: true,
      rolldownOptions: {
        input: { module: join(root, module) },
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  })
  return { file: join(directory, 'module.mjs'), remove: () => rm(directory, { recursive: true, force: true }) }
}
