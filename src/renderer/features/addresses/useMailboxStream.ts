/** A stream of work in a mailbox: one at a time, stopped by hand or with the section, its login told beside its events. */
import { useEffect, useRef, useState } from 'react'
import type { RunEvent, RunResult } from '../../../contract/contract.ts'
import { refusalOf } from '../../client.ts'

type Event = { kind: string } | { kind: 'run'; event: RunEvent }

export type StreamState = {
  isRunning: boolean
  /** The login that did not work, once it is known. */
  failed: RunResult | null
  refusal: 'active' | 'lost' | 'withheld' | null
}

const refusals: ReadonlyMap<string, 'active' | 'withheld'> = new Map([
  ['MAILBOX_ACTIVE', 'active'],
  ['SECRET_WITHHELD', 'withheld'],
])

export function useMailboxStream<T extends Event>(): {
  state: StreamState
  start: (open: (signal: AbortSignal) => Promise<AsyncIterable<T>>, onEvent: (event: T) => void) => Promise<void>
  stop: () => void
} {
  const [state, setState] = useState<StreamState>({ isRunning: false, failed: null, refusal: null })
  const controller = useRef<AbortController | null>(null)
  useEffect(() => () => controller.current?.abort(), [])

  return {
    state,
    async start(open, onEvent) {
      if (controller.current !== null) return
      const own = new AbortController()
      controller.current = own
      setState({ isRunning: true, failed: null, refusal: null })
      let failed: RunResult | null = null
      let refusal: StreamState['refusal'] = null
      try {
        for await (const event of await open(own.signal)) {
          const ended = 'event' in event && event.event.kind === 'ended' ? event.event.result : null
          if (ended !== null && !ended.ok && ended.evidence.outcome !== 'cancelled') failed = ended
          onEvent(event)
        }
      } catch (error) {
        if (!own.signal.aborted) refusal = refusals.get(refusalOf(error)?.code ?? '') ?? 'lost'
      }
      controller.current = null
      setState({ isRunning: false, failed, refusal })
    },
    stop: () => controller.current?.abort(),
  }
}
