/** What the options button [!] of the template address opens: create, search, edit; contact persons and contact log of the chosen one. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Address } from '../../../contract/addresses.ts'
import { useClient } from '../../client.ts'
import { emptyAddress } from './address.ts'
import { AddressEditor, type EditorFocus } from './AddressEditor.tsx'
import { AddressPicker } from './AddressPicker.tsx'
import { useAddressWords } from './addressWords.ts'
import '../../styles/addresses.css'

type Shown = { kind: 'menu' } | { kind: 'search' } | { kind: 'address'; address: Address; focus: EditorFocus }

export function TemplateOptions(props: {
  /** Id of the chosen template; empty: none. */
  chosen: string
  companySalutations: readonly string[]
  onChoose: (id: string) => void
  onClose: () => void
}) {
  const { chosen, companySalutations, onChoose, onClose } = props
  const client = useClient()
  const { addresses } = useAddressWords()
  const words = addresses.basics.menu
  const [shown, setShown] = useState<Shown>({ kind: 'menu' })

  const open = async (focus: EditorFocus) => {
    const address = await client.addresses.get({ id: chosen }).catch(() => null)
    if (address !== null) setShown({ kind: 'address', address, focus })
  }
  const back = (
    <Button className="button" onPress={() => setShown({ kind: 'menu' })}>
      {words.back}
    </Button>
  )
  switch (shown.kind) {
    case 'menu':
      return (
        <div className="template-menu">
          <Button className="button" autoFocus onPress={() => setShown({ kind: 'search' })}>
            {words.search}
          </Button>
          <Button
            className="button"
            onPress={() => setShown({ kind: 'address', address: emptyAddress(), focus: 'fields' })}
          >
            {words.new}
          </Button>
          {(
            [
              ['edit', 'fields'],
              ['persons', 'persons'],
              ['log', 'log'],
            ] as const
          ).map(([item, focus]) => (
            <Button key={item} className="button" isDisabled={chosen === ''} onPress={() => void open(focus)}>
              {words[item]}
            </Button>
          ))}
          <Button className="button" isDisabled={chosen === ''} onPress={() => onChoose('')}>
            {words.none}
          </Button>
          <Button className="button" onPress={onClose}>
            {addresses.dialog.close}
          </Button>
        </div>
      )
    case 'search':
      return (
        <>
          <AddressPicker chosen={chosen === '' ? null : chosen} version={0} onChoose={onChoose} />
          <div className="dialog-actions">{back}</div>
        </>
      )
    case 'address':
      return (
        <AddressEditor
          address={shown.address}
          companySalutations={companySalutations}
          focus={shown.focus}
          onSaved={onChoose}
          actions={back}
        />
      )
  }
}
