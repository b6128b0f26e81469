// The way to the server: names, certificates, clocks, and Autodiscover that does not lead there.

import { autodiscoverHost, mailHost, onPremises, soapAndPox } from './on-premises.ts'
import { withHosts, type Builder } from './plan.ts'

const root = 'contoso.example'

export const wayScenarios = {
  // mail-domain-not-found
  'unknown-domain': (given) => onPremises({ given, typed: { email: 'anna@contosso.example' } }),
  // tls-name-mismatch at the decisive hosts
  'wrong-certificate': (given) => {
    const plan = onPremises({ given })
    return withHosts(plan, [mailHost, autodiscoverHost], {
      certificate: 'wrong-name',
      strangerName: 'shared-hosting.example',
    })
  },
  // tls-certificate-expired
  'expired-certificate': (given) =>
    withHosts(onPremises({ given }), [mailHost, autodiscoverHost], { certificate: 'expired' }),
  // tls-issuer-unknown
  'self-signed-certificate': (given) =>
    withHosts(onPremises({ given }), [mailHost, autodiscoverHost], { certificate: 'self-signed' }),
  // Works; clock-skew as a warning: two hosts agree that it is twenty minutes later
  'clock-skew': (given) => {
    const plan = onPremises({ given })
    return withHosts(plan, Object.keys(plan.hosts), { clockOffsetSeconds: 20 * 60 })
  },
} satisfies Readonly<Record<string, Builder>>

/** Autodiscover that is not there, or leads to strangers. */
export const lostScenarios = {
  // autodiscover-not-published; works with the URL typed
  'autodiscover-missing': (given) => onPremises({ given, hosts: { [autodiscoverHost]: null } }),
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
} satisfies Readonly<Record<string, Builder>>
