/** What a process still holds, in numbers that a test can compare. */
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Open TCP and TLS sockets, both ends of those inside this process, and the DNS questions under way. */
export function openSockets(): number {
  return process
    .getActiveResourcesInfo()
    .filter((name) => ['TCPSocketWrap', 'TLSWrap', 'TCPConnectWrap', 'QueryWrap', 'GetAddrInfoReqWrap'].includes(name))
    .length
}

/** Timers that keep the process alive. */
export function openTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
}

/**
 * How many timers are left once there are no more than `most`, or after `withinMs`. Not `expect.poll`, whose own timer would be among
 * those that are counted: it could only see none at its one attempt after its time had ended.
 */
export async function timersLeft(most: number, withinMs: number): Promise<number> {
  const end = performance.now() + withinMs
  for (;;) {
    const open = openTimers()
    if (open <= most || performance.now() > end) return open
    await pause(20)
  }
}

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

/** Bytes in use after everything unreachable was collected. */
export async function heapBytes(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    if (typeof collect === 'function') Reflect.apply(collect, undefined, [])
    await new Promise((resolve) => setImmediate(resolve))
  }
  return process.memoryUsage().heapUsed
}
