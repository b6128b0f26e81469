/** What makes an address unfit for Exchange, and what is mended on the way: told for each record, while the rest goes on. */
import { limits } from '../limits.ts'
import type { Address } from './address.ts'
import { contactOf, type ContactField, type ContactValues } from './mapping.ts'

export type AddressProblem =
  /** Nothing by which Exchange could show the contact. */
  | { kind: 'nameless' }
  | { kind: 'too-long'; field: ContactField; characters: number }
  /** Removed before it is sent. */
  | { kind: 'control-characters'; field: ContactField }
  | { kind: 'email-malformed' }

export type Prepared = {
  values: ContactValues
  /** An address with one of these is not sent. */
  problems: readonly AddressProblem[]
  remarks: readonly AddressProblem[]
}

/** Control characters that XML cannot carry or that no field of a contact holds; a line break is one in a street. */
const control = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu

/** The contact of an address, checked and cleaned. */
export function prepare(address: Address, companySalutations: readonly string[]): Prepared {
  const problems: AddressProblem[] = []
  const remarks: AddressProblem[] = []
  const values: Partial<Record<ContactField, string>> = {}
  for (const [field, value] of Object.entries(contactOf(address, companySalutations)) as [ContactField, string][]) {
    const clean = value.replaceAll(control, ' ').replaceAll('\r\n', '\n').trim()
    if (control.test(value)) remarks.push({ kind: 'control-characters', field })
    control.lastIndex = 0
    if (clean.length > limits.contactFieldCharacters)
      problems.push({ kind: 'too-long', field, characters: clean.length })
    if (clean !== '') values[field] = clean
  }
  if (values.FileAs === undefined) problems.push({ kind: 'nameless' })
  if (values.EmailAddress1 !== undefined && !/^[^\s@<>]+@[^\s@<>]+$/.test(values.EmailAddress1))
    problems.push({ kind: 'email-malformed' })
  return { values, problems, remarks }
}
