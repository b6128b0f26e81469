/** What the window hands to a section: a file that was dropped or opened elsewhere, or a press in the program's menu. */
import { useEffect, useRef } from 'react'

export type Given = {
  what: { kind: 'file'; file: File } | { kind: 'run'; command: 'locate' | 'test' | 'stop' }
  /** The section has it. From then on it does not come again, not even after a reload of the window. */
  taken: () => void
}

/** Calls `take` once for each thing that is given, with what the section knows by then. */
export function useGiven(given: Given | null, take: (what: Given['what']) => void): void {
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    if (given === null) return
    given.taken()
    latest.current(given.what)
  }, [given])
}
