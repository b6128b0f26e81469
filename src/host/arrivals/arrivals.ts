/**
 * Between those who have something for a window and the window itself. What arrives is kept until the window says that it has shown it,
 * so that one that is not there yet, or is just being loaded anew, loses nothing and gets nothing twice.
 */
import type { Arrival } from '../../contract/contract.ts'
import { limits } from '../../core/limits.ts'
import { eventQueue, type EventQueue } from '../eventQueue.ts'

export type Numbered = { id: number; arrival: Arrival }

export type Arrivals = {
  put(arrival: Arrival): void
  /** What waits, then what comes, until the signal. */
  stream(signal: AbortSignal | undefined): AsyncGenerator<Numbered, void, void>
  settle(id: number): void
}

export function openArrivals(): Arrivals {
  const waiting = new Map<number, Arrival>()
  const listeners = new Set<EventQueue<Numbered>>()
  let last = 0

  function makeRoom(arrival: Arrival): void {
    for (const [id, { kind }] of waiting) {
      // Of files, which are large, the last one counts: it is the one that a person opened last. So it is with sections.
      if (kind === arrival.kind || waiting.size >= limits.arrivalsWaiting) waiting.delete(id)
    }
  }

  return {
    put(arrival) {
      last += 1
      const numbered = { id: last, arrival }
      // A press is meant for the window that is there; hours later it would be a surprise.
      if (arrival.kind !== 'run') {
        makeRoom(arrival)
        waiting.set(last, arrival)
      }
      for (const listener of listeners) listener.push(numbered)
    },
    async *stream(signal) {
      if (signal?.aborted === true) return
      const queue = eventQueue<Numbered>()
      const end = () => queue.end()
      signal?.addEventListener('abort', end, { once: true })
      for (const [id, arrival] of waiting) queue.push({ id, arrival })
      listeners.add(queue)
      try {
        yield* queue.items()
      } finally {
        listeners.delete(queue)
        signal?.removeEventListener('abort', end)
      }
    },
    settle: (id) => void waiting.delete(id),
  }
}
