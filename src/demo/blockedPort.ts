// A port to which no connection ever completes, as behind a firewall that drops packets. The kernel accepts for a listener until its queue is
// full and then drops; so a thread listens, takes nothing, and two connections of our own fill its queue. Under Windows a full queue refuses.

import net from 'node:net'
import { Worker } from 'node:worker_threads'

export type BlockedPort = { port: number; stop(): Promise<void> }

/** The thread's whole program: listens with the shortest queue and then sleeps, so that nobody takes a connection off it. */
const listener = `
const { parentPort, workerData } = require('node:worker_threads')
const server = require('node:net').createServer()
server.listen({ port: 0, host: workerData.host, backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})`

/** Opens it on a free port of this loopback address. Stop it, or its thread keeps the process alive. */
export async function openBlockedPort(host: string): Promise<BlockedPort> {
  const worker = new Worker(listener, { eval: true, workerData: { host } })
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', (value: unknown) => resolve(Number(value)))
    worker.once('error', reject)
  })
  const fillers: net.Socket[] = []
  const fill = (): Promise<void> =>
    new Promise((resolve) => {
      const socket = net.connect({ host, port })
      fillers.push(socket)
      socket.once('connect', () => resolve())
      socket.once('error', () => resolve())
    })
  // A queue of one holds two.
  await fill()
  await fill()
  return {
    port,
    async stop() {
      for (const socket of fillers) socket.destroy()
      await worker.terminate()
    },
  }
}
