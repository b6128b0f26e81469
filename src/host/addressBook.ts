/** The address base on disk: every host and the terminal see the same one. Records are kept in memory, by id, with the index for the search. */
import { join } from 'node:path'
import { z } from 'zod'
import { addressSchema, type Address } from '../core/addresses/address.ts'
import { createIndex, type AddressIndex } from '../core/addresses/search.ts'
import { openJournal, type JournalWrite } from './journal.ts'

const entrySchema = z.union([z.object({ put: addressSchema }), z.object({ removed: z.uuid() })])
type Entry = z.infer<typeof entrySchema>

/** The file is written anew when it holds this many times more lines than records. */
const slack = 2
const fewLines = 1_000

export type AddressBook = {
  get(id: string): Address | undefined
  all(): readonly Address[]
  count(): number
  find(text: string, limit: number): { addresses: Address[]; total: number }
  put(addresses: readonly Address[]): Promise<JournalWrite>
  remove(id: string): Promise<JournalWrite>
  /** Why the file could not be read, as a code of the platform; null when it could. */
  failure(): string | null
}

export function openAddressBook(directory: string): AddressBook {
  const journal = openJournal<Entry>({ path: join(directory, 'addresses.jsonl'), schema: entrySchema })
  let records = new Map<string, Address>()
  let index: AddressIndex = createIndex()
  let lines = 0
  let failure: string | null = null

  /** Takes in what any process has written since. */
  function refresh(): void {
    const read = journal.read()
    failure = 'code' in read ? read.code : null
    if (read.restart) {
      records = new Map()
      index = createIndex()
      lines = 0
    }
    lines += read.entries.length + read.damaged
    for (const entry of read.entries) {
      if ('put' in entry) {
        records.set(entry.put.id, entry.put)
        index.put(entry.put)
      } else {
        records.delete(entry.removed)
        index.remove(entry.removed)
      }
    }
  }

  async function write(entries: readonly Entry[]): Promise<JournalWrite> {
    const written = await journal.append(entries)
    refresh()
    if (written.kind === 'written' && lines > fewLines && lines > records.size * slack) {
      await journal.rewrite(() => {
        refresh()
        return [...records.values()].map((put) => ({ put }))
      })
      refresh()
    }
    return written
  }

  return {
    get(id) {
      refresh()
      return records.get(id)
    },
    all() {
      refresh()
      return [...records.values()]
    },
    count() {
      refresh()
      return records.size
    },
    find(text, limit) {
      refresh()
      const { ids, total } = index.find(text, limit)
      return { addresses: ids.flatMap((id) => records.get(id) ?? []), total }
    },
    put: (addresses) => write(addresses.map((put) => ({ put }))),
    remove: (id) => write([{ removed: id }]),
    failure: () => failure,
  }
}
