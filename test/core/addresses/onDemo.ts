/** The way of an address to the embedded Exchange, as a host goes it: a login, then the work in the mailbox. */
import { createConnector } from '../../../src/core/createConnector.ts'
import { emptyAddress, type Address } from '../../../src/core/addresses/address.ts'
import { transfer } from '../../../src/core/addresses/transfer.ts'
import type { Links, TransferEvent, TransferOptions } from '../../../src/core/addresses/transferTerms.ts'
import type { OpenMailbox } from '../../../src/core/runs/loginAndRead.ts'
import type { RunResult } from '../../../src/core/runs/events.ts'
import type { DemoExchange } from '../../../src/demo/index.ts'
import { typedRequest } from '../runs/demoRun.ts'

type Demo = Pick<DemoExchange, 'typed' | 'connectTo' | 'dns' | 'caPem'>

/** Works in the mailbox of the scenario; gives the result of the login. */
export async function inMailbox(
  demo: Demo,
  work: (mailbox: OpenMailbox, signal: AbortSignal) => Promise<void>,
): Promise<RunResult> {
  const crashes: unknown[] = []
  const connector = createConnector({
    version: '0.0.0',
    systemCas: [],
    environment: {},
    onCrash: (error) => crashes.push(error),
  })
  const options = { signal: new AbortController().signal, ask: () => Promise.resolve(false) }
  let result: RunResult | undefined
  for await (const event of connector.onMailbox(typedRequest(demo), options, (mailbox, { signal }) =>
    work(mailbox, signal),
  ))
    if (event.kind === 'run' && event.event.kind === 'ended') result = event.event.result
  if (crashes.length > 0) throw crashes[0]
  if (result === undefined) throw new Error('a run ends with its result')
  return result
}

export type Items = Extract<TransferEvent, { kind: 'item' }>[]
export type Finished = Extract<TransferEvent, { kind: 'finished' }>

/** Transfers with a clock that never waits, and gives what was told. */
export async function transferTo(
  mailbox: OpenMailbox,
  addresses: readonly Address[],
  links: Links,
  o: Partial<TransferOptions> = {},
): Promise<{ items: Items; finished: Finished; events: TransferEvent[] }> {
  const events: TransferEvent[] = []
  await transfer(mailbox, {
    addresses,
    companySalutations: ['Firma', 'Company'],
    folder: { kind: 'default' },
    links,
    dryRun: false,
    clock: { now: () => performance.now(), sleep: () => Promise.resolve() },
    signal: new AbortController().signal,
    emit: (event) => events.push(event),
    ...o,
  })
  const finished = events.at(-1)
  if (finished?.kind !== 'finished') throw new Error('a transfer ends with its outcome')
  return { items: events.filter((event) => event.kind === 'item'), finished, events }
}

/** Links in memory. */
export function memoryLinks(): Links & { size: () => number } {
  const links = new Map<string, { id: string; changeKey: string }>()
  const pending = new Set<string>()
  return {
    size: () => links.size,
    of: (addressId) => links.get(addressId),
    pending: () => [...pending],
    begin(addressIds) {
      for (const id of addressIds) pending.add(id)
      return Promise.resolve(null)
    },
    settle(known) {
      for (const { addressId, link } of known) {
        pending.delete(addressId)
        if (link === null) links.delete(addressId)
        else links.set(addressId, link)
      }
      return Promise.resolve(null)
    },
  }
}

/** Stable ids, so that a test reads the same every time. */
export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}

export function address(number: number, fields: Partial<Address> = {}): Address {
  return { ...emptyAddress(uuid(number)), number: String(number), name1: `Name ${number}`, ...fields }
}
