// The program is killed at random points while it writes: the state is whole each time, no attempt is forgotten, none is doubled.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordOf, standingOf } from '../../../src/core/automation/ledger.ts'
import { waitMs } from '../../../src/core/automation/policy.ts'
import { readLedger } from '../../../src/host/automation/journal.ts'
import { bundle } from '../bundle.ts'

/** `npm run kills` sets the whole number; a run of all tests takes its share. */
const kills = Number(process.env['EWS_SETUP_KILLS'] ?? 12)
const policy = { mode: 'delayed', baseMinutes: 0.004, factor: 2, failures: 4 } as const

let directory = ''
let program: Awaited<ReturnType<typeof bundle>>
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ews-kill-'))
  program = await bundle('test/host/automation/killedProgram.ts')
}, 60_000)
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true })
  await program.remove()
})

type Logon = { id: string; at: number; isRefused: boolean }

function logons(state: string): Logon[] {
  let text = ''
  try {
    text = readFileSync(join(state, 'server.log'), 'utf8')
  } catch {
    // Killed before its first logon.
  }
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [id = '', at = '', answer = ''] = line.split(' ')
      return { id, at: Number(at), isRefused: answer === 'refused' }
    })
}

/** Runs it for a random time and kills it. Rejects when it ended by itself. */
function life(state: string, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program.file, state], { stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    let isKilled = false
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.stdout.once('data', () =>
      setTimeout(() => {
        isKilled = true
        child.kill('SIGKILL')
      }, ms),
    )
    child.once('close', () => (isKilled ? resolve() : reject(new Error(`ended by itself: ${stderr}`))))
  })
}

test(
  `killed ${kills} times, it forgets and doubles nothing`,
  async () => {
    let attempts = 0
    let cutOff = 0
    // Each account is refused four times at most, so a new state begins now and then.
    const perState = 12
    for (let done = 0; done < kills; done += perState) {
      const state = mkdtempSync(join(directory, 'state-'))
      for (let round = 0; round < Math.min(perState, kills - done); round += 1) {
        await life(state, Math.random() * 120)
        const { ledger, damage } = await readLedger(state)
        expect(damage).toBeNull()
        const seen = logons(state)
        for (const id of new Set(seen.map((logon) => logon.id))) {
          const own = seen.filter((logon) => logon.id === id)
          const record = recordOf(ledger, id)
          // The server counted nothing that the record does not know of: stored before it was sent.
          const last = own.at(-1)
          if (record.lastCallAt === null || last === undefined || record.lastCallAt > last.at + 60_000)
            expect.fail(`${id} was called and the record does not know it`)
          const refused = own.filter((logon) => logon.isRefused)
          const { failures } = standingOf(ledger, `user u${id.slice(1)}`)
          const known = failures + (record.pending === null ? 0 : 1)
          if (refused.length > known) expect.fail(`${id}: ${refused.length} refused, ${known} known`)
          if (refused.length > policy.failures) expect.fail(`${id} was refused ${refused.length} times`)
          for (const [index, logon] of refused.entries()) {
            const before = refused[index - 1]
            // Clocks of two processes count whole milliseconds.
            if (before !== undefined && logon.at - before.at < waitMs(policy, index) - 2)
              expect.fail(`${id}: attempt ${index + 1} came ${logon.at - before.at} ms after the one before`)
          }
        }
        cutOff += Object.values(ledger.connections).filter((record) => record.pending !== null).length
      }
      attempts += logons(state).length
    }
    console.log(`kills: ${kills}, logons: ${attempts}, calls cut off: ${cutOff}`)
    expect(attempts).toBeGreaterThan(kills)
  },
  kills > 50 ? 1_800_000 : 120_000,
)
