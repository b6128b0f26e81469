#!/usr/bin/env node
// npm run demo: builds, then the embedded Exchange with the arguments given.
import { join } from 'node:path'
import { build, root } from './build.mjs'
import { exitCode, run } from './child.mjs'

try {
  await build()
  process.exitCode = exitCode(
    await run(process.execPath, [join(root, 'out', 'cli', 'ews-setup.js'), 'demo', ...process.argv.slice(2)]),
  )
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
