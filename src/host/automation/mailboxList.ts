/** A list of mailboxes as spreadsheets write it: an address a line, after a separator an own user name. Judged line by line. */
import { limits } from '../../core/limits.ts'
import { parseMailAddress } from '../../core/settings/mailDomain.ts'
import type { MailboxLine } from '../../contract/connections.ts'

/** `known`: mailboxes that have a connection already, in lower case. Empty lines and a line of titles are no lines. */
export function readMailboxList(text: string, known: ReadonlySet<string>): MailboxLine[] {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((row, index) => ({ line: index + 1, cells: cellsOf(row) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [first] = rows
  const isTitle = first !== undefined && !first.cells.some((cell) => cell.includes('@'))
  const seen = new Set<string>()
  let room = limits.connections - known.size
  return (isTitle ? rows.slice(1) : rows).map(({ line, cells }): MailboxLine => {
    const [mailboxCell = '', userName = ''] = cells
    const mailbox = mailboxCell.replace(/^(mailto|smtp):/i, '')
    const key = mailbox.toLowerCase()
    const problem = problemOf(mailbox, userName)
    if (problem !== null) return { line, mailbox: shown(mailbox), userName: '', problem }
    if (known.has(key)) return { line, mailbox, userName, problem: 'mailbox-known' }
    if (seen.has(key)) return { line, mailbox, userName, problem: 'mailbox-twice' }
    seen.add(key)
    room -= 1
    return { line, mailbox, userName, problem: room < 0 ? 'too-many' : null }
  })
}

function problemOf(mailbox: string, userName: string): MailboxLine['problem'] {
  const isAddress = parseMailAddress(mailbox, { domainAlone: false }) !== null
  return isAddress && userName.length <= limits.fieldCharacters ? null : 'mailbox-invalid'
}

/** What is no address may be anything, a password in the wrong column included: only its beginning comes back. */
function shown(text: string): string {
  return text.length > 3 ? `${text.slice(0, 3)}…` : text
}

/** Cells of a row; separators inside quotes are text, doubled quotes are one. */
function cellsOf(row: string): string[] {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < row.length; at += 1) {
    const letter = row[at] ?? ''
    if (isQuoted && letter === '"' && row[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (letter === '"') isQuoted = !isQuoted
    else if (!isQuoted && (letter === ',' || letter === ';' || letter === '\t')) {
      cells.push(cell.trim())
      cell = ''
    } else cell += letter
  }
  return [...cells, cell.trim()]
}
