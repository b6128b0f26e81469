// What Entra ID refuses. One table of its error codes makes the scenarios; those that need more than a code have a builder of their own.

import { makeEntra, type Refusal } from '../entra.ts'
import { page } from '../http.ts'
import { online } from './online.ts'
import { clientId, day, otherClientId, otherTenantId, tenantId, type Builder } from './plan.ts'

/** Refusals by the scenario's name. The texts are shaped like Entra's; no client may read them. */
const refusals = {
  // enterprise-application-missing
  'enterprise-application-deleted': {
    status: 401,
    error: 'invalid_client',
    code: 7000229,
    text: `The client application ${clientId} is missing service principal in the tenant ${tenantId}.`,
  },
  // application-disabled
  'application-disabled': {
    error: 'unauthorized_client',
    code: 7000112,
    text: `Application '${clientId}' is disabled.`,
  },
  // scope-wrong
  'scope-refused': {
    error: 'invalid_scope',
    code: 70011,
    text: 'The provided value for the input parameter scope is not valid.',
  },
  // exchange-resource-missing
  'exchange-not-licensed': {
    error: 'invalid_client',
    code: 650052,
    text: 'The app is trying to access a service that your organization lacks a service principal for.',
  },
  // client-certificate-refused
  'certificate-unknown-to-entra': {
    status: 401,
    error: 'invalid_client',
    code: 700027,
    text: 'The certificate with identifier used to sign the client assertion is not registered on application.',
  },
  // conditional-access-blocks-application
  'conditional-access': {
    error: 'invalid_grant',
    code: 53003,
    text: 'Access has been blocked by Conditional Access policies.',
  },
  // token-requests-throttled
  'token-asked-too-often': {
    error: 'invalid_request',
    code: 50196,
    text: 'The server terminated an operation because it encountered a client request loop.',
  },
  // login-service-unavailable
  'login-service-down': {
    status: 503,
    error: 'temporarily_unavailable',
    code: 90033,
    text: 'A transient error has occurred. Please try again.',
  },
  // public-client-cannot-have-secret
  'public-client-with-secret': {
    status: 401,
    error: 'invalid_client',
    code: 700025,
    text: `Client is public so neither 'client_assertion' nor 'client_secret' should be presented.`,
  },
  // tenant-restricted-by-network
  'tenant-not-allowed-here': {
    error: 'access_denied',
    code: 500021,
    text: 'Access to this tenant is denied.',
  },
  // entra-code-unknown
  'entra-says-something-new': {
    error: 'invalid_client',
    code: 7009999,
    text: 'A refusal that came after this program.',
  },
} as const satisfies Readonly<Record<string, Refusal>>

const nationalCloud: Refusal = {
  error: 'invalid_request',
  code: 90038,
  text: `Tenant '${tenantId}' request is being redirected to the National Cloud.`,
}

const refused = (refusal: Refusal): Builder => {
  return (given) => online({ given, application: { refusal } })
}

type RefusedId = keyof typeof refusals

export const identityScenarios = {
  // client-secret-expired
  'expired-secret': (given) => online({ given, secret: { expires: Date.now() - 2 * day } }),
  // client-secret-wrong
  'secret-wrong': (given) =>
    online({
      given,
      secret: { value: 'demo8Q~another-value-than-the-typed-one' },
      typed: { clientSecret: given.clientSecret ?? 'demo8Q~this-is-the-value-of-the-demo-' },
    }),
  // application-not-in-tenant
  'application-unknown': (given) => online({ given, typed: { clientId: otherClientId } }),
  // tenant-not-found
  'tenant-unknown': (given) => online({ given, typed: { tenantId: otherTenantId } }),
  // wrong-cloud: the login service of the government cloud knows the tenant
  'tenant-in-another-cloud': (given) =>
    online({
      given,
      typed: { tenantId: otherTenantId },
      hosts: {
        'login.microsoftonline.us': {
          role: 'login',
          https: makeEntra({ tenants: [{ id: otherTenantId, domains: ['fabrikam.example'], applications: [] }] })
            .handler,
        },
      },
    }),
  // wrong-cloud, said by Entra itself
  'tenant-sent-to-national-cloud': (given) => online({ given, application: { refusal: nationalCloud } }),
  // admin-consent-missing
  'consent-missing': (given) => online({ given, application: { consent: 'refused', roles: [] } }),
  ...(Object.fromEntries(Object.entries(refusals).map(([id, refusal]) => [id, refused(refusal)])) as Record<
    RefusedId,
    Builder
  >),
  // answer-not-from-entra: a filter on the way answers in its place
  'filter-instead-of-entra': (given) =>
    online({
      given,
      hosts: {
        'login.microsoftonline.com': {
          role: 'filter',
          https: () => page(200, 'This page was blocked', { Server: 'WebFilter' }),
        },
      },
    }),
} satisfies Readonly<Record<string, Builder>>
