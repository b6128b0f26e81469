/**
 * How fast one host is called: a bounded number of calls at a time, a pause between two beginnings, and silence while the server
 * asked for rest. Whatever became due at once (after a sleep, a start, a rest) is so spread over most of an interval.
 */
import { limits } from '../limits.ts'

export type Pace = {
  queue(connection: string): void
  mayBegin(steady: number): boolean
  take(): string | null
  begun(steady: number): void
  ended(): void
  rest(until: number): void
  /** When the next call may begin; null: nobody waits, or a call has to end first. */
  wakeAt(steady: number): number | null
}

export type Paces = {
  of(host: string): Pace
  all(): Iterable<Pace>
  drop(host: string, connection: string): void
  /** Sets the pause between two calls by how many connections share a host. */
  share(targets: readonly { host: string; everyMs: number; automatic: boolean }[]): void
}

/** The part of an interval over which its connections are spread. */
const spread = 0.9

type State = { waiting: string[]; underWay: number; last: number; restUntil: number; gapMs: number; pace: Pace }

/** `hurry`: no pause between two calls, for a single round. */
export function createPaces(hurry: boolean): Paces {
  const states = new Map<string, State>()

  function stateOf(host: string): State {
    const known = states.get(host)
    if (known !== undefined) return known
    const state: State = {
      waiting: [],
      underWay: 0,
      last: -Infinity,
      restUntil: -Infinity,
      gapMs: hurry ? 0 : limits.callGapMs,
      pace: {
        queue: (connection) => void state.waiting.push(connection),
        mayBegin: (steady) => state.underWay < limits.callsPerHost && opensAt(state) <= steady,
        take: () => state.waiting.shift() ?? null,
        begun(steady) {
          state.underWay += 1
          state.last = steady
        },
        ended() {
          state.underWay -= 1
        },
        rest(until) {
          state.restUntil = Math.max(state.restUntil, until)
        },
        wakeAt: (steady) =>
          state.waiting.length === 0 || state.underWay >= limits.callsPerHost ? null : Math.max(opensAt(state), steady),
      },
    }
    states.set(host, state)
    return state
  }

  return {
    of: (host) => stateOf(host).pace,
    *all() {
      for (const { pace } of states.values()) yield pace
    },
    drop(host, connection) {
      const state = stateOf(host)
      state.waiting = state.waiting.filter((one) => one !== connection)
    },
    share(targets) {
      if (hurry) return
      const calls = new Map<string, number>()
      for (const { host, everyMs, automatic } of targets)
        if (automatic) calls.set(host, (calls.get(host) ?? 0) + 1 / everyMs)
      for (const [host, perMs] of calls) stateOf(host).gapMs = Math.min(limits.callGapMs, spread / perMs)
    },
  }
}

function opensAt({ last, gapMs, restUntil }: State): number {
  return Math.max(last + gapMs, restUntil)
}
