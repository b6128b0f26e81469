/**
 * Puts a world of the demo, which stays on the loopback, on addresses and usual ports of a network namespace: a relay for each host and port and one
 * for DNS, each holding back what passes for half a round trip. The kernel's own handshake cannot be held back, so a connection's first bytes
 * wait for one round trip more.
 */
import { createSocket } from 'node:dgram'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { World } from '../../src/demo/index.ts'

export type Relay = { stop(): void }

/** `addressOf`: null for a host whose address nobody has. */
export async function relayWorld(
  world: Pick<World, 'connectTo' | 'ports'>,
  o: { dns: string; roundTripMs: number; addressOf: (host: string) => string | null },
): Promise<Relay> {
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  const half = o.roundTripMs / 2

  const follow = (from: Socket, to: Socket, extraMs: number): void => {
    let begun = false
    from.on('data', (chunk: Buffer) => {
      later(begun ? half : half + extraMs, () => to.destroyed || to.write(chunk))
      begun = true
    })
    from.on('end', () => later(half, () => to.end()))
    from.on('close', () => later(half, () => to.destroy()))
    from.on('error', () => undefined)
  }
  for (const mapping of world.connectTo) {
    const [host = '', port, , target] = mapping.split(':')
    const address = o.addressOf(host)
    // Nothing listens on port 1: the real address refuses as well.
    if (address === null || target === '1') continue
    const server = createServer({ noDelay: true }, (client) => {
      const there = connect({ host: '127.0.0.1', port: Number(target), noDelay: true })
      for (const socket of [client, there]) {
        sockets.add(socket)
        socket.once('close', () => sockets.delete(socket))
      }
      follow(client, there, o.roundTripMs)
      follow(there, client, 0)
    })
    servers.push(server)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(Number(port), address, resolve)
    })
  }

  const dns = createSocket('udp4')
  dns.on('message', (question, asker) => {
    const asked = createSocket('udp4')
    asked.once('message', (answer) => {
      asked.close()
      later(half, () => dns.send(answer, asker.port, asker.address, () => undefined))
    })
    asked.on('error', () => undefined)
    later(half, () => asked.send(question, world.ports.dns, '127.0.0.1'))
  })
  await new Promise<void>((resolve) => dns.bind(53, o.dns, resolve))

  return {
    stop() {
      dns.close()
      for (const server of servers) server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function later(ms: number, work: () => void): void {
  if (ms <= 0) work()
  else setTimeout(work, ms)
}
