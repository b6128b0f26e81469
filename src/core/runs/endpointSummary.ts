/** The line of a step that asked an EWS URL without login. */
import { assertNever } from '../assertNever.ts'
import type { Facts, ObservationOf } from '../evidence/schema.ts'
import type { SummaryId } from './summaries.ts'

export function endpointSummary(endpoint: ObservationOf<'endpoint'>): { summary: SummaryId; facts: Facts } {
  const to = endpoint.location ?? ''
  const status = endpoint.status ?? 0
  switch (endpoint.result) {
    case 'wants-login':
      return { summary: 'endpoint-wants-login', facts: { offered: endpoint.offered } }
    case 'open':
      return { summary: 'endpoint-open', facts: {} }
    case 'foreign-login':
      return { summary: 'endpoint-foreign-login', facts: {} }
    case 'not-ews':
      return { summary: 'endpoint-not-ews', facts: { status } }
    case 'forms-login':
      return { summary: 'endpoint-forms-login', facts: { to } }
    case 'redirect':
      return { summary: 'endpoint-redirect', facts: { to } }
    case 'forbidden':
      return { summary: 'endpoint-forbidden', facts: {} }
    case 'server-error':
      return { summary: 'endpoint-server-error', facts: { status } }
    case 'no-answer':
      return { summary: 'http-status', facts: { status } }
    default:
      return assertNever(endpoint.result)
  }
}
