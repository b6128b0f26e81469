/** A login at one host: sends requests with credentials, by scheme, on connections that belong to it alone. */
import type { LoginScheme } from '../evidence/logins.ts'
import type { CredentialKind } from '../evidence/network.ts'
import type { ObservationOf } from '../evidence/schema.ts'
import { ntlmChallengeToken } from '../network/challenges.ts'
import type { HttpRequest, HttpResult, Session } from '../network/http.ts'
import type { Network, Recorder } from '../network/network.ts'
import { hostOf } from '../network/url.ts'
import type { BasicCharset } from '../settings/settings.ts'
import { basicAuthorization, bearerAuthorization, type Credentials } from './credentials.ts'
import {
  authenticateMessage,
  channelBindingOf,
  negotiateMessage,
  readChallenge,
  signatureHashOf,
  splitUserName,
} from './ntlm.ts'
import { openSecret, Secret } from './secret.ts'
import type { TrustedHost } from './trust.ts'

export type LoginReply = {
  result: HttpResult
  /** NTLM and Negotiate: whether all legs went over one connection. */
  handshake: ObservationOf<'login'>['handshake']
  /** True when complete credentials were sent and answered by 401: a definite refusal. */
  refused: boolean
  /** The server wants a form of the scheme that this machine cannot speak; no password was sent. */
  unavailable?: true
  /** The server's own proof of identity was wrong, so its answer does not count. */
  unproved?: true
  /** Whose ticket logged in, where a ticket did and the platform names it. */
  principal?: string | null
}

export type Login = {
  scheme: LoginScheme
  /** `session`: the login session's own ticket, so that no password is judged. */
  means: 'secret' | 'session'
  trusted: TrustedHost
  /** Sends a request to this login's origin; the first one logs in. */
  send(request: Omit<HttpRequest, 'credentials' | 'emptyBearer'>): Promise<LoginReply>
  close(): void
}

export type LoginOptions = {
  origin: URL
  trusted: TrustedHost
  network: Network
  signal: AbortSignal
  record: Recorder
}

/** Sends a token with each request. */
export function openBearerLogin(o: LoginOptions & { token: Secret }): Login {
  return headerLogin(o, 'oauth', 'bearer', bearerAuthorization(o.token))
}

/** User name and password in each request; only over https and to a trusted host, as every credential. */
export function openBasicLogin(o: LoginOptions & { userName: string; password: Secret; charset: BasicCharset }): Login {
  return headerLogin(o, 'basic', 'basic', basicAuthorization(o))
}

function headerLogin(
  o: LoginOptions,
  scheme: LoginScheme,
  kind: Extract<CredentialKind, 'bearer' | 'basic'>,
  authorization: Secret,
): Login {
  const session = o.network.session(o.origin, o)
  return {
    scheme,
    means: 'secret',
    trusted: o.trusted,
    async send(request) {
      const result = await session.request({ ...request, credentials: { kind, trusted: o.trusted, authorization } })
      return { result, handshake: null, refused: result.kind === 'answer' && result.status === 401 }
    },
    close: () => session.close(),
  }
}

/**
 * NTLMv2, [MS-NLMP] and [MS-NTHT]: three legs on one connection, then the connection is logged in. `negotiate` sends the same
 * messages under the scheme name Negotiate, which Windows servers take as well.
 */
export function openNtlmLogin(
  o: LoginOptions & { scheme: 'ntlm' | 'negotiate'; userName: string; password: Secret },
): Login {
  const word = o.scheme === 'ntlm' ? 'NTLM' : 'Negotiate'
  const message = (bytes: Uint8Array): Credentials => ({
    kind: o.scheme,
    trusted: o.trusted,
    authorization: new Secret(`${word} ${Buffer.from(bytes).toString('base64')}`),
  })
  let session: Session | null = null
  let loggedIn = false

  const handshake = async (request: Omit<HttpRequest, 'credentials' | 'emptyBearer'>): Promise<LoginReply> => {
    session?.close()
    const used = (session = o.network.session(o.origin, { ...o, oneConnection: true }))
    const broken = (result: HttpResult): LoginReply => ({ result, handshake: 'broken', refused: false })
    const negotiate = negotiateMessage()
    // The body goes with the last leg only: a refused first leg would have carried it for nothing.
    const first = await used.request({ ...request, body: '', credentials: message(negotiate) })
    if (first.kind === 'failed' || first.status !== 401) return broken(first)
    const token = ntlmChallengeToken(first.headers.get('www-authenticate') ?? [], word)
    // Negotiate without NTLM in it: Kerberos only. The first message carries no credentials, so nothing was refused.
    if (token === undefined && o.scheme === 'negotiate')
      return { result: first, handshake: null, refused: false, unavailable: true }
    const challenge = token === undefined ? { ok: false as const } : readChallenge(token)
    if (!challenge.ok) return broken(first)
    const { domain, userName } = splitUserName(o.userName)
    const certificate = used.certificate()
    const authenticate = authenticateMessage({
      negotiate,
      challenge,
      userName,
      domain,
      password: openSecret(o.password),
      targetName: `HTTP/${hostOf(o.origin)}`,
      ...(certificate === null ? {} : { channelBinding: channelBindingOf(certificate, signatureHashOf(certificate)) }),
    })
    const second = await used.request({ ...request, credentials: message(authenticate) })
    if (second.kind === 'failed') return broken(second)
    loggedIn = second.status !== 401
    // A new challenge in answer to the last leg means that the server did not see it as part of this connection's handshake.
    const again = ntlmChallengeToken(second.headers.get('www-authenticate') ?? [], word) !== undefined
    return { result: second, handshake: again ? 'broken' : 'complete', refused: second.status === 401 && !again }
  }

  return {
    scheme: o.scheme,
    means: 'secret',
    trusted: o.trusted,
    async send(request) {
      if (loggedIn && session !== null) {
        const reply = await session.request(request)
        // The connection was closed, or the server wants a login for each request: the same credentials were accepted before.
        const renew = reply.kind === 'failed' ? reply.observation.code === 'SECOND_CONNECTION' : reply.status === 401
        if (!renew) return { result: reply, handshake: 'complete', refused: false }
        loggedIn = false
      }
      return handshake(request)
    },
    close: () => session?.close(),
  }
}
