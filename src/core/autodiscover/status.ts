/** What an HTTP status means at an Autodiscover URL before any body is read. */
import { offeredSchemes } from '../network/challenges.ts'
import { header } from '../network/headers.ts'
import type { HttpAnswer } from '../network/http.ts'
import { exchangeApplicationId } from '../settings/clouds.ts'
import { usableAnswer, type AutodiscoverAnswer } from './answer.ts'

export function readStatus(answer: HttpAnswer): AutodiscoverAnswer {
  const { status } = answer
  if (status === 401)
    return showsExchange(answer)
      ? { kind: 'needs-login', offered: offeredSchemes(answer.observation.challenges) }
      : { kind: 'foreign-login' }
  const location = header(answer.headers, 'location')
  if ([301, 302, 303, 307, 308].includes(status) && location !== null) {
    const target = URL.canParse(location, answer.observation.url)
      ? new URL(location, answer.observation.url).href
      : null
    return target === null ? { kind: 'unreadable' } : usableAnswer({ kind: 'redirect-url', to: target })
  }
  return { kind: 'not-autodiscover', status }
}

/**
 * True when an answer shows that Exchange gave it: a header of its own, a Bearer challenge for Exchange's application ID, or
 * `request-id` together with Windows authentication.
 */
export function showsExchange(answer: HttpAnswer): boolean {
  const { exchange, challenges } = answer.observation
  if (exchange === 'shown') return true
  if (
    challenges.some(
      (challenge) =>
        challenge.scheme.toLowerCase() === 'bearer' && challenge.parameters['client_id'] === exchangeApplicationId,
    )
  )
    return true
  return exchange === 'half' && offeredSchemes(challenges).some((scheme) => ['negotiate', 'ntlm'].includes(scheme))
}
