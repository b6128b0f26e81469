/** Electron's MessagePortMain: an EventEmitter without `addEventListener`, which queues until `start()`. */
import { EventEmitter } from 'node:events'
import type { MessageEvent, MessagePortMain } from 'electron'
import { refuse } from './refuse.ts'

/** Where a port's messages go; `close` tells the far end. */
export type FarEnd = { post(message: unknown): void; close(): void }

export class DoublePort extends EventEmitter implements Pick<MessagePortMain, 'start' | 'close' | 'postMessage'> {
  readonly #far: FarEnd
  #started = false
  #closed = false
  #waiting: unknown[][] = []

  constructor(far: FarEnd) {
    super()
    this.#far = far
  }

  start(): void {
    if (this.#started) return
    this.#started = true
    // Electron delivers from its own task, never inside the call.
    queueMicrotask(() => {
      for (const args of this.#waiting.splice(0)) this.#emitMessage(args)
    })
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw refuse('ports sent from the main process')
    const cloned: unknown = structuredClone(message)
    if (!this.#closed) this.#far.post(cloned)
  }

  /** `close` is emitted on the side that closes as well. */
  close(): void {
    if (this.#closed) return
    this.#far.close()
    this.farClosed()
  }

  /** The far end sent something. */
  receive(data: unknown, ports: DoublePort[]): void {
    if (this.#closed) return
    if (this.#started && this.#waiting.length === 0) this.#emitMessage([data, ports])
    else this.#waiting.push([data, ports])
  }

  /** The far end has gone. */
  farClosed(): void {
    if (this.#closed) return
    this.#closed = true
    this.emit('close')
  }

  #emitMessage([data, ports]: unknown[]): void {
    if (this.#closed) return
    const event: Record<keyof MessageEvent, unknown> = { data, ports }
    this.emit('message', event)
  }
}
