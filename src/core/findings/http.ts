/** Stage H, part one: 401 at EWS. First Exchange or not, then scheme sent against schemes offered, then the code, then credentials. */
import type { Facts } from '../evidence/schema.ts'
import { draft, type Draft } from './draft.ts'
import { all, ewsSteps, hostOfUrl, lastAnswer, pathOf, type View } from './view.ts'
import { refusedLogins, tokenRefusals, type RefusedLogin, type TokenRefusal } from './logins.ts'
import { statusRules } from './statuses.ts'

const windows = ['negotiate', 'ntlm']

export function httpRules(view: View): Draft[] {
  return [
    ...tokenRefusals(view).flatMap((one) => tokenRefused(view, one)),
    ...refusedLogins(view)
      .filter((one) => one.scheme !== 'oauth')
      .flatMap((one) => passwordRefused(view, one)),
    ...withoutLogin(view),
    ...statusRules(view),
    ...fellBack(view),
    ...intermittent(view),
  ]
}

/** 401 to a token. Audience and tenant are judged with the token's claims. */
function tokenRefused(view: View, one: TokenRefusal): Draft[] {
  const { host, diagnostics, exchange, offered, step } = one
  const base = { path: one.path, host, steps: [step.id] }
  const facts: Facts = {
    host,
    code: diagnostics?.code ?? null,
    text: diagnostics?.reason ?? null,
    offered: [...offered],
    scheme: 'oauth',
    email: view.evidence.input.email,
  }
  const category = one.isUnknownCode ? diagnostics?.category : null
  switch (diagnostics?.code) {
    case '2000001':
      return [draft('token-garbled', { ...base, facts })]
    case '2000003':
    case '2000004':
      return []
    case '2000005':
      return [draft('token-user-unknown', { ...base, facts })]
    case '2000020':
      return [
        draft('tenant-restricted-by-network', {
          ...base,
          facts: { ...facts, tenant: view.evidence.input.tenantId, code: '2000020' },
        }),
      ]
    case '4000000':
      return [draft('modern-auth-off', { ...base, facts })]
    default:
      break
  }
  if (category === 'invalid_resource' || category === 'invalid_tenant') return []
  if (category === 'invalid_user') return [draft('token-user-unknown', { ...base, facts })]
  if (category === 'oauth_not_available') return [draft('modern-auth-off', { ...base, facts })]
  if (diagnostics === null && !view.isOnline && !offered.includes('bearer')) {
    if (offered.some((scheme) => windows.includes(scheme)) || (offered.includes('basic') && exchange !== 'none')) {
      return [draft('oauth-not-offered-by-server', { ...base, facts })]
    }
    if (exchange === 'none') return [draft('gateway-preauthentication', { ...base, facts: gatewayFacts(one) })]
  }
  return [draft('token-refused-unknown-code', { ...base, facts })]
}

/** 401 to user name and password, at EWS or at Autodiscover. */
function passwordRefused(view: View, one: RefusedLogin): Draft[] {
  const { host, step, scheme, exchange, offered, path, login } = one
  const base = { path, host, steps: [step.id], ...severityOn(view, one) }
  const facts = { ...loginFacts(view, one), status: one.status }
  if (host !== null && view.isOnline && path === 'ews') {
    return [draft('basic-is-off-in-exchange-online', { ...base, facts })]
  }
  if (one.status === 456 || /locked out/i.test(one.answer?.body.head ?? ''))
    return [draft('account-locked', { ...base, facts })]
  if (one.status === 457) return [draft('password-expired', { ...base, facts })]
  if (login.session === true) return [draft('kerberos-ticket-refused', { ...base, facts: ticketFacts(login, facts) })]
  if (login.handshake === 'broken') return [draft('ntlm-connection-not-kept', { ...base, facts })]

  const isWindows = windows.includes(scheme)
  const windowsOffered = isWindows || offered.some((name) => windows.includes(name))
  if (exchange === 'none' && !windowsOffered) {
    if (path === 'discovery') return []
    return [draft('gateway-preauthentication', { ...base, facts: gatewayFacts(one) })]
  }
  const isExchange = exchange === 'shown' || (exchange === 'half' && windowsOffered)
  const found = [
    draft('wrong-password-or-user-name', { ...base, confidence: isExchange ? 'likely' : 'possible', facts }),
  ]
  if (isWindows && path === 'ews') found.push(...extendedProtection(view, one, facts))
  if (scheme === 'basic' && view.evidence.input.credentialsNonAscii && exchange !== 'none') {
    found.push(draft('password-charset-suspected', { ...base, severity: 'warning', facts }))
  }
  return found
}

/** Whose ticket it was is told only by a login that worked, so the account may stay unnamed. */
function ticketFacts(login: RefusedLogin['login'], facts: Facts): Facts {
  return { ...facts, user: login.principal ?? null }
}

function severityOn(view: View, one: RefusedLogin): { severity?: 'warning' } {
  return one.path === 'discovery' && view.urlKnown ? { severity: 'warning' } : {}
}

function loginFacts(view: View, one: { host: string | null; scheme: string; offered: readonly string[] }): Facts {
  const { userName, email } = view.evidence.input
  return {
    host: one.host,
    user: userName === '' ? email : userName,
    scheme: one.scheme,
    offered: [...one.offered],
    code: null,
  }
}

/** Channel binding: the same login is good elsewhere on this host. Without that second result it stays a possibility. */
function extendedProtection(view: View, one: RefusedLogin, facts: Facts): Draft[] {
  if (one.login.handshake !== 'complete') return []
  const elsewhere = all(view.evidence.steps, 'login').find(
    ({ step, seen }) =>
      seen.result === 'accepted' &&
      (seen.status ?? 200) === 200 &&
      seen.scheme !== 'oauth' &&
      hostOfUrl(seen.url) === one.host &&
      (pathOf(view, step) === 'discovery' || seen.scheme === 'basic'),
  )
  const build = one.answer?.headers['x-owa-version'] ?? view.evidence.server?.build ?? null
  const base = { path: one.path, host: one.host }
  if (elsewhere !== undefined) {
    const steps = [one.step.id, elsewhere.step.id]
    return [
      draft('extended-protection-suspected', {
        ...base,
        steps,
        facts: { ...facts, build, otherUrl: elsewhere.seen.url },
      }),
    ]
  }
  if (!isOnByDefault(build)) return []
  const possible = { ...base, confidence: 'possible' as const, steps: [one.step.id] }
  return [draft('extended-protection-suspected', { ...possible, facts: { ...facts, build, otherUrl: null } })]
}

/** Setup switches Extended Protection on since 2019 CU14 (15.2.1544), and in the Subscription Edition. */
function isOnByDefault(build: string | null): boolean {
  const [major, minor, number] = (build ?? '').split('.').map(Number)
  return major === 15 && minor === 2 && number !== undefined && number >= 1544
}

function gatewayFacts(one: RefusedLogin): Facts {
  const realm = one.challenges.find((challenge) => challenge.scheme.toLowerCase() === 'basic')?.parameters['realm']
  return {
    host: one.host,
    offered: [...one.offered],
    realm: realm ?? null,
    server: one.answer?.headers['server'] ?? null,
  }
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

/** The same login was accepted and then refused within one run: one server of several, or throttling. */
function intermittent(view: View): Draft[] {
  const accepted = all(ewsSteps(view), 'login').filter(
    (one) => one.seen.result === 'accepted' && one.seen.status === 200,
  )
  return all(ewsSteps(view), 'soap').flatMap(({ step, seen }): Draft[] => {
    const before = accepted.find((one) => one.seen.scheme === seen.scheme && one.step.id !== step.id)
    if (seen.status !== 401 || before === undefined) return []
    const servers = [before.step, step].flatMap((one) => lastAnswer(one)?.headers['x-feserver'] ?? [])
    const host = hostOfUrl(seen.url)
    const facts = { host, scheme: seen.scheme, servers: [...new Set(servers)] }
    return [
      draft('intermittent-401', { path: 'ews', host, severity: 'error', steps: [before.step.id, step.id], facts }),
    ]
  })
}
