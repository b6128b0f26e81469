/** Addresses from a file, looked at before they are taken in; and into a file. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { ImportReport } from '../../../contract/addresses.ts'
import { addressFileLimits, addressUploadBytes } from '../../../contract/contactFields.ts'
import { useClient } from '../../client.ts'
import { ArrivalHeading } from '../../parts/ArrivalHeading.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { useAddressWords, type AddressWords } from './addressWords.ts'

const megabyte = 1024 * 1024

type State =
  | { kind: 'none' }
  | { kind: 'too-large' }
  | { kind: 'lost' }
  | { kind: 'checked'; report: ImportReport; base64: string }
  | { kind: 'taken'; report: ImportReport }

export function ImportPanel(props: { companySalutation: string; onTaken: () => void; onClose: () => void }) {
  const client = useClient()
  const words = useAddressWords()
  const { addresses, fill } = words
  const [state, setState] = useState<State>({ kind: 'none' })

  const send = (base64: string, dryRun: boolean): Promise<ImportReport> =>
    client.addresses.importFile({ base64, companySalutation: props.companySalutation, dryRun })
  const look = async (file: File | undefined) => {
    if (file === undefined) return setState({ kind: 'none' })
    if (file.size > addressUploadBytes) return setState({ kind: 'too-large' })
    try {
      const base64 = await base64Of(file)
      setState({ kind: 'checked', report: await send(base64, true), base64 })
    } catch {
      setState({ kind: 'lost' })
    }
  }
  const take = async (base64: string) => {
    try {
      setState({ kind: 'taken', report: await send(base64, false) })
      props.onTaken()
    } catch {
      setState({ kind: 'lost' })
    }
  }

  return (
    <section className="group" aria-labelledby="address-import-title">
      <ArrivalHeading id="address-import-title">{addresses.dialog.headings.import}</ArrivalHeading>
      <div className="field">
        <label htmlFor="address-file">{addresses.dialog.file}</label>
        <input
          id="address-file"
          className="input"
          type="file"
          accept=".csv,.txt,.vcf,.vcard,text/csv,text/vcard"
          onChange={(event) => void look(event.target.files?.[0])}
        />
      </div>
      <div role="status">
        {state.kind === 'too-large' && (
          <Refusal text={fill(addresses.dialog.fileTooLarge, { megabytes: addressUploadBytes / megabyte })} />
        )}
        {state.kind === 'lost' && <Refusal text={addresses.dialog.lost} />}
        {(state.kind === 'checked' || state.kind === 'taken') && (
          <Report report={state.report} isDry={state.kind === 'checked'} words={words} />
        )}
      </div>
      <div className="address-actions">
        {state.kind === 'checked' &&
          state.report.kind === 'read' &&
          state.report.created + state.report.updated > 0 && (
            <Button className="button primary" onPress={() => void take(state.base64)}>
              {addresses.dialog.take}
            </Button>
          )}
        <Button className="button" onPress={props.onClose}>
          {state.kind === 'taken' ? addresses.dialog.close : addresses.dialog.cancel}
        </Button>
      </div>
    </section>
  )
}

function Refusal({ text }: { text: string }) {
  return (
    <div className="notice notice-error">
      <Icon name="cross" />
      <span>{text}</span>
    </div>
  )
}

function Report({ report, isDry, words }: { report: ImportReport; isDry: boolean; words: AddressWords }) {
  const { addresses, fill, count } = words
  switch (report.kind) {
    case 'refused': {
      const facts = { megabytes: addressFileLimits.bytes / megabyte, most: addressFileLimits.addresses }
      return <Refusal text={fill(addresses.fileRefusals[report.reason], facts)} />
    }
    case 'not-saved':
      return <Refusal text={fill(addresses.imported.notSaved, { code: report.code })} />
    case 'read': {
      const { created, updated, unknownColumns, refused, refusedCount } = report
      const place = report.format === 'csv' ? addresses.imported.csvPlace : addresses.imported.vcardPlace
      const facts = { created, updated }
      return (
        <>
          <p>{count(isDry ? addresses.imported.dry : addresses.imported.done, created + updated, facts)}</p>
          {unknownColumns.length > 0 && <p>{fill(addresses.imported.free, { columns: unknownColumns })}</p>}
          {refused.length > 0 && (
            <ul className="plain">
              {refused.map((one) => (
                <li key={one.place} className="remark remark-error">
                  <Icon name="cross" />
                  <span>
                    {fill(addresses.imported.refused, {
                      place: fill(place, { place: String(one.place) }),
                      problem: fill(addresses.recordProblems[one.problem.kind], one.problem),
                    })}
                  </span>
                </li>
              ))}
              {refusedCount > refused.length && <li>{count(addresses.dialog.more, refusedCount - refused.length)}</li>}
            </ul>
          )}
        </>
      )
    }
  }
}

/** In pieces, because a call takes only so many arguments. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 32_768) parts.push(String.fromCharCode(...bytes.subarray(at, at + 32_768)))
  return btoa(parts.join(''))
}
