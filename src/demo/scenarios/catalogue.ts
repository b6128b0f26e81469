// The scenarios by id: each is the healthy company with one thing changed. What a correct client concludes is written beside each.

import { randomBytes } from 'node:crypto'
import { makeEntra } from '../entra.ts'
import { makeServer, type ServerOptions } from '../exchange/server.ts'
import { versionsUpTo2010Sp2 } from '../exchange/organisation.ts'
import { page } from '../http.ts'
import { anna, autodiscoverHost, contoso, mailHost, onPremises } from './on-premises.ts'
import { online } from './online.ts'
import { nameScenarios } from './names.ts'
import { transportScenarios } from './transport.ts'
import { proxyScenarios } from './proxy.ts'
import { clockScenarios } from './clock.ts'
import { autodiscoverScenarios } from './autodiscover.ts'
import { runScenarios } from './run.ts'
import { rbacScope, tenantInAnotherCloud } from './registration.ts'
import {
  clientId,
  defaultPassword,
  defaultSecret,
  otherClientId,
  secretId,
  tenantId,
  withHosts,
  type Given,
  type Plan,
} from './plan.ts'

const day = 86_400_000
const root = 'contoso.example'
const soapAndPox = { json: false, soap: true, pox: true }

const keysOf = <T extends object>(value: T): (keyof T & string)[] => Object.keys(value) as (keyof T & string)[]

export const scenarioIds = [
  'healthy-on-prem',
  'healthy-online',
  'secret-id-instead-of-value',
  'expired-secret',
  'wrong-password',
  'consent-missing',
  'ews-not-allowed',
  'wrong-certificate',
  'slow-candidate',
  'role-missing',
  'redirect-addr',
  'redirect-url',
  'foreign-redirect',
  'srv-only',
  'autodiscover-login-only',
  'pox-only',
  'website-wants-login',
  'forms-login',
  'gateway-preauthentication',
  'old-version',
  'mailbox-missing',
  'account-without-mailbox',
  'impersonation-denied',
  'unknown-domain',
  'secret-wrong',
  'application-unknown',
  'tenant-unknown',
  'user-name-differs',
  'extended-protection',
  'expired-certificate',
  'self-signed-certificate',
  'autodiscover-missing',
  'hybrid-mailbox',
  'oauth-on-prem',
  'app-only-on-prem',
  'clock-skew',
  'server-busy',
  ...keysOf(nameScenarios),
  ...keysOf(transportScenarios),
  ...keysOf(proxyScenarios),
  ...keysOf(clockScenarios),
  ...keysOf(autodiscoverScenarios),
  ...keysOf(runScenarios),
  'rbac-scope',
  'tenant-in-another-cloud',
] as const

export type ScenarioId = (typeof scenarioIds)[number]

type Builder = (given: Given) => Plan

const builders: Readonly<Record<ScenarioId, Builder>> = {
  // The URL comes from anonymous JSON; NTLM logs in. No finding.
  'healthy-on-prem': (given) => onPremises({ given }),
  // The URL comes from anonymous JSON at outlook.office365.com; the token logs in. Only the retirement countdown.
  'healthy-online': (given) => online({ given }),
  // client-secret-is-id
  'secret-id-instead-of-value': (given) => online({ given, typed: { clientSecret: secretId } }),
  // client-secret-expired
  'expired-secret': (given) => online({ given, secret: { expires: Date.now() - 2 * day } }),
  // wrong-password-or-user-name
  'wrong-password': (given) => onPremises({ given, password: `${given.password ?? defaultPassword}-since-Monday` }),
  // admin-consent-missing
  'consent-missing': (given) => online({ given, application: { consent: 'refused', roles: [] } }),
  // ews-disabled-for-organization, ews-app-not-allowed: a good token and a 403 that says nothing
  'ews-not-allowed': (given) => online({ given, online: { ewsBlocked: true } }),
  // tls-name-mismatch at the decisive hosts
  'wrong-certificate': (given) => {
    const plan = onPremises({ given })
    return withHosts(plan, [mailHost, autodiscoverHost], {
      certificate: 'wrong-name',
      strangerName: 'shared-hosting.example',
    })
  },
  // Works as healthy-on-prem; two candidates cost their time limit, at most a warning each.
  'slow-candidate': (given) =>
    onPremises({
      given,
      hosts: {
        [root]: { role: 'website', https: 'silent' },
        'outlook.office365.com': { role: 'exchange-online', https: 'silent' },
      },
    }),
  // ews-permission-missing with token-without-roles
  'role-missing': (given) => online({ given, application: { roles: [] } }),
  // Works: Autodiscover names anna@groups.contoso.example, and that domain's Autodiscover has the settings.
  'redirect-addr': (given) => {
    const groups = `groups.${root}`
    const account = { email: `anna@${groups}`, aliases: [`anna@${root}`] }
    const mailDomains = [groups]
    const plan = onPremises({
      given,
      account,
      organisation: { mailDomains },
      server: {
        autodiscover: soapAndPox,
        direct: (email) =>
          email.toLowerCase() === `anna@${root}`
            ? { kind: 'address', address: `anna@${groups}` }
            : { kind: 'settings' },
      },
    })
    const server = plan.hosts[autodiscoverHost]
    return server ? { ...plan, hosts: { ...plan.hosts, [`autodiscover.${groups}`]: { ...server } } } : plan
  },
  // Works: Autodiscover sends the question on to the mail host, in the mail domain.
  'redirect-url': (given) => {
    const plan = onPremises({ given, server: { autodiscover: soapAndPox } })
    const organisation = contoso([anna(given.password ?? defaultPassword)])
    const sender = makeServer({
      organisation,
      autodiscover: soapAndPox,
      direct: () => ({ kind: 'host', host: mailHost }),
    })
    return { ...plan, hosts: { ...plan.hosts, [autodiscoverHost]: { role: 'autodiscover', https: sender } } }
  },
  // foreign-redirect-refused; works with consent to the one host
  'foreign-redirect': (given) => {
    const partner = 'exchange.hosting-partner.example'
    const ewsUrl = `https://${partner}/EWS/Exchange.asmx`
    const plan = onPremises({ given, organisation: { ewsUrl }, server: { autodiscover: soapAndPox } })
    const server = plan.hosts[mailHost]
    const location = `https://${partner}/autodiscover/autodiscover.xml`
    const { [mailHost]: _gone, ...others } = plan.hosts
    return {
      ...plan,
      zones: { [root]: [{ type: 'MX', exchange: 'mx.hosting-partner.example', priority: 10 }] },
      hosts: {
        ...others,
        [autodiscoverHost]: {
          role: 'autodiscover-redirect',
          https: 'refused',
          http: () => ({ status: 302, headers: { Location: location } }),
        },
        [partner]: { ...server, role: 'exchange' },
      },
    }
  },
  // Works over the SRV record; srv-record-unusual
  'srv-only': (given) => {
    const host = `exchange.${root}`
    const ewsUrl = `https://${host}:8443/EWS/Exchange.asmx`
    const plan = onPremises({ given, organisation: { ewsUrl }, server: { autodiscover: soapAndPox } })
    const server = plan.hosts[mailHost]
    const { [mailHost]: _mail, [autodiscoverHost]: _autodiscover, [root]: _root, ...others } = plan.hosts
    return {
      ...plan,
      zones: {
        [root]: [{ type: 'MX', exchange: host, priority: 10 }],
        [`_autodiscover._tcp.${root}`]: [{ type: 'SRV', target: host, port: 8443, priority: 0, weight: 0 }],
      },
      hosts: { ...others, [host]: { ...server, role: 'exchange', port: 8443 } },
    }
  },
  // Works after a login at Autodiscover (Exchange 2013 CU23); server-out-of-support
  'autodiscover-login-only': (given) =>
    onPremises({
      given,
      organisation: {
        build: [15, 0, 1497, 48],
        schemaVersion: 'V2_23',
        versions: [...versionsUpTo2010Sp2, 'Exchange2012', 'Exchange2013', 'Exchange2013_SP1'],
      },
      server: { autodiscover: soapAndPox },
    }),
  // Works; only POX has the settings
  'pox-only': (given) => onPremises({ given, server: { autodiscover: { json: false, soap: false, pox: true } } }),
  // Works; root-website-wants-login at most, and no login is spent on it
  'website-wants-login': (given) =>
    onPremises({
      given,
      hosts: {
        [root]: {
          role: 'website',
          https: (request) => {
            if (request.headers.authorization !== undefined) request.journal.logon = 'refused'
            return page(401, '401 Authorization Required', {
              Server: 'nginx',
              'WWW-Authenticate': 'Basic realm="Intranet"',
            })
          },
        },
      },
    }),
  // forms-login-in-front at the EWS URL
  'forms-login': (given) => {
    const plan = onPremises({ given })
    const organisation = contoso([anna(given.password ?? defaultPassword)])
    return {
      ...plan,
      hosts: { ...plan.hosts, [mailHost]: { role: 'gateway', https: makeServer({ organisation, formsLogin: true }) } },
    }
  },
  // gateway-preauthentication at the EWS URL
  'gateway-preauthentication': (given) => {
    const plan = onPremises({ given })
    return {
      ...plan,
      hosts: {
        ...plan.hosts,
        [mailHost]: {
          role: 'gateway',
          https: (request) => {
            if (request.headers.authorization !== undefined) request.journal.logon = 'refused'
            return page(401, 'Authentication required', {
              Server: 'SecureGate',
              'WWW-Authenticate': 'Basic realm="SecureGate Web Application Firewall"',
            })
          },
        },
      },
    }
  },
  // Works with Exchange2010_SP2; server-version-too-new as a warning, server-out-of-support
  'old-version': (given) =>
    onPremises({
      given,
      organisation: { build: [14, 3, 513, 0], schemaVersion: 'Exchange2010_SP2', versions: versionsUpTo2010Sp2 },
      server: { autodiscover: soapAndPox },
    }),
  // mailbox-not-found
  'mailbox-missing': (given) => online({ given, typed: { email: 'nobody@fabrikam.example' } }),
  // account-has-no-mailbox
  'account-without-mailbox': (given) => onPremises({ given, account: { mailbox: false } }),
  // impersonation-denied: the role's scope is one other mailbox
  'impersonation-denied': (given) =>
    online({ given, online: { mayOpen: (account) => account.email.startsWith('sales@') } }),
  // mail-domain-not-found
  'unknown-domain': (given) => onPremises({ given, typed: { email: 'anna@contosso.example' } }),
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
  'tenant-unknown': (given) => online({ given, typed: { tenantId: 'f3b7c8d1-5a29-4e60-91fb-08d6c4e2a713' } }),
  // wrong-password-or-user-name; works with the user name CONTOSO\anna
  'user-name-differs': (given) => onPremises({ given, account: { upn: 'a.berger@ad.contoso.example' } }),
  // extended-protection-suspected: right at /autodiscover, 401 at /ews, whatever binding is sent
  'extended-protection': (given) =>
    onPremises({ given, server: { protection: { ews: 'require', autodiscover: 'off' }, boundHash: randomBytes(32) } }),
  // tls-certificate-expired
  'expired-certificate': (given) =>
    withHosts(onPremises({ given }), [mailHost, autodiscoverHost], { certificate: 'expired' }),
  // tls-issuer-unknown
  'self-signed-certificate': (given) =>
    withHosts(onPremises({ given }), [mailHost, autodiscoverHost], { certificate: 'self-signed' }),
  // autodiscover-not-published; works with the URL typed
  'autodiscover-missing': (given) => onPremises({ given, hosts: { [autodiscoverHost]: null } }),
  // Works at the own server, to which Exchange Online's JSON sends the question
  'hybrid-mailbox': (given) => {
    const cloud = online({ given, online: { hybrid: new Map([[root, autodiscoverHost]]) } })
    const plan = onPremises({ given })
    const microsoft = Object.fromEntries(
      Object.entries(cloud.hosts).filter(([name]) => /\.(outlook|office365|microsoftonline)\.com$/.test(name)),
    )
    return { ...plan, hosts: { ...plan.hosts, ...microsoft } }
  },
  // oauth-not-offered-by-server; the password as fallback works, so oauth-fell-back-to-password
  'oauth-on-prem': (given) => withTenant(given, {}).plan,
  // app-only-unsupported-on-premises; the password as fallback works
  'app-only-on-prem': (given) => {
    const tenant = withTenant(given, { hybridTenant: tenantId, isToken: (token) => tenant.isToken(token) })
    return tenant.plan
  },
  // Works; clock-skew as a warning: two hosts agree that it is twenty minutes later
  'clock-skew': (given) => {
    const plan = onPremises({ given })
    return withHosts(plan, Object.keys(plan.hosts), { clockOffsetSeconds: 20 * 60 })
  },
  // server-busy with the wait that the server names; nothing is asked again in the run
  'server-busy': (given) => onPremises({ given, server: { backOffMilliseconds: 60_000 } }),
  ...nameScenarios,
  ...transportScenarios,
  ...proxyScenarios,
  ...clockScenarios,
  ...autodiscoverScenarios,
  ...runScenarios,
  // Works with a token without roles; token-without-roles as a warning
  'rbac-scope': rbacScope,
  // tenant-not-found; wrong-cloud where the other clouds are asked
  'tenant-in-another-cloud': tenantInAnotherCloud,
}

/** Contoso with a tenant and a registered application, whose server is its own all the same. */
const withTenant = (
  given: Given,
  server: Partial<ServerOptions>,
): { plan: Plan; isToken: (token: string) => boolean } => {
  const clientSecret = given.clientSecret ?? defaultSecret
  const secret = { id: secretId, value: clientSecret, expires: Date.now() + 180 * day }
  const application = { clientId, secrets: [secret], roles: ['full_access_as_app'] }
  const entra = makeEntra({ tenants: [{ id: tenantId, domains: [root], applications: [application] }] })
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

/** Builds a scenario's plan: pure data and handlers, nothing listens yet. */
export function planScenario(id: ScenarioId, given: Given): Plan {
  return builders[id](given)
}
