/**
 * Decides which connection is called when. It keeps the ledger, counts refusals by account and spreads calls over time; it waits for
 * nothing and sends nothing, so that a test can live through days of it. Waits run on the steady clock; the wall clock only says
 * what is shown and stored. Every change comes out as an entry that must be stored, before the call it begins is made.
 */
import { limits } from '../limits.ts'
import { accountsOf, openAccounts, type Call } from './accounts.ts'
import { createDueQueue } from './dueQueue.ts'
import { apply, recordOf } from './ledger.ts'
import { createPaces, type Pace } from './pace.ts'
import type { Outcome } from './outcome.ts'
import { longestPauseMs, pauseMs, restMs } from './pauses.ts'
import { allowedFailures, waitMs } from './policy.ts'
import type { Entry, Ledger } from './schema.ts'
import type { Now, Target } from './target.ts'

export type Step = { begins: readonly string[]; entries: readonly Entry[] }

export type Engine = {
  readonly ledger: Ledger
  /** Takes what is configured now: new, edited and removed connections, and what a person asked for. */
  configure(targets: readonly Target[], now: Now): Entry[]
  /** Calls to make now. They may be made once `entries` are stored. */
  next(now: Now): Step
  /** How a call ended; also for a connection that was removed meanwhile. */
  end(connection: string, outcome: Outcome, now: Now): Entry[]
  /** When {@link Engine.next} has something to do, on the steady clock; null: nothing is planned. */
  wakeAt(now: Now): number | null
  running(): number
}

type Runtime = {
  target: Target
  /** When its next call may be made, refusals aside. */
  nextSteady: number
  /** Where it is between two calls. */
  place: 'planned' | 'queued' | 'blocked' | 'running'
  hasRun: boolean
}

/** The clocks may drift apart this far before stored times move along. */
const driftMs = 2_000

export function createEngine(o: {
  ledger: Ledger
  /** 0 to below 1. */
  random: () => number
  /** One round: each connection that is due is called once, without a pause between. */
  once?: boolean
}): Engine {
  const { ledger, random, once = false } = o
  const runtimes = new Map<string, Runtime>()
  const accounts = openAccounts(ledger)
  const calls = new Map<string, Call>()
  const planned = createDueQueue()
  const paces = createPaces(once)
  let anchor: number | null = null
  let shifts = 0
  let recovered = false
  let entries: Entry[] = []

  const store = (entry: Entry): void => {
    apply(ledger, entry)
    entries.push(entry)
  }
  const finish = (): Entry[] => {
    const out = entries
    entries = []
    return out
  }

  /** Stored times are wall clock: when that jumps against the steady clock, they jump along, so that no wait gets shorter. */
  function observe(now: Now): void {
    const difference = now.wall - now.steady
    anchor ??= difference
    if (Math.abs(difference - anchor) < driftMs) return
    store({ type: 'shift', at: now.wall, ms: difference - anchor })
    anchor = difference
    shifts += 1
    accounts.doubtTokens()
  }

  /** When it may be called, on the steady clock; null: not at all. */
  function dueOf(runtime: Runtime, now: Now): number | null {
    const { target } = runtime
    const record = recordOf(ledger, target.id)
    if (!target.automatic || record.inactive !== null || (once && runtime.hasRun)) return null
    if (record.hurried === 'asked') return now.steady
    let due = runtime.nextSteady
    for (const name of accountsOf(target)) {
      const since = accounts.refusedSteady(name, now)
      if (since !== null) due = Math.max(due, since + waitMs(target.policy, accounts.failuresOf(name)))
    }
    return due
  }

  function plan(runtime: Runtime, now: Now): void {
    if (runtime.place === 'running') return
    runtime.place = 'planned'
    planned.set(runtime.target.id, dueOf(runtime, now))
  }

  function replan(ids: Iterable<string>, now: Now): void {
    for (const id of ids) {
      const runtime = runtimes.get(id)
      if (runtime !== undefined && runtime.place !== 'queued') plan(runtime, now)
    }
  }

  /** Whoever has had all refusals that its policy allows is inactive, whichever connection's call was the last one. */
  function settle(name: string, now: Now): void {
    const failures = accounts.failuresOf(name)
    if (failures === 0) return
    const ended = [...accounts.of(name).users].filter((id) => {
      const runtime = runtimes.get(id)
      return (
        runtime !== undefined &&
        failures >= allowedFailures(runtime.target.policy) &&
        recordOf(ledger, id).inactive === null
      )
    })
    if (ended.length > 0) store({ type: 'inactive', at: now.wall, connections: ended, account: name })
    replan(ended, now)
  }

  /** A process was killed while these were under way: they may have been refused, so they count. */
  function recover(now: Now): void {
    recovered = true
    for (const [id, record] of Object.entries(ledger.connections)) {
      if (record.pending === null) continue
      const counts = record.pending.accounts
      store({
        type: 'end',
        at: now.wall,
        connection: id,
        kind: 'interrupted',
        counts,
        resets: [],
        finding: null,
        nextAt: null,
        rest: null,
      })
      for (const name of counts) accounts.of(name).refusedSteady = now.steady
    }
  }

  function remove(runtime: Runtime): void {
    const { target } = runtime
    planned.set(target.id, null)
    paces.drop(target.host, target.id)
    for (const name of accountsOf(target)) accounts.of(name).users.delete(target.id)
    runtimes.delete(target.id)
  }

  function firstDue(target: Target, now: Now): number {
    const { nextAt } = recordOf(ledger, target.id)
    return nextAt === null ? now.steady : now.steady + Math.min(Math.max(0, nextAt - now.wall), longestPause(target))
  }

  const longestPause = ({ id, everyMs }: Target): number =>
    longestPauseMs(everyMs, recordOf(ledger, id).trouble?.kind ?? null)

  /** What a person asked for since the last look. */
  function obey(runtime: Runtime, now: Now): void {
    const { target } = runtime
    const { id, activatedAt, hurriedAt } = target
    if (!Object.hasOwn(ledger.connections, id)) {
      if (activatedAt !== null || hurriedAt !== null)
        store({ type: 'known', at: now.wall, connection: id, activatedAt, hurriedAt })
      return
    }
    const { tokens, hurried } = recordOf(ledger, id)
    if (activatedAt !== null && activatedAt > (tokens?.activatedAt ?? '')) {
      const names = accountsOf(target)
      const others = names.flatMap((name) =>
        [...accounts.of(name).users].filter((user) => recordOf(ledger, user).inactive?.account === name),
      )
      const connections = [...new Set([id, ...others])]
      store({
        type: 'activated',
        at: now.wall,
        connections,
        accounts: names,
        by: { connection: id, token: activatedAt },
      })
      for (const name of names) accounts.of(name).refusedSteady = null
      for (const one of connections) {
        const other = runtimes.get(one)
        if (other !== undefined) other.nextSteady = now.steady
      }
      replan([...connections, ...names.flatMap((name) => [...accounts.of(name).users])], now)
    }
    if (hurriedAt !== null && hurriedAt > (tokens?.hurriedAt ?? '')) {
      const failing = accountsOf(target).some((name) => accounts.failuresOf(name) > 0)
      const granted =
        recordOf(ledger, id).inactive === null && runtime.place !== 'running' && !(failing && hurried !== 'no')
      store({ type: 'hurried', at: now.wall, connection: id, token: hurriedAt, granted })
    }
  }

  function begin(runtime: Runtime, pace: Pace, now: Now): void {
    const { target } = runtime
    const { id, host, account, app } = target
    runtime.place = 'running'
    runtime.hasRun = true
    const counted = accounts.begin(target, now)
    pace.begun(now.steady)
    calls.set(id, { began: now.steady, shifts, host, account, app, accounts: counted })
    store({ type: 'begin', at: now.wall, connection: id, accounts: counted })
  }

  function release(id: string): Call {
    const call = calls.get(id)
    if (call === undefined) throw new Error('a call ended that was not begun')
    calls.delete(id)
    paces.of(call.host).ended()
    for (const waiting of accounts.release(call)) {
      const runtime = runtimes.get(waiting)
      if (runtime?.place !== 'blocked') continue
      runtime.place = 'queued'
      paces.of(runtime.target.host).queue(waiting)
    }
    return call
  }

  return {
    ledger,
    configure(targets, now) {
      observe(now)
      const wanted = new Map(targets.map((target) => [target.id, target]))
      for (const runtime of [...runtimes.values()]) if (!wanted.has(runtime.target.id)) remove(runtime)
      for (const target of targets) {
        const known = runtimes.get(target.id)
        if (known === undefined) {
          const under = calls.has(target.id)
          runtimes.set(target.id, {
            target,
            nextSteady: firstDue(target, now),
            place: under ? 'running' : 'planned',
            hasRun: false,
          })
        } else {
          const edited = known.target.fingerprint !== target.fingerprint
          if (known.target.host !== target.host && known.place === 'queued') {
            paces.drop(known.target.host, target.id)
            known.place = 'planned'
          }
          for (const name of accountsOf(known.target)) accounts.of(name).users.delete(target.id)
          known.target = target
          // What was in the way may be gone; a refusal's wait stays.
          if (edited && recordOf(ledger, target.id).trouble !== null) known.nextSteady = now.steady
          known.nextSteady = Math.min(known.nextSteady, now.steady + longestPause(target))
        }
        for (const name of accountsOf(target)) accounts.of(name).users.add(target.id)
      }
      paces.share(targets)
      if (!recovered) {
        recover(now)
        for (const [host, until] of Object.entries(ledger.hosts))
          paces.of(host).rest(now.steady + Math.min(Math.max(0, until - now.wall), limits.longestRestMs))
      }
      for (const runtime of runtimes.values()) obey(runtime, now)
      for (const name of accounts.names()) settle(name, now)
      replan(runtimes.keys(), now)
      return finish()
    },
    next(now) {
      observe(now)
      for (let id = planned.take(now.steady); id !== null; id = planned.take(now.steady)) {
        const runtime = runtimes.get(id)
        if (runtime === undefined) continue
        runtime.place = 'queued'
        paces.of(runtime.target.host).queue(id)
      }
      const begins: string[] = []
      for (const pace of paces.all()) {
        while (pace.mayBegin(now.steady)) {
          const id = pace.take()
          if (id === null) break
          const runtime = runtimes.get(id)
          if (runtime?.place !== 'queued') continue
          const due = dueOf(runtime, now)
          if (due === null || due > now.steady) {
            plan(runtime, now)
            continue
          }
          const blocker = accounts.blockedBy(runtime.target, now)
          if (blocker !== null) {
            runtime.place = 'blocked'
            accounts.of(blocker).blocked.push(id)
            continue
          }
          begin(runtime, pace, now)
          begins.push(id)
        }
      }
      return { begins, entries: finish() }
    },
    end(id, outcome, now) {
      observe(now)
      const call = release(id)
      const runtime = runtimes.get(id)
      const counts = [...accounts.countsOf(call, outcome)]
      const resets = accounts.resetsOf(call, outcome)
      const { trouble } = recordOf(ledger, id)
      const times = trouble !== null && trouble.kind === outcome.kind ? trouble.times + 1 : 1
      const rest = outcome.kind === 'busy' ? restMs(outcome, times) : null
      const every = runtime?.target.everyMs ?? 0
      const nextSteady = now.steady + (rest ?? pauseMs({ everyMs: every, kind: outcome.kind, times, random }))
      const onWall = Math.round(now.wall + nextSteady - now.steady)
      store({
        type: 'end',
        at: now.wall,
        connection: id,
        kind: outcome.kind,
        counts,
        resets,
        finding: outcome.finding,
        nextAt: runtime === undefined ? null : onWall,
        rest: rest === null ? null : { host: call.host, until: onWall },
      })
      if (rest !== null) paces.of(call.host).rest(nextSteady)
      for (const name of counts) accounts.of(name).refusedSteady = now.steady
      for (const name of resets) accounts.of(name).refusedSteady = null
      accounts.proveToken(call, outcome, { isRefused: call.app !== null && counts.includes(call.app), shifts, now })
      if (runtime !== undefined) {
        runtime.place = 'planned'
        runtime.nextSteady = nextSteady
      }
      for (const name of counts) settle(name, now)
      replan([id, ...[...counts, ...resets].flatMap((name) => [...accounts.of(name).users])], now)
      return finish()
    },
    wakeAt(now) {
      const times = [planned.next(), ...[...paces.all()].map((pace) => pace.wakeAt(now.steady))]
      const known = times.filter((time): time is number => time !== null)
      return known.length === 0 ? null : Math.min(...known)
    },
    running: () => calls.size,
  }
}
