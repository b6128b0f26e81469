/** Stage I: the token endpoint. Decided by `error_codes`, then `error`, never by text. */
import type { Facts, ObservationOf, Step } from '../evidence/schema.ts'
import type { FindingId } from './catalogue.ts'
import { shapeOfEvidence } from '../files/shapes.ts'
import { draft, type Draft } from './draft.ts'
import type { Confidence } from './finding.ts'
import { all, inStep, lastAnswer, type View } from './view.ts'

/** What each code of Entra ID means here. 900023 and 7000216 are known by their code only; their texts are not confirmed. */
export const findingOfEntraCode: Readonly<Record<number, FindingId>> = {
  7000215: 'client-secret-wrong',
  7000222: 'client-secret-expired',
  7000216: 'client-secret-missing',
  7000218: 'client-secret-missing',
  700016: 'application-not-in-tenant',
  700011: 'application-not-in-tenant',
  90002: 'tenant-not-found',
  90038: 'wrong-cloud',
  900382: 'wrong-cloud',
  900432: 'wrong-cloud',
  900023: 'tenant-id-malformed',
  50059: 'tenant-must-be-named',
  50194: 'tenant-must-be-named',
  9001023: 'tenant-must-be-named',
  90019: 'tenant-must-be-named',
  7000229: 'enterprise-application-missing',
  7000112: 'application-disabled',
  70001: 'application-disabled',
  70011: 'scope-wrong',
  1002012: 'scope-wrong',
  28002: 'scope-wrong',
  500011: 'exchange-resource-missing',
  650052: 'exchange-resource-missing',
  50001: 'exchange-resource-missing',
  65001: 'admin-consent-missing',
  650056: 'admin-consent-missing',
  65005: 'admin-consent-missing',
  650057: 'admin-consent-missing',
  700027: 'client-certificate-refused',
  50012: 'client-certificate-refused',
  53003: 'conditional-access-blocks-application',
  50196: 'token-requests-throttled',
  90055: 'token-requests-throttled',
  90033: 'login-service-unavailable',
  700025: 'public-client-cannot-have-secret',
  500021: 'tenant-restricted-by-network',
  500022: 'tenant-restricted-by-network',
  500212: 'tenant-restricted-by-network',
  500213: 'tenant-restricted-by-network',
  900561: 'token-endpoint-redirected',
  50126: 'wrong-password-or-user-name',
  50034: 'wrong-password-or-user-name',
  50056: 'wrong-password-or-user-name',
  50064: 'wrong-password-or-user-name',
  50053: 'account-locked',
  50055: 'password-expired',
  50144: 'password-expired',
  50057: 'account-disabled',
  50072: 'interactive-login-required',
  50074: 'interactive-login-required',
  50076: 'interactive-login-required',
  50078: 'interactive-login-required',
  50079: 'interactive-login-required',
  50158: 'interactive-login-required',
  530032: 'interactive-login-required',
  530035: 'interactive-login-required',
}

type Token = ObservationOf<'token'>

export function identityRules(view: View): Draft[] {
  const drafts = all(view.evidence.steps, 'token').flatMap(({ step, seen }): Draft[] => {
    switch (seen.result) {
      case 'refused':
        return refused(view, step, seen)
      case 'not-entra':
        if (seen.status === 405) return [of(view, 'token-endpoint-redirected', step, seen)]
        if (seen.status === 429) return [of(view, 'token-requests-throttled', step, seen)]
        return [of(view, 'answer-not-from-entra', step, seen)]
      case 'redirected':
        return [of(view, 'token-endpoint-redirected', step, seen)]
      case 'issued':
      case 'no-answer':
      case 'cancelled':
      case 'failed':
        return []
    }
  })
  return [...drafts, ...tenantRules(view, drafts)]
}

function refused(view: View, step: Step, token: Token): Draft[] {
  const { hasClientSecret, clientSecretLooksLikeId } = view.evidence.input
  const byPassword = token.grant === 'password'
  const code = token.errorCodes.find((one) => findingOfEntraCode[one] !== undefined)
  const one = (id: FindingId, confidence?: Confidence): Draft => of(view, id, step, token, confidence)
  const id = causeOf(step, token)
  switch (code) {
    // Client credentials and the password grant share this code, and a pasted answer does not tell which request it answers.
    case 7000218:
      if (byPassword) return [one('public-client-flow-not-allowed')]
      if (token.grant === null) return [one(id, 'possible'), one('public-client-flow-not-allowed', 'possible')]
      return [one(id, hasClientSecret ? 'possible' : 'observed')]
    // What these codes say exactly is not confirmed; only the empty field makes it certain.
    case 7000216:
      return [one(id, hasClientSecret || token.grant === null ? 'possible' : 'observed')]
    case 900023:
      return [one(id, 'possible')]
    case 53003:
      if (byPassword) return [one('interactive-login-required')]
      if (token.grant === null) return [one(id, 'possible'), one('interactive-login-required', 'possible')]
      return [one(id)]
    // Not the password itself is named as wrong, as with 50126 and 50034.
    case 50056:
    case 50064:
      return [one(id, 'likely')]
    default:
      return [one(id === 'client-secret-wrong' && clientSecretLooksLikeId ? 'client-secret-is-id' : id)]
  }
}

function causeOf(step: Step, token: Token): FindingId {
  for (const code of token.errorCodes) {
    const id = findingOfEntraCode[code]
    if (id !== undefined) return id
  }
  const answer = lastAnswer(step)
  const status = token.status ?? answer?.status ?? null
  if (status === 429) return 'token-requests-throttled'
  if (status === 405) return 'token-endpoint-redirected'
  const fromEntra = answer === undefined || answer.headers['x-ms-request-id'] !== undefined
  if (token.error === 'temporarily_unavailable' || (status !== null && status >= 500 && fromEntra)) {
    return 'login-service-unavailable'
  }
  return 'entra-code-unknown'
}

function of(view: View, id: FindingId, step: Step, token: Token, confidence?: Confidence): Draft {
  return draft(id, {
    path: 'identity',
    host: token.authorityHost,
    severity: 'error',
    ...(confidence === undefined ? {} : { confidence }),
    steps: [step.id],
    facts: factsOf(view, token, step),
  })
}

function factsOf(view: View, token: Token, step: Step): Facts {
  const code = token.errorCodes[0]
  return {
    host: token.authorityHost,
    cloud: view.evidence.input.cloud,
    code: code === undefined ? token.error : `AADSTS${String(code)}`,
    error: token.error,
    status: token.status ?? lastAnswer(step)?.status ?? null,
    tenant: token.tenant,
    clientId: token.clientId,
    scope: token.scope,
    email: view.evidence.input.email,
    user: view.evidence.input.userName || view.evidence.input.email,
    scheme: 'oauth',
    offered: [],
    text: token.description,
    correlationId: token.correlationId,
    time: token.timestamp ?? (isTextAlone(view) ? null : view.evidence.startedAt),
    tenantOfDomain: tenantOfDomain(view),
  }
}

/** The tenant that Entra names for the mail domain. */
function tenantOfDomain(view: View): string | null {
  const domain = view.evidence.input.domain
  return all(view.evidence.steps, 'tenant').find((one) => one.seen.asked === domain)?.seen.tenantId ?? null
}

/** The typed tenant asked anonymously: unknown here, or known in another cloud. */
function tenantRules(view: View, known: readonly Draft[]): Draft[] {
  const { tenantId, cloud, clientId } = view.evidence.input
  if (tenantId === '') return []
  const answers = view.evidence.steps.flatMap((step) => inStep(step, 'tenant').map((seen) => ({ step, seen })))
  const typed = answers.filter((one) => one.seen.asked.toLowerCase() === tenantId.toLowerCase())
  const facts = {
    tenant: tenantId,
    cloud,
    clientId,
    host: view.authorityHost,
    code: null,
    tenantOfDomain: tenantOfDomain(view),
  }
  const elsewhere = typed.find(
    (one) => one.seen.result === 'found' && one.seen.authorityHost !== view.cloud.authorityHost,
  )
  if (elsewhere !== undefined) {
    const steps = [elsewhere.step.id]
    return [
      draft('wrong-cloud', {
        path: 'identity',
        host: view.authorityHost,
        steps,
        facts: { ...facts, host: elsewhere.seen.authorityHost },
      }),
    ]
  }
  const absent = typed.find((one) => one.seen.result === 'not-found')
  if (absent === undefined || known.length > 0) return []
  return [draft('tenant-not-found', { path: 'identity', host: view.authorityHost, steps: [absent.step.id], facts })]
}

/** Nobody knows when a text without a date was said. */
function isTextAlone(view: View): boolean {
  const shape = shapeOfEvidence(view.evidence)
  return shape !== null && shape !== 'http'
}
