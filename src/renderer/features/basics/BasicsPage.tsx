/** Section A as one window: the form, the buttons, the result. */
import { useEffect, useRef, useState, type FormEvent } from 'react'
import type { RunResult } from '../../../contract/contract.ts'
import { useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import type { SectionProps } from '../../sections.tsx'
import { useWords } from '../../words.ts'
import { useGiven } from '../arrivals/given.ts'
import { ConsentDialog } from '../run/ConsentDialog.tsx'
import { ResultPanel } from '../run/ResultPanel.tsx'
import { isUnderWay, namingHost, type Command } from '../run/run.ts'
import { useRun } from '../run/useRun.ts'
import { ActionBar } from './ActionBar.tsx'
import { useSharedBasics } from './BasicsContext.tsx'
import { BasicsForm, focusField } from './BasicsForm.tsx'
import { isChanged, isFirstStart, wrongFields } from './basics.ts'
import { Introduction, Notices } from './Notices.tsx'
import { TrustedHosts } from './TrustedHosts.tsx'
import { usePolicy, type PolicySettings } from './usePolicy.ts'

export function BasicsPage({ start, isShown, setUnsaved, given }: SectionProps) {
  const client = useClient()
  const words = useWords()
  const announce = useAnnounce()
  const { state, dispatch, submit, save, removeSecret, removeTrustedHost } = useSharedBasics()
  const policy = usePolicy(client)
  const [isAsking, setAsking] = useState(false)
  const [introduced] = useState(() => !isFirstStart(start))

  const onEnded = (command: Command, result: RunResult) => {
    const { ewsUrl, source, input } = result.evidence
    if (result.ok && ewsUrl !== null) {
      // As the host counts it: a search finds, a test proves. What was in the field before a test keeps the way it came.
      const named = { source, host: namingHost(result) }
      const wasThere = command === 'test' && state.draft.ewsUrl.trim() !== ''
      const origin = {
        ...(wasThere ? state.urlOrigin : named),
        kind: command === 'locate' ? ('found' as const) : ('proven' as const),
      }
      dispatch({ kind: 'found', url: ewsUrl, origin })
    }
    const [wrong] = wrongFields(input.remarks, false)
    if (!result.ok && wrong !== undefined) {
      dispatch({ kind: 'submitted', remarks: input.remarks, addressMissing: false })
      focusField(wrong)
    }
  }
  const run = useRun(client, onEnded)
  const { current } = run.state
  const underWay = isUnderWay(current)
  const isReadOnly = underWay || isAsking || state.save.kind === 'saving'
  const primary: Command = state.draft.ewsUrl.trim() === '' ? 'locate' : 'test'

  const begin = async (command: Command) => {
    if (isReadOnly) return
    setAsking(true)
    const wrong = await submit()
    setAsking(false)
    const [first] = wrong
    if (first !== undefined) {
      announce(words.count(words.dialog.summary.title, wrong.length))
      focusField(first)
      return
    }
    await run.start(command, {
      profile: state.stored.profile,
      draft: state.draft,
      secrets: state.typed,
      second: state.second,
    })
  }

  useGiven(given, (what) => {
    if (what.kind !== 'run') return
    if (what.command !== 'stop') void begin(what.command)
    else if (underWay) run.stop()
  })

  const unsaved = isChanged(state) || policy.isChanged
  useEffect(() => setUnsaved(unsaved), [unsaved, setUnsaved])
  const answer: typeof run.answer = (consent, remember) => {
    const host = current?.question?.host
    run.answer(consent, remember)
    if (!consent || !remember || host === undefined || state.stored.trustedHosts.includes(host)) return
    const stored = { ...state.stored, trustedHosts: [...state.stored.trustedHosts, host] }
    dispatch({ kind: 'stored', stored, reset: false })
  }
  const takeBack = async (host: string) => {
    const { removed, notRemoved } = words.dialog.trustedHosts
    const done = await removeTrustedHost(host)
    announce(words.fill(done ? removed : notRemoved, { host }))
    // The button that had the focus is gone.
    if (done) focusField('ewsUrl')
  }

  useEffect(() => {
    if (underWay) showResult()
  }, [underWay])

  const stop = useRef(run.stop)
  useEffect(() => {
    stop.current = run.stop
  })
  const asksNothing = isShown && underWay && current?.question === null
  useEffect(() => {
    if (!asksNothing) return undefined
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) stop.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [asksNothing])

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void begin(primary)
  }
  const changePolicy = (value: PolicySettings) => {
    policy.change(value)
    dispatch({ kind: 'save', state: { kind: 'idle' } })
  }
  const onSave = async () => {
    if (!policy.isGood) return
    const isPolicySaved = await policy.save()
    if (!isPolicySaved) announce(words.automation.policy.notSaved)
    if ((await save()) && isPolicySaved) announce(words.dialog.actions.saved)
  }

  return (
    <>
      <div className="page">
        <main className="columns">
          <form
            className="form-column"
            noValidate
            aria-label={words.dialog.sections.basics.title}
            onSubmit={onSubmit}
            onKeyDown={(event) => {
              // Several fields without a submit button among them: the browser would not submit by itself.
              if (event.key === 'Enter' && event.target instanceof HTMLInputElement && !event.defaultPrevented)
                onSubmit(event)
            }}
          >
            <BasicsForm
              above={
                <>
                  <Notices notices={state.stored.notices} />
                  {!introduced && <Introduction />}
                </>
              }
              policy={{ ...policy, change: changePolicy }}
              state={state}
              isReadOnly={isReadOnly}
              change={(change) => dispatch({ kind: 'changed', change })}
              leave={(field) => dispatch({ kind: 'left', field })}
              changeSecond={(change) => dispatch({ kind: 'second', change })}
              typeSecret={(secret, value) => dispatch({ kind: 'typed', secret, value })}
              replaceSecret={(secret, on) => dispatch({ kind: 'replacing', secret, on })}
              removeSecret={(secret) =>
                void removeSecret(secret).then((done) =>
                  announce(done ? words.dialog.secret.removed : words.dialog.secret.notRemoved),
                )
              }
            />
            <TrustedHosts
              hosts={state.stored.trustedHosts}
              isReadOnly={isReadOnly}
              onRemove={(host) => void takeBack(host)}
            />
          </form>
          <div className="result-column">
            <ResultPanel
              state={run.state}
              onEnterUrl={(ewsUrl) => {
                dispatch({ kind: 'changed', change: { ewsUrl } })
                focusField('ewsUrl')
              }}
            />
          </div>
        </main>
      </div>
      <ActionBar
        run={current}
        primary={primary}
        isBusy={isAsking || state.save.kind === 'saving'}
        isChanged={unsaved}
        save={state.save}
        onRun={(command) => void begin(command)}
        onStop={run.stop}
        onSave={() => void onSave()}
      />
      <ConsentDialog question={current?.question ?? null} onAnswer={answer} />
    </>
  )
}

/** In a narrow window the result lies below the form: a press must not seem to do nothing. */
function showResult(): void {
  const smooth = !window.matchMedia('(prefers-reduced-motion: reduce)').matches
  if (window.matchMedia('(max-width: 999px)').matches) {
    document.getElementById('result')?.scrollIntoView({ block: 'start', behavior: smooth ? 'smooth' : 'auto' })
  }
}
