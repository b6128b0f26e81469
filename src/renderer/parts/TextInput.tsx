/** A labelled line of text with its hint and its remarks, linked so that a screen reader hears them with the field. */
import { Input, Label, TextField } from 'react-aria-components'
import type { FieldName, Remark } from '../../contract/contract.ts'
import type { ReactNode } from 'react'
import { Remarks } from './Remarks.tsx'

export function fieldId(field: FieldName): string {
  return `field-${field}`
}

type TextInputProps = {
  /** Where the same field stands in a second place. */
  id?: string
  field: FieldName
  label: string
  hint?: string
  value: string
  remarks: readonly Remark[]
  missing?: string | undefined
  /** Nothing begins without it. The hint says so, too. */
  isRequired?: boolean
  isReadOnly: boolean
  type?: 'text' | 'email' | 'url'
  autoComplete?: string
  onChange: (value: string) => void
  onLeave: () => void
  children?: ReactNode
}

export function TextInput(props: TextInputProps) {
  const {
    field,
    label,
    hint,
    value,
    remarks,
    missing,
    isRequired = false,
    isReadOnly,
    type = 'text',
    autoComplete = 'off',
    onChange,
    onLeave,
  } = props
  const id = props.id ?? fieldId(field)
  const isWrong = missing !== undefined || remarks.some((remark) => remark.severity === 'error')
  const noted = missing !== undefined || remarks.length > 0
  const described = [noted ? `${id}-remarks` : '', hint === undefined ? '' : `${id}-hint`]
    .filter((part) => part !== '')
    .join(' ')
  return (
    <TextField
      className="field"
      id={id}
      // The browser's own judgement of addresses and URLs is not ours, and it speaks the browser's language.
      type="text"
      inputMode={type}
      value={value}
      onChange={onChange}
      onBlur={onLeave}
      isReadOnly={isReadOnly}
      isInvalid={isWrong}
      isRequired={isRequired}
      validationBehavior="aria"
      autoComplete={autoComplete}
      autoCorrect="off"
      spellCheck="false"
      {...(described === '' ? {} : { 'aria-describedby': described })}
    >
      <Label>{label}</Label>
      <Input className="input" autoCapitalize="none" />
      {noted && (
        <Remarks
          id={`${id}-remarks`}
          remarks={remarks}
          missing={missing}
          onTake={
            isReadOnly
              ? undefined
              : (taken) => {
                  onChange(taken)
                  // The button that offered it goes.
                  document.getElementById(id)?.focus()
                }
          }
        />
      )}
      {hint !== undefined && (
        <div id={`${id}-hint`} className="hint">
          {hint}
        </div>
      )}
      {props.children}
    </TextField>
  )
}
