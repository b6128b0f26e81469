/** A place on this machine where nothing may arrive: it counts connections over TCP and packets over UDP. */
import { createSocket } from 'node:dgram'
import { createServer, type Socket } from 'node:net'

export type Trap = {
  port: number
  /** What arrived so far, a line each. */
  seen: () => readonly string[]
  stop: () => Promise<void>
}

export async function openTrap(): Promise<Trap> {
  const seen: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    seen.push('tcp')
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => seen.push(`tcp ${bytes.toString('latin1').split('\r\n')[0] ?? ''}`))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the trap has no port')
  const { port } = address
  const packets = createSocket('udp4')
  packets.on('message', (bytes) => seen.push(`udp ${bytes.length}`))
  await new Promise<void>((resolve) => packets.bind(port, '127.0.0.1', resolve))
  return {
    port,
    seen: () => seen,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await Promise.all([
        new Promise<void>((resolve) => server.close(() => resolve())),
        new Promise<void>((resolve) => packets.close(resolve)),
      ])
    },
  }
}
