/**
 * Makes mail addresses and user names unrecognisable, in whatever text they stand: `a…@contoso.com`. The same name always gets the
 * same mask and different names get different ones, so that evidence can still be compared with itself.
 */
import type { RunResult } from '../../core/runs/events.ts'

export type Masking = (text: string) => string

/** The sign before the domain, also the way URLs and HTML write it. */
const signs = /@|＠|%40|&#64;|&#x40;|&commat;/giu
const localCharacter = /[\p{L}\p{M}\p{N}.!#$%'*+^_~-]/u
const domainCharacter = /[\p{L}\p{M}\p{N}.-]/u
/** Fields of findings that name a person. */
const personFacts = ['user', 'userName', 'account', 'upn', 'email']
/** Words of every report. As a user's name they are masked only where they are the whole value; elsewhere they tell nothing. */
const commonWords = new Set(
  'autodiscover basic bearer error exchange ews http https json mail ms negotiate ntlm oauth owa server soap user'.split(
    ' ',
  ),
)
/** Longer ones are replaced as they are; a pattern of that size would be refused. */
const longestPattern = 1_000

/** The masking for one result: it knows the names that the run used, and recognises further addresses by their form. */
export function maskingOf({ evidence, findings }: RunResult): Masking {
  const masks = masksByName()
  // With OAuth the application is the user; its id is no person's name.
  const people = [
    evidence.input.email,
    evidence.input.userName,
    evidence.input.secondUserName,
    ...findings.flatMap(({ facts }) => personFacts.map((name) => facts[name])),
    ...evidence.steps.flatMap((step) => personFacts.map((name) => step.summary.facts[name])),
  ].filter((value): value is string => typeof value === 'string' && value !== '' && value !== evidence.input.clientId)
  const whole = people.filter((name) => /@/.test(name))
  const accounts = people.flatMap((name) => {
    const account = name.slice(name.lastIndexOf('\\') + 1)
    return account.includes('@') ? [account.slice(0, account.lastIndexOf('@'))] : [account]
  })
  const literal = [...new Set(whole)].toSorted((a, b) => b.length - a.length)
  const namesAlone = replacing(accounts, masks)
  return (text) => {
    let masked = text
    // Known addresses first: their form may be one that the pattern does not expect.
    for (const address of literal) {
      const at = address.lastIndexOf('@')
      const mask = `${masks(address.slice(0, at))}${address.slice(at)}`
      masked = masked.replaceAll(address, () => mask)
    }
    masked = withoutAddresses(masked, masks)
    masked = masked.replaceAll(
      /(?<![\p{L}\p{N}_.-])([\p{L}\p{N}][\p{L}\p{N}.-]{0,254})\\([\p{L}\p{N}][\p{L}\p{N}._$-]{0,254})(?!…)/gu,
      (_whole, domain: string, user: string) => `${domain}\\${masks(user)}`,
    )
    return namesAlone(masked)
  }
}

/** First letter and an ellipsis; a number tells apart names that begin alike. */
function masksByName(): (name: string) => string {
  const known = new Map<string, string>()
  const used = new Map<string, number>()
  return (name) => {
    const key = name.toLowerCase()
    const before = known.get(key)
    if (before !== undefined) return before
    const first = /^[\p{L}\p{N}]/u.exec(key)?.[0] ?? ''
    const times = (used.get(first) ?? 0) + 1
    used.set(first, times)
    const mask = `${first}…${times === 1 ? '' : times}`
    known.set(key, mask)
    return mask
  }
}

/** Each character is read at most twice, however long the text. */
function withoutAddresses(text: string, masks: (name: string) => string): string {
  let out = ''
  let done = 0
  for (const match of text.matchAll(signs)) {
    const at = match.index
    const end = domainEnd(text, at + match[0].length)
    if (at < done || end === at + match[0].length) continue
    const start = localStart(text, at, done)
    if (start === at) continue
    out += `${text.slice(done, start)}${masks(text.slice(start, at))}${text.slice(at, end)}`
    done = end
  }
  return out + text.slice(done)
}

function localStart(text: string, at: number, least: number): number {
  if (text[at - 1] === '"') {
    const quote = text.lastIndexOf('"', at - 2)
    return quote >= least ? quote : at
  }
  let start = at
  while (start > least) {
    const before = text.slice(start - 2, start)
    const pair = start - 2 >= least && /^[\ud800-\udbff][\udc00-\udfff]$/.test(before)
    if (!localCharacter.test(pair ? before : (text[start - 1] ?? ''))) break
    start -= pair ? 2 : 1
  }
  // An apostrophe in front is a quote.
  return text[start] === "'" && start + 1 < at ? start + 1 : start
}

function domainEnd(text: string, from: number): number {
  let end = from
  while (end < text.length && domainCharacter.test(text[end] ?? '')) end += 1
  return end
}

/** Replaces names where they stand alone: not within a longer word, and not as a part of a host's name. */
function replacing(names: readonly string[], masks: (name: string) => string): Masking {
  const wanted = [...new Set(names.filter((name) => name.length > 1).map((name) => name.toLowerCase()))]
  const short = wanted
    .filter((name) => name.length <= longestPattern && !commonWords.has(name))
    .toSorted((a, b) => b.length - a.length)
  const long = wanted.filter((name) => name.length > longestPattern)
  const patterns = short.map(
    (name) => new RegExp(`(?<![\\p{L}\\p{N}_.-])${escaped(name)}(?![\\p{L}\\p{N}_…-]|\\.[\\p{L}\\p{N}])`, 'giu'),
  )
  return (text) => {
    if (commonWords.has(text.toLowerCase()) && wanted.includes(text.toLowerCase())) return masks(text)
    const without = long.reduce((rest, name) => rest.replaceAll(name, () => masks(name)), text)
    return patterns.reduce((rest, pattern, index) => rest.replace(pattern, () => masks(short[index] ?? '')), without)
  }
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
