/** Asks for the name of a profile. */
import { useState, type ReactNode } from 'react'
import { Button, Form, Heading, Input, Label, TextField } from 'react-aria-components'
import { useWords } from '../../words.ts'

export type Naming = 'add' | 'duplicate' | 'rename'

type NameFormProps = {
  naming: Naming
  /** The profile that is copied or renamed. */
  profile: string
  problem: ReactNode
  onSubmit: (name: string) => void
  onBack: () => void
}

export function NameForm({ naming, profile, problem, onSubmit, onBack }: NameFormProps) {
  const { dialog, fill } = useWords()
  const texts = dialog.manage.switcher
  const [name, setName] = useState(
    naming === 'add' ? '' : naming === 'rename' ? profile : fill(texts.copyName, { profile }),
  )
  const isReady = name.trim() !== ''
  return (
    <Form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onSubmit(name)
      }}
    >
      <Heading slot="title">{texts.title}</Heading>
      <TextField className="field" value={name} onChange={setName} autoFocus autoComplete="off">
        <Label>{fill(texts.nameOf[naming], { profile })}</Label>
        <Input className="input" />
      </TextField>
      {problem}
      <div className="dialog-actions">
        <Button className="button" onPress={onBack}>
          {texts.back}
        </Button>
        <Button className="button primary" type="submit" isDisabled={!isReady}>
          {texts.doIt[naming]}
        </Button>
      </div>
    </Form>
  )
}
