/** The words of one language, handed down to every part: sentences, names of steps, dates, numbers and plurals. */
import { createContext, useContext } from 'react'
import type { Facts, Finding, Language, Remark, Step } from '../contract/contract.ts'
import {
  fill as fillIn,
  remarkOf,
  stepNameOf,
  summaryOf,
  textsOf,
  wordsOf,
  type Texts,
  type Words as FindingWords,
} from '../texts/index.ts'

export type Words = {
  language: Language
  dialog: Texts['dialog']
  run: Texts['run']
  explain: Texts['explain']
  transfer: Texts['transfer']
  automation: Texts['automation']
  arrivals: Texts['arrivals']
  fill: (text: string, facts: Facts) => string
  count: (forms: { one: string; other: string }, count: number, facts?: Facts) => string
  step: (name: string, target: string | null) => string
  summary: (summary: Step['summary']) => string
  remark: (remark: Remark) => string
  finding: (finding: Finding) => FindingWords
  /** A day (`YYYY-MM-DD`) or a moment (ISO 8601) as a date; anything else as it is. */
  date: (day: string) => string
  /** A moment (ISO 8601) with its time of day, in the local zone; the day only where it is not today. */
  moment: (at: string) => string
  /** Milliseconds below one second, seconds above. */
  duration: (ms: number) => string
}

const locales: Record<Language, string> = { de: 'de-DE', en: 'en-GB' }

export function wordsIn(language: Language): Words {
  const { dialog, run, explain, transfer, automation, arrivals } = textsOf(language)
  const fill = (text: string, facts: Facts) => fillIn(text, facts, language)
  const dates = new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium' })
  const times = new Intl.DateTimeFormat(locales[language], { timeStyle: 'short' })
  const moments = new Intl.DateTimeFormat(locales[language], { dateStyle: 'short', timeStyle: 'short' })
  const seconds = new Intl.NumberFormat(locales[language], { maximumFractionDigits: 1, minimumFractionDigits: 1 })
  return {
    language,
    dialog,
    run,
    explain,
    transfer,
    automation,
    arrivals,
    fill,
    count: (forms, count, facts = {}) => fillIn(forms, { ...facts, count }, language),
    step: (name, target) => stepNameOf({ name, target }, language),
    summary: (summary) => summaryOf({ summary }, language),
    remark: (remark) => remarkOf(remark, language),
    finding: (finding) => wordsOf(finding, language),
    date: (day) => {
      // A day has no time zone; noon keeps it the same day everywhere.
      const moment = new Date(/^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T12:00:00` : day)
      return Number.isNaN(moment.getTime()) ? day : dates.format(moment)
    },
    moment: (at) => {
      const moment = new Date(at)
      if (Number.isNaN(moment.getTime())) return at
      const isToday = moment.toDateString() === new Date().toDateString()
      return (isToday ? times : moments).format(moment)
    },
    duration: (ms) =>
      ms < 1000
        ? fill(dialog.steps.milliseconds, { value: Math.round(ms) })
        : fill(dialog.steps.seconds, { value: seconds.format(ms / 1000) }),
  }
}

export const WordsContext = createContext<Words | null>(null)

export function useWords(): Words {
  const words = useContext(WordsContext)
  if (words === null) throw new Error('a part of the dialog was rendered without words')
  return words
}
