/** A queue between one that tells as things happen and one that listens at its own pace. */
export type EventQueue<T> = {
  push(item: T): void
  /** After it the listener gets what is queued, then the end. */
  end(): void
  /** After it the listener gets what is queued, then the error. */
  fail(error: unknown): void
  items(): AsyncGenerator<T, void, void>
}

export function eventQueue<T>(): EventQueue<T> {
  const queued: T[] = []
  let ended: { error?: unknown } | undefined
  let wake: (() => void) | undefined
  const changed = () => {
    wake?.()
    wake = undefined
  }
  return {
    push(item) {
      if (ended !== undefined) return
      queued.push(item)
      changed()
    },
    end() {
      ended ??= {}
      changed()
    },
    fail(error) {
      ended ??= { error }
      changed()
    },
    async *items() {
      for (;;) {
        while (queued.length > 0) {
          const item = queued.shift()
          if (item !== undefined) yield item
        }
        if (ended !== undefined) {
          if ('error' in ended) throw ended.error
          return
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
