/**
 * Contacts in EWS: the requests that read and write them in batches, and the readers of their answers. Written here and not by the
 * library, which can neither update without reading one item at a time nor tell the outcome of each item of a batch, and which writes
 * texts into its XML unescaped. Order of elements and names of fields: types.xsd of EWS, knowledge section 8.
 */
import type { ContactField, ContactValues } from '../addresses/mapping.ts'
import { contactFields } from '../addresses/mapping.ts'
import { child, children, childText, descendant, escapeXml, parseXml, type XmlElement } from '../network/xml.ts'
import type { EwsVersion } from '../settings/ewsVersions.ts'

export type ContactFolder = { kind: 'default' } | { kind: 'folder'; id: string }
export type ItemId = { id: string; changeKey: string }
export type ContactItem = ItemId & {
  values: ContactValues
  /** Id of the address that it came from, as this program wrote it; null for a contact of another origin. */
  addressId: string | null
}

export type FieldChange = { field: ContactField; before: string | null; after: string | null }

type Envelope = { version: EwsVersion; mailbox: string; impersonate: boolean }

/** The named property that marks a contact with its address, so that an interrupted transfer finds what it has already written. */
const markUri =
  '<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="EwsSetupAddressId" PropertyType="String"/>'

const simple = new Set<ContactField>([
  'FileAs',
  'DisplayName',
  'GivenName',
  'CompanyName',
  'BusinessHomePage',
  'Department',
  'JobTitle',
  'PostalAddressIndex',
  'Surname',
])
const phones = new Set<ContactField>(['BusinessFax', 'BusinessPhone', 'HomeFax', 'HomePhone', 'MobilePhone'])

/** The contact folders of the mailbox, `default` being its own Contacts. */
export function findContactFolders(o: Envelope): string {
  return envelope(
    o,
    '<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="folder:FolderClass"/></t:AdditionalProperties></m:FolderShape>' +
      '<m:IndexedPageFolderView MaxEntriesReturned="1000" Offset="0" BasePoint="Beginning"/>' +
      `<m:ParentFolderIds>${distinguished('msgfolderroot', o)}</m:ParentFolderIds></m:FindFolder>`,
  )
}

/** Ids of one page of contacts, from `offset`. */
export function findContacts(o: Envelope & { folder: ContactFolder; offset: number; count: number }): string {
  return envelope(
    o,
    '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>' +
      `<m:IndexedPageItemView MaxEntriesReturned="${o.count}" Offset="${o.offset}" BasePoint="Beginning"/>` +
      `<m:ParentFolderIds>${folderId(o)}</m:ParentFolderIds></m:FindItem>`,
  )
}

/** Contacts that carry the mark of one of these addresses. */
export function findMarked(o: Envelope & { folder: ContactFolder; addressIds: readonly string[] }): string {
  const conditions = o.addressIds.map(
    (id) =>
      `<t:IsEqualTo>${markUri}<t:FieldURIOrConstant><t:Constant Value="${escapeXml(id)}"/></t:FieldURIOrConstant></t:IsEqualTo>`,
  )
  const restriction = conditions.length === 1 ? conditions.join('') : `<t:Or>${conditions.join('')}</t:Or>`
  return envelope(
    o,
    `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${markUri}</t:AdditionalProperties></m:ItemShape>` +
      `<m:IndexedPageItemView MaxEntriesReturned="1000" Offset="0" BasePoint="Beginning"/><m:Restriction>${restriction}</m:Restriction>` +
      `<m:ParentFolderIds>${folderId(o)}</m:ParentFolderIds></m:FindItem>`,
  )
}

/** The contacts themselves, with every field that the program knows. */
export function getContacts(o: Envelope & { ids: readonly string[] }): string {
  const ids = o.ids.map((id) => `<t:ItemId Id="${escapeXml(id)}"/>`).join('')
  return envelope(
    o,
    `<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${contactFields.map(fieldUri).join('')}${markUri}</t:AdditionalProperties></m:ItemShape>` +
      `<m:ItemIds>${ids}</m:ItemIds></m:GetItem>`,
  )
}

/** New contacts, each marked with its address. */
export function createContacts(
  o: Envelope & { folder: ContactFolder; contacts: readonly { addressId: string; values: ContactValues }[] },
): string {
  const items = o.contacts.map(
    ({ addressId, values }) =>
      `<t:Contact><t:ExtendedProperty>${markUri}<t:Value>${escapeXml(addressId)}</t:Value></t:ExtendedProperty>${contactXml(values)}</t:Contact>`,
  )
  return envelope(
    o,
    `<m:CreateItem><m:SavedItemFolderId>${folderId(o)}</m:SavedItemFolderId><m:Items>${items.join('')}</m:Items></m:CreateItem>`,
  )
}

/** Changes of contacts, field by field; a field that ends without a value is deleted, not emptied. */
export function updateContacts(
  o: Envelope & { contacts: readonly (ItemId & { changes: readonly FieldChange[] })[] },
): string {
  const items = o.contacts.map(({ id, changeKey, changes }) => {
    const updates = changes.map(({ field, after }) => {
      // An index has no empty state of its own.
      const value = field === 'PostalAddressIndex' ? (after ?? 'None') : after
      return value === null
        ? `<t:DeleteItemField>${fieldUri(field)}</t:DeleteItemField>`
        : `<t:SetItemField>${fieldUri(field)}<t:Contact>${contactXml({ [field]: value })}</t:Contact></t:SetItemField>`
    })
    return `<t:ItemChange><t:ItemId Id="${escapeXml(id)}" ChangeKey="${escapeXml(changeKey)}"/><t:Updates>${updates.join('')}</t:Updates></t:ItemChange>`
  })
  return envelope(
    o,
    `<m:UpdateItem ConflictResolution="AutoResolve"><m:ItemChanges>${items.join('')}</m:ItemChanges></m:UpdateItem>`,
  )
}

/** What differs, in the order of the fields. */
export function changesBetween(before: ContactValues, after: ContactValues): FieldChange[] {
  return contactFields.flatMap((field) => {
    const from = before[field] ?? null
    const to = after[field] ?? null
    if (from === to || (field === 'PostalAddressIndex' && from === 'None' && to === null)) return []
    return [{ field, before: from, after: to }]
  })
}

export type ItemAnswer = {
  /** `NoError`, or the response code of EWS. */
  code: string
  message: string | null
  items: readonly ContactItem[]
  folders: readonly { id: string; name: string }[]
  /** FindItem: whether this was the last page. */
  isLast: boolean
}

/** The response messages of an answer, one for each thing asked for; null when it is not an answer of EWS with such messages. */
export function readItemAnswers(text: string): ItemAnswer[] | null {
  const xml = parseXml(text)
  if (xml.kind !== 'document') return null
  const messages = descendant(child(xml.root, 'Body'), 'ResponseMessages')
  if (messages === undefined) return null
  return messages.children.map((message) => {
    const root = child(message, 'RootFolder')
    const items = [...children(child(message, 'Items'), 'Contact'), ...children(child(root, 'Items'), 'Contact')]
    return {
      code: childText(message, 'ResponseCode') ?? 'NoError',
      message: childText(message, 'MessageText'),
      items: items.flatMap(contactItem),
      folders: (child(root, 'Folders')?.children ?? []).flatMap(contactFolder),
      isLast: root?.attributes['IncludesLastItemInRange'] !== 'false',
    }
  })
}

function contactFolder(element: XmlElement): { id: string; name: string }[] {
  const id = child(element, 'FolderId')?.attributes['Id']
  const isContacts =
    element.name === 'ContactsFolder' || childText(element, 'FolderClass')?.startsWith('IPF.Contact') === true
  return id === undefined || !isContacts ? [] : [{ id, name: childText(element, 'DisplayName') ?? id }]
}

function contactItem(element: XmlElement): ContactItem[] {
  const itemId = child(element, 'ItemId')
  const id = itemId?.attributes['Id']
  if (id === undefined) return []
  const mark = children(element, 'ExtendedProperty').find(
    (one) => child(one, 'ExtendedFieldURI')?.attributes['PropertyName'] === 'EwsSetupAddressId',
  )
  return [
    {
      id,
      changeKey: itemId?.attributes['ChangeKey'] ?? '',
      values: valuesOf(element),
      addressId: mark === undefined ? null : childText(mark, 'Value'),
    },
  ]
}

function valuesOf(element: XmlElement): ContactValues {
  const values: Partial<Record<ContactField, string>> = {}
  const keep = (field: string, text: string | null): void => {
    const known = contactFields.find((one) => one === field)
    if (known !== undefined && text !== null) values[known] = text
  }
  for (const field of simple) keep(field, childText(element, field))
  for (const entry of child(element, 'EmailAddresses')?.children ?? [])
    keep(entry.attributes['Key'] ?? '', trimmed(entry))
  for (const entry of child(element, 'PhoneNumbers')?.children ?? [])
    keep(entry.attributes['Key'] ?? '', trimmed(entry))
  for (const entry of child(element, 'PhysicalAddresses')?.children ?? [])
    for (const part of entry.children) keep(`${entry.attributes['Key'] ?? ''}.${part.name}`, trimmed(part))
  return values
}

function trimmed(element: XmlElement): string | null {
  const text = element.text.trim()
  return text === '' ? null : text
}

/** The elements of a contact in the order of the schema. */
function contactXml(values: ContactValues): string {
  const written: string[] = []
  let open: 'EmailAddresses' | 'PhysicalAddresses' | 'PhoneNumbers' | null = null
  let place: string | null = null
  const enter = (group: typeof open, key: string | null): void => {
    if (place !== null && (group !== open || key !== place)) written.push('</t:Entry>')
    if (place !== null && (group !== open || key !== place)) place = null
    if (open !== null && group !== open) written.push(`</t:${open}>`)
    if (group !== null && group !== open) written.push(`<t:${group}>`)
    open = group
    if (key !== null && place === null) {
      written.push(`<t:Entry Key="${key}">`)
      place = key
    }
  }
  for (const field of contactFields) {
    const value = values[field]
    if (value === undefined) continue
    const text = escapeXml(value)
    const [key, part] = field.split('.')
    if (part !== undefined && key !== undefined) {
      enter('PhysicalAddresses', key)
      written.push(`<t:${part}>${text}</t:${part}>`)
    } else if (field === 'EmailAddress1' || phones.has(field)) {
      enter(field === 'EmailAddress1' ? 'EmailAddresses' : 'PhoneNumbers', null)
      written.push(`<t:Entry Key="${field}">${text}</t:Entry>`)
    } else {
      enter(null, null)
      written.push(`<t:${field}>${text}</t:${field}>`)
    }
  }
  enter(null, null)
  return written.join('')
}

function fieldUri(field: ContactField): string {
  const [key, part] = field.split('.')
  if (part !== undefined) return `<t:IndexedFieldURI FieldURI="contacts:PhysicalAddress:${part}" FieldIndex="${key}"/>`
  if (phones.has(field)) return `<t:IndexedFieldURI FieldURI="contacts:PhoneNumber" FieldIndex="${field}"/>`
  if (field === 'EmailAddress1')
    return `<t:IndexedFieldURI FieldURI="contacts:EmailAddress" FieldIndex="EmailAddress1"/>`
  return `<t:FieldURI FieldURI="contacts:${field}"/>`
}

function folderId(o: Envelope & { folder: ContactFolder }): string {
  return o.folder.kind === 'folder' ? `<t:FolderId Id="${escapeXml(o.folder.id)}"/>` : distinguished('contacts', o)
}

/** Without impersonation the mailbox is named, because the login may belong to another one. */
function distinguished(name: string, o: Envelope): string {
  const mailbox = o.impersonate ? '' : `<t:Mailbox><t:EmailAddress>${escapeXml(o.mailbox)}</t:EmailAddress></t:Mailbox>`
  return `<t:DistinguishedFolderId Id="${name}">${mailbox}</t:DistinguishedFolderId>`
}

function envelope(o: Envelope, body: string): string {
  const impersonation = o.impersonate
    ? `<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>${escapeXml(o.mailbox)}</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`
    : ''
  return (
    '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">' +
    `<soap:Header><t:RequestServerVersion Version="${o.version}"/>${impersonation}</soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`
  )
}
