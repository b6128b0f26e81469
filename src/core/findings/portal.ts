/** Stage P, part two: the portal of a guest network or filter that answers for whatever is asked. */
import type { ObservationOf } from '../evidence/schema.ts'
import { hostOf, parseUrl } from '../network/url.ts'
import { cloudOfHost } from '../settings/clouds.ts'
import { registrableDomainOf } from '../settings/mailDomain.ts'
import { draft, type Draft } from './draft.ts'
import { all, exchangeShown, hostOfUrl, type Seen, type View } from './view.ts'

/** One foreign page, or redirects to one foreign page, from names that have nothing to do with each other. */
export function portalRules(view: View): Draft[] {
  const answers = new Map<string, Seen<'http'>[]>()
  for (const one of all(view.evidence.steps, 'http')) {
    const page = foreignPage(view, one.seen)
    if (page !== null) answers.set(page, [...(answers.get(page) ?? []), one])
  }
  for (const [, same] of answers) {
    const hosts = [...new Set(same.map(({ seen }) => hostOfUrl(seen.url) ?? ''))]
    const owners = new Set(hosts.map((host) => registrableDomainOf(host) ?? host))
    const first = same[0]?.seen
    if (owners.size < 2 || first === undefined) continue
    return [
      draft('captive-portal', {
        path: 'run',
        steps: same.map(({ step }) => step.id),
        facts: { hosts, redirect: redirectOf(first), text: first.body.head?.slice(0, 100) ?? null },
      }),
    ]
  }
  return []
}

/** What identifies the page that an answer shows or leads to; null for answers that no portal gives. */
function foreignPage(view: View, seen: ObservationOf<'http'>): string | null {
  if (seen.result !== 'answer' || seen.status === null || exchangeShown(seen) !== 'none') return null
  if (seen.status === 200 || seen.status === 511) {
    return seen.body.kind === 'html' && seen.body.head !== null ? `page ${seen.body.head}` : null
  }
  const target = seen.status >= 300 && seen.status < 400 ? parseUrl(redirectOf(seen) ?? '', seen.url) : null
  if (target === null) return null
  const to = hostOf(target)
  const owner = registrableDomainOf(to) ?? to
  const asked = hostOfUrl(seen.url) ?? ''
  const own = [view.evidence.input.registrableDomain, registrableDomainOf(asked)].includes(owner)
  if (own || cloudOfHost(to) !== undefined || to === view.authorityHost) return null
  return `to ${to}${target.pathname}`
}

function redirectOf(seen: ObservationOf<'http'>): string | null {
  return seen.headers['location'] ?? null
}
