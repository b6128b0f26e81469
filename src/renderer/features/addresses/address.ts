/** An address in the window: an empty one, its parts, and how it is called. The schema is the host's; only its types are known here. */
import type { Address, AddressField } from '../../../contract/addresses.ts'

/** The fields in the groups of the form, in the order of a letter head. */
export const fieldGroups = {
  name: ['number', 'salutation', 'name1', 'name2', 'name3', 'company', 'function'],
  place: ['street', 'postCode', 'town', 'country'],
  reach: ['phone', 'fax', 'mobile', 'email', 'web'],
  application: ['addressGroup', 'priceGroup', 'language', 'paymentTerms', 'remarks'],
} as const satisfies Readonly<Record<string, readonly AddressField[]>>
export type FieldGroup = keyof typeof fieldGroups

export function emptyAddress(): Address {
  return {
    id: '',
    number: '',
    salutation: '',
    name1: '',
    name2: '',
    name3: '',
    company: '',
    function: '',
    street: '',
    postCode: '',
    town: '',
    country: '',
    phone: '',
    fax: '',
    mobile: '',
    email: '',
    web: '',
    addressGroup: '',
    priceGroup: '',
    language: '',
    paymentTerms: '',
    remarks: '',
    contactPersons: [],
    log: [],
    free: {},
  }
}

export function nameOf(address: Address): string {
  const lines = [address.name1, address.name2, address.name3].filter((line) => line.trim() !== '')
  return lines.join(' ') || address.company || address.email || address.number
}

/** Salutations as one line of text, and back. */
export function salutationsText(salutations: readonly string[]): string {
  return salutations.join(', ')
}
export function salutationsOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
