/** The DevTools protocol over Chromium's pipe: one connection, one session per page. */
import type { Readable, Writable } from 'node:stream'
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts'

export type { Protocol }

type Method = keyof Protocol.CommandParameters
type EventName = keyof Protocol.Events

export type CdpSession = {
  /** Rejects with Chromium's words; with `the browser has gone` when it ended. */
  send<M extends Method>(method: M, params?: Protocol.CommandParameters[M]): Promise<Protocol.CommandReturnValues[M]>
  on<E extends EventName>(event: E, listener: (payload: Protocol.Events[E]) => void): void
}

type Incoming = {
  id?: number
  result?: unknown
  error?: { message: string }
  method?: string
  params?: unknown
  sessionId?: string
}

export type Cdp = {
  /** The browser itself. */
  root: CdpSession
  session(id: string): CdpSession
}

export function connectCdp(write: Writable, read: Readable): Cdp {
  let lastId = 0
  const pending = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void; method: string }>()
  const listeners = new Map<string, ((payload: never) => void)[]>()
  let parts: Buffer[] = []

  function receive(message: Incoming): void {
    if (message.id !== undefined) {
      const call = pending.get(message.id)
      pending.delete(message.id)
      if (message.error !== undefined) call?.reject(new Error(`${call.method}: ${message.error.message}`))
      else call?.resolve(message.result as never)
      return
    }
    for (const listener of listeners.get(`${message.sessionId ?? ''} ${message.method ?? ''}`) ?? [])
      listener(message.params as never)
  }

  read.on('data', (chunk: Buffer) => {
    let from = 0
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      const text = Buffer.concat([...parts, chunk.subarray(from, end)]).toString('utf8')
      parts = []
      from = end + 1
      receive(JSON.parse(text) as Incoming)
    }
    if (from < chunk.length) parts.push(chunk.subarray(from))
  })
  read.on('close', () => {
    for (const { reject } of pending.values()) reject(new Error('the browser has gone'))
    pending.clear()
  })
  // A write after Chromium has ended is answered by the close above.
  write.on('error', () => undefined)

  function session(sessionId?: string): CdpSession {
    return {
      send: (method, params) =>
        new Promise((resolve, reject) => {
          if (read.destroyed) return reject(new Error('the browser has gone'))
          lastId += 1
          pending.set(lastId, { resolve, reject, method })
          write.write(`${JSON.stringify({ id: lastId, method, params: params ?? {}, sessionId })}\0`)
        }),
      on(event, listener) {
        const key = `${sessionId ?? ''} ${event}`
        listeners.set(key, [...(listeners.get(key) ?? []), listener])
      },
    }
  }
  return { root: session(), session }
}
