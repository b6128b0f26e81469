/**
 * Stage H, what several calls of one run tell together: a refusal that comes and goes, one that depends on the program's name or on the
 * mailbox, and a call that lacked what Exchange Online needs to route it.
 */
import type { ObservationOf } from '../evidence/schema.ts'
import { draft, type Draft } from './draft.ts'
import { all, ewsSteps, hostOfUrl, lastAnswer, pathOf, type Seen, type View } from './view.ts'

export function sampleRules(view: View): Draft[] {
  return [...intermittentLogin(view), ...forbiddenSamples(view), ...unanchored(view)]
}

type Soap = ObservationOf<'soap'>

/** EWS itself answered, whatever it said. */
function isOpen(soap: Soap): boolean {
  return soap.result === 'success' || soap.result === 'error' || soap.result === 'fault'
}

/** The same login was taken and then refused within one run: one server of several, or throttling. */
function intermittentLogin(view: View): Draft[] {
  const accepted = all(ewsSteps(view), 'login').filter(
    (one) => one.seen.result === 'accepted' && one.seen.status === 200,
  )
  const calls = all(ewsSteps(view), 'soap')
  return calls.flatMap(({ step, seen }): Draft[] => {
    const at = view.evidence.steps.indexOf(step)
    const before = accepted.find((one) => one.seen.scheme === seen.scheme && view.evidence.steps.indexOf(one.step) < at)
    if (seen.status !== 401 || before === undefined) return []
    const servers = [before.step, step].flatMap((one) => lastAnswer(one)?.headers['x-feserver'] ?? [])
    const host = hostOfUrl(seen.url)
    const facts = { host, scheme: seen.scheme, servers: [...new Set(servers)] }
    const last = calls.findLast((one) => one.seen.scheme === seen.scheme)
    const severity = last?.seen.status === 401 ? 'error' : 'warning'
    return [draft('intermittent-401', { path: 'ews', host, severity, steps: [before.step.id, step.id], facts })]
  })
}

/** Calls of the EWS path by what they were for; the first one that was forbidden, and those that compare with it. */
export type Forbidden = {
  first: Seen<'soap'>
  /** The same call under the same name. */
  same: readonly Seen<'soap'>[]
  /** The same call under another program's name. */
  renamed: readonly Seen<'soap'>[]
  /** Calls for another mailbox. */
  otherMailbox: readonly Seen<'soap'>[]
}

/** The calls to compare with a 403; null where none was forbidden. */
export function forbiddenCalls(view: View): Forbidden | null {
  const calls = all(
    view.evidence.steps.filter((step) => pathOf(view, step) === 'ews'),
    'soap',
  )
  const first = calls.find((one) => one.seen.status === 403)
  if (first === undefined) return null
  const others = calls.filter((one) => one !== first && one.seen.scheme === first.seen.scheme)
  const alike = others.filter(
    ({ seen }) => seen.mailbox === first.seen.mailbox && seen.operation === first.seen.operation,
  )
  return {
    first,
    same: alike.filter(({ seen }) => seen.userAgent === first.seen.userAgent),
    renamed: alike.filter(({ seen }) => seen.userAgent !== first.seen.userAgent),
    otherMailbox: others.filter(({ seen }) => seen.mailbox !== undefined && seen.mailbox !== first.seen.mailbox),
  }
}

/** What the comparison says: whether somebody else, or the same call a moment later, came through. */
export function compared(calls: Forbidden | null): {
  comesAndGoes: boolean
  byName: boolean
  otherMailbox: 'open' | 'forbidden' | 'not-asked'
} {
  const open = (list: readonly Seen<'soap'>[] = []): boolean => list.some((one) => isOpen(one.seen))
  const comesAndGoes = open(calls?.same)
  const others = calls?.otherMailbox ?? []
  return {
    comesAndGoes,
    byName: !comesAndGoes && open(calls?.renamed),
    otherMailbox: open(others) ? 'open' : others.some((one) => one.seen.status === 403) ? 'forbidden' : 'not-asked',
  }
}

function forbiddenSamples(view: View): Draft[] {
  const calls = forbiddenCalls(view)
  if (calls === null) return []
  const { first, same, renamed } = calls
  const { comesAndGoes, byName } = compared(calls)
  const host = hostOfUrl(first.seen.url)
  const stepsOf = (list: readonly Seen<'soap'>[]): string[] => [first, ...list].map((one) => one.step.id)
  const { email, clientId } = view.evidence.input
  if (comesAndGoes) {
    const blocked = 1 + same.filter((one) => one.seen.status === 403).length
    const facts = { host, email, clientId, blocked, open: same.filter((one) => isOpen(one.seen)).length }
    return [draft('ews-block-intermittent', { path: 'ews', host, steps: stepsOf(same), facts })]
  }
  if (!byName) return []
  const other = renamed.find((one) => isOpen(one.seen))?.seen.userAgent ?? null
  const facts = { host, email, userAgent: first.seen.userAgent ?? null, otherUserAgent: other }
  return [
    draft('user-agent-filtered', {
      path: 'ews',
      host,
      // One refusal could be chance: only the second one under the own name tells a list from a block that comes and goes.
      confidence: same.some((one) => one.seen.status === 403) ? 'observed' : 'likely',
      steps: stepsOf([...same, ...renamed]),
      facts,
    }),
  ]
}

/** Exchange Online routes by the mailbox that a header names. Without it calls in another's name fail now and then. */
function unanchored(view: View): Draft[] {
  if (!view.isOnline) return []
  return all(ewsSteps(view), 'soap').flatMap(({ step, seen }): Draft[] => {
    const failed = seen.responseCode === null && (seen.status === 500 || seen.status === 503)
    if (!failed || !seen.impersonated || seen.anchored !== false) return []
    const host = hostOfUrl(seen.url)
    const facts = { host, status: seen.status, email: seen.mailbox ?? view.evidence.input.email }
    return [draft('anchor-mailbox-missing', { path: 'ews', host, steps: [step.id], facts })]
  })
}
