// A day of 2,000 connections in simulated time: spread, bounds, a sleep, a busy server. One call in so many goes to the embedded Exchange.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector } from '../../src/core/createConnector.ts'
import { secretFrom } from '../../src/core/auth/secret.ts'
import { createEngine } from '../../src/core/automation/engine.ts'
import type { Target } from '../../src/core/automation/target.ts'
import { emptyLedger, pruned } from '../../src/core/automation/ledger.ts'
import { outcomeOf, type Outcome } from '../../src/core/automation/outcome.ts'
import { defaultPolicy } from '../../src/core/automation/policy.ts'
import { limits } from '../../src/core/limits.ts'
import type { World } from '../../src/demo/index.ts'
import { settingsOf } from '../../src/host/automation/targets.ts'
import { crowdPassword, crowdProfile, startCrowd } from './crowd.ts'

/** `npm run load` lives through the whole day; a run of all tests through two hours of it. */
const hours = Number(process.env['EWS_SETUP_LOAD_HOURS'] ?? 2)
const count = limits.connections
const everyMs = 5 * 60_000
/** So many go to the embedded Exchange for real. */
const mostRealCalls = hours > 2 ? 600 : 50
const realEvery = Math.max(1, Math.round((count * 12 * hours) / mostRealCalls))

let world: World
beforeAll(async () => void (world = await startCrowd(count)), 60_000)
afterAll(() => world.stop())

const good: Outcome = { kind: 'works', refusedBy: null, finding: null, restMs: null, tokenUntil: null }

test(`${count} connections, ${hours} simulated hours`, async () => {
  const profile = crowdProfile(world, count)
  const connector = createConnector({ version: '0', systemCas: [], environment: {} })
  const targets = profile.connections.map((connection, index): Target => ({
    id: connection.id,
    account: `user ${connection.userName}`,
    app: null,
    host: index % 2 === 0 ? 'mail.contoso.example' : 'second.contoso.example',
    policy: defaultPolicy,
    everyMs,
    automatic: true,
    fingerprint: '',
    activatedAt: null,
    hurriedAt: null,
  }))
  const hostOf = new Map(targets.map(({ id, host }) => [id, host]))
  let time = 0
  let offset = 0
  let seed = 7
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  const now = () => ({ wall: 1_790_000_000_000 + time, steady: time - offset })
  const engine = createEngine({ ledger: emptyLedger(), random })
  engine.configure(targets, now())

  const perConnection = new Map<string, number>()
  const perSecond = new Map<string, number>()
  const perMinute: number[] = []
  const underWay = new Map<string, number>()
  const ends: { id: string; at: number }[] = []
  let calls = 0
  let realCalls = 0
  let mostUnderWay = 0
  let stored = 0
  const sleepAt = (hours / 2) * 3_600_000
  let slept = false
  const cpuBefore = process.cpuUsage()
  const day = hours * 3_600_000

  async function answer(id: string): Promise<Outcome> {
    calls += 1
    if (calls % realEvery !== 0) return good
    realCalls += 1
    const connection = profile.connections.find((one) => one.id === id) ?? expect.fail('a connection')
    const settings = settingsOf({ profileName: 'x', profile, connection })
    const result = await connector.call(
      { settings, secrets: { password: secretFrom(crowdPassword) } },
      { signal: new AbortController().signal },
    )
    return outcomeOf(result)
  }

  while (time < day) {
    if (!slept && time >= sleepAt) {
      // Everybody's turn comes while nobody runs.
      slept = true
      time += 3_600_000
    }
    const { begins, entries } = engine.next(now())
    stored += entries.length
    for (const id of begins) {
      const host = hostOf.get(id) ?? ''
      const second = `${host} ${Math.floor(time / 1000)}`
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
      const minute = Math.floor(time / 60_000)
      perMinute[minute] = (perMinute[minute] ?? 0) + 1
      perConnection.set(id, (perConnection.get(id) ?? 0) + 1)
      underWay.set(host, (underWay.get(host) ?? 0) + 1)
      mostUnderWay = Math.max(mostUnderWay, underWay.get(host) ?? 0)
      // A call takes from a fifth of a second to two seconds.
      ends.push({ id, at: time + 200 + Math.floor(random() * 1_800) })
      ends.sort((one, other) => one.at - other.at)
    }
    const wake = engine.wakeAt(now())
    const next = Math.min(wake === null ? day : wake + offset, ends[0]?.at ?? day)
    time = Math.max(next, time + 1)
    while (ends[0] !== undefined && ends[0].at <= time) {
      const { id } = ends.shift() ?? expect.fail('an end')
      const host = hostOf.get(id) ?? ''
      underWay.set(host, (underWay.get(host) ?? 1) - 1)
      const outcome = await answer(id)
      expect(outcome.kind).toBe('works')
      stored += engine.end(id, outcome, now()).length
    }
  }

  const cpu = process.cpuUsage(cpuBefore)
  // The first round, and the round after the sleep, are spread as well but not yet even.
  const settled = perMinute.slice(15, Math.floor(sleepAt / 60_000) - 1).filter((value) => value !== undefined)
  const each = [...perConnection.values()]
  const figures = {
    connections: count,
    hours,
    calls,
    realCalls,
    cpuSeconds: Math.round((cpu.user + cpu.system) / 100_000) / 10,
    storedEntries: stored,
    ledgerKilobytes: Math.round(
      JSON.stringify(pruned(engine.ledger, new Set(targets.map(({ id }) => id)), now().wall)).length / 1024,
    ),
    mostUnderWayPerHost: mostUnderWay,
    mostBegunPerHostAndSecond: [...perSecond.values()].reduce((most, one) => Math.max(most, one), 0),
    callsPerMinute: { least: Math.min(...settled), most: Math.max(...settled) },
    callsPerConnection: { least: Math.min(...each), most: Math.max(...each) },
  }
  console.log(`load: ${JSON.stringify(figures)}`)
  expect(mostUnderWay).toBeLessThanOrEqual(limits.callsPerHost)
  // A thousand connections in five minutes are 3.3 calls a second; a crowd that became due at once comes no faster than that and a tenth.
  expect(figures.mostBegunPerHostAndSecond).toBeLessThanOrEqual(5)
  expect(figures.callsPerMinute.least).toBeGreaterThan(300)
  expect(figures.callsPerMinute.most).toBeLessThan(460)
  const awake = (hours - 1) * 12
  expect(figures.callsPerConnection.least).toBeGreaterThan(awake * 0.85)
  expect(figures.callsPerConnection.most).toBeLessThan(awake * 1.2 + 3)
}, 900_000)
