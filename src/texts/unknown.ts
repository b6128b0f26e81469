/**
 * How a sentence reads when a fact in it is unknown, as it often is where only a pasted text is known: it stays a whole sentence and
 * claims nothing. What names a thing twice loses the name ("the mailbox {email}"), a sentence that would only tell the fact goes
 * ("Request ID: {requestId}."), and what cannot be left out is said in general.
 */
import type { Facts } from '../core/evidence/schema.ts'
import { placeholdersOf, type Language } from './format.ts'

type Rules = {
  /** Words after which a name can be left out, because they say what it is. */
  nouns: RegExp
  /** Parts of a sentence that can be left out with their fact; each holds `{name}` at its end. */
  parts: readonly RegExp[]
  /** What is said instead, in a form that fits wherever the texts use it. */
  general: Readonly<Record<string, string>>
}

const rules: Readonly<Record<Language, Rules>> = {
  en: {
    nouns: /\b(?:application|tenant|mailbox|address|account|host|login service|ID|version|time|code|status) $/i,
    parts: [
      /(?<=[\p{L}\p{N})”])(?<!\bfront) (?:on|of|for|to|at) \{(?:host|email|user|domain)\}/u,
      / behind \{scope\}/,
      / with (?:status|code) \{(?:status|code)\}/,
      /(?:, [\p{L} ]+)? (?:at|from|with|for) \{target\}$/u,
    ],
    general: {
      user: 'the account',
      email: 'the address',
      clientId: 'the application',
      tenant: 'the tenant',
      url: 'this URL',
    },
  },
  de: {
    nouns:
      /(?:Anwendung|Mandant(?:en)?|Postfachs?|Adresse|Konto|Host|Anmeldedienst|-?ID|Version|Zeit|Code|Status|Maildomäne) $/,
    parts: [
      /(?<=[\p{L}\p{N})“]) (?:auf|von|für|zu|mit) \{(?:host|email|user|domain)\}/u,
      / zu \{scope\}/,
      / mit (?:dem )?(?:Status|Code) \{(?:status|code)\}/,
      /(?:, [\p{L} ]+)? (?:auf|von|mit|für) \{target\}$/u,
    ],
    general: {
      user: 'das Konto',
      email: 'die Adresse',
      clientId: 'die Anwendung',
      tenant: 'der Mandant',
      url: 'dieser URL',
    },
  },
}

/** A sentence, or the last part of one, that does nothing but tell a fact. */
const telling = /^[^:{}]*(?::\s?[„“”"]?|ID )\{\w+\}/u

/** True for what `fill` would write as "–". */
function isUnknown(value: Facts[string] | undefined): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** The sentences with nothing unknown left in them, as far as the rules reach. `host` is what answers where no host is named. */
export function withoutUnknown(template: string, facts: Facts, o: { language: Language; host: string }): string {
  const unknown = placeholdersOf(template).filter((name) => isUnknown(facts[name]))
  if (unknown.length === 0) return template
  const isGone = (text: string): boolean => {
    const names = placeholdersOf(text)
    return names.length > 0 && names.every((name) => unknown.includes(name))
  }
  const kept = withoutTelling(template, isGone)
  const { nouns, parts, general } = rules[o.language]
  let said = kept.replaceAll(/ ?\([^(){}]*\{\w+\}[^(){}]*\)/g, (part) => (isGone(part) ? '' : part))
  // A quotation of nothing.
  said = said.replaceAll(/:? [„“]\{(\w+)\}[“”]/g, (part, name: string) => (unknown.includes(name) ? '' : part))
  for (const part of parts)
    said = said.replaceAll(new RegExp(part, `${part.flags}g`), (found) => (isGone(found) ? '' : found))
  const words: Readonly<Record<string, string>> = { ...general, host: o.host }
  said = said.replaceAll(/\{(\w+)\}/g, (whole, name: string, at: number) => {
    if (!unknown.includes(name)) return whole
    const before = said.slice(0, at)
    // Inside an address the reader fills it in.
    if (/[/=]$/.test(before)) return `<${name}>`
    if (nouns.test(before)) return '\u0000'
    const word = Object.hasOwn(words, name) ? words[name] : undefined
    if (word === undefined) return whole
    return before === '' || /[.:!?] $/.test(before) ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word
  })
  return said.replaceAll(' \u0000', '').replaceAll('\u0000', '')
}

/** Without the sentences, and the parts after a semicolon, that would tell something unknown; one of them always stays. */
function withoutTelling(template: string, isGone: (text: string) => boolean): string {
  const sentences = template.split(/(?<=[.!?“”]) (?=[\p{Lu}{„“])/u)
  const left = sentences.filter((sentence) => !(telling.test(sentence) && isGone(sentence)))
  return (left.length === 0 ? sentences : left)
    .map((sentence) => sentence.replace(/;[^;{}]*:\s?\{\w+\}(?=\.)/u, (part) => (isGone(part) ? '' : part)))
    .join(' ')
}
