// Scenarios of stage C: clocks. What a correct client concludes is written beside each.

import { autodiscoverHost, mailHost, onPremises } from './on-premises.ts'
import { ewsHost, online } from './online.ts'
import { withHosts, type Builder } from './plan.ts'

const minute = 60
const day = 24 * 60 * minute

export const clockScenarios = {
  // clock-skew as an error: by the clocks of the other hosts the certificate has begun
  'clock-far-behind': (given) => {
    const plan = onPremises({ given })
    const late = withHosts(plan, Object.keys(plan.hosts), { clockOffsetSeconds: 3 * day })
    return withHosts(late, [mailHost, autodiscoverHost], { certificate: 'not-yet-valid' })
  },
  // token-not-yet-valid, and clock-skew: Exchange Online's clock is behind that of the login service
  'token-from-the-future': (given) => {
    const clockOffsetSeconds = -20 * minute
    return withHosts(online({ given, online: { clockOffsetSeconds } }), [ewsHost], { clockOffsetSeconds })
  },
} as const satisfies Readonly<Record<string, Builder>>
