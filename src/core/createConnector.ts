/** The connector: the two buttons and the checks, for any host. */
import type { Connector, ConnectorHost } from './connector.ts'
import { callOnce } from './runs/call.ts'
import { locate } from './runs/locate.ts'
import { runCommand } from './runs/run.ts'
import { test } from './runs/test.ts'
import { checkRequest } from './settings/checks.ts'

export function createConnector(host: ConnectorHost): Connector {
  return {
    locate: (request, options) => runCommand({ command: 'locate', request, options, host, work: locate }),
    test: (request, options) => runCommand({ command: 'test', request, options, host, work: test }),
    call: (request, { signal }) => callOnce(request, signal, host),
    check: (request) => checkRequest(request, 'check').remarks,
  }
}
