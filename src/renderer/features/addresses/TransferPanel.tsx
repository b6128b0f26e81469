/** [Übertragen]: first what would change, field by field, then the transfer with progress and stop. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { transferActions, type TransferAction } from '../../../contract/contactFields.ts'
import type { Address, FoldersEvent, TransferEvent } from '../../../contract/addresses.ts'
import { useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { ArrivalHeading } from '../../parts/ArrivalHeading.tsx'
import { StartStopButton } from '../../parts/StartStopButton.tsx'
import { Choice } from '../../parts/Choice.tsx'
import { nameOf } from './address.ts'
import { shownValue } from './contactFields.ts'
import { useAddressWords, type AddressWords } from './addressWords.ts'
import { Problems } from './ContactPreview.tsx'
import { StreamLine } from './StreamLine.tsx'
import { useMailboxStream } from './useMailboxStream.ts'

type Item = Extract<TransferEvent, { kind: 'item' }>
type Finished = Extract<TransferEvent, { kind: 'finished' }>
type Progress = Extract<TransferEvent, { kind: 'progress' }>

/** Rows that a person looks at; the counts tell the rest. */
const rowsShown = 200

export function TransferPanel(props: { count: number; address: Address | null; onClose: () => void }) {
  const client = useClient()
  const announce = useAnnounce()
  const words = useAddressWords()
  const { addresses, fill, count } = words
  const stream = useMailboxStream<TransferEvent | FoldersEvent>()
  const [folders, setFolders] = useState<{ id: string; name: string }[]>([])
  const [folderId, setFolderId] = useState('')
  const [isAll, setAll] = useState(props.address === null)
  /** What runs, or ran last. */
  const [doing, setDoing] = useState<'folders' | 'look' | 'transfer'>('look')
  const [items, setItems] = useState<Item[]>([])
  const [progress, setProgress] = useState<Progress | null>(null)
  const [waiting, setWaiting] = useState<Extract<TransferEvent, { kind: 'waiting' }> | null>(null)
  const [finished, setFinished] = useState<{ event: Finished; isDry: boolean; what: string } | null>(null)

  const what = `${folderId}|${isAll ? '' : (props.address?.id ?? '')}`
  const input = async () => {
    const { profile, draft } = await client.app.start({})
    return { profile, draft, secrets: {} }
  }
  const readFolders = () => {
    setDoing('folders')
    return stream.start(
      async (signal) => client.addresses.folders(await input(), { signal }),
      (event) => {
        if (event.kind === 'folders') setFolders(event.folders)
      },
    )
  }
  const go = (dryRun: boolean) => {
    setDoing(dryRun ? 'look' : 'transfer')
    setItems([])
    setProgress(null)
    setFinished(null)
    const ids = isAll || props.address === null ? [] : [props.address.id]
    return stream.start(
      async (signal) => client.addresses.transfer({ ...(await input()), ids, folderId, dryRun }, { signal }),
      (event) => {
        switch (event.kind) {
          case 'item':
            if (event.action !== 'unchanged')
              setItems((before) => (before.length < rowsShown ? [...before, event] : before))
            return
          case 'progress':
            setProgress(event)
            setWaiting(null)
            return
          case 'waiting':
            return setWaiting(event)
          case 'finished':
            announce(outcomeWords(event, words))
            return setFinished({ event, isDry: dryRun, what })
          default:
        }
      },
    )
  }
  const isLooked =
    finished !== null && finished.isDry && finished.what === what && finished.event.outcome.kind === 'done'
  const { isRunning } = stream.state

  return (
    <section className="group" aria-labelledby="address-transfer-title">
      <ArrivalHeading id="address-transfer-title">{addresses.dialog.headings.transfer}</ArrivalHeading>
      <p>{addresses.oneWay}</p>
      <div className="pair top">
        <Choice
          id="transfer-what"
          label={addresses.dialog.what}
          value={isAll ? 'all' : 'one'}
          options={[
            { value: 'all' as const, label: count(addresses.dialog.transferAll, props.count) },
            ...(props.address === null
              ? []
              : [
                  { value: 'one' as const, label: fill(addresses.dialog.transferOne, { name: nameOf(props.address) }) },
                ]),
          ]}
          isReadOnly={isRunning}
          onChange={(value) => setAll(value === 'all')}
        />
        <Choice
          id="transfer-folder"
          label={addresses.dialog.folder}
          value={folderId}
          options={[
            { value: '', label: addresses.dialog.folderDefault },
            ...folders.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          isReadOnly={isRunning}
          onChange={setFolderId}
        >
          <StartStopButton
            label={addresses.dialog.folderLoad}
            stopLabel={addresses.dialog.stop}
            isLink
            isRunning={isRunning && doing === 'folders'}
            isDisabled={isRunning && doing !== 'folders'}
            onStart={() => void readFolders()}
            onStop={stream.stop}
          />
        </Choice>
      </div>
      <div className="address-actions">
        <StartStopButton
          label={addresses.dialog.dryRun}
          stopLabel={addresses.dialog.stop}
          isPrimary={!isLooked}
          isRunning={isRunning && doing === 'look'}
          isDisabled={isRunning ? doing !== 'look' : props.count === 0}
          onStart={() => void go(true)}
          onStop={stream.stop}
        />
        <StartStopButton
          label={addresses.dialog.start}
          stopLabel={addresses.dialog.stop}
          isPrimary={isLooked}
          isRunning={isRunning && doing === 'transfer'}
          isDisabled={isRunning ? doing !== 'transfer' : !isLooked}
          describedBy={isLooked || isRunning ? undefined : 'transfer-needs'}
          onStart={() => void go(false)}
          onStop={stream.stop}
        />
        <Button className="button" isDisabled={isRunning} onPress={props.onClose}>
          {addresses.dialog.close}
        </Button>
      </div>
      {!isLooked && !isRunning && (
        <p id="transfer-needs" className="hint">
          {addresses.dialog.needsDry}
        </p>
      )}
      <StreamLine state={stream.state} />
      <ProgressLine isRunning={isRunning} progress={progress} waiting={waiting} words={words} />
      {finished !== null && <Outcome finished={finished.event} words={words} />}
      <Items items={items} words={words} />
    </section>
  )
}

function ProgressLine(props: {
  isRunning: boolean
  progress: Progress | null
  waiting: Extract<TransferEvent, { kind: 'waiting' }> | null
  words: AddressWords
}) {
  const { isRunning, progress, waiting, words } = props
  const { addresses, fill } = words
  if (!isRunning) return null
  if (progress === null) return <p role="status">{addresses.dialog.connecting}</p>
  const { done, total, remainingMs } = progress
  const seconds = remainingMs === null ? null : Math.ceil(remainingMs / 1_000)
  const text =
    waiting !== null
      ? fill(addresses.waiting, { code: waiting.code, seconds: Math.ceil(waiting.ms / 1_000) })
      : fill(seconds === null ? addresses.dialog.running : addresses.dialog.runningLeft, { done, total, seconds })
  return (
    <div>
      <progress value={done} max={Math.max(total, 1)} aria-label={addresses.dialog.headings.transfer} />
      <p className="hint">{text}</p>
    </div>
  )
}

function outcomeWords({ outcome }: Finished, { addresses, fill }: AddressWords): string {
  return fill(addresses.outcomes[outcome.kind], outcome.kind === 'broken-off' ? { code: outcome.code } : {})
}

function Outcome({ finished, words }: { finished: Finished; words: AddressWords }) {
  const { addresses, count } = words
  const { counts } = finished
  const told = transferActions.filter((action) => counts[action] > 0)
  return (
    <div>
      <p>
        <strong>{outcomeWords(finished, words)}</strong>
      </p>
      <ul className="plain">
        {told.map((action: TransferAction) => (
          <li key={action}>{count(addresses.counts[action], counts[action])}</li>
        ))}
      </ul>
    </div>
  )
}

function Items({ items, words }: { items: readonly Item[]; words: AddressWords }) {
  const { addresses, fill } = words
  if (items.length === 0) return null
  return (
    <ul className="address-items">
      {items.map((item) => (
        <li key={item.addressId}>
          <details>
            <summary>
              {item.name || '–'}{' '}
              <span className={`hint ${item.action === 'failed' ? 'bad' : ''}`}>{addresses.actions[item.action]}</span>
            </summary>
            {item.code !== null && <p className="mono">{item.code}</p>}
            <Problems problems={item.problems} words={words} />
            <dl className="address-facts">
              {item.changes.map(({ field, before, after }) => (
                <div key={field}>
                  <dt>{addresses.contactFields[field]}</dt>
                  <dd>
                    {before === null && after !== null
                      ? shownValue(field, after, addresses)
                      : fill(addresses.dialog.change, {
                          before:
                            before === null ? addresses.dialog.nothingThere : shownValue(field, before, addresses),
                          after: after === null ? addresses.dialog.nothingThere : shownValue(field, after, addresses),
                        })}
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        </li>
      ))}
    </ul>
  )
}
