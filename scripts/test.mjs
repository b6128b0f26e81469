#!/usr/bin/env node
// npm test: builds, runs vitest with the arguments given, and ends with one line `N passed, N failed, N skipped`.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build, root } from './build.mjs'
import { exitCode, run } from './child.mjs'

/** Counts of vitest's JSON report. A file that could not be loaded counts as one failure. */
function count(report) {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

let counts = { passed: 0, failed: 1, skipped: 0 }
let code = 1
try {
  await build()
  const directory = join(root, '.cache', 'test')
  await mkdir(directory, { recursive: true })
  const file = join(directory, `report-${process.pid}.json`)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  code = exitCode(await run(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], { cwd: root }))
  const report = await readFile(file, 'utf8').catch(() => null)
  await rm(file, { force: true })
  if (report !== null) counts = count(JSON.parse(report))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
}
// An error outside any test fails the run as well, and so does a run without tests.
if (code !== 0 && counts.failed === 0) counts.failed = 1
process.exitCode = code
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
