/** Search as one types, and the list of what was found. */
import { useEffect, useState } from 'react'
import { Button, Input, Label, SearchField } from 'react-aria-components'
import type { AddressSummary } from '../../../contract/addresses.ts'
import { useClient } from '../../client.ts'
import { useAddressWords } from './addressWords.ts'

const shownAtOnce = 100
/** Shorter than a person notices, longer than the time between two keys. */
const pauseMs = 80

type Found = { addresses: AddressSummary[]; total: number; count: number; failure: string | null; version: number }

export function AddressPicker(props: {
  chosen: string | null
  /** Changes when the address base has changed, so that the list is read again. */
  version: number
  onChoose: (id: string) => void
  onCount?: (count: number) => void
}) {
  const { chosen, version, onChoose, onCount } = props
  const client = useClient()
  const { addresses, count, fill } = useAddressWords()
  const [text, setText] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const [isLost, setLost] = useState(false)

  useEffect(() => {
    const stale = new AbortController()
    const timer = setTimeout(() => {
      client.addresses.find({ text, limit: shownAtOnce }, { signal: stale.signal }).then(
        (result) => {
          if (stale.signal.aborted) return
          setFound({ ...result, version })
          setLost(false)
          onCount?.(result.count)
        },
        () => stale.signal.aborted || setLost(true),
      )
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stale.abort()
    }
  }, [client, text, version, onCount])

  return (
    <div className="address-picker">
      <SearchField className="field" value={text} onChange={setText} maxLength={200}>
        <Label>{addresses.dialog.search}</Label>
        <Input className="input" placeholder={addresses.dialog.searchHint} spellCheck="false" autoComplete="off" />
      </SearchField>
      <p className="hint" role="status">
        {isLost
          ? addresses.dialog.lost
          : found === null
            ? ''
            : found.failure !== null
              ? fill(addresses.dialog.unreadable, { code: found.failure })
              : found.total > found.addresses.length
                ? fill(addresses.dialog.foundOf, { shown: found.addresses.length, total: found.total })
                : count(addresses.dialog.found, found.total)}
      </p>
      {found !== null && found.failure === null && found.addresses.length === 0 && (
        <p>{found.count === 0 ? addresses.dialog.nothing : addresses.dialog.nothingFound}</p>
      )}
      {found !== null && found.addresses.length > 0 && (
        <ul className="address-list" aria-label={addresses.dialog.list}>
          {found.addresses.map((one) => (
            <li key={one.id}>
              <Button
                className="address-row"
                aria-current={one.id === chosen ? 'true' : 'false'}
                onPress={() => onChoose(one.id)}
              >
                <span className="address-name">{one.name || '–'}</span>
                <span className="hint">
                  {[one.number, one.town, one.email].filter((part) => part !== '').join(' · ')}
                </span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
