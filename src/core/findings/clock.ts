/** Stage C: clocks. */
import type { Certificate, Step } from '../evidence/schema.ts'
import { draft, type Draft } from './draft.ts'
import { all, hostOfUrl, lastAnswer, serverTime, type View } from './view.ts'

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

/** A token that the server's clock does not take, when the server refused it with a 401. */
function tokenTimeRules(view: View): Draft[] {
  const claims = all(view.evidence.steps, 'token').find((one) => one.seen.claims !== null)?.seen.claims
  if (claims === undefined || claims === null) return []
  return all(view.evidence.steps, 'login').flatMap(({ step, seen }): Draft[] => {
    if (seen.scheme !== 'oauth' || seen.result !== 'refused' || seen.status !== 401) return []
    const answer = lastAnswer(step, (one) => one.status === 401)
    const now = answer === undefined ? null : serverTime(view, step, answer)
    if (now === null) return []
    const host = hostOfUrl(seen.url)
    const iso = (time: number): string => new Date(time).toISOString()
    if (claims.nbf !== null && claims.nbf * 1000 > now) {
      const facts = { host, from: iso(claims.nbf * 1000), serverTime: iso(now) }
      return [draft('token-not-yet-valid', { path: 'ews', host, steps: [step.id], facts })]
    }
    if (claims.exp !== null && claims.exp * 1000 < now) {
      const facts = { host, until: iso(claims.exp * 1000), serverTime: iso(now) }
      return [draft('token-expired', { path: 'ews', host, steps: [step.id], facts })]
    }
    return []
  })
}
