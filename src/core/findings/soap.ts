/** Stage S: what EWS itself answered. HTTP 500 with a fault belongs here. */
import type { Facts, ObservationOf, Step } from '../evidence/schema.ts'
import { cloudOfHost } from '../settings/clouds.ts'
import type { FindingId } from './catalogue.ts'
import { draft, type Draft } from './draft.ts'
import { all, ewsSteps, hostOfUrl, lastAnswer, type View } from './view.ts'
import { isVersionCode } from './version.ts'

/** What each response code means here. */
export const findingOfResponseCode: Readonly<Record<string, FindingId>> = {
  ErrorInvalidExchangeImpersonationHeaderData: 'impersonation-header-invalid',
  ErrorImpersonateUserDenied: 'impersonation-denied',
  ErrorImpersonationDenied: 'impersonation-denied',
  ErrorImpersonationFailed: 'impersonation-denied',
  ErrorNonExistentMailbox: 'mailbox-not-found',
  ErrorNonPrimarySmtpAddress: 'mail-address-is-alias',
  ErrorMissingEmailAddress: 'account-has-no-mailbox',
  ErrorAccessDenied: 'mailbox-access-denied',
  ErrorMailboxStoreUnavailable: 'mailbox-unavailable',
  ErrorMailboxMoveInProgress: 'mailbox-unavailable',
  ErrorMailboxFailover: 'mailbox-unavailable',
  ErrorNoRespondingCASInDestinationSite: 'mailbox-unavailable',
  ErrorSchemaValidation: 'request-schema-refused',
  ErrorInvalidRequest: 'request-schema-refused',
  ErrorServerBusy: 'server-busy',
  ErrorExceededConnectionCount: 'server-busy',
  ErrorPasswordExpired: 'password-expired',
  ErrorPasswordChangeRequired: 'password-expired',
  ErrorAccountDisabled: 'account-disabled',
}

type Soap = ObservationOf<'soap'>

export function soapRules(view: View): Draft[] {
  return ewsSteps(view).flatMap((step): Draft[] => {
    const last = all([step], 'soap').at(-1)?.seen
    if (last === undefined || (last.result !== 'error' && last.result !== 'fault')) return []
    // What the mailbox says decides; an error of the identity probe before it only says that EWS was reached.
    if (last.operation === 'ConvertId' && last.result === 'error' && mailboxAsked(view, last.scheme)) return []
    const code = last.responseCode
    // An id that means nothing is what the probe sends on purpose: EWS read it, so the login is good.
    if (code !== null && (isVersionCode(code) || (last.operation === 'ConvertId' && code.startsWith('ErrorInvalidId'))))
      return []
    const id = causeOf(step, last)
    return [draft(id, { path: 'ews', host: hostOfUrl(last.url), steps: [step.id], facts: factsOf(view, step, last) })]
  })
}

function mailboxAsked(view: View, scheme: Soap['scheme']): boolean {
  return all(ewsSteps(view), 'soap').some((one) => one.seen.operation === 'GetFolder' && one.seen.scheme === scheme)
}

function causeOf(step: Step, soap: Soap): FindingId {
  // `ExchangeImpersonation` is the element's name in every language; the refusal for app-only tokens has no code of its own.
  const names = `${soap.message ?? ''} ${lastAnswer(step)?.headers['x-ms-diagnostics'] ?? ''}`
  if (soap.scheme === 'oauth' && !soap.impersonated && names.includes('ExchangeImpersonation')) {
    return 'impersonation-header-missing'
  }
  return findingOfResponseCode[soap.responseCode ?? ''] ?? 'soap-error-unknown'
}

function factsOf(view: View, step: Step, soap: Soap): Facts {
  const { email, userName, clientId } = view.evidence.input
  return {
    host: hostOfUrl(soap.url),
    code: soap.responseCode,
    text: soap.message,
    status: soap.status,
    email,
    user: soap.scheme === 'oauth' ? clientId : userName === '' ? email : userName,
    clientId,
    scheme: soap.scheme,
    offered: [],
    primary: soap.value,
    seconds: soap.backOffMs === null ? null : Math.ceil(soap.backOffMs / 1000),
    requestId: lastAnswer(step)?.headers['request-id'] ?? null,
    otherSide: otherSide(view, soap),
  }
}

/** An EWS URL of the other side (cloud or own server) that Autodiscover named for the address. */
function otherSide(view: View, soap: Soap): string | null {
  const online = isOnline(soap.url)
  const named = all(view.evidence.steps, 'autodiscover').find(
    (one) => one.seen.result === 'url' && one.seen.ewsUrl !== null && isOnline(one.seen.ewsUrl) !== online,
  )
  return named?.seen.ewsUrl ?? null
}

function isOnline(url: string): boolean {
  const host = hostOfUrl(url)
  return host !== null && cloudOfHost(host) !== undefined
}
