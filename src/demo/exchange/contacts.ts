// Contacts as EWS keeps them: the order that the schema demands, changes field by field, and the one restriction that the demo can search by.

import { find, findAll, type Element } from '../xml.ts'
import { contactHolders } from './shapes.ts'
import type { EwsError } from './soap.ts'
import type { StoredContact } from './store.ts'

/** Children of Contact in the order of types.xsd, as far as clients of the demo write them. */
const order = [
  'Subject',
  'Sensitivity',
  'Body',
  'Categories',
  'Importance',
  'ExtendedProperty',
  'FileAs',
  'FileAsMapping',
  'DisplayName',
  'GivenName',
  'Initials',
  'MiddleName',
  'Nickname',
  'CompanyName',
  'EmailAddresses',
  'PhysicalAddresses',
  'PhoneNumbers',
  'AssistantName',
  'Birthday',
  'BusinessHomePage',
  'Children',
  'Companies',
  'Department',
  'Generation',
  'ImAddresses',
  'JobTitle',
  'Manager',
  'Mileage',
  'OfficeLocation',
  'PostalAddressIndex',
  'Profession',
  'SpouseName',
  'Surname',
  'WeddingAnniversary',
]
const addressParts = ['Street', 'City', 'State', 'CountryOrRegion', 'PostalCode']

/** Null, or why the schema refuses this Contact element. */
export function wrongContact(contact: Element): string | null {
  const unordered = outOfOrder(contact.children, order)
  if (unordered !== null) return `The element 'Contact' has invalid child element '${unordered}'.`
  for (const entry of find(contact, 'PhysicalAddresses')?.children ?? []) {
    const part = outOfOrder(entry.children, addressParts)
    if (part !== null) return `The element 'Entry' has invalid child element '${part}'.`
  }
  return null
}

function outOfOrder(children: readonly Element[], names: readonly string[]): string | null {
  let at = 0
  for (const child of children) {
    const index = names.indexOf(child.name)
    if (index < at) return child.name
    at = index
  }
  return null
}

/** Whether a contact meets a Restriction: equality of extended properties, one or several joined by Or. */
export function restrictionOf(restriction: Element | undefined): ((contact: StoredContact) => boolean) | 'unsupported' {
  const condition = restriction?.children[0]
  if (condition === undefined) return () => true
  const equalities = condition.name === 'Or' ? condition.children : [condition]
  const wanted = new Set<string>()
  for (const one of equalities) {
    const property = find(one, 'ExtendedFieldURI')?.attributes['PropertyName']
    const value = find(one, 'FieldURIOrConstant', 'Constant')?.attributes['Value']
    if (one.name !== 'IsEqualTo' || property === undefined || value === undefined) return 'unsupported'
    wanted.add(`${property}=${value}`)
  }
  return (contact) =>
    contact.properties.some(
      (one) =>
        one.name === 'ExtendedProperty' &&
        wanted.has(
          `${find(one, 'ExtendedFieldURI')?.attributes['PropertyName'] ?? ''}=${find(one, 'Value')?.text ?? ''}`,
        ),
    )
}

/** The properties after SetItemField and DeleteItemField elements. Each names one field, and a set brings only that one. */
export function withUpdates(
  before: readonly Element[],
  updates: readonly Element[],
): { properties: Element[] } | EwsError {
  let properties = [...before]
  for (const update of updates) {
    const uri = update.children[0]
    const path = uri?.attributes['FieldURI'] ?? ''
    const key = uri?.attributes['FieldIndex'] ?? null
    const [, name = '', part = null] = /^contacts:([A-Za-z]+)(?::([A-Za-z]+))?$/.exec(path) ?? []
    const holder = key === null ? name : (contactHolders[name] ?? '')
    if (holder === '') return { code: 'ErrorInvalidPropertyRequest', message: `The property '${path}' is not known.` }
    if (update.name === 'DeleteItemField') {
      properties = without(properties, holder, key, part)
      continue
    }
    const brought = find(update, 'Contact')
    if (update.name !== 'SetItemField' || brought === undefined || brought.children.length !== 1)
      return { code: 'ErrorIncorrectUpdatePropertyCount', message: 'Set action is invalid for this property.' }
    const value = brought.children[0]
    if (value === undefined || value.name !== holder)
      return { code: 'ErrorUpdatePropertyMismatch', message: 'The property does not match the path.' }
    properties =
      key === null ? [...without(properties, holder, null, null), value] : joined(properties, value, key, part)
  }
  properties.sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name))
  return { properties }
}

function without(properties: readonly Element[], holder: string, key: string | null, part: string | null): Element[] {
  return properties.flatMap((one) => {
    if (one.name !== holder) return [one]
    if (key === null) return []
    const entries = one.children.flatMap((entry) => {
      if (entry.attributes['Key'] !== key) return [entry]
      const parts = part === null ? [] : entry.children.filter((child) => child.name !== part)
      return parts.length === 0 ? [] : [{ ...entry, children: parts }]
    })
    return entries.length === 0 ? [] : [{ ...one, children: entries }]
  })
}

/** One entry, or one part of one, put beside those that are there. */
function joined(properties: readonly Element[], brought: Element, key: string, part: string | null): Element[] {
  const entry = findAll(brought, 'Entry').find((one) => one.attributes['Key'] === key)
  if (entry === undefined) return [...properties]
  const rest = without(properties, brought.name, key, part)
  const holder = rest.find((one) => one.name === brought.name)
  if (holder === undefined) return [...rest, { ...brought, children: [entry] }]
  const same = holder.children.find((one) => one.attributes['Key'] === key)
  const children =
    same === undefined || part === null
      ? [...holder.children, entry]
      : holder.children.map((one) =>
          one === same
            ? {
                ...same,
                children: [...same.children, ...entry.children].sort(
                  (a, b) => addressParts.indexOf(a.name) - addressParts.indexOf(b.name),
                ),
              }
            : one,
        )
  return rest.map((one) => (one === holder ? { ...holder, children } : one))
}
