// What clients created during the life of a world: contacts, by mailbox. Kept as the XML that came in, because a mailbox gives back what was put in.

import type { Element } from '../xml.ts'
import type { Account } from './organisation.ts'

export type StoredContact = {
  id: string
  /** Changes with every change of the contact. */
  changeKey: string
  properties: Element[]
}

export type Store = {
  contacts(account: Account): StoredContact[]
  add(account: Account, properties: Element[]): StoredContact
  /** Replaces the properties. */
  change(contact: StoredContact, properties: Element[]): void
  remove(account: Account, id: string): boolean
}

/** An empty store. */
export function makeStore(): Store {
  const all = new Map<string, StoredContact[]>()
  let last = 0
  let changes = 0
  const nextChangeKey = (): string => Buffer.from(`change-${String(++changes)}`).toString('base64')
  const of = (account: Account): StoredContact[] => {
    const key = account.email.toLowerCase()
    const known = all.get(key)
    if (known) return known
    const made: StoredContact[] = []
    all.set(key, made)
    return made
  }
  return {
    contacts: of,
    add(account, properties) {
      const id = Buffer.from(`demo|${account.email.toLowerCase()}|contact-${String(++last)}`).toString('base64')
      const contact = { id, changeKey: nextChangeKey(), properties }
      of(account).push(contact)
      return contact
    },
    change(contact, properties) {
      contact.properties = properties
      contact.changeKey = nextChangeKey()
    },
    remove(account, id) {
      const list = of(account)
      const at = list.findIndex((contact) => contact.id === id)
      if (at >= 0) list.splice(at, 1)
      return at >= 0
    },
  }
}
