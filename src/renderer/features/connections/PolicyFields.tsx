/** The 401 policy to set: at once or with a delay, its numbers, and what it will do. For the basics and for a single connection. */
import { useState } from 'react'
import { policyBounds, type Policy } from '../../../contract/policy.ts'
import { useWords } from '../../words.ts'
import { PolicyTimeline } from './PolicyTimeline.tsx'

type Bounds = { least: number; most: number }

/** True when every number is one that can be saved. */
export function isPolicyGood(policy: Policy): boolean {
  const within = (value: number, { least, most }: Bounds): boolean => value >= least && value <= most
  return (
    within(policy.baseMinutes, policyBounds.baseMinutes) &&
    within(policy.factor, policyBounds.factor) &&
    within(policy.failures, policyBounds.failures) &&
    Number.isInteger(policy.failures)
  )
}

export function PolicyFields(props: {
  /** Begins the ids of its fields. */
  id: string
  policy: Policy
  isReadOnly: boolean
  onChange: (policy: Policy) => void
}) {
  const { id, policy, isReadOnly, onChange } = props
  const texts = useWords().automation.policy
  const isDelayed = policy.mode === 'delayed'
  const mode = (value: Policy['mode'], label: string, hint: string) => (
    <div className="choice-line">
      <input
        type="radio"
        id={`${id}-${value}`}
        name={`${id}-mode`}
        checked={policy.mode === value}
        disabled={isReadOnly}
        aria-describedby={`${id}-${value}-hint`}
        onChange={() => onChange({ ...policy, mode: value })}
      />
      <div>
        <label htmlFor={`${id}-${value}`}>{label}</label>
        <div id={`${id}-${value}-hint`} className="hint">
          {hint}
        </div>
      </div>
    </div>
  )
  const number = (key: 'baseMinutes' | 'factor' | 'failures', label: string) => (
    <NumberInput
      id={`${id}-${key}`}
      label={label}
      value={policy[key]}
      bounds={policyBounds[key]}
      isWhole={key === 'failures'}
      isReadOnly={isReadOnly}
      onChange={(value) => onChange({ ...policy, [key]: value })}
    />
  )
  return (
    <div className="policy">
      {mode('at-once', texts.atOnce, texts.atOnceHint)}
      {mode('delayed', texts.delayed, texts.delayedHint)}
      {isDelayed && (
        <div className="numbers">
          {number('baseMinutes', texts.base)}
          {number('factor', texts.factor)}
          {number('failures', texts.failures)}
        </div>
      )}
      {isPolicyGood(policy) && <PolicyTimeline policy={policy} />}
    </div>
  )
}

export function NumberInput(props: {
  id: string
  label: string
  value: number
  bounds: Bounds
  isWhole: boolean
  isReadOnly: boolean
  onChange: (value: number) => void
}) {
  const { id, label, value, bounds, isWhole, isReadOnly, onChange } = props
  const { automation, fill } = useWords()
  // What is being typed may be no number yet; the value outside is then one that no bound allows.
  const [text, setText] = useState(String(value))
  const isGood = value >= bounds.least && value <= bounds.most && (!isWhole || Number.isInteger(value))
  const shown = isGood && Number(text.replace(',', '.')) !== value ? String(value) : text
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input number"
        inputMode="decimal"
        value={shown}
        readOnly={isReadOnly}
        aria-invalid={!isGood}
        aria-describedby={isGood ? undefined : `${id}-problem`}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value)
          const typed = event.target.value.trim().replace(',', '.')
          onChange(typed === '' || !/^\d{1,6}(\.\d{1,3})?$/.test(typed) ? Number.NaN : Number(typed))
        }}
      />
      {!isGood && (
        <div id={`${id}-problem`} className="remark remark-error">
          {fill(automation.policy.outOfRange, bounds)}
        </div>
      )}
    </div>
  )
}
