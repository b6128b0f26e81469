/** Header lines without a status line, or the bare value of `x-ms-diagnostics`. */
import { ewsSteps } from './ewsMaterial.ts'
import type { Told } from './told.ts'
import { httpIn } from './httpText.ts'
import { answerOf } from './pastedAnswer.ts'
import type { Pasted } from './pasted.ts'

const telling =
  /^(?:< )?(www-authenticate|x-ms-diagnostics|ms-diagnostics-public|x-owa-version|x-feserver|x-beserver|x-diaginfo|x-caserrorcode):/im
const bareDiagnostics = /^\d{7};[ \t]{0,4}(reason|error_category)=/

/**
 * The status is what such headers come with: 401, and 403 for the code of a missing permission. The lines are a fragment, so
 * nothing is concluded from what is not among them.
 */
export function readHeaders(text: string): Pasted {
  const isBare = bareDiagnostics.test(text)
  if (!isBare && !telling.test(text)) return null
  const lines = (isBare ? `x-ms-diagnostics: ${text}` : text).split(/\r\n|\n|\r/).map((line) => line.replace(/^< /, ''))
  if (!lines.every((line) => line === '' || /^[ \t]|^[A-Za-z0-9-]{1,100}:/.test(line))) return null
  const exchange = httpIn(`HTTP/1.1 ${String(statusOf(text))}\n${lines.filter((line) => line !== '').join('\n')}`)
    .exchanges[0]
  if (exchange === undefined) return null
  const isRefusal = /www-authenticate|x-ms-diagnostics/i.test(telling.exec(text)?.[0] ?? '') || isBare
  const answer = answerOf({
    method: 'POST',
    url: '',
    credentials: 'none',
    status: isRefusal ? exchange.status : null,
    headers: exchange.headers,
    text: '',
  })
  const told: Told = { exchange, answer, conversation: 'ews' }
  const steps = ewsSteps([told], told)
  return { shape: 'headers', steps: isRefusal ? steps : steps.map((step) => ({ ...step, verdict: 'open' as const })) }
}

function statusOf(text: string): 200 | 401 | 403 {
  if (/^(?:x-ms-diagnostics:)?\s{0,4}2000008\b/im.test(text)) return 403
  return bareDiagnostics.test(text) || /^(?:< )?(www-authenticate|x-ms-diagnostics):/im.test(text) ? 401 : 200
}
