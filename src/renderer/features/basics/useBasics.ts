/** Ties the form to the connector: checks while typing, the check before a run, saving, removing a secret. */
import { useEffect, useReducer } from 'react'
import type { AppState, FieldName, Remark, SecretKind } from '../../../contract/contract.ts'
import { refusalOf, type Client } from '../../client.ts'
import {
  basicsOf,
  reduceBasics,
  secretOrder,
  wrongFields,
  type Basics,
  type BasicsAction,
  type SaveState,
} from './basics.ts'

/** How long typing has to pause before the fields are judged. */
const pauseMs = 300

export type BasicsControl = {
  state: Basics
  dispatch: (action: BasicsAction) => void
  /** Judges all fields before a run. Returns the wrong fields, in order; empty: the run may start. */
  submit: () => Promise<FieldName[]>
  /** True when everything is stored. */
  save: () => Promise<boolean>
  removeSecret: (secret: SecretKind) => Promise<boolean>
  removeTrustedHost: (host: string) => Promise<boolean>
}

export function useBasics(client: Client, start: AppState): BasicsControl {
  const [state, dispatch] = useReducer(reduceBasics, start, basicsOf)
  const { draft, typed, second } = state
  const { profile } = state.stored

  useEffect(() => {
    const stale = new AbortController()
    const timer = setTimeout(() => {
      client.settings.check({ profile, draft, secrets: typed, second }, { signal: stale.signal }).then(
        (remarks) => stale.signal.aborted || dispatch({ kind: 'judged', remarks }),
        // The next pause asks again; until then the remarks on screen stay.
        () => undefined,
      )
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stale.abort()
    }
  }, [client, profile, draft, typed, second])

  const submit = async (): Promise<FieldName[]> => {
    const addressMissing = draft.email.trim() === ''
    const remarks = await client.settings
      .check({ profile, draft, secrets: typed, second })
      .catch((): readonly Remark[] => state.remarks)
    dispatch({ kind: 'submitted', remarks, addressMissing })
    return wrongFields(remarks, addressMissing)
  }

  const save = async (): Promise<boolean> => {
    dispatch({ kind: 'save', state: { kind: 'saving' } })
    try {
      dispatch({ kind: 'stored', stored: await client.settings.save({ profile, draft, secrets: typed }), reset: true })
      dispatch({ kind: 'save', state: { kind: 'saved' } })
      return true
    } catch (error) {
      dispatch({ kind: 'save', state: failureOf(error) })
      return false
    }
  }

  const removeSecret = async (secret: SecretKind): Promise<boolean> => {
    try {
      dispatch({ kind: 'stored', stored: await client.settings.removeSecret({ profile, kind: secret }), reset: false })
      return true
    } catch {
      return false
    }
  }

  const removeTrustedHost = async (host: string): Promise<boolean> => {
    try {
      dispatch({ kind: 'stored', stored: await client.settings.removeTrustedHost({ profile, host }), reset: false })
      return true
    } catch {
      return false
    }
  }

  return { state, dispatch, submit, save, removeSecret, removeTrustedHost }
}

function failureOf(error: unknown): SaveState {
  const refusal = refusalOf(error)
  const kind = refusal?.data['kind']
  const detail = refusal?.data['code']
  return {
    kind: 'failed',
    code: refusal?.code ?? 'LOST',
    secret: secretOrder.find((known) => known === kind) ?? null,
    detail: typeof detail === 'string' ? detail : '',
  }
}
