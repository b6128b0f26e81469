/**
 * Recognises what an admin pastes or pipes in, by its shape, and makes evidence of it that the rules judge. The text is data of
 * strangers: nothing of it is run, followed or kept but what the evidence's fields take. Every step is linear in the text's length.
 */
import type { Evidence } from '../evidence/schema.ts'
import { limits } from '../limits.ts'
import { jsonObject } from '../network/json.ts'
import { readCertificates } from './certificateMaterial.ts'
import { readHeaders } from './headerMaterial.ts'
import { readHttp } from './httpMaterial.ts'
import { beforeHttp, hasStatusLine } from './httpText.ts'
import { pastedEvidence, type Pasted, type PastedContext } from './pasted.ts'
import { documentIn } from './pastedAnswer.ts'
import type { Shape } from './shapes.ts'
import { ofToken, readJwt, tokenOfJson, tokenOfText } from './tokenMaterial.ts'
import { documentKind, isAutodiscoverJson, readDocument } from './xmlMaterial.ts'

export type { PastedContext } from './pasted.ts'
export type { Shape } from './shapes.ts'

export type Recognised =
  | { kind: 'recognised'; shape: Shape; evidence: Evidence }
  | { kind: 'too-large'; bytes: number; limit: number }
  | { kind: 'unknown' }

/** Looks at a text of at most `limits.pastedBytes`. Never throws; `now` decides whether certificates hold. */
export function recognise(text: string, context: PastedContext): Recognised {
  // A character is at least one byte: most of what is too large need not be counted.
  const bytes = text.length > limits.pastedBytes ? text.length : Buffer.byteLength(text)
  if (bytes > limits.pastedBytes) return { kind: 'too-large', bytes, limit: limits.pastedBytes }
  const trimmed = text.replace(/^\ufeff/, '').trim()
  if (trimmed === '' || trimmed.includes('\u0000')) return { kind: 'unknown' }
  const pasted = shapeOf(trimmed, text, context)
  return pasted === null
    ? { kind: 'unknown' }
    : { kind: 'recognised', shape: pasted.shape, evidence: pastedEvidence(pasted, context) }
}

function shapeOf(text: string, untrimmed: string, context: PastedContext): Pasted {
  if (text.includes('-----BEGIN CERTIFICATE-----')) return readCertificates(text, context.now)
  // The empty line after a head tells that the head is whole.
  if (hasStatusLine(text)) {
    const whole = untrimmed.replace(/^\ufeff/, '')
    return together([ofDocument(beforeHttp(whole).trim()), readHttp(whole)])
  }
  const parts = text.split(/\n[ \t\r]*\n/, limits.pastedParts).map((part) => part.trim())
  const several = parts.length < 2 ? null : together(parts.map((part) => ofDocument(part) ?? ofText(part)))
  return several?.shape === 'several' ? several : (ofDocument(text) ?? ofText(text))
}

/** What the parts of one text tell together: the one that is recognised, or all that are. */
function together(parts: readonly Pasted[]): Pasted {
  const known = parts.filter((part) => part !== null)
  const [first] = known
  if (first === undefined || known.length === 1) return first ?? null
  const named = <T>(read: (part: NonNullable<Pasted>) => T | null | undefined): T | undefined =>
    known.map(read).find((value) => value !== null && value !== undefined) ?? undefined
  const at = named((part) => part.at)
  const cloud = named((part) => part.cloud)
  return {
    shape: 'several',
    steps: known.flatMap((part) => part.steps),
    ...(at === undefined ? {} : { at }),
    ...(cloud === undefined ? {} : { cloud }),
    ewsUrl: named((part) => part.ewsUrl) ?? null,
  }
}

/** A document or a header block that the text is as a whole; null where it only holds something. */
function ofDocument(text: string): Pasted {
  if (text.startsWith('<')) {
    const kind = documentKind(text)
    if (kind !== null) return readDocument(text, kind)
  }
  if (text.startsWith('{')) {
    const known = ofJson(text)
    if (known !== null) return known
  }
  const short = text.replace(/\s+/g, (blanks) => (blanks.includes('\n') ? '' : ' '))
  const jwt = /^(authorization:\s{0,4})?(bearer\s{1,4})?["']?eyJ/i.test(short) ? readJwt(short) : null
  if (jwt !== null) return jwt
  return readHeaders(text)
}

/** An error of the login service that stands somewhere in the text. */
function ofText(text: string): Pasted {
  const token = tokenOfText(text)
  return token === null ? null : ofToken('token-error', token)
}

function ofJson(text: string): Pasted {
  const body = jsonObject(documentIn(text))
  const token = tokenOfJson(body)
  if (token !== null) return ofToken('token-answer', token)
  return isAutodiscoverJson(body) ? readDocument(text, 'json') : null
}
