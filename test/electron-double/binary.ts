/** Builds the double into a program that can be started like Electron's binary. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const sources = fileURLToPath(new URL('.', import.meta.url))
const cache = fileURLToPath(new URL('../../.cache/electron-double', import.meta.url))

/** Path of the program, for `executablePath`. Built once per state of its sources; several test files may ask at once. */
export async function doubleBinary(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(sources)).filter((file) => file.endsWith('.ts')).sort())
    hash.update(name).update(await readFile(join(sources, name)))
  const directory = join(cache, hash.digest('hex').slice(0, 16))
  if (!existsSync(directory)) await buildInto(directory)
  return join(directory, 'electron')
}

async function buildInto(directory: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const scratch = await mkdtemp(join(cache, 'building-'))
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: true,
      target: 'esnext',
      // Parts of it run in the page as their own text.
      minify: false,
      outDir: scratch,
      emptyOutDir: false,
      rolldownOptions: {
        input: { program: join(sources, 'program.ts'), electron: join(sources, 'electron.ts') },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  })
  await writeFile(join(scratch, 'package.json'), '{ "type": "module" }\n')
  await writeFile(join(scratch, 'electron'), "#!/usr/bin/env node\nimport './program.js'\n")
  await chmod(join(scratch, 'electron'), 0o755)
  try {
    await rename(scratch, directory)
  } catch (error) {
    await rm(scratch, { recursive: true, force: true })
    // Another test file was faster.
    if (!existsSync(directory)) throw error
  }
}
