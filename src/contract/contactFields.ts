/** The fields of a contact and their bounds; a window may import this, as it brings no schema library. */
import { limits } from '../core/limits.ts'

export { contactFields, type ContactField } from '../core/addresses/mapping.ts'

/** Characters that Exchange takes for one field. */
export const contactValueLimit = limits.contactFieldCharacters
/** Contacts that are read at most. */
export const contactsReadLimit = limits.contactsRead
/** Bytes of an address file that a window sends; base64 makes four of three. */
export const addressUploadBytes = Math.floor((limits.addressUploadCharacters * 3) / 4)
export const addressFileLimits = { bytes: limits.addressFileBytes, addresses: limits.addresses }

export const transferActions = ['created', 'updated', 'unchanged', 'would-create', 'would-update', 'failed'] as const
export type TransferAction = (typeof transferActions)[number]

export const addressFormats = ['csv', 'vcard-4', 'vcard-3'] as const
export type AddressFormat = (typeof addressFormats)[number]
