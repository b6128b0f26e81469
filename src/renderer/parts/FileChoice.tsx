/** A button that lets the person choose one file; the name of the file that was chosen stands beside it. */
import { useRef } from 'react'
import { Button } from 'react-aria-components'

type FileChoiceProps = {
  label: string
  accept: string
  chosen: string | null
  isDisabled?: boolean
  onChoose: (file: File) => void
}

export function FileChoice({ label, accept, chosen, isDisabled = false, onChoose }: FileChoiceProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="with-button">
      <Button className="button" isDisabled={isDisabled} onPress={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={label}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0]
          // The same file again must count as a choice, too.
          event.target.value = ''
          if (file !== undefined) onChoose(file)
        }}
      />
      {chosen !== null && <span className="chosen-file">{chosen}</span>}
    </div>
  )
}
