/**
 * How an address becomes an Exchange contact, row A11: one table. A company's street, phone and fax are business fields; a person's
 * are private ones; a person at a company has the business fields of the company and keeps the name. The way is one way only.
 */
import type { Address, AddressField } from './address.ts'

export const addressKinds = ['company', 'person', 'person-at-company'] as const
export type AddressKind = (typeof addressKinds)[number]

/** Salutations that make an address a company, until the admin changes them. */
export const defaultCompanySalutations: readonly string[] = ['Firma', 'Company']

/** Fields of an Exchange contact that the program writes. Names are those of the EWS schema; `Business.Street` is indexed by its key. */
export const contactFields = [
  'FileAs',
  'DisplayName',
  'GivenName',
  'CompanyName',
  'EmailAddress1',
  'Business.Street',
  'Business.City',
  'Business.CountryOrRegion',
  'Business.PostalCode',
  'Home.Street',
  'Home.City',
  'Home.CountryOrRegion',
  'Home.PostalCode',
  'BusinessFax',
  'BusinessPhone',
  'HomeFax',
  'HomePhone',
  'MobilePhone',
  'BusinessHomePage',
  'Department',
  'JobTitle',
  'PostalAddressIndex',
  'Surname',
] as const
export type ContactField = (typeof contactFields)[number]
export type ContactValues = Readonly<Partial<Record<ContactField, string>>>

type Source = AddressField | ((address: Address) => string)
type Row = { source: Source; field: ContactField; kinds: readonly AddressKind[] }

const business: readonly AddressKind[] = ['company', 'person-at-company']
const people: readonly AddressKind[] = ['person', 'person-at-company']
const home: readonly AddressKind[] = ['person']

const constant =
  (value: string): Source =>
  () =>
    value

/** The table. What it does not name is never sent: groups, prices, payment terms, remarks, free fields, contact persons and the log stay here. */
export const mapping: readonly Row[] = [
  { source: 'name1', field: 'CompanyName', kinds: ['company'] },
  { source: (address) => joined(address.name2, address.name3), field: 'Department', kinds: ['company'] },
  { source: 'company', field: 'CompanyName', kinds: ['person-at-company'] },
  { source: (address) => personName(address).given, field: 'GivenName', kinds: people },
  { source: (address) => personName(address).surname, field: 'Surname', kinds: people },
  { source: 'function', field: 'JobTitle', kinds: ['person-at-company'] },
  { source: 'name1', field: 'FileAs', kinds: ['company'] },
  { source: (address) => fileAsOfPerson(address), field: 'FileAs', kinds: people },
  {
    source: (address) => joined(address.name1, address.name2, address.name3),
    field: 'DisplayName',
    kinds: ['company'],
  },
  { source: (address) => displayNameOfPerson(address), field: 'DisplayName', kinds: people },
  { source: 'street', field: 'Business.Street', kinds: business },
  { source: 'town', field: 'Business.City', kinds: business },
  { source: 'country', field: 'Business.CountryOrRegion', kinds: business },
  { source: 'postCode', field: 'Business.PostalCode', kinds: business },
  { source: 'street', field: 'Home.Street', kinds: home },
  { source: 'town', field: 'Home.City', kinds: home },
  { source: 'country', field: 'Home.CountryOrRegion', kinds: home },
  { source: 'postCode', field: 'Home.PostalCode', kinds: home },
  { source: 'phone', field: 'BusinessPhone', kinds: business },
  { source: 'fax', field: 'BusinessFax', kinds: business },
  { source: 'phone', field: 'HomePhone', kinds: home },
  { source: 'fax', field: 'HomeFax', kinds: home },
  { source: 'mobile', field: 'MobilePhone', kinds: addressKinds },
  { source: 'email', field: 'EmailAddress1', kinds: addressKinds },
  { source: 'web', field: 'BusinessHomePage', kinds: addressKinds },
  { source: constant('Business'), field: 'PostalAddressIndex', kinds: business },
  { source: constant('Home'), field: 'PostalAddressIndex', kinds: home },
]

/** Whether an address is a company, a person, or a person at a company. Salutations are compared without case and outer blanks. */
export function kindOf(
  address: Pick<Address, 'salutation' | 'company'>,
  companySalutations: readonly string[],
): AddressKind {
  const salutation = address.salutation.trim().toLowerCase()
  const isCompany = companySalutations.some((one) => one.trim() !== '' && one.trim().toLowerCase() === salutation)
  if (isCompany) return 'company'
  return address.company.trim() === '' ? 'person' : 'person-at-company'
}

/** The contact fields of an address. Empty values are left out; a field of the table that is not here is to be empty in Exchange. */
export function contactOf(address: Address, companySalutations: readonly string[]): ContactValues {
  const kind = kindOf(address, companySalutations)
  const values: Partial<Record<ContactField, string>> = {}
  for (const { source, field, kinds } of mapping) {
    if (!kinds.includes(kind)) continue
    const value = (typeof source === 'string' ? address[source] : source(address)).trim()
    if (value !== '') values[field] = value
  }
  // An index of a postal address that is not there would point at nothing.
  const index = values.PostalAddressIndex
  if (index !== undefined && !contactFields.some((field) => field.startsWith(`${index}.`) && field in values))
    delete values.PostalAddressIndex
  return values
}

/**
 * Given name and surname of a person's first name line: `Berger, Anna` as written; else the last word is the surname, with the
 * particles of nobility before it (`Anna von der Heide`).
 */
export function personName(address: Pick<Address, 'name1'>): { given: string; surname: string } {
  const line = address.name1.trim().replaceAll(/\s+/g, ' ')
  const comma = line.indexOf(',')
  if (comma > 0) return { given: line.slice(comma + 1).trim(), surname: line.slice(0, comma).trim() }
  const words = line.split(' ')
  let start = words.length - 1
  while (start > 1 && particles.has(words[start - 1] ?? '')) start -= 1
  return { given: words.slice(0, start).join(' '), surname: words.slice(start).join(' ') }
}

const particles = new Set([
  'von',
  'van',
  'vom',
  'zu',
  'zum',
  'zur',
  'de',
  'del',
  'della',
  'der',
  'den',
  'di',
  'du',
  'la',
  'le',
  'ten',
  'ter',
])

function fileAsOfPerson(address: Address): string {
  const { given, surname } = personName(address)
  return given === '' ? surname : surname === '' ? given : `${surname}, ${given}`
}

function displayNameOfPerson(address: Address): string {
  const { given, surname } = personName(address)
  return joined(given, surname)
}

function joined(...parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ')
}
