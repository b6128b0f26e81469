/** The connector: the two buttons and the checks, for any host. */
import { createTokenCache } from './auth/tokenCache.ts'
import type { Connector, ConnectorHost } from './connector.ts'
import { locate } from './runs/locate.ts'
import { runCommand } from './runs/run.ts'
import { test } from './runs/test.ts'
import { checkRequest } from './settings/checks.ts'

export function createConnector(host: ConnectorHost): Connector {
  const tokens = createTokenCache()
  return {
    locate: (request, options) => runCommand({ command: 'locate', request, options, host, tokens, work: locate }),
    test: (request, options) => runCommand({ command: 'test', request, options, host, tokens, work: test }),
    check: (request) => checkRequest(request, 'check').remarks,
  }
}
