/** Hands a text or bytes to the connector and keeps its answer. A newer question makes the answer to an older one worthless. */
import { useRef, useState } from 'react'
import type { Diagnosis, Facts } from '../../../contract/contract.ts'
import type { Client } from '../../client.ts'
import type { Words } from '../../words.ts'
import { base64, isTooLarge } from './intake.ts'

export type Problem =
  | { kind: 'refusal'; reason: keyof Words['explain']['refusals']; facts: Facts }
  | { kind: 'page'; text: 'nothing' | 'unreadable' | 'failed'; facts: Facts }

export type DiagnosisState =
  | { kind: 'empty' }
  | { kind: 'judging' }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'explained'; turn: number; diagnosis: Extract<Diagnosis, { kind: 'explained' }> }

export type DiagnosisControl = {
  state: DiagnosisState
  judge: (bytes: Uint8Array) => Promise<void>
  fail: (problem: Problem) => void
  clear: () => void
}

export function useDiagnosis(client: Client): DiagnosisControl {
  const [state, setState] = useState<DiagnosisState>({ kind: 'empty' })
  const latest = useRef(0)

  const put = (next: DiagnosisState) => {
    latest.current += 1
    setState(next)
  }
  const fail = (problem: Problem) => put({ kind: 'problem', problem })

  const judge = async (bytes: Uint8Array) => {
    if (isTooLarge(bytes.length)) return fail(tooLarge)
    put({ kind: 'judging' })
    const turn = latest.current
    try {
      const diagnosis = await client.diagnosis.explain({ content: base64(bytes) })
      if (turn !== latest.current) return undefined
      if (diagnosis.kind === 'explained') setState({ kind: 'explained', turn, diagnosis })
      else fail({ kind: 'refusal', reason: diagnosis.reason, facts: diagnosis.facts })
    } catch {
      if (turn === latest.current) fail({ kind: 'page', text: 'failed', facts: {} })
    }
    return undefined
  }

  return { state, judge, fail, clear: () => put({ kind: 'empty' }) }
}

export const tooLarge: Problem = { kind: 'refusal', reason: 'tooLarge', facts: { limit: '20 MB' } }
