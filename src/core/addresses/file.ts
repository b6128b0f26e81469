/** Addresses in files: what came in, record by record. One record that cannot be read never spoils the others. */
import { limits } from '../limits.ts'
import { addressSchema, emptyAddress, type Address, type AddressFields } from './address.ts'

export type RecordProblem =
  /** Neither a name nor a company nor an e-mail address. */
  | { kind: 'empty' }
  | { kind: 'too-long'; field: string }
  | { kind: 'unreadable' }
  /** vCard 2.1 and older. */
  | { kind: 'version'; version: string }

export type AddressRecord =
  | { kind: 'address'; place: number; address: Address }
  /** `place`: line of a CSV file, number of the card in a vCard file. */
  | { kind: 'refused'; place: number; problem: RecordProblem }

export type AddressFileFailure = 'too-large' | 'too-many' | 'not-text' | 'no-columns' | 'no-cards'

export type AddressFile =
  | { kind: 'read'; format: 'csv' | 'vcard'; records: readonly AddressRecord[]; unknownColumns: readonly string[] }
  | { kind: 'refused'; reason: AddressFileFailure }

/** Text of a file: UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1252, as older programs write it. Null for what is no text. */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes.length > limits.addressFileBytes) return null
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  // A zero byte is in no text of the other encodings.
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** A record's fields as an address, or what is wrong with them. */
export function recordOf(
  place: number,
  id: string,
  given: Partial<AddressFields> & Partial<Pick<Address, 'contactPersons' | 'free'>>,
): AddressRecord {
  const checked = addressSchema.safeParse({ ...emptyAddress(id), ...given })
  if (!checked.success) {
    const path = checked.error.issues[0]?.path.join('.') ?? ''
    return { kind: 'refused', place, problem: { kind: 'too-long', field: path } }
  }
  const { name1, company, email } = checked.data
  return [name1, company, email].every((value) => value.trim() === '')
    ? { kind: 'refused', place, problem: { kind: 'empty' } }
    : { kind: 'address', place, address: checked.data }
}
