/** Stage C: clocks. */
import type { Certificate } from '../evidence/network.ts'
import type { Facts, Step } from '../evidence/schema.ts'
import { draft, type Draft } from './draft.ts'
import { knownCodes } from './logins.ts'
import { all, diagnosticsOf, hostOfUrl, inStep, lastAnswer, serverTime, type View } from './view.ts'

/** Kerberos refuses more than this, and tokens begin to look expired. */
const toleratedMs = 5 * 60_000

type Skew = { host: string; skewMs: number; step: Step }

/** Server clocks that differ from ours by more than five minutes, one per host, from answers over https. */
export function clockSkews(view: View): Skew[] {
  return clocks(view).filter((one) => Math.abs(one.skewMs) > toleratedMs)
}

function clocks(view: View): Skew[] {
  const perHost = new Map<string, Skew>()
  for (const { step, seen } of all(view.evidence.steps, 'http')) {
    const host = hostOfUrl(seen.url)
    if (seen.result !== 'answer' || seen.clockSkewMs === null || host === null || !seen.url.startsWith('https:'))
      continue
    if (!perHost.has(host)) perHost.set(host, { host, skewMs: seen.clockSkewMs, step })
  }
  return [...perHost.values()]
}

/** True when the certificate holds by a clock corrected by `skewMs`, and does not hold by ours. */
export function explainedByClock(view: View, skewMs: number, certificate: Certificate): boolean {
  const ours = Date.parse(view.evidence.startedAt)
  const holds = (now: number): boolean =>
    now >= Date.parse(certificate.validFrom) && now <= Date.parse(certificate.validTo)
  return !holds(ours) && holds(ours + skewMs)
}

export function clockRules(view: View): Draft[] {
  return [...skewRules(view), ...tokenTimeRules(view)]
}

function skewRules(view: View): Draft[] {
  const skews = clockSkews(view)
  const first = skews.find((one) => one.host === view.ewsHost) ?? skews[0]
  if (first === undefined) return []
  const failedFor = all(view.evidence.steps, 'tls').some(({ seen }) => {
    const leaf = seen.chain[0]
    const timed = seen.result === 'expired' || seen.result === 'not-yet-valid'
    return timed && leaf !== undefined && explainedByClock(view, first.skewMs, leaf)
  })
  const agreed = skews.filter((one) => Math.sign(one.skewMs) === Math.sign(first.skewMs)).length > 1
  const contradicted = clocks(view).some((one) => Math.abs(one.skewMs) <= toleratedMs)
  return [
    draft('clock-skew', {
      path: 'run',
      severity: failedFor ? 'error' : 'warning',
      confidence: agreed && !contradicted ? 'observed' : 'likely',
      steps: skews.map((one) => one.step.id),
      facts: {
        host: first.host,
        minutes: Math.round(Math.abs(first.skewMs) / 60_000),
        hosts: skews.map((one) => one.host),
        direction: first.skewMs > 0 ? 'behind' : 'ahead',
      },
    }),
  ]
}

/** `Date` counts whole seconds, and a token begins in the second in which it is issued. */
const dateToleranceMs = 5_000

type TokenTime = { id: 'token-not-yet-valid' | 'token-expired'; host: string | null; facts: Facts }

/** What the server's clock has against the token that it refused with a 401 in this step; null: nothing, or it named another reason. */
function tokenTime(view: View, step: Step): TokenTime | null {
  const claims = all(view.evidence.steps, 'token').find((one) => one.seen.claims !== null)?.seen.claims
  const refused = inStep(step, 'login').find(
    (one) => one.scheme === 'oauth' && one.result === 'refused' && one.status === 401,
  )
  if (claims === undefined || claims === null || refused === undefined) return null
  const answer = lastAnswer(step, (one) => one.status === 401)
  const now = answer === undefined ? null : serverTime(view, step, answer)
  const named = diagnosticsOf(answer?.headers['x-ms-diagnostics'])?.code ?? refused.diagnostics
  if (now === null || (named !== null && knownCodes.includes(named))) return null
  const host = hostOfUrl(refused.url)
  const iso = (time: number): string => new Date(time).toISOString()
  if (claims.nbf !== null && claims.nbf * 1000 > now + dateToleranceMs)
    return { id: 'token-not-yet-valid', host, facts: { host, from: iso(claims.nbf * 1000), serverTime: iso(now) } }
  if (claims.exp !== null && claims.exp * 1000 < now - dateToleranceMs)
    return { id: 'token-expired', host, facts: { host, until: iso(claims.exp * 1000), serverTime: iso(now) } }
  return null
}

/** True where the server's clock alone explains that it refused the token. */
export function tokenTimeExplains(view: View, step: Step): boolean {
  return tokenTime(view, step) !== null
}

/** A token that the server's clock does not take, when the server refused it with a 401. */
function tokenTimeRules(view: View): Draft[] {
  return view.evidence.steps.flatMap((step): Draft[] => {
    const found = tokenTime(view, step)
    return found === null
      ? []
      : [draft(found.id, { path: 'ews', host: found.host, steps: [step.id], facts: found.facts })]
  })
}
