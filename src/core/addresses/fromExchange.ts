/**
 * New addresses from contacts of a mailbox, row A10: what Exchange knows comes from the contact, what it cannot know (group, prices,
 * payment terms …) from the template address. Nothing is saved here; a person looks at both sides first.
 */
import {
  findContacts,
  getContacts,
  readItemAnswers,
  type ContactFolder,
  type ContactItem,
} from '../ews/contactItems.ts'
import { limits } from '../limits.ts'
import type { OpenMailbox } from '../runs/loginAndRead.ts'
import { addressFields, emptyAddress, type Address, type AddressField } from './address.ts'
import type { ContactValues } from './mapping.ts'
import { folded } from './search.ts'

export type ReadContacts =
  | { kind: 'read'; contacts: readonly ContactItem[]; isComplete: boolean }
  /** What was read so far is not given: half a list would hide duplicates. */
  | { kind: 'failed'; code: string; status: number | null }
  | { kind: 'stopped' }

/** Reads the contacts of a folder page by page, at most `limits.contactsRead`. */
export async function readContacts(
  mailbox: OpenMailbox,
  o: { folder: ContactFolder; signal: AbortSignal; onProgress?: (read: number) => void },
): Promise<ReadContacts> {
  const contacts: ContactItem[] = []
  for (let offset = 0; ; offset += limits.contactsPage) {
    const page = await call(
      mailbox,
      o,
      findContacts({ ...mailbox, folder: o.folder, offset, count: limits.contactsPage }),
    )
    if ('failure' in page) return page.failure
    const [answer] = page.answers
    if (answer === undefined || answer.code !== 'NoError')
      return { kind: 'failed', code: answer?.code ?? 'not-soap', status: null }
    const ids = answer.items.map((item) => item.id)
    if (ids.length > 0) {
      const whole = await call(mailbox, o, getContacts({ ...mailbox, ids }))
      if ('failure' in whole) return whole.failure
      // One that was deleted between the two calls is simply not there.
      contacts.push(...whole.answers.flatMap((one) => one.items))
    }
    o.onProgress?.(contacts.length)
    if (answer.isLast || ids.length === 0) return { kind: 'read', contacts, isComplete: true }
    if (offset + limits.contactsPage >= limits.contactsRead) return { kind: 'read', contacts, isComplete: false }
  }
}

async function call(
  mailbox: OpenMailbox,
  o: { signal: AbortSignal },
  xml: string,
): Promise<{ answers: NonNullable<ReturnType<typeof readItemAnswers>> } | { failure: ReadContacts }> {
  if (o.signal.aborted) return { failure: { kind: 'stopped' } }
  const { answer, text } = await mailbox.send(xml)
  if (answer.result === 'cancelled') return { failure: { kind: 'stopped' } }
  const answers = answer.result === 'success' || answer.result === 'error' ? readItemAnswers(text) : null
  return answers === null
    ? { failure: { kind: 'failed', code: answer.responseCode ?? answer.result, status: answer.status } }
    : { answers }
}

/** Where each value of a new address comes from. */
export type FieldOrigin = 'exchange' | 'template' | 'none'

export type NewAddress = { address: Address; origins: Readonly<Record<AddressField, FieldOrigin>> }

/** A field that belongs to this one address and never to a template. */
const own: ReadonlySet<AddressField> = new Set(['number'])

/** The address of a contact, filled up from the template. */
export function newAddress(o: {
  id: string
  contact: ContactValues
  template: Address | null
  companySalutation: string
}): NewAddress {
  const brought = broughtBy(o.contact, o.companySalutation)
  const address = emptyAddress(o.id)
  const origins = Object.fromEntries(addressFields.map((field) => [field, 'none'])) as Record<AddressField, FieldOrigin>
  for (const field of addressFields) {
    const value = brought[field] ?? ''
    const filled = own.has(field) ? '' : (o.template?.[field] ?? '')
    address[field] = value === '' ? filled : value
    origins[field] = value !== '' ? 'exchange' : filled !== '' ? 'template' : 'none'
  }
  if (o.template !== null) address.free = { ...o.template.free }
  return { address, origins }
}

/** What a contact says, in the fields of an address: the table of `mapping.ts` read backwards. Business values go before private ones. */
function broughtBy(contact: ContactValues, companySalutation: string): Partial<Record<AddressField, string>> {
  const given = contact.GivenName ?? ''
  const surname = contact.Surname ?? ''
  const person = [given, surname].filter((part) => part !== '').join(' ')
  const company = contact.CompanyName ?? ''
  const isCompany = person === '' && company !== ''
  const index = contact.PostalAddressIndex
  const first = index === 'Home' ? 'Home' : index === 'Business' || 'Business.Street' in contact ? 'Business' : 'Home'
  const second = first === 'Home' ? 'Business' : 'Home'
  // One postal address whole, never the street of one and the town of the other.
  const place = (['Street', 'City', 'PostalCode', 'CountryOrRegion'] as const).some(
    (part) => `${first}.${part}` in contact,
  )
    ? first
    : second
  return {
    salutation: isCompany ? companySalutation : '',
    name1: isCompany
      ? company
      : surname.includes(' ') && given !== ''
        ? `${surname}, ${given}`
        : person || (contact.DisplayName ?? contact.FileAs ?? ''),
    name2: isCompany ? (contact.Department ?? '') : '',
    company: isCompany ? '' : company,
    function: contact.JobTitle ?? '',
    street: contact[`${place}.Street`] ?? '',
    town: contact[`${place}.City`] ?? '',
    postCode: contact[`${place}.PostalCode`] ?? '',
    country: contact[`${place}.CountryOrRegion`] ?? '',
    phone: contact.BusinessPhone ?? contact.HomePhone ?? '',
    fax: contact.BusinessFax ?? contact.HomeFax ?? '',
    mobile: contact.MobilePhone ?? '',
    email: contact.EmailAddress1 ?? '',
    web: contact.BusinessHomePage ?? '',
  }
}

/** Addresses that may be the same: by e-mail address, or by name and town. */
export type Duplicate = { addressId: string; by: 'email' | 'name-and-town' }

/** Finds duplicates among many addresses in one pass over them. */
export function duplicateFinder(addresses: Iterable<Address>): (address: Address) => Duplicate[] {
  const byEmail = new Map<string, string[]>()
  const byPlace = new Map<string, string[]>()
  const put = (map: Map<string, string[]>, key: string | null, id: string): void => {
    if (key === null) return
    const known = map.get(key)
    if (known === undefined) map.set(key, [id])
    else known.push(id)
  }
  for (const address of addresses) {
    put(byEmail, emailKey(address), address.id)
    put(byPlace, placeKey(address), address.id)
  }
  const of = (map: Map<string, string[]>, key: string | null): string[] => (key === null ? [] : (map.get(key) ?? []))
  return (address) => {
    const emails = of(byEmail, emailKey(address)).filter((id) => id !== address.id)
    const places = of(byPlace, placeKey(address)).filter((id) => id !== address.id && !emails.includes(id))
    return [
      ...emails.map((addressId) => ({ addressId, by: 'email' as const })),
      ...places.map((addressId) => ({ addressId, by: 'name-and-town' as const })),
    ]
  }
}

function emailKey(address: Address): string | null {
  const email = address.email.trim().toLowerCase()
  return email === '' ? null : email
}

/** Words in any order, so that `Berger, Anna` and `Anna Berger` are one. */
function placeKey(address: Address): string | null {
  const name = folded(address.name1)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .toSorted()
    .join(' ')
  const town = folded(address.town).trim()
  return name === '' || town === '' ? null : `${name}|${town}`
}
