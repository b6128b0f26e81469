/** The connector as the dialog sees it: a client of the contract, handed down so that tests and previews can bring their own. */
import { createContext, useContext } from 'react'
import type { ContractRouterClient } from '@orpc/contract'
import type { ContactsEvent, FoldersEvent, TransferEvent } from '../contract/addresses.ts'
import type { Arrival, BatchEvent, Contract, RunEvent } from '../contract/contract.ts'

type FullClient = ContractRouterClient<Contract>

type FullAddresses = FullClient['addresses']

/** A procedure that answers with a stream. */
type Stream<Procedure extends (input: never, ...rest: never[]) => unknown, Event> = (
  input: Parameters<Procedure>[0],
  options?: { signal?: AbortSignal },
) => Promise<AsyncIterable<Event>>

type StartRun = (
  input: Parameters<FullClient['runs']['locate']>[0],
  options?: { signal?: AbortSignal },
) => Promise<AsyncIterable<RunEvent>>

/** The contract's client, of whose streams the dialog needs no more than that they can be read and aborted. */
export type Client = Pick<FullClient, 'about' | 'settings' | 'connections' | 'diagnosis' | 'profiles' | 'transfer'> & {
  app: Omit<FullClient['app'], 'arrivals'> & {
    arrivals: Omit<FullClient['app']['arrivals'], 'stream'> & {
      stream: Stream<FullClient['app']['arrivals']['stream'], { id: number; arrival: Arrival }>
    }
  }
  batch: {
    start: (
      input: Parameters<FullClient['batch']['start']>[0],
      options?: { signal?: AbortSignal },
    ) => Promise<AsyncIterable<BatchEvent>>
  }
  runs: Pick<FullClient['runs'], 'answer'> & { locate: StartRun; test: StartRun }
  guide: Omit<FullClient['guide'], 'check'> & {
    check: (
      input: Parameters<FullClient['guide']['check']>[0],
      options?: { signal?: AbortSignal },
    ) => Promise<AsyncIterable<RunEvent>>
  }
  addresses: Omit<FullAddresses, 'folders' | 'transfer' | 'readContacts'> & {
    folders: Stream<FullAddresses['folders'], FoldersEvent>
    transfer: Stream<FullAddresses['transfer'], TransferEvent>
    readContacts: Stream<FullAddresses['readContacts'], ContactsEvent>
  }
}

export const ClientContext = createContext<Client | null>(null)

export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('a part of the dialog was rendered without a client')
  return client
}

/** What a failed call of the contract says about itself: its code and data, where the contract declared them. */
export type Refusal = { code: string; data: Readonly<Record<string, unknown>> }

/** Reads a rejected call. null: not a refusal of the contract but a broken connection or our own mistake. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  const data = 'data' in error && typeof error.data === 'object' && error.data !== null ? error.data : {}
  return { code: error.code, data: { ...data } }
}
