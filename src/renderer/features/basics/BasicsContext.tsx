/** The fields of the dialog, shared by the sections that show them: what one section types, the other has. */
import { createContext, useContext, type ReactNode } from 'react'
import type { AppState } from '../../../contract/contract.ts'
import { useClient } from '../../client.ts'
import { useBasics, type BasicsControl } from './useBasics.ts'

const BasicsContext = createContext<BasicsControl | null>(null)

export function BasicsProvider({ start, children }: { start: AppState; children: ReactNode }) {
  const control = useBasics(useClient(), start)
  return <BasicsContext value={control}>{children}</BasicsContext>
}

export function useSharedBasics(): BasicsControl {
  const control = useContext(BasicsContext)
  if (control === null) throw new Error('a section was rendered without the fields')
  return control
}
