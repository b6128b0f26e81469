/** The contact persons of an address. */
import { Button } from 'react-aria-components'
import type { ContactPerson } from '../../../contract/addresses.ts'
import { useAddressWords } from './addressWords.ts'

const fields = ['salutation', 'firstName', 'lastName', 'function', 'phone', 'email'] as const
const nobody: ContactPerson = { salutation: '', firstName: '', lastName: '', function: '', phone: '', email: '' }

export function ContactPersons(props: {
  persons: readonly ContactPerson[]
  change: (persons: ContactPerson[]) => void
}) {
  const { persons, change } = props
  const { addresses, fill } = useAddressWords()
  return (
    <fieldset className="group">
      <legend>{addresses.dialog.headings.persons}</legend>
      {persons.map((person, index) => {
        const number = String(index + 1)
        return (
          <div key={index} className="address-part" role="group" aria-label={fill(addresses.dialog.person, { number })}>
            <div className="pair">
              {fields.map((field) => (
                <div key={field} className="field">
                  <label htmlFor={`person-${index}-${field}`}>{addresses.person[field]}</label>
                  <input
                    id={`person-${index}-${field}`}
                    className="input"
                    value={person[field]}
                    autoComplete="off"
                    onChange={(event) =>
                      change(persons.map((one, at) => (at === index ? { ...one, [field]: event.target.value } : one)))
                    }
                  />
                </div>
              ))}
            </div>
            <Button
              className="button quiet"
              aria-label={fill(addresses.dialog.removePerson, { number })}
              onPress={() => change(persons.filter((_, at) => at !== index))}
            >
              {fill(addresses.dialog.removePerson, { number })}
            </Button>
          </div>
        )
      })}
      <Button className="button quiet" onPress={() => change([...persons, nobody])}>
        {addresses.dialog.addPerson}
      </Button>
    </fieldset>
  )
}
