/** Evidence as the rules look at it: the decisive host, the paths, and the answers of each path. Pure; nothing is judged here. */
import type { Evidence, Observation, ObservationOf, Step } from '../evidence/schema.ts'
import { hostOf, parseUrl } from '../network/url.ts'
import { cloudOfHost, cloudWith, exchangeApplicationId, type Cloud } from '../settings/clouds.ts'
import type { Path } from './draft.ts'

export type View = {
  evidence: Evidence
  cloud: Cloud
  /** The EWS URL of the run, or the one it tried to prove; null when none was known. */
  ewsUrl: string | null
  /** The decisive host of the EWS path. */
  ewsHost: string | null
  /** The decisive host is Exchange Online. */
  isOnline: boolean
  authorityHost: string
  /** The run ended with a URL, or began with one. */
  urlKnown: boolean
  works: boolean
  /** `autodiscover.<mail domain>`; null without a mail domain. */
  autodiscoverHost: string | null
}

/** Names of steps that ask Autodiscover candidates. */
export const candidateNames = ['json', 'capabilities', 'redirect', 'srv', 'soap', 'pox']

const ewsNames = ['endpoint', 'login', 'mailbox', 'version']

export function viewOf(evidence: Evidence): View {
  const cloud = cloudWith(evidence.input.cloud, evidence.input.authority ?? '')
  const typed = evidence.command === 'test' && evidence.input.ewsUrl !== '' ? evidence.input.ewsUrl : null
  const ewsUrl = evidence.ewsUrl ?? typed ?? triedUrl(evidence)
  const ewsHost = hostOfUrl(ewsUrl)
  const token = all(evidence.steps, 'token')[0]
  return {
    evidence,
    cloud,
    ewsUrl,
    ewsHost,
    isOnline: ewsHost !== null && cloudOfHost(ewsHost) !== undefined,
    authorityHost: token?.seen.authorityHost ?? cloud.authorityHost,
    urlKnown: ewsUrl !== null,
    works: evidence.outcome === 'works',
    autodiscoverHost: evidence.input.domain === null ? null : `autodiscover.${evidence.input.domain}`,
  }
}

/** The URL that a run asked last without being able to prove it. */
function triedUrl(evidence: Evidence): string | null {
  const asked = evidence.steps.flatMap((step) =>
    step.name === 'verify' || ewsNames.includes(step.name)
      ? step.observations.flatMap((seen) => urlOfEwsObservation(seen))
      : [],
  )
  const verify = evidence.steps.findLast((step) => step.name === 'verify' && step.target !== null)
  return asked.at(-1) ?? (verify?.target == null ? null : `https://${verify.target}/EWS/Exchange.asmx`)
}

function urlOfEwsObservation(seen: Observation): string[] {
  if (seen.kind === 'endpoint' || seen.kind === 'soap' || seen.kind === 'login' || seen.kind === 'http')
    return [seen.url]
  return []
}

/** Lower-case host of a URL, null where the text is none. */
export function hostOfUrl(text: string | null): string | null {
  if (text === null) return null
  const known = hosts.get(text)
  if (known !== undefined) return known
  const url = parseUrl(text)
  const host = url === null || url.hostname === '' ? null : hostOf(url)
  // Every rule asks for the hosts of the same few URLs; a host of each judgement is not worth keeping for the next ones.
  if (hosts.size >= mostHosts) hosts.clear()
  if (text.length <= longestKept) hosts.set(text, host)
  return host
}

const mostHosts = 200
const longestKept = 500
const hosts = new Map<string, string | null>()

/** The path that a step is on. A host that consent was asked for is on the path of the URL it stands in. */
export function pathOf(view: View, step: Step): Path {
  if (step.name === 'token') return 'identity'
  if (ewsNames.includes(step.name) || step.name === 'again') return 'ews'
  const target = step.target === null ? null : hostOfUrl(`https://${step.target}`)
  if (step.name === 'verify') return view.ewsHost === null || target === view.ewsHost ? 'ews' : 'discovery'
  const typed = view.evidence.command === 'test' && view.evidence.input.ewsUrl !== ''
  return step.name === 'consent' && typed && target === view.ewsHost ? 'ews' : 'discovery'
}

export type Seen<K extends Observation['kind']> = { step: Step; seen: ObservationOf<K> }

function isOf<K extends Observation['kind']>(seen: Observation, kind: K): seen is ObservationOf<K> {
  return seen.kind === kind
}

/** The observations of one kind in one step. */
export function inStep<K extends Observation['kind']>(step: Step, kind: K): ObservationOf<K>[] {
  return step.observations.filter((seen): seen is ObservationOf<K> => isOf(seen, kind))
}

/** The observations of one kind, with their steps, in order. */
export function all<K extends Observation['kind']>(steps: readonly Step[], kind: K): Seen<K>[] {
  return steps.flatMap((step) => inStep(step, kind).map((seen) => ({ step, seen })))
}

/** Steps of the EWS path, in order. Further samples of an answer that was judged already are no part of it. */
export function ewsSteps(view: View): Step[] {
  const known = stepsOfEws.get(view)
  if (known !== undefined) return known
  const steps = view.evidence.steps.filter((step) => step.name !== 'again' && pathOf(view, step) === 'ews')
  stepsOfEws.set(view, steps)
  return steps
}

/** Asked for by nearly every rule, and the same for all of them. */
const stepsOfEws = new WeakMap<View, Step[]>()

/** Steps of Autodiscover candidates, in order. */
export function candidateSteps(view: View): Step[] {
  return view.evidence.steps.filter((step) => candidateNames.includes(step.name))
}

/**
 * What shows that Exchange gave an answer: a header of its own or a Bearer challenge for its application ID; half a proof is
 * `request-id` alone.
 */
export function exchangeShown(answer: ObservationOf<'http'>): 'shown' | 'half' | 'none' {
  const named = answer.challenges.some(
    (one) => one.scheme.toLowerCase() === 'bearer' && one.parameters['client_id'] === exchangeApplicationId,
  )
  return named ? 'shown' : answer.exchange
}

/** `x-ms-diagnostics`, taken apart: `code;reason="…";error_category="…"`. */
export function diagnosticsOf(
  header: string | undefined,
): { code: string; reason: string | null; category: string | null } | null {
  if (header === undefined) return null
  const code = /^\s*(\d+)/.exec(header)?.[1]
  if (code === undefined) return null
  return {
    code,
    reason: /reason="([^"]*)"/i.exec(header)?.[1] ?? null,
    category: /error_category="([^"]*)"/i.exec(header)?.[1] ?? null,
  }
}

/** The server's time in ms since 1970 when an answer came, by its own clock; null without a `Date`. */
export function serverTime(view: View, step: Step, answer: ObservationOf<'http'>): number | null {
  if (answer.clockSkewMs === null) return null
  return Date.parse(view.evidence.startedAt) + step.startedMs + answer.clockSkewMs
}

/** The last answer over http in a step, preferring those that match. */
export function lastAnswer(
  step: Step,
  matches: (answer: ObservationOf<'http'>) => boolean = () => true,
): ObservationOf<'http'> | undefined {
  return inStep(step, 'http').findLast((seen) => seen.result === 'answer' && matches(seen))
}
