/** The words of the guide, which are loaded with it. */
import { guide as de } from '../../../texts/registration/guide.de.ts'
import { guide as en, type GuideWords } from '../../../texts/registration/guide.en.ts'
import { useWords, type Words } from '../../words.ts'

export function useGuideWords(): Words & { guide: GuideWords } {
  const words = useWords()
  return { ...words, guide: words.language === 'de' ? de : en }
}
