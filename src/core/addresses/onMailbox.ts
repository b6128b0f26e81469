/** Work in a mailbox after a login that worked: the test of the connection first, with its steps and findings, then the work with its own events. */
import type { TokenCache } from '../auth/tokenCache.ts'
import type { ConnectorHost, RunOptions, RunRequest } from '../connector.ts'
import type { Memory } from '../runs/memory.ts'
import { createQueue } from '../runs/eventQueue.ts'
import type { RunEvent } from '../runs/events.ts'
import type { OpenMailbox } from '../runs/loginAndRead.ts'
import { runCommand } from '../runs/run.ts'
import { test } from '../runs/test.ts'

/** `run` events are those of a connection test; its `ended` comes last, after the work. */
export type MailboxEvent<T> = { kind: 'run'; event: RunEvent } | { kind: 'work'; event: T }

/** Logs in and works. When the login fails, `work` is not called and the run's findings say why. Closing the generator stops it. */
export async function* onMailbox<T>(o: {
  request: RunRequest
  options: RunOptions
  host: ConnectorHost
  tokens: TokenCache
  memory: Memory
  work: (mailbox: OpenMailbox, context: { signal: AbortSignal; emit: (event: T) => void }) => Promise<void>
}): AsyncGenerator<MailboxEvent<T>, void, void> {
  const events = createQueue<MailboxEvent<T>>()
  const closed = new AbortController()
  const signal = AbortSignal.any([o.options.signal, closed.signal])
  const emit = (event: T): void => events.push({ kind: 'work', event })
  const run = runCommand({
    command: 'test',
    purpose: 'test',
    tokens: o.tokens,
    memory: o.memory,
    request: o.request,
    options: { ...o.options, signal },
    host: o.host,
    work: (context) => test(context, { then: (mailbox) => o.work(mailbox, { signal, emit }) }),
  })
  const whole = async (): Promise<void> => {
    for await (const event of run) events.push({ kind: 'run', event })
    events.end()
  }
  const finished = whole().catch((error: unknown) => events.fail(error))
  try {
    yield* events.items()
  } finally {
    closed.abort()
    await finished
  }
}
