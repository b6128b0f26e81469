/** What a run may log in with, in which order, and the one place that opens a login. */
import type { Run } from './run.ts'
import { assertNever } from '../assertNever.ts'
import { createLogonBudget, type LogonBudget } from '../auth/budget.ts'
import { negotiateWith } from '../auth/kerberos.ts'
import { openBasicLogin, openBearerLogin, openNtlmLogin, type Login } from '../auth/login.ts'
import { openNegotiateLogin, openPasswordNegotiateLogin } from '../auth/negotiateLogin.ts'
import { requestToken, type ClientCredential, type OAuthAccount, type TokenResult } from '../auth/oauth.ts'
import type { IssuedToken } from '../auth/tokenCache.ts'
import type { Secret } from '../auth/secret.ts'
import { createTrust, type TrustedHost, type TrustModule } from '../auth/trust.ts'
import type { LoginScheme } from '../evidence/logins.ts'
import type { Facts, Observation, ObservationOf } from '../evidence/schema.ts'
import { redactedUrl } from '../network/headers.ts'
import type { Recorder } from '../network/network.ts'
import { hostOf, httpsUrl } from '../network/url.ts'
import { limits } from '../limits.ts'
import { cloudOfHost, clouds, cloudWith, type Cloud } from '../settings/clouds.ts'
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
  /** Whether the token did its work: one that did is kept for the next run, one that did not is forgotten. */
  settleToken(token: IssuedToken, worked: boolean): void
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
  /**
   * A login with the ticket of this login session: only where no password and no OAuth was set up, and the host offers Negotiate.
   * null: not wanted, or there is no ticket for this host.
   */
  openSession(o: {
    offered: readonly string[]
    origin: URL
    trusted: TrustedHost
    signal: AbortSignal
  }): Promise<((record: Recorder, signal: AbortSignal) => Login) | null>
  /** What a person answered about a host in this run, so that nobody is asked twice. */
  answers: Map<string, Promise<TrustedHost | null>>
  openBearer(o: { token: Secret; origin: URL; trusted: TrustedHost; record: Recorder; signal: AbortSignal }): Login
}

export type PasswordScheme = Exclude<LoginScheme, 'oauth'>

export function createAccess(run: Run): Access {
  const { settings, secrets } = run.request
  const { checked } = run
  const cloud = cloudWith(settings.cloud, checked.authority)
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
  const credential = credentialOf(run)
  const mayOAuth = (auth === 'auto' || auth === 'oauth') && checked.tenantId !== '' && checked.clientId !== ''
  const application: OAuthAccount | null =
    mayOAuth && credential !== null
      ? { cloud, tenantId: checked.tenantId, clientId: checked.clientId, credential }
      : null
  const oauth = application !== null
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
        application === null
          ? Promise.resolve(null)
          : run.step({ name: 'token', target: cloud.authorityHost, phase: 'token' }, async ({ signal, record }) => {
              const kept = run.tokens.find(application)
              if (kept !== null) {
                record({ ...kept.observation, fromMemory: true })
                return {
                  value: kept,
                  state: 'passed',
                  summary: 'token-from-memory',
                  facts: { minutes: minutesLeft(kept) },
                }
              }
              const value = await requestToken({ account: application, network: run.network, trust, signal, record })
              return { value, ...tokenOutcome(value) }
            })
      return token
    },
    settleToken(issued, worked) {
      if (application === null) return
      if (worked) run.tokens.keep(application, issued)
      else run.tokens.drop(application)
    },
    passwordSchemes(offered) {
      const wanted: PasswordScheme[] =
        auth === 'ntlm' || auth === 'negotiate' || auth === 'basic' ? [auth] : ['ntlm', 'negotiate', 'basic']
      const usable = wanted.filter((scheme) => offered.includes(scheme))
      return usable.slice(0, 1)
    },
    openPassword({ scheme, ...rest }) {
      const o = { ...rest, network: run.network }
      switch (scheme) {
        case 'basic':
          return openBasicLogin({ ...o, charset: settings.basicCharset })
        case 'ntlm':
          return openNtlmLogin({ ...o, scheme })
        case 'negotiate':
          return openPasswordNegotiateLogin(o)
        default:
          return assertNever(scheme)
      }
    },
    async openSession({ offered, origin, trusted, signal }) {
      const wanted = !oauth && secrets.password === undefined && (auth === 'auto' || auth === 'negotiate')
      if (!wanted || !offered.includes('negotiate') || isExchangeOnline(origin)) return null
      const begun = await negotiateWith({
        host: hostOf(origin),
        signal: AbortSignal.any([signal, AbortSignal.timeout(limits.ticketMs)]),
      })
      if (begun.kind !== 'context') return null
      const { context } = begun
      return (record, during) =>
        openNegotiateLogin({
          origin,
          trusted,
          network: run.network,
          signal: during,
          record,
          context,
          means: 'session',
        })
    },
    answers: new Map(),
    openBearer: (o) => openBearerLogin({ ...o, network: run.network }),
  }
}

/** What the application proves itself with, by the admin's choice; null when it is not there. */
function credentialOf({ request: { settings, secrets } }: Run): ClientCredential | null {
  if (settings.clientCredential === 'certificate') {
    const read = secrets.clientCertificate
    return read?.kind === 'read' ? { kind: 'certificate', certificate: read.certificate } : null
  }
  return secrets.clientSecret === undefined ? null : { kind: 'secret', secret: secrets.clientSecret }
}

function minutesLeft({ observation }: IssuedToken): number {
  return Math.max(0, Math.round(((observation.claims?.exp ?? 0) - Date.now() / 1_000) / 60))
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
