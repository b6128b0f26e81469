// Scenarios of stage N: names and addresses. What a correct client concludes is written beside each.

import { autodiscoverHost, mailHost, onPremises } from './on-premises.ts'
import { withHosts, type Builder, type Given, type Plan } from './plan.ts'

const root = 'contoso.example'
const ewsUrl = `https://${mailHost}/EWS/Exchange.asmx`
const typo = 'https://mial.contoso.example/EWS/Exchange.asmx'

/** Contoso asked through a resolver that does the same with every name. */
const withResolver = (given: Given, zones: Plan['zones']): Plan => ({ ...onPremises({ given }), hosts: {}, zones })

export const nameScenarios = {
  // mail-domain-not-found, and beside it no-name-resolved: a resolver that knows nothing says so about every name
  'no-name-known': (given) => withResolver(given, {}),
  // dns-not-answering: REFUSED
  'dns-refuses': (given) => withResolver(given, { '*': [{ type: 'failure', rcode: 'REFUSED' }] }),
  // dns-not-answering: SERVFAIL for the mail domain alone, as after a mistake in DNSSEC
  'dns-broken': (given) => {
    const failure = [{ type: 'failure', rcode: 'SERVFAIL' }] as const
    const plan = onPremises({ given, hosts: { [root]: null, [autodiscoverHost]: null, [mailHost]: null } })
    const names = [root, autodiscoverHost, mailHost, `_autodiscover._tcp.${root}`]
    return { ...plan, zones: Object.fromEntries(names.map((name) => [name, failure])) }
  },
  // dns-not-answering: a resolver behind a VPN that is down
  'dns-silent': (given) => ({ ...withResolver(given, { '*': [{ type: 'silence' }] }), slow: true }),
  // Found, and then ews-host-not-found: the URL was typed with a mistake
  'url-host-unknown': (given) => onPremises({ given, typed: { ewsUrl: typo } }),
  // ipv6-unreachable as an error: the server has no other address
  'ipv6-only': (given) =>
    withHosts(onPremises({ given }), [mailHost], {
      dns: [{ type: 'AAAA', address: '::1' }],
      resolved: true,
      https: 'refused',
    }),
  // split-dns-suspected: from here the public name leads to an address that is none outside. Beside it ews-url-internal-only where Autodiscover
  // named the host, connection-timed-out where it was typed
  'split-dns': (given) => ({
    ...withHosts(onPremises({ given, typed: { ewsUrl } }), [mailHost], { resolved: true, https: 'blocked' }),
    slow: true,
  }),
} as const satisfies Readonly<Record<string, Builder>>
