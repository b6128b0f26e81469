/** Stage T: connections and TLS. */
import type { Certificate } from '../evidence/network.ts'
import type { Facts, ObservationOf } from '../evidence/schema.ts'
import { isWithin } from '../settings/mailDomain.ts'
import type { Confidence, Severity } from './finding.ts'
import { certificateFacts, certificateRules, isMicrosoft, issuesForStrangers, namesInspector } from './certificates.ts'
import { draft, type Draft } from './draft.ts'
import type { FindingId } from './catalogue.ts'
import { clockSkews, explainedByClock } from './clock.ts'
import { failedReaches, type Reach } from './reach.ts'
import type { View } from './view.ts'

type Cause = { id: FindingId; facts: Facts; confidence?: Confidence }

export function transportRules(view: View): Draft[] {
  return [...reachRules(view), ...certificateRules(view)]
}

function reachRules(view: View): Draft[] {
  return failedReaches(view).flatMap((reach): Draft[] => {
    const severity = severityOf(view, reach)
    const cause = causeOf(view, reach)
    if (cause === null || severity === null) return []
    const nameAtCandidate =
      cause.id === 'tls-name-mismatch' && reach.path === 'discovery' && reach.host !== view.autodiscoverHost
    return [
      draft(cause.id, {
        path: reach.path,
        host: reach.host,
        severity: nameAtCandidate ? 'info' : severity,
        // The host of a token is Microsoft's: what fails there is not the Exchange administrator's.
        ...(reach.path === 'identity' ? { actor: 'network-admin' } : {}),
        ...(cause.confidence === undefined ? {} : { confidence: cause.confidence }),
        steps: [reach.step.id],
        facts: cause.facts,
      }),
    ]
  })
}

/**
 * Error where the host decides. A candidate is worth a warning while no URL is known (an error where only the certificate of the
 * right name stands in the way), an info afterwards; a stranger's silence is worth nothing then.
 */
function severityOf(view: View, reach: Reach): Severity | null {
  if (reach.path !== 'discovery') return 'error'
  const { registrableDomain } = view.evidence.input
  const inDomain = registrableDomain !== null && isWithin(registrableDomain, reach.host)
  if (view.urlKnown) return inDomain ? 'info' : null
  const certificate = reach.tls.some((one) =>
    ['expired', 'not-yet-valid', 'name-mismatch', 'issuer-unknown', 'revoked'].includes(one.result),
  )
  // A handshake or answer that was cut off there hides what the host would have said; a refused port says that nothing is there.
  const cutOff = reach.tls.some((one) => one.result === 'reset') || reach.http?.result === 'dropped'
  const isRightName = reach.host === view.autodiscoverHost || ['srv', 'verify'].includes(reach.step.name)
  if ((certificate || cutOff) && isRightName) return 'error'
  return inDomain || reach.host === view.autodiscoverHost ? 'warning' : 'info'
}

function causeOf(view: View, reach: Reach): Cause | null {
  const { host, http } = reach
  const tls = reach.tls.at(-1)
  if (tls !== undefined && tls.result !== 'trusted') return tlsCause(view, reach, tls)
  const opened = tls !== undefined || reach.connections.some((one) => one.result === 'open')
  if (!opened) return connectionCause(reach)
  switch (http?.result) {
    case 'silent':
    case 'stalled':
      return { id: 'server-silent', facts: { host, seconds: seconds(http.ms) } }
    case 'dropped':
    case 'not-connected':
      return { id: 'connection-dropped', facts: { host, code: http.code } }
    default:
      return null
  }
}

function connectionCause(reach: Reach): Cause | null {
  const { host } = reach
  const tried = reach.connections.filter((one) => one.result !== 'cancelled')
  // Families race: the last word is that of the attempt which got furthest.
  const order = ['reset', 'failed', 'refused', 'timed-out', 'unreachable'] as const
  for (const result of order) {
    const one = tried.find((attempt) => attempt.result === result)
    if (one === undefined) continue
    const facts = { host, port: String(one.port), address: one.address, code: one.code ?? one.result }
    if (result === 'refused') return { id: 'connection-refused', facts }
    if (result === 'reset' || result === 'failed') return { id: 'connection-dropped', facts }
    return { id: 'connection-timed-out', facts: { ...facts, seconds: seconds(one.ms) } }
  }
  if (tried.length > 0 || reach.http === null || reach.dns.length > 0) return null
  if (reach.http.result === 'dropped') return { id: 'connection-dropped', facts: { host, code: reach.http.code } }
  if (reach.http.result === 'silent' || reach.http.result === 'stalled') {
    return { id: 'server-silent', facts: { host, seconds: seconds(reach.http.ms) } }
  }
  return null
}

function tlsCause(view: View, reach: Reach, tls: ObservationOf<'tls'>): Cause | null {
  const { host } = reach
  const leaf = tls.chain[0]
  const facts: Facts = { host, code: tls.code, ...certificateFacts(leaf) }
  switch (tls.result) {
    case 'expired':
      return wrongClock(view, leaf) ? null : { id: 'tls-certificate-expired', facts }
    case 'not-yet-valid':
      return { id: 'tls-certificate-not-yet-valid', facts }
    case 'name-mismatch':
      return { id: 'tls-name-mismatch', facts }
    case 'revoked':
      return { id: 'tls-certificate-revoked', facts }
    case 'issuer-unknown':
      return { ...issuerCause(view, host, tls.chain), facts }
    case 'timed-out':
      return { id: 'server-silent', facts: { host, seconds: seconds(tls.ms) } }
    case 'reset':
    case 'failed':
      return { id: 'tls-handshake-reset', facts: { host, code: tls.code } }
    case 'cancelled':
    case 'trusted':
      return null
  }
}

/** A product that names itself, or one issuer for strangers, is inspection; at a host of Microsoft any private issuer may be. */
function issuerCause(
  view: View,
  host: string,
  chain: readonly Certificate[],
): { id: FindingId; confidence?: Confidence } {
  const issuer = chain[0]?.issuer
  if (namesInspector(chain) || (issuer !== undefined && issuesForStrangers(view, issuer)))
    return { id: 'tls-inspection' }
  return isMicrosoft(view, host) && chain.length > 0
    ? { id: 'tls-inspection', confidence: 'possible' }
    : { id: 'tls-issuer-unknown' }
}

function wrongClock(view: View, certificate: Certificate | undefined): boolean {
  return certificate !== undefined && clockSkews(view).some((one) => explainedByClock(view, one.skewMs, certificate))
}

/** Whole seconds, at least one. */
function seconds(ms: number): number {
  return Math.max(1, Math.round(ms / 1000))
}
