/** A server that takes connections and never answers, so that a run is under way for as long as nobody ends it. */
import { createServer, type Socket } from 'node:net'

export type SilentServer = {
  port: number
  /** The next connection: resolves when it is there. `ended` resolves when the program closes it. */
  next: () => Promise<{ ended: Promise<void> }>
  stop: () => Promise<void>
}

export async function startSilentServer(): Promise<SilentServer> {
  const sockets = new Set<Socket>()
  const arrived: Socket[] = []
  let wake: () => void = () => undefined
  const server = createServer((socket) => {
    sockets.add(socket)
    arrived.push(socket)
    socket.resume()
    // A program that has gone resets it.
    socket.on('error', () => undefined)
    wake()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    port: address.port,
    async next() {
      while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const socket = arrived.shift()
      const ended = new Promise<void>((resolve) => {
        if (socket === undefined || socket.closed) resolve()
        else socket.once('close', () => resolve())
      })
      return { ended }
    },
    stop() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
