/** The 401 policy of the basics (row A13): read once, saved with the rest of the dialog. */
import { useEffect, useState } from 'react'
import { policyBounds, type Policy } from '../../../contract/policy.ts'
import type { Client } from '../../client.ts'
import { isPolicyGood } from '../connections/PolicyFields.tsx'

export type PolicySettings = { policy: Policy; everyMinutes: number }

export type PolicyControl = {
  /** Null: not known yet. */
  value: PolicySettings | null
  isChanged: boolean
  isGood: boolean
  change: (value: PolicySettings) => void
  /** True when it is stored, or did not change. */
  save: () => Promise<boolean>
}

export function usePolicy(client: Client): PolicyControl {
  const [stored, setStored] = useState<PolicySettings | null>(null)
  const [draft, setDraft] = useState<PolicySettings | null>(null)
  useEffect(() => {
    let stale = false
    client.connections.policy({}).then(
      (answer) => stale || setStored(answer),
      // Without an answer the group stays away; everything else of the dialog works.
      () => undefined,
    )
    return () => {
      stale = true
    }
  }, [client])
  const value = draft ?? stored
  const isChanged = draft !== null && JSON.stringify(draft) !== JSON.stringify(stored)
  const { least, most } = policyBounds.everyMinutes
  return {
    value,
    isChanged,
    isGood: value === null || (isPolicyGood(value.policy) && value.everyMinutes >= least && value.everyMinutes <= most),
    change: setDraft,
    async save() {
      if (!isChanged || draft === null) return true
      try {
        await client.connections.savePolicy(draft)
        setStored(draft)
        setDraft(null)
        return true
      } catch {
        return false
      }
    },
  }
}
