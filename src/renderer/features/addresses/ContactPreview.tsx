/** The contact that an address would become, field by field, as soon as typing pauses. */
import { useEffect, useState } from 'react'
import type { Address, AddressProblem, ContactPreview as Preview } from '../../../contract/addresses.ts'
import { useClient } from '../../client.ts'
import { Icon } from '../../parts/Icon.tsx'
import { contactFields, contactValueLimit } from '../../../contract/contactFields.ts'
import { shownValue } from './contactFields.ts'
import { useAddressWords, type AddressWords } from './addressWords.ts'

const pauseMs = 250

export function ContactPreview(props: { address: Address; companySalutations: readonly string[] }) {
  const { address, companySalutations } = props
  const client = useClient()
  const words = useAddressWords()
  const { addresses, fill } = words
  const [preview, setPreview] = useState<Preview | null>(null)

  useEffect(() => {
    const stale = new AbortController()
    const timer = setTimeout(() => {
      // An address without an id yet is looked at all the same.
      const asked = { ...address, id: address.id === '' ? '00000000-0000-4000-8000-000000000000' : address.id }
      client.addresses
        .preview({ address: asked, companySalutations: [...companySalutations] }, { signal: stale.signal })
        .then(
          (result) => stale.signal.aborted || setPreview(result),
          // The next pause asks again.
          () => undefined,
        )
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stale.abort()
    }
  }, [client, address, companySalutations])

  if (preview === null) return null
  const fields = contactFields.flatMap((field) => {
    const value = preview.values[field]
    return value === undefined ? [] : [{ field, value }]
  })
  return (
    <section className="group address-preview" aria-labelledby="address-preview-title">
      <h3 id="address-preview-title">{addresses.dialog.headings.preview}</h3>
      {fields.length === 0 ? (
        <p className="hint">{addresses.dialog.previewNothing}</p>
      ) : (
        <>
          <p className="hint">{fill(addresses.dialog.previewLead, { kind: addresses.kinds[preview.kind] })}</p>
          <dl className="address-facts">
            {fields.map(({ field, value }) => (
              <div key={field}>
                <dt>{addresses.contactFields[field]}</dt>
                <dd>{shownValue(field, value, addresses)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {fields.length > 0 && <Problems problems={preview.problems} words={words} />}
    </section>
  )
}

export function Problems({ problems, words }: { problems: readonly AddressProblem[]; words: AddressWords }) {
  const { addresses, fill } = words
  if (problems.length === 0) return null
  return (
    <ul className="plain">
      {problems.map((problem) => {
        const isRemark = problem.kind === 'control-characters'
        const facts =
          'field' in problem
            ? { ...problem, field: addresses.contactFields[problem.field], limit: contactValueLimit }
            : { ...problem }
        return (
          <li
            key={`${problem.kind}-${'field' in problem ? problem.field : ''}`}
            className={`remark ${isRemark ? 'remark-warning' : 'remark-error'}`}
          >
            <Icon name={isRemark ? 'warning' : 'cross'} />
            <span>{fill(addresses.problems[problem.kind], facts)}</span>
          </li>
        )
      })}
    </ul>
  )
}
