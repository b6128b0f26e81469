/** Credentials on their way to the socket: which kind, for whom, and the value that only this module opens. */
import type { CredentialKind } from '../evidence/network.ts'
import type { BasicCharset } from '../settings/settings.ts'
import { openSecret, Secret } from './secret.ts'
import { assertMayReceiveCredentials, type TrustedHost } from './trust.ts'

/** An `Authorization` header, or a secret inside the body (the token request). */
export type Credentials =
  | {
      kind: Exclude<CredentialKind, 'none' | 'bearer-empty' | 'client-secret' | 'client-assertion'>
      trusted: TrustedHost
      authorization: Secret
    }
  | { kind: 'client-secret' | 'client-assertion'; trusted: TrustedHost; body: Secret }

/**
 * RFC 7617. UTF-8 unless a person chose Latin-1, which some servers read in front of older directories. What Latin-1 cannot hold, such
 * as €, goes in UTF-8 all the same: a wrong character would be a wrong password.
 */
export function basicAuthorization(o: { userName: string; password: Secret; charset: BasicCharset }): Secret {
  const pair = `${o.userName}:${openSecret(o.password)}`
  // An umlaut may have been typed as letter and accent; Latin-1 has only the whole.
  const whole = pair.normalize('NFC')
  const bytes = o.charset === 'latin-1' && isLatin1(whole) ? Buffer.from(whole, 'latin1') : Buffer.from(pair, 'utf8')
  return new Secret(`Basic ${bytes.toString('base64')}`)
}

/** True when every character has a place in ISO 8859-1. */
function isLatin1(text: string): boolean {
  return Array.from(text).every((character) => (character.codePointAt(0) ?? 0) <= 0xff)
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
  return 'body' in credentials
    ? { authorization: null, body: openSecret(credentials.body) }
    : { authorization: openSecret(credentials.authorization), body: null }
}
