/** The section of addresses: the list on one side; the address, a file, the transfer or new ones from Exchange on the other. */
import { useCallback, useState } from 'react'
import { Button } from 'react-aria-components'
import type { Address } from '../../../contract/addresses.ts'
import { useClient } from '../../client.ts'
import { ArrivalHeading } from '../../parts/ArrivalHeading.tsx'
import { Choice } from '../../parts/Choice.tsx'
import { addressFormats, type AddressFormat } from '../../../contract/contactFields.ts'
import { download } from '../run/reportFile.ts'
import type { SectionProps } from '../../sections.tsx'
import { emptyAddress, nameOf } from './address.ts'
import { AddressEditor } from './AddressEditor.tsx'
import { AddressPicker } from './AddressPicker.tsx'
import { useAddressWords } from './addressWords.ts'
import { ImportPanel } from './FilePanel.tsx'
import { FromExchangePanel } from './FromExchangePanel.tsx'
import { TransferPanel } from './TransferPanel.tsx'
import '../../styles/addresses.css'

type Shown =
  | { kind: 'nothing' }
  | { kind: 'address'; address: Address; key: number }
  | { kind: 'import' }
  | { kind: 'transfer' }
  | { kind: 'from-exchange' }

export function AddressesPage({ start }: SectionProps) {
  const client = useClient()
  const { addresses } = useAddressWords()
  const [shown, setShown] = useState<Shown>({ kind: 'nothing' })
  const [chosen, setChosen] = useState<Address | null>(null)
  const [version, setVersion] = useState(0)
  const [count, setCount] = useState(0)
  const [format, setFormat] = useState<AddressFormat>('csv')
  const [salutations, setSalutations] = useState<readonly string[]>(start.draft.companySalutations ?? [])

  const changed = useCallback(() => setVersion((before) => before + 1), [])
  const show = (address: Address) => {
    setChosen(address.id === '' ? null : address)
    setShown({ kind: 'address', address, key: Date.now() })
  }
  const open = async (id: string) => {
    const [address, state] = await Promise.all([client.addresses.get({ id }), client.app.start({})]).catch(() => [
      null,
      null,
    ])
    setSalutations((before) => state?.draft.companySalutations ?? before)
    if (address !== null) show(address)
  }
  const exportNow = async () => {
    const file = await client.addresses.exportFile({ format, companySalutations: [...salutations] }).catch(() => null)
    const type = format === 'csv' ? 'text/csv;charset=utf-8' : 'text/vcard;charset=utf-8'
    if (file !== null) download({ name: file.name, type, content: file.text })
  }
  const nothing = () => setShown({ kind: 'nothing' })
  /** The button that opened what is closed has the focus again. */
  const close = () => {
    document.getElementById(`addresses-${shown.kind}`)?.focus()
    nothing()
  }

  return (
    <div className="page">
      <main className="columns">
        <div className="form-column">
          <div className="form">
            <p className="hint">{addresses.oneWay}</p>
            <div className="address-actions">
              <Button className="button" onPress={() => show(emptyAddress())}>
                {addresses.dialog.new}
              </Button>
              <Button id="addresses-import" className="button" onPress={() => setShown({ kind: 'import' })}>
                {addresses.dialog.import}
              </Button>
              <Button
                id="addresses-from-exchange"
                className="button"
                onPress={() => setShown({ kind: 'from-exchange' })}
              >
                {addresses.dialog.fromExchange}
              </Button>
              <Button
                id="addresses-transfer"
                className="button primary"
                isDisabled={count === 0}
                onPress={() => setShown({ kind: 'transfer' })}
              >
                {addresses.dialog.transfer}
              </Button>
            </div>
            <AddressPicker
              chosen={chosen?.id ?? null}
              version={version}
              onChoose={(id) => void open(id)}
              onCount={setCount}
            />
            {count > 0 && (
              <fieldset className="group">
                <legend>{addresses.dialog.export}</legend>
                <div className="pair">
                  <Choice
                    id="address-export-format"
                    label={addresses.dialog.exportAs}
                    value={format}
                    options={addressFormats.map((value) => ({ value, label: addresses.dialog.formats[value] }))}
                    isReadOnly={false}
                    onChange={setFormat}
                  />
                  <Button className="button" onPress={() => void exportNow()}>
                    {addresses.dialog.exportNow}
                  </Button>
                </div>
              </fieldset>
            )}
          </div>
        </div>
        <div className="result-column">
          {shown.kind === 'nothing' && <p className="hint">{addresses.dialog.choose}</p>}
          {shown.kind === 'address' && (
            <>
              <ArrivalHeading key={shown.key}>{nameOf(shown.address) || addresses.dialog.headings.new}</ArrivalHeading>
              <AddressEditor
                key={shown.key}
                address={shown.address}
                companySalutations={salutations}
                onSaved={changed}
                onRemoved={() => {
                  setChosen(null)
                  nothing()
                  changed()
                }}
              />
            </>
          )}
          {shown.kind === 'import' && (
            <ImportPanel companySalutation={salutations[0] ?? ''} onTaken={changed} onClose={close} />
          )}
          {shown.kind === 'transfer' && <TransferPanel count={count} address={chosen} onClose={close} />}
          {shown.kind === 'from-exchange' && <FromExchangePanel onTaken={changed} onClose={close} />}
        </div>
      </main>
    </div>
  )
}
