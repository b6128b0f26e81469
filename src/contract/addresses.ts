/** The part of the contract about addresses: the address base, files in and out, creation from Exchange, transfer into a mailbox. */
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { addressFieldsSchema, addressSchema } from '../core/addresses/address.ts'
import { addressKinds, contactFields } from '../core/addresses/mapping.ts'
import { limits } from '../core/limits.ts'
import { runEventSchema } from '../core/runs/events.ts'
import { draftSchema, runInputSchema, withheldFailure } from './run.ts'
import { addressFormats, transferActions } from './contactFields.ts'

const runInput = runInputSchema.shape

export const addressSummarySchema = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  town: z.string(),
  email: z.string(),
})
export type AddressSummary = z.infer<typeof addressSummarySchema>

const contactFieldSchema = z.enum(contactFields)
const valuesSchema = z.partialRecord(contactFieldSchema, z.string())

export const addressProblemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nameless') }),
  z.object({ kind: z.literal('too-long'), field: contactFieldSchema, characters: z.number() }),
  z.object({ kind: z.literal('control-characters'), field: contactFieldSchema }),
  z.object({ kind: z.literal('email-malformed') }),
])
export type AddressProblem = z.infer<typeof addressProblemSchema>

const recordProblemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('empty') }),
  z.object({ kind: z.literal('too-long'), field: z.string() }),
  z.object({ kind: z.literal('unreadable') }),
  z.object({ kind: z.literal('version'), version: z.string() }),
])

export const importReportSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('read'),
    format: z.enum(['csv', 'vcard']),
    created: z.number(),
    updated: z.number(),
    /** At most as many as a person reads. */
    refused: z.array(z.object({ place: z.number(), problem: recordProblemSchema })),
    refusedCount: z.number(),
    unknownColumns: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('refused'),
    reason: z.enum(['too-large', 'too-many', 'not-text', 'no-columns', 'no-cards']),
  }),
  z.object({ kind: z.literal('not-saved'), code: z.string() }),
])
export type ImportReport = z.infer<typeof importReportSchema>

export const previewSchema = z.object({
  kind: z.enum(addressKinds),
  values: valuesSchema,
  problems: z.array(addressProblemSchema),
})
export type ContactPreview = z.infer<typeof previewSchema>

const changeSchema = z.object({
  field: contactFieldSchema,
  before: z.string().nullable(),
  after: z.string().nullable(),
})

const runPart = z.object({ kind: z.literal('run'), event: runEventSchema })

export const transferEventSchema = z.discriminatedUnion('kind', [
  runPart,
  z.object({
    kind: z.literal('item'),
    addressId: z.string(),
    name: z.string(),
    action: z.enum(transferActions),
    changes: z.array(changeSchema),
    code: z.string().nullable(),
    problems: z.array(addressProblemSchema),
  }),
  z.object({ kind: z.literal('progress'), done: z.number(), total: z.number(), remainingMs: z.number().nullable() }),
  z.object({ kind: z.literal('waiting'), ms: z.number(), code: z.string() }),
  z.object({
    kind: z.literal('finished'),
    outcome: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('done') }),
      z.object({ kind: z.literal('stopped') }),
      z.object({ kind: z.literal('broken-off'), code: z.string(), status: z.number().nullable() }),
    ]),
    counts: z.record(z.enum(transferActions), z.number()),
  }),
])
export type TransferEvent = z.infer<typeof transferEventSchema>

export const newContactSchema = z.object({
  contactId: z.string(),
  address: addressSchema,
  origins: z.record(addressFieldsSchema.keyof(), z.enum(['exchange', 'template', 'none'])),
  duplicates: z.array(z.object({ addressId: z.string(), name: z.string(), by: z.enum(['email', 'name-and-town']) })),
})
export type NewContact = z.infer<typeof newContactSchema>

export const contactsEventSchema = z.discriminatedUnion('kind', [
  runPart,
  z.object({ kind: z.literal('reading'), count: z.number() }),
  z.object({
    kind: z.literal('contacts'),
    contacts: z.array(newContactSchema),
    /** Contacts whose addresses are here already. */
    known: z.number(),
    isComplete: z.boolean(),
  }),
  z.object({ kind: z.literal('not-read'), code: z.string(), status: z.number().nullable() }),
])
export type ContactsEvent = z.infer<typeof contactsEventSchema>

export const foldersEventSchema = z.discriminatedUnion('kind', [
  runPart,
  z.object({ kind: z.literal('folders'), folders: z.array(z.object({ id: z.string(), name: z.string() })) }),
])
export type FoldersEvent = z.infer<typeof foldersEventSchema>

const failures = {
  ...withheldFailure,
  ADDRESSES_NOT_SAVED: { status: 500, data: z.object({ code: z.string() }) },
  /** Another transfer or reading of this window is under way. */
  MAILBOX_ACTIVE: { status: 409, data: z.object({}) },
} as const

export const addressesContract = {
  /** Search as one types; an empty text finds everything. */
  find: oc.input(z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(200) })).output(
    z.object({
      addresses: z.array(addressSummarySchema),
      total: z.number(),
      count: z.number(),
      failure: z.string().nullable(),
    }),
  ),
  get: oc.input(z.object({ id: z.string() })).output(addressSchema.nullable()),
  /** Makes or changes one; the id is the host's to give where it is empty. */
  save: oc
    .errors(failures)
    .input(z.object({ address: addressSchema.extend({ id: z.string().max(36) }) }))
    .output(z.object({ id: z.string() })),
  remove: oc
    .errors(failures)
    .input(z.object({ id: z.string() }))
    .output(z.object({})),
  /** A file as base64, in the bounds of a message. */
  importFile: oc
    .input(
      z.object({
        base64: z.base64().max(limits.addressUploadCharacters),
        companySalutation: z.string().max(200),
        dryRun: z.boolean(),
      }),
    )
    .output(importReportSchema),
  exportFile: oc
    .input(z.object({ format: z.enum(addressFormats), companySalutations: draftSchema.shape.companySalutations }))
    .output(z.object({ name: z.string(), text: z.string() })),
  /** The contact that an address would become. */
  preview: oc
    .input(z.object({ address: addressSchema, companySalutations: draftSchema.shape.companySalutations }))
    .output(previewSchema),
  folders: oc.errors(failures).input(z.object(runInput)).output(eventIterator(foldersEventSchema)),
  transfer: oc
    .errors(failures)
    .input(
      z.object({
        ...runInput,
        /** Empty: all of them. */
        ids: z.array(z.string()).max(limits.addresses),
        folderId: z.string().max(1_000),
        dryRun: z.boolean(),
      }),
    )
    .output(eventIterator(transferEventSchema)),
  readContacts: oc
    .errors(failures)
    .input(z.object({ ...runInput, folderId: z.string().max(1_000) }))
    .output(eventIterator(contactsEventSchema)),
}

export type { Address, AddressField, ContactPerson, LogEntry } from '../core/addresses/address.ts'
