/**
 * The window's way to the connector: a MessagePort in the desktop program, http in the browser. Both carry the same contract.
 */
import { createORPCClient, DynamicLink, type ClientLink } from '@orpc/client'
import { RPCLink as HttpLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../contract/contract.ts'

export type Client = ContractRouterClient<Contract>
type Link = ClientLink<Record<never, never>>

/** The loopback server keeps its window below a path of this shape; see `src/web/session.ts`. */
const browserHostPath = /^\/w[0-9a-f]{32}\//

/**
 * The typed client. Calls reject when the host is gone; none waits for ever. Call it once per document: a hot reload of a module
 * must not open another channel.
 */
export function connect(): Client {
  const link = browserHostPath.test(location.pathname) ? overHttp() : overPort()
  return createORPCClient(link)
}

function overHttp(): Link {
  keepPresence()
  return new HttpLink({
    url: new URL('rpc', location.href).href,
    headers: { 'x-ews-setup-window': crypto.randomUUID() },
  })
}

/**
 * One stream per browser tells the server that a window is open. Browsers allow six connections to a server for all tabs together,
 * so only one tab holds it; when that tab goes the next one takes over.
 */
function keepPresence(): void {
  const hold = () =>
    new Promise<never>(() => {
      const stream = new EventSource(new URL('presence', location.href))
      addEventListener('pagehide', () => stream.close())
    })
  void navigator.locks.request('ews-setup-presence', hold)
}

/** A link never recovers from a closed port, and calls on it would wait for ever: the next call opens another channel. */
function overPort(): Link {
  let current: Link | undefined
  const open = (): Link => {
    const { port1, port2 } = new MessageChannel()
    const link = new PortLink({ port: port1 })
    // After the link's own listener, which rejects what is under way.
    port1.addEventListener('close', () => {
      if (current === link) current = undefined
    })
    port1.start()
    window.postMessage('ews-setup:port', '*', [port2])
    return link
  }
  return new DynamicLink(() => (current ??= open()))
}
