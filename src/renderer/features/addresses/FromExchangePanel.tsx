/** New addresses from contacts of the mailbox: what Exchange brings and what the template fills, side by side, one after the other. Nothing is saved before a look. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { ContactsEvent, NewContact } from '../../../contract/addresses.ts'
import { contactsReadLimit } from '../../../contract/contactFields.ts'
import { refusalOf, useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { ArrivalHeading } from '../../parts/ArrivalHeading.tsx'
import { StartStopButton } from '../../parts/StartStopButton.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { fieldGroups, nameOf } from './address.ts'
import { useAddressWords } from './addressWords.ts'
import { StreamLine } from './StreamLine.tsx'
import { useMailboxStream } from './useMailboxStream.ts'

type Read = Extract<ContactsEvent, { kind: 'contacts' }>

export function FromExchangePanel(props: { onTaken: () => void; onClose: () => void }) {
  const client = useClient()
  const announce = useAnnounce()
  const { addresses, fill, count } = useAddressWords()
  const stream = useMailboxStream<ContactsEvent>()
  const [reading, setReading] = useState(0)
  const [read, setRead] = useState<Read | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set())
  const [template, setTemplate] = useState<string | null>(null)

  const start = () => {
    setRead(null)
    setFailure(null)
    setReading(0)
    return stream.start(
      async (signal) => {
        const { profile, draft } = await client.app.start({})
        const chosen = draft.templateAddressId ?? ''
        const found = chosen === '' ? null : await client.addresses.get({ id: chosen })
        setTemplate(found === null ? null : nameOf(found))
        return client.addresses.readContacts({ profile, draft, secrets: {}, folderId: '' }, { signal })
      },
      (event) => {
        if (event.kind === 'reading') setReading(event.count)
        if (event.kind === 'not-read') setFailure(fill(addresses.dialog.notRead, { code: event.code }))
        if (event.kind === 'contacts') {
          setRead(event)
          setAt(0)
          announce(count(addresses.dialog.readDone, event.contacts.length, { known: event.known }))
        }
      },
    )
  }
  const take = async (contact: NewContact) => {
    try {
      await client.addresses.save({ address: contact.address })
      setTaken((before) => new Set(before).add(contact.contactId))
      announce(addresses.dialog.taken)
      props.onTaken()
    } catch (error) {
      const code = refusalOf(error)?.data['code']
      setFailure(typeof code === 'string' ? fill(addresses.dialog.notSaved, { code }) : addresses.dialog.lost)
    }
  }
  const current = read?.contacts[at]

  return (
    <section className="group" aria-labelledby="from-exchange-title">
      <ArrivalHeading id="from-exchange-title">{addresses.dialog.headings.fromExchange}</ArrivalHeading>
      <div className="address-actions">
        <StartStopButton
          label={addresses.dialog.readNow}
          stopLabel={addresses.dialog.stop}
          isPrimary={read === null}
          isRunning={stream.state.isRunning}
          onStart={() => void start()}
          onStop={stream.stop}
        />
        <Button className="button" isDisabled={stream.state.isRunning} onPress={props.onClose}>
          {addresses.dialog.close}
        </Button>
      </div>
      <StreamLine state={stream.state} />
      {failure !== null && (
        <div className="notice notice-error" role="alert">
          <Icon name="cross" />
          <span>{failure}</span>
        </div>
      )}
      {stream.state.isRunning && (
        <p role="status">{reading === 0 ? addresses.dialog.connecting : count(addresses.dialog.reading, reading)}</p>
      )}
      {read !== null && (
        <p>
          {count(addresses.dialog.readDone, read.contacts.length, { known: read.known })}{' '}
          {!read.isComplete && fill(addresses.dialog.readIncomplete, { most: contactsReadLimit })}
        </p>
      )}
      {read !== null && (
        <p className="hint">
          {template === null ? addresses.dialog.noTemplate : fill(addresses.dialog.template, { name: template })}
        </p>
      )}
      {read !== null && current !== undefined && (
        <>
          <div className="address-actions">
            <Button className="button quiet" isDisabled={at === 0} onPress={() => setAt(at - 1)}>
              {addresses.dialog.previous}
            </Button>
            <span>{fill(addresses.dialog.position, { number: at + 1, count: read.contacts.length })}</span>
            <Button className="button quiet" isDisabled={at + 1 >= read.contacts.length} onPress={() => setAt(at + 1)}>
              {addresses.dialog.next}
            </Button>
          </div>
          <Proposal contact={current} />
          <div className="address-actions">
            {taken.has(current.contactId) ? (
              <span className="save-line good">
                <Icon name="check" />
                {addresses.dialog.taken}
              </span>
            ) : (
              <Button className="button primary" onPress={() => void take(current)}>
                {addresses.dialog.takeAddress}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  )
}

function Proposal({ contact }: { contact: NewContact }) {
  const { addresses, fill } = useAddressWords()
  const { address, origins, duplicates } = contact
  const fields = Object.values(fieldGroups).flat()
  return (
    <div>
      <h3>{nameOf(address)}</h3>
      {duplicates.map((one) => (
        <div key={`${one.by}-${one.addressId}`} className="remark remark-warning">
          <Icon name="warning" />
          <span>
            {fill(one.by === 'email' ? addresses.dialog.duplicateEmail : addresses.dialog.duplicatePlace, {
              name: one.name,
            })}
          </span>
        </div>
      ))}
      <div className="address-sides">
        {(['exchange', 'template'] as const).map((side) => (
          <section
            key={side}
            aria-label={side === 'exchange' ? addresses.dialog.fromExchangeOrigin : addresses.dialog.fromTemplate}
          >
            <h4>{side === 'exchange' ? addresses.dialog.fromExchangeOrigin : addresses.dialog.fromTemplate}</h4>
            <dl className="address-facts">
              {fields
                .filter((field) => origins[field] === side)
                .map((field) => (
                  <div key={field}>
                    <dt>{addresses.fields[field]}</dt>
                    <dd>{address[field]}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  )
}
