/** A pasted HTTP answer with what it belongs to. */
import type { ObservationOf } from '../evidence/schema.ts'
import { offeredSchemes } from '../network/challenges.ts'
import type { HttpAnswer } from '../network/http.ts'
import type { Exchange } from './httpText.ts'
import type { PastedStep } from './pasted.ts'

export type Conversation = 'token' | 'json' | 'pox' | 'soap' | 'ews'

/** One answer with the URL that it came from, as far as the text tells. */
export type Told = { exchange: Exchange; answer: HttpAnswer; conversation: Conversation }

/** An answer that only absent headers could explain: kept, and on no path. */
export function onNoPath(http: readonly ObservationOf<'http'>[], status: number): PastedStep {
  return {
    name: 'pasted',
    target: null,
    phase: 'transport',
    summary: { text: 'http-status', facts: { status } },
    observations: [...http],
    verdict: status >= 300 ? 'bad' : 'open',
  }
}

/** Schemes that the last answer offers, in lower case. */
export function offeredBy(told: Told): string[] {
  return offeredSchemes(told.answer.observation.challenges)
}
