/** A passphrase: hidden, not remembered by the browser, and sent away once. */
import { Input, Label, TextField } from 'react-aria-components'

type Props = { label: string; hint?: string; value: string; autoFocus?: boolean; onChange: (value: string) => void }

export function PassphraseField({ label, hint, value, autoFocus = false, onChange }: Props) {
  return (
    <TextField
      className="field"
      type="password"
      value={value}
      onChange={onChange}
      autoComplete="new-password"
      autoFocus={autoFocus}
      {...(hint === undefined ? {} : { 'aria-describedby': 'passphrase-hint' })}
    >
      <Label>{label}</Label>
      <Input className="input" />
      {hint !== undefined && (
        <div id="passphrase-hint" className="hint">
          {hint}
        </div>
      )}
    </TextField>
  )
}
