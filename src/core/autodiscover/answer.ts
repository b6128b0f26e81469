/** What an Autodiscover source said, whatever its protocol. */
import type { ObservationOf } from '../evidence/schema.ts'
import { limits } from '../limits.ts'
import { redactedUrl } from '../network/headers.ts'
import { hostOf, parseUrl, shownUrl } from '../network/url.ts'

export type AutodiscoverAnswer =
  | { kind: 'url'; ewsUrl: string; node: string | null }
  | { kind: 'no-url' }
  | { kind: 'redirect-url'; to: string }
  | { kind: 'redirect-address'; to: string }
  | { kind: 'error'; code: string; level: 'response' | 'user' | 'setting' | null; message: string | null }
  /** 401 of a server that shows Exchange. */
  | { kind: 'needs-login'; offered: readonly string[] }
  /** 401 of something else, such as the company's web site. */
  | { kind: 'foreign-login' }
  | { kind: 'not-autodiscover'; status: number }
  | { kind: 'unreadable' }
  | { kind: 'unsafe'; reason: string }
  | { kind: 'no-answer' }

/** What readers hand on: a URL or address that can be used, and texts of a size that a person reads. */
export function usableAnswer(answer: AutodiscoverAnswer): AutodiscoverAnswer {
  switch (answer.kind) {
    case 'url':
      return answer.ewsUrl.length > limits.fieldCharacters || parseUrl(answer.ewsUrl) === null
        ? { kind: 'unreadable' }
        : answer
    case 'redirect-url':
      return answer.to.length > limits.fieldCharacters || parseUrl(answer.to) === null ? { kind: 'unreadable' } : answer
    case 'redirect-address':
      return answer.to.length > limits.fieldCharacters ? { kind: 'unreadable' } : answer
    case 'error':
      return { ...answer, code: answer.code.slice(0, 100), message: answer.message?.slice(0, 300) ?? null }
    default:
      return answer
  }
}

type Observation = ObservationOf<'autodiscover'>

export function autodiscoverObservation(o: {
  source: Observation['source']
  url: URL
  address: string
  answer: AutodiscoverAnswer
}): Observation {
  const { answer } = o
  return {
    kind: 'autodiscover',
    source: o.source,
    host: hostOf(o.url),
    url: shownUrl(o.url),
    address: o.address,
    result: answer.kind === 'foreign-login' ? 'not-autodiscover' : answer.kind,
    ewsUrl: answer.kind === 'url' ? answer.ewsUrl : null,
    node: answer.kind === 'url' ? answer.node : null,
    redirect:
      answer.kind === 'redirect-url' ? redactedUrl(answer.to) : answer.kind === 'redirect-address' ? answer.to : null,
    errorCode: answer.kind === 'error' ? answer.code : null,
    errorLevel: answer.kind === 'error' ? answer.level : null,
    message: answer.kind === 'error' ? answer.message : null,
  }
}
