/** The contact log of an address: what happened when, the newest first. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { LogEntry } from '../../../contract/addresses.ts'
import { Choice } from '../../parts/Choice.tsx'
import { useAddressWords } from './addressWords.ts'

const kinds = ['note', 'call', 'mail', 'visit'] as const

export function ContactLog({ log, change }: { log: readonly LogEntry[]; change: (log: LogEntry[]) => void }) {
  const { addresses, language } = useAddressWords()
  const [kind, setKind] = useState<LogEntry['kind']>('note')
  const [text, setText] = useState('')
  const moments = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  const add = () => {
    if (text.trim() === '') return
    change([{ at: new Date().toISOString(), kind, text: text.trim() }, ...log])
    setText('')
  }
  return (
    <fieldset className="group">
      <legend>{addresses.dialog.headings.log}</legend>
      <div className="pair">
        <Choice
          id="log-kind"
          label={addresses.dialog.logKind}
          value={kind}
          options={kinds.map((value) => ({ value, label: addresses.logKinds[value] }))}
          isReadOnly={false}
          onChange={setKind}
        />
        <div className="field">
          <label htmlFor="log-text">{addresses.dialog.logText}</label>
          <input
            id="log-text"
            className="input"
            value={text}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              add()
            }}
          />
        </div>
      </div>
      <Button className="button quiet" onPress={add}>
        {addresses.dialog.addLog}
      </Button>
      {log.length === 0 ? (
        <p className="hint">{addresses.dialog.logEmpty}</p>
      ) : (
        <ol className="address-log">
          {log.map((entry, index) => (
            <li key={`${entry.at}-${index}`}>
              <span className="hint">
                {moments.format(new Date(entry.at))} · {addresses.logKinds[entry.kind]}
              </span>
              <span>{entry.text}</span>
            </li>
          ))}
        </ol>
      )}
    </fieldset>
  )
}
