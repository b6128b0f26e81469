/** Fills facts into sentences: numbers, dates, lists and plurals the way the language writes them. */
import type { Facts } from '../core/evidence/schema.ts'
import type { Template } from './template.ts'

export type Language = 'de' | 'en'

const locales = { de: 'de-DE', en: 'en-GB' } as const
const nothing = '–'
const day = /^\d{4}-\d{2}-\d{2}$/
const moment = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/

/**
 * Replaces each `{name}` by the fact of that name. A fact that is unknown (`null`) reads "–"; a placeholder without a fact stays
 * as it is. ISO 8601 days and moments (UTC) are written out, lists joined.
 */
export function fill(template: Template, facts: Facts, language: Language): string {
  return sentenceOf(template, facts, language).replace(/\{([a-zA-Z][a-zA-Z0-9]*)\}/g, (whole, name: string) => {
    const value = facts[name]
    return value === undefined ? whole : shown(value, language)
  })
}

/** The sentence of a template that `count` chooses. */
export function sentenceOf(template: Template, facts: Facts, language: Language): string {
  if (typeof template === 'string') return template
  const count = typeof facts['count'] === 'number' ? facts['count'] : 0
  return new Intl.PluralRules(locales[language]).select(count) === 'one' ? template.one : template.other
}

function shown(value: Facts[string], language: Language): string {
  const locale = locales[language]
  if (value === null || value === '') return nothing
  if (typeof value === 'number') return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return datesShown(value, locale)
  return value.length === 0 ? nothing : new Intl.ListFormat(locale).format(value)
}

function datesShown(text: string, locale: string): string {
  const isMoment = moment.test(text)
  if (!isMoment && !day.test(text)) return text
  const time = new Date(text.replace(' ', 'T'))
  if (Number.isNaN(time.getTime())) return text
  const options: Intl.DateTimeFormatOptions = isMoment
    ? { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' }
    : { dateStyle: 'long', timeZone: 'UTC' }
  const written = new Intl.DateTimeFormat(locale, options).format(time)
  return isMoment ? `${written} UTC` : written
}

/** Names of the placeholders of a template, each once. */
export function placeholdersOf(template: Template): string[] {
  const sentences = typeof template === 'string' ? [template] : [template.one, template.other]
  const names = sentences.flatMap((one) =>
    [...one.matchAll(/\{([a-zA-Z][a-zA-Z0-9]*)\}/g)].map((match) => match[1] ?? ''),
  )
  return [...new Set(names)]
}
