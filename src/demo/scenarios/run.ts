// Scenarios about a run as a whole. What a correct client concludes is written beside each.

import { autodiscoverHost, mailHost, onPremises } from './on-premises.ts'
import { withHosts, type Builder } from './plan.ts'

export const runScenarios = {
  // time-budget-spent: the server is silent longer than the run may take
  'time-runs-out': (given) =>
    withHosts(onPremises({ given, typed: { timeoutSeconds: 1 } }), [mailHost], { https: 'silent-after-tls' }),
  // tls-issuer-unknown and works-in-browser-only: a browser fetches the certificate that the server does not send
  'works-in-browser': (given) =>
    withHosts(onPremises({ given, typed: { worksInBrowser: true } }), [mailHost, autodiscoverHost], {
      certificate: 'intermediate-missing',
    }),
} as const satisfies Readonly<Record<string, Builder>>
