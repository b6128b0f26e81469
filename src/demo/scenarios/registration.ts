// Scenarios around the app registration: where the permission comes from, and where the tenant lives.

import { makeEntra } from '../entra.ts'
import { online } from './online.ts'
import { clientId, defaultSecret, secretId, tenantId, type Given, type Plan } from './plan.ts'

const day = 86_400_000

/** The token carries no role; Exchange itself gives the permission, and for Ben's mailbox only (RBAC for Applications). */
export const rbacScope = (given: Given): Plan =>
  online({
    given,
    application: { roles: [] },
    online: { rbacApplications: [clientId], mayOpen: (account) => account.email.startsWith('ben@') },
  })

/** The typed tenant is one of the cloud in China; the login service of the global cloud has never heard of it. */
export const tenantInAnotherCloud = (given: Given): Plan => {
  const elsewhere = '2b7d90e4-61c8-4f0a-a5d3-9e18c47f6b02'
  const clientSecret = given.clientSecret ?? defaultSecret
  const entra = makeEntra({
    tenants: [
      {
        id: elsewhere,
        domains: ['fabrikam.partner.onmschina.cn'],
        applications: [
          {
            clientId,
            secrets: [{ id: secretId, value: clientSecret, expires: Date.now() + 180 * day }],
            roles: ['full_access_as_app'],
          },
        ],
      },
    ],
  })
  return {
    ...online({
      given,
      hosts: { 'login.partner.microsoftonline.cn': { role: 'login', https: entra.handler } },
      typed: { tenantId: elsewhere },
    }),
    oauth: { tenantId, clientId, clientSecret },
  }
}
