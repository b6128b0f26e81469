/** How long a connection pauses after a call, refusals aside: those wait by their policy. */
import { limits } from '../limits.ts'
import type { Outcome } from './outcome.ts'
import type { OutcomeKind } from './schema.ts'

/** `random`: 0 to below 1. Spreads calls, so that they do not come together again and again. */
const jittered = (ms: number, random: number): number => ms * (1 + limits.callJitter * (2 * random - 1))

/** In ms, until the next call; `times`: how often in a row the call has ended like this. */
export function pauseMs(o: { everyMs: number; kind: OutcomeKind; times: number; random: () => number }): number {
  const { everyMs, times } = o
  switch (o.kind) {
    case 'works':
      return jittered(everyMs, o.random())
    case 'not-made':
    case 'refused':
    case 'interrupted':
    case 'busy':
      return 0
    case 'unreachable':
    case 'unready':
      return jittered(
        Math.max(everyMs, Math.min(everyMs * 2 ** Math.min(times - 1, 20), limits.unreachableMs)),
        o.random(),
      )
    case 'denied':
      return jittered(Math.max(everyMs, Math.min(everyMs * 2 ** Math.min(times, 20), limits.deniedMs)), o.random())
  }
}

/** In ms, how long a host that is busy is left alone: as it asked, within bounds, or longer each time. */
export function restMs({ restMs: asked }: Outcome, times: number): number {
  const wanted = asked ?? limits.restMs * 2 ** Math.min(times - 1, 10)
  return Math.min(Math.max(wanted, limits.shortestRestMs), limits.longestRestMs)
}

/** A clock that was set back while nobody looked, or an interval that was long, must not hold a connection for longer than this. */
export function longestPauseMs(everyMs: number, trouble: OutcomeKind | null): number {
  const longest = trouble === null ? 0 : trouble === 'denied' ? limits.deniedMs : limits.unreachableMs
  return Math.max(everyMs, longest) * (1 + limits.callJitter)
}
