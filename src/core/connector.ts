/** Puts the core together for a host. */
import type { Remark } from './evidence/schema.ts'
import type { MailboxEvent } from './addresses/onMailbox.ts'
import type { CheckReach, PermissionModel } from './registration/models.ts'
import type { ConsentQuestion, RunEvent, RunResult } from './runs/events.ts'
import type { SecretKind, Settings } from './settings/settings.ts'
import type { ClientCertificateResult } from './auth/clientCertificate.ts'
import type { OpenMailbox } from './runs/loginAndRead.ts'
import type { Secret } from './auth/secret.ts'
import type { Waits } from './limits.ts'

export type Secrets = Partial<Record<SecretKind, Secret | undefined>> & {
  /** Read from its file by the host, where settings name one. */
  clientCertificate?: ClientCertificateResult | undefined
}

/** What a person wants tried besides, once each: it is never tried without being asked for. */
export type Second = {
  /** Another form of the user name, after a definite refusal of the first one. */
  userName?: string | undefined
  /** Another mailbox, after EWS was forbidden for the first one. */
  mailbox?: string | undefined
}

export type RunRequest = { settings: Settings; secrets: Secrets; second?: Second | undefined }

/** A check of the guide: how far it goes, and for which permission model. */
export type RegistrationRequest = RunRequest & { reach: CheckReach; model: PermissionModel }

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
  /** Rows C1 to C5: checks what the steps of the app registration did, as far as asked. */
  registration(request: RegistrationRequest, options: RunOptions): AsyncGenerator<RunEvent, void, void>
  /** Logs in as a test does, then works in the mailbox; the last event is the run's `ended`. */
  onMailbox<T>(
    request: RunRequest,
    options: RunOptions,
    work: (mailbox: OpenMailbox, context: { signal: AbortSignal; emit: (event: T) => void }) => Promise<void>,
  ): AsyncGenerator<MailboxEvent<T>, void, void>
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
  /**
   * The system's proxy for the origin of a URL, proxy scripts included, in their language: `PROXY a:8080; DIRECT`. Asked where neither
   * options nor environment name a proxy; absent on hosts that cannot know.
   */
  systemProxy?: (origin: string) => Promise<string>
  /**
   * DNS domain of the Active Directory that this machine or the ticket of its login session belongs to, for service connection points;
   * null where none is known. Rejects never.
   */
  machineDomain?: () => Promise<string | null>
  /** Told of our own mistakes that a run survived; never of a server's or a network's. */
  onCrash?: (error: unknown) => void
}
