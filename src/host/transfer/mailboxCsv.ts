/**
 * A list of mailboxes as CSV: a header line, then a line for each mailbox. Comma, semicolon or tab; UTF-8 with or without a byte order
 * mark, UTF-16 with one, or Windows-1252, as spreadsheets save it. Passwords and client secrets have no column here.
 */
import { parse } from 'csv-parse/sync'
import { limits } from '../../core/limits.ts'
import { cloudNames } from '../../core/settings/clouds.ts'
import { ewsVersions } from '../../core/settings/ewsVersions.ts'
import { authOrders, type Settings } from '../../core/settings/settings.ts'

/** Names of a column, the documented one first; compared without case, blanks, dashes and underscores. */
const columns = {
  email: ['email', 'mail', 'e-mail', 'address', 'mailbox', 'e-mail-adresse', 'emailadresse', 'adresse', 'postfach'],
  name: ['name', 'profile-name', 'profilname', 'customer', 'kunde'],
  profile: ['profile', 'profil'],
  userName: ['user', 'user-name', 'benutzer', 'benutzername'],
  ewsUrl: ['url', 'ews-url'],
  tenantId: ['tenant', 'tenant-id', 'mandant', 'verzeichnis-id'],
  clientId: ['client-id', 'anwendungs-id'],
  cloud: ['cloud'],
  auth: ['auth', 'anmeldung'],
  ewsVersion: ['ews-version', 'version'],
} as const
type Column = keyof typeof columns
export const csvColumns: readonly string[] = Object.values(columns).map(([name]) => name)

/** A column of this kind is refused: secrets do not belong into such a file. */
const secretColumn = /^(password|passwort|kennwort|pwd|secret|clientsecret|clientschlüssel|clientschluessel|schlüssel)$/

export type MailboxRow = {
  /** Line in the file, from 1. */
  line: number
  /** Name of the profile to make of it; empty: the address. */
  name: string
  /** Name of the stored profile that the row starts from; empty: none. */
  profile: string
  settings: Partial<
    Pick<Settings, 'email' | 'userName' | 'ewsUrl' | 'tenantId' | 'clientId' | 'cloud' | 'auth' | 'ewsVersion'>
  >
}

export type ReadCsv =
  | { kind: 'mailboxes'; rows: MailboxRow[]; ignored: string[] }
  | {
      kind: 'refused'
      id:
        | 'csv-no-address-column'
        | 'csv-secret-column'
        | 'csv-damaged'
        | 'csv-empty'
        | 'csv-too-many'
        | 'csv-bad-value'
        | 'csv-nul'
      facts: Record<string, string | number>
    }

export function readMailboxCsv(bytes: Uint8Array): ReadCsv {
  const text = textOfCsv(bytes)
  if (text === null || text.includes('\0')) return { kind: 'refused', id: 'csv-nul', facts: {} }
  let records: string[][]
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 100_000,
      to: limits.csvRows + 2,
    })
  } catch (error) {
    const line = error instanceof Error && 'lines' in error && typeof error.lines === 'number' ? error.lines : 0
    return { kind: 'refused', id: 'csv-damaged', facts: { line } }
  }
  const [header = [], ...body] = records
  const secret = header.find((title) => secretColumn.test(folded(title)))
  if (secret !== undefined) return { kind: 'refused', id: 'csv-secret-column', facts: { column: secret } }
  const places = header.map((title) => columnOf(title))
  if (!places.includes('email')) {
    // A plain list of addresses needs no header.
    if (header.length === 1 && (header[0] ?? '').includes('@'))
      return rowsOf([header, ...body], ['email'], { first: 1, ignored: [] })
    return { kind: 'refused', id: 'csv-no-address-column', facts: { columns: csvColumns.join(', ') } }
  }
  const ignored = header.filter((title, index) => places[index] === null && title !== '')
  return rowsOf(body, places, { first: 2, ignored })
}

function rowsOf(
  records: readonly string[][],
  places: readonly (Column | null)[],
  o: { first: number; ignored: string[] },
): ReadCsv {
  if (records.length > limits.csvRows) return { kind: 'refused', id: 'csv-too-many', facts: { most: limits.csvRows } }
  const rows: MailboxRow[] = []
  for (const [index, record] of records.entries()) {
    const line = index + o.first
    const values: Partial<Record<Column, string>> = {}
    for (const [place, column] of places.entries()) if (column !== null) values[column] ??= record[place] ?? ''
    const { email = '', name = '', profile = '', cloud = '', auth = '', ewsVersion = '', ...texts } = values
    if (email === '' && profile === '') continue
    const tooLong = Object.values(values).some((value) => value.length > limits.fieldCharacters)
    const chosen = {
      cloud: choice(cloudNames, cloud),
      auth: choice(authOrders, auth),
      ewsVersion: choice(['auto', ...ewsVersions], ewsVersion),
    }
    const wrong = tooLong ? 'email' : Object.entries(chosen).find(([, value]) => value === null)?.[0]
    if (wrong !== undefined) return { kind: 'refused', id: 'csv-bad-value', facts: { line, column: wrong } }
    const given = Object.entries({ email, ...texts, ...chosen }).filter(
      ([, value]) => value !== '' && value !== undefined,
    )
    rows.push({ line, name, profile, settings: Object.fromEntries(given) })
  }
  return rows.length === 0
    ? { kind: 'refused', id: 'csv-empty', facts: {} }
    : { kind: 'mailboxes', rows, ignored: o.ignored }
}

/** Undefined: not given; null: no such choice. */
function choice<const T extends readonly string[]>(choices: T, value: string): T[number] | undefined | null {
  if (value === '') return undefined
  return choices.find((known) => known.toLowerCase() === value.toLowerCase()) ?? null
}

function folded(title: string): string {
  return title.toLowerCase().replace(/[\s_-]/g, '')
}

function columnOf(title: string): Column | null {
  const wanted = folded(title)
  const names = Object.entries(columns) as [Column, readonly string[]][]
  return names.find(([, known]) => known.some((name) => folded(name) === wanted))?.[0] ?? null
}

/** The sign that parts the first line most often. */
function delimiterOf(text: string): string {
  const line = text.split(/\r?\n|\r/, 1)[0] ?? ''
  const counts = [';', ',', '\t'].map((sign) => ({ sign, count: line.split(sign).length }))
  return counts.toSorted((a, b) => b.count - a.count)[0]?.sign ?? ','
}

/** Null for UTF-16 that is none. */
function textOfCsv(bytes: Uint8Array): string | null {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return decoded('utf-16le', bytes)
  if (first === 0xfe && second === 0xff) return decoded('utf-16be', bytes)
  return decoded('utf-8', bytes) ?? decoded('windows-1252', bytes)
}

function decoded(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
