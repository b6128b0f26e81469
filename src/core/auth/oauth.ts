/**
 * OAuth 2.0 client credentials through MSAL. MSAL's network client is our network, so that the token endpoint's answer is evidence
 * and its secret leaves only towards the cloud's own authority, over https, with redirects refused.
 */
import type { Configuration, INetworkModule } from '@azure/msal-node'
import { assertNever } from '../assertNever.ts'
import type { ObservationOf } from '../evidence/schema.ts'
import { header } from '../network/headers.ts'
import type { Network, Recorder } from '../network/network.ts'
import type { HttpResult } from '../network/http.ts'
import { httpsUrl } from '../network/url.ts'
import { jsonObject } from '../network/json.ts'
import type { Cloud } from '../settings/clouds.ts'
import type { ClientCertificate } from './clientCertificate.ts'
import { openSecret, Secret } from './secret.ts'
import type { TrustedHost, TrustModule } from './trust.ts'

type Token = ObservationOf<'token'>
export type TokenResult = { kind: 'issued'; token: Secret; observation: Token } | { kind: 'failed'; observation: Token }

/** What proves the application. */
export type ClientCredential =
  { kind: 'secret'; secret: Secret } | { kind: 'certificate'; certificate: ClientCertificate }

export type OAuthAccount = { cloud: Cloud; tenantId: string; clientId: string; credential: ClientCredential }

/** Begins to load MSAL; a run calls it early, so that it is there when the token is asked for. */
export async function loadOAuth(): Promise<void> {
  await import('@azure/msal-node')
}

/** Asks for a token. Every outcome is a value and is recorded; MSAL's own words are not needed. */
export async function requestToken(o: {
  account: OAuthAccount
  network: Network
  trust: TrustModule
  signal: AbortSignal
  record: Recorder
}): Promise<TokenResult> {
  const { account } = o
  const authority = new URL(`https://${account.cloud.authorityHost}/${account.tenantId}`)
  const judged = o.trust.judge(authority, { by: 'cloud', source: null })
  if (judged.kind !== 'trusted') throw new Error('the authority of a cloud is always trusted')
  const answers: HttpResult[] = []
  const { ConfidentialClientApplication } = await import('@azure/msal-node')
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: account.clientId,
      authority: authority.href,
      ...proofOf(account.credential),
      // Without this MSAL would ask the global cloud about hosts it does not know.
      knownAuthorities: [authority.host],
    },
    system: { networkClient: networkClient({ ...o, trusted: judged.trusted, answers }) },
  })
  let accessToken: string | null = null
  try {
    const result = await client.acquireTokenByClientCredential({ scopes: [account.cloud.scope] })
    // MSAL takes an answer without an error for a good one, a redirect for instance; then there is no token in it.
    accessToken = textOf(result?.accessToken)
  } catch {
    // The answers tell what happened, in more detail than MSAL's error.
  }
  const observation = tokenObservation({ account, answer: answers.at(-1), accessToken, cancelled: o.signal.aborted })
  o.record(observation)
  return accessToken === null
    ? { kind: 'failed', observation }
    : { kind: 'issued', token: new Secret(accessToken), observation }
}

function proofOf(credential: ClientCredential): NodeAuthOptions {
  switch (credential.kind) {
    case 'secret':
      // Blanks come from copying and are no part of a secret's value; the remark at the field says so.
      return { clientSecret: openSecret(credential.secret).trim() }
    case 'certificate':
      // MSAL signs the assertion (PS256) and names the certificate in it (x5t#S256); the key itself goes nowhere.
      return {
        clientCertificate: {
          thumbprintSha256: credential.certificate.sha256,
          privateKey: openSecret(credential.certificate.privateKey),
        },
      }
    default:
      return assertNever(credential)
  }
}

type NodeAuthOptions = Pick<Configuration['auth'], 'clientSecret' | 'clientCertificate'>

function networkClient(o: {
  network: Network
  signal: AbortSignal
  record: Recorder
  trusted: TrustedHost
  account: OAuthAccount
  answers: HttpResult[]
}): INetworkModule {
  const send = async <T>(
    method: 'GET' | 'POST',
    url: string,
    options: { headers?: Record<string, string>; body?: string } | undefined,
  ): Promise<{ status: number; headers: Record<string, string>; body: T }> => {
    const target = httpsUrl(url)
    if (target === null) throw new Error('the token endpoint is https')
    const headers = Object.fromEntries(
      Object.entries(options?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    )
    const answer = await o.network.request(
      {
        method,
        url: target,
        headers: { ...headers, accept: 'application/json' },
        ...(options?.body === undefined
          ? {}
          : { credentials: { kind: sentKind(o.account), trusted: o.trusted, body: new Secret(options.body) } }),
      },
      o,
    )
    o.answers.push(answer)
    if (answer.kind === 'failed') throw new Error(answer.observation.result)
    return {
      status: answer.status,
      headers: Object.fromEntries([...answer.headers.keys()].map((name) => [name, header(answer.headers, name) ?? ''])),
      body: jsonObject(answer.text) as T,
    }
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  }
}

function sentKind(account: OAuthAccount): 'client-secret' | 'client-assertion' {
  return account.credential.kind === 'secret' ? 'client-secret' : 'client-assertion'
}

function tokenObservation(o: {
  account: OAuthAccount
  answer: HttpResult | undefined
  accessToken: string | null
  cancelled: boolean
}): Token {
  const { account, answer } = o
  const body = answer?.kind === 'answer' ? jsonObject(answer.text) : {}
  const status = answer?.kind === 'answer' ? answer.status : null
  const description = textOf(body['error_description'])
  const listed = Array.isArray(body['error_codes'])
    ? body['error_codes'].filter((code): code is number => typeof code === 'number').slice(0, 20)
    : []
  // Some answers lack `error_codes`; the description then begins with the main one.
  const inText = /AADSTS(\d+)/.exec(description ?? '')?.[1]
  return {
    kind: 'token',
    grant: 'client-credentials',
    authorityHost: account.cloud.authorityHost,
    tenant: account.tenantId,
    clientId: account.clientId,
    scope: account.cloud.scope,
    ...(account.credential.kind === 'certificate' ? { withCertificate: true as const } : {}),
    result: o.accessToken !== null ? 'issued' : resultOf({ answer, body, cancelled: o.cancelled }),
    status,
    error: textOf(body['error']),
    errorCodes: listed.length > 0 || inText === undefined ? listed : [Number(inText)],
    subError: textOf(body['suberror']),
    description: description?.slice(0, 1_000) ?? null,
    correlationId: textOf(body['correlation_id']),
    traceId: textOf(body['trace_id']),
    timestamp: textOf(body['timestamp']),
    claims: o.accessToken === null ? null : claimsOf(o.accessToken),
  }
}

function resultOf(o: {
  answer: HttpResult | undefined
  body: Record<string, unknown>
  cancelled: boolean
}): Token['result'] {
  const { answer } = o
  if (answer === undefined) return o.cancelled ? 'cancelled' : 'failed'
  if (answer.kind === 'failed') return answer.observation.result === 'cancelled' ? 'cancelled' : 'no-answer'
  if (answer.status >= 300 && answer.status < 400) return 'redirected'
  if (textOf(o.body['error']) !== null) return 'refused'
  return answer.status >= 500 && answer.headers.has('x-ms-request-id') ? 'refused' : 'not-entra'
}

/** Claims of a JWT, unverified: display and comparison only. null when it is no JWT. */
export function claimsOf(token: string): Token['claims'] {
  const payload = jsonObject(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  if (Object.keys(payload).length === 0) return null
  const roles = payload['roles']
  return {
    aud: textOf(payload['aud']),
    iss: textOf(payload['iss']),
    tid: textOf(payload['tid']),
    appid: textOf(payload['appid']) ?? textOf(payload['azp']),
    roles: Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string').slice(0, 50) : [],
    scp: textOf(payload['scp']),
    idtyp: textOf(payload['idtyp']),
    nbf: numberOf(payload['nbf']),
    exp: numberOf(payload['exp']),
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 2_000) : null
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
