/**
 * A password or client secret. Hidden unless the person asks; a saved one is never shown, only since when it is saved. What is
 * typed goes to the connector as it is: white space around it is judged and mentioned there.
 */
import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { Remark, SecretKind } from '../../contract/contract.ts'
import { useWords } from '../words.ts'
import { Icon } from './Icon.tsx'
import { Remarks } from './Remarks.tsx'
import { fieldId } from './TextInput.tsx'

type SecretFieldProps = {
  /** Where the same field stands in a second place. */
  id?: string
  secret: SecretKind
  hint?: string
  storeHint: string
  value: string
  /** ISO 8601; null: none is saved. */
  savedAt: string | null
  replacing: boolean
  remarks: readonly Remark[]
  isReadOnly: boolean
  /** Changes with each submit: the secret hides again. */
  hideSignal: number
  onChange: (value: string) => void
  onReplace: (on: boolean) => void
  onRemove: () => void
  onLeave: () => void
}

export function SecretField(props: SecretFieldProps) {
  const { secret, savedAt, replacing } = props
  const id = props.id ?? fieldId(secret)
  const [asking, setAsking] = useState(false)
  const mode = savedAt === null || replacing ? 'typed' : asking ? 'asking' : 'saved'
  const lastMode = useRef(mode)
  // What was pressed is gone with the old mode, so the focus goes on to what took its place.
  useEffect(() => {
    const changed = lastMode.current !== mode
    lastMode.current = mode
    if (changed && document.activeElement === document.body) document.getElementById(id)?.focus()
  }, [mode, id])
  return savedAt !== null && !replacing ? (
    <SavedSecret {...props} savedAt={savedAt} asking={asking} onAsk={setAsking} />
  ) : (
    <TypedSecret {...props} />
  )
}

function TypedSecret(props: SecretFieldProps) {
  const { secret, hint, storeHint, value, savedAt, remarks, isReadOnly, hideSignal, onChange, onReplace, onLeave } =
    props
  const { dialog } = useWords()
  const [shownAt, setShownAt] = useState<number | null>(null)
  const shown = shownAt === hideSignal
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current !== null && input.current.value !== value) input.current.value = value
  }, [value])
  const id = props.id ?? fieldId(secret)
  const isWrong = remarks.some((remark) => remark.severity === 'error')
  const described = [remarks.length > 0 ? `${id}-remarks` : '', `${id}-hint`].filter((part) => part !== '').join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{dialog.fields[secret]}</label>
      <div className="with-button">
        {/* Not controlled: React writes a controlled value into the attribute, where every snapshot of the page would show it. */}
        <input
          ref={input}
          id={id}
          className="input secret"
          type={shown ? 'text' : 'password'}
          readOnly={isReadOnly}
          aria-invalid={isWrong}
          aria-describedby={described}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onLeave}
        />
        <Button className="button" onPress={() => setShownAt(shown ? null : hideSignal)}>
          {shown ? dialog.secret.hide[secret] : dialog.secret.show[secret]}
        </Button>
      </div>
      {remarks.length > 0 && <Remarks id={`${id}-remarks`} remarks={remarks} />}
      <div id={`${id}-hint`} className="hint">
        {hint !== undefined && <div>{hint}</div>}
        <div>{storeHint}</div>
      </div>
      {savedAt !== null && (
        <Button className="button link" onPress={() => onReplace(false)} isDisabled={isReadOnly}>
          {dialog.secret.keep}
        </Button>
      )}
    </div>
  )
}

type SavedSecretProps = SecretFieldProps & { savedAt: string; asking: boolean; onAsk: (asking: boolean) => void }

function SavedSecret(props: SavedSecretProps) {
  const { secret, storeHint, savedAt, asking, remarks, isReadOnly, onReplace, onRemove, onAsk } = props
  const { dialog, fill, date } = useWords()
  const id = props.id ?? fieldId(secret)
  return (
    <div className="field" role="group" aria-labelledby={`${id}-label`} aria-describedby={`${id}-hint`}>
      <span id={`${id}-label`} className="label">
        {dialog.fields[secret]}
      </span>
      {/* By key: the button that asked must not become the one that answers, under the finger of whoever presses twice. */}
      {asking ? (
        <div key="asking" className="saved-secret">
          <span>{dialog.secret.confirm}</span>
          <Button id={id} className="button" onPress={() => onAsk(false)}>
            {dialog.secret.confirmNo}
          </Button>
          <Button
            className="button danger"
            onPress={() => {
              onAsk(false)
              onRemove()
            }}
          >
            {dialog.secret.confirmYes}
          </Button>
        </div>
      ) : (
        <div key="saved" className="saved-secret">
          <span className="saved-mark">
            <Icon name="check" />
            {fill(dialog.secret.saved, { date: date(savedAt) })}
          </span>
          <Button
            id={id}
            className="button"
            aria-label={dialog.secret.replace[secret]}
            onPress={() => onReplace(true)}
            isDisabled={isReadOnly}
          >
            {dialog.secret.replaceShort}
          </Button>
          <Button
            className="button"
            aria-label={dialog.secret.remove[secret]}
            onPress={() => onAsk(true)}
            isDisabled={isReadOnly}
          >
            {dialog.secret.removeShort}
          </Button>
        </div>
      )}
      {remarks.length > 0 && <Remarks id={`${id}-remarks`} remarks={remarks} />}
      <div id={`${id}-hint`} className="hint">
        {storeHint}
      </div>
    </div>
  )
}
