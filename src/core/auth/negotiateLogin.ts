/** Negotiate with a Kerberos ticket, [RFC 4559]: a token for each request, and the server's proof of identity in its answer. */
import { assertNever } from '../assertNever.ts'
import type { HttpRequest, HttpResult } from '../network/http.ts'
import { ntlmChallengeToken } from '../network/challenges.ts'
import { hostOf } from '../network/url.ts'
import { negotiateWith, type NegotiateContext, type Negotiated } from './kerberos.ts'
import { openNtlmLogin, type Login, type LoginOptions, type LoginReply } from './login.ts'
import { Secret } from './secret.ts'

/** More legs than any mechanism inside SPNEGO needs. */
const mostLegs = 4

/**
 * Logs in with a context that was begun already, and begins another one for each further request: servers may take a ticket for one
 * request only. All legs of one request travel on one connection.
 */
export function openNegotiateLogin(
  o: LoginOptions & { context: NegotiateContext; means: Login['means']; again?: () => Promise<Negotiated> },
): Login {
  const session = o.network.session(o.origin, o)
  const again = o.again ?? (() => negotiateWith({ host: hostOf(o.origin), signal: o.signal }))
  let prepared: NegotiateContext | null = o.context

  const context = async (): Promise<NegotiateContext | null> => {
    const ready = prepared
    prepared = null
    if (ready !== null) return ready
    const next = await again()
    return next.kind === 'context' ? next.context : null
  }

  const exchange = async (
    request: Omit<HttpRequest, 'credentials' | 'emptyBearer'>,
    context: NegotiateContext,
  ): Promise<LoginReply> => {
    let token = context.first
    for (let leg = 1; ; leg++) {
      const before = session.connections()
      const result: HttpResult = await session.request({
        ...request,
        credentials: {
          kind: 'negotiate',
          trusted: o.trusted,
          authorization: new Secret(`Negotiate ${Buffer.from(token).toString('base64')}`),
        },
      })
      if (result.kind === 'failed') return { result, handshake: 'broken', refused: false }
      const moved = leg > 1 && session.connections() > before
      const reply = ntlmChallengeToken(result.headers.get('www-authenticate') ?? [], 'Negotiate')
      const next = reply === undefined ? null : await context.step(reply)
      if (result.status !== 401) {
        const proof = { principal: context.principal() }
        if (next?.kind !== 'failed') return { result, handshake: 'complete', refused: false, ...proof }
        return {
          result: { kind: 'failed', observation: result.observation },
          handshake: 'broken',
          refused: false,
          unproved: true,
        }
      }
      if (next?.kind !== 'token' || leg === mostLegs)
        return { result, handshake: moved ? 'broken' : 'complete', refused: !moved }
      token = next.token
    }
  }

  return {
    scheme: 'negotiate',
    means: o.means,
    trusted: o.trusted,
    async send(request) {
      const ready = await context()
      // The ticket was there a moment ago and is gone: nothing was sent.
      if (ready === null) {
        const result = await session.request(request)
        return { result, handshake: null, refused: false, unavailable: true }
      }
      return exchange(request, ready)
    },
    close: () => session.close(),
  }
}

/**
 * Negotiate with user name and password: NTLM inside it, which needs nothing of the platform. Where the server wants Kerberos, the
 * platform's own way, if it has one for passwords (Windows only).
 */
export function openPasswordNegotiateLogin(o: LoginOptions & { userName: string; password: Secret }): Login {
  const account = { userName: o.userName, password: o.password }
  const begin = (): Promise<Negotiated> => negotiateWith({ host: hostOf(o.origin), signal: o.signal, account })
  let login = openNtlmLogin({ ...o, scheme: 'negotiate' })
  let asked = false
  return {
    scheme: 'negotiate',
    means: 'secret',
    trusted: o.trusted,
    async send(request) {
      const reply = await login.send(request)
      if (reply.unavailable !== true || asked) return reply
      asked = true
      const begun = await begin()
      switch (begun.kind) {
        case 'unavailable':
          return reply
        case 'no-ticket':
          // The domain controller may have counted it, so it is not sent again.
          return { result: reply.result, handshake: reply.handshake, refused: true }
        case 'context':
          login.close()
          login = openNegotiateLogin({ ...o, context: begun.context, means: 'secret', again: begin })
          return login.send(request)
        default:
          return assertNever(begun)
      }
    },
    close: () => login.close(),
  }
}
