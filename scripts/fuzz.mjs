#!/usr/bin/env node
// npm run fuzz: test/fuzz in full: 100,000 drawn answers, challenges, SRV sets, hosts and whole searches, 2,000 searches through real sockets,
// and 1,000 presses that are stopped at random moments. The suite runs a share of each.
import { join } from 'node:path'
import { root } from './build.mjs'
import { exitCode, run } from './child.mjs'

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
process.env.EWS_SETUP_FULL = '1'
process.exitCode = exitCode(
  await run(process.execPath, [vitest, 'run', 'test/fuzz', ...process.argv.slice(2)], { cwd: root }),
)
