/** Two ends of a channel: Electron's for the main process, and one like a page's for the client. Messages wait for `start()`. */
import { EventEmitter } from 'node:events'

/** The page's side, wherever the page is. */
export type FarEnd = { deliver: (data: unknown) => void; closed: () => void }

export class MainPort extends EventEmitter {
  far: FarEnd | undefined
  #started = false
  #closed = false
  #waiting: unknown[] = []
  started(): boolean {
    return this.#started
  }
  closed(): boolean {
    return this.#closed
  }
  start(): void {
    this.#started = true
    for (const data of this.#waiting.splice(0)) this.emit('message', { data, ports: [] })
  }
  receive(data: unknown): void {
    if (this.#closed) return
    if (this.#started) this.emit('message', { data, ports: [] })
    else this.#waiting.push(data)
  }
  postMessage(data: unknown): void {
    if (!this.#closed) queueMicrotask(() => this.far?.deliver(data))
  }
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.emit('close')
    this.far?.closed()
  }
}

export class PagePort extends EventTarget {
  readonly near: MainPort
  constructor(near: MainPort) {
    super()
    this.near = near
  }
  postMessage(data: unknown): void {
    const copy: unknown = structuredClone(data)
    queueMicrotask(() => this.near.receive(copy))
  }
  closed(): void {
    this.dispatchEvent(new Event('close'))
  }
  deliver(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

export function openPorts(): { main: MainPort; page: PagePort } {
  const main = new MainPort()
  const page = new PagePort(main)
  main.far = page
  return { main, page }
}
