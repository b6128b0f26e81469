// The EWS operations of the demo. Each checks the order of its elements as the schema has it, then answers one response message per asked thing.

import { randomUUID } from 'node:crypto'
import type { Answer } from '../http.ts'
import { escapeXml, find, findAll, type Element } from '../xml.ts'
import { foldersOf, mailsOf, type Folder } from './mailbox.ts'
import { accountOf, type Account, type Organisation } from './organisation.ts'
import { restrictionOf, withUpdates, wrongContact } from './contacts.ts'
import { contactXml, folderXml, mailXml, readShape } from './shapes.ts'
import { ewsAnswer, failure, success, type EwsError } from './soap.ts'
import type { Store } from './store.ts'

type Context = {
  organisation: Organisation
  store: Store
  call: Element
  account: Account
  /** What every mailbox answers instead of its folders; null: as usual. */
  mailboxError: EwsError | null
}

export type Operation = {
  /** Null, or what is wrong with the element. */
  check(call: Element): string | null
  run(context: Context): Answer
}

/** Children must come in this order; the marked ones must be there. `!` marks a required element. */
const sequence =
  (...names: string[]) =>
  (call: Element): string | null => {
    const order = names.map((name) => name.replace('!', ''))
    let at = 0
    for (const child of call.children) {
      const index = order.indexOf(child.name, at)
      if (index < 0) return `The element '${call.name}' has invalid child element '${child.name}'.`
      at = index
    }
    const missing = names.find(
      (name) => name.endsWith('!') && !call.children.some((child) => `${child.name}!` === name),
    )
    return missing === undefined
      ? null
      : `The element '${call.name}' has incomplete content. Expected: '${missing.replace('!', '')}'.`
  }

const folderNotFound: EwsError = {
  code: 'ErrorFolderNotFound',
  message: 'The specified folder could not be found in the store.',
}
const itemNotFound: EwsError = {
  code: 'ErrorItemNotFound',
  message: 'The specified object was not found in the store.',
}
const conflict: EwsError = {
  code: 'ErrorIrresolvableConflict',
  message:
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
}
const unsupportedQuery: EwsError = {
  code: 'ErrorUnsupportedPathForQuery',
  message: 'The property can not be used with this type of restriction.',
}
const noMailbox: EwsError = {
  code: 'ErrorMissingEmailAddress',
  message:
    'When making a request as an account that does not have a mailbox, you must specify the mailbox primary SMTP address for any distinguished folder Ids.',
}

const isError = (value: object): value is EwsError => 'code' in value

/** The folder that a FolderId or DistinguishedFolderId names, and whose it is. */
const resolveFolder = (
  { organisation, account, mailboxError }: Context,
  id: Element,
): { folder: Folder; owner: Account } | EwsError => {
  if (mailboxError !== null) return mailboxError
  if (id.name === 'FolderId') {
    const wanted = id.attributes['Id'] ?? ''
    if (!/^[A-Za-z0-9+/]+=*$/.test(wanted)) return { code: 'ErrorInvalidIdMalformed', message: 'Id is malformed.' }
    const folder = foldersOf(account).find((candidate) => candidate.id === wanted)
    return folder ? { folder, owner: account } : folderNotFound
  }
  const named = find(id, 'Mailbox', 'EmailAddress')?.text
  const owner = named === undefined ? account : accountOf(organisation, named)
  if (named !== undefined && !owner?.mailbox) {
    return { code: 'ErrorNonExistentMailbox', message: 'The SMTP address has no mailbox associated with it.' }
  }
  if (!owner?.mailbox) return noMailbox
  // Nobody has shared a folder in this organisation, and Exchange does not tell that from "no such folder".
  if (owner.email !== account.email) return folderNotFound
  const folder = foldersOf(owner).find((candidate) => candidate.name === id.attributes['Id'])
  return folder ? { folder, owner } : folderNotFound
}

const countsOf = (
  folder: Folder,
  owner: Account,
  store: Store,
): { total: number; unread: number; children: number } => {
  const mails = mailsOf(owner).filter((mail) => mail.folder === folder.id)
  return {
    total: folder.name === 'contacts' ? store.contacts(owner).length : mails.length,
    unread: mails.filter((mail) => !mail.read).length,
    children: foldersOf(owner).filter((child) => child.parent === folder.id).length,
  }
}

const page = (view: Element | undefined, total: number): { from: number; to: number; attributes: string } => {
  const from = Math.max(0, Number(view?.attributes['Offset'] ?? 0))
  const to = Math.min(total, from + Number(view?.attributes['MaxEntriesReturned'] ?? 1000))
  const attributes = `IndexedPagingOffset="${String(to)}" TotalItemsInView="${String(total)}" IncludesLastItemInRange="${String(to >= total)}"`
  return { from, to, attributes }
}

const getFolder: Operation = {
  check: sequence('FolderShape!', 'FolderIds!'),
  run(context) {
    const shape = readShape(find(context.call, 'FolderShape'))
    const messages = (find(context.call, 'FolderIds')?.children ?? []).map((id) => {
      const found = resolveFolder(context, id)
      if (isError(found)) return failure('GetFolder', found, '<m:Folders/>')
      const xml = folderXml(found.folder, shape, countsOf(found.folder, found.owner, context.store))
      return success('GetFolder', `<m:Folders>${xml}</m:Folders>`)
    })
    return ewsAnswer(context.organisation, 'GetFolder', messages)
  },
}

const findFolder: Operation = {
  check: sequence(
    'FolderShape!',
    'IndexedPageFolderView',
    'FractionalPageFolderView',
    'Restriction',
    'ParentFolderIds!',
  ),
  run(context) {
    const { call, organisation, store } = context
    const shape = readShape(find(call, 'FolderShape'))
    const deep = call.attributes['Traversal'] === 'Deep'
    const messages = (find(call, 'ParentFolderIds')?.children ?? []).map((id) => {
      const found = resolveFolder(context, id)
      if (isError(found)) return failure('FindFolder', found)
      const all = foldersOf(found.owner)
      const below = (parent: Folder): Folder[] =>
        all
          .filter((folder) => folder.parent === parent.id)
          .flatMap((folder) => [folder, ...(deep ? below(folder) : [])])
      const children = below(found.folder)
      const { from, to, attributes } = page(find(call, 'IndexedPageFolderView'), children.length)
      const xml = children
        .slice(from, to)
        .map((folder) => folderXml(folder, shape, countsOf(folder, found.owner, store)))
      return success('FindFolder', `<m:RootFolder ${attributes}><t:Folders>${xml.join('')}</t:Folders></m:RootFolder>`)
    })
    return ewsAnswer(organisation, 'FindFolder', messages)
  },
}

const findItem: Operation = {
  check: sequence(
    'ItemShape!',
    'IndexedPageItemView',
    'FractionalPageItemView',
    'CalendarView',
    'ContactsView',
    'GroupBy',
    'DistinguishedGroupBy',
    'Restriction',
    'SortOrder',
    'ParentFolderIds!',
    'QueryString',
  ),
  run(context) {
    const { call, organisation, store } = context
    const shape = readShape(find(call, 'ItemShape'))
    const messages = (find(call, 'ParentFolderIds')?.children ?? []).map((id) => {
      const found = resolveFolder(context, id)
      if (isError(found)) return failure('FindItem', found)
      const view = find(call, 'IndexedPageItemView') ?? find(call, 'ContactsView')
      const answerWith = <T>(all: readonly T[], write: (one: T) => string): string => {
        const { from, to, attributes } = page(view, all.length)
        const xml = all.slice(from, to).map(write)
        return success('FindItem', `<m:RootFolder ${attributes}><t:Items>${xml.join('')}</t:Items></m:RootFolder>`)
      }
      if (found.folder.name === 'contacts') {
        const wanted = restrictionOf(find(call, 'Restriction'))
        if (wanted === 'unsupported') return failure('FindItem', unsupportedQuery)
        return answerWith(store.contacts(found.owner).filter(wanted), (contact) => contactXml(contact, shape))
      }
      const mails = mailsOf(found.owner).filter((mail) => mail.folder === found.folder.id)
      return answerWith(mails, (mail) => mailXml(mail, found.owner, shape, false))
    })
    return ewsAnswer(organisation, 'FindItem', messages)
  },
}

const getItem: Operation = {
  check: sequence('ItemShape!', 'ItemIds!'),
  run({ call, organisation, store, account }) {
    const shape = readShape(find(call, 'ItemShape'))
    const messages = (find(call, 'ItemIds')?.children ?? []).map((id) => {
      const wanted = id.attributes['Id']
      const mail = mailsOf(account).find((candidate) => candidate.id === wanted)
      const contact = store.contacts(account).find((candidate) => candidate.id === wanted)
      if (mail) return success('GetItem', `<m:Items>${mailXml(mail, account, shape, true)}</m:Items>`)
      if (contact) return success('GetItem', `<m:Items>${contactXml(contact, shape)}</m:Items>`)
      return failure('GetItem', itemNotFound, '<m:Items/>')
    })
    return ewsAnswer(organisation, 'GetItem', messages)
  },
}

const createItem: Operation = {
  // One item that breaks the schema spoils the whole request.
  check: (call) =>
    sequence('SavedItemFolderId', 'Items!')(call) ??
    (find(call, 'Items')?.children ?? []).map(wrongContact).find((wrong) => wrong !== null) ??
    null,
  run(context) {
    const { call, organisation, store } = context
    const folderId = find(call, 'SavedItemFolderId')?.children[0]
    const target = folderId ? resolveFolder(context, folderId) : null
    const messages = (find(call, 'Items')?.children ?? []).map((item) => {
      if (target && isError(target)) return failure('CreateItem', target, '<m:Items/>')
      if (!context.account.mailbox) return failure('CreateItem', noMailbox, '<m:Items/>')
      if (item.name !== 'Contact') {
        return failure(
          'CreateItem',
          { code: 'ErrorInvalidOperation', message: 'Only contacts can be created here.' },
          '<m:Items/>',
        )
      }
      const contact = store.add(target ? target.owner : context.account, item.children)
      return success(
        'CreateItem',
        `<m:Items><t:Contact><t:ItemId Id="${contact.id}" ChangeKey="${contact.changeKey}"/></t:Contact></m:Items>`,
      )
    })
    return ewsAnswer(organisation, 'CreateItem', messages)
  },
}

const updateItem: Operation = {
  check: sequence('SavedItemFolderId', 'ItemChanges!'),
  run({ call, organisation, store, account }) {
    const messages = (find(call, 'ItemChanges')?.children ?? []).map((change) => {
      const id = find(change, 'ItemId')
      const contact = store.contacts(account).find((candidate) => candidate.id === id?.attributes['Id'])
      if (contact === undefined) return failure('UpdateItem', itemNotFound, '<m:Items/>')
      // Exchange would merge changes of different properties; which ones another client changed is not kept here.
      const changeKey = id?.attributes['ChangeKey']
      if (call.attributes['ConflictResolution'] !== 'AlwaysOverwrite' && changeKey !== contact.changeKey)
        return failure('UpdateItem', conflict, '<m:Items/>')
      const updated = withUpdates(contact.properties, find(change, 'Updates')?.children ?? [])
      if ('code' in updated) return failure('UpdateItem', updated, '<m:Items/>')
      store.change(contact, updated.properties)
      return success(
        'UpdateItem',
        `<m:Items><t:Contact><t:ItemId Id="${contact.id}" ChangeKey="${contact.changeKey}"/></t:Contact></m:Items>`,
      )
    })
    return ewsAnswer(organisation, 'UpdateItem', messages)
  },
}

const deleteItem: Operation = {
  check: sequence('ItemIds!'),
  run({ call, organisation, store, account }) {
    const messages = (find(call, 'ItemIds')?.children ?? []).map((id) =>
      store.remove(account, id.attributes['Id'] ?? '')
        ? success('DeleteItem', '')
        : failure('DeleteItem', itemNotFound),
    )
    return ewsAnswer(organisation, 'DeleteItem', messages)
  },
}

const resolveNames: Operation = {
  check: sequence('ParentFolderIds', 'UnresolvedEntry!'),
  run({ call, organisation }) {
    const entry = find(call, 'UnresolvedEntry')?.text.toLowerCase() ?? ''
    const found = organisation.accounts.filter(
      (account) =>
        account.mailbox && entry !== '' && `${account.email} ${account.displayName}`.toLowerCase().includes(entry),
    )
    if (found.length === 0) {
      const nothing = { code: 'ErrorNameResolutionNoResults', message: 'No results were found.' }
      return ewsAnswer(organisation, 'ResolveNames', [failure('ResolveNames', nothing)])
    }
    const xml = found.map(
      (account) =>
        `<t:Resolution><t:Mailbox><t:Name>${escapeXml(account.displayName)}</t:Name><t:EmailAddress>${escapeXml(account.email)}</t:EmailAddress>` +
        '<t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType></t:Mailbox></t:Resolution>',
    )
    const attributes = `TotalItemsInView="${String(found.length)}" IncludesLastItemInRange="true"`
    return ewsAnswer(organisation, 'ResolveNames', [
      success('ResolveNames', `<m:ResolutionSet ${attributes}>${xml.join('')}</m:ResolutionSet>`),
    ])
  },
}

const convertId: Operation = {
  check: sequence('SourceIds!'),
  run({ call, organisation }) {
    const format = call.attributes['DestinationFormat'] ?? 'EwsId'
    const messages = (find(call, 'SourceIds')?.children ?? []).map((source) => {
      const id = source.attributes['Id'] ?? ''
      const mailbox = source.attributes['Mailbox'] ?? ''
      if (id.length < 24 || !mailbox.includes('@')) {
        return failure('ConvertId', { code: 'ErrorInvalidIdMalformed', message: 'Id is malformed.' })
      }
      const kind = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="t:AlternateIdType"'
      return success(
        'ConvertId',
        `<m:AlternateId ${kind} Format="${escapeXml(format)}" Id="${escapeXml(id)}" Mailbox="${escapeXml(mailbox)}"/>`,
      )
    })
    return ewsAnswer(organisation, 'ConvertId', messages)
  },
}

const zones = [
  { id: 'UTC', name: '(UTC) Coordinated Universal Time', bias: 'PT0S' },
  {
    id: 'W. Europe Standard Time',
    name: '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
    bias: '-PT1H',
  },
]

const getServerTimeZones: Operation = {
  check: sequence('Ids'),
  run({ call, organisation }) {
    const asked = findAll(call, 'Id').map((id) => id.text)
    const xml = zones
      .filter((zone) => asked.length === 0 || asked.includes(zone.id))
      .map(
        (zone) =>
          `<t:TimeZoneDefinition Id="${zone.id}" Name="${zone.name}"><t:Periods><t:Period Bias="${zone.bias}" Name="Standard" Id="trule:${zone.id}-Standard"/></t:Periods>` +
          `<t:TransitionsGroups><t:TransitionsGroup Id="0"><t:Transition><t:To Kind="Period">trule:${zone.id}-Standard</t:To></t:Transition></t:TransitionsGroup></t:TransitionsGroups>` +
          '<t:Transitions><t:Transition><t:To Kind="Group">0</t:To></t:Transition></t:Transitions></t:TimeZoneDefinition>',
      )
    return ewsAnswer(organisation, 'GetServerTimeZones', [
      success('GetServerTimeZones', `<m:TimeZoneDefinitions>${xml.join('')}</m:TimeZoneDefinitions>`),
    ])
  },
}

/** By the name of the element in the SOAP body. */
export const operations: Readonly<Record<string, Operation>> = {
  GetFolder: getFolder,
  FindFolder: findFolder,
  FindItem: findItem,
  GetItem: getItem,
  CreateItem: createItem,
  UpdateItem: updateItem,
  DeleteItem: deleteItem,
  ResolveNames: resolveNames,
  ConvertId: convertId,
  GetServerTimeZones: getServerTimeZones,
}

/** A request id as Exchange writes one. */
export const newRequestId = (): string => randomUUID()
