/**
 * Addresses as CSV, RFC 4180 with what spreadsheets make of it: semicolon, comma or tab, quotes and line breaks in fields, any of the
 * usual encodings. The first line names the columns, in German, English or by the names of the fields; a column that is not known
 * becomes a free field.
 */
import { parse, type CsvError } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { z } from 'zod'
import { limits } from '../limits.ts'
import { addressFields, type Address, type AddressField, type ContactPerson } from './address.ts'
import { decodeText, recordOf, type AddressFile, type AddressRecord } from './file.ts'
import { folded } from './search.ts'

/** Other names of a column, as programs and people write them; the field's own name always counts. */
const columnNames: Readonly<Record<AddressField, readonly string[]>> = {
  number: ['nummer', 'adressnummer', 'kundennummer', 'kundennr', 'nr', 'no', 'customer number', 'address number'],
  salutation: ['anrede', 'title'],
  name1: ['name', 'name 1', 'firma1', 'firmenname', 'nachname, vorname', 'display name', 'anzeigename'],
  name2: ['name 2', 'zusatz', 'namenszusatz', 'addition'],
  name3: ['name 3'],
  company: ['firma', 'unternehmen', 'organisation', 'organization'],
  function: ['funktion', 'position', 'job title'],
  street: ['strasse', 'strasse und hausnummer', 'address', 'adresse'],
  postCode: ['plz', 'postleitzahl', 'zip', 'zip code', 'postal code', 'post code', 'postcode'],
  town: ['ort', 'stadt', 'city'],
  country: ['land', 'staat', 'country/region'],
  phone: ['telefon', 'tel', 'telefonnummer', 'telephone', 'business phone'],
  fax: ['telefax', 'faxnummer', 'fax number'],
  mobile: ['mobil', 'mobiltelefon', 'handy', 'mobile phone', 'cell'],
  email: ['e-mail', 'e-mail-adresse', 'mail', 'email address', 'e-mail address'],
  web: ['internet', 'webseite', 'website', 'homepage', 'url'],
  addressGroup: ['adressgruppe', 'gruppe', 'address group', 'group'],
  priceGroup: ['preisgruppe', 'price group'],
  language: ['sprache'],
  paymentTerms: ['zahlungsbedingung', 'zahlungsbedingungen', 'payment terms'],
  remarks: ['bemerkung', 'bemerkungen', 'notiz', 'notizen', 'notes', 'note', 'remark'],
}

const personFields: readonly (keyof ContactPerson)[] = [
  'salutation',
  'firstName',
  'lastName',
  'function',
  'phone',
  'email',
]

type Column =
  | { kind: 'field'; field: AddressField }
  | { kind: 'person'; index: number; field: keyof ContactPerson }
  | { kind: 'free'; name: string }
  | { kind: 'ignored' }

const fieldByName: ReadonlyMap<string, AddressField> = new Map(
  addressFields.flatMap((field) => [field, ...columnNames[field]].map((name) => [plain(name), field] as const)),
)

/** Reads a CSV file. `newId` gives each record its id. */
export function readCsv(bytes: Uint8Array, newId: () => string): AddressFile {
  if (bytes.length > limits.addressFileBytes) return { kind: 'refused', reason: 'too-large' }
  const text = decodeText(bytes)
  if (text === null) return { kind: 'refused', reason: 'not-text' }
  const rows = rowsOf(text)
  const [head, ...body] = rows
  if (head === undefined || head.record === null) return { kind: 'refused', reason: 'no-columns' }
  const columns = columnsOf(head.record)
  if (!columns.some((column) => column.kind === 'field')) return { kind: 'refused', reason: 'no-columns' }
  if (body.length > limits.addresses) return { kind: 'refused', reason: 'too-many' }
  const records = body.map((row): AddressRecord =>
    row.record === null
      ? { kind: 'refused', place: row.line, problem: { kind: 'unreadable' } }
      : recordOf(row.line, newId(), valuesOf(columns, row.record)),
  )
  const unknownColumns = columns.flatMap((column) => (column.kind === 'free' ? [column.name] : []))
  return { kind: 'read', format: 'csv', records, unknownColumns }
}

/** What csv-parse gives with `info`: its types do not say so. */
const recordsSchema = z.array(z.object({ info: z.object({ lines: z.number() }), record: z.array(z.string()) }))

type Row = { line: number; record: string[] | null }

/** Rows with the line that each begins on. A row that breaks the quoting is told as unreadable, and the rest goes on. */
function rowsOf(text: string): Row[] {
  const rows: Row[] = []
  let line = 1
  const options = {
    bom: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 1_000_000,
    info: true as const,
    on_skip: (error: CsvError | undefined) => {
      const at: unknown = error?.['lines']
      rows.push({ line: typeof at === 'number' ? at : line, record: null })
      return undefined
    },
  }
  for (const { info, record } of recordsSchema.parse(parse(text, options))) {
    rows.push({ line, record })
    line = info.lines + 1
  }
  return rows.toSorted((one, other) => one.line - other.line)
}

/** The delimiter that occurs most often outside quotes in the first line. */
function delimiterOf(text: string): string {
  const first = /^(?:[^"\n]|"[^"]*")*/.exec(text.slice(0, 100_000))?.[0].replaceAll(/"[^"]*"/g, '') ?? ''
  const counts = [';', ',', '\t'].map((sign) => ({ sign, count: first.split(sign).length }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign
}

function columnsOf(names: readonly string[]): Column[] {
  const used = new Set<string>()
  return names.map((name): Column => {
    const trimmed = name.trim()
    const person = /^(?:person|ansprechpartner|contact person)[ .]?(\d{1,2})[ .](.+)$/i.exec(trimmed)
    const personField = personFields.find((field) => plain(field) === plain(person?.[2] ?? ''))
    if (person?.[1] !== undefined && personField !== undefined)
      return { kind: 'person', index: Number(person[1]) - 1, field: personField }
    const field = fieldByName.get(plain(trimmed))
    if (field !== undefined && !used.has(field)) {
      used.add(field)
      return { kind: 'field', field }
    }
    const free = trimmed.replace(/^(?:free|frei)[.:]/i, '').slice(0, 100)
    // An id of another address base means nothing here.
    return free === '' || free === 'id' ? { kind: 'ignored' } : { kind: 'free', name: free }
  })
}

function valuesOf(columns: readonly Column[], record: readonly string[]): Parameters<typeof recordOf>[2] {
  const values: Partial<Record<AddressField, string>> = {}
  const free = new Map<string, string>()
  const people: Partial<ContactPerson>[] = []
  for (const [index, column] of columns.entries()) {
    const value = unguarded((record[index] ?? '').replaceAll('\r\n', '\n').trim())
    if (value === '') continue
    if (column.kind === 'field') values[column.field] = value
    else if (column.kind === 'free' && free.size < limits.addressFreeFields) free.set(column.name, value)
    else if (column.kind === 'person' && column.index < limits.addressContactPersons)
      people[column.index] = { ...people[column.index], [column.field]: value }
  }
  const contactPersons = people
    .filter((person) => person !== undefined)
    .map((person) => ({ salutation: '', firstName: '', lastName: '', function: '', phone: '', email: '', ...person }))
  return { ...values, free: Object.fromEntries(free), contactPersons }
}

/** Writes addresses as CSV: semicolons and a byte order mark, as German spreadsheets expect; the contact log stays here. */
export function writeCsv(addresses: readonly Address[]): string {
  const people = Math.max(0, ...addresses.map((address) => address.contactPersons.length))
  const free = [...new Set(addresses.flatMap((address) => Object.keys(address.free)))].toSorted()
  const head = [
    ...addressFields,
    ...Array.from({ length: people }, (_, index) => personFields.map((field) => `person${index + 1}.${field}`)).flat(),
    ...free.map((name) => `free.${name}`),
  ]
  const body = addresses.map((address) => [
    ...addressFields.map((field) => guarded(address[field])),
    ...Array.from({ length: people }, (_, index) =>
      personFields.map((field) => guarded(address.contactPersons[index]?.[field] ?? '')),
    ).flat(),
    ...free.map((name) => guarded(address.free[name] ?? '')),
  ])
  return stringify([head, ...body], { delimiter: ';', bom: true, record_delimiter: 'windows' })
}

/** A spreadsheet would run a field that begins like a formula; an apostrophe keeps it a text. Phone numbers with `+` are left as they are. */
function guarded(value: string): string {
  return /^[=@\t\r]|^[+-](?![\d\s()/.-]*$)|^'+[=@+-]/.test(value) ? `'${value}` : value
}

function unguarded(value: string): string {
  return /^'+[=@+-]/.test(value) ? value.slice(1) : value
}

function plain(name: string): string {
  return folded(name).replaceAll(/[\s_.-]+/g, '')
}
