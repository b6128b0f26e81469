/** Everything that a person does with addresses, for every host alike: files in and out, creation from Exchange, transfer into a mailbox. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { AddressFormat } from '../contract/contactFields.ts'
import type { Address } from '../core/addresses/address.ts'
import { readCsv, writeCsv } from '../core/addresses/csv.ts'
import { decodeText, type AddressFileFailure, type RecordProblem } from '../core/addresses/file.ts'
import {
  duplicateFinder,
  newAddress,
  readContacts,
  type Duplicate,
  type NewAddress,
} from '../core/addresses/fromExchange.ts'
import { contactOf, kindOf, type AddressKind, type ContactValues } from '../core/addresses/mapping.ts'
import type { MailboxEvent } from '../core/addresses/onMailbox.ts'
import { prepare, type AddressProblem } from '../core/addresses/problems.ts'
import { transfer } from '../core/addresses/transfer.ts'
import type { TransferClock, TransferEvent } from '../core/addresses/transferTerms.ts'
import { readVcards, writeVcards } from '../core/addresses/vcard.ts'
import type { Connector, RunOptions, RunRequest } from '../core/connector.ts'
import { findContactFolders, readItemAnswers, type ContactFolder } from '../core/ews/contactItems.ts'
import { limits } from '../core/limits.ts'
import type { Settings } from '../core/settings/settings.ts'
import type { AddressBook } from './addressBook.ts'
import { openContactLinks } from './contactLinks.ts'

export type ImportReport =
  | {
      kind: 'read'
      format: 'csv' | 'vcard'
      created: number
      /** An address of the same number was there. */
      updated: number
      refused: readonly { place: number; problem: RecordProblem }[]
      /** Columns that became free fields. */
      unknownColumns: readonly string[]
    }
  | { kind: 'refused'; reason: AddressFileFailure }
  | { kind: 'not-saved'; code: string }

export type Preview = {
  kind: AddressKind
  values: ContactValues
  problems: readonly AddressProblem[]
}

/** A contact that no address belongs to yet. */
export type NewContact = NewAddress & { contactId: string; duplicates: readonly Duplicate[] }

export type ContactsEvent =
  | { kind: 'reading'; count: number }
  | { kind: 'contacts'; contacts: readonly NewContact[]; known: number; isComplete: boolean }
  | { kind: 'not-read'; code: string; status: number | null }

export type FoldersEvent = { kind: 'folders'; folders: readonly { id: string; name: string }[] }

export type Addresses = ReturnType<typeof openAddresses>

/** Waits by the system's monotonic clock. */
const systemClock: TransferClock = {
  now: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
}

export function openAddresses(options: {
  book: AddressBook
  connector: Connector
  directory: string
  clock?: TransferClock
}) {
  const { book, connector, directory, clock = systemClock } = options
  const companySalutationOf = (settings: Settings): string => settings.companySalutations[0] ?? ''

  return {
    book,

    /** Takes a CSV or vCard file in. An address of the same number is changed, every other record is a new one; `dryRun` only counts. */
    async importFile(bytes: Uint8Array, settings: Settings, o: { dryRun: boolean }): Promise<ImportReport> {
      const read = isVcard(bytes)
        ? readVcards(bytes, { newId: randomUUID, companySalutation: companySalutationOf(settings) })
        : readCsv(bytes, randomUUID)
      if (read.kind === 'refused') return read
      const byNumber = new Map(book.all().flatMap((one) => (one.number === '' ? [] : [[one.number, one] as const])))
      const found = read.records.flatMap((record) => (record.kind === 'address' ? [record.address] : []))
      if (book.count() + found.length > limits.addresses) return { kind: 'refused', reason: 'too-many' }
      let updated = 0
      const taken = found.map((address) => {
        const known = address.number === '' ? undefined : byNumber.get(address.number)
        if (known === undefined) return address
        updated += 1
        return merged(known, address)
      })
      if (!o.dryRun && taken.length > 0) {
        const written = await book.put(taken)
        if (written.kind === 'not-written') return { kind: 'not-saved', code: written.code }
      }
      return {
        kind: 'read',
        format: read.format,
        created: taken.length - updated,
        updated,
        refused: read.records.flatMap((record) =>
          record.kind === 'refused' ? [{ place: record.place, problem: record.problem }] : [],
        ),
        unknownColumns: read.unknownColumns,
      }
    },

    exportFile(format: AddressFormat, settings: Settings): string {
      const all = book.all()
      switch (format) {
        case 'csv':
          return writeCsv(all)
        case 'vcard-4':
          return writeVcards(all, { version: '4.0', companySalutations: settings.companySalutations })
        case 'vcard-3':
          return writeVcards(all, { version: '3.0', companySalutations: settings.companySalutations })
      }
    },

    /** The contact that an address would become; nothing is sent. */
    preview(address: Address, settings: Settings): Preview {
      const { problems, remarks } = prepare(address, settings.companySalutations)
      return {
        kind: kindOf(address, settings.companySalutations),
        values: contactOf(address, settings.companySalutations),
        problems: [...problems, ...remarks],
      }
    },

    /** Sends addresses into the mailbox of the request. The last event is the login's result. */
    transfer(
      request: RunRequest,
      o: { addresses: readonly Address[]; folder: ContactFolder; dryRun: boolean },
      runOptions: RunOptions,
    ): AsyncGenerator<MailboxEvent<TransferEvent>, void, void> {
      return connector.onMailbox<TransferEvent>(request, runOptions, async (mailbox, { signal, emit }) => {
        const links = openContactLinks({ directory, mailbox: mailbox.mailbox, folder: o.folder })
        const { companySalutations } = request.settings
        await transfer(mailbox, { ...o, companySalutations, links, clock, signal, emit })
      })
    },

    /** Reads the contacts of a folder and makes proposals of those that no address belongs to. Nothing is saved. */
    readContacts(
      request: RunRequest,
      o: { folder: ContactFolder },
      runOptions: RunOptions,
    ): AsyncGenerator<MailboxEvent<ContactsEvent>, void, void> {
      return connector.onMailbox<ContactsEvent>(request, runOptions, async (mailbox, { signal, emit }) => {
        const read = await readContacts(mailbox, {
          folder: o.folder,
          signal,
          onProgress: (count) => emit({ kind: 'reading', count }),
        })
        if (read.kind === 'stopped') return
        if (read.kind === 'failed') {
          emit({ kind: 'not-read', code: read.code, status: read.status })
          return
        }
        const { settings } = request
        const template = settings.templateAddressId === '' ? null : (book.get(settings.templateAddressId) ?? null)
        const duplicatesOf = duplicateFinder(book.all())
        const unknown = read.contacts.filter((one) => one.addressId === null || book.get(one.addressId) === undefined)
        const contacts = unknown.map((contact) => {
          const made = newAddress({
            id: randomUUID(),
            contact: contact.values,
            template,
            companySalutation: companySalutationOf(settings),
          })
          return { ...made, contactId: contact.id, duplicates: duplicatesOf(made.address) }
        })
        emit({
          kind: 'contacts',
          contacts,
          known: read.contacts.length - unknown.length,
          isComplete: read.isComplete,
        })
      })
    },

    /** The contact folders of the mailbox. */
    folders(request: RunRequest, runOptions: RunOptions): AsyncGenerator<MailboxEvent<FoldersEvent>, void, void> {
      return connector.onMailbox<FoldersEvent>(request, runOptions, async (mailbox, { emit }) => {
        const { text } = await mailbox.send(findContactFolders(mailbox))
        emit({ kind: 'folders', folders: (readItemAnswers(text) ?? []).flatMap((answer) => answer.folders) })
      })
    },
  }
}

/** The folder that the settings name. */
export function folderOf(settings: Pick<Settings, 'contactFolder'>): ContactFolder {
  const { id } = settings.contactFolder
  return id === '' ? { kind: 'default' } : { kind: 'folder', id }
}

function isVcard(bytes: Uint8Array): boolean {
  const text = decodeText(bytes.subarray(0, 1_000)) ?? ''
  return /^\ufeff?\s*BEGIN:VCARD/i.test(text)
}

/** What the file says goes before what was there; what it does not mention stays, and so do id and contact log. */
function merged(known: Address, brought: Address): Address {
  const said = Object.fromEntries(
    Object.entries(brought).filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0)),
  )
  return { ...known, ...said, id: known.id, log: known.log, free: { ...known.free, ...brought.free } }
}
