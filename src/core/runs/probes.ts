/** One Autodiscover question each, as a step: asks, reads, records, and says in one line what came. */
import type { Access } from './access.ts'
import { failureSummary, trustOf } from './access.ts'
import { observing } from './observing.ts'
import type { Run, StepOutcome } from './run.ts'
import type { StepName, SummaryId } from './summaries.ts'
import { assertNever } from '../assertNever.ts'
import type { Login, LoginReply } from '../auth/login.ts'
import { autodiscoverObservation, type AutodiscoverAnswer } from '../autodiscover/answer.ts'
import { jsonUrl, readJsonAnswer } from '../autodiscover/json.ts'
import { poxHeaders, poxRequest, poxUrl, readPoxAnswer } from '../autodiscover/pox.ts'
import { readSoapAnswer, soapHeaders, soapRequest, soapUrl } from '../autodiscover/soap.ts'
import { readStatus } from '../autodiscover/status.ts'
import type { Facts, Observation, ObservationOf } from '../evidence/schema.ts'
import { header, redactedUrl } from '../network/headers.ts'
import type { HttpResult, Session } from '../network/http.ts'
import type { Recorder } from '../network/network.ts'
import { hostOf, parseUrl, shownUrl } from '../network/url.ts'
import type { DiscoverySource } from '../settings/settings.ts'

export type Probe = {
  origin: URL
  address: string
  source: DiscoverySource
  group: AbortSignal
  jsonAt?: URL
  /** The connection to ask over; else one of its own. */
  session?: Session
}

/** Anonymous Autodiscover v2. */
export function probeJson(run: Run, o: Probe): Promise<AutodiscoverAnswer | null> {
  const url = o.jsonAt ?? jsonUrl(o.origin, o.address)
  return anonymous(run, 'json', o, url, (result) => readJsonAnswer(result))
}

/** Anonymous GET of autodiscover.xml: 401 of Exchange is the good answer. */
export function probeCapabilities(run: Run, o: Probe): Promise<AutodiscoverAnswer | null> {
  return anonymous(run, 'capabilities', o, poxUrl(o.origin), (result) =>
    result.kind === 'failed' ? { kind: 'no-answer' } : readStatus(result),
  )
}

async function anonymous(
  run: Run,
  name: Extract<StepName, 'json' | 'capabilities'>,
  o: Probe,
  url: URL,
  read: (result: HttpResult) => AutodiscoverAnswer,
): Promise<AutodiscoverAnswer | null> {
  return run.step(
    { name, target: targetOf(o.origin), phase: 'discovery' },
    async ({ signal, record }) => {
      const seen = observing(record)
      const request = {
        method: 'GET' as const,
        url,
        headers: { accept: name === 'json' ? 'application/json' : 'text/xml' },
      }
      const at = { signal, record: seen.record }
      const result = await (o.session?.request(request, at) ?? run.network.request(request, at))
      const said = read(result)
      // A web site leads its visitors about; only a redirect to an Autodiscover service says anything.
      const astray = said.kind === 'redirect-url' && !leadsToAutodiscover(new URL(said.to))
      const answer: AutodiscoverAnswer = astray
        ? { kind: 'not-autodiscover', status: result.observation.status ?? 0 }
        : said
      seen.record(autodiscoverObservation({ source: o.source, url, address: o.address, answer }))
      return { value: answer, ...outcomeOf(answer, hostOf(url), result, seen.observations) }
    },
    o.group,
  )
}

/** GET over http for its redirect (MS-OXDISCO 3.1.5.4): never credentials, and only 301 and 302 count. */
export function probeRedirect(
  run: Run,
  o: { host: string; access: Access; group: AbortSignal; address: string },
): Promise<AutodiscoverAnswer | null> {
  const url = new URL(`http://${o.host}/autodiscover/autodiscover.xml`)
  return run.step(
    { name: 'redirect', target: o.host, phase: 'discovery' },
    async ({ signal, record }): Promise<StepOutcome<AutodiscoverAnswer>> => {
      const seen = observing(record)
      const result = await run.network.request({ method: 'GET', url }, { signal, record: seen.record })
      const location =
        result.kind === 'answer' && (result.status === 301 || result.status === 302)
          ? header(result.headers, 'location')
          : null
      const named = location === null ? null : parseUrl(location, url.href)
      const target = named !== null && leadsToAutodiscover(named) ? named : null
      const answer: AutodiscoverAnswer =
        result.kind === 'failed'
          ? { kind: 'no-answer' }
          : target === null
            ? { kind: 'not-autodiscover', status: result.status }
            : { kind: 'redirect-url', to: target.href }
      seen.record(autodiscoverObservation({ source: 'redirect', url, address: o.address, answer }))
      if (result.kind === 'failed')
        return { value: answer, state: 'no-answer', ...failureSummary(seen.observations, o.host, result.observation) }
      if (target === null)
        return { value: answer, state: 'no-answer', summary: 'redirect-none', facts: { status: result.status } }
      const trusted = trustOf({ access: o.access, url: target, namedBy: url.href, source: null, record: seen.record })
      const facts = { to: redactedUrl(target.href), host: hostOf(target) }
      if (target.protocol !== 'https:')
        return {
          value: { kind: 'not-autodiscover', status: result.status },
          state: 'warning',
          summary: 'redirect-insecure',
          facts,
        }
      return {
        value: answer,
        state: trusted === null ? 'warning' : 'passed',
        summary: trusted === null ? 'host-not-trusted' : 'autodiscover-redirects',
        facts,
      }
    },
    o.group,
  )
}

/** A redirect counts when it names an Autodiscover service; a parked domain or a web site sends everybody somewhere. */
function leadsToAutodiscover(url: URL): boolean {
  return /\/autodiscover/i.test(url.pathname)
}

/** Asks with a login, SOAP or POX. `refused`: the password was definitely not accepted. */
export async function probeWithLogin(
  run: Run,
  protocol: 'soap' | 'pox',
  o: {
    origin: URL
    address: string
    login: (record: Recorder, signal: AbortSignal) => Login
    access: Access
    offered: readonly string[]
  },
): Promise<{ answer: AutodiscoverAnswer; refused: boolean } | null> {
  const url = protocol === 'soap' ? soapUrl(o.origin) : poxUrl(o.origin)
  return run.step(
    { name: protocol, target: targetOf(o.origin), phase: 'discovery' },
    async ({ signal, record }): Promise<StepOutcome<{ answer: AutodiscoverAnswer; refused: boolean }>> => {
      const seen = observing(record)
      const login = o.login(seen.record, signal)
      try {
        const reply = await login.send({
          method: 'POST',
          url,
          headers: protocol === 'soap' ? soapHeaders : poxHeaders,
          body: protocol === 'soap' ? soapRequest(url, o.address) : poxRequest(o.address),
        })
        const read = protocol === 'soap' ? readSoapAnswer(reply.result) : readPoxAnswer(reply.result)
        // Exchange wanted this login and then showed something else: that is no "not here", that is an answer nobody can read.
        const answer: AutodiscoverAnswer =
          read.kind === 'not-autodiscover' && read.status === 200 ? { kind: 'unreadable' } : read
        const http = reply.result.observation
        seen.record({
          kind: 'login',
          url: shownUrl(url),
          scheme: login.scheme,
          ...(login.scheme === 'oauth' || login.means === 'session' ? {} : { user: o.access.account }),
          ...loginFacts(login, reply),
          result: reply.refused
            ? 'refused'
            : reply.unavailable === true
              ? 'unavailable'
              : reply.result.kind === 'failed'
                ? http.result === 'cancelled'
                  ? 'cancelled'
                  : 'no-answer'
                : http.status === 401
                  ? 'refused'
                  : 'accepted',
          reason: null,
          offered: [...o.offered],
          handshake: reply.handshake,
          exchange: http.exchange,
          status: http.status,
          diagnostics: diagnosticsOf(reply.result),
        })
        if (reply.refused && login.scheme !== 'oauth' && login.means === 'secret')
          o.access.budget.refused(o.access.account)
        seen.record(autodiscoverObservation({ source: protocol, url, address: o.address, answer }))
        const value = { answer, refused: reply.refused }
        if (reply.unavailable === true)
          return { value, state: 'warning', summary: 'login-unavailable', facts: { scheme: login.scheme } }
        if (reply.unproved === true)
          return { value, state: 'warning', summary: 'login-unproved', facts: { host: hostOf(url) } }
        if (http.status === 401)
          return { value, state: 'failed', summary: 'login-refused', facts: { scheme: login.scheme, status: 401 } }
        return { value, ...outcomeOf(answer, hostOf(url), reply.result, seen.observations) }
      } finally {
        login.close()
      }
    },
  )
}

/** What evidence says about a login beside its outcome: a ticket's instead of a password, and whose. */
export function loginFacts(login: Login, reply: LoginReply): Pick<ObservationOf<'login'>, 'session' | 'principal'> {
  if (login.means !== 'session') return {}
  return { session: true, ...(reply.principal ? { principal: reply.principal } : {}) }
}

/** `x-ms-diagnostics` code of an answer. */
export function diagnosticsOf(result: HttpResult): string | null {
  return /^\s*(\d{4,9})\b/.exec(result.observation.headers['x-ms-diagnostics'] ?? '')?.[1] ?? null
}

/** Host, and port where it is not the usual one. */
export function targetOf(origin: URL): string {
  return origin.host
}

/** A candidate that lost is normal and neutral: three of four lookups fail on healthy networks. */
function outcomeOf(
  answer: AutodiscoverAnswer,
  host: string,
  result: HttpResult,
  observations: readonly Observation[],
): { state: 'passed' | 'warning' | 'no-answer'; summary: SummaryId; facts: Facts } {
  const quiet = (summary: SummaryId, facts: Facts): { state: 'no-answer'; summary: SummaryId; facts: Facts } => ({
    state: 'no-answer',
    summary,
    facts,
  })
  switch (answer.kind) {
    case 'url':
      return { state: 'passed', summary: 'autodiscover-url', facts: { ewsUrl: answer.ewsUrl } }
    case 'needs-login':
      return { state: 'passed', summary: 'autodiscover-needs-login', facts: { offered: [...answer.offered] } }
    case 'redirect-url':
      return { state: 'passed', summary: 'autodiscover-redirects', facts: { to: redactedUrl(answer.to) } }
    case 'redirect-address':
      return { state: 'passed', summary: 'autodiscover-redirects-address', facts: { to: answer.to } }
    case 'no-url':
      return { state: 'warning', summary: 'autodiscover-no-url', facts: {} }
    case 'error':
      // Without a login an error code only says that this host does not serve the address.
      return {
        state: answer.level === null ? 'no-answer' : 'warning',
        summary: 'autodiscover-error',
        facts: { code: answer.code },
      }
    case 'foreign-login':
      return quiet('autodiscover-foreign-login', { host })
    case 'not-autodiscover':
      return quiet('autodiscover-not-here', { status: answer.status })
    case 'unreadable':
      return { state: 'warning', summary: 'autodiscover-unreadable', facts: {} }
    case 'unsafe':
      return { state: 'warning', summary: 'autodiscover-unsafe', facts: {} }
    case 'no-answer':
      return { state: 'no-answer', ...failureSummary(observations, host, result.observation) }
    default:
      return assertNever(answer)
  }
}
