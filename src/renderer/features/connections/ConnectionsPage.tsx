/** Section B: the users' connections. A list, and from it one connection, a form, or the import of a list. */
import { useEffect, useState, type ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useClient } from '../../client.ts'
import { ArrivalHeading } from '../../parts/ArrivalHeading.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import type { SectionProps } from '../../sections.tsx'
import { useWords } from '../../words.ts'
import { ConnectionDetail } from './ConnectionDetail.tsx'
import { ConnectionForm } from './ConnectionForm.tsx'
import { ConnectionTable, openId } from './ConnectionTable.tsx'
import { KeeperLine } from './KeeperLine.tsx'
import { MailboxImport } from './MailboxImport.tsx'
import { useConnections } from './useConnections.ts'

/** `from`: what in the list led away from it. */
type Place =
  | { kind: 'list'; from: string | null }
  | { kind: 'one'; id: string }
  | { kind: 'form'; id: string | null }
  | { kind: 'import' }

export default function ConnectionsPage({ isShown }: SectionProps) {
  const client = useClient()
  const { automation, dialog } = useWords()
  const texts = automation.connections
  const [place, setPlace] = useState<Place>({ kind: 'list', from: null })
  useEffect(() => {
    if (place.kind === 'list' && place.from !== null) document.getElementById(place.from)?.focus()
  }, [place])
  const { list, isLost, refresh } = useConnections(client, isShown)
  if (list === null) return <Waiting isAlert={isLost}>{isLost ? dialog.start.failed : dialog.start.loading}</Waiting>
  const row = 'id' in place && place.id !== null ? (list.rows.find(({ id }) => id === place.id) ?? null) : null
  const toList = (from: string | null) => () => setPlace({ kind: 'list', from })
  const toRow = row === null ? toList('connections-add') : toList(openId(row.id))

  const shown = (): ReactNode => {
    if (place.kind === 'import')
      return (
        <Sheet key={place.kind} title={texts.list.title} onBack={toList('connections-import')}>
          <MailboxImport onDone={() => void refresh().then(toList('connections-import'))} />
        </Sheet>
      )
    if (place.kind === 'form')
      return (
        <Sheet key={place.kind} title={place.id === null ? texts.form.addTitle : texts.form.editTitle} onBack={toRow}>
          <ConnectionForm
            key={place.id}
            row={row}
            policy={list.policy}
            onDone={(id) => void refresh().then(() => setPlace({ kind: 'one', id }))}
            onCancel={() =>
              setPlace(row === null ? { kind: 'list', from: 'connections-add' } : { kind: 'one', id: row.id })
            }
          />
        </Sheet>
      )
    // A connection that was removed elsewhere leaves the list.
    if (place.kind === 'one' && row !== null)
      return (
        <Sheet key={place.kind} title={row.mailbox} onBack={toRow}>
          <ConnectionDetail
            key={row.id}
            row={row}
            list={list}
            refresh={refresh}
            onEdit={() => setPlace({ kind: 'form', id: row.id })}
            onRemoved={() => void refresh().then(toList(null))}
          />
        </Sheet>
      )
    return (
      <>
        <p className="quiet-text">{texts.intro}</p>
        <KeeperLine list={list} />
        {!list.hasUrl && (
          <div className="notice notice-warning" role="note">
            <Icon name="warning" />
            <p>{texts.noUrl}</p>
          </div>
        )}
        <div className="bar">
          <Button id="connections-add" className="button primary" onPress={() => setPlace({ kind: 'form', id: null })}>
            {texts.add}
          </Button>
          <Button id="connections-import" className="button" onPress={() => setPlace({ kind: 'import' })}>
            {texts.importList}
          </Button>
        </div>
        {list.rows.length === 0 ? (
          <p className="empty">{texts.none}</p>
        ) : (
          <ConnectionTable rows={list.rows} refresh={refresh} onOpen={(id) => setPlace({ kind: 'one', id })} />
        )}
      </>
    )
  }
  return (
    <div className="page page-whole">
      <main className="connections" aria-label={dialog.sections.connections.title}>
        {isLost && (
          <p className="remark remark-error" role="alert">
            {dialog.start.failed}
          </p>
        )}
        {shown()}
      </main>
    </div>
  )
}

/** One thing instead of the list, with the way back; its heading gets the focus, so that it is read out. */
function Sheet({ title, onBack, children }: { title: string; onBack: () => void; children: ReactNode }) {
  const { automation } = useWords()
  return (
    <>
      <Button className="button link back" onPress={onBack}>
        <Icon name="chevron" className="turned" />
        {automation.connections.back}
      </Button>
      <ArrivalHeading>{title}</ArrivalHeading>
      {children}
    </>
  )
}
