/** The sections that were visited, one of them in front, and what reaches them from outside the window. */
import { Suspense, useState } from 'react'
import type { AppState } from '../contract/contract.ts'
import { useClient } from './client.ts'
import type { AboutPart } from './features/about/AboutDialog.tsx'
import { DropTarget } from './features/arrivals/DropTarget.tsx'
import { TroubleNotice } from './features/arrivals/TroubleNotice.tsx'
import { useArrivals } from './features/arrivals/useArrivals.ts'
import { BasicsProvider } from './features/basics/BasicsContext.tsx'
import { useAnnounce } from './parts/Announcer.tsx'
import { Failure } from './parts/Failure.tsx'
import { Waiting } from './parts/Waiting.tsx'
import { sections, type SectionId } from './sections.tsx'
import { useWords } from './words.ts'

type SectionStackProps = {
  start: AppState
  /** Counts the answers of the host, so that pages about one profile begin anew with each. */
  turn: number
  shown: SectionId
  visited: readonly SectionId[]
  onShow: (section: SectionId) => void
  unsaved: ReadonlySet<SectionId>
  setUnsaved: (change: (before: ReadonlySet<SectionId>) => ReadonlySet<SectionId>) => void
  reload: () => Promise<void>
  /** The menu wants something about the product shown. */
  onAbout: (part: AboutPart) => void
}

export function SectionStack({
  start,
  turn,
  shown,
  visited,
  onShow,
  unsaved,
  setUnsaved,
  reload,
  onAbout,
}: SectionStackProps) {
  const { dialog, arrivals: texts, fill, count } = useWords()
  const announce = useAnnounce()
  const [tell] = useState(() => tellersOf(setUnsaved))
  const arrivals = useArrivals({
    client: useClient(),
    show: onShow,
    onAbout,
    onShown: (section) => announce(dialog.sections[section].title),
    onOpened({ name, section, others }) {
      const opened = fill(texts.opened, { name, section: dialog.sections[section].tab })
      announce(others === 0 ? opened : `${opened} ${count(texts.others, others)}`)
    },
  })
  return (
    <BasicsProvider key={turn} start={start}>
      <TroubleNotice trouble={arrivals.trouble} onDismiss={arrivals.dismiss} />
      {sections
        .filter(({ id }) => visited.includes(id))
        .map(({ id, Page, isAboutAll }) => (
          <div key={isAboutAll === true ? id : `${id} ${turn}`} className="section" hidden={id !== shown}>
            <Failure>
              <Suspense fallback={<Waiting>{dialog.start.loading}</Waiting>}>
                <Page
                  start={start}
                  isShown={id === shown}
                  setUnsaved={tell[id]}
                  hasUnsaved={unsaved.size > 0}
                  reload={reload}
                  given={arrivals.given[id] ?? null}
                />
              </Suspense>
            </Failure>
          </div>
        ))}
      <DropTarget onDrop={arrivals.drop} />
    </BasicsProvider>
  )
}

type Tellers = Readonly<Record<SectionId, (isUnsaved: boolean) => void>>

/** One stable function for each section. */
function tellersOf(change: SectionStackProps['setUnsaved']): Tellers {
  const teller = (id: SectionId) => (isUnsaved: boolean) =>
    change((before) => {
      if (before.has(id) === isUnsaved) return before
      const next = new Set(before)
      if (isUnsaved) next.add(id)
      else next.delete(id)
      return next
    })
  return Object.fromEntries(sections.map(({ id }) => [id, teller(id)])) as Record<
    SectionId,
    (isUnsaved: boolean) => void
  >
}
