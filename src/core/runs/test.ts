/**
 * [Verbindung testen], row A8: logs in once over EWS and reads the mailbox. OAuth first; user name and password only when OAuth did
 * not work, a password is there, the fallback is on, and the server is not Exchange Online.
 */
import {
  askConsent,
  createAccess,
  failureSummary,
  isExchangeOnline,
  originOf,
  trustOf,
  type Access,
  type Withheld,
} from './access.ts'
import { discover, discoveryPlan } from './discovery.ts'
import { endpointSummary } from './endpointSummary.ts'
import { diagnosticsOf } from './probes.ts'
import type { Run, StepContext, StepOutcome, Verdict } from './run.ts'
import { askTenant } from './tenant.ts'
import type { Login } from '../auth/login.ts'
import { loadOAuth } from '../auth/oauth.ts'
import type { TrustedHost } from '../auth/trust.ts'
import type { Evidence, LoginScheme, Observation, ObservationOf } from '../evidence/schema.ts'
import { versionRefusals, type EwsAnswer } from '../ews/answer.ts'
import { askEndpoint, offersBearer, type EndpointAnswer } from '../ews/endpoint.ts'
import { callEws, loadEws, type EwsOperation } from '../ews/operations.ts'
import { serverFacts, type ServerVersion } from '../ews/products.ts'
import { hostOf, shownUrl } from '../network/url.ts'
import { automaticVersions, type EwsVersion } from '../settings/ewsVersions.ts'

type Target = { url: URL; source: Evidence['source']; trusted: TrustedHost; endpoint: EndpointAnswer; typed: boolean }

export async function test(run: Run): Promise<Verdict> {
  const access = createAccess(run)
  const { checked } = run
  const mailbox = checked.mail?.address ?? ''
  void loadEws().catch(() => undefined)
  if (access.oauth) void loadOAuth().catch(() => undefined)
  run.plan([
    ...(checked.ewsUrl === ''
      ? discoveryPlan(run, access)
      : [{ name: 'endpoint' as const, target: new URL(checked.ewsUrl).host, phase: 'transport' as const }]),
    ...(access.oauth ? [{ name: 'token' as const, target: access.cloud.authorityHost, phase: 'token' as const }] : []),
  ])
  const found: Verdict = { ok: false, ewsUrl: null, source: null, auth: null, ewsVersion: null, server: null }

  // The token does not depend on the EWS host, so both are asked at once.
  const token = checked.ewsUrl === '' ? null : access.token()
  const tenant =
    checked.ewsUrl !== '' && access.oauth && checked.mail !== null ? askTenant(run, access, checked.mail.domain) : null
  const target =
    checked.ewsUrl === '' ? await locateFirst(run, access) : await typedTarget(run, access, new URL(checked.ewsUrl))
  await Promise.all([token, tenant])
  if (target === null) return { ...found, ewsUrl: checked.ewsUrl === '' ? null : checked.ewsUrl }

  found.ewsUrl = target.url.href
  found.source = target.source
  found.server = target.endpoint.server === null ? null : serverFacts(target.endpoint.server)
  for (const scheme of ['oauth', 'password'] as const) {
    if (run.signal.aborted) break
    const outcome =
      scheme === 'oauth'
        ? await tryOAuth(run, access, target, mailbox)
        : await tryPassword(run, access, target, mailbox)
    if (outcome === null) continue
    if (outcome.server !== null) found.server = serverFacts(outcome.server)
    if (outcome.version !== null) found.ewsVersion = outcome.version
    if (outcome.accepted) found.auth = outcome.scheme
    if (outcome.ok) return { ...found, ok: true }
    // The login worked and the mailbox did not: another login would not change that.
    if (outcome.accepted && outcome.scheme !== 'oauth') break
  }
  return found
}

async function locateFirst(run: Run, access: Access): Promise<Target | null> {
  const located = await discover(run, access)
  return located === null
    ? null
    : {
        url: located.ewsUrl,
        source: located.source,
        trusted: located.trusted,
        endpoint: located.endpoint,
        typed: false,
      }
}

/** The typed or stored URL: trusted because a person or a test here named it, else only with consent. */
async function typedTarget(run: Run, access: Access, url: URL): Promise<Target | null> {
  const origin = run.request.settings.ewsUrlOrigin
  const typed = origin === 'typed' || origin === 'none' || origin === 'proven'
  const consented =
    access.trust.judge(url, { by: origin, source: null }).kind === 'needs-consent'
      ? await askConsent(run, access, { url, namedBy: origin })
      : null
  const target = await run.step(
    { name: 'endpoint', target: url.host, phase: 'transport' },
    async ({ signal, record }): Promise<StepOutcome<Target | null>> => {
      const seen = observer(record)
      const trusted = consented ?? trustOf({ access, url, namedBy: origin, source: null, record: seen.record })
      if (trusted === null) {
        seen.record(withheldObservation(url, 'ntlm', 'host-not-trusted', null))
        return { value: null, state: 'failed', summary: 'host-not-trusted', facts: { host: hostOf(url) } }
      }
      const endpoint = await askEndpoint({ url, typed, network: run.network, signal, record: seen.record })
      const { result } = endpoint.observation
      const good = result === 'wants-login' || result === 'open'
      const words =
        result === 'no-answer'
          ? failureSummary(seen.observations, hostOf(url), endpoint.http.observation)
          : endpointSummary(endpoint.observation)
      return {
        value: good ? { url, source: 'manual', trusted, endpoint, typed } : null,
        state: good ? 'passed' : 'failed',
        ...words,
      }
    },
  )
  if (target === null) return null
  const { ewsUrlSource } = run.request.settings
  return { ...target, source: origin === 'found' || origin === 'proven' ? (ewsUrlSource ?? 'manual') : 'manual' }
}

type Outcome = {
  scheme: LoginScheme
  accepted: boolean
  ok: boolean
  version: EwsVersion | null
  server: ServerVersion | null
}

async function tryOAuth(run: Run, access: Access, target: Target, mailbox: string): Promise<Outcome | null> {
  if (!access.oauth) return null
  const token = await access.token()
  if (token === null || token.kind === 'failed') {
    skipLogin(run, 'oauth')
    return null
  }
  return loginAndRead(run, access, target, mailbox, {
    scheme: 'oauth',
    impersonate: true,
    async before({ signal, record }) {
      const { offered } = target.endpoint.observation
      if (offered.includes('bearer') || isExchangeOnline(target.url) || target.endpoint.observation.result === 'open')
        return null
      // Not offered in the challenge: the empty Bearer asks once more without giving the token away.
      return (await offersBearer({ url: target.url, network: run.network, signal, record }))
        ? null
        : { result: 'not-offered', reason: null }
    },
    open: ({ signal, record }) =>
      access.openBearer({ token: token.token, origin: originOf(target.url), trusted: target.trusted, signal, record }),
  })
}

async function tryPassword(run: Run, access: Access, target: Target, mailbox: string): Promise<Outcome | null> {
  const { offered } = target.endpoint.observation
  const scheme = access.passwordSchemes(offered)[0]
  const wanted =
    scheme ??
    (run.request.settings.auth === 'basic' || run.request.settings.auth === 'negotiate'
      ? run.request.settings.auth
      : 'ntlm')
  const { password } = access
  if (access.passwordWithheld === 'fallback-off' || (access.passwordWithheld === 'no-credentials' && access.oauth))
    return null
  return loginAndRead(run, access, target, mailbox, {
    scheme: wanted,
    impersonate: false,
    async before() {
      if (isExchangeOnline(target.url))
        return { result: 'withheld', reason: password === null ? 'no-credentials' : 'cloud-has-no-passwords' }
      if (password === null) return { result: 'withheld', reason: 'no-credentials' }
      if (!access.budget.mayTry(access.account)) return { result: 'withheld', reason: 'budget-spent' }
      if (scheme === undefined) return { result: 'not-offered', reason: null }
      return null
    },
    open: ({ signal, record }) => {
      if (password === null || scheme === undefined) throw new Error('checked before')
      return access.openPassword({
        scheme,
        origin: originOf(target.url),
        trusted: target.trusted,
        password,
        signal,
        record,
      })
    },
  })
}

type Attempt = {
  scheme: LoginScheme
  impersonate: boolean
  /** Why no login is made; null to go on. */
  before: (context: StepContext) => Promise<{ result: 'not-offered' | 'withheld'; reason: Withheld | null } | null>
  open: (context: StepContext) => Login
}

/** Identity probe, then the mailbox, on one login; the version steps down where it may. */
async function loginAndRead(
  run: Run,
  access: Access,
  target: Target,
  mailbox: string,
  attempt: Attempt,
): Promise<Outcome> {
  const outcome: Outcome = { scheme: attempt.scheme, accepted: false, ok: false, version: null, server: null }
  const chosen = run.request.settings.ewsVersion
  const versions: readonly EwsVersion[] = chosen === null || chosen === 'auto' ? automaticVersions : [chosen]
  let login: Login | null = null
  // The login lives across two steps, so it records into whichever is open.
  let record: (observation: Observation) => void = () => undefined
  const call = async (
    operation: EwsOperation,
    version: EwsVersion,
  ): Promise<{
    answer: EwsAnswer
    http: ObservationOf<'http'>
    refused: boolean
    handshake: ObservationOf<'login'>['handshake']
    diagnostics: string | null
  }> => {
    if (login === null) throw new Error('no login open')
    const { answer, reply } = await callEws({
      operation,
      url: target.url,
      login,
      version,
      mailbox,
      impersonate: attempt.impersonate,
      record: (observation) => record(observation),
    })
    outcome.server = answer.server ?? outcome.server
    return {
      answer,
      http: reply.result.observation,
      refused: reply.refused,
      handshake: reply.handshake,
      diagnostics: diagnosticsOf(reply.result),
    }
  }

  try {
    const working = await run.step(
      { name: 'login', target: attempt.scheme, phase: 'login' },
      async (context): Promise<StepOutcome<EwsVersion | null>> => {
        const seen = observer(context.record)
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
          const { answer, http, refused, handshake, diagnostics } = await call('ConvertId', version)
          const unauthorized = http.status === 401
          const accepted =
            http.result === 'answer' && !unauthorized && http.status !== 403 && answer.result !== 'http-error'
          if (!outcome.accepted) {
            seen.record({
              kind: 'login',
              url: shownUrl(target.url),
              scheme: attempt.scheme,
              result:
                http.result === 'cancelled'
                  ? 'cancelled'
                  : http.result !== 'answer'
                    ? 'no-answer'
                    : unauthorized
                      ? 'refused'
                      : 'accepted',
              reason: null,
              offered: target.endpoint.observation.offered,
              handshake,
              exchange: http.exchange,
              status: http.status,
              diagnostics,
            })
          }
          if (refused && attempt.scheme !== 'oauth') access.budget.refused(access.account)
          if (http.result !== 'answer')
            return { value: null, state: 'failed', ...failureSummary(seen.observations, hostOf(target.url), http) }
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
            return { value: version, state: 'passed', summary: 'login-accepted', facts: { scheme: attempt.scheme } }
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
    return outcome
  } finally {
    ;(login as Login | null)?.close()
  }
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

function skipLogin(run: Run, scheme: LoginScheme): void {
  run.skip({ name: 'login', target: scheme, phase: 'login' }, 'not-reached')
}

function withheldObservation(
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

function withheldWords(
  why: { result: 'not-offered' | 'withheld'; reason: Withheld | null },
  target: Target,
  scheme: LoginScheme,
): Pick<StepOutcome<null>, 'summary' | 'facts'> {
  if (why.result === 'not-offered')
    return { summary: 'login-not-offered', facts: { scheme, offered: target.endpoint.observation.offered.join(', ') } }
  return why.reason === 'no-credentials'
    ? { summary: 'login-no-credentials', facts: {} }
    : { summary: 'login-withheld', facts: { host: hostOf(target.url) } }
}

function observer(record: (observation: Observation) => void): {
  record: (observation: Observation) => void
  observations: Observation[]
} {
  const observations: Observation[] = []
  return {
    observations,
    record(observation) {
      observations.push(observation)
      record(observation)
    },
  }
}
