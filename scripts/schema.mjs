#!/usr/bin/env node
// Writes docs/schema: the published shape of a configuration file, made from the one schema of the settings. --check writes nothing and
// ends with 1 when the published file is not what it has to be.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cache = join(root, '.cache')
await mkdir(cache, { recursive: true })
const directory = await mkdtemp(join(cache, 'schema-'))
try {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: join(root, 'src/host/transfer/configuration.ts'),
      outDir: directory,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'schema.mjs' } },
    },
  })
  const { configurationJsonSchema, configurationVersion } = await import(
    pathToFileURL(join(directory, 'schema.mjs')).href
  )
  const file = join(root, 'docs', 'schema', `configuration-${configurationVersion}.json`)
  const { format, resolveConfig } = await import('prettier')
  const options = await resolveConfig(file)
  const text = await format(JSON.stringify(configurationJsonSchema()), { ...options, parser: 'json' })
  if (process.argv.includes('--check')) {
    if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
      console.error(`${file} is not current: npm run schema`)
      process.exitCode = 1
    }
  } else {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
} finally {
  await rm(directory, { recursive: true, force: true })
}
