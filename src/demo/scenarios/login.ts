// User name and password, and what stands between them and Exchange.

import { randomBytes } from 'node:crypto'
import { makeServer } from '../exchange/server.ts'
import { page } from '../http.ts'
import { anna, autodiscoverHost, contoso, mailHost, onPremises, soapAndPox } from './on-premises.ts'
import { defaultPassword, type Builder } from './plan.ts'

const besideBridge = { ews: 'require', autodiscover: 'off' } as const

export const loginScenarios = {
  // wrong-password-or-user-name
  'wrong-password': (given) => onPremises({ given, password: `${given.password ?? defaultPassword}-since-Monday` }),
  // wrong-password-or-user-name; works with the user name CONTOSO\anna
  'user-name-differs': (given) => onPremises({ given, account: { upn: 'a.berger@ad.contoso.example' } }),
  // Works; user-name-form-wrong: the address is refused, and the second form, which the admin asked for, logs in
  'user-name-in-two-forms': (given) =>
    onPremises({
      given,
      account: { upn: 'a.berger@ad.contoso.example' },
      typed: { secondUserName: 'CONTOSO\\anna' },
    }),
  // account-locked: somebody else's wrong passwords did it
  'account-locked': (given) => onPremises({ given, account: { lockedOut: true } }),
  // password-charset-suspected: a server that reads Basic as Latin-1 only
  'password-with-umlaut': (given) =>
    onPremises({
      given: { ...given, password: given.password ?? 'Schöne-Grüße-vom-See' },
      gate: { basicEncodings: ['latin1'] },
      server: { ewsSchemes: ['basic'], autodiscoverSchemes: ['basic'] },
    }),
  // ntlm-connection-not-kept: the balancer closes the connection between the legs
  'balancer-closes-connection': (given) => onPremises({ given, gate: { balancer: 'closes' } }),
  // ntlm-connection-not-kept: the balancer sends the last leg to another server
  'balancer-mixes-servers': (given) => onPremises({ given, gate: { balancer: 'mixes' } }),
  // extended-protection-suspected, a possibility: 401 at /ews, whatever binding is sent
  'extended-protection': (given) =>
    onPremises({ given, server: { protection: besideBridge, boundHash: randomBytes(32) } }),
  // extended-protection-suspected, likely: the same login was good at Autodiscover of the same host
  'extended-protection-proven': (given) =>
    onPremises({
      given,
      organisation: { ewsUrl: `https://${autodiscoverHost}/EWS/Exchange.asmx` },
      server: { protection: besideBridge, boundHash: randomBytes(32), autodiscover: soapAndPox },
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
} satisfies Readonly<Record<string, Builder>>
