/** The way of connections that was not in force: a proxy that nobody used, one that only stands in the way, or what a browser does better. */
import type { ObservationOf, Step } from '../evidence/schema.ts'
import { draft, type Draft } from './draft.ts'
import { failedReaches } from './reach.ts'
import { all, ewsSteps, type View } from './view.ts'

/** Stage P: the way in force fails, and the other one stands. */
export function proxyNotUsed(view: View): Draft[] {
  return all(view.evidence.steps, 'path').flatMap(({ step, seen }): Draft[] => {
    if (seen.result !== 'open') return []
    const facts = { host: seen.host, used: seen.inForce, other: seen.tried, proxy: seen.proxy, from: seen.proxyFrom }
    // It stands beside what failed at the host: it says why, and does not end a path.
    return [draft('proxy-not-used', { path: 'run', host: seen.host, steps: [step.id], facts })]
  })
}

/**
 * Stage V: a browser reaches the mailbox and this program does not. Somebody says so, or the way that the operating system offers
 * stands where the program's own failed. What makes the difference is not seen, so this is never more than possible.
 */
export function worksInBrowserOnly(view: View): Draft[] {
  const { evidence } = view
  if (evidence.outcome !== 'fails') return []
  const system = all(evidence.steps, 'path').find(({ seen }) => seen.result === 'open' && seen.proxyFrom === 'system')
  const step = system?.step ?? (evidence.input.worksInBrowser === true ? failedStep(view) : undefined)
  if (step === undefined) return []
  const host = system?.seen.host ?? view.ewsHost ?? view.autodiscoverHost
  return [draft('works-in-browser-only', { path: 'run', host, steps: [step.id], facts: { host, used: wayOf(view) } })]
}

function failedStep(view: View): Step | undefined {
  const reach = failedReaches(view)
  const decisive = reach.find((one) => one.path === 'ews') ?? reach.find((one) => one.host === view.autodiscoverHost)
  return decisive?.step ?? ewsSteps(view).findLast((step) => step.state === 'failed') ?? view.evidence.steps.at(-1)
}

function wayOf(view: View): 'direct' | 'proxy' {
  const via = (seen: ObservationOf<'connection'>): boolean => seen.via === 'proxy'
  return all(view.evidence.steps, 'connection').some(({ seen }) => via(seen)) ? 'proxy' : 'direct'
}
