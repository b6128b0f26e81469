/** Stage N, part two: a public name that leads to an address of the inside. */
import type { ObservationOf } from '../evidence/schema.ts'
import { isInsideAddress, isPublicName } from './addresses.ts'
import { draft, type Draft } from './draft.ts'
import { failedReaches, type Reach } from './reach.ts'
import { all, type View } from './view.ts'

type Dns = ObservationOf<'dns'>

/** Decisive hosts whose address does not answer and is none of the outside, or that two resolvers see at different places. */
export function splitDnsRules(view: View): Draft[] {
  return failedReaches(view)
    .filter((reach) => reach.path !== 'discovery' || (!view.urlKnown && reach.host === view.autodiscoverHost))
    .flatMap((reach): Draft[] => {
      const views = viewsOf(view, reach.host)
      const inside = [...views.values()].filter((addresses) => addresses.every(isInsideAddress))
      const differ = inside.length > 0 && inside.length < views.size
      if (!isPublicName(reach.host) || inside.length === 0 || (!differ && !isUnanswered(reach))) return []
      const outside = [...views.values()].find((addresses) => !addresses.every(isInsideAddress))
      const facts = {
        host: reach.host,
        address: inside[0]?.[0] ?? null,
        outside: outside?.[0] ?? null,
      }
      const confidence = differ ? 'likely' : 'possible'
      return [
        draft('split-dns-suspected', {
          path: reach.path,
          host: reach.host,
          confidence,
          steps: [...new Set([reach.step.id, ...stepsWith(view, reach.host)])],
          facts,
        }),
      ]
    })
}

/** No attempt came to anything: a port that refuses is an answer of somebody. */
function isUnanswered(reach: Reach): boolean {
  const tried = reach.connections.filter((one) => one.result !== 'cancelled')
  return tried.length > 0 && tried.every((one) => one.result === 'timed-out' || one.result === 'unreachable')
}

/** What each resolver said about a name: the operating system's lookup, its DNS servers, or the one that was chosen. */
function viewsOf(view: View, host: string): Map<string, string[]> {
  const views = new Map<string, string[]>()
  for (const { seen } of answersAbout(view, host)) {
    const who = seen.resolver ?? (seen.type === 'address' ? 'system' : 'dns')
    views.set(who, [...new Set([...(views.get(who) ?? []), ...seen.records])])
  }
  return views
}

function stepsWith(view: View, host: string): string[] {
  return answersAbout(view, host).map(({ step }) => step.id)
}

function answersAbout(view: View, host: string) {
  return all(view.evidence.steps, 'dns').filter(
    ({ seen }) => seen.name.toLowerCase() === host && isAddressQuestion(seen) && seen.records.length > 0,
  )
}

function isAddressQuestion(seen: Dns): boolean {
  return seen.type === 'address' || seen.type === 'A' || seen.type === 'AAAA'
}
