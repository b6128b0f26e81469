/** Logins that were refused with a 401 (or 456, 457), each with the answer that refused it. */
import type { LoginScheme } from '../evidence/logins.ts'
import type { Challenge } from '../evidence/network.ts'
import type { Facts, ObservationOf, Step } from '../evidence/schema.ts'
import type { Path } from './draft.ts'
import { all, diagnosticsOf, exchangeShown, hostOfUrl, lastAnswer, pathOf, type View } from './view.ts'

/** Schemes of Windows authentication. */
export const windowsSchemes = ['negotiate', 'ntlm']

export type RefusedLogin = {
  step: Step
  path: Path
  login: ObservationOf<'login'>
  scheme: LoginScheme
  host: string | null
  status: number
  /** The last answer of the step at this host. */
  answer: ObservationOf<'http'> | undefined
  challenges: readonly Challenge[]
  /** Schemes offered, lower case. */
  offered: readonly string[]
  exchange: 'shown' | 'half' | 'none'
}

/** Refused logins on every path, in order. A 403 is no refused login: it is about policy, not about the password. */
export function refusedLogins(view: View): RefusedLogin[] {
  return all(view.evidence.steps, 'login').flatMap(({ step, seen }): RefusedLogin[] => {
    const status = seen.status ?? 401
    if (seen.result !== 'refused' || ![401, 456, 457].includes(status)) return []
    const host = hostOfUrl(seen.url)
    const answer = lastAnswer(step, (one) => one.status === status && hostOfUrl(one.url) === host)
    const challenges = answer?.challenges ?? []
    const named = seen.offered.length > 0 ? seen.offered : challenges.map((one) => one.scheme)
    return [
      {
        step,
        path: pathOf(view, step),
        login: seen,
        scheme: seen.scheme,
        host,
        status,
        answer,
        challenges,
        offered: [...new Set(named.map((one) => one.toLowerCase()))],
        exchange: strongest(seen.exchange, answer === undefined ? 'none' : exchangeShown(answer)),
      },
    ]
  })
}

function strongest(one: RefusedLogin['exchange'], other: RefusedLogin['exchange']): RefusedLogin['exchange'] {
  if (one === 'shown' || other === 'shown') return 'shown'
  return one === 'half' || other === 'half' ? 'half' : 'none'
}

export type TokenRefusal = RefusedLogin & {
  diagnostics: { code: string; reason: string | null; category: string | null } | null
  /** True when no rule knows the code, so that the category decides. */
  isUnknownCode: boolean
}

/** Codes of `x-ms-diagnostics` that name a cause. */
export const knownCodes = ['2000001', '2000003', '2000004', '2000005', '2000020', '4000000']

/** Tokens refused with a 401 at EWS, with the reason that the server gave. */
export function tokenRefusals(view: View): TokenRefusal[] {
  return refusedLogins(view)
    .filter((one) => one.scheme === 'oauth' && one.status === 401)
    .map((one) => {
      const diagnostics =
        diagnosticsOf(one.answer?.headers['x-ms-diagnostics']) ?? diagnosticsOf(one.login.diagnostics ?? undefined)
      return { ...one, diagnostics, isUnknownCode: diagnostics !== null && !knownCodes.includes(diagnostics.code) }
    })
}

/** Who tried to log in how, and what the host offers. */
export function loginFacts(
  view: View,
  one: { host: string | null; scheme: string; offered: readonly string[]; user?: string | undefined },
): Facts {
  const { userName, email } = view.evidence.input
  return {
    host: one.host,
    user: one.user ?? (userName === '' ? email : userName),
    scheme: one.scheme,
    offered: [...one.offered],
    code: null,
  }
}

/** What stands in front of Exchange, as far as it shows itself. */
export function gatewayFacts(one: RefusedLogin): Facts {
  const realm = one.challenges.find((challenge) => challenge.scheme.toLowerCase() === 'basic')?.parameters['realm']
  return {
    host: one.host,
    offered: [...one.offered],
    realm: realm ?? null,
    server: one.answer?.headers['server'] ?? null,
  }
}
