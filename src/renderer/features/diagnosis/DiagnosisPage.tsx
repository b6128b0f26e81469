/** Section Diagnosis: what a person pastes, opens or drops is judged and shown as the result of a run is. */
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { Button } from 'react-aria-components'
import { useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Icon } from '../../parts/Icon.tsx'
import type { SectionProps } from '../../sections.tsx'
import { useWords } from '../../words.ts'
import { useGiven } from '../arrivals/given.ts'
import { DiagnosisResult } from './DiagnosisResult.tsx'
import { isTooLarge, longestShown, withoutSignatures, type Held } from './intake.ts'
import { tooLarge, useDiagnosis, type Problem } from './useDiagnosis.ts'

const encoder = new TextEncoder()

export function DiagnosisPage({ given }: SectionProps) {
  const { explain } = useWords()
  const { page } = explain
  const announce = useAnnounce()
  const { state, judge, fail, clear } = useDiagnosis(useClient())
  const [text, setText] = useState('')
  const [held, setHeld] = useState<Held | null>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const isBusy = state.kind === 'judging'

  useEffect(() => {
    if (state.kind === 'explained' || state.kind === 'problem') showResult()
  }, [state])

  const refuse = (problem: Problem) => {
    setHeld(null)
    fail(problem)
  }

  const take = (taken: Held) => {
    setHeld(taken)
    setText('')
    void judge(taken.bytes)
  }

  const takeFile = async (file: File) => {
    // By what the system says of it, before a byte is read.
    if (isTooLarge(file.size)) return refuse(tooLarge)
    try {
      take({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
    } catch {
      refuse({ kind: 'page', text: 'unreadable', facts: { name: file.name } })
    }
    return undefined
  }

  const submit = () => {
    if (isBusy) return
    if (held !== null) void judge(held.bytes)
    else if (text.trim() === '') {
      fail({ kind: 'page', text: 'nothing', facts: {} })
      field.current?.focus()
    } else void judge(encoder.encode(text))
  }

  const onPaste = (event: ClipboardEvent) => {
    const [file] = event.clipboardData.files
    const pasted = event.clipboardData.getData('text')
    if (pasted.length <= longestShown && file === undefined) return
    event.preventDefault()
    if (pasted === '' && file !== undefined) void takeFile(file)
    // A character is at least one byte.
    else if (isTooLarge(pasted.length)) refuse(tooLarge)
    else take({ name: null, bytes: encoder.encode(withoutSignatures(pasted)) })
  }

  useGiven(given, (what) => {
    if (what.kind === 'file') void takeFile(what.file)
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
  }

  const reset = () => {
    setText('')
    setHeld(null)
    clear()
    announce(page.cleared)
    field.current?.focus()
  }

  return (
    <div className="page">
      <main className="columns">
        <form
          className="form-column diagnosis"
          noValidate
          aria-label={explain.page.input}
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <p>{page.what}</p>
          <p className="advice">
            <Icon name="info" />
            <span>{page.private}</span>
          </p>
          <div className="field">
            <label htmlFor="diagnosis-text">{page.input}</label>
            <textarea
              id="diagnosis-text"
              ref={field}
              className="input diagnosis-text"
              rows={14}
              value={text}
              readOnly={isBusy}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="none"
              autoCorrect="off"
              wrap="soft"
              aria-describedby="diagnosis-hint"
              onPaste={onPaste}
              onKeyDown={onKeyDown}
              onChange={(event) => {
                setHeld(null)
                setText(withoutSignatures(event.target.value))
              }}
            />
            {held !== null && <HeldLine held={held} />}
            <div id="diagnosis-hint" className="hint">
              {page.inputHint}
            </div>
          </div>
          <div className="diagnosis-actions">
            <Button type="submit" className="button primary" isDisabled={isBusy}>
              {isBusy ? page.judging : page.judge}
            </Button>
            <Button className="button" isDisabled={isBusy} onPress={() => chooser.current?.click()}>
              {page.open}
            </Button>
            <Button className="button quiet" isDisabled={isBusy} onPress={reset}>
              {page.clear}
            </Button>
            <input
              ref={chooser}
              type="file"
              hidden
              aria-label={page.file}
              onChange={(event) => {
                const [file] = event.target.files ?? []
                if (file !== undefined) void takeFile(file)
                // The same file can be chosen again after it was changed.
                event.target.value = ''
              }}
            />
          </div>
          <p className="quiet-text">{page.drop}</p>
        </form>
        <div className="result-column">
          <DiagnosisResult state={state} />
        </div>
      </main>
    </div>
  )
}

function HeldLine({ held }: { held: Held }) {
  const { explain, fill } = useWords()
  const { page } = explain
  const size = fill(page.kilobytes, { value: Math.ceil(held.bytes.length / 1024) })
  return (
    <p className="held">
      <Icon name="check" />
      <span>{held.name === null ? fill(page.heldPaste, { size }) : fill(page.held, { name: held.name, size })}</span>
    </p>
  )
}

/** In a narrow window the result lies below the text. */
function showResult(): void {
  if (!window.matchMedia('(max-width: 999px)').matches) return
  const smooth = !window.matchMedia('(prefers-reduced-motion: reduce)').matches
  document.getElementById('diagnosis-result')?.scrollIntoView({ block: 'start', behavior: smooth ? 'smooth' : 'auto' })
}
