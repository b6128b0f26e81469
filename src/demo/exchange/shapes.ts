// How folders, mails and contacts look in EWS XML, in the shape that the client asked for.

import { escapeXml, find, findAll, type Element } from '../xml.ts'
import type { Folder, Mail } from './mailbox.ts'
import type { Account } from './organisation.ts'
import type { StoredContact } from './store.ts'

/** What a FolderShape or ItemShape asks for. */
export type Shape = {
  base: 'IdOnly' | 'Default' | 'AllProperties'
  fields: ReadonlySet<string>
  /** Elements of a contact that the asked fields live in. */
  contactFields: ReadonlySet<string>
}

/** Reads `FolderShape` or `ItemShape`. */
export function readShape(shape: Element | undefined): Shape {
  const base = find(shape, 'BaseShape')?.text
  const fields = shape ? findAll(shape, 'FieldURI').map((field) => field.attributes['FieldURI'] ?? '') : []
  const indexed = shape ? findAll(shape, 'IndexedFieldURI').map((field) => field.attributes['FieldURI'] ?? '') : []
  const extended = shape !== undefined && findAll(shape, 'ExtendedFieldURI').length > 0
  const contactFields = [...fields, ...indexed].map((field) => {
    const name = field.split(':')[1] ?? ''
    return contactHolders[name] ?? name
  })
  return {
    base: base === 'Default' || base === 'AllProperties' ? base : 'IdOnly',
    fields: new Set(fields),
    contactFields: new Set([...contactFields, ...(extended ? ['ExtendedProperty'] : [])]),
  }
}

/** The element that holds an indexed field of a contact. */
export const contactHolders: Readonly<Record<string, string>> = {
  EmailAddress: 'EmailAddresses',
  PhoneNumber: 'PhoneNumbers',
  PhysicalAddress: 'PhysicalAddresses',
}

const wants = (shape: Shape, field: string): boolean => shape.base !== 'IdOnly' || shape.fields.has(field)

const pick = (shape: Shape, rows: readonly (readonly [field: string, xml: string])[]): string =>
  rows
    .filter(([field]) => wants(shape, field))
    .map(([, xml]) => xml)
    .join('')

const rights = ['CreateAssociated', 'CreateContents', 'CreateHierarchy', 'Delete', 'Modify', 'Read', 'ViewPrivateItems']

/** One folder element. */
export function folderXml(
  folder: Folder,
  shape: Shape,
  counts: { total: number; unread: number; children: number },
): string {
  const content = pick(shape, [
    [
      'folder:ParentFolderId',
      folder.parent === '' ? '' : `<t:ParentFolderId Id="${folder.parent}" ChangeKey="AQAAAA=="/>`,
    ],
    ['folder:FolderClass', folder.folderClass === '' ? '' : `<t:FolderClass>${folder.folderClass}</t:FolderClass>`],
    ['folder:DisplayName', `<t:DisplayName>${escapeXml(folder.displayName)}</t:DisplayName>`],
    ['folder:TotalCount', `<t:TotalCount>${String(counts.total)}</t:TotalCount>`],
    ['folder:ChildFolderCount', `<t:ChildFolderCount>${String(counts.children)}</t:ChildFolderCount>`],
  ])
  const effective = wants(shape, 'folder:EffectiveRights')
    ? `<t:EffectiveRights>${rights.map((right) => `<t:${right}>true</t:${right}>`).join('')}</t:EffectiveRights>`
    : ''
  const unread =
    folder.element === 'Folder' && wants(shape, 'folder:UnreadCount')
      ? `<t:UnreadCount>${String(counts.unread)}</t:UnreadCount>`
      : ''
  return `<t:${folder.element}><t:FolderId Id="${folder.id}" ChangeKey="AQAAAA=="/>${content}${effective}${unread}</t:${folder.element}>`
}

const mailboxXml = (name: string, email: string): string =>
  `<t:Mailbox><t:Name>${escapeXml(name)}</t:Name><t:EmailAddress>${escapeXml(email)}</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType><t:MailboxType>OneOff</t:MailboxType></t:Mailbox>`

/** One Message element. The body comes with GetItem only, as in Exchange. */
export function mailXml(mail: Mail, account: Account, shape: Shape, withBody: boolean): string {
  const size = String(Buffer.byteLength(mail.body) + 1024)
  return `<t:Message><t:ItemId Id="${mail.id}" ChangeKey="CQAAAA=="/>${pick(shape, [
    ['item:ParentFolderId', `<t:ParentFolderId Id="${mail.folder}" ChangeKey="AQAAAA=="/>`],
    ['item:ItemClass', '<t:ItemClass>IPM.Note</t:ItemClass>'],
    ['item:Subject', `<t:Subject>${escapeXml(mail.subject)}</t:Subject>`],
    ['item:Sensitivity', '<t:Sensitivity>Normal</t:Sensitivity>'],
    ['item:Body', withBody ? `<t:Body BodyType="Text">${escapeXml(mail.body)}</t:Body>` : ''],
    ['item:DateTimeReceived', `<t:DateTimeReceived>${mail.received}</t:DateTimeReceived>`],
    ['item:Size', `<t:Size>${size}</t:Size>`],
    ['item:Importance', '<t:Importance>Normal</t:Importance>'],
    ['item:DateTimeSent', `<t:DateTimeSent>${mail.received}</t:DateTimeSent>`],
    ['item:DateTimeCreated', `<t:DateTimeCreated>${mail.received}</t:DateTimeCreated>`],
    ['item:HasAttachments', '<t:HasAttachments>false</t:HasAttachments>'],
    ['item:DisplayTo', `<t:DisplayTo>${escapeXml(account.displayName)}</t:DisplayTo>`],
    ['message:Sender', `<t:Sender>${mailboxXml(mail.from.name, mail.from.email)}</t:Sender>`],
    [
      'message:ToRecipients',
      withBody ? `<t:ToRecipients>${mailboxXml(account.displayName, account.email)}</t:ToRecipients>` : '',
    ],
    ['message:From', `<t:From>${mailboxXml(mail.from.name, mail.from.email)}</t:From>`],
    ['message:IsRead', `<t:IsRead>${String(mail.read)}</t:IsRead>`],
  ])}</t:Message>`
}

/** An element as it came in, in the prefix of the answer. */
const echo = (element: Element): string => {
  const attributes = Object.entries(element.attributes).filter(
    ([name]) => name !== 'xmlns' && !name.startsWith('xmlns'),
  )
  const written = attributes.map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('')
  return `<t:${element.name}${written}>${escapeXml(element.text)}${element.children.map(echo).join('')}</t:${element.name}>`
}

/** One Contact element: the id, and the properties as they were created. */
export function contactXml(contact: StoredContact, shape: Shape): string {
  const wanted = contact.properties.filter(
    (property) => shape.base !== 'IdOnly' || shape.contactFields.has(property.name),
  )
  return `<t:Contact><t:ItemId Id="${contact.id}" ChangeKey="${contact.changeKey}"/>${wanted.map(echo).join('')}</t:Contact>`
}
