/** The guide's state in the profile: read at the start and after each check, changed by ticks and by the choice of a model. */
import { useEffect, useState } from 'react'
import type { GuideState, GuideStep, PermissionModel } from '../../../contract/guide.ts'
import { refusalOf, useClient } from '../../client.ts'

export type GuideControl = {
  /** null: not read yet. */
  state: GuideState | null
  /** Why the last change could not be stored; null: it was. */
  obstacle: string | null
  refresh: () => Promise<GuideState | null>
  choose: (model: PermissionModel) => void
  tick: (step: GuideStep, ticked: boolean) => void
}

export function useGuide(isShown: boolean): GuideControl {
  const client = useClient()
  const [state, setState] = useState<GuideState | null>(null)
  const [obstacle, setObstacle] = useState<string | null>(null)

  const refresh = async (): Promise<GuideState | null> => {
    const fresh = await client.guide.state({}).catch(() => null)
    if (fresh !== null) setState(fresh)
    return fresh
  }

  // A test in another section teaches the guide too.
  useEffect(() => {
    if (!isShown) return undefined
    let stale = false
    client.guide.state({}).then(
      (fresh) => stale || setState(fresh),
      () => stale || setObstacle('LOST'),
    )
    return () => {
      stale = true
    }
  }, [client, isShown])

  /** Shows a change at once, and takes it back where it could not be stored. */
  const change = (shown: (before: GuideState) => GuideState, call: Promise<GuideState>) => {
    setState((before) => (before === null ? before : shown(before)))
    call.then(
      (fresh) => {
        setState(fresh)
        setObstacle(null)
      },
      (error: unknown) => {
        const code = refusalOf(error)?.data['code']
        setObstacle(typeof code === 'string' ? code : 'LOST')
        void refresh()
      },
    )
  }
  return {
    state,
    obstacle,
    refresh,
    choose: (model) => change((before) => ({ ...before, model }), client.guide.choose({ model })),
    tick: (step, ticked) =>
      change(
        (before) => ({
          ...before,
          steps: before.steps.map((entry) => (entry.id === step ? { ...entry, ticked } : entry)),
        }),
        client.guide.tick({ step, ticked }),
      ),
  }
}
