// A mailbox of the demo: its folders and a few mails, as data. Ids are stable for an address, so that a client may keep them between calls.

import type { Account } from './organisation.ts'

export type Folder = {
  id: string
  /** DistinguishedFolderId. */
  name: string
  parent: string
  displayName: string
  element: 'Folder' | 'ContactsFolder' | 'CalendarFolder'
  folderClass: string
}

export type Mail = {
  id: string
  folder: string
  subject: string
  from: { name: string; email: string }
  body: string
  received: string
  read: boolean
}

const rows: readonly (readonly [
  name: string,
  parent: string,
  displayName: string,
  element: Folder['element'],
  folderClass: string,
])[] = [
  ['root', '', 'root', 'Folder', ''],
  ['msgfolderroot', 'root', 'Top of Information Store', 'Folder', 'IPF.Note'],
  ['inbox', 'msgfolderroot', 'Inbox', 'Folder', 'IPF.Note'],
  ['sentitems', 'msgfolderroot', 'Sent Items', 'Folder', 'IPF.Note'],
  ['drafts', 'msgfolderroot', 'Drafts', 'Folder', 'IPF.Note'],
  ['deleteditems', 'msgfolderroot', 'Deleted Items', 'Folder', 'IPF.Note'],
  ['contacts', 'msgfolderroot', 'Contacts', 'ContactsFolder', 'IPF.Contact'],
  ['calendar', 'msgfolderroot', 'Calendar', 'CalendarFolder', 'IPF.Appointment'],
]

const idFor = (account: Account, what: string): string =>
  Buffer.from(`demo|${account.email.toLowerCase()}|${what}`).toString('base64')

/** All folders of a mailbox, parents first. */
export function foldersOf(account: Account): Folder[] {
  return rows.map(([name, parent, displayName, element, folderClass]) => ({
    id: idFor(account, name),
    name,
    parent: parent === '' ? '' : idFor(account, parent),
    displayName,
    element,
    folderClass,
  }))
}

/** The mails of a mailbox, newest first. */
export function mailsOf(account: Account): Mail[] {
  const mails = [
    {
      subject: 'Invoice 2026-1184',
      from: { name: 'Northwind Traders', email: 'billing@northwind.example' },
      body: 'Dear Ms Berger,\n\nplease find our invoice for October.\n\nKind regards\nNorthwind Traders',
      received: '2026-11-23T08:12:44Z',
      read: false,
    },
    {
      subject: 'Grüße aus der Werkstatt – Termin am Montag?',
      from: { name: 'Jörg Müller', email: 'joerg.mueller@werkstatt.example' },
      body: 'Hallo,\n\npasst Montag um 10 Uhr für die Abnahme?\n\nGruß\nJörg',
      received: '2026-11-20T15:40:02Z',
      read: false,
    },
    {
      subject: 'Minutes: sales meeting <draft> & next steps',
      from: { name: 'Tom Weber', email: 'tom@contoso.example' },
      body: 'Minutes attached soon. 1 < 2 && "quoted".',
      received: '2026-11-18T11:05:30Z',
      read: true,
    },
    {
      subject: 'Welcome to your mailbox',
      from: {
        name: 'Exchange administrator',
        email: `postmaster@${account.email.slice(account.email.indexOf('@') + 1)}`,
      },
      body: `This mailbox belongs to ${account.displayName}.`,
      received: '2026-11-02T07:00:00Z',
      read: true,
    },
  ]
  const inbox = idFor(account, 'inbox')
  return mails.map((mail, index) => ({ ...mail, id: idFor(account, `mail-${String(index + 1)}`), folder: inbox }))
}
