/** The connector: the two buttons, the guide's checks and the checks of the fields, for any host. */
import { createTokenCache } from './auth/tokenCache.ts'
import type { Connector, ConnectorHost, RunRequest } from './connector.ts'
import { onMailbox } from './addresses/onMailbox.ts'
import { callOnce } from './runs/call.ts'
import { locate } from './runs/locate.ts'
import { createMemory } from './runs/memory.ts'
import { oauthAlone, purposeOf, registration } from './runs/registration.ts'
import { runCommand, type Run } from './runs/run.ts'
import { test } from './runs/test.ts'
import { checkRequest } from './settings/checks.ts'

export function createConnector(host: ConnectorHost): Connector {
  const tokens = createTokenCache()
  const memory = createMemory()
  return {
    locate: (request, options) =>
      runCommand({ command: 'locate', purpose: 'locate', request, options, host, tokens, memory, work: locate }),
    test: (request, options) =>
      runCommand({
        command: 'test',
        purpose: 'test',
        request,
        options,
        host,
        tokens,
        memory,
        work: (run) => test(run),
      }),
    registration: (asked, options) => {
      const request: RunRequest = oauthAlone(asked)
      const work = (run: Run) => registration(run, asked)
      return runCommand({
        command: 'registration',
        purpose: purposeOf(asked),
        request,
        options,
        host,
        tokens,
        memory,
        work,
      })
    },
    onMailbox: (request, options, work) => onMailbox({ request, options, host, tokens, memory, work }),
    call: (request, { signal }) => callOnce(request, { signal, host, tokens, memory }),
    check: (request) => checkRequest(request, 'check').remarks,
  }
}
