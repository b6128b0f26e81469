/** A connector that is loaded at the first run: its libraries cost half a second that no start of a window should pay. */
import type { Connector, ConnectorHost, RegistrationRequest, RunOptions, RunRequest } from '../core/connector.ts'
import type { RunEvent } from '../core/runs/events.ts'
import { checkRequest } from '../core/settings/checks.ts'

type Create = (host: ConnectorHost) => Connector

async function loadCore(): Promise<Create> {
  const { createConnector } = await import('../core/createConnector.ts')
  return createConnector
}

/** `host` is asked once, at the first run, so that reading the platform's CAs is lazy too. */
export function lazyConnector(host: () => ConnectorHost, load: () => Promise<Create> = loadCore): Connector {
  let loaded: Promise<Connector> | undefined
  const connector = () => (loaded ??= load().then((create) => create(host())))

  async function* run(
    command: 'locate' | 'test',
    request: RunRequest,
    options: RunOptions,
  ): AsyncGenerator<RunEvent, void, void> {
    yield* (await connector())[command](request, options)
  }
  async function* registration(
    request: RegistrationRequest,
    options: RunOptions,
  ): AsyncGenerator<RunEvent, void, void> {
    yield* (await connector()).registration(request, options)
  }
  return {
    locate: (request, options) => run('locate', request, options),
    test: (request, options) => run('test', request, options),
    registration,
    async *onMailbox(request, options, work) {
      yield* (await connector()).onMailbox(request, options, work)
    },
    call: async (request, options) => (await connector()).call(request, options),
    check: (request) => checkRequest(request, 'check').remarks,
  }
}
