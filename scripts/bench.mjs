#!/usr/bin/env node
// npm run bench: what the product costs, measured in one run on this machine. Ends with 1 when a bound is missed, or when a figure is
// worse than the last release's by more than its tolerance, on the same kind of machine.
//   --write        puts the figures into the column of this version in docs/PERFORMANCE.md
//   --runs N       of the hundred runs, for a quick look
//   --only a,b     of: terminal, host, buttons, sizes, interactive, memory, desktop, installed
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, platform, release } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { desktop } from './bench/desktop.mjs'
import { lastRelease, readFigures, regressions, writeFigures } from './bench/figures.mjs'
import { installed } from './bench/installed.mjs'
import { afterRuns } from './bench/memory.mjs'
import { openHome } from './bench/processes.mjs'
import { buttons } from './bench/runs.mjs'
import { host, terminal } from './bench/starts.mjs'
import { openTable } from './bench/table.mjs'
import { interactive, sizes } from './bench/window.mjs'
import { build, root } from './build.mjs'

const measures = { terminal, host, buttons, sizes, interactive, memory: afterRuns, desktop, installed }
const document = join(root, 'docs', 'PERFORMANCE.md')

const { values: flags } = parseArgs({
  options: { write: { type: 'boolean', default: false }, only: { type: 'string' }, runs: { type: 'string' } },
})
const chosen = flags.only?.split(',') ?? Object.keys(measures)
const unknown = chosen.filter((name) => !(name in measures))
if (unknown.length > 0 || (flags.write && (flags.only ?? flags.runs) !== undefined)) {
  console.error(unknown.length > 0 ? `unknown: ${unknown.join(', ')}` : '--write takes all figures')
  process.exit(2)
}

const table = openTable()
try {
  await build()
  for (const name of chosen) {
    const home = await openHome()
    try {
      await measures[name]({ home, table, ...(flags.runs === undefined ? {} : { runs: Number(flags.runs) }) })
    } finally {
      await home.remove()
    }
  }
  console.log(table.text())
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const worse = await compare(version)
  if (flags.write) await write(version)
  if (table.missed() > 0) console.log(`\n${table.missed()} missed`)
  process.exitCode = table.missed() > 0 || worse ? 1 : 0
} catch (error) {
  console.log(table.text())
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** What figures depend on beside the product. */
function machine() {
  return `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${platform()} ${release().split('-')[0]}, Node ${process.versions.node}`
}

/** True when something is worse than in the last release and the machine is no excuse. */
async function compare(version) {
  const before = lastRelease(readFigures(await readFile(document, 'utf8')), version)
  if (before === null) {
    console.log('\nThere is no earlier release to compare with.')
    return false
  }
  const found = regressions(before, table.rows())
  const isSame = before.machine === machine()
  console.log(
    `\nCompared with ${before.version}: ${found.length === 0 ? 'nothing is worse beyond its tolerance.' : ''}`,
  )
  for (const { what, before: then, now } of found) console.log(`  ${what}: ${then} then, ${now} now`)
  if (!isSame && found.length > 0)
    console.log(`  That was another machine (${before.machine}), so this decides nothing.`)
  return isSame && found.length > 0
}

async function write(version) {
  const { format } = await import('prettier')
  const changed = writeFigures(await readFile(document, 'utf8'), { version, machine: machine(), rows: table.rows() })
  if (changed === null) console.log(`\nNot written: ${version} is released, its figures stay.`)
  else await writeFile(document, await format(changed, { parser: 'markdown', printWidth: 120 }))
}
