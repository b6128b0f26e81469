/** The sections of the window, in the order of their tabs. A section is loaded at its first visit and keeps its state from then on. */
import { lazy, type ComponentType } from 'react'
import type { AppState, SectionId } from '../contract/contract.ts'
import type { Given } from './features/arrivals/given.ts'
import { BasicsPage } from './features/basics/BasicsPage.tsx'

export type { SectionId } from '../contract/contract.ts'

export type SectionProps = {
  start: AppState
  /** False while another section is in front: keys and announcements belong to that one. */
  isShown: boolean
  /** Tells whether something was typed here that is not saved. */
  setUnsaved: (isUnsaved: boolean) => void
  /** Something typed in any section is not saved. */
  hasUnsaved: boolean
  /** Asks the host again for where things stand, after a change that this page did not make field by field. */
  reload: () => Promise<void>
  /** What arrived for this section from outside it; taken once. */
  given: Given | null
}

export type Section = {
  id: SectionId
  Page: ComponentType<SectionProps>
  /** Not about one profile: it stays as it is when another one is opened. */
  isAboutAll?: true
}

/** All but the first load their code with `lazy`, so that the first view stays small. */
export const sections: readonly [Section, ...Section[]] = [
  { id: 'basics', Page: BasicsPage },
  { id: 'connections', Page: lazy(() => import('./features/connections/ConnectionsPage.tsx')) },
  {
    id: 'registration',
    Page: lazy(async () => ({
      default: (await import('./features/registration/RegistrationPage.tsx')).RegistrationPage,
    })),
  },
  {
    id: 'addresses',
    Page: lazy(async () => ({ default: (await import('./features/addresses/AddressesPage.tsx')).AddressesPage })),
  },
  {
    id: 'diagnosis',
    Page: lazy(async () => ({ default: (await import('./features/diagnosis/DiagnosisPage.tsx')).DiagnosisPage })),
  },
  { id: 'transfer', Page: lazy(() => import('./features/transfer/TransferPage.tsx')) },
  { id: 'many', Page: lazy(() => import('./features/many/ManyPage.tsx')), isAboutAll: true },
]
