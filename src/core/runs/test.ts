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
  takesNoPassword,
  trustOf,
  type Access,
} from './access.ts'
import { discover, discoveryPlan } from './discovery.ts'
import { endpointSummary } from './endpointSummary.ts'
import {
  loginAndRead,
  withheldObservation,
  type Attempt,
  type OpenMailbox,
  type Outcome,
  type Target,
} from './loginAndRead.ts'
import { observing } from './observing.ts'
import type { Run, StepOutcome, StepSpec, Verdict } from './run.ts'
import { askOtherClouds, askTenant } from './tenant.ts'
import { loadOAuth } from '../auth/oauth.ts'
import { askEndpoint, offersBearer } from '../ews/endpoint.ts'
import { loadEws } from '../ews/operations.ts'
import { serverFacts } from '../ews/products.ts'
import { hostOf } from '../network/url.ts'

/** AADSTS90002. The tenant may be mistyped, or at home in another cloud. */
const tenantNotFound = 90002

/**
 * `prepared`: another command begins its run and goes on with this one; its token and its answer about the tenant are used. `then` goes on
 * in the mailbox once the test has worked; the time budget of the run ends there.
 */
export async function test(
  run: Run,
  { prepared, then }: { prepared?: Access; then?: (open: OpenMailbox) => Promise<void> } = {},
): Promise<Verdict> {
  const access = prepared ?? createAccess(run)
  const { checked } = run
  const goOn =
    then === undefined
      ? undefined
      : (open: OpenMailbox): Promise<void> => {
          run.releaseBudget()
          return then(open)
        }
  const mailbox = checked.mail?.address ?? ''
  void loadLibraries(access)
  const plan: StepSpec[] = [
    ...(checked.ewsUrl === ''
      ? discoveryPlan(run, access)
      : [{ name: 'endpoint' as const, target: new URL(checked.ewsUrl).host, phase: 'transport' as const }]),
    ...(access.oauth ? [{ name: 'token' as const, target: access.cloud.authorityHost, phase: 'token' as const }] : []),
  ]
  if (prepared === undefined) run.plan(plan)
  const found: Verdict = { ok: false, ewsUrl: null, source: null, auth: null, ewsVersion: null, server: null }

  // The token does not depend on the EWS host, so both are asked at once.
  const token = checked.ewsUrl === '' ? null : access.token()
  const tenant =
    prepared === undefined && checked.ewsUrl !== '' && access.oauth && checked.mail !== null
      ? askTenant(run, access, checked.mail.domain)
      : null
  const target =
    checked.ewsUrl === '' ? await locateFirst(run, access) : await typedTarget(run, access, new URL(checked.ewsUrl))
  await Promise.all([token, tenant])
  if (target === null) return { ...found, ewsUrl: checked.ewsUrl === '' ? null : checked.ewsUrl }

  found.ewsUrl = target.url.href
  found.source = target.source
  found.server = target.endpoint.server === null ? null : serverFacts(target.endpoint.server)
  const attempts = [
    () => tryOAuth(run, access, target, mailbox, goOn),
    () => tryPassword(run, access, target, mailbox, access.account, goOn),
    () => trySecondName(run, access, target, mailbox, goOn),
  ]
  for (const attempt of attempts) {
    if (run.signal.aborted) break
    const outcome = await attempt()
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

/** In the order in which they are needed: the token's request is on its way while the larger library loads. */
async function loadLibraries(access: Access): Promise<void> {
  try {
    if (access.oauth) await loadOAuth()
    await loadEws()
  } catch {
    // Whoever needs it meets the same failure, in a step of its own.
  }
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
export async function typedTarget(run: Run, access: Access, url: URL): Promise<Target | null> {
  const origin = run.request.settings.ewsUrlOrigin
  const typed = origin === 'typed' || origin === 'none' || origin === 'proven'
  const consented =
    access.trust.judge(url, { by: origin, source: null }).kind === 'needs-consent'
      ? await askConsent(run, access, { url, namedBy: origin })
      : null
  const target = await run.step(
    { name: 'endpoint', target: url.host, phase: 'transport' },
    async ({ signal, record }): Promise<StepOutcome<Target | null>> => {
      const seen = observing(record)
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

type GoOn = ((open: OpenMailbox) => Promise<void>) | undefined

export async function tryOAuth(
  run: Run,
  access: Access,
  target: Target,
  mailbox: string,
  goOn: GoOn,
): Promise<Outcome | null> {
  if (!access.oauth) return null
  const token = await access.token()
  if (token === null || token.kind === 'failed') {
    run.skip({ name: 'login', target: 'oauth', phase: 'login' }, 'not-reached')
    if (token?.observation.errorCodes.includes(tenantNotFound) === true) await askOtherClouds(run, access)
    return null
  }
  const attempt: Attempt = {
    scheme: 'oauth',
    impersonate: true,
    userName: null,
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
  }
  const outcome = await loginAndRead(run, access, target, mailbox, attempt, goOn)
  access.settleToken(token, outcome.ok)
  return outcome
}

/** The other form of the user name that the person asked for, once the first one was definitely refused. */
async function trySecondName(
  run: Run,
  access: Access,
  target: Target,
  mailbox: string,
  goOn: GoOn,
): Promise<Outcome | null> {
  const { userName } = run.checked.second
  if (userName === null || access.budget.mayTry(access.account)) return null
  return tryPassword(run, access, target, mailbox, userName, goOn)
}

export async function tryPassword(
  run: Run,
  access: Access,
  target: Target,
  mailbox: string,
  userName: string,
  goOn: GoOn,
): Promise<Outcome | null> {
  const { offered } = target.endpoint.observation
  const session = await access.openSession({
    offered,
    origin: originOf(target.url),
    trusted: target.trusted,
    signal: run.signal,
  })
  if (session !== null) {
    return loginAndRead(run, access, target, mailbox, {
      scheme: 'negotiate',
      impersonate: false,
      // Whose ticket it is, the login tells.
      userName: null,
      before: () => Promise.resolve(null),
      open: ({ record, signal }) => session(record, signal),
    })
  }
  const scheme = access.passwordSchemes(offered)[0]
  const wanted =
    scheme ??
    (run.request.settings.auth === 'basic' || run.request.settings.auth === 'negotiate'
      ? run.request.settings.auth
      : 'ntlm')
  const { password } = access
  if (access.passwordWithheld === 'fallback-off' || (access.passwordWithheld === 'no-credentials' && access.oauth))
    return null
  const attempt: Attempt = {
    scheme: wanted,
    impersonate: false,
    userName,
    async before() {
      if (takesNoPassword(target.url))
        return { result: 'withheld', reason: password === null ? 'no-credentials' : 'cloud-has-no-passwords' }
      if (password === null) return { result: 'withheld', reason: 'no-credentials' }
      if (!access.budget.mayTry(userName)) return { result: 'withheld', reason: 'budget-spent' }
      if (scheme === undefined) return { result: 'not-offered', reason: null }
      return null
    },
    open: ({ signal, record }) => {
      if (password === null || scheme === undefined) throw new Error('checked before')
      return access.openPassword({
        scheme,
        userName,
        origin: originOf(target.url),
        trusted: target.trusted,
        password,
        signal,
        record,
      })
    },
  }
  return loginAndRead(run, access, target, mailbox, attempt, goOn)
}
