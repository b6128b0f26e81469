/** DE | EN: takes effect at once, nothing typed is lost. */
import { Radio, RadioGroup } from 'react-aria-components'
import type { Language } from '../../contract/contract.ts'
import { useWords } from '../words.ts'

const order: readonly Language[] = ['de', 'en']

export function LanguageSwitch({ language, onChange }: { language: Language; onChange: (language: Language) => void }) {
  const { dialog } = useWords()
  return (
    <RadioGroup
      className="language"
      aria-label={dialog.language}
      orientation="horizontal"
      value={language}
      onChange={(value) => {
        const chosen = order.find((one) => one === value)
        if (chosen !== undefined) onChange(chosen)
      }}
    >
      {order.map((one) => (
        <Radio key={one} className="language-choice" value={one}>
          <span aria-hidden="true">{dialog.languages[one].short}</span>
          <span className="unseen" lang={one}>
            {dialog.languages[one].name}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  )
}
