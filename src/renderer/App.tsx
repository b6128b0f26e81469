/** The window: asks the connector once for where things stand, then shows the dialog in the person's language. */
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { Button, I18nProvider } from 'react-aria-components'
import type { AppState, Language } from '../contract/contract.ts'
import { ClientContext, type Client } from './client.ts'
import { ProfileSwitcher } from './features/profiles/ProfileSwitcher.tsx'
import type { AboutPart } from './features/about/AboutDialog.tsx'
import { Announcer } from './parts/Announcer.tsx'
import { keepFocus } from './parts/keptFocus.ts'
import { Icon } from './parts/Icon.tsx'
import { Failure } from './parts/Failure.tsx'
import { LanguageSwitch } from './parts/LanguageSwitch.tsx'
import { SectionTabs } from './parts/SectionTabs.tsx'
import { Waiting } from './parts/Waiting.tsx'
import { SectionStack } from './SectionStack.tsx'
import { sections, type SectionId } from './sections.tsx'
import { wordsIn, WordsContext } from './words.ts'

/** `turn` counts the answers of the host. */
type Start = { kind: 'loading' } | { kind: 'failed' } | { kind: 'ready'; state: AppState; turn: number }

const locales: Record<Language, string> = { de: 'de-DE', en: 'en-GB' }

const AboutDialog = lazy(() => import('./features/about/AboutDialog.tsx'))

export function App({ client }: { client: Client }) {
  const [start, setStart] = useState<Start>({ kind: 'loading' })
  const [language, setLanguage] = useState<Language>(navigator.language.startsWith('de') ? 'de' : 'en')

  useEffect(keepFocus, [])

  const [shown, setShown] = useState<SectionId>(sections[0].id)
  const [visited, setVisited] = useState<readonly SectionId[]>([sections[0].id])

  /** What is told about the product at the moment: opened by the head, by the menu, or by itself after an update. */
  const [about, setAbout] = useState<AboutPart | null>(null)
  const closeAbout = () => {
    setAbout(null)
    if (about === 'whats-new') client.about.seen({}).catch(() => undefined)
  }

  const isLoading = start.kind === 'loading'
  useEffect(() => {
    if (!isLoading) return undefined
    let stale = false
    const begin = async () => {
      const state = await client.app.start({})
      if (stale) return
      setLanguage(state.language)
      setStart({ kind: 'ready', state, turn: 0 })
      if (state.hasNews) setAbout('whats-new')
    }
    begin().catch(() => stale || setStart({ kind: 'failed' }))
    return () => {
      stale = true
    }
  }, [client, isLoading])

  const [unsaved, setUnsaved] = useState<ReadonlySet<SectionId>>(new Set())
  const reload = useCallback(async () => {
    const state = await client.app.start({})
    setUnsaved(new Set())
    setStart((before) => ({ kind: 'ready', state, turn: before.kind === 'ready' ? before.turn + 1 : 0 }))
  }, [client])

  const words = wordsIn(language)
  const { title } = words.dialog.sections[shown]
  useEffect(() => {
    document.documentElement.lang = language
    document.title = `${words.dialog.product} – ${title}`
  })

  const choose = (chosen: Language) => {
    setLanguage(chosen)
    // The window already speaks it; if the host cannot remember it, the next start begins in the old language.
    client.app.setLanguage({ language: chosen }).catch(() => undefined)
  }

  const show = (section: SectionId) => {
    setShown(section)
    setVisited((before) => (before.includes(section) ? before : [...before, section]))
  }

  return (
    <I18nProvider locale={locales[language]}>
      <WordsContext value={words}>
        <Announcer>
          <div className="window">
            <header className="head">
              <div>
                <span className="product">{words.dialog.product}</span>
                <h1>{title}</h1>
              </div>
              <span className="spacer" />
              {start.kind === 'ready' && (
                <ClientContext value={client}>
                  <ProfileSwitcher current={start.state.profile} hasUnsaved={unsaved.size > 0} onChanged={reload} />
                </ClientContext>
              )}
              {start.kind === 'ready' && (
                <Button className="button icon-only" aria-label={words.dialog.about} onPress={() => setAbout('about')}>
                  <Icon name="info" />
                </Button>
              )}
              <LanguageSwitch language={language} onChange={choose} />
              {start.kind === 'ready' && sections.length > 1 && (
                <SectionTabs sections={sections} shown={shown} onShow={show} />
              )}
            </header>
            {start.kind === 'loading' && <Waiting>{words.dialog.start.loading}</Waiting>}
            {start.kind === 'failed' && (
              <Waiting isAlert>
                <p>{words.dialog.start.failed}</p>
                <Button className="button" onPress={() => setStart({ kind: 'loading' })}>
                  {words.dialog.start.retry}
                </Button>
              </Waiting>
            )}
            {start.kind === 'ready' && (
              <ClientContext value={client}>
                <SectionStack
                  start={start.state}
                  turn={start.turn}
                  shown={shown}
                  visited={visited}
                  onShow={show}
                  unsaved={unsaved}
                  setUnsaved={setUnsaved}
                  reload={reload}
                  onAbout={setAbout}
                />
                {about !== null && (
                  <Failure>
                    <Suspense fallback={null}>
                      <AboutDialog part={about} onClose={closeAbout} />
                    </Suspense>
                  </Failure>
                )}
              </ClientContext>
            )}
          </div>
        </Announcer>
      </WordsContext>
    </I18nProvider>
  )
}
