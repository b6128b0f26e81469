/** The whole number of random lives of automatic calls (test/core/automation/model.test.ts); a run of all tests takes a share of it. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const runs = process.argv[2] ?? '100000'
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/core/automation/model.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, EWS_SETUP_MODEL_RUNS: runs },
})
process.exitCode = status ?? 1
