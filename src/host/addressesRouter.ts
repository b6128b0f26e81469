/** The contract's part about addresses, for every host alike. */
import { randomUUID } from 'node:crypto'
import { implement } from '@orpc/server'
import { addressesContract, type AddressSummary } from '../contract/addresses.ts'
import type { Draft, TypedSecrets, Withheld } from '../contract/run.ts'
import { nameOf, type Address } from '../core/addresses/address.ts'
import type { MailboxEvent } from '../core/addresses/onMailbox.ts'
import type { Connector, RunOptions, RunRequest } from '../core/connector.ts'
import type { ContactFolder } from '../core/ews/contactItems.ts'
import { limits } from '../core/limits.ts'
import type { RunEvent } from '../core/runs/events.ts'
import { defaultSettings } from '../core/settings/settings.ts'
import type { Addresses } from './addresses.ts'
import type { Drafts } from './drafts.ts'
import type { WindowContext } from './windowContext.ts'

export function createAddressesRouter(options: {
  connector: Connector
  /** Absolute path of the state directory. */
  directory: string
  requestOf: Drafts['requestOf']
}) {
  const { connector, directory, requestOf } = options
  let opened: Promise<Addresses> | undefined
  const os = implement(addressesContract).$context<WindowContext>()
  const active = new Set<string>()

  /** Opened at the first need: neither the address base nor the readers of its files cost a start anything. */
  const addresses = (): Promise<Addresses> =>
    (opened ??= Promise.all([import('./addressBook.ts'), import('./addresses.ts')]).then(
      ([{ openAddressBook }, { openAddresses }]) =>
        openAddresses({ book: openAddressBook(directory), connector, directory }),
    ))

  /** One mailbox at a time in each window; it ends when the window stops listening. Nobody is asked for consent here: the test does that. */
  async function inMailbox<T extends { kind: string }>(
    call: {
      window: string
      signal: AbortSignal | undefined
      profile: string | undefined
      draft: Draft
      typed: TypedSecrets
    },
    begin: (request: RunRequest, runOptions: RunOptions) => AsyncGenerator<MailboxEvent<T>, void, void>,
  ): Promise<
    | { kind: 'started'; events: AsyncGenerator<T | { kind: 'run'; event: RunEvent }, void, void> }
    | { kind: 'active' }
    | { kind: 'withheld'; withheld: Withheld }
  > {
    if (active.has(call.window)) return { kind: 'active' }
    active.add(call.window)
    const stop = new AbortController()
    const signal = call.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, call.signal])
    let made: Awaited<ReturnType<typeof requestOf>> | undefined
    try {
      made = await requestOf(call.draft, call.typed, call.profile)
    } finally {
      if (made?.kind !== 'request') active.delete(call.window)
    }
    if (made.kind === 'withheld') return made
    const { request } = made
    const events = (async function* () {
      try {
        for await (const event of begin(request, { signal, ask: () => Promise.resolve(false) }))
          yield event.kind === 'run' ? event : event.event
      } finally {
        stop.abort()
        active.delete(call.window)
      }
    })()
    return { kind: 'started', events }
  }

  return os.router({
    find: os.find.handler(async ({ input }) => {
      const { book } = await addresses()
      const { addresses: found, total } = book.find(input.text, input.limit)
      return { addresses: found.map(summaryOf), total, count: book.count(), failure: book.failure() }
    }),
    get: os.get.handler(async ({ input }) => (await addresses()).book.get(input.id) ?? null),
    save: os.save.handler(async ({ input, errors }) => {
      const id = input.address.id === '' ? randomUUID() : input.address.id
      const written = await (await addresses()).book.put([{ ...input.address, id }])
      if (written.kind === 'not-written') throw errors.ADDRESSES_NOT_SAVED({ data: { code: written.code } })
      return { id }
    }),
    remove: os.remove.handler(async ({ input, errors }) => {
      const written = await (await addresses()).book.remove(input.id)
      if (written.kind === 'not-written') throw errors.ADDRESSES_NOT_SAVED({ data: { code: written.code } })
      return {}
    }),
    importFile: os.importFile.handler(async ({ input }) => {
      const settings = { ...defaultSettings(), companySalutations: [input.companySalutation] }
      const report = await (
        await addresses()
      ).importFile(Buffer.from(input.base64, 'base64'), settings, {
        dryRun: input.dryRun,
      })
      if (report.kind !== 'read') return report
      const { refused, unknownColumns, ...rest } = report
      return {
        ...rest,
        refused: refused.slice(0, limits.addressRefusalsShown),
        refusedCount: refused.length,
        unknownColumns: [...unknownColumns],
      }
    }),
    exportFile: os.exportFile.handler(async ({ input }) => ({
      name: input.format === 'csv' ? 'addresses.csv' : 'addresses.vcf',
      text: (await addresses()).exportFile(input.format, {
        ...defaultSettings(),
        companySalutations: input.companySalutations,
      }),
    })),
    preview: os.preview.handler(async ({ input }) => {
      const { kind, values, problems } = (await addresses()).preview(input.address, {
        ...defaultSettings(),
        companySalutations: input.companySalutations,
      })
      return { kind, values: { ...values }, problems: [...problems] }
    }),
    folders: os.folders.handler(async ({ input, context, signal, errors }) => {
      const call = { window: context.window, signal, profile: input.profile, draft: input.draft, typed: input.secrets }
      const base = await addresses()
      const mailbox = await inMailbox(call, (request, runOptions) => base.folders(request, runOptions))
      if (mailbox.kind === 'active') throw errors.MAILBOX_ACTIVE({ data: {} })
      if (mailbox.kind === 'withheld') throw errors.SECRET_WITHHELD({ data: mailbox.withheld })
      const { events } = mailbox
      return (async function* () {
        for await (const event of events)
          yield event.kind === 'folders'
            ? { kind: event.kind, folders: event.folders.map((one) => ({ ...one })) }
            : event
      })()
    }),
    transfer: os.transfer.handler(async ({ input, context, signal, errors }) => {
      const call = { window: context.window, signal, profile: input.profile, draft: input.draft, typed: input.secrets }
      const base = await addresses()
      const { book } = base
      const chosen: readonly Address[] =
        input.ids.length === 0 ? book.all() : input.ids.flatMap((id) => book.get(id) ?? [])
      const mailbox = await inMailbox(call, (request, runOptions) =>
        base.transfer(
          request,
          { addresses: chosen, folder: folderOfId(input.folderId), dryRun: input.dryRun },
          runOptions,
        ),
      )
      if (mailbox.kind === 'active') throw errors.MAILBOX_ACTIVE({ data: {} })
      if (mailbox.kind === 'withheld') throw errors.SECRET_WITHHELD({ data: mailbox.withheld })
      const { events } = mailbox
      return (async function* () {
        for await (const event of events)
          yield event.kind === 'item' ? { ...event, changes: [...event.changes], problems: [...event.problems] } : event
      })()
    }),
    readContacts: os.readContacts.handler(async ({ input, context, signal, errors }) => {
      const call = { window: context.window, signal, profile: input.profile, draft: input.draft, typed: input.secrets }
      const base = await addresses()
      const mailbox = await inMailbox(call, (request, runOptions) =>
        base.readContacts(request, { folder: folderOfId(input.folderId) }, runOptions),
      )
      if (mailbox.kind === 'active') throw errors.MAILBOX_ACTIVE({ data: {} })
      if (mailbox.kind === 'withheld') throw errors.SECRET_WITHHELD({ data: mailbox.withheld })
      const { events } = mailbox
      const { book } = base
      return (async function* () {
        for await (const event of events)
          yield event.kind === 'contacts'
            ? {
                ...event,
                contacts: event.contacts.map((contact) => ({
                  ...contact,
                  duplicates: contact.duplicates.map((one) => {
                    const known = book.get(one.addressId)
                    return { ...one, name: known === undefined ? '' : nameOf(known) }
                  }),
                })),
              }
            : event
      })()
    }),
  })
}

function folderOfId(id: string): ContactFolder {
  return id === '' ? { kind: 'default' } : { kind: 'folder', id }
}

function summaryOf(address: Address): AddressSummary {
  const { id, number, town, email } = address
  return { id, number, name: nameOf(address), town, email }
}
