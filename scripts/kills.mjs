/** Kills the program that keeps connections running at 500 random points (test/host/automation/kill.test.ts); a run of all tests does a few. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const kills = process.argv[2] ?? '500'
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/host/automation/kill.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, EWS_SETUP_KILLS: kills },
})
process.exitCode = status ?? 1
