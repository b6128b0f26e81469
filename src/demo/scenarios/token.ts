// A token was issued, and the EWS URL does not want it.

import type { Handler } from '../http.ts'
import type { OnlineOptions } from '../exchange/online.ts'
import { makeEntra } from '../entra.ts'
import type { ServerOptions } from '../exchange/server.ts'
import { onPremises } from './on-premises.ts'
import { ewsHost, online } from './online.ts'
import {
  clientId,
  day,
  defaultSecret,
  otherTenantId,
  secretId,
  tenantId,
  type Builder,
  type Given,
  type Plan,
} from './plan.ts'

const hour = 3_600
const now = (): number => Math.floor(Date.now() / 1000)

const withClaims =
  (claims: () => Record<string, unknown>): Builder =>
  (given) =>
    online({ given, application: { claims: claims() } })

const refusing =
  (refuses: NonNullable<OnlineOptions['refuses']>): Builder =>
  (given) =>
    online({ given, online: { refuses } })

export const tokenScenarios = {
  // Works: the token carries no role; Exchange itself gives the permission, and for Ben's mailbox only (RBAC for Applications)
  'rbac-scope': (given: Given) =>
    online({
      given,
      application: { roles: [] },
      online: { rbacApplications: [clientId], mayOpen: (account) => account.email.startsWith('ben@') },
    }),
  // token-audience-wrong: Exchange Online says 2000003
  'token-for-graph': withClaims(() => ({ aud: 'https://graph.microsoft.com' })),
  // token-tenant-wrong: 2000004
  'token-of-another-tenant': withClaims(() => ({
    tid: otherTenantId,
    iss: `https://sts.windows.net/${otherTenantId}/`,
  })),
  // token-is-delegated, and EWS does not take the header that names the mailbox: impersonation-header-invalid
  'token-of-a-person': withClaims(() => ({ roles: undefined, idtyp: 'user', scp: 'EWS.AccessAsUser.All' })),
  // token-expired: Entra's clock and that of Exchange are three hours apart
  'token-expired-on-arrival': withClaims(() => ({ nbf: now() - 3 * hour, exp: now() - 2 * hour })),
  // token-garbled: a gateway cuts long headers; 2000001
  'token-cut-by-gateway': (given) => {
    const plan = online({ given })
    const exchange = plan.hosts[ewsHost]
    if (exchange === undefined || typeof exchange.https !== 'function') return plan
    return { ...plan, hosts: { ...plan.hosts, [ewsHost]: { ...exchange, https: cutting(exchange.https) } } }
  },
  // token-user-unknown
  'token-user-twice': refusing({
    code: '2000005',
    reason: 'The user specified by the user-context in the token is ambiguous.',
    category: 'invalid_user',
  }),
  // modern-auth-off
  'modern-auth-off': refusing({
    code: '4000000',
    reason: 'Flighting is not enabled for domain fabrikam.example.',
    category: 'oauth_not_available',
  }),
  // token-refused-unknown-code
  'token-refused-with-a-new-code': refusing({
    code: '3000999',
    reason: 'A reason that came after this program.',
    category: 'something_new',
  }),
  // tenant-restricted-by-network, said by Exchange
  'tenant-restriction-at-exchange': refusing({
    code: '2000020',
    reason: 'Tenant restrictions do not allow this tenant.',
    category: 'insufficient_claims',
  }),
  // ews-permission-missing with token-without-roles
  'role-missing': (given) => online({ given, application: { roles: [] } }),
  // oauth-not-offered-by-server; the password as fallback works, so oauth-fell-back-to-password
  'oauth-on-prem': (given) => withTenant(given, {}).plan,
  // app-only-unsupported-on-premises; the password as fallback works
  'app-only-on-prem': (given) => {
    const tenant = withTenant(given, { hybridTenant: tenantId, isToken: (token) => tenant.isToken(token) })
    return tenant.plan
  },
  // stale-oauth-keys-on-server beside token-refused-unknown-code; the password as fallback works
  'stale-keys-on-prem': (given) => {
    const tenant = withTenant(given, {
      hybridTenant: tenantId,
      isToken: (token) => tenant.isToken(token),
      staleKeys: true,
    })
    return tenant.plan
  },
} satisfies Readonly<Record<string, Builder>>

/** A gateway that lets no header pass whole that is longer than 256 characters. */
const cutting = (handler: Handler): Handler => {
  return (request) => {
    const { authorization } = request.headers
    const cut = authorization === undefined || authorization.length < 256 ? authorization : authorization.slice(0, 256)
    return handler({ ...request, headers: { ...request.headers, authorization: cut } })
  }
}

/** Contoso with a tenant and a registered application, whose server is its own all the same. */
const withTenant = (
  given: Given,
  server: Partial<ServerOptions>,
): { plan: Plan; isToken: (token: string) => boolean } => {
  const clientSecret = given.clientSecret ?? defaultSecret
  const secret = { id: secretId, value: clientSecret, expires: Date.now() + 180 * day }
  const application = { clientId, secrets: [secret], roles: ['full_access_as_app'] }
  const entra = makeEntra({ tenants: [{ id: tenantId, domains: ['contoso.example'], applications: [application] }] })
  const plan = onPremises({
    given,
    server,
    hosts: { 'login.microsoftonline.com': { role: 'login', https: entra.handler } },
    typed: { tenantId, clientId, clientSecret },
  })
  return {
    plan: { ...plan, oauth: { tenantId, clientId, clientSecret } },
    isToken: (token) => entra.verify(token) !== null,
  }
}
