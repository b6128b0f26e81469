/** What a transfer is asked, what it tells, and what it needs from its host. */
import type { ContactFolder, FieldChange } from '../ews/contactItems.ts'
import type { Address } from './address.ts'
import type { AddressProblem } from './problems.ts'

/** Which contact an address has in this mailbox and folder. */
export type Link = { id: string; changeKey: string }

/** The memory of a mailbox and folder, kept by the host. Every change is on disk when its promise is kept; else the promise gives a code. */
export type Links = {
  of(addressId: string): Link | undefined
  /** Addresses whose contacts may have been created without our having heard of it. */
  pending(): readonly string[]
  /** Notes that contacts for these addresses are about to be created. */
  begin(addressIds: readonly string[]): Promise<string | null>
  /** What is known now: a link, or null for an address that has no contact. Ends what was begun for them. */
  settle(known: readonly { addressId: string; link: Link | null }[]): Promise<string | null>
}

export type TransferAction = 'created' | 'updated' | 'unchanged' | 'would-create' | 'would-update' | 'failed'

export type TransferEvent =
  | {
      kind: 'item'
      addressId: string
      name: string
      action: TransferAction
      changes: readonly FieldChange[]
      /** Response code of EWS, where it refused the record. */
      code: string | null
      problems: readonly AddressProblem[]
    }
  | { kind: 'progress'; done: number; total: number; remainingMs: number | null }
  /** The server asked for a pause. */
  | { kind: 'waiting'; ms: number; code: string }
  | { kind: 'finished'; outcome: TransferOutcome; counts: Readonly<Record<TransferAction, number>> }

export type TransferOutcome =
  | { kind: 'done' }
  | { kind: 'stopped' }
  /** The rest was not tried: the cause concerns all of it. */
  | { kind: 'broken-off'; code: string; status: number | null }

export type TransferClock = {
  /** Monotonic, ms. */
  now(): number
  /** Ends early, without throwing, when the signal does. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export type TransferOptions = {
  addresses: readonly Address[]
  companySalutations: readonly string[]
  folder: ContactFolder
  links: Links
  /** Looks and compares, and writes nothing anywhere. */
  dryRun: boolean
  clock: TransferClock
  signal: AbortSignal
  emit: (event: TransferEvent) => void
}
