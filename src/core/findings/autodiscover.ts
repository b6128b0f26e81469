/** Stage A: Autodiscover. A candidate that failed says nothing about the others. */
import type { ObservationOf, Step } from '../evidence/schema.ts'
import { cloudOfHost, clouds, isCloudHost } from '../settings/clouds.ts'
import { isInsideAddress } from './addresses.ts'
import type { FindingId } from './catalogue.ts'
import { draft, type Draft } from './draft.ts'
import type { Severity } from './finding.ts'
import { failedReaches } from './reach.ts'
import { all, candidateSteps, exchangeShown, hostOfUrl, pathOf, type Seen, type View } from './view.ts'

type Autodiscover = ObservationOf<'autodiscover'>

export function autodiscoverRules(view: View): Draft[] {
  return [
    ...answerRules(view),
    ...websiteRules(view),
    ...needsLogin(view),
    ...trustRules(view),
    ...sourcesRules(view),
    ...internalOnly(view),
    ...unsafeRules(view),
    ...cloudAlone(view),
    ...notPublished(view),
  ]
}

/** Codes by which Autodiscover says that it does not know the address. */
const unknownAddress = ['500', 'InvalidUser', 'InvalidDomain', 'NotFederated', 'UserNotFound', 'MailboxNotFound']
/** Codes of POX and SOAP for a service that runs and is not set up to answer. */
const misconfigured = ['501', '601', '602', '603', 'InternalServerError', 'SettingIsNotAvailable']

/** Codes by which Autodiscover says that what arrived was no request it understands, and faults. */
const refusedRequest = ['600', 'InvalidRequest', 'InvalidSetting', 'Fault']

/** What single sources said. The first of a kind stands for all. */
function answerRules(view: View): Draft[] {
  const severity: Severity = view.urlKnown ? 'info' : 'error'
  return all(view.evidence.steps, 'autodiscover').flatMap(({ step, seen }): Draft[] => {
    const facts = {
      host: seen.host,
      url: seen.url,
      email: seen.address,
      domain: view.evidence.input.domain,
      code: seen.errorCode,
      text: seen.message,
      redirect: seen.redirect,
    }
    const one = (id: FindingId, at: Severity): Draft[] => [
      draft(id, { path: 'discovery', host: seen.host, severity: at, steps: [step.id], facts }),
    ]
    switch (seen.result) {
      case 'error':
        if (seen.errorCode === null || !speaksForAddress(view, seen)) return []
        if (unknownAddress.includes(seen.errorCode)) return one('address-unknown-at-autodiscover', severity)
        if (refusedRequest.includes(seen.errorCode)) return one('autodiscover-request-refused', severity)
        if (seen.errorCode === 'ServerBusy') return [busy(view, step, seen)]
        // Where another source gave settings, the missing setting says nothing about the server.
        if (seen.errorCode === 'SettingIsNotAvailable' && gaveSettings(view)) return []
        return misconfigured.includes(seen.errorCode) ? one('autodiscover-misconfigured', severity) : []
      case 'no-url':
        return one('autodiscover-without-ews-url', severity)
      case 'loop':
        return one('autodiscover-redirect-loop', view.urlKnown ? 'warning' : 'error')
      case 'unsafe':
        return one('answer-refused-as-unsafe', 'warning')
      case 'unreadable':
        return one('answer-unreadable', 'warning')
      default:
        return []
    }
  })
}

function gaveSettings(view: View): boolean {
  return all(view.evidence.steps, 'autodiscover').some(({ seen }) => seen.result === 'url' || seen.result === 'no-url')
}

/** Autodiscover says that it has too much to do; the same as EWS says it. */
function busy(view: View, step: Step, seen: Autodiscover): Draft {
  const facts = {
    host: seen.host,
    url: seen.url,
    code: seen.errorCode,
    status: 200,
    seconds: null,
    location: null,
    requestId: null,
  }
  const severity = view.urlKnown ? 'info' : 'error'
  return draft('server-busy', { path: 'discovery', host: seen.host, severity, steps: [step.id], facts })
}

function unauthorized(view: View): Seen<'http'>[] {
  return all(candidateSteps(view), 'http').filter((one) => one.seen.result === 'answer' && one.seen.status === 401)
}

/** The web site of the mail domain wants a login of its own. */
function websiteRules(view: View): Draft[] {
  const domain = view.evidence.input.domain
  const asked = unauthorized(view)
  const own = asked.filter((one) => hostOfUrl(one.seen.url) === domain)
  const first = own[0]
  if (first === undefined || view.ewsHost === domain || own.some((one) => exchangeShown(one.seen) !== 'none')) return []
  const others = asked.filter((one) => hostOfUrl(one.seen.url) !== domain)
  if (others.length > 0 && !others.some((one) => exchangeShown(one.seen) === 'shown')) return []
  const steps = [...new Set(own.map((one) => one.step.id))]
  return [draft('root-website-wants-login', { path: 'discovery', host: domain, steps, facts: { host: domain } })]
}

/** Exchange is there and wants a login, and none could be made. */
function needsLogin(view: View): Draft[] {
  const { hasPassword, email } = view.evidence.input
  const tried = all(candidateSteps(view), 'login').some((one) => one.seen.result !== 'withheld')
  if (view.urlKnown || tried) return []
  const wanted = [
    ...all(view.evidence.steps, 'autodiscover').filter((one) => one.seen.result === 'needs-login'),
    ...all(candidateSteps(view), 'login').filter((one) => one.seen.reason === 'no-credentials'),
  ]
  const first = wanted[0]
  if (first === undefined) return []
  const host = first.seen.kind === 'login' ? hostOfUrl(first.seen.url) : first.seen.host
  const steps = [...new Set(wanted.map((one) => one.step.id))]
  if (hasPassword && host !== null && cloudOfHost(host) !== undefined) {
    const facts = {
      host,
      user: view.evidence.input.userName || email,
      scheme: 'basic',
      offered: [],
      code: null,
      status: 401,
    }
    return [draft('basic-is-off-in-exchange-online', { path: 'discovery', host, steps, facts })]
  }
  return [
    draft('autodiscover-needs-login', { path: 'discovery', host, severity: 'error', steps, facts: { host, email } }),
  ]
}

/** Hosts that may not receive credentials. */
function trustRules(view: View): Draft[] {
  const { domain, ewsUrl, ewsUrlOrigin } = view.evidence.input
  const imported = ewsUrlOrigin === 'imported' ? hostOfUrl(ewsUrl) : null
  const severity: Severity = view.works ? 'warning' : 'error'
  const found: Draft[] = []
  const add = (id: FindingId, step: Step, host: string, namedBy: string | null): void => {
    const path = pathOf(view, step)
    const onlyCandidate = path === 'discovery' && view.urlKnown
    const at = onlyCandidate ? 'warning' : severity
    found.push(draft(id, { path, host, severity: at, steps: [step.id], facts: { host, namedBy, domain } }))
  }
  const decisions = all(view.evidence.steps, 'trust')
  for (const { step, seen } of decisions) {
    const host = seen.host.toLowerCase()
    // A host is first a hint and may be consented to later in the same run.
    if (decisions.some((one) => one.seen.decision === 'trusted' && one.seen.host.toLowerCase() === host)) continue
    if (seen.decision === 'insecure') add('insecure-url-refused', step, host, seen.namedBy)
    if (seen.decision === 'declined' || seen.decision === 'no-consent') {
      add(host === imported ? 'host-needs-consent' : 'foreign-redirect-refused', step, host, seen.namedBy)
    }
  }
  for (const { step, seen } of all(view.evidence.steps, 'login')) {
    const host = hostOfUrl(seen.url)
    if (seen.result !== 'withheld' || host === null || found.some((one) => one.host === host)) continue
    if (seen.reason === 'host-not-trusted') {
      add(pathOf(view, step) === 'ews' ? 'host-needs-consent' : 'foreign-redirect-refused', step, host, seen.url)
    }
    if (seen.reason === 'insecure') add('insecure-url-refused', step, host, seen.url)
  }
  return found
}

/** Two sources, two EWS hosts. */
function sourcesRules(view: View): Draft[] {
  const urls = all(view.evidence.steps, 'autodiscover').flatMap(({ step, seen }) => {
    const host = seen.result === 'url' ? hostOfUrl(seen.ewsUrl) : null
    return host === null || !speaksForAddress(view, seen)
      ? []
      : [{ step, host, url: seen.ewsUrl ?? '', source: seen.host }]
  })
  const first = urls[0]
  const other = urls.find((one) => one.host !== first?.host)
  if (first === undefined || other === undefined) return []
  const online = urls.find((one) => cloudOfHost(one.host) !== undefined)
  const own = urls.find((one) => cloudOfHost(one.host) === undefined)
  const base = { path: 'discovery' as const }
  if (online !== undefined && own !== undefined) {
    const facts = { email: view.evidence.input.email, online: online.url, own: own.url }
    return [draft('hybrid-mailbox-location-unclear', { ...base, steps: [online.step.id, own.step.id], facts })]
  }
  const facts = { url: first.url, otherUrl: other.url, source: first.source, otherSource: other.source }
  return [draft('autodiscover-sources-disagree', { ...base, steps: [first.step.id, other.step.id], facts })]
}

/** The cloud's own v2 answers for any address: it counts only where the mail domain's MX points to that cloud too. */
function speaksForAddress(view: View, seen: Autodiscover): boolean {
  const cloud = cloudOfHost(seen.host)
  if (cloud === undefined || seen.source === 'soap' || seen.source === 'pox') return true
  const { domain } = view.evidence.input
  const mx = all(view.evidence.steps, 'dns').filter((one) => one.seen.type === 'MX' && one.seen.name === domain)
  return mx.some((one) =>
    one.seen.records.some((record) => {
      const host = (record.split(/\s+/).at(-1) ?? '').toLowerCase().replace(/\.$/, '')
      return clouds[cloud.name].mxSuffixes.some((suffix) => host.endsWith(`.${suffix}`))
    }),
  )
}

/** The delivered EWS host cannot be reached from here. */
function internalOnly(view: View): Draft[] {
  const named = all(view.evidence.steps, 'autodiscover').find(
    (one) => one.seen.result === 'url' && hostOfUrl(one.seen.ewsUrl) === view.ewsHost,
  )
  if (view.works || named === undefined || view.ewsHost === null) return []
  return failedReaches(view)
    .filter((reach) => reach.path === 'ews' && reach.host === view.ewsHost)
    .flatMap((reach): Draft[] => {
      const records = [
        ...reach.dns.flatMap((one) => one.records),
        // Where a mapping leads to says nothing about the name.
        ...reach.connections.flatMap((one) => (one.via === 'direct' ? (one.address ?? []) : [])),
      ]
      const absent =
        reach.dns.length > 0 && reach.dns.every((one) => ['no-such-name', 'no-records'].includes(one.result))
      const silent =
        reach.connections.length > 0 &&
        reach.connections.every((one) => ['timed-out', 'unreachable'].includes(one.result))
      if (!absent && !(silent && records.length > 0 && records.every(isInsideAddress))) return []
      const facts = { host: view.ewsHost, url: view.ewsUrl, source: named.seen.host, address: records[0] ?? null }
      return [
        draft('ews-url-internal-only', {
          path: 'ews',
          host: view.ewsHost,
          steps: [named.step.id, reach.step.id],
          facts,
        }),
      ]
    })
}

/** Answers that were too much to read. */
function unsafeRules(view: View): Draft[] {
  return all(view.evidence.steps, 'http').flatMap(({ step, seen }): Draft[] => {
    const reason = seen.result === 'too-large' ? 'size' : seen.body.unsafe
    if (reason === null) return []
    const path = pathOf(view, step)
    if (path === 'identity') return []
    const host = hostOfUrl(seen.url)
    const facts = { host, url: seen.url, reason, domain: view.evidence.input.domain }
    return [
      draft('answer-refused-as-unsafe', {
        path,
        host,
        severity: path === 'ews' ? 'error' : 'warning',
        steps: [step.id],
        facts,
      }),
    ]
  })
}

/** Every candidate ended without Autodiscover, and none of them was Exchange asking for a login. */
function notPublished(view: View): Draft[] {
  const { evidence } = view
  const domain = evidence.input.domain
  const steps = candidateSteps(view).filter((step) => step.state !== 'skipped')
  if (evidence.outcome !== 'fails' || view.urlKnown || domain === null || steps.length === 0) return []
  const said = all(evidence.steps, 'autodiscover').flatMap(({ seen }) =>
    seen.result === 'error' && !speaksForAddress(view, seen) ? [] : [seen.result],
  )
  // What could not be read may well be Autodiscover; only answers that are certainly none count.
  const telling = [
    'url',
    'no-url',
    'error',
    'needs-login',
    'redirect-address',
    'redirect-url',
    'loop',
    'unsafe',
    'unreadable',
  ]
  if (said.some((result) => telling.includes(result))) return []
  if (unauthorized(view).some((one) => exchangeShown(one.seen) !== 'none')) return []
  if (all(evidence.steps, 'login').some((one) => one.seen.result !== 'withheld')) return []
  if (all(evidence.steps, 'trust').some((one) => one.seen.decision !== 'trusted')) return []
  if (all(evidence.steps, 'connection').some((one) => one.seen.result.startsWith('proxy-'))) return []
  if (all(steps, 'http').some((one) => one.seen.status === 407)) return []
  // On the way that was not used they may answer.
  if (all(evidence.steps, 'path').some((one) => one.seen.result === 'open')) return []
  const broken = all(steps, 'http').some((one) => one.seen.status !== null && one.seen.status >= 500)
  const hidden = all(steps, 'tls').some(
    ({ seen }) => seen.host.toLowerCase() === view.autodiscoverHost && !['trusted', 'cancelled'].includes(seen.result),
  )
  const hosts = [...new Set(steps.flatMap((step) => step.target ?? []))]
  return [
    draft('autodiscover-not-published', {
      path: 'discovery',
      // What a host behind a bad certificate would have said is not known.
      confidence: broken || hidden ? 'likely' : 'observed',
      steps: steps.map((step) => step.id),
      facts: { domain, hosts, email: evidence.input.email, autodiscoverHost: view.autodiscoverHost },
    }),
  ]
}

/**
 * The URL rests on the cloud's own answer and on nothing else. Exchange Online answers for addresses that it does not know, so this is
 * no proof that the mailbox is there (knowledge 1.6, unverified in detail: at most possible).
 */
function cloudAlone(view: View): Draft[] {
  const { source, input, steps } = view.evidence
  if (
    source !== 'cloud' ||
    (input.tenantId !== '' && input.clientId !== '' && (input.hasClientSecret || input.hasClientCertificate === true))
  )
    return []
  const cloud = clouds[input.cloud]
  const points = all(steps, 'dns').some(
    ({ seen }) =>
      (seen.type === 'MX' &&
        seen.records.some((record) => cloud.mxSuffixes.some((suffix) => plain(record).endsWith(suffix)))) ||
      (seen.type === 'CNAME' && seen.records.some((record) => isCloudHost(cloud, plain(record)))),
  )
  const redirected = all(steps, 'autodiscover').some(({ seen }) => seen.result === 'redirect-address')
  if (points || redirected || view.evidence.auth !== null) return []
  const shown = all(steps, 'autodiscover').filter(({ seen }) => seen.result === 'url')
  return [
    draft('cloud-answer-alone', {
      path: 'discovery',
      severity: 'warning',
      steps: shown.map(({ step }) => step.id),
      facts: { host: cloud.ewsHost, domain: input.domain },
    }),
  ]
}

function plain(record: string): string {
  return record.toLowerCase().replace(/\.$/, '')
}
