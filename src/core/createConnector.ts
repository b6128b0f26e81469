/** The connector: the two buttons and the checks, for any host. */
import type { Connector, ConnectorHost } from './connector.ts'
import { onMailbox } from './addresses/onMailbox.ts'
import { locate } from './runs/locate.ts'
import { runCommand } from './runs/run.ts'
import { test } from './runs/test.ts'
import { checkRequest } from './settings/checks.ts'

export function createConnector(host: ConnectorHost): Connector {
  return {
    locate: (request, options) => runCommand({ command: 'locate', request, options, host, work: locate }),
    test: (request, options) => runCommand({ command: 'test', request, options, host, work: (run) => test(run) }),
    onMailbox: (request, options, work) => onMailbox({ request, options, host, work }),
    check: (request) => checkRequest(request, 'check').remarks,
  }
}
