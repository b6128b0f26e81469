/**
 * After EWS answered 403 to a good login: is it so every time, for every program, for every mailbox? A 403 refuses no credentials, so
 * asking again costs no login; it is asked a fixed number of times all the same, each time for one answer.
 */
import { observing } from './observing.ts'
import type { Run, StepOutcome } from './run.ts'
import type { LoginScheme } from '../evidence/logins.ts'
import type { Observation, ObservationOf } from '../evidence/schema.ts'
import type { EwsAnswer } from '../ews/answer.ts'
import type { EwsOperation } from '../ews/operations.ts'

/**
 * The name of Microsoft's own EWS library, which lists of client names know. Sent in one call, to see whether a list of names is at work;
 * nothing else about the call changes.
 */
export const otherUserAgent = 'ExchangeServicesClient/15.00.0913.015'

export type Ask = (
  operation: EwsOperation,
  as?: { userAgent?: string; mailbox?: string },
) => Promise<{ answer: EwsAnswer; http: ObservationOf<'http'> }>

/** Codes of `x-ms-diagnostics` that name the cause of a 403 already. */
const named = new Set(['2000008', '2000020'])

/** True where a 403 is worth asking again: the answer itself does not say what is behind it. */
export function isUnexplained(http: ObservationOf<'http'>, diagnostics: string | null): boolean {
  return http.result === 'answer' && http.status === 403 && !named.has(diagnostics ?? '')
}

/** Asks again: the same call; the same with another program's name, and then the same once more; another mailbox, where one was named. */
export async function askAgain(
  run: Run,
  o: { scheme: LoginScheme; ask: Ask; into: (record: (observation: Observation) => void) => void },
): Promise<void> {
  await run.step({ name: 'again', target: o.scheme, phase: 'login' }, async (context): Promise<StepOutcome<null>> => {
    const seen = observing(context.record)
    o.into(seen.record)
    const isForbidden = async (...call: Parameters<Ask>): Promise<boolean | null> => {
      if (context.signal.aborted) return null
      const { http } = await o.ask(...call)
      return http.result === 'answer' ? http.status === 403 : null
    }
    let differs = (await isForbidden('ConvertId')) === false
    if (!differs && (await isForbidden('ConvertId', { userAgent: otherUserAgent })) === false) {
      differs = true
      // Once more under our own name: else a block that comes and goes would look like a list of names.
      await isForbidden('ConvertId')
    }
    const { mailbox } = run.checked.second
    if (!differs && mailbox !== null) differs = (await isForbidden('GetFolder', { mailbox })) === false
    const count = seen.observations.filter((one) => one.kind === 'soap').length
    return { value: null, state: 'warning', summary: differs ? 'again-differs' : 'again-same', facts: { count } }
  })
}
