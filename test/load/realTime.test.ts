// Two minutes of `ews-setup watch` with 2,000 connections against the embedded Exchange: what a real process costs.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSettingsFile } from '../../src/host/settingsFile.ts'
import { firstProfile } from '../../src/host/settingsSchema.ts'
import { limits } from '../../src/core/limits.ts'
import { buildProgram, scratch, start, type Scratch } from '../cli/program.ts'
import { crowdPassword, crowdProfile, startCrowd } from './crowd.ts'

const seconds = Number(process.env['EWS_SETUP_LOAD_SECONDS'] ?? 0)
const skipReason =
  process.platform !== 'linux'
    ? 'what a process costs is read from /proc'
    : seconds === 0
      ? 'it takes minutes of real time: npm run load'
      : null
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

let files: Scratch
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

/** CPU seconds so far, and resident memory in MB. */
function costOf(pid: number): { cpu: number; megabytes: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) / 100,
    megabytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
  }
}

test.skipIf(skipReason !== null)(
  `watch, ${limits.connections} connections, ${seconds} seconds`,
  async () => {
    await buildProgram()
    const world = await startCrowd(limits.connections)
    try {
      openSettingsFile({ directory: files.home }).update((content) => ({
        ...content,
        profiles: { [firstProfile]: crowdProfile(world, limits.connections) },
      }))
      const running = start(['watch', '--json'], { home: files.home, env: { EWS_SETUP_PASSWORD: crowdPassword } })
      await running.firstLine
      const pid = running.child.pid ?? expect.fail('a process')
      const from = Date.now()
      let most = 0
      while (Date.now() - from < seconds * 1000) {
        await new Promise((resolve) => setTimeout(resolve, 1000))
        most = Math.max(most, costOf(pid).megabytes)
      }
      const { cpu } = costOf(pid)
      const elapsed = (Date.now() - from) / 1000
      const stopAt = Date.now()
      running.child.kill('SIGTERM')
      const ended = await running.ended
      const lines = ended.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { at: string; event: string })
      const works = lines.filter((line) => line.event === 'works')
      const perSecond = new Map<string, number>()
      for (const { at } of works) perSecond.set(at.slice(0, 19), (perSecond.get(at.slice(0, 19)) ?? 0) + 1)
      const figures = {
        seconds: Math.round(elapsed),
        calls: works.length,
        other: lines.length - works.length - 2,
        callsPerSecond: Math.round((works.length / elapsed) * 10) / 10,
        mostEndedInOneSecond: Math.max(...perSecond.values()),
        cpuSeconds: Math.round(cpu * 10) / 10,
        cpuPercentOfOneCore: Math.round((cpu / elapsed) * 100),
        mostMegabytes: Math.round(most),
        endMs: Date.now() - stopAt,
        requestsAtTheServer: world.journal.length,
        refusedAtTheServer: world.journal.filter((entry) => entry.logon === 'refused').length,
        machineLoad: Number(readFileSync('/proc/loadavg', 'latin1').split(' ')[0]),
      }
      console.log(`real time: ${JSON.stringify(figures)}`)
      expect(ended.code).toBe(0)
      expect(figures.other).toBe(0)
      expect(figures.refusedAtTheServer).toBe(0)
      // 6.7 calls a second is the even pace; a tenth more is the most that is made.
      expect(figures.callsPerSecond).toBeLessThan(8)
    } finally {
      await world.stop()
    }
  },
  (seconds + 120) * 1000,
)
