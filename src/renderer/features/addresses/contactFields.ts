/** Fields of a contact as the window shows them. */
import type { ContactField } from '../../../contract/contactFields.ts'
import type { addresses as texts } from '../../../texts/addresses.en.ts'

const indexes = ['Business', 'Home', 'Other', 'None'] as const

export function shownValue(field: ContactField, value: string, words: typeof texts): string {
  if (field !== 'PostalAddressIndex') return value
  const index = indexes.find((one) => one === value)
  return index === undefined ? value : words.indexes[index]
}
