/** Rows A10 to A12: the template address with its options, the salutation of companies, and that addresses go one way. */
import { lazy, Suspense, useEffect, useState } from 'react'
import { Button, Dialog, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components'
import { useClient } from '../../client.ts'
import { useWords } from '../../words.ts'
import { nameOf, salutationsOf, salutationsText } from '../addresses/address.ts'
import type { GroupProps } from './BasicsForm.tsx'

const TemplateOptions = lazy(async () => ({
  default: (await import('../addresses/TemplateOptions.tsx')).TemplateOptions,
}))

export function AddressGroup({ state, isReadOnly, change }: GroupProps) {
  const client = useClient()
  const { dialog } = useWords()
  const words = dialog.addressGroup
  const { draft } = state
  const chosen = draft.templateAddressId ?? ''
  const [name, setName] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const salutations = draft.companySalutations ?? []
  const [typed, setTyped] = useState<string | null>(null)

  useEffect(() => {
    // What is changed in the options shows when they are closed.
    if (chosen === '' || isOpen) return undefined
    let stale = false
    const read = async () => {
      const found = await client.addresses.get({ id: chosen })
      if (!stale) setName(found === null ? null : nameOf(found))
    }
    read().catch(() => undefined)
    return () => {
      stale = true
    }
  }, [client, chosen, isOpen])

  return (
    <fieldset className="group">
      <legend>{words.title}</legend>
      <div className="field" role="group" aria-labelledby="template-label">
        <span id="template-label" className="label">
          {words.template}
        </span>
        <div className="with-button">
          <span className="input template-name">{chosen === '' ? words.none : (name ?? words.gone)}</span>
          <Button className="button" aria-label={words.options} isDisabled={isReadOnly} onPress={() => setOpen(true)}>
            !
          </Button>
        </div>
        <div className="hint">{words.templateHint}</div>
      </div>
      <TextField
        className="field"
        value={typed ?? salutationsText(salutations)}
        isReadOnly={isReadOnly}
        autoComplete="off"
        onChange={(text) => {
          setTyped(text)
          change({ companySalutations: salutationsOf(text) })
        }}
        onBlur={() => setTyped(null)}
        aria-describedby="companies-hint"
      >
        <Label>{words.companies}</Label>
        <Input className="input" />
        <div id="companies-hint" className="hint">
          {words.companiesHint}
        </div>
      </TextField>
      <p className="hint">{words.oneWay}</p>
      <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={setOpen} isDismissable>
        <Modal className="modal modal-wide">
          <Dialog className="dialog">
            <Heading slot="title">{words.template}</Heading>
            <Suspense fallback={<p>{dialog.start.loading}</p>}>
              <TemplateOptions
                chosen={chosen}
                companySalutations={salutations}
                onChoose={(templateAddressId) => {
                  change({ templateAddressId })
                  setOpen(false)
                }}
                onClose={() => setOpen(false)}
              />
            </Suspense>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </fieldset>
  )
}
