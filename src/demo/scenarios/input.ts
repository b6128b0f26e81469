// Mistakes in the fields. Most of them end before anything is sent.

import { onPremises } from './on-premises.ts'
import { online } from './online.ts'
import { defaultPassword, leftEmpty, secretId, tenantId, type Builder, type Typed } from './plan.ts'

const typedOnline =
  (typed: Partial<Typed>): Builder =>
  (given) =>
    online({ given, typed })

export const inputScenarios = {
  // mail-address-invalid
  'address-garbled': (given) => onPremises({ given, typed: { email: 'anna@@contoso.example' } }),
  // client-id-malformed: the last block was cut off
  'client-id-cut': typedOnline({ clientId: 'b1f4d2a7-3e5c-4c86-a0d9' }),
  // tenant-id-malformed: the company's name instead of an ID or a domain
  'tenant-name-typed': typedOnline({ tenantId: 'Fabrikam GmbH' }),
  // client-id-is-another-id: the tenant's ID in both fields
  'tenant-id-twice': typedOnline({ clientId: tenantId }),
  // tenant-must-be-named
  'tenant-common': typedOnline({ tenantId: 'common' }),
  // client-secret-missing
  'secret-not-typed': (given) => leftEmpty(online({ given }), 'clientSecret'),
  // credentials-missing
  'nothing-typed': (given) => leftEmpty(onPremises({ given }), 'password'),
  // ews-url-malformed
  'url-garbled': (given) => onPremises({ given, typed: { ewsUrl: 'https://mail contoso example' } }),
  // not-an-ews-url: the company's website instead of its mail server
  'url-of-website': (given) => onPremises({ given, typed: { ewsUrl: 'https://contoso.example/EWS/Exchange.asmx' } }),
  // client-secret-is-id
  'secret-id-instead-of-value': typedOnline({ clientSecret: secretId }),
  // basic-is-off-in-exchange-online: nothing but a password for Exchange Online
  'password-for-online': (given) =>
    leftEmpty(
      online({ given, typed: { password: given.password ?? defaultPassword } }),
      'tenantId',
      'clientId',
      'clientSecret',
    ),
  // login-scheme-not-offered: Basic is demanded of a server that has it off
  'basic-demanded': (given) => onPremises({ given, typed: { auth: 'basic' } }),
} satisfies Readonly<Record<string, Builder>>
