/** A pasted answer in the shape in which the readers of live answers take it. */
import type { Challenge, CredentialKind } from '../evidence/network.ts'
import type { ObservationOf } from '../evidence/schema.ts'
import { limits } from '../limits.ts'
import { bodyKind, plainHead } from '../network/body.ts'
import { parseChallenges } from '../network/challenges.ts'
import { evidenceHeaders, exchangeMark, type Headers } from '../network/headers.ts'
import type { HttpAnswer } from '../network/http.ts'
import { withoutSecrets } from './redaction.ts'

/** Stands in where readers need an absolute URL; it never enters evidence. */
export const unnamedUrl = new URL('https://unnamed.invalid/')

export type AnswerParts = {
  method: string
  /** As evidence shows it; empty where the material names none. */
  url: string
  credentials: CredentialKind
  status: number | null
  headers: Headers
  text: string
}

/** The answer and its observation, redacted. A server's clock is not compared: nobody knows when the text was copied. */
export function answerOf(parts: AnswerParts): HttpAnswer {
  const { headers, text } = parts
  const kind = bodyKind(text, headers.get('content-type')?.join() ?? '')
  const shown = Object.entries(evidenceHeaders(headers)).map(([name, value]): [string, string] => [
    name,
    withoutSecrets(value, limits.headerValueCharacters),
  ])
  const observation: ObservationOf<'http'> = {
    kind: 'http',
    method: parts.method,
    url: parts.url,
    credentials: parts.credentials,
    result: 'answer',
    code: null,
    status: parts.status,
    headers: Object.fromEntries(shown),
    challenges: challengesOf(headers),
    exchange: markOf(headers),
    body: {
      kind,
      bytes: Buffer.byteLength(text),
      head: kind === 'html' || kind === 'text' ? withoutSecrets(plainHead(text), limits.bodyHeadCharacters) : null,
      unsafe: null,
    },
    clockSkewMs: null,
    ms: 0,
  }
  return { kind: 'answer', status: parts.status ?? 200, headers, text, observation }
}

/** `x-ms-diagnostics` with a code comes from Exchange's own check of tokens: half a proof, as `request-id` is. */
function markOf(headers: Headers): HttpAnswer['observation']['exchange'] {
  const mark = exchangeMark(headers)
  const diagnosed = /^\s*\d{4,9}\b/.test(headers.get('x-ms-diagnostics')?.[0] ?? '')
  return mark === 'none' && diagnosed ? 'half' : mark
}

function challengesOf(headers: Headers): Challenge[] {
  const sent = [...(headers.get('www-authenticate') ?? []), ...(headers.get('proxy-authenticate') ?? [])]
  return parseChallenges(sent).map((challenge) => ({
    ...challenge,
    parameters: Object.fromEntries(
      Object.entries(challenge.parameters).map(([name, value]): [string, string] => [
        name,
        withoutSecrets(value, limits.headerValueCharacters),
      ]),
    ),
  }))
}

/** The part of a paste that can be an XML document or a JSON object: terminals put words of their own around it. */
export function documentIn(text: string): string {
  const start = text.search(/[<{]/)
  if (start < 0) return text
  const end = text.lastIndexOf(text.charAt(start) === '<' ? '>' : '}')
  return end < start ? text.slice(start) : text.slice(start, end + 1)
}
