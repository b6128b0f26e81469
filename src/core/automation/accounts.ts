/** What is known of accounts and applications while a process runs: who uses them, calls under way, refusals, and whether a token is proven. */
import { standingOf } from './ledger.ts'
import type { Outcome } from './outcome.ts'
import { allowedFailures } from './policy.ts'
import type { Ledger } from './schema.ts'
import type { Now, Target } from './target.ts'

export type Call = {
  began: number
  /** How often the clock had been set when it began. */
  shifts: number
  host: string
  account: string
  app: string | null
  /** Whose refusal it would be if it never ended. */
  accounts: readonly string[]
}

export type Account = {
  users: Set<string>
  calls: number
  /** A call whose token is not proven goes alone. */
  isAlone: boolean
  provenUntil: number
  refusedSteady: number | null
  /** Connections that wait for one of its calls to end. */
  blocked: string[]
}

/** A proven token is not asked for anew until this long before its end. */
const tokenMarginMs = 6 * 60_000
const unknownTokenMs = 5 * 60_000

export const accountsOf = ({ account, app }: { account: string; app: string | null }): string[] =>
  app === null ? [account] : [account, app]

export type Accounts = ReturnType<typeof openAccounts>

export function openAccounts(ledger: Ledger) {
  const accounts = new Map<string, Account>()

  function of(name: string): Account {
    let account = accounts.get(name)
    if (account === undefined) {
      account = { users: new Set(), calls: 0, isAlone: false, provenUntil: -Infinity, refusedSteady: null, blocked: [] }
      accounts.set(name, account)
    }
    return account
  }

  const failuresOf = (name: string): number => standingOf(ledger, name).failures

  return {
    of,
    names: () => accounts.keys(),
    failuresOf,
    /** When the account's last refusal came, on the steady clock. What an earlier process stored counts by the wall clock, and never as the future. */
    refusedSteady(name: string, now: Now): number | null {
      const { failures, refusedAt } = standingOf(ledger, name)
      if (failures === 0 || refusedAt === null) return null
      const account = of(name)
      account.refusedSteady ??= now.steady - Math.max(0, now.wall - refusedAt)
      return account.refusedSteady
    },
    /** Who of these stands in the way of a call now; null: nobody. Counts calls under way as refusals to come. */
    blockedBy({ account, app, policy }: Target, now: Now): string | null {
      if (of(account).calls + failuresOf(account) >= allowedFailures(policy)) return account
      if (app === null) return null
      const { calls: underWay, isAlone, provenUntil } = of(app)
      if (isAlone) return app
      const proven = provenUntil > now.steady && failuresOf(app) === 0
      return proven || underWay === 0 ? null : app
    },
    /** A call begins. Returns whose refusal it would be if it never ended. */
    begin({ account, app }: Target, now: Now): string[] {
      of(account).calls += 1
      const counted = [account]
      if (app !== null) {
        const owner = of(app)
        owner.calls += 1
        owner.isAlone = owner.provenUntil <= now.steady || failuresOf(app) > 0
        if (owner.isAlone) counted.push(app)
      }
      return counted
    },
    /** A call ended. Returns the connections that waited for that. */
    release(call: Call): string[] {
      return accountsOf(call).flatMap((name) => {
        const account = of(name)
        account.calls -= 1
        if (name === call.app) account.isAlone = false
        const { blocked } = account
        account.blocked = []
        return blocked
      })
    },
    /** Whose refusal the end of a call is. */
    countsOf(call: Call, outcome: Outcome): readonly string[] {
      if (outcome.kind === 'interrupted') return call.accounts
      if (outcome.kind !== 'refused') return []
      if (outcome.refusedBy !== 'token' || call.app === null) return [call.account]
      // Calls that shared one refused token request are one refusal.
      const since = of(call.app).refusedSteady
      return since !== null && failuresOf(call.app) > 0 && call.began < since ? [] : [call.app]
    },
    /** Whose refusals the end of a call makes good. */
    resetsOf(call: Call, outcome: Outcome): string[] {
      const good = [
        ...(outcome.kind === 'works' ? [call.account] : []),
        ...(call.app !== null && (outcome.kind === 'works' || outcome.tokenUntil !== null) ? [call.app] : []),
      ]
      return good.filter((name) => {
        const since = of(name).refusedSteady
        return failuresOf(name) > 0 && (since === null || call.began >= since)
      })
    },
    /** What the end of a call says about the application's token. */
    proveToken(call: Call, outcome: Outcome, o: { isRefused: boolean; shifts: number; now: Now }): void {
      if (call.app === null) return
      const app = of(call.app)
      if (o.isRefused) app.provenUntil = -Infinity
      // The end of a token is told by a clock that was set meanwhile: it proves nothing.
      else if (call.shifts !== o.shifts) app.provenUntil = -Infinity
      else if (outcome.tokenUntil !== null)
        app.provenUntil = o.now.steady + outcome.tokenUntil - o.now.wall - tokenMarginMs
      else if (outcome.kind === 'works') app.provenUntil = o.now.steady + unknownTokenMs
    },
    /** The clock was set, or the machine slept, perhaps past the end of a token. */
    doubtTokens(): void {
      for (const account of accounts.values()) account.provenUntil = -Infinity
    },
  }
}
