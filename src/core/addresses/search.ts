/** Search as one types over the whole address base: every word must occur somewhere, case and accents do not matter. */
import type { Address } from './address.ts'

export type AddressIndex = {
  put(address: Address): void
  remove(id: string): void
  /** Ids, best first: a number or name that begins with the words before one that only contains them. */
  find(text: string, limit: number): { ids: string[]; total: number }
}

/** Text as it is compared: without case and accents, `ß` as `ss`. */
export function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
}

type Row = { id: string; head: string; text: string }

export function createIndex(addresses: Iterable<Address> = []): AddressIndex {
  const rows = new Map<string, Row>()
  /** By name, so that a search finds in the order of its answer. Null: to be sorted anew. */
  let sorted: Row[] | null = null
  const put = (address: Address): void => {
    rows.set(address.id, rowOf(address))
    sorted = null
  }
  for (const address of addresses) put(address)
  return {
    put,
    remove(id) {
      rows.delete(id)
      sorted = null
    },
    find(text, limit) {
      const words = folded(text)
        .split(/\s+/)
        .filter((word) => word !== '')
      sorted ??= [...rows.values()].toSorted((one, other) =>
        one.head < other.head ? -1 : one.head > other.head ? 1 : 0,
      )
      const byRank: [string[], string[], string[]] = [[], [], []]
      let total = 0
      for (const row of sorted) {
        if (!hasAll(row.text, words)) continue
        total += 1
        const ids = byRank[rankOf(row, words)]
        if (ids.length < limit) ids.push(row.id)
      }
      return { ids: byRank.flat().slice(0, limit), total }
    },
  }
}

/** A plain loop: it runs for every address at every key. */
function hasAll(text: string, words: readonly string[]): boolean {
  for (const word of words) if (!text.includes(word)) return false
  return true
}

function rankOf(row: Row, words: readonly string[]): 0 | 1 | 2 {
  const [first] = words
  if (first === undefined || row.head.startsWith(first) || row.text.startsWith(first)) return 0
  return hasAll(row.head, words) ? 1 : 2
}

function rowOf(address: Address): Row {
  const head = folded(
    [address.name1, address.name2, address.name3, address.company].filter((part) => part !== '').join(' '),
  )
  const people = address.contactPersons.flatMap((one) => [one.firstName, one.lastName, one.email, one.phone])
  const rest = [
    address.number,
    address.street,
    address.postCode,
    address.town,
    address.country,
    address.phone,
    address.mobile,
    address.email,
    address.web,
    address.addressGroup,
    ...people,
  ]
  return { id: address.id, head, text: `${folded(address.number)} ${head} ${folded(rest.join(' '))}` }
}
