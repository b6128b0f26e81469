#!/usr/bin/env node
// npm run screenshots [-- NAME …]: takes the pictures of docs/screenshots anew, all or those that are named. The list and the way to each
// picture are in test/docs/pictures.ts; the test beside it takes them.
import { exitCode, run } from './child.mjs'
import { root } from './build.mjs'
import { join } from 'node:path'

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const env = { ...process.env, EWS_SETUP_SCREENSHOTS: process.argv.slice(2).join(' ') || 'all' }
const args = ['run', '--project=product', '--reporter=default', 'test/docs/pictures.test.ts']
process.exitCode = exitCode(await run(process.execPath, [vitest, ...args], { cwd: root, env }))
