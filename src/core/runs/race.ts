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
  /** Resolves when a question settles, when the run is stopped, or after `ms`. */
  changed(ms: number): Promise<void>
  /** Stops everything and waits until it has ended. */
  stop(): Promise<void>
}

export function createRace(signal: AbortSignal): Race {
  const unneeded = new AbortController()
  const pending = new Map<Promise<unknown>, number>()
  const began = performance.now()
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
      await Promise.allSettled(pending.keys())
    },
  }
}
