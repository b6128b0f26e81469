/** An address base in memory, and a mailbox that takes what it is given. */
import type { Address, ContactsEvent, TransferEvent } from '../../../src/contract/addresses.ts'
import { contactOf, kindOf } from '../../../src/core/addresses/mapping.ts'
import type { Client } from '../../../src/renderer/client.ts'
import { emptyAddress, fieldGroups, nameOf } from '../../../src/renderer/features/addresses/address.ts'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const made = (number: number, fields: Partial<Address>): Address => ({ ...emptyAddress(), id: id(number), ...fields })

const base: readonly Address[] = [
  made(1, {
    number: '10001',
    salutation: 'Firma',
    name1: 'Müller & Söhne GmbH',
    street: 'Weg 1',
    town: 'Köln',
    phone: '+49 221 1',
    email: 'info@mueller.example',
    remarks: 'Donaudampfschifffahrtsgesellschaftskapitän',
    contactPersons: [
      { salutation: 'Frau', firstName: 'Anna', lastName: 'Huber', function: 'Einkauf', phone: '', email: '' },
    ],
    log: [{ at: '2026-11-12T09:30:00.000Z', kind: 'call', text: 'Angebot' }],
    free: { Kundenklasse: 'A' },
  }),
  made(2, { number: '10002', salutation: 'Frau', name1: 'Anna Berger', town: 'Bonn', email: 'anna@berger.example' }),
  made(3, { number: '10003', name1: 'Vorlage', addressGroup: 'Neukunden' }),
]

export function scriptedAddresses(isEmpty: boolean): Client['addresses'] {
  let all: readonly Address[] = isEmpty ? [] : base
  return {
    find: ({ text }) => {
      const fits = all.filter((one) => `${nameOf(one)} ${one.town}`.toLowerCase().includes(text.trim().toLowerCase()))
      const addresses = fits.map((one) => ({
        id: one.id,
        number: one.number,
        name: nameOf(one),
        town: one.town,
        email: one.email,
      }))
      return Promise.resolve({ addresses, total: fits.length, count: all.length, failure: null })
    },
    get: ({ id: wanted }) => Promise.resolve(all.find((one) => one.id === wanted) ?? null),
    save: ({ address }) => {
      const saved = { ...(address as Address), id: address.id === '' ? id(all.length + 1) : address.id }
      all = [...all.filter((one) => one.id !== saved.id), saved]
      return Promise.resolve({ id: saved.id })
    },
    remove: ({ id: gone }) => {
      all = all.filter((one) => one.id !== gone)
      return Promise.resolve({})
    },
    importFile: ({ dryRun }) => {
      if (!dryRun) all = [...all, made(all.length + 1, { name1: 'Aus der Datei' })]
      return Promise.resolve({
        kind: 'read',
        format: 'csv',
        created: 1,
        updated: 0,
        refused: [{ place: 3, problem: { kind: 'empty' } }],
        refusedCount: 1,
        unknownColumns: ['Kundenklasse'],
      })
    },
    exportFile: () => Promise.resolve({ name: 'addresses.csv', text: '' }),
    preview: ({ address, companySalutations }) => {
      const whole = address as Address
      const salutations = companySalutations ?? []
      const problems = nameOf(whole) === '' ? [{ kind: 'nameless' as const }] : []
      return Promise.resolve({ kind: kindOf(whole, salutations), values: contactOf(whole, salutations), problems })
    },
    folders: () => Promise.resolve(play([{ kind: 'folders' as const, folders: [{ id: 'f1', name: 'Kunden' }] }])),
    transfer: ({ dryRun }) => Promise.resolve(play(transferOf(all, dryRun))),
    readContacts: () => Promise.resolve(play(contactsOf(all))),
  }
}

async function* play<Event>(events: readonly Event[]): AsyncGenerator<Event, void, void> {
  yield* events
}

function transferOf(all: readonly Address[], isDry: boolean): TransferEvent[] {
  const counts = { created: 0, updated: 0, unchanged: 0, 'would-create': 0, 'would-update': 0, failed: 1 }
  const good = all.slice(1)
  return [
    ...all.map((one, index): TransferEvent => ({
      kind: 'item',
      addressId: one.id,
      name: nameOf(one),
      action: index === 0 ? 'failed' : isDry ? 'would-create' : 'created',
      changes: [{ field: 'DisplayName', before: null, after: nameOf(one) }],
      code: index === 0 ? 'ErrorInvalidPropertySet' : null,
      problems: index === 0 ? [{ kind: 'email-malformed' }] : [],
    })),
    { kind: 'progress', done: all.length, total: all.length, remainingMs: 0 },
    {
      kind: 'finished',
      outcome: { kind: 'done' },
      counts: { ...counts, [isDry ? 'would-create' : 'created']: good.length },
    },
  ]
}

function contactsOf(all: readonly Address[]): ContactsEvent[] {
  const origins = Object.fromEntries(
    Object.values(fieldGroups)
      .flat()
      .map((field) => [field, field === 'addressGroup' ? 'template' : field === 'name1' ? 'exchange' : 'none']),
  ) as Extract<ContactsEvent, { kind: 'contacts' }>['contacts'][number]['origins']
  const address = { ...emptyAddress(), id: id(90), name1: 'Clara Neu', addressGroup: 'Neukunden' }
  const [known] = all
  const duplicates = known === undefined ? [] : [{ addressId: known.id, name: nameOf(known), by: 'email' as const }]
  return [
    { kind: 'reading', count: 4 },
    {
      kind: 'contacts',
      contacts: [{ contactId: 'c1', address, origins, duplicates }],
      known: all.length,
      isComplete: true,
    },
  ]
}
