/** Which hosts of a run were not reached, and what each layer said about it. */
import type { ObservationOf, Step } from '../evidence/schema.ts'
import type { Path } from './draft.ts'
import { hostOfUrl, inStep, pathOf, type View } from './view.ts'

/** One host in one step without a usable answer. */
export type Reach = {
  step: Step
  path: Path
  host: string
  dns: ObservationOf<'dns'>[]
  connections: ObservationOf<'connection'>[]
  tls: ObservationOf<'tls'>[]
  /** The last request to the host; null when none got that far. */
  http: ObservationOf<'http'> | null
}

/** Hosts without an answer, in order. The http probe of redirects and the tenant question are no part of any verdict. */
export function failedReaches(view: View): readonly Reach[] {
  const known = failed.get(view) ?? reachesOf(view)
  failed.set(view, known)
  return known
}

/** Several rules ask the same of one view. */
const failed = new WeakMap<View, readonly Reach[]>()

function reachesOf(view: View): Reach[] {
  return view.evidence.steps
    .filter((step) => !['input', 'names', 'redirect', 'tenant', 'clouds', 'path'].includes(step.name))
    .flatMap((step) => hostsOf(step).map((host) => reachOf(view, step, host)))
    .filter(isFailed)
}

function hostsOf(step: Step): string[] {
  const hosts = step.observations.flatMap((seen) => {
    if (seen.kind === 'http') return hostOfUrl(seen.url) ?? []
    // The proxy is a station on the way, not a host of the run.
    if (seen.kind === 'connection') return seen.via === 'proxy' ? [] : seen.host.toLowerCase()
    if (seen.kind === 'tls') return seen.host.toLowerCase()
    // A lookup alone, with nothing after it, ended a step as well.
    return seen.kind === 'dns' && seen.type === 'address' ? seen.name.toLowerCase() : []
  })
  return [...new Set(hosts)]
}

function reachOf(view: View, step: Step, host: string): Reach {
  return {
    step,
    path: pathOf(view, step),
    host,
    dns: inStep(step, 'dns').filter((one) => one.name.toLowerCase() === host),
    connections: inStep(step, 'connection').filter((one) => one.host.toLowerCase() === host),
    tls: inStep(step, 'tls').filter((one) => one.host.toLowerCase() === host),
    http: inStep(step, 'http').findLast((one) => hostOfUrl(one.url) === host) ?? null,
  }
}

function isFailed(reach: Reach): boolean {
  if (reach.http !== null) return !['answer', 'cancelled'].includes(reach.http.result)
  const lastTls = reach.tls.at(-1)
  if (lastTls !== undefined) return !['trusted', 'cancelled'].includes(lastTls.result)
  if (reach.connections.length > 0) {
    return !reach.connections.some((one) => one.result === 'open' || one.result === 'cancelled')
  }
  return reach.dns.length > 0 && reach.dns.every((one) => one.records.length === 0 && one.result !== 'cancelled')
}
