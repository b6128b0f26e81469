/** The report's words by language. */
import type { Language } from '../format.ts'
import { report as german } from '../report.de.ts'
import { report as english } from '../report.en.ts'

export type ReportWords = typeof english

export function reportWords(language: Language): ReportWords {
  return language === 'de' ? german : english
}
