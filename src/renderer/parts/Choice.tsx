/** A labelled choice from a short list; the platform's own control, which every assistive technology knows. */
import type { ReactNode } from 'react'

type ChoiceProps<T extends string> = {
  id: string
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  isReadOnly: boolean
  onChange: (value: T) => void
  onLeave?: () => void
  describedBy?: string | undefined
  isWrong?: boolean
  children?: ReactNode
}

export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { id, label, value, options, isReadOnly, onChange, onLeave, describedBy, isWrong = false, children } = props
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="select">
        <select
          id={id}
          value={value}
          // A select knows no read-only state.
          disabled={isReadOnly}
          aria-invalid={isWrong}
          aria-describedby={describedBy}
          onBlur={onLeave}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen !== undefined) onChange(chosen.value)
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
      {children}
    </div>
  )
}
