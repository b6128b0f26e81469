/** One address: its fields, contact persons, contact log, and the contact that it would become. */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { Address, AddressField } from '../../../contract/addresses.ts'
import { refusalOf, useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { fieldGroups, nameOf, type FieldGroup } from './address.ts'
import { useAddressWords } from './addressWords.ts'
import { ContactLog } from './ContactLog.tsx'
import { ContactPersons } from './ContactPersons.tsx'
import { ContactPreview } from './ContactPreview.tsx'
import { FreeFields } from './FreeFields.tsx'

export type EditorFocus = 'fields' | 'persons' | 'log'

export function AddressEditor(props: {
  address: Address
  companySalutations: readonly string[]
  focus?: EditorFocus
  onSaved: (id: string) => void
  onRemoved?: () => void
  actions?: ReactNode
}) {
  const { address: given, companySalutations, focus = 'fields', onSaved, onRemoved, actions } = props
  const client = useClient()
  const announce = useAnnounce()
  const { addresses, fill } = useAddressWords()
  const [address, setAddress] = useState(given)
  const [failure, setFailure] = useState<string | null>(null)
  const [asking, setAsking] = useState<'no' | 'yes' | 'was'>('no')
  const isAsking = asking === 'yes'
  const section = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (focus === 'fields') return
    const target = section.current?.querySelector<HTMLElement>(
      `[data-part="${focus}"] button, [data-part="${focus}"] input`,
    )
    target?.focus()
    target?.scrollIntoView({ block: 'center' })
  }, [focus])

  const change = (part: Partial<Address>) => setAddress((before) => ({ ...before, ...part }))
  const failed = (error: unknown) => {
    const code = refusalOf(error)?.data['code']
    setFailure(typeof code === 'string' ? fill(addresses.dialog.notSaved, { code }) : addresses.dialog.lost)
  }
  const save = async () => {
    try {
      const { id } = await client.addresses.save({ address })
      setFailure(null)
      setAddress((before) => ({ ...before, id }))
      announce(addresses.dialog.saved)
      onSaved(id)
    } catch (error) {
      failed(error)
    }
  }
  const remove = async () => {
    try {
      await client.addresses.remove({ id: address.id })
      onRemoved?.()
    } catch (error) {
      failed(error)
    }
  }

  return (
    <div className="form" ref={section}>
      {(['name', 'place', 'reach'] as const).map((group) => (
        <Fields key={group} group={group} address={address} change={change} />
      ))}
      <ContactPreview address={address} companySalutations={companySalutations} />
      <Fields group="application" address={address} change={change}>
        <p className="hint">{addresses.dialog.notSent}</p>
      </Fields>
      <FreeFields free={address.free} change={(free) => change({ free })} />
      <div data-part="persons">
        <ContactPersons persons={address.contactPersons} change={(contactPersons) => change({ contactPersons })} />
      </div>
      <div data-part="log">
        <ContactLog log={address.log} change={(log) => change({ log })} />
      </div>
      {failure !== null && (
        <div className="notice notice-error" role="alert">
          <Icon name="cross" />
          <span>{failure}</span>
        </div>
      )}
      <div className="address-actions">
        <Button className="button primary" onPress={() => void save()}>
          {addresses.dialog.save}
        </Button>
        {actions}
        {onRemoved !== undefined && address.id !== '' && !isAsking && (
          <Button className="button danger" autoFocus={asking === 'was'} onPress={() => setAsking('yes')}>
            {addresses.dialog.delete}
          </Button>
        )}
      </div>
      {isAsking && (
        <div className="notice notice-warning" role="group" aria-label={addresses.dialog.delete}>
          <Icon name="warning" />
          <div>
            <p>{fill(addresses.dialog.deleteSure, { name: nameOf(address) })}</p>
            <div className="address-actions">
              <Button className="button" autoFocus onPress={() => setAsking('was')}>
                {addresses.dialog.cancel}
              </Button>
              <Button className="button danger" onPress={() => void remove()}>
                {addresses.dialog.deleteYes}
              </Button>
            </div>
          </div>
        </div>
      )}
    </div>
  )
}

function Fields(props: {
  group: FieldGroup
  address: Address
  change: (part: Partial<Address>) => void
  children?: ReactNode
}) {
  const { group, address, change } = props
  const { addresses } = useAddressWords()
  return (
    <fieldset className="group">
      <legend>{addresses.dialog.headings[group]}</legend>
      <div className="pair">
        {fieldGroups[group].map((field) => (
          <Field
            key={field}
            field={field}
            label={addresses.fields[field]}
            value={address[field]}
            onChange={(value) => change({ [field]: value })}
          />
        ))}
      </div>
      {props.children}
    </fieldset>
  )
}

function Field(props: { field: AddressField; label: string; value: string; onChange: (value: string) => void }) {
  const id = `address-${props.field}`
  return (
    <div className={props.field === 'remarks' ? 'field wide' : 'field'}>
      <label htmlFor={id}>{props.label}</label>
      {props.field === 'remarks' ? (
        <textarea
          id={id}
          className="input"
          rows={3}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      ) : (
        <input
          id={id}
          className="input"
          value={props.value}
          autoComplete="off"
          spellCheck="false"
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </div>
  )
}
