/**
 * Tokens that have logged in, in memory only and until five minutes before they end. One that has not, or that was refused later, is
 * not kept: whoever has just corrected a permission must not meet the token from before.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { limits } from '../limits.ts'
import type { OAuthAccount, TokenResult } from './oauth.ts'
import { openSecret } from './secret.ts'

export type IssuedToken = Extract<TokenResult, { kind: 'issued' }>

export type TokenCache = {
  find(account: OAuthAccount): IssuedToken | null
  /** Keeps a token that has logged in. One without a known end is not kept. */
  keep(account: OAuthAccount, token: IssuedToken): void
  drop(account: OAuthAccount): void
}

/** More accounts than a person tests in one sitting. */
const mostTokens = 200

export function createTokenCache(now: () => number = Date.now): TokenCache {
  const tokens = new Map<string, { token: IssuedToken; until: number }>()
  // Keys hold no secret that could be read back, and are worth nothing outside this process.
  const own = randomBytes(32)

  const keyOf = ({ cloud, tenantId, clientId, credential }: OAuthAccount): string =>
    createHmac('sha256', own)
      .update(
        JSON.stringify([
          cloud.authorityHost,
          cloud.scope,
          tenantId.toLowerCase(),
          clientId.toLowerCase(),
          credential.kind,
          credential.kind === 'secret' ? openSecret(credential.secret).trim() : credential.certificate.sha256,
        ]),
      )
      .digest('hex')

  return {
    find(account) {
      const key = keyOf(account)
      const known = tokens.get(key)
      if (known === undefined) return null
      if (known.until > now()) return known.token
      tokens.delete(key)
      return null
    },
    keep(account, token) {
      const end = token.observation.claims?.exp ?? null
      if (end === null) return
      const key = keyOf(account)
      tokens.delete(key)
      const oldest = tokens.keys().next()
      if (tokens.size >= mostTokens && oldest.done !== true) tokens.delete(oldest.value)
      tokens.set(key, { token, until: end * 1_000 - limits.tokenSpareMs })
    },
    drop: (account) => void tokens.delete(keyOf(account)),
  }
}
