/** A connector whose runs do what a test says, and that keeps what it was given. */
import type { Connector, RunOptions, RunRequest } from '../../src/core/connector.ts'
import type { Evidence } from '../../src/core/evidence/schema.ts'
import type { ConsentQuestion, RunEvent } from '../../src/core/runs/events.ts'
import { checkRequest, inputEvidence } from '../../src/core/settings/checks.ts'

type Script = (
  request: RunRequest,
  options: RunOptions,
  command: Evidence['command'],
) => AsyncGenerator<RunEvent, void, void>

export type FakeConnector = Connector & {
  requests: { command: Evidence['command']; request: RunRequest }[]
  /** Runs that have ended, by whatever way. */
  ended: number
  script: Script
}

export function fakeConnector(script: Script = works()): FakeConnector {
  const connector: FakeConnector = {
    requests: [],
    ended: 0,
    script,
    locate: (request, options) => run('locate', request, options),
    test: (request, options) => run('test', request, options),
    registration: (request, options) => run('registration', request, options),
    // No test of a host needs a mailbox that is not the embedded Exchange's.
    async *onMailbox(request, options) {
      for await (const event of run('test', request, options)) yield { kind: 'run', event }
    },
    call: async (request, options) => {
      for await (const event of run('test', request, { ...options, ask: () => Promise.resolve(false) }))
        if (event.kind === 'ended') return event.result
      throw new Error('a script ends with its result')
    },
    check: (request) => checkRequest(request, 'check').remarks,
  }
  async function* run(
    command: Evidence['command'],
    request: RunRequest,
    options: RunOptions,
  ): AsyncGenerator<RunEvent, void, void> {
    connector.requests.push({ command, request })
    try {
      yield* connector.script(request, options, command)
    } finally {
      connector.ended += 1
    }
  }
  return connector
}

export const foundUrl = 'https://mail.contoso.com/EWS/Exchange.asmx'

/** A run that works at the URL of the settings, or at {@link foundUrl}. */
export function works(source: Evidence['source'] = 'pox'): Script {
  return async function* (request, _options, command) {
    yield { kind: 'planned', steps: [] }
    const ewsUrl = request.settings.ewsUrl === '' ? foundUrl : request.settings.ewsUrl
    yield ended(request, {
      command,
      ewsUrl,
      source: request.settings.ewsUrl === '' ? source : 'manual',
      outcome: 'works',
    })
  }
}

/** Asks one question and then works. `before` runs between the event and the question. */
export function asks(
  question: ConsentQuestion,
  way: 'event and question' | 'question only',
  before?: () => Promise<void>,
): Script {
  return async function* (request, options, command) {
    if (way === 'event and question') yield { kind: 'question', question }
    await before?.()
    const consent = await options.ask(question)
    yield ended(request, {
      command,
      ewsUrl: consent ? foundUrl : null,
      source: null,
      outcome: consent ? 'works' : 'fails',
    })
  }
}

/** Waits until it is stopped. */
export const waits: Script = async function* (request, { signal }, command) {
  yield { kind: 'planned', steps: [] }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  yield ended(request, { command, ewsUrl: null, source: null, outcome: 'cancelled' })
}

export const question: ConsentQuestion = {
  id: 'q1',
  mailDomain: 'contoso.com',
  host: 'mail.hoster.example',
  namedBy: '_autodiscover._tcp.contoso.com',
  certificate: null,
}

function ended(request: RunRequest, result: Pick<Evidence, 'command' | 'ewsUrl' | 'source' | 'outcome'>): RunEvent {
  const ok = result.outcome === 'works'
  const evidence: Evidence = {
    schema: 2,
    product: { name: 'ews-setup', version: '0' },
    platform: { system: 'test', node: 'test' },
    startedAt: '2026-11-24T08:00:00.000Z',
    ms: 1,
    input: inputEvidence(request, checkRequest(request, result.command === 'registration' ? 'ids' : result.command)),
    steps: [],
    auth: null,
    ewsVersion: null,
    server: null,
    ...result,
  }
  return { kind: 'ended', result: { ok, findings: [], evidence } }
}
