/** All connections: searched, filtered, a hundred at a time. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { ConnectionRow } from '../../../contract/connections.ts'
import { useClient } from '../../client.ts'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Choice } from '../../parts/Choice.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'
import { lookOf, needsAttention, nextWords, reasonTitle, stateLine } from './state.ts'

const page = 100
const filters = ['all', 'attention', 'automatic', 'off'] as const
type Filter = (typeof filters)[number]

/** Id of the button that opens a connection. */
export function openId(id: string): string {
  return `open-connection-${id}`
}

const wanted: Record<Filter, (row: ConnectionRow) => boolean> = {
  all: () => true,
  attention: needsAttention,
  automatic: (row) => row.automatic,
  off: (row) => !row.automatic,
}

export function ConnectionTable(props: {
  rows: readonly ConnectionRow[]
  refresh: () => Promise<void>
  onOpen: (id: string) => void
}) {
  const { rows, refresh, onOpen } = props
  const { automation, fill } = useWords()
  const texts = automation.connections
  const [text, setText] = useState('')
  const [filter, setFilter] = useState<Filter>('all')
  const [most, setMost] = useState(page)
  const sought = text.trim().toLowerCase()
  const found = rows.filter(
    (row) => wanted[filter](row) && `${row.mailbox}\n${row.userName}`.toLowerCase().includes(sought),
  )
  const shown = found.slice(0, most)
  return (
    <>
      <div className="bar filters">
        <div className="field">
          <label htmlFor="connections-search">{texts.search}</label>
          <input
            id="connections-search"
            className="input"
            type="search"
            value={text}
            autoComplete="off"
            onChange={(event) => {
              setText(event.target.value)
              setMost(page)
            }}
          />
        </div>
        <Choice
          id="connections-filter"
          label={texts.filter}
          value={filter}
          options={filters.map((value) => ({ value, label: texts.filters[value] }))}
          isReadOnly={false}
          onChange={setFilter}
        />
        <span className="quiet-text" role="status">
          {fill(texts.shown, { shown: found.length, all: rows.length })}
        </span>
      </div>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{texts.columns.mailbox}</th>
            <th scope="col">{texts.columns.state}</th>
            <th scope="col">{texts.columns.lastSuccess}</th>
            <th scope="col">{texts.columns.next}</th>
            <th scope="col">{texts.columns.automatic}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <TableRow key={row.id} row={row} refresh={refresh} onOpen={() => onOpen(row.id)} />
          ))}
        </tbody>
      </table>
      {found.length > most && (
        <Button className="button" onPress={() => setMost(most + page)}>
          {texts.more}
        </Button>
      )}
    </>
  )
}

function TableRow({ row, refresh, onOpen }: { row: ConnectionRow; refresh: () => Promise<void>; onOpen: () => void }) {
  const client = useClient()
  const announce = useAnnounce()
  const words = useWords()
  const { automation, fill, moment } = words
  const texts = automation.connections
  const { tone, icon } = lookOf(row)
  const reason = reasonTitle(words, row)
  const turn = (automatic: boolean) => {
    client.connections.setAutomatic({ ids: [row.id], automatic }).then(
      () => void refresh(),
      () => announce(texts.failed),
    )
  }
  return (
    <tr>
      <th scope="row">
        <Button
          id={openId(row.id)}
          className="button link"
          aria-label={fill(texts.open, { mailbox: row.mailbox })}
          onPress={onOpen}
        >
          {row.mailbox}
        </Button>
        {row.userName !== '' && <div className="quiet-text">{fill(texts.user, { user: row.userName })}</div>}
      </th>
      <td data-label={texts.columns.state}>
        <span className={`badge tone-${tone}`}>
          <Icon name={icon} />
          {automation.states[row.state]}
        </span>
        {(row.state === 'waiting' || row.state === 'inactive') && (
          <div className="quiet-text">{stateLine(words, row)}</div>
        )}
        {reason !== null && <div className="reason">{reason}</div>}
      </td>
      <td data-label={texts.columns.lastSuccess}>
        {row.lastSuccessAt === null ? texts.never : moment(row.lastSuccessAt)}
      </td>
      <td data-label={texts.columns.next}>{nextWords(words, row)}</td>
      <td data-label={texts.columns.automatic}>
        <label className="box-target">
          <input
            type="checkbox"
            checked={row.automatic}
            aria-label={fill(texts.automaticOf, { mailbox: row.mailbox })}
            onChange={(event) => turn(event.target.checked)}
          />
        </label>
      </td>
    </tr>
  )
}
