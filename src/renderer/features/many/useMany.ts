/** Drives a check of many: starts it, reads its events, stops it by closing the stream. */
import { useEffect, useReducer, useRef, useState } from 'react'
import { refusalOf, type Client } from '../../client.ts'
import { groupOf, isUnderWay, noRows, reduceMany, type Many } from './many.ts'

export type Source = { kind: 'profiles' } | { kind: 'csv'; content: string }
export type Refusal =
  { id: string; facts: Record<string, string | number> } | { id: 'active' | 'lost'; facts: Record<string, never> }

export type ManyControl = {
  state: Many
  refusal: Refusal | null
  /** `goOn`: only what has no end yet. */
  start: (source: Source, options: { parallel: number; goOn: boolean }) => Promise<void>
  stop: () => void
}

/** A stopped stream that does not end by itself counts as ended after this. */
const stopMs = 3_000

export function useMany(client: Client): ManyControl {
  const [state, dispatch] = useReducer(reduceMany, noRows)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const active = useRef<AbortController | null>(null)
  const lastStop = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(
    () => () => {
      active.current?.abort()
      clearTimeout(lastStop.current)
    },
    [],
  )

  const start: ManyControl['start'] = async (source, { parallel, goOn }) => {
    if (active.current !== null) return
    const own = new AbortController()
    active.current = own
    const done = goOn ? state.rows.filter((row) => groupOf(row) !== 'open').map(({ id }) => id) : []
    setRefusal(null)
    dispatch({ kind: 'started', fresh: !goOn })
    let status: Many['status'] = 'ended'
    try {
      const events = await client.batch.start({ source, parallel, done }, { signal: own.signal })
      for await (const event of events) {
        if (active.current !== own) break
        dispatch({ kind: 'event', event })
      }
    } catch (error) {
      status = own.signal.aborted ? 'stopped' : 'lost'
      if (!own.signal.aborted) setRefusal(refused(error))
    }
    if (active.current !== own) return
    active.current = null
    clearTimeout(lastStop.current)
    dispatch({ kind: 'status', status: own.signal.aborted ? 'stopped' : status })
  }

  const stop = () => {
    const own = active.current
    if (own === null || own.signal.aborted) return
    dispatch({ kind: 'status', status: 'stopping' })
    own.abort()
    lastStop.current = setTimeout(() => {
      if (active.current !== own) return
      active.current = null
      dispatch({ kind: 'status', status: 'stopped' })
    }, stopMs)
  }
  return { state, refusal: isUnderWay(state) ? null : refusal, start, stop }
}

function refused(error: unknown): Refusal {
  const refusal = refusalOf(error)
  if (refusal?.code === 'BATCH_ACTIVE') return { id: 'active', facts: {} }
  if (refusal?.code === 'SECRET_WITHHELD') return { id: 'withheld', facts: {} }
  const id = refusal?.data['id']
  if (typeof id !== 'string') return { id: 'lost', facts: {} }
  const facts = refusal?.data['facts']
  return { id, facts: isFacts(facts) ? facts : {} }
}

function isFacts(value: unknown): value is Record<string, string | number> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((fact) => typeof fact === 'string' || typeof fact === 'number')
  )
}
