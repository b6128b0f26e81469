/**
 * What a sandboxed preload script finds in its isolated world. Runs in the page as text: the function must not refer to anything
 * outside itself but its parameters and the page's own globals.
 */
import type { Codec } from './values.ts'
import type { Down, Up } from './wire.ts'

type Surroundings = {
  /** Names of the two globals through which Node and this world speak; the first is removed before the preload script runs. */
  binding: string
  receiver: string
  /** Whose top frames have a preload script: not error pages, not about:blank. */
  hosts: string[]
  platform: string
  codec: Codec
  preload: (require: (name: string) => unknown, module: object, exports: object, process: object) => void
}

export function isolatedWorld({ binding, receiver, hosts, platform, codec, preload }: Surroundings): void {
  const send: unknown = Reflect.get(globalThis, binding)
  Reflect.deleteProperty(globalThis, binding)
  if (window.top !== window || !hosts.includes(location.host) || typeof send !== 'function') return
  const up = (message: Up) => void Reflect.apply(send, undefined, [JSON.stringify(message)])

  const ports = new Map<number, MessagePort>()
  let lastPort = -1
  function adopt(port: MessagePort): number {
    const id = (lastPort += 2)
    ports.set(id, port)
    port.addEventListener('message', (event) =>
      up({ kind: 'message', port: id, data: encode(event.data), ports: event.ports.map(adopt) }),
    )
    port.addEventListener('messageerror', () => up({ kind: 'refused', what: 'a message that could not be read' }))
    port.addEventListener('close', () => {
      ports.delete(id)
      up({ kind: 'closed', port: id })
    })
    port.start()
    return id
  }

  function encode(value: unknown) {
    try {
      return codec.encode(value)
    } catch (error) {
      up({ kind: 'refused', what: error instanceof Error ? error.message : 'a value' })
      // What Electron's main process gets of a value that it has no decoder for.
      return codec.encode(null)
    }
  }

  Object.defineProperty(globalThis, receiver, {
    value(message: Down) {
      const port = ports.get(message.port)
      if (message.kind === 'message') port?.postMessage(codec.decode(message.data))
      else {
        ports.delete(message.port)
        port?.close()
      }
    },
  })

  /** Anything that is not here says so, instead of being silently undefined. */
  const only = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get(target, key) {
        if (typeof key === 'string' && !(key in target)) {
          up({ kind: 'refused', what: `${name}.${key}` })
          throw new Error(`the Electron double has no ${name}.${key}`)
        }
        const value: unknown = Reflect.get(target, key)
        return value
      },
    })

  const ipcRenderer = only('ipcRenderer', {
    postMessage(channel: string, message: unknown, transfer: MessagePort[] = []) {
      if (!transfer.every((item) => item instanceof MessagePort))
        throw new TypeError('Invalid value for transfer: only ports can be transferred')
      const cloned: unknown = structuredClone(message)
      // A real transfer: it throws for a port that was transferred before, and leaves the preload script with a dead one.
      const moved = transfer.map((port) => structuredClone(port, { transfer: [port] }))
      up({ kind: 'ipc', channel, args: encode([cloned]), ports: moved.map(adopt) })
    },
    send(channel: string, ...args: unknown[]) {
      up({ kind: 'ipc', channel, args: encode(structuredClone(args)), ports: [] })
    },
  })
  const electron = only('electron', { ipcRenderer })
  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer' || name === 'electron/common') return electron
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  const process = { type: 'renderer', sandboxed: true, contextIsolated: true, platform, versions: {}, env: {} }
  try {
    preload.call(module.exports, require, module, module.exports, process)
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error))
    up({ kind: 'preload-error', message: failure.message, stack: failure.stack ?? '' })
  }
}
