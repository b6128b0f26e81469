/** Lets every call of a client take its time, as those of a host do. */
import type { Client } from '../../../src/renderer/client.ts'

export function late(client: Client, ms: number): Client {
  return ms === 0 ? client : lateOf(client, ms)
}

function lateOf<T extends object>(target: T, ms: number): T {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name)
      if (typeof value === 'function')
        return (...input: unknown[]): Promise<unknown> =>
          new Promise((resolve) => setTimeout(resolve, ms)).then(() => Reflect.apply(value, of, input))
      return typeof value === 'object' && value !== null ? lateOf(value, ms) : value
    },
  })
}
