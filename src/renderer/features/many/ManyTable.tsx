/** The rows of a check of many, with filter, search, causes and a copy for a spreadsheet. */
import { useState } from 'react'
import { Input, Label, SearchField } from 'react-aria-components'
import { causeTitle } from '../../../texts/causes.ts'
import { Choice } from '../../parts/Choice.tsx'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { useWords, type Words } from '../../words.ts'
import { causesOf, filters, fitting, type Filter, type Row } from './many.ts'

/** A browser lays out this many rows at once without a wait; the filter leads to the others. */
const mostShown = 500

export function ManyTable({ rows, verdict }: { rows: readonly Row[]; verdict: string | null }) {
  const words = useWords()
  const { dialog, count } = words
  const texts = dialog.manage.many
  const [filter, setFilter] = useState<Filter>('all')
  const [search, setSearch] = useState('')
  const fits = fitting(rows, filter, search)
  const causes = causesOf(rows)
  const more = fits.length - mostShown
  return (
    <section className="group card" aria-label={texts.table}>
      {verdict !== null && <p className="many-verdict">{verdict}</p>}
      {causes.length > 0 && (
        <div>
          <h2>{texts.causes}</h2>
          <ul className="many-causes">
            {causes.map(({ id, count: number }) => (
              <li key={id}>
                {number} × {id === '' ? '' : `${id} – `}
                {causeTitle(id, words.language)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="many-filter">
        <Choice
          id="many-filter"
          label={texts.filter}
          value={filter}
          options={filters.map((value) => ({ value, label: texts.filters[value] }))}
          isReadOnly={false}
          onChange={setFilter}
        />
        <SearchField className="field" value={search} onChange={setSearch}>
          <Label>{texts.search}</Label>
          <Input className="input" />
        </SearchField>
        <CopyButton text={() => asText(fits, words)} label={texts.copy} what={texts.table} />
      </div>
      {fits.length === 0 ? (
        <p className="hint">{texts.noRows}</p>
      ) : (
        // Wider than a narrow window: whoever has no mouse scrolls it with the arrow keys.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="many-scroll" role="group" aria-label={texts.table} tabIndex={0}>
          <table className="many-table">
            <thead>
              <tr>
                {(['mailbox', 'profile', 'state', 'cause', 'duration'] as const).map((column) => (
                  <th key={column} scope="col">
                    {texts.columns[column]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {fits.slice(0, mostShown).map((row) => (
                <RowLine key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 && <p className="hint">{count(texts.more, more)}</p>}
    </section>
  )
}

function RowLine({ row }: { row: Row }) {
  const words = useWords()
  const { icon, tone } = looks[row.state]
  return (
    <tr>
      <th scope="row">{row.mailbox}</th>
      <td>{row.profile ?? ''}</td>
      <td className={`many-state ${tone}`}>
        <Icon name={icon} />
        <span>{stateWords(row, words)}</span>
      </td>
      <td>{row.cause === null ? '' : causeOfRow(row, words)}</td>
      <td className="many-number">{row.ms === 0 ? '' : words.duration(row.ms)}</td>
    </tr>
  )
}

const looks: Readonly<Record<Row['state'], { icon: IconName; tone: string }>> = {
  waiting: { icon: 'ring', tone: '' },
  running: { icon: 'spinner', tone: '' },
  works: { icon: 'check', tone: 'good' },
  remarks: { icon: 'check', tone: 'good' },
  fails: { icon: 'cross', tone: 'bad' },
  'budget-spent': { icon: 'cross', tone: 'bad' },
  cancelled: { icon: 'dash', tone: '' },
  withheld: { icon: 'dash', tone: 'caution' },
  crashed: { icon: 'cross', tone: 'bad' },
}

function stateWords(row: Row, { dialog, transfer }: Words): string {
  if (row.state === 'waiting') return dialog.manage.many.waiting
  if (row.state === 'running') return dialog.manage.many.running
  return transfer.batch.states[row.state]
}

/** The cause of one row in its own words, and why nothing was sent where nothing was. */
function causeOfRow(row: Row, words: Words): string {
  const { transfer, fill } = words
  if (row.cause === 'no-profile') return fill(transfer.batch.noSettings, { profile: row.profile })
  if (row.state === 'withheld') return transfer.batch.withheld
  return row.finding === null ? (row.cause ?? '') : `${words.finding(row.finding).title} (${row.finding.id})`
}

/** Tab-separated, as spreadsheets paste it; nothing that a server wrote can begin a formula there. */
function asText(rows: readonly Row[], words: Words): string {
  const { columns } = words.dialog.manage.many
  const cell = (text: string): string => {
    const plain = text.replaceAll(/\s+/g, ' ')
    return /^[=+\-@]/.test(plain) ? `'${plain}` : plain
  }
  const lines = rows.map((row) =>
    [
      row.mailbox,
      row.profile ?? '',
      stateWords(row, words),
      row.cause === null ? '' : causeOfRow(row, words),
      String(row.ms),
    ].map(cell),
  )
  const head = [columns.mailbox, columns.profile, columns.state, columns.cause, columns.duration]
  return [head, ...lines].map((line) => line.join('\t')).join('\n')
}
