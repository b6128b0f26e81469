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
  const put = (address: Address): void => {
    rows.set(address.id, rowOf(address))
  }
  for (const address of addresses) put(address)
  return {
    put,
    remove: (id) => void rows.delete(id),
    find(text, limit) {
      const words = folded(text)
        .split(/\s+/)
        .filter((word) => word !== '')
      const found: { id: string; rank: number; head: string }[] = []
      for (const row of rows.values()) {
        if (!words.every((word) => row.text.includes(word))) continue
        found.push({ id: row.id, head: row.head, rank: rankOf(row, words) })
      }
      found.sort((one, other) => one.rank - other.rank || (one.head < other.head ? -1 : one.head > other.head ? 1 : 0))
      return { ids: found.slice(0, limit).map((one) => one.id), total: found.length }
    },
  }
}

function rankOf(row: Row, words: readonly string[]): number {
  const [first] = words
  if (first === undefined || row.head.startsWith(first) || row.text.startsWith(first)) return 0
  return words.every((word) => row.head.includes(word)) ? 1 : 2
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
