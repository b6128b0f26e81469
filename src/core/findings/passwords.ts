/** Stage H, 401 to user name and password, at EWS or at Autodiscover. */
import type { LoginScheme } from '../evidence/logins.ts'
import type { Facts } from '../evidence/schema.ts'
import { draft, type Draft } from './draft.ts'
import { gatewayFacts, loginFacts, refusedLogins, windowsSchemes, type RefusedLogin } from './logins.ts'
import { all, hostOfUrl, inStep, lastAnswer, pathOf, type View } from './view.ts'

export function passwordRules(view: View): Draft[] {
  return [
    ...refusedLogins(view)
      .filter((one) => one.scheme !== 'oauth')
      .flatMap((one) => passwordRefused(view, one)),
    ...brokenHandshakes(view),
    ...secondForm(view),
  ]
}

function passwordRefused(view: View, one: RefusedLogin): Draft[] {
  const { host, step, scheme, exchange, offered, path, login } = one
  const base = { path, host, steps: [step.id], ...severityOn(view, one) }
  const facts = { ...loginFacts(view, { ...one, user: login.user }), status: one.status }
  if (host !== null && view.isOnline && path === 'ews') {
    return [draft('basic-is-off-in-exchange-online', { ...base, facts })]
  }
  if (one.status === 456 || /locked out/i.test(one.answer?.body.head ?? ''))
    return [draft('account-locked', { ...base, facts })]
  if (one.status === 457) return [draft('password-expired', { ...base, facts })]
  if (login.session === true) return [draft('kerberos-ticket-refused', { ...base, facts: ticketFacts(login, facts) })]
  // Not every leg arrived on its connection: nothing about the password follows.
  if (login.handshake === 'broken') return []

  const isWindows = windowsSchemes.includes(scheme)
  const windowsOffered = isWindows || offered.some((name) => windowsSchemes.includes(name))
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

function severityOn(view: View, one: RefusedLogin): { severity?: 'warning' } {
  return one.path === 'discovery' && view.urlKnown ? { severity: 'warning' } : {}
}

/** Whose ticket it was is told only by a login that worked, so the account may stay unnamed. */
function ticketFacts(login: RefusedLogin['login'], facts: Facts): Facts {
  return { ...facts, user: login.principal ?? null }
}

/** Channel binding: the same login is good elsewhere on this host. Without that second result it stays a possibility. */
function extendedProtection(view: View, one: RefusedLogin, facts: Facts): Draft[] {
  if (one.login.handshake !== 'complete') return []
  // Another name logged in over the same connection: its binding was good.
  const good = all(view.evidence.steps, 'login').some(
    ({ step, seen }) => pathOf(view, step) === 'ews' && seen.scheme === one.scheme && seen.result === 'accepted',
  )
  if (good) return []
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

/**
 * A handshake of several legs that did not stay on one connection. Seen at our own socket it is observed; a server that answers the last
 * leg with a new challenge saw it on another one, likely; a server that never sent a challenge may have other reasons.
 */
function brokenHandshakes(view: View): Draft[] {
  return all(view.evidence.steps, 'login').flatMap(({ step, seen }): Draft[] => {
    if (seen.handshake !== 'broken' || (seen.status !== null && seen.status !== 401)) return []
    const host = hostOfUrl(seen.url)
    const closed = inStep(step, 'http').some((one) => one.code === 'SECOND_CONNECTION')
    if (seen.result !== 'refused' && !closed) return []
    const challenged = lastAnswer(step)?.challenges.some((one) => one.token) === true
    const path = pathOf(view, step)
    return [
      draft('ntlm-connection-not-kept', {
        path,
        host,
        steps: [step.id],
        confidence: closed ? 'observed' : challenged ? 'likely' : 'possible',
        facts: { ...loginFacts(view, { host, scheme: seen.scheme, offered: seen.offered }), status: seen.status },
        ...(path === 'discovery' && view.urlKnown ? { severity: 'warning' as const } : {}),
      }),
    ]
  })
}

const byPassword: readonly LoginScheme[] = ['negotiate', 'ntlm', 'basic']

/** One form of the user name was refused, and the other one, which the person asked for, logged in. */
function secondForm(view: View): Draft[] {
  const logins = all(view.evidence.steps, 'login').filter((one) => byPassword.includes(one.seen.scheme))
  const accepted = logins.find((one) => one.seen.result === 'accepted' && one.seen.user !== undefined)
  if (accepted === undefined) return []
  const user = accepted.seen.user ?? null
  const refused = logins.find(
    ({ seen }) =>
      seen.result === 'refused' &&
      seen.user !== undefined &&
      seen.user !== user &&
      hostOfUrl(seen.url) === hostOfUrl(accepted.seen.url),
  )
  if (refused === undefined) return []
  const host = hostOfUrl(accepted.seen.url)
  const facts = { host, user, userName: refused.seen.user ?? null, scheme: accepted.seen.scheme }
  return [draft('user-name-form-wrong', { path: 'ews', host, steps: [refused.step.id, accepted.step.id], facts })]
}
