/** The calls of a transfer: busy servers are waited for as they ask, and what concerns every later call as well ends it. */
import { assertNever } from '../assertNever.ts'
import type { EwsAnswer } from '../ews/answer.ts'
import { getContacts, readItemAnswers, type ItemAnswer } from '../ews/contactItems.ts'
import type { OpenMailbox } from '../runs/loginAndRead.ts'
import type { TransferOptions, TransferOutcome } from './transferTerms.ts'

type Waits = Pick<TransferOptions, 'clock' | 'signal' | 'emit'>

/** Ends the whole transfer; it is caught where that began. */
export class BrokenOff extends Error {
  readonly outcome: TransferOutcome
  constructor(outcome: TransferOutcome) {
    super(outcome.kind)
    this.outcome = outcome
  }
}

/** How often one call is repeated because the server is busy, and the longest pause that is obeyed. */
export const busyTries = 8
const shortestPauseMs = 1_000
const longestPauseMs = 10 * 60_000

export const busyCodes = new Set([
  'ErrorServerBusy',
  'ErrorExceededConnectionCount',
  'ErrorInsufficientResources',
  'ErrorInternalServerTransientError',
  'ErrorMailboxMoveInProgress',
  'ErrorMailboxFailover',
  'ErrorTimeoutExpired',
])

type CallResult =
  | { kind: 'answers'; answers: readonly ItemAnswer[] }
  /** The request as a whole was refused, with a code of EWS. */
  | { kind: 'refused'; code: string }

export type Calls = (
  write: (envelope: Pick<OpenMailbox, 'version' | 'mailbox' | 'impersonate'>) => string,
) => Promise<CallResult>

/** One call: busy servers are waited for as they ask; what concerns every later call as well breaks the transfer off. */
export function callsOf(mailbox: OpenMailbox, o: Waits): Calls {
  return async (write) => {
    const xml = write(mailbox)
    for (let attempt = 1; ; attempt += 1) {
      if (o.signal.aborted) throw new BrokenOff({ kind: 'stopped' })
      const { answer, text, retryAfterMs } = await mailbox.send(xml)
      if (o.signal.aborted && answer.result === 'cancelled') throw new BrokenOff({ kind: 'stopped' })
      const busy = busyCodeOf(answer)
      if (busy !== null) {
        if (attempt >= busyTries) throw new BrokenOff({ kind: 'broken-off', code: busy, status: answer.status })
        const hint = answer.backOffMs ?? retryAfterMs ?? shortestPauseMs * 2 ** (attempt - 1)
        if (hint > longestPauseMs) throw new BrokenOff({ kind: 'broken-off', code: busy, status: answer.status })
        const ms = Math.max(shortestPauseMs, hint)
        o.emit({ kind: 'waiting', ms, code: busy })
        await o.clock.sleep(ms, o.signal)
        continue
      }
      switch (answer.result) {
        case 'success':
        case 'error': {
          const answers = readItemAnswers(text)
          if (answers === null) throw new BrokenOff({ kind: 'broken-off', code: 'not-soap', status: answer.status })
          return { kind: 'answers', answers }
        }
        case 'fault':
          return { kind: 'refused', code: answer.responseCode ?? 'fault' }
        case 'cancelled':
          throw new BrokenOff({ kind: 'stopped' })
        case 'http-error':
        case 'not-soap':
        case 'no-answer':
          throw new BrokenOff({ kind: 'broken-off', code: answer.result, status: answer.status })
        default:
          return assertNever(answer.result)
      }
    }
  }
}

/** A call that was turned away as a whole. Where single records of a batch were, the others may have been written: they are told apart later. */
function busyCodeOf(answer: EwsAnswer): string | null {
  if (answer.result === 'fault' && answer.responseCode !== null && busyCodes.has(answer.responseCode))
    return answer.responseCode
  return answer.result === 'http-error' && (answer.status === 429 || answer.status === 503)
    ? `http-${answer.status}`
    : null
}

/** Single records of a batch were turned away; EWS gives no hint for them. */
export async function pause(o: Waits, attempt: number): Promise<void> {
  const ms = shortestPauseMs * 2 ** (attempt - 1)
  o.emit({ kind: 'waiting', ms, code: 'ErrorServerBusy' })
  await o.clock.sleep(ms, o.signal)
}

export async function read(calls: Calls, ids: readonly string[]): Promise<readonly ItemAnswer[]> {
  if (ids.length === 0) return []
  const result = await calls((envelope) => getContacts({ ...envelope, ids }))
  if (result.kind === 'refused') throw new BrokenOff({ kind: 'broken-off', code: result.code, status: null })
  return result.answers
}
