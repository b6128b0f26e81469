/**
 * Reads `WWW-Authenticate` and `Proxy-Authenticate` (RFC 9110, section 11) into plain challenges. Strict where the grammar
 * decides, forgiving where real servers break it; whatever comes in, something usable comes out and nothing is thrown.
 */
import type { Challenge } from '../evidence/network.ts'
import { limits } from '../limits.ts'

/** More than any server sends; the rest is left unread. */
const mostChallenges = 32
const mostParameters = 32

/** Schemes that never carry a token68 in a challenge, so that `Basic realm=` is an empty realm and not the token "realm=". */
const schemesWithoutToken = new Set(['basic', 'bearer', 'digest'])

const tokenCharacter = /[A-Za-z0-9!#$%&'*+.^_`|~-]/
const token68Character = /[A-Za-z0-9._~+/-]/

type Scanned = { scheme: string; parameters: Map<string, string>; token: string | null }

/**
 * All challenges of one or more header values, in the order sent. Several may share a value, separated by commas.
 * Scheme as sent, parameter names in lower case, the first of equal parameters counts, values unescaped and cut at
 * `limits.headerValueCharacters`. A token68 is only noted (`token: true`), because it may be a step of a login.
 */
export function parseChallenges(values: string | readonly string[]): Challenge[] {
  return scanAll(values).map(({ scheme, parameters, token }) => ({
    scheme,
    parameters: Object.fromEntries(parameters),
    token: token !== null,
  }))
}

/** The schemes of the challenges in lower case, each once, in the order offered. */
export function offeredSchemes(challenges: readonly Challenge[]): string[] {
  return [...new Set(challenges.map((challenge) => challenge.scheme.toLowerCase()))]
}

/** The bytes that follow the scheme, such as NTLM's type 2 message; `undefined` when the scheme came without a token or not at all. */
export function ntlmChallengeToken(
  values: string | readonly string[],
  scheme: 'NTLM' | 'Negotiate',
): Uint8Array | undefined {
  for (const challenge of scanAll(values)) {
    if (challenge.token === null || challenge.scheme.toLowerCase() !== scheme.toLowerCase()) continue
    const bytes = new Uint8Array(Buffer.from(challenge.token, 'base64'))
    if (bytes.length > 0) return bytes
  }
  return undefined
}

function scanAll(values: string | readonly string[]): Scanned[] {
  const challenges: Scanned[] = []
  let left = limits.headerBytes
  for (const value of typeof values === 'string' ? [values] : values) {
    if (left <= 0) break
    scan(value.slice(0, left), challenges)
    left -= value.length
  }
  return challenges
}

/** Appends the challenges of one header value. A parameter never belongs to a challenge of another value. */
function scan(text: string, challenges: Scanned[]): void {
  let at = 0
  let current: Scanned | undefined
  while (at < text.length) {
    if (!tokenCharacter.test(text.charAt(at))) {
      at = text.charAt(at) === '"' ? toComma(text, at) : at + 1
      continue
    }
    const end = toTokenEnd(text, at)
    const equals = skipBlanks(text, end)
    if (text.charAt(equals) === '=') {
      const read = readValue(text, skipBlanks(text, equals + 1))
      if (current !== undefined) keep(current, text.slice(at, end), read.value)
      at = read.end
    } else if (end === text.length || equals > end || text.charAt(end) === ',') {
      if (challenges.length >= mostChallenges) return
      current = { scheme: text.slice(at, end), parameters: new Map(), token: null }
      challenges.push(current)
      const token = readToken68(text, equals, current.scheme)
      current.token = token
      at = token === null ? equals : equals + token.length
    } else {
      at = toComma(text, end)
    }
  }
}

function keep(challenge: Scanned, name: string, value: string): void {
  const key = name.toLowerCase()
  if (challenge.parameters.has(key) || challenge.parameters.size >= mostParameters) return
  challenge.parameters.set(key, value.slice(0, limits.headerValueCharacters))
}

/** A token68 ends the challenge: after it there is only a comma, or nothing. */
function readToken68(text: string, start: number, scheme: string): string | null {
  let end = start
  while (end < text.length && token68Character.test(text.charAt(end))) end++
  if (end === start) return null
  const letters = end
  while (text.charAt(end) === '=') end++
  if (end > letters && schemesWithoutToken.has(scheme.toLowerCase())) return null
  const next = skipBlanks(text, end)
  return next === text.length || text.charAt(next) === ',' ? text.slice(start, end) : null
}

type Value = { value: string; end: number }

function readValue(text: string, start: number): Value {
  return (text.charAt(start) === '"' ? readQuoted(text, start + 1) : undefined) ?? readBare(text, start)
}

/** From behind the opening quote to behind the closing one; `undefined` when it is never closed. */
function readQuoted(text: string, start: number): Value | undefined {
  const pieces: string[] = []
  let from = start
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '"') return { value: pieces.join('') + text.slice(from, at), end: at + 1 }
    if (character === '\\' && at + 1 < text.length) {
      pieces.push(text.slice(from, at))
      from = ++at
    }
  }
  return undefined
}

/** A value without (or with only one) quote: up to the comma, or to blanks after which another `name=` follows. */
function readBare(text: string, start: number): Value {
  let at = start
  while (at < text.length && text.charAt(at) !== ',') {
    const word = skipBlanks(text, at)
    if (word > at) {
      const name = toTokenEnd(text, word)
      if (name > word && text.charAt(skipBlanks(text, name)) === '=') break
      at = word
    } else at++
  }
  return { value: text.slice(start, at).replace(/^"/, '').trim(), end: at }
}

function toTokenEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && tokenCharacter.test(text.charAt(at))) at++
  return at
}

function skipBlanks(text: string, start: number): number {
  let at = start
  while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at++
  return at
}

function toComma(text: string, start: number): number {
  const comma = text.indexOf(',', start)
  return comma < 0 ? text.length : comma
}
