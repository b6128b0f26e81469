/** Drives a run: starts it, reads its events, stops it by closing the stream, answers its questions. */
import { useEffect, useReducer, useRef } from 'react'
import type { Draft, RunResult, SecondForm, TypedSecrets } from '../../../contract/contract.ts'
import { refusalOf, type Client } from '../../client.ts'
import { isUnderWay, noRun, reduceRun, type Command, type RunState } from './run.ts'

/** A run that was told to stop is given up after this time, whatever its stream does. */
const stopMs = 3_000

export type RunControl = {
  state: RunState
  start: (
    command: Command,
    input: { profile: string; draft: Draft; secrets: TypedSecrets; second: SecondForm },
  ) => Promise<void>
  stop: () => void
  answer: (consent: boolean, remember: boolean) => void
}

/** Why a run that was refused did not begin. */
export function neverBegan(error: unknown): 'refused' | 'withheld' | 'lost' {
  const code = refusalOf(error)?.code
  return code === 'RUN_ACTIVE' ? 'refused' : code === 'SECRET_WITHHELD' ? 'withheld' : 'lost'
}

export function useRun(client: Client, onEnded: (command: Command, result: RunResult) => void): RunControl {
  const [state, dispatch] = useReducer(reduceRun, noRun)
  const active = useRef<AbortController | null>(null)
  const lastStop = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  useEffect(
    () => () => {
      active.current?.abort()
      clearTimeout(lastStop.current)
    },
    [],
  )

  const start: RunControl['start'] = async (command, input) => {
    if (active.current !== null) return
    const own = new AbortController()
    const isOwn = () => active.current === own
    active.current = own
    dispatch({ kind: 'started', command })
    let result: RunResult | null = null
    try {
      const events = await client.runs[command](input, { signal: own.signal })
      for await (const event of events) {
        if (!isOwn()) break
        if (event.kind === 'ended') result = event.result
        dispatch({ kind: 'event', event, at: performance.now() })
      }
      if (isOwn() && result === null) dispatch({ kind: 'closed', as: own.signal.aborted ? 'stopped' : 'lost' })
    } catch (error) {
      if (isOwn()) dispatch({ kind: 'closed', as: own.signal.aborted ? 'stopped' : neverBegan(error) })
    }
    if (!isOwn()) return
    active.current = null
    clearTimeout(lastStop.current)
    if (result !== null) onEnded(command, result)
  }

  const stop = () => {
    const own = active.current
    if (own === null || own.signal.aborted) return
    dispatch({ kind: 'stopping' })
    own.abort()
    lastStop.current = setTimeout(() => {
      if (active.current !== own) return
      active.current = null
      dispatch({ kind: 'closed', as: 'stopped' })
    }, stopMs)
  }

  const answer: RunControl['answer'] = (consent, remember) => {
    const question = state.current?.question ?? null
    if (question === null || !isUnderWay(state.current)) return
    dispatch({ kind: 'answered', questionId: question.id })
    // Without the answer the run waits until its time is over; nothing is sent in the meantime.
    client.runs.answer({ questionId: question.id, consent, remember }).catch(() => undefined)
  }

  return { state, start, stop, answer }
}
