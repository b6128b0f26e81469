/** Puts the core together for a host. */
import type { Remark } from './evidence/schema.ts'
import type { ConsentQuestion, RunEvent, RunResult } from './runs/events.ts'
import type { Settings } from './settings/settings.ts'
import type { Secret } from './auth/secret.ts'
import type { Waits } from './limits.ts'

export type Secrets = { password?: Secret | undefined; clientSecret?: Secret | undefined }

export type RunRequest = { settings: Settings; secrets: Secrets }

export type RunOptions = {
  /** Stops the run at any moment; it still ends with an `ended` event, outcome `cancelled`. */
  signal: AbortSignal
  /** Answers a consent question; a host that cannot ask answers false. Rejecting counts as false. */
  ask: (question: ConsentQuestion) => Promise<boolean>
}

export type Connector = {
  /** Row A7. Yields events; the last one is `ended`. Never throws for what a server or network does. */
  locate(request: RunRequest, options: RunOptions): AsyncGenerator<RunEvent, void, void>
  /** Row A8. */
  test(request: RunRequest, options: RunOptions): AsyncGenerator<RunEvent, void, void>
  /** Row B4: one light automatic call with the stored URL: no discovery, one way of logging in, no fallback. */
  call(request: RunRequest, options: Pick<RunOptions, 'signal'>): Promise<RunResult>
  /** Judges fields without network. */
  check(request: RunRequest): Remark[]
}

export type ConnectorHost = {
  /** Version of the product, for evidence. */
  version: string
  /** PEM of the CAs that the platform trusts, besides those that Node brings along. */
  systemCas: readonly string[]
  /** Environment for proxy settings (`HTTPS_PROXY`, `NO_PROXY`). */
  environment: Readonly<Record<string, string | undefined>>
  /** Shorter waits than the limits allow, for hosts that know their servers, such as tests. */
  waits?: Partial<Waits>
  /** Told of our own mistakes that a run survived; never of a server's or a network's. */
  onCrash?: (error: unknown) => void
}
