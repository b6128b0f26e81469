/** The words of this section; they come with its code, not with the first view. */
import { addresses as de } from '../../../texts/addresses.de.ts'
import { addresses as en } from '../../../texts/addresses.en.ts'
import { useWords, type Words } from '../../words.ts'

export type AddressWords = Words & { addresses: typeof en }

export function useAddressWords(): AddressWords {
  const words = useWords()
  return { ...words, addresses: words.language === 'de' ? de : en }
}
