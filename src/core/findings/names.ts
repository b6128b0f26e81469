/** Stage N: names and addresses. */
import type { ObservationOf, Step } from '../evidence/schema.ts'
import { clouds } from '../settings/clouds.ts'
import { isWithin } from '../settings/mailDomain.ts'
import { draft, type Draft, type Path } from './draft.ts'
import { all, type View } from './view.ts'
import { failedReaches, type Reach } from './reach.ts'
import { splitDnsRules } from './splitDns.ts'

type Dns = ObservationOf<'dns'>
const absent: readonly Dns['result'][] = ['no-such-name', 'no-records']
const silent: readonly Dns['result'][] = ['timed-out', 'refused', 'server-failure']

export function nameRules(view: View): Draft[] {
  return [
    ...domainRules(view),
    ...nothingResolved(view),
    ...hostRules(view),
    ...splitDnsRules(view),
    ...ipv6Rules(view),
    ...srvRules(view),
  ]
}

/** The mail domain and `autodiscover.` below it. */
function domainRules(view: View): Draft[] {
  const domain = view.evidence.input.domain
  if (domain === null) return []
  const dns = all(view.evidence.steps, 'dns')
  const below = dns.filter((one) => one.seen.name === domain || one.seen.name.endsWith(`.${domain}`))
  const found: Draft[] = []
  const exists = below.some((one) => one.seen.records.length > 0)
  const own = below.filter((one) => one.seen.name === domain)
  const noSuchName = own.filter((one) => one.seen.result === 'no-such-name')
  if (!exists && noSuchName.length > 0 && noSuchName.length === own.length) {
    found.push(
      draft('mail-domain-not-found', {
        path: 'discovery',
        // A URL that is known already may work for a mail domain that this resolver does not know.
        severity: view.urlKnown ? 'warning' : 'error',
        host: domain,
        steps: stepsOf(noSuchName),
        facts: { domain },
      }),
    )
  }
  const unanswered = own.filter((one) => silent.includes(one.seen.result))
  const names = unanswered.filter((one) => ['address', 'A', 'AAAA', 'MX'].includes(one.seen.type))
  if (!exists && names[0] !== undefined && noSuchName.length === 0) {
    found.push(unansweredDraft(view, 'discovery', domain, names))
  }
  const host = view.autodiscoverHost
  const asked = dns.filter((one) => one.seen.name === host && ['address', 'A', 'AAAA', 'CNAME'].includes(one.seen.type))
  const unheard = asked.filter((one) => silent.includes(one.seen.result))
  // A domain that exists and an Autodiscover that the resolver says nothing about: whether it is published is not known.
  if (host !== null && exists && !view.urlKnown && unheard.length > 0 && unheard.length === asked.length) {
    found.push(unansweredDraft(view, 'discovery', host, unheard))
  }
  // A name may well exist without a CNAME: only a question for its address, or NXDOMAIN, proves that it is missing.
  const proof = asked.some((one) => one.seen.type !== 'CNAME' || one.seen.result === 'no-such-name')
  const reached = all(view.evidence.steps, 'connection').some(
    (one) => one.seen.host === host && one.seen.address !== null,
  )
  if (host !== null && proof && !reached && exists && asked.every((one) => absent.includes(one.seen.result))) {
    found.push(
      draft('autodiscover-record-missing', {
        path: 'discovery',
        severity: view.urlKnown ? 'info' : 'warning',
        host,
        steps: stepsOf(asked),
        facts: { host, domain },
      }),
    )
  }
  return found
}

/**
 * Not one name has an address, not even those of the cloud: then "no such name" for the mail domain may come from a resolver that
 * knows nothing, as without a network. A closed network with a mistyped domain looks the same, so this stands beside it.
 */
function nothingResolved(view: View): Draft[] {
  const dns = all(view.evidence.steps, 'dns').filter((one) => one.seen.result !== 'cancelled')
  const cloud = clouds[view.evidence.input.cloud]
  const known = dns.filter((one) => one.seen.name === cloud.ewsHost || one.seen.name === cloud.authorityHost)
  const connected = all(view.evidence.steps, 'connection').some((one) => one.seen.result === 'open')
  if (known.length === 0 || connected || dns.some((one) => !absent.includes(one.seen.result))) return []
  return [
    draft('no-name-resolved', { path: 'discovery', steps: stepsOf(known), facts: { name: known[0]?.seen.name ?? '' } }),
  ]
}

/** Decisive hosts without an address. */
function hostRules(view: View): Draft[] {
  return failedReaches(view).flatMap((reach): Draft[] => {
    if (reach.path === 'discovery' || !hasNoAddress(reach)) return []
    if (reach.dns.some((one) => silent.includes(one.result))) {
      return [
        unansweredDraft(
          view,
          reach.path,
          reach.host,
          reach.dns.map((seen) => ({ step: reach.step, seen })),
        ),
      ]
    }
    return [
      draft('ews-host-not-found', {
        path: reach.path,
        host: reach.host,
        steps: [reach.step.id],
        facts: { host: reach.host },
      }),
    ]
  })
}

function hasNoAddress(reach: Reach): boolean {
  if (reach.connections.some((one) => one.result !== 'no-address' && one.result !== 'cancelled')) return false
  if (reach.connections.some((one) => one.result === 'no-address')) return true
  const asked = reach.dns.filter((one) => ['address', 'A', 'AAAA'].includes(one.type))
  return asked.length > 0 && asked.every((one) => one.records.length === 0 && one.result !== 'cancelled')
}

function unansweredDraft(view: View, path: Path, name: string, asked: readonly { step: Step; seen: Dns }[]): Draft {
  const worst = asked.find((one) => silent.includes(one.seen.result))
  return draft('dns-not-answering', {
    path,
    severity: path === 'discovery' && view.urlKnown ? 'warning' : 'error',
    host: name,
    steps: stepsOf(asked),
    facts: { name, resolver: worst?.seen.resolver ?? null, code: worst?.seen.code ?? worst?.seen.result ?? null },
  })
}

/** An address family that does not work at a decisive host. */
function ipv6Rules(view: View): Draft[] {
  for (const { step } of all(view.evidence.steps, 'connection')) {
    const tried = step.observations.filter(
      (seen): seen is ObservationOf<'connection'> => seen.kind === 'connection' && seen.host === view.ewsHost,
    )
    const failed = tried.filter(
      (one) => one.family === 6 && ['refused', 'timed-out', 'unreachable', 'reset'].includes(one.result),
    )
    const six = failed[0]
    if (six === undefined) continue
    const four = tried.filter((one) => one.family === 4)
    const opened = tried.some((one) => one.result === 'open')
    const onlySix = four.length === 0 && !opened
    // A machine without IPv6 refuses at once and loses no time: worth nothing while IPv4 works.
    if (!onlySix && (!four.some((one) => one.result === 'open') || six.result === 'unreachable')) continue
    return [
      draft('ipv6-unreachable', {
        path: 'ews',
        severity: onlySix ? 'error' : 'warning',
        host: six.host,
        steps: [step.id],
        facts: { host: six.host, address: six.address, code: six.code ?? six.result },
      }),
    ]
  }
  return []
}

function srvRules(view: View): Draft[] {
  const { registrableDomain } = view.evidence.input
  for (const { step, seen } of all(view.evidence.steps, 'dns')) {
    if (seen.type !== 'SRV' || seen.records.length === 0) continue
    const targets = seen.records.map((record) => {
      const [, , port, target] = record.split(/\s+/)
      return { port: port ?? '', target: (target ?? '').replace(/\.$/, '').toLowerCase() }
    })
    const outside = targets.some((one) => registrableDomain !== null && !isWithin(registrableDomain, one.target))
    if (targets.length === 1 && targets[0]?.port === '443' && !outside) continue
    return [
      draft('srv-record-unusual', {
        path: 'discovery',
        steps: [step.id],
        facts: { name: seen.name, records: seen.records },
      }),
    ]
  }
  return []
}

function stepsOf(seen: readonly { step: Step }[]): string[] {
  return [...new Set(seen.map((one) => one.step.id))]
}
