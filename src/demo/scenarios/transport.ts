// Scenarios of stage T: connections and TLS at the host that Autodiscover names. What a correct client concludes is written beside each.

import { autodiscoverHost, mailHost, onPremises } from './on-premises.ts'
import { withHosts, type Builder, type Given, type Plan } from './plan.ts'

/** The name that this product writes into the certificates it makes on the way. */
const inspector = 'CN=Zscaler Intermediate Root CA (zscaler.net), O=Zscaler Inc.'
const ownHosts = [mailHost, autodiscoverHost]

const inspected = (given: Given): Plan => {
  const plan = onPremises({ given })
  return withHosts(plan, Object.keys(plan.hosts), { issuer: inspector })
}

export const transportScenarios = {
  // connection-refused
  'port-closed': (given) => withHosts(onPremises({ given }), [mailHost], { https: 'refused' }),
  // connection-timed-out
  'firewall-drops': (given) => ({
    ...withHosts(onPremises({ given }), [mailHost], { https: 'blocked' }),
    slow: true,
  }),
  // server-silent: the handshake is good, then nothing
  'server-silent': (given) => ({
    ...withHosts(onPremises({ given }), [mailHost], { https: 'silent-after-tls' }),
    slow: true,
  }),
  // connection-dropped: closed after the request
  'connection-dropped': (given) => withHosts(onPremises({ given }), [mailHost], { https: () => 'reset' }),
  // tls-handshake-reset
  'handshake-reset': (given) => withHosts(onPremises({ given }), [mailHost], { https: 'reset' }),
  // tls-certificate-not-yet-valid
  'certificate-not-yet-valid': (given) => withHosts(onPremises({ given }), ownHosts, { certificate: 'not-yet-valid' }),
  // tls-issuer-unknown: the root is trusted, the certificate between is not sent
  'intermediate-missing': (given) =>
    withHosts(onPremises({ given }), ownHosts, { certificate: 'intermediate-missing' }),
  // tls-inspection: every host, Microsoft's too, shows a certificate of the inspecting proxy
  'tls-inspection': inspected,
  // Works; tls-inspection as a warning, because this machine trusts the inspecting authority
  'tls-inspection-trusted': (given) => ({ ...inspected(given), trusted: [inspector] }),
  // Works; tls-certificate-differs-behind-balancer: IIS has another certificate than the balancer shows
  'certificate-differs': (given) =>
    onPremises({ given, typed: { expectThumbprint: Array.from({ length: 32 }, () => 'AB').join(':') } }),
} as const satisfies Readonly<Record<string, Builder>>
