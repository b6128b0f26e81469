/** Stage H, 401 at EWS and the logins that were not made. First Exchange or not, then scheme sent against schemes offered, then the code, then credentials. */
import { draft, type Draft } from './draft.ts'
import { all, ewsSteps, hostOfUrl, type View } from './view.ts'
import { refusedTokens } from './bearer.ts'
import { loginFacts } from './logins.ts'
import { passwordRules } from './passwords.ts'
import { sampleRules } from './samples.ts'
import { statusRules } from './statuses.ts'

export function httpRules(view: View): Draft[] {
  return [
    ...refusedTokens(view),
    ...passwordRules(view),
    ...withoutLogin(view),
    ...statusRules(view),
    ...sampleRules(view),
    ...fellBack(view),
  ]
}

/** Logins that were not made, and why. */
function withoutLogin(view: View): Draft[] {
  const found: Draft[] = []
  for (const { step, seen } of all(ewsSteps(view), 'login')) {
    const host = hostOfUrl(seen.url)
    const base = { path: 'ews' as const, host, steps: [step.id] }
    const facts = { ...loginFacts(view, { host, scheme: seen.scheme, offered: seen.offered }), status: seen.status }
    if (seen.result === 'not-offered') {
      const demanded = view.evidence.input.auth === seen.scheme
      if (seen.scheme === 'oauth' && !demanded) found.push(draft('oauth-not-offered-by-server', { ...base, facts }))
      else found.push(draft('login-scheme-not-offered', { ...base, facts }))
    }
    if (seen.result === 'unavailable') found.push(draft('ntlm-unavailable-on-platform', { ...base, facts }))
    if (seen.result === 'withheld' && seen.reason === 'cloud-has-no-passwords' && !withOauth(view)) {
      found.push(draft('basic-is-off-in-exchange-online', { ...base, facts }))
    }
  }
  for (const { step, seen } of all(ewsSteps(view), 'endpoint')) {
    if (seen.result !== 'foreign-login') continue
    const answer = all([step], 'http').findLast((one) => one.seen.status === 401)?.seen
    const realm = answer?.challenges.find((one) => one.scheme.toLowerCase() === 'basic')?.parameters['realm'] ?? null
    const host = hostOfUrl(seen.url)
    const facts = { host, offered: seen.offered, realm, server: answer?.headers['server'] ?? null }
    found.push(draft('gateway-preauthentication', { path: 'ews', host, steps: [step.id], facts }))
  }
  const tried = all(ewsSteps(view), 'login').some((one) => one.seen.result !== 'withheld') || found.length > 0
  if (!tried && view.isOnline && view.evidence.outcome === 'fails' && view.evidence.command === 'test') {
    found.push(...passwordOnly(view))
  }
  return found
}

/** Only a password for Exchange Online: nothing need be sent to know that it cannot work. */
function passwordOnly(view: View): Draft[] {
  if (!view.evidence.input.hasPassword || withOauth(view)) return []
  const facts = loginFacts(view, { host: view.ewsHost, scheme: 'basic', offered: [] })
  const steps = ewsSteps(view).map((step) => step.id)
  return [
    draft('basic-is-off-in-exchange-online', { path: 'ews', host: view.ewsHost, steps: steps.slice(0, 1), facts }),
  ]
}

function withOauth(view: View): boolean {
  const { hasClientSecret, hasClientCertificate, tenantId, clientId } = view.evidence.input
  return (hasClientSecret || hasClientCertificate === true) && tenantId !== '' && clientId !== ''
}

/** OAuth did not work and the password did. */
function fellBack(view: View): Draft[] {
  const { auth, steps } = view.evidence
  if (!view.works || auth === null || auth === 'oauth') return []
  const failed = [
    ...all(steps, 'token').filter((one) => one.seen.result !== 'issued' && one.seen.result !== 'cancelled'),
    ...all(ewsSteps(view), 'login').filter((one) => one.seen.scheme === 'oauth' && one.seen.result !== 'cancelled'),
  ]
  const first = failed[0]
  if (first === undefined) return []
  const facts = { host: view.ewsHost, scheme: auth, user: view.evidence.input.userName || view.evidence.input.email }
  return [draft('oauth-fell-back-to-password', { path: 'run', host: view.ewsHost, steps: [first.step.id], facts })]
}
