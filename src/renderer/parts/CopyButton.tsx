/** Copies a text; turns to a check mark for two seconds and says so in the live region. */
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useWords } from '../words.ts'
import { useAnnounce } from './Announcer.tsx'
import { Icon } from './Icon.tsx'

type CopyButtonProps = {
  /** The text, made when it is needed. */
  text: () => string
  /** A label to be seen; without one the button is an icon named after `what`. */
  label?: string
  what: string
}

const shownMs = 2_000

export function CopyButton({ text, label, what }: CopyButtonProps) {
  const { dialog, fill } = useWords()
  const announce = useAnnounce()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => {
    navigator.clipboard.writeText(text()).then(
      () => {
        setCopied(true)
        announce(dialog.copy.copied)
      },
      () => announce(dialog.copy.failed),
    )
  }
  const name = fill(dialog.copy.copy, { what })
  return (
    <Button
      className={label === undefined ? 'button icon-only' : 'button quiet'}
      onPress={copy}
      {...(label === undefined ? { 'aria-label': name } : {})}
    >
      <Icon name={copied ? 'check' : 'copy'} />
      {label !== undefined && <span>{copied ? dialog.copy.copied : label}</span>}
    </Button>
  )
}
