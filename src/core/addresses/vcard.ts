/** Addresses as vCard 4.0 (RFC 6350) and 3.0 (RFC 2426), through ical.js. Cards are read one by one, so that a bad one spoils no other. */
import ICAL from 'ical.js'
import { limits } from '../limits.ts'
import type { Address, AddressField, AddressFields } from './address.ts'
import { decodeText, recordOf, type AddressFile, type AddressRecord } from './file.ts'
import { kindOf, personName } from './mapping.ts'

/** Fields that no standard property holds. */
const ownFields: readonly AddressField[] = ['number', 'name3', 'addressGroup', 'priceGroup', 'paymentTerms']
const ownName = (field: AddressField): string => `x-ews-setup-${field.toLowerCase()}`
const salutationName = 'x-ews-setup-salutation'

type Property = [name: string, parameters: Record<string, string | string[]>, type: string, ...values: unknown[]]

/** Reads a file of cards. */
export function readVcards(bytes: Uint8Array, o: { newId: () => string; companySalutation: string }): AddressFile {
  if (bytes.length > limits.addressFileBytes) return { kind: 'refused', reason: 'too-large' }
  const text = decodeText(bytes)
  if (text === null) return { kind: 'refused', reason: 'not-text' }
  const cards = text.replace(/^\ufeff/, '').match(/^BEGIN:VCARD[ \t]*\r?\n[^]*?^END:VCARD[ \t]*$/gim) ?? []
  if (cards.length === 0) return { kind: 'refused', reason: 'no-cards' }
  if (cards.length > limits.addresses) return { kind: 'refused', reason: 'too-many' }
  const records = cards.map((card, index) => recordOfCard(card, index + 1, o))
  return { kind: 'read', format: 'vcard', records, unknownColumns: [] }
}

function recordOfCard(
  card: string,
  place: number,
  o: { newId: () => string; companySalutation: string },
): AddressRecord {
  const version = /^VERSION:([^\r\n]*)/im.exec(card)?.[1]?.trim() ?? ''
  if (version !== '3.0' && version !== '4.0') return { kind: 'refused', place, problem: { kind: 'version', version } }
  const properties = propertiesOf(card)
  return properties === null
    ? { kind: 'refused', place, problem: { kind: 'unreadable' } }
    : recordOf(place, o.newId(), fieldsOf(properties, o.companySalutation))
}

/** The properties of a jCard (RFC 7095); null when the text is none. */
function propertiesOf(card: string): Property[] | null {
  let parsed: unknown
  try {
    parsed = ICAL.parse(card.replaceAll(/\r?\n/g, '\r\n'))
  } catch {
    return null
  }
  if (!Array.isArray(parsed) || !Array.isArray(parsed[1])) return null
  return parsed[1].filter(isProperty)
}

function isProperty(value: unknown): value is Property {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'object' && value[1] !== null
}

function fieldsOf(properties: readonly Property[], companySalutation: string): Partial<AddressFields> {
  const all = (name: string): Property[] => properties.filter((one) => one[0] === name)
  const text = (name: string): string => flat(all(name)[0]?.[3])
  const [surname = '', given = '', , prefix = ''] = parts(all('n')[0])
  const [organisation = '', ...units] = parts(all('org')[0])
  const isCompany = text('kind').toLowerCase() === 'org' || (surname === '' && given === '' && organisation !== '')
  const address = preferred(all('adr'))
  const [, , street = '', town = '', , postCode = '', country = ''] = parts(address)
  const phones = all('tel')
  const isFax = (one: Property): boolean => types(one).includes('fax')
  const isMobile = (one: Property): boolean => types(one).some((type) => type === 'cell' || type === 'mobile')
  const person = given === '' ? surname : /\s/.test(surname) ? `${surname}, ${given}` : `${given} ${surname}`.trim()
  const fields: Partial<AddressFields> = {
    salutation: text(salutationName) || (isCompany ? companySalutation : prefix),
    name1: isCompany ? organisation || text('fn') : person || text('fn'),
    name2: isCompany ? units.filter((unit) => unit !== '').join(', ') : '',
    company: isCompany ? '' : organisation,
    function: text('title') || text('role'),
    street: street.replaceAll('\n', ', '),
    town,
    postCode,
    country,
    phone: number(preferred(phones.filter((one) => !isFax(one) && !isMobile(one)))),
    fax: number(preferred(phones.filter(isFax))),
    mobile: number(preferred(phones.filter((one) => isMobile(one) && !isFax(one)))),
    email: flat(preferred(all('email'))?.[3]),
    web: flat(preferred(all('url'))?.[3]),
    language: text('lang'),
    remarks: text('note'),
  }
  for (const field of ownFields) {
    const value = text(ownName(field))
    if (value !== '') fields[field] = value
  }
  return fields
}

function types(property: Property): string[] {
  const type = property[1]['type']
  return (Array.isArray(type) ? type : [type ?? '']).flatMap((one) => one.toLowerCase().split(','))
}

/** The preferred one: `PREF=1`, `TYPE=pref`, else a business one, else the first. */
function preferred(properties: readonly Property[]): Property | undefined {
  return (
    properties.find((one) => one[1]['pref'] === '1' || types(one).includes('pref')) ??
    properties.find((one) => types(one).includes('work')) ??
    properties[0]
  )
}

function number(property: Property | undefined): string {
  return flat(property?.[3]).replace(/^tel:/i, '')
}

function parts(property: Property | undefined): string[] {
  const value = property?.[3]
  return Array.isArray(value) ? value.map(flat) : value === undefined ? [] : [flat(value)]
}

function flat(value: unknown): string {
  if (Array.isArray(value))
    return value
      .map(flat)
      .filter((part) => part !== '')
      .join(', ')
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : ''
}

/** Writes cards. Contact persons, free fields and the log stay here. */
export function writeVcards(
  addresses: readonly Address[],
  o: { version: '3.0' | '4.0'; companySalutations: readonly string[] },
): string {
  return addresses.map((address) => `${cardOf(address, o)}\r\n`).join('')
}

function cardOf(address: Address, o: { version: '3.0' | '4.0'; companySalutations: readonly string[] }): string {
  const kind = kindOf(address, o.companySalutations)
  const isCompany = kind === 'company'
  const place = kind === 'person' ? 'home' : 'work'
  const { given, surname } = isCompany ? { given: '', surname: '' } : personName(address)
  const properties: Property[] = [['version', {}, 'text', o.version]]
  const add = (name: string, value: string | string[], parameters: Property[1] = {}): void => {
    if (Array.isArray(value) ? value.some((part) => part !== '') : value !== '')
      properties.push([name, parameters, 'text', value])
  }
  const displayed = isCompany ? address.name1 : `${given} ${surname}`.trim()
  add('fn', displayed || address.company || address.email || address.number || '-')
  properties.push(['n', {}, 'text', [surname, given, '', isCompany ? '' : address.salutation, '']])
  if (isCompany && o.version === '4.0') add('kind', 'org')
  const organisation = isCompany ? [address.name1, address.name2] : [address.company]
  add(
    'org',
    organisation.filter((part) => part !== ''),
  )
  add('title', address.function)
  add('adr', ['', '', address.street, address.town, '', address.postCode, address.country], { type: place })
  add('tel', address.phone, { type: [place, 'voice'] })
  add('tel', address.fax, { type: [place, 'fax'] })
  add('tel', address.mobile, { type: 'cell' })
  add('email', address.email)
  add('url', address.web)
  add('note', address.remarks)
  add(salutationName, address.salutation)
  if (o.version === '4.0' && /^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(address.language)) add('lang', address.language)
  for (const field of ownFields) add(ownName(field), address[field])
  return new ICAL.Component(['vcard', properties, []]).toString()
}
