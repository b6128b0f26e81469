/** The sections of the window, in the order of their tabs. A section is loaded at its first visit and keeps its state from then on. */
import { lazy, type ComponentType } from 'react'
import type { AppState } from '../contract/contract.ts'
import type { Texts } from '../texts/index.ts'
import { BasicsPage } from './features/basics/BasicsPage.tsx'

export type SectionId = keyof Texts['dialog']['sections']

export type SectionProps = {
  start: AppState
  /** False while another section is in front: keys and announcements belong to that one. */
  isShown: boolean
}

export type Section = { id: SectionId; Page: ComponentType<SectionProps> }

/** All but the first load their code with `lazy`, so that the first view stays small. */
export const sections: readonly [Section, ...Section[]] = [
  { id: 'basics', Page: BasicsPage },
  { id: 'connections', Page: lazy(() => import('./features/connections/ConnectionsPage.tsx')) },
  {
    id: 'diagnosis',
    Page: lazy(async () => ({ default: (await import('./features/diagnosis/DiagnosisPage.tsx')).DiagnosisPage })),
  },
]
