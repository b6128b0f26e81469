/** Fields of the person's own, by name. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useAddressWords } from './addressWords.ts'

export function FreeFields(props: {
  free: Readonly<Record<string, string>>
  change: (free: Record<string, string>) => void
}) {
  const { free, change } = props
  const { addresses, fill } = useAddressWords()
  const [name, setName] = useState('')
  const trimmed = name.trim()
  const add = () => {
    if (trimmed === '' || Object.hasOwn(free, trimmed)) return
    change({ ...free, [trimmed]: '' })
    setName('')
  }
  return (
    <fieldset className="group">
      <legend>{addresses.dialog.headings.free}</legend>
      {Object.entries(free).map(([field, value], index) => (
        <div key={field} className="field">
          <label htmlFor={`free-${index}`}>{field}</label>
          <div className="with-button">
            <input
              id={`free-${index}`}
              className="input"
              value={value}
              autoComplete="off"
              onChange={(event) => change({ ...free, [field]: event.target.value })}
            />
            <Button
              className="button quiet"
              onPress={() => change(Object.fromEntries(Object.entries(free).filter(([one]) => one !== field)))}
            >
              {fill(addresses.dialog.removeFree, { name: field })}
            </Button>
          </div>
        </div>
      ))}
      <div className="field">
        <label htmlFor="free-name">{addresses.dialog.freeName}</label>
        <div className="with-button">
          <input
            id="free-name"
            className="input"
            value={name}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
          <Button className="button quiet" isDisabled={trimmed === ''} onPress={add}>
            {addresses.dialog.addFree}
          </Button>
        </div>
      </div>
    </fieldset>
  )
}
