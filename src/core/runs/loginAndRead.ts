/** One login at the EWS URL: who we are (ConvertId), then the mailbox (GetFolder), in the version that works. */
import { failureSummary, type Access, type Withheld } from './access.ts'
import { askAgain, isUnexplained, type Ask } from './again.ts'
import { observing } from './observing.ts'
import type { Run, StepContext, StepOutcome } from './run.ts'
import type { Login, LoginReply } from '../auth/login.ts'
import type { TrustedHost } from '../auth/trust.ts'
import type { LoginScheme } from '../evidence/logins.ts'
import type { Evidence, Observation, ObservationOf } from '../evidence/schema.ts'
import { readEwsAnswer, versionRefusals, type EwsAnswer } from '../ews/answer.ts'
import type { EndpointAnswer } from '../ews/endpoint.ts'
import { callEws, type EwsOperation } from '../ews/operations.ts'
import type { ServerVersion } from '../ews/products.ts'
import { diagnosticsOf, loginFacts } from './probes.ts'
import { header } from '../network/headers.ts'
import { hostOf, shownUrl } from '../network/url.ts'
import { automaticVersions, type EwsVersion } from '../settings/ewsVersions.ts'

/** The EWS URL of a test, asked without login already. */
export type Target = {
  url: URL
  source: Evidence['source']
  trusted: TrustedHost
  endpoint: EndpointAnswer
  typed: boolean
}

export type Outcome = {
  scheme: LoginScheme
  accepted: boolean
  ok: boolean
  version: EwsVersion | null
  server: ServerVersion | null
}

export type Attempt = {
  scheme: LoginScheme
  impersonate: boolean
  /** The user name that is sent; null: a token. */
  userName: string | null
  /** Why no login is made; null to go on. */
  before: (context: StepContext) => Promise<{ result: 'not-offered' | 'withheld'; reason: Withheld | null } | null>
  open: (context: StepContext) => Login
}

/** Calls of EWS in a mailbox whose login has just worked. */
export type OpenMailbox = {
  version: EwsVersion
  mailbox: string
  impersonate: boolean
  /** Sends one SOAP request on the login that is open; what it says is read, never thrown. */
  send(xml: string): Promise<{ answer: EwsAnswer; text: string; retryAfterMs: number | null }>
}

/**
 * Identity probe, then the mailbox, on one login; the version steps down where it may. `goOn` continues in the open mailbox, once
 * it has been read; the login ends after it.
 */
export async function loginAndRead(
  run: Run,
  access: Access,
  target: Target,
  mailbox: string,
  attempt: Attempt,
  goOn?: (open: OpenMailbox) => Promise<void>,
): Promise<Outcome> {
  const outcome: Outcome = { scheme: attempt.scheme, accepted: false, ok: false, version: null, server: null }
  const chosen = run.request.settings.ewsVersion
  const versions: readonly EwsVersion[] = chosen === null || chosen === 'auto' ? automaticVersions : [chosen]
  let login: Login | null = null
  let unexplained = false
  // The login lives across two steps, so it records into whichever is open.
  let record: (observation: Observation) => void = () => undefined
  const call = async (
    operation: EwsOperation,
    version: EwsVersion,
    as: { userAgent?: string; mailbox?: string } = {},
  ): Promise<{
    answer: EwsAnswer
    http: ObservationOf<'http'>
    reply: LoginReply
    facts: ReturnType<typeof loginFacts>
    diagnostics: string | null
  }> => {
    if (login === null) throw new Error('no login open')
    const { answer, reply } = await callEws({
      operation,
      url: target.url,
      login,
      version,
      mailbox: as.mailbox ?? mailbox,
      userAgent: as.userAgent ?? run.network.userAgent,
      impersonate: attempt.impersonate,
      record: (observation) => record(observation),
    })
    outcome.server = answer.server ?? outcome.server
    return {
      answer,
      http: reply.result.observation,
      reply,
      facts: loginFacts(login, reply),
      diagnostics: diagnosticsOf(reply.result),
    }
  }

  try {
    const working = await run.step(
      { name: 'login', target: attempt.scheme, phase: 'login' },
      async (context): Promise<StepOutcome<EwsVersion | null>> => {
        const seen = observing(context.record)
        record = seen.record
        const why = await attempt.before({ ...context, record })
        if (why !== null) {
          seen.record(
            why.result === 'withheld'
              ? withheldObservation(target.url, attempt.scheme, why.reason, target.endpoint)
              : notOffered(target, attempt.scheme),
          )
          return { value: null, state: 'failed', ...withheldWords(why, target, attempt.scheme) }
        }
        login = attempt.open({ ...context, signal: run.signal, record: (observation) => record(observation) })
        for (const version of versions) {
          const { answer, http, reply, facts, diagnostics } = await call('ConvertId', version)
          const unauthorized = http.status === 401
          const accepted =
            http.result === 'answer' &&
            reply.unproved !== true &&
            !unauthorized &&
            http.status !== 403 &&
            answer.result !== 'http-error'
          if (!outcome.accepted) {
            seen.record({
              kind: 'login',
              url: shownUrl(target.url),
              scheme: attempt.scheme,
              ...(attempt.userName === null ? {} : { user: attempt.userName }),
              result:
                http.result === 'cancelled'
                  ? 'cancelled'
                  : reply.unavailable === true
                    ? 'unavailable'
                    : http.result !== 'answer' || reply.unproved === true
                      ? 'no-answer'
                      : unauthorized
                        ? 'refused'
                        : 'accepted',
              reason: null,
              offered: target.endpoint.observation.offered,
              handshake: reply.handshake,
              ...facts,
              exchange: http.exchange,
              status: http.status,
              diagnostics,
            })
          }
          if (reply.refused && attempt.userName !== null && login.means === 'secret')
            access.budget.refused(attempt.userName)
          unexplained = isUnexplained(http, diagnostics)
          if (http.result !== 'answer')
            return { value: null, state: 'failed', ...failureSummary(seen.observations, hostOf(target.url), http) }
          if (reply.unavailable === true)
            return { value: null, state: 'failed', summary: 'login-unavailable', facts: { scheme: attempt.scheme } }
          if (reply.unproved === true)
            return { value: null, state: 'failed', summary: 'login-unproved', facts: { host: hostOf(target.url) } }
          if (unauthorized)
            return {
              value: null,
              state: 'failed',
              summary: 'login-refused',
              facts: { scheme: attempt.scheme, status: 401 },
            }
          outcome.accepted = accepted
          if (refusesVersion(answer)) continue
          // An error about the mailbox is the next step's to tell: who we are was accepted.
          if (speaksEws(answer)) {
            return { value: version, state: 'passed', ...acceptedWords(attempt.scheme, facts) }
          }
          return {
            value: null,
            state: 'failed',
            summary: answer.result === 'not-soap' ? 'soap-not-soap' : 'http-status',
            facts: { status: http.status ?? 0 },
          }
        }
        return { value: null, state: 'failed', summary: 'version-none', facts: {} }
      },
    )
    if (working === null) {
      const [version] = versions
      if (unexplained && version !== undefined) {
        const ask: Ask = (operation, as) => call(operation, version, as)
        await askAgain(run, { scheme: attempt.scheme, ask, into: (next) => (record = next) })
      }
      if (outcome.accepted && typeof chosen === 'string' && chosen !== 'auto')
        outcome.version = await highestVersion(run, chosen, call, (next) => (record = next))
      return outcome
    }
    await run.step(
      { name: 'mailbox', target: attempt.scheme, phase: 'mailbox' },
      async (context): Promise<StepOutcome<null>> => {
        record = context.record
        const { answer, http } = await call('GetFolder', working)
        outcome.ok = answer.result === 'success'
        outcome.version = working
        if (outcome.ok)
          return {
            value: null,
            state: 'passed',
            summary: 'mailbox-read',
            facts: { address: mailbox, version: working },
          }
        const facts = { code: answer.responseCode ?? '', status: http.status ?? 0 }
        if (http.result !== 'answer')
          return { value: null, state: 'failed', ...failureSummary([], hostOf(target.url), http) }
        return {
          value: null,
          state: 'failed',
          summary:
            answer.result === 'http-error'
              ? 'http-status'
              : answer.result === 'not-soap'
                ? 'soap-not-soap'
                : 'soap-error',
          facts,
        }
      },
    )
    if (outcome.ok && goOn !== undefined) {
      // A transfer makes thousands of calls: they are told by its own events, not kept as evidence.
      record = () => undefined
      await goOn({
        version: working,
        mailbox,
        impersonate: attempt.impersonate,
        send: async (xml) => {
          if (login === null) throw new Error('no login open')
          const { result } = await login.send({
            method: 'POST',
            url: target.url,
            headers: {
              'content-type': 'text/xml; charset=utf-8',
              ...(attempt.impersonate ? { 'x-anchormailbox': mailbox } : {}),
            },
            body: xml,
          })
          const answered = result.kind === 'answer'
          return {
            answer: readEwsAnswer(result),
            text: answered ? result.text : '',
            retryAfterMs: answered ? retryAfterOf(header(result.headers, 'retry-after')) : null,
          }
        },
      })
    }
    return outcome
  } finally {
    ;(login as Login | null)?.close()
  }
}

/** Seconds of a Retry-After header as ms; a date, or anything else, is no hint that is followed. */
function retryAfterOf(value: string | null): number | null {
  return value !== null && /^\d{1,6}$/.test(value.trim()) ? Number(value.trim()) * 1_000 : null
}

/** Which version would work, when the chosen one does not (row A5). The login is accepted, so this spends no refusal. */
async function highestVersion(
  run: Run,
  refused: EwsVersion,
  call: (operation: EwsOperation, version: EwsVersion) => Promise<{ answer: EwsAnswer; http: ObservationOf<'http'> }>,
  into: (record: (observation: Observation) => void) => void,
): Promise<EwsVersion | null> {
  return run.step(
    { name: 'version', phase: 'mailbox' },
    async ({ record }): Promise<StepOutcome<EwsVersion | null>> => {
      into(record)
      for (const version of automaticVersions) {
        if (version === refused) continue
        const { answer, http } = await call('ConvertId', version)
        if (http.result !== 'answer' || http.status === 401) break
        // ConvertId complains about its nonsense ID; that too is an answer in this version.
        if (speaksEws(answer) && !refusesVersion(answer))
          return { value: version, state: 'passed', summary: 'version-found', facts: { version } }
      }
      return { value: null, state: 'failed', summary: 'version-none' }
    },
  )
}

function refusesVersion(answer: EwsAnswer): boolean {
  return answer.responseCode !== null && versionRefusals.has(answer.responseCode)
}

/** True when EWS itself answered, whatever it said. */
function speaksEws(answer: EwsAnswer): boolean {
  return answer.result === 'success' || answer.result === 'error' || answer.result === 'fault'
}

export function withheldObservation(
  url: URL,
  scheme: LoginScheme,
  reason: Withheld | null,
  endpoint: EndpointAnswer | null,
): ObservationOf<'login'> {
  return {
    kind: 'login',
    url: shownUrl(url),
    scheme,
    result: 'withheld',
    reason,
    offered: endpoint?.observation.offered ?? [],
    handshake: null,
    exchange: endpoint?.observation.exchange ?? 'none',
    status: endpoint?.observation.status ?? null,
    diagnostics: null,
  }
}

function notOffered(target: Target, scheme: LoginScheme): ObservationOf<'login'> {
  return { ...withheldObservation(target.url, scheme, null, target.endpoint), result: 'not-offered' }
}

function acceptedWords(
  scheme: LoginScheme,
  { session, principal }: ReturnType<typeof loginFacts>,
): Pick<StepOutcome<null>, 'summary' | 'facts'> {
  return session === true
    ? { summary: 'login-by-ticket', facts: { scheme, principal: principal ?? '' } }
    : { summary: 'login-accepted', facts: { scheme } }
}

function withheldWords(
  why: { result: 'not-offered' | 'withheld'; reason: Withheld | null },
  target: Target,
  scheme: LoginScheme,
): Pick<StepOutcome<null>, 'summary' | 'facts'> {
  if (why.result === 'not-offered')
    return { summary: 'login-not-offered', facts: { scheme, offered: target.endpoint.observation.offered } }
  return why.reason === 'no-credentials'
    ? { summary: 'login-no-credentials', facts: {} }
    : { summary: 'login-withheld', facts: { host: hostOf(target.url) } }
}
