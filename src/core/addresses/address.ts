/** An address as an ERP keeps it: one record of the address base, its contact persons and its contact log. Nothing here comes back from Exchange by itself. */
import { z } from 'zod'
import { limits } from '../limits.ts'

const text = z.string().max(limits.fieldCharacters).default('')
const long = z.string().max(limits.addressRemarkCharacters).default('')

export const contactPersonSchema = z.object({
  salutation: text,
  firstName: text,
  lastName: text,
  function: text,
  phone: text,
  email: text,
})
export type ContactPerson = z.infer<typeof contactPersonSchema>

export const logKinds = ['note', 'call', 'mail', 'visit'] as const
export const logEntrySchema = z.object({
  /** ISO 8601 with time zone Z. */
  at: z.iso.datetime(),
  kind: z.enum(logKinds),
  text: long,
})
export type LogEntry = z.infer<typeof logEntrySchema>

/** The fields that a person types, a file brings or a template fills. `company` is the company that a person belongs to. */
export const addressFieldsSchema = z.object({
  number: text,
  salutation: text,
  name1: text,
  name2: text,
  name3: text,
  company: text,
  function: text,
  street: text,
  postCode: text,
  town: text,
  country: text,
  phone: text,
  fax: text,
  mobile: text,
  email: text,
  web: text,
  addressGroup: text,
  priceGroup: text,
  language: text,
  paymentTerms: text,
  remarks: long,
})
export type AddressFields = z.infer<typeof addressFieldsSchema>
export type AddressField = keyof AddressFields
export const addressFields = Object.keys(addressFieldsSchema.shape) as AddressField[]

export const addressSchema = addressFieldsSchema.extend({
  /** Never changes, is never used again. */
  id: z.uuid(),
  contactPersons: z.array(contactPersonSchema).max(limits.addressContactPersons).default([]),
  log: z.array(logEntrySchema).max(limits.addressLogEntries).default([]),
  /** Fields of the person's own, by name. */
  free: z
    .record(z.string().min(1).max(100), z.string().max(limits.fieldCharacters))
    .refine((free) => Object.keys(free).length <= limits.addressFreeFields)
    .default({}),
})
export type Address = z.infer<typeof addressSchema>

/** An address without content. */
export function emptyAddress(id: string): Address {
  return addressSchema.parse({ id })
}

/** How an address is called in lists: its name lines, else its company, its e-mail address or its number. */
export function nameOf(address: AddressFields): string {
  const lines = [address.name1, address.name2, address.name3].map((line) => line.trim()).filter((line) => line !== '')
  return lines.join(' ') || address.company.trim() || address.email.trim() || address.number.trim()
}
