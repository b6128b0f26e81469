/** What the EWS URL said when it did not do what it was asked, one answer a step. */
import type { ObservationOf, Step } from '../evidence/schema.ts'
import { diagnosticsOf, exchangeShown, hostOfUrl, inStep, lastAnswer, type View } from './view.ts'

/** The last word of one step of the EWS path that is no 401 and no success. */
export type Refusal = {
  step: Step
  url: string
  host: string | null
  status: number | null
  exchange: 'shown' | 'half' | 'none'
  headers: Readonly<Record<string, string>>
  location: string | null
  bodyKind: ObservationOf<'http'>['body']['kind'] | null
  head: string | null
  /** The body was a SOAP answer that the SOAP rules judge. */
  isSoap: boolean
  /** IIS or ASP.NET wrote the page itself: a sub-status, or the application's error page. */
  signedByIis: boolean
  /** Sent with a token. */
  withToken: boolean
  diagnostics: { code: string; reason: string | null; category: string | null } | null
}

/** The refusal that a step of the EWS path ended with, or null when it was none of this kind. */
export function refusalOf(view: View, step: Step): Refusal | null {
  const answer = lastAnswer(step, (one) => view.ewsHost === null || hostOfUrl(one.url) === view.ewsHost)
  const login = inStep(step, 'login').at(-1)
  const soap = inStep(step, 'soap').at(-1)
  const endpoint = inStep(step, 'endpoint').at(-1)
  if (login?.result === 'accepted' && login.status !== 403 && soap === undefined) return null
  if (soap?.result === 'success' || endpoint?.result === 'open' || endpoint?.result === 'wants-login') return null
  const said = answer?.status ?? login?.status ?? soap?.status ?? endpoint?.status ?? null
  const url = answer?.url ?? login?.url ?? soap?.url ?? endpoint?.url ?? null
  if (url === null || said === null) return null
  const head = answer?.body.head ?? null
  const withToken = answer?.credentials === 'bearer' || login?.scheme === 'oauth' || soap?.scheme === 'oauth'
  const fromHeader = diagnosticsOf(answer?.headers['x-ms-diagnostics'])
  const fromLogin = diagnosticsOf(login?.diagnostics ?? undefined)
  return {
    step,
    url,
    host: hostOfUrl(url),
    status: said,
    exchange:
      (answer === undefined ? undefined : exchangeShown(answer)) ?? login?.exchange ?? endpoint?.exchange ?? 'none',
    headers: answer?.headers ?? {},
    location: answer?.headers['location'] ?? endpoint?.location ?? null,
    bodyKind: answer?.body.kind ?? null,
    head,
    isSoap: soap !== undefined && (soap.responseCode !== null || soap.result === 'fault' || soap.result === 'error'),
    signedByIis: head !== null && /\b403\.\d{1,2}\b|Server Error in '/.test(head),
    withToken,
    diagnostics: fromHeader ?? fromLogin,
  }
}
