/** Stage H, part two: answers of the EWS URL that are neither 401 nor SOAP. A 403 is about policy, role, licence or list. */
import type { Facts } from '../evidence/schema.ts'
import { switchingOffFrom } from '../registration/retirement.ts'
import type { FindingId } from './catalogue.ts'
import { draft, type Draft } from './draft.ts'
import { all, ewsSteps, type View } from './view.ts'
import { refusalOf, type Refusal } from './answers.ts'
import { compared, forbiddenCalls } from './samples.ts'

const consumerDomains = /^(outlook|hotmail|live|msn)\.[a-z]{2,3}(\.[a-z]{2})?$/
const formsLogin = /\/owa\/auth|\/internalsite|my\.policy|\/adfs\/|\/cgi\/login|\/vpn\/|\/oauth2\/|\/saml/i

export function statusRules(view: View): Draft[] {
  return ewsSteps(view).flatMap((step): Draft[] => {
    const refusal = refusalOf(view, step)
    if (refusal === null || refusal.isSoap || refusal.status === 401 || refusal.status === 407) return []
    return judged(view, refusal)
  })
}

function judged(view: View, refusal: Refusal): Draft[] {
  const { status, exchange, headers, location } = refusal
  const known = exchange !== 'none'
  const asksToWait = headers['retry-after'] !== undefined
  const one = (id: FindingId, facts: Facts = {}): Draft[] => [of(refusal, id, facts)]
  switch (status) {
    case 200:
      return refusal.bodyKind === 'html' ? one('not-an-ews-url') : ok(refusal)
    case 400:
      return known ? one('content-type-refused') : []
    case 403:
      return forbidden(view, refusal)
    case 404:
      return headers['x-caserrorcode'] === undefined
        ? one('not-an-ews-url')
        : one('mailbox-routing-unknown', { code: headers['x-caserrorcode'] })
    case 405:
      return one('not-an-ews-url')
    case 413:
      return one('login-header-too-large')
    case 415:
      return one('content-type-refused')
    case 440:
      return one('forms-login-in-front')
    case 456:
    case 457:
      return one(status === 456 ? 'account-locked' : 'password-expired', account(view, refusal))
    case 429:
      return [{ ...of(refusal, 'server-busy', busy(refusal)), confidence: known || asksToWait ? 'observed' : 'likely' }]
    case 502:
    case 504:
      return one('gateway-cannot-reach-exchange')
    case 503:
      return known || asksToWait ? one('server-busy', busy(refusal)) : []
    default:
      break
  }
  if (status !== null && status >= 300 && status < 400) {
    if (location !== null && /genericerrorpage/i.test(location)) return one('server-error-in-ews')
    return one(location !== null && formsLogin.test(location) ? 'forms-login-in-front' : 'not-an-ews-url')
  }
  return status !== null && status >= 500 && (known || refusal.signedByIis) ? one('server-error-in-ews') : []
}

/** 200 that is no HTML: good, unless the step says that it was no SOAP either. */
function ok(refusal: Refusal): Draft[] {
  const notSoap = all([refusal.step], 'soap').some((one) => one.seen.result === 'not-soap')
  if (!notSoap) return []
  const http = all([refusal.step], 'http').findLast((one) => one.seen.result === 'answer')
  if (http !== undefined && http.seen.body.unsafe !== null) return []
  return [of(refusal, 'answer-unreadable', {})]
}

function forbidden(view: View, refusal: Refusal): Draft[] {
  const { diagnostics, exchange, head } = refusal
  const claims = all(view.evidence.steps, 'token').find((one) => one.seen.claims !== null)?.seen.claims ?? null
  const { email, domain, clientId, tenantId } = view.evidence.input
  const facts: Facts = {
    email,
    domain,
    clientId,
    tenant: tenantId,
    code: diagnostics?.code ?? null,
    roles: claims?.roles ?? [],
    subStatus: /\b403\.\d{1,2}\b/.exec(head ?? '')?.[0] ?? null,
    text: diagnostics?.reason ?? null,
  }
  const one = (id: FindingId, confidence: 'observed' | 'likely' | 'possible' = 'observed'): Draft => ({
    ...of(refusal, id, facts),
    confidence: draft(id, { path: 'ews', steps: [], confidence }).confidence,
  })
  if (diagnostics?.code === '2000008') {
    // The code means one thing in Exchange Online and another at an own server. A text may not say which of them answered.
    if (view.ewsHost === null)
      return [one('ews-permission-missing', 'possible'), one('app-only-unsupported-on-premises', 'possible')]
    return [one(view.isOnline ? 'ews-permission-missing' : 'app-only-unsupported-on-premises')]
  }
  if (diagnostics?.code === '2000020') return [one('tenant-restricted-by-network')]
  if (domain !== null && consumerDomains.test(domain)) return [one('consumer-mailbox-unsupported')]
  if (facts['subStatus'] !== null && !refusal.withToken) return [one('forbidden-by-iis-or-gateway')]
  if (exchange === 'none' && !refusal.withToken) return []
  if (exchange === 'none' && refusal.headers['via'] !== undefined) return []
  const calls = compared(forbiddenCalls(view))
  // The same mailbox answered after all: what is said of those calls says more.
  if (calls.comesAndGoes || calls.byName) return []
  if (calls.otherMailbox === 'open') return [one('ews-disabled-for-mailbox', 'likely')]
  if (view.isOnline) {
    const switching = view.evidence.startedAt >= switchingOffFrom
    const several = calls.otherMailbox === 'forbidden'
    const said = `${head ?? ''} ${diagnostics?.reason ?? ''}`.toLowerCase()
    const namesApplication = clientId !== '' && said.includes(clientId.toLowerCase())
    const permitted = claims?.roles.includes('full_access_as_app') === true
    return [
      one('ews-disabled-for-organization', several || (switching && permitted) ? 'likely' : 'possible'),
      one('ews-app-not-allowed', namesApplication ? 'likely' : 'possible'),
      one('ews-disabled-for-mailbox', 'possible'),
    ]
  }
  return exchange === 'none' ? [] : [one('ews-disabled-for-mailbox', 'possible')]
}

function of(refusal: Refusal, id: FindingId, facts: Facts): Draft {
  const { host, url, status, location, step, headers } = refusal
  const base = { host, url, status, location, requestId: headers['request-id'] ?? null }
  return draft(id, { path: 'ews', host, steps: [step.id], facts: { ...base, ...facts } })
}

function account(view: View, refusal: Refusal): Facts {
  const { userName, email } = view.evidence.input
  return {
    user: userName === '' ? email : userName,
    scheme: refusal.withToken ? 'oauth' : null,
    code: null,
    offered: [],
  }
}

/** How long the server wants to be left alone, in whole seconds; null where it did not say. */
function busy(refusal: Refusal): Facts {
  const asked = Number(refusal.headers['retry-after'])
  return { seconds: Number.isFinite(asked) && refusal.headers['retry-after'] !== undefined ? asked : null, code: null }
}
