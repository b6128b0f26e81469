/** Stage H, 401 to a token. Audience and tenant are judged with the token's claims, its time with the clocks. */
import type { Facts } from '../evidence/schema.ts'
import { tokenTimeExplains } from './clock.ts'
import { draft, type Draft } from './draft.ts'
import { gatewayFacts, tokenRefusals, windowsSchemes, type TokenRefusal } from './logins.ts'
import { claimsAreGood, issuersOf } from './token.ts'
import type { View } from './view.ts'

export function refusedTokens(view: View): Draft[] {
  return tokenRefusals(view).flatMap((one) => [...tokenRefused(view, one), ...staleKeys(view, one)])
}

function tokenRefused(view: View, one: TokenRefusal): Draft[] {
  const { host, diagnostics, exchange, offered, step } = one
  const base = { path: one.path, host, steps: [step.id] }
  const facts: Facts = {
    host,
    code: diagnostics?.code ?? null,
    text: diagnostics?.reason ?? null,
    offered: [...offered],
    scheme: 'oauth',
    email: view.evidence.input.email,
  }
  const category = one.isUnknownCode ? diagnostics?.category : null
  switch (diagnostics?.code) {
    case '2000001':
      return [draft('token-garbled', { ...base, facts })]
    case '2000003':
    case '2000004':
      return []
    case '2000005':
      return [draft('token-user-unknown', { ...base, facts })]
    case '2000020':
      return [
        draft('tenant-restricted-by-network', {
          ...base,
          facts: { ...facts, tenant: view.evidence.input.tenantId, code: '2000020' },
        }),
      ]
    case '4000000':
      return [draft('modern-auth-off', { ...base, facts })]
    default:
      break
  }
  if (category === 'invalid_resource' || category === 'invalid_tenant') return []
  if (category === 'invalid_user') return [draft('token-user-unknown', { ...base, facts })]
  if (category === 'oauth_not_available') return [draft('modern-auth-off', { ...base, facts })]
  if (diagnostics === null && !view.isOnline && !offered.includes('bearer')) {
    if (
      offered.some((scheme) => windowsSchemes.includes(scheme)) ||
      (offered.includes('basic') && exchange !== 'none')
    ) {
      return [draft('oauth-not-offered-by-server', { ...base, facts })]
    }
    if (exchange === 'none') return [draft('gateway-preauthentication', { ...base, facts: gatewayFacts(one) })]
  }
  // A token that the server's clock does not take needs no further reason, and none is given.
  if (diagnostics === null && tokenTimeExplains(view, step)) return []
  return [draft('token-refused-unknown-code', { ...base, facts })]
}

/**
 * An own server that names its tenant, a token in which nothing is wrong, and a refusal without a reason: keys that the server has not
 * renewed look like this. Other causes do too, so it stays a possibility.
 */
function staleKeys(view: View, one: TokenRefusal): Draft[] {
  const calledInvalid = one.challenges.some(
    (challenge) => challenge.scheme.toLowerCase() === 'bearer' && challenge.parameters['error'] === 'invalid_token',
  )
  const issuers = issuersOf(view)
  if (view.isOnline || one.path !== 'ews' || one.diagnostics !== null || !calledInvalid) return []
  if (issuers.any || issuers.tenants.length === 0) return []
  if (!claimsAreGood(view) || tokenTimeExplains(view, one.step)) return []
  const facts = { host: one.host, expected: issuers.tenants, build: one.answer?.headers['x-owa-version'] ?? null }
  return [draft('stale-oauth-keys-on-server', { path: 'ews', host: one.host, steps: [one.step.id], facts })]
}
