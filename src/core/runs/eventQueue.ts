/** Events from work that goes on to a reader that takes them one by one: nothing is lost, and the end comes last. */
export type Queue<T> = {
  push(item: T): void
  end(): void
  fail(error: unknown): void
  items(): AsyncGenerator<T, void, void>
}

export function createQueue<T>(): Queue<T> {
  const waiting: T[] = []
  let ended = false
  let failure: { error: unknown } | null = null
  let wake: () => void = () => undefined
  return {
    push(item) {
      waiting.push(item)
      wake()
    },
    end() {
      ended = true
      wake()
    },
    fail(error) {
      failure = { error }
      wake()
    },
    async *items() {
      for (;;) {
        const next = waiting.shift()
        if (next !== undefined) yield next
        else if (failure !== null) throw failure.error
        else if (ended) return
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}
