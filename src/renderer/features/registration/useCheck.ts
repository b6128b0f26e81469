/** Drives the check of one step at a time: starts it, reads its events, stops it, answers its question. */
import { useEffect, useRef, useState } from 'react'
import type { ConsentQuestion, Draft, RunResult, Step, TypedSecrets } from '../../../contract/contract.ts'
import type { GuideStep, PermissionModel } from '../../../contract/guide.ts'
import { useClient } from '../../client.ts'
import { neverBegan } from '../run/useRun.ts'

export type CheckRun = {
  step: GuideStep
  status: 'running' | 'ended' | 'stopped' | 'lost' | 'refused' | 'withheld'
  seen: readonly Step[]
  result: RunResult | null
  question: ConsentQuestion | null
}

export type CheckControl = {
  run: CheckRun | null
  start: (input: { step: GuideStep; model: PermissionModel; draft: Draft; secrets: TypedSecrets }) => Promise<void>
  stop: () => void
  answer: (consent: boolean) => void
}

export function useCheck(onEnded: (step: GuideStep) => Promise<void>): CheckControl {
  const client = useClient()
  const [run, setRun] = useState<CheckRun | null>(null)
  const active = useRef<AbortController | null>(null)
  useEffect(() => () => active.current?.abort(), [])

  const start: CheckControl['start'] = async (input) => {
    if (active.current !== null) return
    const own = new AbortController()
    active.current = own
    const change = (more: (before: CheckRun) => Partial<CheckRun>) =>
      setRun((before) => (before === null ? before : { ...before, ...more(before) }))
    setRun({ step: input.step, status: 'running', seen: [], result: null, question: null })
    let status: CheckRun['status'] = 'lost'
    try {
      for await (const event of await client.guide.check(input, { signal: own.signal })) {
        if (event.kind === 'step-ended') change(({ seen }) => ({ seen: [...seen, event.step] }))
        else if (event.kind === 'question') change(() => ({ question: event.question }))
        else if (event.kind === 'ended') {
          status = 'ended'
          change(() => ({ result: event.result, seen: event.result.evidence.steps }))
        }
      }
    } catch (error) {
      status = neverBegan(error)
    }
    if (own.signal.aborted) status = 'stopped'
    active.current = null
    if (status === 'ended') await onEnded(input.step)
    change(() => ({ status, question: null }))
  }

  return {
    run,
    start,
    stop: () => active.current?.abort(),
    answer: (consent) => {
      const question = run?.question ?? null
      if (question === null) return
      setRun((before) => (before === null ? before : { ...before, question: null }))
      // Without the answer the check waits until its time is over; nothing is sent in the meantime.
      client.runs.answer({ questionId: question.id, consent }).catch(() => undefined)
    },
  }
}
