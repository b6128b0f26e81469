/** Imports a list of mailboxes: pasted or from a file, shown line by line before anything is stored. */
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import type { MailboxLine } from '../../../contract/connections.ts'
import { useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'

const pauseMs = 300
/** As much as the host takes; it counts again. */
const mostBytes = 1024 * 1024
const mostShown = 200

export function MailboxImport({ onDone }: { onDone: () => void }) {
  const client = useClient()
  const announce = useAnnounce()
  const { automation, count, fill } = useWords()
  const texts = automation.connections.list
  const [text, setText] = useState('')
  const [automatic, setAutomatic] = useState(true)
  const [lines, setLines] = useState<readonly MailboxLine[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)

  useEffect(() => {
    if (text.trim() === '') return undefined
    let stale = false
    const timer = setTimeout(() => {
      client.connections.previewMailboxes({ text }).then(
        (answer) => stale || setLines(answer.lines),
        () => stale || setProblem(automation.connections.failed),
      )
    }, pauseMs)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [client, text, automation])

  const take = (value: string) => {
    setProblem(value.length > mostBytes ? texts.tooLarge : null)
    setLines(null)
    setText(value.length > mostBytes ? '' : value)
  }
  const readFile = (file: File | undefined) => {
    if (file === undefined) return
    if (file.size > mostBytes) {
      setProblem(texts.tooLarge)
      return
    }
    file.text().then(take, () => setProblem(automation.connections.failed))
  }
  const shown = text.trim() === '' ? null : lines
  const good = shown?.filter((line) => line.problem === null) ?? []
  const bad = shown?.filter((line) => line.problem !== null) ?? []
  const add = async () => {
    setSaving(true)
    try {
      const { added } = await client.connections.importMailboxes({ text, automatic })
      announce(count(texts.done, added))
      onDone()
    } catch {
      setProblem(automation.connections.failed)
      setSaving(false)
    }
  }
  return (
    <div className="sheet form">
      <p className="hint">{texts.hint}</p>
      <div className="field">
        <label htmlFor="list-file">{texts.choose}</label>
        <input
          id="list-file"
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => readFile(event.target.files?.[0])}
        />
      </div>
      <div className="field">
        <label htmlFor="list-text">{texts.text}</label>
        <textarea
          id="list-text"
          className="input lines"
          rows={6}
          value={text}
          spellCheck={false}
          placeholder={'anna@contoso.com;CONTOSO\\anna'}
          onChange={(event) => take(event.target.value)}
        />
      </div>
      {problem !== null && (
        <p className="remark remark-error" role="alert">
          {problem}
        </p>
      )}
      {shown !== null && (
        <section aria-labelledby="list-preview">
          <h3 id="list-preview">{texts.preview}</h3>
          <p role="status">
            {shown.length === 0
              ? texts.empty
              : [count(texts.good, good.length), ...(bad.length === 0 ? [] : [count(texts.bad, bad.length)])].join(' ')}
          </p>
          <ul className="plain preview">
            {[...bad, ...good].slice(0, mostShown).map((line) => (
              <li key={line.line} className={line.problem === null ? '' : 'left-out'}>
                <Icon name={line.problem === null ? 'check' : 'cross'} />
                <span className="quiet-text">{fill(texts.line, { line: line.line })}</span>
                <span>{line.mailbox}</span>
                {line.userName !== '' && <span className="quiet-text">{line.userName}</span>}
                {line.problem !== null && <span>{automation.connections.form.problems[line.problem]}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="choice-line">
        <input
          id="list-automatic"
          type="checkbox"
          checked={automatic}
          onChange={(event) => setAutomatic(event.target.checked)}
        />
        <label htmlFor="list-automatic">{texts.automatic}</label>
      </div>
      <div className="bar">
        <Button className="button primary" isDisabled={isSaving || good.length === 0} onPress={() => void add()}>
          {count(texts.add, good.length)}
        </Button>
      </div>
    </div>
  )
}
