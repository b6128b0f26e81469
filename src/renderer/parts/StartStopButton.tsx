/** A button that starts something and, while that runs, stops it. It stays the same button, so that the focus stays on it. */
import { useRef } from 'react'
import { Button } from 'react-aria-components'
import { Icon } from './Icon.tsx'

type StartStopButtonProps = {
  label: string
  stopLabel: string
  isRunning: boolean
  isPrimary?: boolean
  isLink?: boolean
  isDisabled?: boolean
  /** What ran was stopped, here or elsewhere: by Escape, by another button. */
  wasStopped?: boolean
  /** Where the label says too little alone; for the start. */
  name?: string
  describedBy?: string | undefined
  onStart: () => void
  onStop: () => void
}

/** The second click of a double click must not undo what the first one did. */
const doubleClickMs = 500

export function StartStopButton(props: StartStopButtonProps) {
  const {
    label,
    stopLabel,
    isRunning,
    isPrimary = false,
    isLink = false,
    isDisabled = false,
    wasStopped = false,
    name,
    describedBy,
  } = props
  const { onStart, onStop } = props
  const last = useRef<{ at: number; action: 'start' | 'stop' } | null>(null)
  const press = () => {
    const now = performance.now()
    // A person who stopped it elsewhere in between has not clicked twice.
    const isStoppedElsewhere = !isRunning && wasStopped && last.current?.action === 'start'
    if (last.current !== null && now - last.current.at < doubleClickMs && !isStoppedElsewhere) return
    last.current = { at: now, action: isRunning ? 'stop' : 'start' }
    if (isRunning) onStop()
    else onStart()
  }
  return (
    <Button
      className={isRunning ? 'button stop' : isLink ? 'button link' : isPrimary ? 'button primary' : 'button'}
      isDisabled={isDisabled}
      onPress={press}
      {...(isRunning || name === undefined ? {} : { 'aria-label': name })}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
    >
      {isRunning && <Icon name="stop" />}
      <span>{isRunning ? stopLabel : label}</span>
    </Button>
  )
}
