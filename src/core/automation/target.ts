/** What the engine is told: which connections there are, and what time it is. */
import type { Policy } from './policy.ts'

/** Both clocks at one moment, in ms: the one on the wall, and one that is never set. */
export type Now = { wall: number; steady: number }

/** A connection as far as its calls are concerned. */
export type Target = {
  id: string
  /** Whose logon a refusal by Exchange counts for: shared by all connections that log in with it. */
  account: string
  /** Whose logon a refusal by the token endpoint counts for: the application; null: no OAuth. */
  app: string | null
  host: string
  policy: Policy
  everyMs: number
  automatic: boolean
  /** Another text when something was edited that a call depends on. */
  fingerprint: string
  activatedAt: string | null
  hurriedAt: string | null
}
