// Scenarios of stage P: the company's proxy, and what answers in place of a server. What a correct client concludes is written beside each.

import { page, type Handler } from '../http.ts'
import { anna, contoso, mailHost, onPremises } from './on-premises.ts'
import { online } from './online.ts'
import { defaultPassword, withHosts, type Builder } from './plan.ts'
import { makeServer } from '../exchange/server.ts'

const portal: Handler = () => page(200, 'Welcome to the guest network of Hotel Seeblick', { Server: 'GuestGate' })

export const proxyScenarios = {
  // Works through the proxy. No finding.
  'healthy-proxy': (given) => ({ ...onPremises({ given }), proxy: { behaviour: 'works', namedBy: 'admin' } }),
  // proxy-login-required
  'proxy-wants-login': (given) => ({
    ...onPremises({ given }),
    proxy: { behaviour: 'login', namedBy: 'environment', only: true },
  }),
  // gateway-answered: the proxy itself refuses the host
  'proxy-blocks': (given) => ({
    ...onPremises({ given }),
    proxy: { behaviour: 'blocks', namedBy: 'environment', only: true },
  }),
  // proxy-unreachable, and there is no other way
  'proxy-unreachable': (given) => ({
    ...onPremises({ given }),
    proxy: { behaviour: 'unreachable', namedBy: 'admin', only: true },
  }),
  // proxy-unreachable and proxy-not-used: without the proxy the hosts answer
  'proxy-needless': (given) => ({
    ...onPremises({ given }),
    proxy: { behaviour: 'unreachable', namedBy: 'admin' },
  }),
  // proxy-not-used: direct connections are closed, the environment names a proxy, and the settings say "none"
  'proxy-not-used': (given) => ({
    ...onPremises({ given, typed: { proxy: 'none' } }),
    proxy: { behaviour: 'works', namedBy: 'environment', only: true },
  }),
  // captive-portal: whatever is asked, the same page answers
  'captive-portal': (given) => {
    const plan = onPremises({ given })
    return withHosts(plan, Object.keys(plan.hosts), { https: portal, http: portal })
  },
  // gateway-answered: a gateway has no rule for /ews/
  'gateway-answers': (given) => {
    const organisation = contoso([anna(given.password ?? defaultPassword)])
    const exchange = makeServer({ organisation })
    return withHosts(onPremises({ given }), [mailHost], {
      role: 'gateway',
      https: (request) =>
        request.route.startsWith('/ews/')
          ? page(503, 'No server is available to handle this request', { Via: '1.1 gateway.contoso.example' })
          : exchange(request),
    })
  },
  // token-endpoint-redirected: a portal sends the token request to its own login page
  'token-redirected': (given) => {
    const plan = online({ given })
    const own = plan.hosts['login.microsoftonline.com']?.https
    return withHosts(plan, ['login.microsoftonline.com'], {
      https: (request) => {
        if (typeof own === 'function' && !request.route.endsWith('/token')) return own(request)
        return { status: 302, headers: { Location: 'https://portal.fabrikam.example/login', Server: 'GuestGate' } }
      },
    })
  },
} as const satisfies Readonly<Record<string, Builder>>
