/** 2,000 connections: a simulated day, then two minutes of real time with a real process. The figures of docs/PERFORMANCE.md come from here. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/load'], {
  stdio: 'inherit',
  env: { EWS_SETUP_LOAD_HOURS: '24', EWS_SETUP_LOAD_SECONDS: '120', ...process.env },
})
process.exitCode = status ?? 1
