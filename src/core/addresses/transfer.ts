/**
 * [Übertragen], row A12: addresses become contacts of a mailbox, in batches, one way. Nothing is ever deleted in Exchange, and nothing
 * comes back. What was begun is noted before it is sent, and each contact carries the id of its address: so a transfer that was killed
 * in the middle finds its own contacts again, and makes none twice and forgets none.
 */
import {
  changesBetween,
  createContacts,
  findMarked,
  updateContacts,
  type ContactItem,
  type FieldChange,
} from '../ews/contactItems.ts'
import { limits } from '../limits.ts'
import type { OpenMailbox } from '../runs/loginAndRead.ts'
import { nameOf, type Address } from './address.ts'
import { BrokenOff, busyCodes, busyTries, callsOf, pause, read, type Calls } from './mailboxCalls.ts'
import type { ContactValues } from './mapping.ts'
import { prepare, type AddressProblem } from './problems.ts'
import type { Link, TransferAction, TransferOptions, TransferOutcome } from './transferTerms.ts'

type Work = { address: Address; values: ContactValues }

/** Codes by which the schema refuses a request as a whole, because of one of its records. */
const schemaCodes = new Set(['ErrorSchemaValidation', 'ErrorInvalidRequest'])

/** Transfers addresses into an open mailbox. Ends with `finished`; what a server does is told, not thrown. */
export async function transfer(mailbox: OpenMailbox, o: TransferOptions): Promise<void> {
  const counts: Record<TransferAction, number> = {
    created: 0,
    updated: 0,
    unchanged: 0,
    'would-create': 0,
    'would-update': 0,
    failed: 0,
  }
  const started = o.clock.now()
  let done = 0
  const tell = (
    address: Address,
    action: TransferAction,
    more: { changes?: readonly FieldChange[]; code?: string | null; problems?: readonly AddressProblem[] } = {},
  ): void => {
    counts[action] += 1
    done += 1
    o.emit({
      kind: 'item',
      addressId: address.id,
      name: nameOf(address),
      action,
      changes: more.changes ?? [],
      code: more.code ?? null,
      problems: more.problems ?? [],
    })
  }
  const progress = (): void => {
    const spent = o.clock.now() - started
    const remainingMs = done === 0 ? null : Math.round((spent / done) * (o.addresses.length - done))
    o.emit({ kind: 'progress', done, total: o.addresses.length, remainingMs })
  }
  const calls = callsOf(mailbox, o)

  const outcome = await (async (): Promise<TransferOutcome> => {
    try {
      progress()
      if (!o.dryRun) await recover(calls, o)
      for (const batch of chunked(o.addresses, limits.contactsBatch)) {
        if (o.signal.aborted) return { kind: 'stopped' }
        const fit: Work[] = []
        for (const address of batch) {
          const { values, problems, remarks } = prepare(address, o.companySalutations)
          if (problems.length > 0) tell(address, 'failed', { problems: [...problems, ...remarks] })
          else fit.push({ address, values })
        }
        const fresh = await update(calls, o, fit, tell)
        await create(calls, o, fresh, tell)
        progress()
      }
      return { kind: 'done' }
    } catch (error) {
      if (error instanceof BrokenOff) return error.outcome
      throw error
    }
  })()
  o.emit({ kind: 'finished', outcome, counts })
}

type Tell = (
  address: Address,
  action: TransferAction,
  more?: { changes?: readonly FieldChange[]; code?: string | null; problems?: readonly AddressProblem[] },
) => void

/** What cannot be noted must not be sent either: the next transfer would make it twice. */
function keepNote(code: string | null): void {
  if (code !== null) throw new BrokenOff({ kind: 'broken-off', code: `not-noted:${code}`, status: null })
}

/** Looks for contacts that an earlier transfer may have created without hearing of it. */
async function recover(calls: Calls, o: TransferOptions): Promise<void> {
  for (const addressIds of chunked(o.links.pending(), limits.contactsBatch)) {
    const found = await calls((envelope) => findMarked({ ...envelope, folder: o.folder, addressIds }))
    if (found.kind === 'refused') throw new BrokenOff({ kind: 'broken-off', code: found.code, status: null })
    const failed = found.answers.find((answer) => answer.code !== 'NoError')
    if (failed !== undefined) throw new BrokenOff({ kind: 'broken-off', code: failed.code, status: null })
    const items = found.answers.flatMap((answer) => answer.items)
    keepNote(
      await o.links.settle(
        addressIds.map((addressId) => {
          const item = items.find((one) => one.addressId === addressId)
          return { addressId, link: item === undefined ? null : { id: item.id, changeKey: item.changeKey } }
        }),
      ),
    )
  }
}

/** Compares and changes the contacts that are there. Gives back the addresses that have none. */
async function update(calls: Calls, o: TransferOptions, batch: readonly Work[], tell: Tell): Promise<Work[]> {
  const fresh: Work[] = []
  const known = batch.flatMap((work) => {
    const link = o.links.of(work.address.id)
    if (link === undefined) fresh.push(work)
    return link === undefined ? [] : [{ ...work, link }]
  })
  if (known.length === 0) return fresh
  const there = await read(
    calls,
    known.map((one) => one.link.id),
  )
  const changed: (Work & { item: ContactItem; changes: FieldChange[] })[] = []
  const gone: string[] = []
  for (const [index, work] of known.entries()) {
    const answer = there[index]
    const item = answer?.items[0]
    if (answer?.code === 'ErrorItemNotFound') {
      // Somebody deleted the contact there. The address is here, and this way is one way.
      gone.push(work.address.id)
      fresh.push(work)
    } else if (item === undefined) tell(work.address, 'failed', { code: answer?.code ?? 'not-soap' })
    else {
      const changes = changesBetween(item.values, work.values)
      if (changes.length === 0) tell(work.address, 'unchanged')
      else if (o.dryRun) tell(work.address, 'would-update', { changes })
      else changed.push({ ...work, item, changes })
    }
  }
  if (gone.length > 0 && !o.dryRun) keepNote(await o.links.settle(gone.map((addressId) => ({ addressId, link: null }))))
  await write(calls, o, changed, tell, true)
  return fresh
}

type Changed = Work & { item: ContactItem; changes: readonly FieldChange[] }

/** Sends changes; a conflict is read again and tried once more, a record that spoils its batch is singled out. */
async function write(
  calls: Calls,
  o: TransferOptions,
  changed: readonly Changed[],
  tell: Tell,
  mayReadAgain: boolean,
  attempt = 1,
): Promise<void> {
  if (changed.length === 0) return
  const result = await calls((envelope) =>
    updateContacts({
      ...envelope,
      contacts: changed.map(({ item, changes }) => ({ id: item.id, changeKey: item.changeKey, changes })),
    }),
  )
  if (result.kind === 'refused') {
    const halves = halved(changed, result.code)
    if (halves === null)
      for (const { address, changes } of changed) tell(address, 'failed', { changes, code: result.code })
    else for (const half of halves) await write(calls, o, half, tell, mayReadAgain, attempt)
    return
  }
  const conflicts: Changed[] = []
  const busy: Changed[] = []
  const links: { addressId: string; link: Link }[] = []
  for (const [index, one] of changed.entries()) {
    const answer = result.answers[index]
    const item = answer?.items[0]
    if (answer?.code === 'NoError' && item !== undefined) {
      links.push({ addressId: one.address.id, link: { id: item.id, changeKey: item.changeKey } })
      tell(one.address, 'updated', { changes: one.changes })
    } else if (answer?.code === 'ErrorIrresolvableConflict' && mayReadAgain) conflicts.push(one)
    else if (busyCodes.has(answer?.code ?? '') && attempt < busyTries) busy.push(one)
    else tell(one.address, 'failed', { changes: one.changes, code: answer?.code ?? 'not-soap' })
  }
  if (links.length > 0) keepNote(await o.links.settle(links))
  if (busy.length > 0) {
    await pause(o, attempt)
    await write(calls, o, busy, tell, mayReadAgain, attempt + 1)
  }
  if (conflicts.length === 0) return
  const there = await read(
    calls,
    conflicts.map((one) => one.item.id),
  )
  const again: Changed[] = []
  for (const [index, one] of conflicts.entries()) {
    const item = there[index]?.items[0]
    if (item === undefined) tell(one.address, 'failed', { changes: one.changes, code: 'ErrorIrresolvableConflict' })
    else {
      const changes = changesBetween(item.values, one.values)
      if (changes.length === 0) tell(one.address, 'unchanged')
      else again.push({ ...one, item, changes })
    }
  }
  await write(calls, o, again, tell, false)
}

async function create(
  calls: Calls,
  o: TransferOptions,
  fresh: readonly Work[],
  tell: Tell,
  attempt = 1,
): Promise<void> {
  if (fresh.length === 0) return
  if (o.dryRun) {
    for (const { address, values } of fresh) tell(address, 'would-create', { changes: changesBetween({}, values) })
    return
  }
  keepNote(await o.links.begin(fresh.map(({ address }) => address.id)))
  const result = await calls((envelope) =>
    createContacts({
      ...envelope,
      folder: o.folder,
      contacts: fresh.map(({ address, values }) => ({ addressId: address.id, values })),
    }),
  )
  if (result.kind === 'refused') {
    const halves = halved(fresh, result.code)
    // A request that was refused as a whole has created nothing.
    keepNote(await o.links.settle(fresh.map(({ address }) => ({ addressId: address.id, link: null }))))
    if (halves === null) for (const { address } of fresh) tell(address, 'failed', { code: result.code })
    else for (const half of halves) await create(calls, o, half, tell, attempt)
    return
  }
  keepNote(
    await o.links.settle(
      fresh.map(({ address }, index) => {
        const item = result.answers[index]?.items[0]
        return { addressId: address.id, link: item === undefined ? null : { id: item.id, changeKey: item.changeKey } }
      }),
    ),
  )
  const busy: Work[] = []
  for (const [index, work] of fresh.entries()) {
    const answer = result.answers[index]
    if (answer?.code === 'NoError' && answer.items[0] !== undefined)
      tell(work.address, 'created', { changes: changesBetween({}, work.values) })
    else if (busyCodes.has(answer?.code ?? '') && attempt < busyTries) busy.push(work)
    else tell(work.address, 'failed', { code: answer?.code ?? 'not-soap' })
  }
  if (busy.length === 0) return
  await pause(o, attempt)
  await create(calls, o, busy, tell, attempt + 1)
}

/** The two halves of a batch that the schema refused, so that the record at fault is found; null where halving would not help. */
function halved<T>(batch: readonly T[], code: string): [T[], T[]] | null {
  if (batch.length < 2 || !schemaCodes.has(code)) return null
  const middle = Math.ceil(batch.length / 2)
  return [batch.slice(0, middle), batch.slice(middle)]
}

function chunked<T>(all: readonly T[], size: number): T[][] {
  const chunks: T[][] = []
  for (let at = 0; at < all.length; at += size) chunks.push(all.slice(at, at + size))
  return chunks
}
