/** The window: asks the connector once for where things stand, then shows the dialog in the person's language. */
import { Suspense, useEffect, useState } from 'react'
import { Button, I18nProvider } from 'react-aria-components'
import type { AppState, Language } from '../contract/contract.ts'
import { ClientContext, type Client } from './client.ts'
import { BasicsProvider } from './features/basics/BasicsContext.tsx'
import { Announcer } from './parts/Announcer.tsx'
import { Failure } from './parts/Failure.tsx'
import { LanguageSwitch } from './parts/LanguageSwitch.tsx'
import { SectionTabs } from './parts/SectionTabs.tsx'
import { sections, type SectionId } from './sections.tsx'
import { wordsIn, WordsContext } from './words.ts'

type Start = { kind: 'loading' } | { kind: 'failed' } | { kind: 'ready'; state: AppState }

const locales: Record<Language, string> = { de: 'de-DE', en: 'en-GB' }

export function App({ client }: { client: Client }) {
  const [start, setStart] = useState<Start>({ kind: 'loading' })
  const [language, setLanguage] = useState<Language>(navigator.language.startsWith('de') ? 'de' : 'en')

  const [shown, setShown] = useState<SectionId>(sections[0].id)
  const [visited, setVisited] = useState<readonly SectionId[]>([sections[0].id])

  const isLoading = start.kind === 'loading'
  useEffect(() => {
    if (!isLoading) return undefined
    let stale = false
    const begin = async () => {
      const state = await client.app.start({})
      if (stale) return
      setLanguage(state.language)
      setStart({ kind: 'ready', state })
    }
    begin().catch(() => stale || setStart({ kind: 'failed' }))
    return () => {
      stale = true
    }
  }, [client, isLoading])

  const words = wordsIn(language)
  const profile = start.kind === 'ready' ? start.state.profile : null
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
                <span className="product">
                  {words.dialog.product}
                  {profile !== null && ` · ${words.fill(words.dialog.profile, { profile })}`}
                </span>
                <h1>{title}</h1>
              </div>
              <span className="spacer" />
              <LanguageSwitch language={language} onChange={choose} />
              {start.kind === 'ready' && sections.length > 1 && (
                <SectionTabs sections={sections} shown={shown} onShow={show} />
              )}
            </header>
            {start.kind === 'loading' && <p className="waiting">{words.dialog.start.loading}</p>}
            {start.kind === 'failed' && (
              <div className="waiting" role="alert">
                <p>{words.dialog.start.failed}</p>
                <Button className="button" onPress={() => setStart({ kind: 'loading' })}>
                  {words.dialog.start.retry}
                </Button>
              </div>
            )}
            {start.kind === 'ready' && (
              <ClientContext value={client}>
                <BasicsProvider start={start.state}>
                  {sections
                    .filter(({ id }) => visited.includes(id))
                    .map(({ id, Page }) => (
                      <div key={id} className="section" hidden={id !== shown}>
                        <Failure>
                          <Suspense fallback={<p className="waiting">{words.dialog.start.loading}</p>}>
                            <Page start={start.state} isShown={id === shown} />
                          </Suspense>
                        </Failure>
                      </div>
                    ))}
                </BasicsProvider>
              </ClientContext>
            )}
          </div>
        </Announcer>
      </WordsContext>
    </I18nProvider>
  )
}
