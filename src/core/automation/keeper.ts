/**
 * Makes the calls that the engine decides on, until it is stopped: stores what begins before it begins, and what ended when it
 * ended. The clock, the store and the call are handed in.
 */
import type { Engine } from './engine.ts'
import type { Now, Target } from './target.ts'
import type { Outcome } from './outcome.ts'
import type { Entry } from './schema.ts'

export type Clock = {
  now(): Now
  /** Comes back after `ms`, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export type KeeperOptions = {
  engine: Engine
  clock: Clock
  /** Resolves when the entries are on the disk. */
  store: (entries: readonly Entry[]) => Promise<void>
  /** Connections as they are configured now; null: nothing changed since the last time. */
  targets: () => readonly Target[] | null
  call: (connection: string, signal: AbortSignal) => Promise<Outcome>
  /** Told after they were stored. */
  onEntries: (entries: readonly Entry[]) => void
  /** Ends when everything that was due has been called once. */
  once?: boolean
}

export type Keeper = {
  /** Runs until `signal` aborts; then no call begins, and those under way get some time. Rejects when the store fails: no call may be made then. */
  run(signal: AbortSignal): Promise<void>
  /** Has it look at the configuration now. */
  poke(): void
}

/** How often it looks whether the configuration changed, at least. */
const lookMs = 1_000
/** Calls under way get this long to end by themselves when everything is to stop. */
export const endMs = 10_000

const crashed: Outcome = { kind: 'unreachable', refusedBy: null, finding: null, restMs: null, tokenUntil: null }

export function createKeeper(o: KeeperOptions): Keeper {
  const { engine, clock } = o
  let wake = new AbortController()
  const poke = (): void => wake.abort()

  async function store(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return
    await o.store(entries)
    o.onEntries(entries)
  }

  return {
    poke,
    async run(signal) {
      const stopCalls = new AbortController()
      const underWay = new Set<Promise<void>>()
      let failure: { error: unknown } | null = null
      const make = async (connection: string): Promise<void> => {
        const outcome = await o.call(connection, stopCalls.signal).catch(() => crashed)
        try {
          await store(engine.end(connection, outcome, clock.now()))
        } catch (error) {
          failure ??= { error }
        }
        poke()
      }
      const stopped = (): boolean => signal.aborted || failure !== null
      signal.addEventListener('abort', poke, { once: true })
      try {
        while (!stopped()) {
          wake = new AbortController()
          const targets = o.targets()
          if (targets !== null) await store(engine.configure(targets, clock.now()))
          const { begins, entries } = engine.next(clock.now())
          await store(entries)
          for (const connection of begins) {
            const one = make(connection).finally(() => underWay.delete(one))
            underWay.add(one)
          }
          const now = clock.now()
          const at = engine.wakeAt(now)
          const isDue = at !== null && at <= now.steady
          if (o.once === true && underWay.size === 0 && !isDue) break
          if (isDue && begins.length > 0) continue
          await clock.sleep(Math.min(lookMs, at === null ? lookMs : Math.max(at - now.steady, 1)), wake.signal)
        }
      } catch (error) {
        failure ??= { error }
      } finally {
        signal.removeEventListener('abort', poke)
        const patience = new AbortController()
        const late = clock.sleep(endMs, patience.signal).then(() => stopCalls.abort())
        await Promise.all(underWay)
        patience.abort()
        await late
      }
      if (failure !== null) throw failure.error
    },
  }
}

/** The clocks of this process. */
export const processClock: Clock = {
  now: () => ({ wall: Date.now(), steady: performance.now() }),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve()
        return
      }
      const done = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
    }),
}
