/**
 * A world for the scheduler of automatic calls: accounts on a server that counts refused logons, a clock that can be set, a machine
 * that sleeps, a process that is killed. It checks each logon against a reference of a few lines: what the server counted, and when.
 */
import { createEngine, type Engine } from '../../../src/core/automation/engine.ts'
import type { Now, Target } from '../../../src/core/automation/target.ts'
import { apply, emptyLedger } from '../../../src/core/automation/ledger.ts'
import type { Outcome } from '../../../src/core/automation/outcome.ts'
import { allowedFailures, waitMs, type Policy } from '../../../src/core/automation/policy.ts'
import type { Entry } from '../../../src/core/automation/schema.ts'

const minute = 60_000
const hour = 60 * minute
const tokenMs = hour

const policies: readonly Policy[] = [
  { mode: 'at-once', baseMinutes: 5, factor: 2, failures: 4 },
  { mode: 'delayed', baseMinutes: 5, factor: 2, failures: 4 },
  { mode: 'delayed', baseMinutes: 1, factor: 1, failures: 2 },
  { mode: 'delayed', baseMinutes: 30, factor: 3, failures: 3 },
]

/** What the server knows of an account, whoever lost its answer. */
type Truth = { isGood: boolean; inRow: number; lastRefusedAt: number }
/** What the program may know: answers that came, and calls that were cut off. */
type Reference = { counted: number }
type Flight = { id: string; outcome: Outcome }

export type World = {
  /** Does what a number says: which command, and its argument. */
  perform(code: number): void
  /** Everything works from here on: each connection that is not inactive must get through. */
  settle(): void
  stats: { logons: number; refusals: number; restarts: number }
}

const quiet: Outcome = { kind: 'works', refusedBy: null, finding: null, restMs: null, tokenUntil: null }

export function createWorld(seed: number): World {
  let state = seed >>> 0
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  /** True time since the start, whatever clocks say. */
  let time = 0
  let wallOffset = 1_790_000_000_000
  let steadyOffset = 0
  let online = true
  /** The wall clock was set where no process could see it: stored waits cannot be told from it. */
  let isTainted = false
  const truths = new Map<string, Truth>()
  const references = new Map<string, Reference>()
  const hurried = new Set<string>()
  const successes = new Map<string, number>()
  let targets: Target[] = []
  let journal: Entry[] = []
  let flights: Flight[] = []
  let tokenUntil = -Infinity
  let tick = 0
  const stats = { logons: 0, refusals: 0, restarts: 0 }

  const truthOf = (name: string): Truth => {
    const known = truths.get(name) ?? { isGood: true, inRow: 0, lastRefusedAt: -Infinity }
    truths.set(name, known)
    return known
  }
  const referenceOf = (name: string): Reference => {
    const known = references.get(name) ?? { counted: 0 }
    references.set(name, known)
    return known
  }
  const now = (): Now => ({ wall: time + wallOffset, steady: time - steadyOffset })
  const stamp = (): string => String((tick += 1)).padStart(9, '0')

  const target = (id: string, account: string, app: string | null, policy: number): Target => ({
    id,
    account,
    app,
    host: app === null ? 'mail.contoso.com' : 'outlook.office365.com',
    policy: policies[policy] ?? policies[0] ?? expectPolicy(),
    everyMs: 30 * minute,
    automatic: true,
    fingerprint: '',
    activatedAt: null,
    hurriedAt: null,
  })
  targets = [
    target('shared-1', 'user:service', null, 1),
    target('shared-2', 'user:service', null, 3),
    target('own', 'user:anna', null, 0),
    target('cloud-1', 'box:berta', 'app', 1),
    target('cloud-2', 'box:carl', 'app', 0),
  ]

  let engine: Engine = createEngine({ ledger: emptyLedger(), random })
  /** Entries are stored before the call they begin is made, and what was stored is all that a restart knows. */
  const store = (entries: readonly Entry[]): void => {
    for (const entry of entries) {
      if (entry.type === 'inactive') checkInactive(entry)
      if (entry.type === 'activated') for (const name of entry.accounts) referenceOf(name).counted = 0
      journal.push(entry)
    }
  }
  store(engine.configure(targets, now()))

  function checkInactive(entry: Extract<Entry, { type: 'inactive' }>): void {
    for (const id of entry.connections) {
      const policy = targets.find((one) => one.id === id)?.policy
      if (policy !== undefined && referenceOf(entry.account).counted < allowedFailures(policy))
        throw new Error(`${id} became inactive after ${referenceOf(entry.account).counted} refusals`)
    }
  }

  /** One logon, judged at the server the moment it is made. */
  function logon(name: string, by: Target): boolean {
    stats.logons += 1
    const truth = truthOf(name)
    const { inRow, lastRefusedAt } = truth
    if (inRow >= allowedFailures(by.policy)) throw new Error(`${name} got a logon after ${inRow} refusals in a row`)
    const early = inRow > 0 && time - lastRefusedAt < waitMs(by.policy, inRow)
    if (early && !isTainted && !hurried.has(by.id) && !inFlight(name))
      throw new Error(`${name} got a logon ${waitMs(by.policy, inRow) - (time - lastRefusedAt)} ms early`)
    if (truth.isGood) {
      truth.inRow = 0
      return true
    }
    truth.inRow += 1
    truth.lastRefusedAt = time
    stats.refusals += 1
    return false
  }

  /** A refusal whose answer is still on its way cannot be waited for yet; it is counted as if it were there. */
  const inFlight = (name: string): boolean =>
    flights.some(({ id }) => targets.some((one) => one.id === id && (one.account === name || one.app === name)))

  function call(id: string): Outcome {
    const by = targets.find((one) => one.id === id)
    if (by === undefined) throw new Error(`${id} was called though it is gone`)
    if (!online) return { ...quiet, kind: 'unreachable' }
    let until: number | null = null
    if (by.app !== null) {
      if (tokenUntil <= time + 5 * minute) {
        if (!logon(by.app, by)) {
          hurried.delete(id)
          return { ...quiet, kind: 'refused', refusedBy: 'token' }
        }
        tokenUntil = time + tokenMs
      }
      until = tokenUntil + wallOffset
    }
    const accepted = logon(by.account, by)
    hurried.delete(id)
    if (accepted) successes.set(id, time)
    return accepted
      ? { ...quiet, tokenUntil: until }
      : { ...quiet, kind: 'refused', refusedBy: 'exchange', tokenUntil: until }
  }

  function answer(flight: Flight): void {
    const { id, outcome } = flight
    flights = flights.filter((one) => one !== flight)
    const entries = engine.end(id, outcome, now())
    for (const entry of entries) {
      if (entry.type !== 'end') continue
      for (const name of entry.counts) referenceOf(name).counted += 1
      for (const name of entry.resets) referenceOf(name).counted = 0
    }
    store(entries)
  }

  /** Lets calls begin; they stay under way. */
  function start(): void {
    const { begins, entries } = engine.next(now())
    store(entries)
    for (const id of begins) flights.push({ id, outcome: call(id) })
  }

  /** Lives through a stretch of time; each call takes 200 ms. */
  function advance(ms: number): void {
    const end = time + ms
    for (;;) {
      start()
      const wake = engine.wakeAt(now())
      const next = flights.length > 0 ? time + 200 : wake === null ? end : Math.max(wake + steadyOffset, time + 1)
      if (next >= end) {
        time = end
        return
      }
      time = next
      const [first] = flights
      if (first !== undefined) answer(first)
    }
  }

  /** Ends the process at once. What was told to be stored is there, but for the last lines of a step whose call was never made. */
  function kill(torn: number): void {
    stats.restarts += 1
    if (torn > 0) {
      // The step was computed and the process died before its lines were down: nothing of it was sent.
      engine.next(now())
    }
    for (const { id } of flights) {
      const begun = journal.findLast((entry) => entry.type === 'begin' && entry.connection === id)
      if (begun?.type === 'begin') for (const name of begun.accounts) referenceOf(name).counted += 1
    }
    flights = []
    tokenUntil = -Infinity
    steadyOffset = time - Math.floor(random() * 1000)
    const ledger = emptyLedger()
    // As from a file: nothing is shared with the process that is gone.
    for (const entry of journal) apply(ledger, structuredClone(entry))
    engine = createEngine({ ledger, random })
    store(engine.configure(targets, now()))
  }

  function edit(id: string, change: Partial<Target>): void {
    targets = targets.map((one) => (one.id === id ? { ...one, ...change, fingerprint: stamp() } : one))
    store(engine.configure(targets, now()))
  }

  const ids = ['shared-1', 'shared-2', 'own', 'cloud-1', 'cloud-2'] as const
  const names = ['user:service', 'user:anna', 'box:berta', 'box:carl', 'app'] as const
  const stretches = [1_000, 30_000, minute, 4 * minute, 5 * minute, 16 * minute, 40 * minute, 3 * hour]

  const commands: ((argument: number) => void)[] = [
    (n) => advance(stretches[n % stretches.length] ?? minute),
    (n) => advance(stretches[n % stretches.length] ?? minute),
    start,
    // The server is slow: others become due while calls are under way.
    (n) => {
      start()
      time += stretches[n % 4] ?? minute
      start()
    },
    (n) => {
      const flight = flights[n % Math.max(flights.length, 1)]
      if (flight !== undefined) answer(flight)
    },
    (n) => {
      const truth = truthOf(names[n % names.length] ?? 'app')
      truth.isGood = !truth.isGood
    },
    (n) => {
      for (const name of names) truthOf(name).isGood = n % 4 === 0
    },
    (n) => kill(n % 2),
    (n) => {
      online = n % 3 !== 0
    },
    // The clock is set, forwards or back, while the program runs and sees it.
    (n) => {
      wallOffset += ((n % 9) - 4) * 20 * minute
      start()
    },
    // The machine sleeps: some steady clocks go on meanwhile, others do not.
    (n) => {
      const slept = ((n % 5) + 1) * hour
      time += slept
      if (n % 2 === 0) steadyOffset += slept
    },
    // The clock is set while no process runs.
    (n) => {
      wallOffset += ((n % 5) - 2) * hour
      isTainted = true
      kill(0)
    },
    (n) => edit(ids[n % ids.length] ?? 'own', { policy: policies[(n >> 4) % policies.length] ?? expectPolicy() }),
    (n) => edit(ids[n % ids.length] ?? 'own', { automatic: (n >> 4) % 3 !== 0 }),
    (n) => {
      const id = ids[n % ids.length] ?? 'own'
      hurried.add(id)
      edit(id, { hurriedAt: stamp() })
    },
    // Row B3: only after a test that worked; the server saw a good logon then.
    (n) => {
      const one = targets[n % Math.max(targets.length, 1)]
      if (one === undefined || !online) return
      const involved = [one.account, ...(one.app === null ? [] : [one.app])]
      if (involved.some((name) => !truthOf(name).isGood)) return
      for (const name of involved) truthOf(name).inRow = 0
      edit(one.id, { activatedAt: stamp() })
    },
    // Removed, and back again later.
    (n) => {
      const id = ids[n % ids.length] ?? 'own'
      const one = targets.find((known) => known.id === id)
      if (one === undefined || flights.some((flight) => flight.id === id)) return
      targets = targets.filter((known) => known !== one)
      store(engine.configure(targets, now()))
      targets = [...targets, one]
      store(engine.configure(targets, now()))
    },
    // Another user name: another account, with a count of its own.
    (n) => {
      const account = n % 2 === 0 ? 'user:anna' : 'user:other'
      if (!flights.some((flight) => flight.id === 'own')) edit('own', { account })
    },
  ]

  return {
    perform: (code) => commands[code % commands.length]?.(Math.floor(code / commands.length)),
    settle() {
      for (const name of truths.keys()) truthOf(name).isGood = true
      online = true
      const from = time
      advance(4 * hour)
      for (const { id, automatic } of targets) {
        const isInactive = engine.ledger.connections[id]?.inactive != null
        if (automatic && !isInactive && (successes.get(id) ?? -1) < from)
          throw new Error(`${id} is not inactive and was not called for hours`)
      }
    },
    stats,
  }
}

function expectPolicy(): never {
  throw new Error('there is a policy')
}
