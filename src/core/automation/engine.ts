/**
 * Decides which connection is called when. It keeps the ledger, counts refusals by account and spreads calls over time; it waits for
 * nothing and sends nothing, so that a test can live through days of it. Waits run on the steady clock; the wall clock only says
 * what is shown and stored. Every change comes out as an entry that must be stored, before the call it begins is made.
 */
import { limits } from '../limits.ts'
import { createDueQueue } from './dueQueue.ts'
import { apply, recordOf, standingOf } from './ledger.ts'
import { createPaces, type Pace } from './pace.ts'
import type { Outcome } from './outcome.ts'
import { allowedFailures, waitMs, type Policy } from './policy.ts'
import type { Entry, Ledger, OutcomeKind } from './schema.ts'

/** Both clocks at one moment, in ms: the one on the wall, and one that is never set. */
export type Now = { wall: number; steady: number }

/** A connection as far as its calls are concerned. */
export type Target = {
  id: string
  /** Whose logon a refusal by Exchange counts for: shared by all connections that log in with it. */
  account: string
  /** Whose logon a refusal by the token endpoint counts for: the application; null: no OAuth. */
  app: string | null
  host: string
  policy: Policy
  everyMs: number
  automatic: boolean
  /** Another text when something was edited that a call depends on. */
  fingerprint: string
  activatedAt: string | null
  hurriedAt: string | null
}

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

type Call = {
  began: number
  shifts: number
  host: string
  account: string
  app: string | null
  accounts: readonly string[]
}

type Account = {
  users: Set<string>
  calls: number
  /** A call whose token is not proven goes alone. */
  isAlone: boolean
  provenUntil: number
  refusedSteady: number | null
  blocked: string[]
}

/** A proven token is not asked for anew until this long before its end. */
const tokenMarginMs = 6 * 60_000
const unknownTokenMs = 5 * 60_000
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
  const accounts = new Map<string, Account>()
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

  function accountOf(name: string): Account {
    let account = accounts.get(name)
    if (account === undefined) {
      account = { users: new Set(), calls: 0, isAlone: false, provenUntil: -Infinity, refusedSteady: null, blocked: [] }
      accounts.set(name, account)
    }
    return account
  }

  const accountsOf = ({ account, app }: { account: string; app: string | null }): string[] =>
    app === null ? [account] : [account, app]

  /** Stored times are wall clock: when that jumps against the steady clock, they jump along, so that no wait gets shorter. */
  function observe(now: Now): void {
    const difference = now.wall - now.steady
    anchor ??= difference
    if (Math.abs(difference - anchor) < driftMs) return
    store({ type: 'shift', at: now.wall, ms: difference - anchor })
    anchor = difference
    shifts += 1
    // A machine that slept may have slept past the end of a token.
    for (const account of accounts.values()) account.provenUntil = -Infinity
  }

  /** When the account's last refusal came, on the steady clock. What an earlier process stored counts by the wall clock, and never as the future. */
  function refusedSteady(name: string, now: Now): number | null {
    const { failures, refusedAt } = standingOf(ledger, name)
    if (failures === 0 || refusedAt === null) return null
    const account = accountOf(name)
    account.refusedSteady ??= now.steady - Math.max(0, now.wall - refusedAt)
    return account.refusedSteady
  }

  const failuresOf = (name: string): number => standingOf(ledger, name).failures

  /** When it may be called, on the steady clock; null: not at all. */
  function dueOf(runtime: Runtime, now: Now): number | null {
    const { target } = runtime
    const record = recordOf(ledger, target.id)
    if (!target.automatic || record.inactive !== null || (once && runtime.hasRun)) return null
    if (record.hurried === 'asked') return now.steady
    let due = runtime.nextSteady
    for (const name of accountsOf(target)) {
      const since = refusedSteady(name, now)
      if (since !== null) due = Math.max(due, since + waitMs(target.policy, failuresOf(name)))
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
    const failures = failuresOf(name)
    if (failures === 0) return
    const ended = [...accountOf(name).users].filter((id) => {
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
      for (const name of counts) accountOf(name).refusedSteady = now.steady
    }
  }

  function remove(runtime: Runtime): void {
    const { target } = runtime
    planned.set(target.id, null)
    paces.drop(target.host, target.id)
    for (const name of accountsOf(target)) accountOf(name).users.delete(target.id)
    runtimes.delete(target.id)
  }

  function firstDue(target: Target, now: Now): number {
    const { nextAt } = recordOf(ledger, target.id)
    return nextAt === null ? now.steady : now.steady + Math.min(Math.max(0, nextAt - now.wall), longestPause(target))
  }

  /** A clock that was set back while nobody looked, or an interval that was long, must not hold a connection for longer than this. */
  function longestPause({ id, everyMs }: Target): number {
    const { trouble } = recordOf(ledger, id)
    const longest = trouble === null ? 0 : trouble.kind === 'denied' ? limits.deniedMs : limits.unreachableMs
    return Math.max(everyMs, longest) * (1 + limits.callJitter)
  }

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
        [...accountOf(name).users].filter((user) => recordOf(ledger, user).inactive?.account === name),
      )
      const connections = [...new Set([id, ...others])]
      store({
        type: 'activated',
        at: now.wall,
        connections,
        accounts: names,
        by: { connection: id, token: activatedAt },
      })
      for (const name of names) accountOf(name).refusedSteady = null
      for (const one of connections) {
        const other = runtimes.get(one)
        if (other !== undefined) other.nextSteady = now.steady
      }
      replan([...connections, ...names.flatMap((name) => [...accountOf(name).users])], now)
    }
    if (hurriedAt !== null && hurriedAt > (tokens?.hurriedAt ?? '')) {
      const failing = accountsOf(target).some((name) => failuresOf(name) > 0)
      const granted =
        recordOf(ledger, id).inactive === null && runtime.place !== 'running' && !(failing && hurried !== 'no')
      store({ type: 'hurried', at: now.wall, connection: id, token: hurriedAt, granted })
    }
  }

  /** Why a call cannot begin now; null: it can. Counts calls under way as refusals to come. */
  function blockedBy(target: Target, now: Now): string | null {
    const { account, app, policy } = target
    if (accountOf(account).calls + failuresOf(account) >= allowedFailures(policy)) return account
    if (app === null) return null
    const { calls: underWay, isAlone, provenUntil } = accountOf(app)
    if (isAlone) return app
    const proven = provenUntil > now.steady && failuresOf(app) === 0
    return proven || underWay === 0 ? null : app
  }

  function begin(runtime: Runtime, pace: Pace, now: Now): void {
    const { target } = runtime
    const { id, host, account, app } = target
    runtime.place = 'running'
    runtime.hasRun = true
    accountOf(account).calls += 1
    const counted = [account]
    if (app !== null) {
      const owner = accountOf(app)
      owner.calls += 1
      owner.isAlone = owner.provenUntil <= now.steady || failuresOf(app) > 0
      if (owner.isAlone) counted.push(app)
    }
    pace.begun(now.steady)
    calls.set(id, { began: now.steady, shifts, host, account, app, accounts: counted })
    store({ type: 'begin', at: now.wall, connection: id, accounts: counted })
  }

  function release(id: string): Call {
    const call = calls.get(id)
    if (call === undefined) throw new Error('a call ended that was not begun')
    calls.delete(id)
    paces.of(call.host).ended()
    for (const name of accountsOf(call)) {
      const account = accountOf(name)
      account.calls -= 1
      if (name === call.app) account.isAlone = false
      const { blocked } = account
      account.blocked = []
      for (const waiting of blocked) {
        const runtime = runtimes.get(waiting)
        if (runtime?.place !== 'blocked') continue
        runtime.place = 'queued'
        paces.of(runtime.target.host).queue(waiting)
      }
    }
    return call
  }

  function restMs(outcome: Outcome, times: number): number {
    const wanted = outcome.restMs ?? limits.restMs * 2 ** Math.min(times - 1, 10)
    return Math.min(Math.max(wanted, limits.shortestRestMs), limits.longestRestMs)
  }

  const jittered = (ms: number): number => ms * (1 + limits.callJitter * (2 * random() - 1))

  /** How long until the next call, refusals aside: those wait by their policy. */
  function pauseMs(everyMs: number, kind: OutcomeKind, times: number): number {
    switch (kind) {
      case 'works':
        return jittered(everyMs)
      case 'not-made':
      case 'refused':
      case 'interrupted':
      case 'busy':
        return 0
      case 'unreachable':
      case 'unready':
        return jittered(Math.max(everyMs, Math.min(everyMs * 2 ** Math.min(times - 1, 20), limits.unreachableMs)))
      case 'denied':
        return jittered(Math.max(everyMs, Math.min(everyMs * 2 ** Math.min(times, 20), limits.deniedMs)))
    }
  }

  function countsOf(call: Call, outcome: Outcome): readonly string[] {
    if (outcome.kind === 'interrupted') return call.accounts
    if (outcome.kind !== 'refused') return []
    if (outcome.refusedBy !== 'token' || call.app === null) return [call.account]
    // Calls that shared one refused token request are one refusal.
    const since = accountOf(call.app).refusedSteady
    return since !== null && failuresOf(call.app) > 0 && call.began < since ? [] : [call.app]
  }

  function resetsOf(call: Call, outcome: Outcome): string[] {
    const good = [
      ...(outcome.kind === 'works' ? [call.account] : []),
      ...(call.app !== null && (outcome.kind === 'works' || outcome.tokenUntil !== null) ? [call.app] : []),
    ]
    return good.filter((name) => {
      const since = accountOf(name).refusedSteady
      return failuresOf(name) > 0 && (since === null || call.began >= since)
    })
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
          for (const name of accountsOf(known.target)) accountOf(name).users.delete(target.id)
          known.target = target
          // What was in the way may be gone; a refusal's wait stays.
          if (edited && recordOf(ledger, target.id).trouble !== null) known.nextSteady = now.steady
          known.nextSteady = Math.min(known.nextSteady, now.steady + longestPause(target))
        }
        for (const name of accountsOf(target)) accountOf(name).users.add(target.id)
      }
      paces.share(targets)
      if (!recovered) {
        recover(now)
        for (const [host, until] of Object.entries(ledger.hosts))
          paces.of(host).rest(now.steady + Math.min(Math.max(0, until - now.wall), limits.longestRestMs))
      }
      for (const runtime of runtimes.values()) obey(runtime, now)
      for (const name of accounts.keys()) settle(name, now)
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
          const blocker = blockedBy(runtime.target, now)
          if (blocker !== null) {
            runtime.place = 'blocked'
            accountOf(blocker).blocked.push(id)
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
      const counts = [...countsOf(call, outcome)]
      const resets = resetsOf(call, outcome)
      const { trouble } = recordOf(ledger, id)
      const times = trouble !== null && trouble.kind === outcome.kind ? trouble.times + 1 : 1
      const rest = outcome.kind === 'busy' ? restMs(outcome, times) : null
      const every = runtime?.target.everyMs ?? 0
      const nextSteady = now.steady + (rest ?? pauseMs(every, outcome.kind, times))
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
      for (const name of counts) accountOf(name).refusedSteady = now.steady
      for (const name of resets) accountOf(name).refusedSteady = null
      if (call.app !== null) {
        const app = accountOf(call.app)
        if (counts.includes(call.app)) app.provenUntil = -Infinity
        // The end of a token is told by a clock that was set meanwhile: it proves nothing.
        else if (call.shifts !== shifts) app.provenUntil = -Infinity
        else if (outcome.tokenUntil !== null)
          app.provenUntil = now.steady + outcome.tokenUntil - now.wall - tokenMarginMs
        else if (outcome.kind === 'works') app.provenUntil = now.steady + unknownTokenMs
      }
      if (runtime !== undefined) {
        runtime.place = 'planned'
        runtime.nextSteady = nextSteady
      }
      for (const name of counts) settle(name, now)
      replan([id, ...[...counts, ...resets].flatMap((name) => [...accountOf(name).users])], now)
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
