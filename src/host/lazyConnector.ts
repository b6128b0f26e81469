/** A connector that is loaded at the first run, or a moment after a window is there: its libraries cost half a second that no start should pay. */
import type { Connector, ConnectorHost, RegistrationRequest, RunOptions, RunRequest } from '../core/connector.ts'
import type { RunEvent } from '../core/runs/events.ts'
import { checkRequest } from '../core/settings/checks.ts'

type Create = (host: ConnectorHost) => Connector

async function loadCore(): Promise<Create> {
  const { createConnector } = await import('../core/createConnector.ts')
  return createConnector
}

/** After a window was opened: later than its first view, sooner than a person has typed an address. */
const idleMs = 1_500

export type LazyConnector = Connector & {
  /** Loads what every run needs while nobody waits for it, so that the first press does not wait either. Keeps no process alive. */
  prepareSoon(): void
}

/** `host` is asked once, at the first run, so that reading the platform's CAs is lazy too. */
export function lazyConnector(host: () => ConnectorHost, load: () => Promise<Create> = loadCore): LazyConnector {
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
  const prepare = async (): Promise<void> => {
    await connector()
    const { trustedRoots } = await import('../core/network/tls.ts')
    // Node reads its roots once in a process, for its first context.
    trustedRoots([])
  }
  return {
    // What fails here fails again where somebody waits for it, and is told there.
    prepareSoon: () => void setTimeout(() => void prepare().catch(() => undefined), idleMs).unref(),
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
