/** TLS in front of a server that speaks http only: one connection behind for each in front, so that logins of a connection survive. */
import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { createServer } from 'node:tls'
import { makeAuthority } from '../../src/demo/certificates.ts'

export type TlsFront = { url: string; caPem: string; connections: () => number; stop: () => Promise<void> }

/** `httpUrl` without a path. The name is kept, because Kerberos tickets are for a name. */
export async function startTlsFront(httpUrl: string): Promise<TlsFront> {
  const behind = new URL(httpUrl)
  const authority = await makeAuthority()
  const { keyPem, certPem } = await authority.issue({ names: [behind.hostname], kind: 'valid' })
  const open = new Set<Socket>()
  let connections = 0
  const server = createServer({ key: keyPem, cert: certPem, ALPNProtocols: ['http/1.1'] }, (front) => {
    connections++
    const back = connect(Number(behind.port), '127.0.0.1')
    for (const [one, other] of [
      [front, back],
      [back, front],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.once('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `https://${behind.hostname}:${(server.address() as AddressInfo).port}`,
    caPem: authority.caPem,
    connections: () => connections,
    stop: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
