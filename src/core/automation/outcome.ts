/**
 * What a call's result means for the 401 policy. One place decides: a refusal of credentials counts, everything else has its own
 * treatment. Read from observations first, because they are facts; findings only tell the rest apart.
 */
import type { Evidence, ObservationOf } from '../evidence/schema.ts'
import { catalogue, isFindingId, type FindingId, type Stage } from '../findings/catalogue.ts'
import type { Finding } from '../findings/finding.ts'
import { all } from '../findings/view.ts'
import type { RunResult } from '../runs/events.ts'
import type { OutcomeKind } from './schema.ts'

export type Outcome = {
  kind: OutcomeKind
  /** Which logon was refused: the application's at the token endpoint, or the account's at Exchange. */
  refusedBy: 'token' | 'exchange' | null
  finding: Finding | null
  /** How long the server asked to be left alone, in ms; null: it did not say. */
  restMs: number | null
  /** When the token that was used ends, ms since 1970; null: none was used, or it does not say. */
  tokenUntil: number | null
}

/** Where the answer itself decides nothing: by the stage of the most telling finding. */
const kindOfStage: Record<Stage, OutcomeKind> = {
  input: 'unready',
  N: 'unreachable',
  T: 'unreachable',
  P: 'unreachable',
  C: 'unreachable',
  I: 'unreachable',
  K: 'denied',
  A: 'denied',
  H: 'denied',
  S: 'denied',
  V: 'unreachable',
}

/** Findings whose treatment is another one than their stage's. */
const kindOfFinding: Partial<Record<FindingId, OutcomeKind>> = {
  'server-busy': 'busy',
  'token-requests-throttled': 'busy',
  'gateway-answered': 'unreachable',
  'gateway-cannot-reach-exchange': 'unreachable',
  'server-error-in-ews': 'unreachable',
  'mailbox-unavailable': 'unreachable',
  'intermittent-401': 'refused',
  'server-version-too-new': 'denied',
  // Our own rules kept the credentials back: nothing was sent, and nothing will be until a person changes something.
  'host-needs-consent': 'unready',
  'basic-is-off-in-exchange-online': 'unready',
  'login-scheme-not-offered': 'denied',
}

/** Answers of the token endpoint that refuse nobody. */
const notAboutTheAccount: ReadonlySet<string> = new Set(['token-requests-throttled', 'login-service-unavailable'])

export function outcomeOf(result: RunResult): Outcome {
  const { evidence } = result
  const finding = result.findings.find((one) => one.severity === 'error') ?? null
  const token = all(evidence.steps, 'token').at(-1)?.seen ?? null
  const base: Outcome = {
    kind: 'works',
    refusedBy: null,
    finding,
    restMs: restOf(evidence),
    tokenUntil: token?.result === 'issued' && token.claims?.exp != null ? token.claims.exp * 1000 : null,
  }
  if (result.ok) return { ...base, finding: null }
  if (refusedByExchange(evidence)) return { ...base, kind: 'refused', refusedBy: 'exchange' }
  if (token !== null && refusesAccount(token, result.findings)) return { ...base, kind: 'refused', refusedBy: 'token' }
  if (evidence.outcome === 'cancelled') return { ...base, kind: sentUnanswered(evidence) ? 'interrupted' : 'not-made' }
  if (isBusy(evidence)) return { ...base, kind: 'busy' }
  if (finding === null || !isFindingId(finding.id)) return { ...base, kind: 'unreachable' }
  return { ...base, kind: kindOfFinding[finding.id] ?? kindOfStage[catalogue[finding.id].stage] }
}

/** 401 to credentials, whatever the reason that is given with it. The anonymous question's 401 is the good answer and is no login. */
function refusedByExchange(evidence: Evidence): boolean {
  return all(evidence.steps, 'login').some(({ seen }) => seen.result === 'refused')
}

function refusesAccount(token: ObservationOf<'token'>, findings: readonly Finding[]): boolean {
  return (
    token.result === 'refused' &&
    (token.status === 400 || token.status === 401) &&
    !findings.some((one) => notAboutTheAccount.has(one.id))
  )
}

function isBusy(evidence: Evidence): boolean {
  const soap = all(evidence.steps, 'soap').at(-1)?.seen
  const status = all(evidence.steps, 'http').at(-1)?.seen.status
  return (
    status === 429 ||
    (status === 503 && restOf(evidence) !== null) ||
    soap?.responseCode === 'ErrorServerBusy' ||
    soap?.responseCode === 'ErrorExceededConnectionCount'
  )
}

/** Credentials were on their way when the call was stopped: nobody will ever know what the server made of them. */
function sentUnanswered(evidence: Evidence): boolean {
  return all(evidence.steps, 'http').some(
    ({ seen }) => seen.result === 'cancelled' && seen.credentials !== 'none' && seen.credentials !== 'bearer-empty',
  )
}

/** `BackOffMilliseconds` of EWS, or `Retry-After` of the last answer: seconds, or a date compared with the server's own clock. */
function restOf(evidence: Evidence): number | null {
  const backOff = all(evidence.steps, 'soap').at(-1)?.seen.backOffMs ?? null
  if (backOff !== null) return backOff
  const answer = all(evidence.steps, 'http').findLast(({ seen }) => seen.headers['retry-after'] !== undefined)
  const value = answer?.seen.headers['retry-after']?.trim()
  if (answer === undefined || value === undefined) return null
  if (/^\d{1,7}$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  if (Number.isNaN(at)) return null
  const serverNow = Date.parse(evidence.startedAt) + answer.step.startedMs + (answer.seen.clockSkewMs ?? 0)
  return Math.max(0, at - serverNow)
}
