/** What a run may log in with, in which order, and the one place that opens a login. */
import type { Run } from './run.ts'
import { createLogonBudget, type LogonBudget } from '../auth/budget.ts'
import { openBasicLogin, openBearerLogin, openNtlmLogin, type Login } from '../auth/login.ts'
import { requestToken, type TokenResult } from '../auth/oauth.ts'
import type { Secret } from '../auth/secret.ts'
import { createTrust, type TrustedHost, type TrustModule } from '../auth/trust.ts'
import type { Facts, LoginScheme, Observation, ObservationOf } from '../evidence/schema.ts'
import { redactedUrl } from '../network/headers.ts'
import type { Recorder } from '../network/network.ts'
import { hostOf, httpsUrl } from '../network/url.ts'
import { cloudOfHost, clouds, type Cloud } from '../settings/clouds.ts'
import type { SummaryId } from './summaries.ts'

type LoginObservation = ObservationOf<'login'>
export type Withheld = NonNullable<LoginObservation['reason']>

export type Access = {
  cloud: Cloud
  trust: TrustModule
  budget: LogonBudget
  /** Tenant, client ID and secret are there, and OAuth is not excluded. */
  oauth: boolean
  /** A password is there and may be used: as the chosen way, or as the fallback that is not switched off. */
  password: Secret | null
  /** Why a password that is there may not be used. */
  passwordWithheld: Withheld | null
  /** Name for Negotiate, NTLM and Basic. */
  account: string
  /** The token, requested once a run. */
  token(): Promise<TokenResult | null>
  /** Schemes for user name and password that these challenges allow, strongest first; Basic only where nothing stronger is offered. */
  passwordSchemes(offered: readonly string[]): PasswordScheme[]
  openPassword(o: {
    scheme: PasswordScheme
    userName: string
    origin: URL
    trusted: TrustedHost
    password: Secret
    record: Recorder
    signal: AbortSignal
  }): Login
  /** What a person answered about a host in this run, so that nobody is asked twice. */
  answers: Map<string, Promise<TrustedHost | null>>
  openBearer(o: { token: Secret; origin: URL; trusted: TrustedHost; record: Recorder; signal: AbortSignal }): Login
}

export type PasswordScheme = Exclude<LoginScheme, 'oauth'>

export function createAccess(run: Run): Access {
  const { settings, secrets } = run.request
  const { checked } = run
  const cloud = clouds[settings.cloud]
  const ewsHost = checked.ewsUrl === '' ? null : hostOf(new URL(checked.ewsUrl))
  const hostsOf = (...origins: string[]): ReadonlySet<string> =>
    new Set(ewsHost !== null && origins.includes(settings.ewsUrlOrigin) ? [ewsHost] : [])
  const trust = createTrust({
    mailDomain: checked.mail?.registrableDomain ?? null,
    cloud,
    typed: hostsOf('typed', 'none'),
    proven: hostsOf('proven', 'found'),
    consented: new Set(settings.network.trustedHosts),
  })
  const { auth } = settings
  const clientSecret = secrets.clientSecret
  const oauth =
    (auth === 'auto' || auth === 'oauth') &&
    checked.tenantId !== '' &&
    checked.clientId !== '' &&
    clientSecret !== undefined
  const passwordWithheld: Withheld | null =
    auth === 'oauth' || (oauth && !settings.passwordFallback)
      ? 'fallback-off'
      : secrets.password === undefined
        ? 'no-credentials'
        : null
  const account = checked.userName !== '' ? checked.userName : (checked.mail?.address ?? '')
  let token: Promise<TokenResult | null> | null = null

  return {
    cloud,
    trust,
    budget: createLogonBudget(),
    oauth,
    password: passwordWithheld === null ? (secrets.password ?? null) : null,
    passwordWithheld,
    account,
    token() {
      token ??=
        !oauth || clientSecret === undefined
          ? Promise.resolve(null)
          : run.step({ name: 'token', target: cloud.authorityHost, phase: 'token' }, async ({ signal, record }) => {
              const value = await requestToken({
                account: { cloud, tenantId: checked.tenantId, clientId: checked.clientId, clientSecret },
                network: run.network,
                trust,
                signal,
                record,
              })
              return { value, ...tokenOutcome(value) }
            })
      return token
    },
    passwordSchemes(offered) {
      const wanted: PasswordScheme[] =
        auth === 'ntlm' || auth === 'negotiate' || auth === 'basic' ? [auth] : ['ntlm', 'negotiate', 'basic']
      const usable = wanted.filter((scheme) => offered.includes(scheme))
      return usable.slice(0, 1)
    },
    openPassword: ({ scheme, ...o }) =>
      scheme === 'basic'
        ? openBasicLogin({ ...o, network: run.network })
        : openNtlmLogin({ ...o, scheme, network: run.network }),
    answers: new Map(),
    openBearer: (o) => openBearerLogin({ ...o, network: run.network }),
  }
}

function tokenOutcome(result: TokenResult): { state: 'passed' | 'failed'; summary: SummaryId; facts: Facts } {
  const { observation } = result
  if (result.kind === 'issued') {
    const { exp, nbf } = observation.claims ?? { exp: null, nbf: null }
    return {
      state: 'passed',
      summary: 'token-issued',
      facts: { minutes: exp !== null && nbf !== null ? Math.round((exp - nbf) / 60) : 0 },
    }
  }
  const host = observation.authorityHost
  switch (observation.result) {
    case 'no-answer':
      return { state: 'failed', summary: 'not-connected', facts: { host, code: '' } }
    case 'refused':
      return {
        state: 'failed',
        summary: 'token-refused',
        facts: {
          code:
            observation.errorCodes[0] === undefined ? (observation.error ?? '') : `AADSTS${observation.errorCodes[0]}`,
        },
      }
    default:
      return { state: 'failed', summary: 'token-not-entra', facts: { status: observation.status ?? 0 } }
  }
}

/** The origin that credentials for this host go to. */
export function originOf(url: URL): URL {
  return new URL('/', url)
}

/** True for Exchange Online of any cloud, where passwords are dead since autumn 2022. */
export function isExchangeOnline(url: URL): boolean {
  return cloudOfHost(hostOf(url)) !== undefined
}

/** True for every host of Microsoft's clouds, those that issue tokens included: no password ever goes there. */
export function takesNoPassword(url: URL): boolean {
  const host = hostOf(url)
  return isExchangeOnline(url) || Object.values(clouds).some((cloud) => cloud.authorityHost === host)
}

/** Judges and records whether a host may receive credentials. */
export function trustOf(o: {
  access: Access
  url: URL
  namedBy: string
  source: TrustedHost | null
  record: Recorder
}): TrustedHost | null {
  const judged = o.access.trust.judge(o.url, { by: o.namedBy, source: o.source })
  o.record({
    kind: 'trust',
    host: hostOf(o.url),
    namedBy: redactedUrl(o.namedBy),
    decision: judged.kind === 'trusted' ? 'trusted' : judged.kind === 'insecure' ? 'insecure' : 'no-consent',
    basis: judged.kind === 'trusted' ? judged.trusted.basis : null,
  })
  return judged.kind === 'trusted' ? judged.trusted : null
}

/** Asks a person about a host outside the mail domain, once in a run whatever names it. */
export function askConsent(run: Run, access: Access, o: { url: URL; namedBy: string }): Promise<TrustedHost | null> {
  const host = hostOf(o.url)
  const target = httpsUrl(o.url.href)
  if (target === null) return Promise.resolve(null)
  const answer = access.answers.get(host) ?? askOnce(run, access, { target, namedBy: o.namedBy })
  access.answers.set(host, answer)
  return answer
}

/** Reads the certificate, sends nothing else there, and asks. */
async function askOnce(run: Run, access: Access, o: { target: URL; namedBy: string }): Promise<TrustedHost | null> {
  const { target } = o
  const host = hostOf(target)
  return run.step({ name: 'consent', target: host, phase: 'discovery' }, async ({ signal, record }) => {
    const tls: ObservationOf<'tls'>[] = []
    const session = run.network.session(target, {
      signal,
      record: (observation) => {
        if (observation.kind === 'tls') tls.push(observation)
        record(observation)
      },
    })
    const reached = await session.connect()
    session.close()
    if (!reached)
      return {
        value: null,
        state: 'no-answer',
        summary: tls.length === 0 ? 'not-connected' : 'tls-refused',
        facts: { host, code: tls[0]?.code ?? '' },
      }
    const consented = await run.ask({
      mailDomain: run.checked.mail?.domain ?? '',
      host,
      namedBy: redactedUrl(o.namedBy),
      certificate: tls[0]?.chain[0] ?? null,
    })
    const trusted = consented ? access.trust.consent(host) : null
    record({
      kind: 'trust',
      host,
      namedBy: redactedUrl(o.namedBy),
      decision: trusted === null ? 'declined' : 'trusted',
      basis: trusted === null ? null : 'consent',
    })
    return trusted === null
      ? { value: null, state: 'warning', summary: 'host-declined', facts: { host } }
      : { value: trusted, state: 'passed', summary: 'host-consented', facts: { host } }
  })
}

/** Why a request got no answer, for a step's line. */
export function failureSummary(
  observations: readonly Observation[],
  host: string,
  http: ObservationOf<'http'>,
): { summary: SummaryId; facts: Facts } {
  const seconds = Math.max(1, Math.round(http.ms / 1_000))
  switch (http.result) {
    case 'not-connected': {
      const tls = observations.findLast((entry) => entry.kind === 'tls' && entry.result !== 'trusted')
      if (tls !== undefined && tls.kind === 'tls')
        return { summary: 'tls-refused', facts: { host, code: tls.code ?? tls.result } }
      const connection = observations.findLast((entry) => entry.kind === 'connection')
      if (connection !== undefined && connection.kind === 'connection' && connection.result === 'no-address')
        return { summary: 'no-address', facts: { host } }
      return {
        summary: 'not-connected',
        facts: {
          host,
          code: connection?.kind === 'connection' ? (connection.code ?? connection.result) : (http.code ?? ''),
        },
      }
    }
    case 'silent':
    case 'stalled':
      return { summary: 'silent', facts: { host, seconds } }
    case 'too-large':
      return { summary: 'autodiscover-unsafe', facts: { host } }
    default:
      return { summary: 'dropped', facts: { host } }
  }
}
