/** A heap of what becomes due when. An entry that was replaced stays inside until its turn and is dropped then. */
export type DueQueue = {
  /** Sets or moves; null takes it out. */
  set(id: string, due: number | null): void
  /** When the next one is due; null: none. */
  next(): number | null
  /** Takes out the next one that is due by `now`. */
  take(now: number): string | null
}

type Item = { id: string; due: number; version: number }

export function createDueQueue(): DueQueue {
  const heap: Item[] = []
  const versions = new Map<string, number>()
  let counter = 0

  const before = (one: Item, other: Item): boolean =>
    one.due < other.due || (one.due === other.due && one.version < other.version)

  function push(item: Item): void {
    let at = heap.push(item) - 1
    for (;;) {
      const up = (at - 1) >> 1
      const parent = heap[up]
      if (at === 0 || parent === undefined || !before(item, parent)) break
      heap[at] = parent
      at = up
    }
    heap[at] = item
  }

  function pop(): void {
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const one = heap[left]
      const other = heap[left + 1]
      if (one === undefined) break
      const isRight = other !== undefined && before(other, one)
      const child = isRight ? other : one
      if (!before(child, last)) break
      heap[at] = child
      at = isRight ? left + 1 : left
    }
    heap[at] = last
  }

  /** The first entry that was not replaced. */
  function first(): Item | undefined {
    for (;;) {
      const item = heap[0]
      if (item === undefined || versions.get(item.id) === item.version) return item
      pop()
    }
  }

  return {
    set(id, due) {
      counter += 1
      if (due === null) {
        versions.delete(id)
        return
      }
      versions.set(id, counter)
      push({ id, due, version: counter })
    },
    next: () => first()?.due ?? null,
    take(now) {
      const item = first()
      if (item === undefined || item.due > now) return null
      pop()
      versions.delete(item.id)
      return item.id
    },
  }
}
