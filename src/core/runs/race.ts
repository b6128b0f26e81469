/** Questions that run side by side, each with the rank of what it may bring, and the waiting for the next change. */
export type Race = {
  /** Ends the questions that are no longer needed. */
  group: AbortSignal
  /** Adds a question; its rank counts as "still under way" until it settles. */
  start(rank: number, work: Promise<unknown>): void
  /** How many questions of a better rank are still under way; without a rank, how many at all. */
  underWay(betterThan?: number): number
  /** Ms since the race began. */
  elapsed(): number
  /** Ms after which the slowest answer so far came: what this network showed. */
  slowestAnswer(): number
  /** Resolves after `ms`, or at once when the race is stopped. False: it was, so nothing more needs to be asked. */
  pause(ms: number): Promise<boolean>
  /** Resolves when a question settles, when the run is stopped, or after `ms`. */
  changed(ms: number): Promise<void>
  /** Stops everything and waits until it has ended. */
  stop(): Promise<void>
}

export function createRace(signal: AbortSignal): Race {
  const unneeded = new AbortController()
  const pending = new Map<Promise<unknown>, number>()
  const began = performance.now()
  /** Ends of the pauses under way, behind one listener for all of them. */
  const pauses = new Set<() => void>()
  const endPauses = (): void => {
    for (const done of pauses) done()
  }
  signal.addEventListener('abort', endPauses, { once: true })
  let slowest = 0
  let wake: () => void = () => undefined
  const elapsed = (): number => performance.now() - began

  return {
    group: unneeded.signal,
    start(rank, work) {
      const settled = work.finally(() => {
        pending.delete(settled)
        slowest = elapsed()
        wake()
      })
      pending.set(settled, rank)
    },
    underWay: (betterThan = Number.POSITIVE_INFINITY) =>
      [...pending.values()].filter((rank) => rank < betterThan).length,
    elapsed,
    slowestAnswer: () => slowest,
    pause: (ms) =>
      new Promise((resolve) => {
        const over = (): boolean => signal.aborted || unneeded.signal.aborted
        const done = (): void => {
          clearTimeout(timer)
          pauses.delete(done)
          resolve(!over())
        }
        const timer = setTimeout(done, ms)
        pauses.add(done)
        if (ms <= 0 || over()) done()
      }),
    changed: (ms) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', done)
          resolve()
        }
        const timer = Number.isFinite(ms) ? setTimeout(done, Math.max(1, ms)) : undefined
        wake = done
        signal.addEventListener('abort', done, { once: true })
        if (signal.aborted) done()
      }),
    async stop() {
      unneeded.abort()
      signal.removeEventListener('abort', endPauses)
      endPauses()
      await Promise.allSettled(pending.keys())
    },
  }
}
