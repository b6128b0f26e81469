/** Which contact each address has, by mailbox and folder, and which contacts may have been created without an answer: kept across a kill. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { Link, Links } from '../core/addresses/transferTerms.ts'
import type { ContactFolder } from '../core/ews/contactItems.ts'
import { openJournal } from './journal.ts'

const entrySchema = z.union([
  z.object({ begun: z.array(z.uuid()) }),
  z.object({ settled: z.array(z.tuple([z.uuid(), z.string(), z.string()]).or(z.tuple([z.uuid()]))) }),
])
type Entry = z.infer<typeof entrySchema>

/** Opens the links of one mailbox and folder. */
export function openContactLinks(o: { directory: string; mailbox: string; folder: ContactFolder }): Links {
  const place = `${o.mailbox.trim().toLowerCase()}\n${o.folder.kind === 'folder' ? o.folder.id : ''}`
  const name = createHash('sha256').update(place).digest('hex').slice(0, 24)
  const journal = openJournal<Entry>({ path: join(o.directory, 'contacts', `${name}.jsonl`), schema: entrySchema })
  const links = new Map<string, Link>()
  const pending = new Set<string>()

  const take = (entry: Entry): void => {
    if ('begun' in entry) for (const id of entry.begun) pending.add(id)
    else
      for (const [addressId, id, changeKey] of entry.settled) {
        pending.delete(addressId)
        if (id === undefined || changeKey === undefined) links.delete(addressId)
        else links.set(addressId, { id, changeKey })
      }
  }
  const refresh = (): void => {
    const read = journal.read()
    if (read.restart) {
      links.clear()
      pending.clear()
    }
    for (const entry of read.entries) take(entry)
  }
  const add = async (entry: Entry): Promise<string | null> => {
    const written = await journal.append([entry])
    refresh()
    return written.kind === 'written' ? null : written.code
  }
  refresh()
  return {
    of: (addressId) => links.get(addressId),
    pending: () => [...pending],
    begin: (addressIds) => add({ begun: [...addressIds] }),
    settle: (known) =>
      add({
        settled: known.map(({ addressId, link }) =>
          link === null ? [addressId] : [addressId, link.id, link.changeKey],
        ),
      }),
  }
}
