/**
 * A program to be killed: keeps connections running as the hosts do, on its real files, against a server that lies in one file. Each
 * logon is a line there, written before the answer; the directory of the state is the first argument.
 */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEngine } from '../../../src/core/automation/engine.ts'
import type { Target } from '../../../src/core/automation/target.ts'
import { createKeeper, processClock } from '../../../src/core/automation/keeper.ts'
import type { Outcome } from '../../../src/core/automation/outcome.ts'
import { pruned } from '../../../src/core/automation/ledger.ts'
import { openJournal } from '../../../src/host/automation/journal.ts'
import { claimConfiguration } from '../../../src/host/automation/ownership.ts'

const directory = process.argv[2] ?? ''
const count = 40
const good: Outcome = { kind: 'works', refusedBy: null, finding: null, restMs: null, tokenUntil: null }

const targets = Array.from({ length: count }, (_one, index): Target => ({
  id: `c${index}`,
  account: `user u${index}`,
  app: null,
  host: `host${index % 4}.example`,
  // Waits of a quarter of a second to seconds: many attempts in a short life.
  policy: { mode: 'delayed', baseMinutes: 0.004, factor: 2, failures: 4 },
  everyMs: 30,
  automatic: true,
  fingerprint: '',
  activatedAt: null,
  hurriedAt: null,
}))

const claim = await claimConfiguration({ directory, face: 'watch' })
if (claim.kind !== 'owned') throw new Error(`not owned: ${JSON.stringify(claim)}`)
const { journal, stored } = await openJournal({
  directory,
  now: () => new Date(),
  prune: (ledger) => pruned(ledger, new Set(targets.map(({ id }) => id)), Date.now()),
})
if (stored.damage !== null) throw new Error('the state was not whole')
const engine = createEngine({ ledger: stored.ledger, random: Math.random })
let configured = false
const keeper = createKeeper({
  engine,
  clock: processClock,
  store: (entries) => journal.append(entries),
  targets: () => (configured ? null : ((configured = true), targets)),
  call: async (id) => {
    // Every other account has a wrong password.
    const isRefused = Number(id.slice(1)) % 2 === 1
    appendFileSync(join(directory, 'server.log'), `${id} ${Date.now()} ${isRefused ? 'refused' : 'accepted'}\n`)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 8))
    return isRefused ? { ...good, kind: 'refused', refusedBy: 'exchange' } : good
  },
  onEntries: () => undefined,
})
process.stdout.write('running\n')
await keeper.run(new AbortController().signal)
