/** Credentials on their way to the socket: which kind, for whom, and the value that only this module opens. */
import type { CredentialKind } from '../evidence/schema.ts'
import { openSecret, Secret } from './secret.ts'
import { assertMayReceiveCredentials, type TrustedHost } from './trust.ts'

/** An `Authorization` header, or a secret inside the body (the token request). */
export type Credentials =
  | {
      kind: Exclude<CredentialKind, 'none' | 'bearer-empty' | 'client-secret'>
      trusted: TrustedHost
      authorization: Secret
    }
  | { kind: 'client-secret'; trusted: TrustedHost; body: Secret }

/** RFC 7617, user name and password in UTF-8. */
export function basicAuthorization(userName: string, password: Secret): Secret {
  return new Secret(`Basic ${Buffer.from(`${userName}:${openSecret(password)}`, 'utf8').toString('base64')}`)
}

/** RFC 6750. */
export function bearerAuthorization(token: Secret): Secret {
  return new Secret(`Bearer ${openSecret(token)}`)
}

/** What goes over the wire for a request to this URL. Throws when the URL is not the one the credentials are for. */
export function openForRequest(
  url: URL,
  credentials: Credentials,
): { authorization: string | null; body: string | null } {
  assertMayReceiveCredentials(url, credentials.trusted)
  return credentials.kind === 'client-secret'
    ? { authorization: null, body: openSecret(credentials.body) }
    : { authorization: openSecret(credentials.authorization), body: null }
}
