/** DNS: every question is evidence. Addresses come from the operating system unless a resolver was named. */
import { promises as dns } from 'node:dns'
import { isIP } from 'node:net'
import { errorCode } from '../errorCode.ts'
import { limits } from '../limits.ts'
import type { ObservationOf } from '../evidence/schema.ts'
import type { Resolver } from './plan.ts'

export type Address = { address: string; family: 4 | 6 }
type Dns = ObservationOf<'dns'>
export type Record = (observation: Dns) => void

/** One SRV record; RFC 2782. */
export type SrvRecord = { priority: number; weight: number; port: number; target: string }

export type Names = {
  /**
   * Addresses of a host, IPv6 and IPv4 in the order they should be tried. Empty: the observation says why. One family waits only a moment for
   * the other, whose answer `late` hears of when it comes after all.
   */
  addresses(
    host: string,
    options: { signal: AbortSignal; record: Record; late?: (addresses: Promise<Address[]>) => void },
  ): Promise<Address[]>
  /** An address that a connection was made to: tried first at its host, and its family first where both are offered. */
  reached(host: string, address: Address): void
  /** CNAME or MX targets as text. */
  texts(name: string, type: 'CNAME' | 'MX', options: { signal: AbortSignal; record: Record }): Promise<string[]>
  services(name: string, options: { signal: AbortSignal; record: Record }): Promise<SrvRecord[]>
}

type LookedUp = { addresses: Address[]; seen: Dns[]; late?: Promise<{ addresses: Address[]; seen: Dns[] }> }

/** The names of a run: asked at the given resolver, or as the operating system does. Answers are remembered for the run. */
export function createNames(resolver: Resolver | null, dnsMs: number = limits.dnsMs): Names {
  const address = resolver?.address.includes(':') === true ? `[${resolver.address}]` : resolver?.address
  const server = resolver === null ? null : `${address ?? ''}:${resolver.port}`
  const known = new Map<string, Promise<LookedUp>>()
  const good = new Map<string, string>()
  const offered = new Map<string, readonly Address[]>()
  let goodFamily: Address['family'] | null = null
  const inOrder = (host: string, addresses: readonly Address[]): Address[] => {
    offered.set(host, addresses)
    const standing = ({ address, family }: Address): number =>
      address === good.get(host) ? 0 : family === goodFamily ? 1 : 2
    return addresses.toSorted((a, b) => standing(a) - standing(b))
  }

  const ask = async <T>(
    name: string,
    type: Dns['type'],
    question: (asked: dns.Resolver) => Promise<T[]>,
    text: (record: T) => string,
    signal: AbortSignal,
  ): Promise<{ records: T[]; seen: Dns }> => {
    const asked = new dns.Resolver({ timeout: dnsMs / 2, tries: 2 })
    if (server !== null) asked.setServers([server])
    const started = performance.now()
    const stop = (): void => asked.cancel()
    signal.addEventListener('abort', stop, { once: true })
    try {
      signal.throwIfAborted()
      const records = await withinDnsLimit(question(asked), dnsMs, stop)
      return {
        records,
        seen: observation(
          name,
          type,
          records.length === 0 ? 'no-records' : 'records',
          records.map(text),
          null,
          started,
        ),
      }
    } catch (error) {
      const code = errorCode(error) ?? 'UNKNOWN'
      return {
        records: [],
        seen: observation(name, type, signal.aborted ? 'cancelled' : resultOf(code), [], code, started),
      }
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  const observation = (
    name: string,
    type: Dns['type'],
    result: Dns['result'],
    records: string[],
    code: string | null,
    started: number,
  ): Dns => ({
    kind: 'dns',
    name,
    type,
    result,
    records: records.slice(0, 50),
    resolver: server,
    code,
    ms: Math.round(performance.now() - started),
  })

  const lookUp = async (host: string, signal: AbortSignal): Promise<LookedUp> => {
    if (resolver === null) {
      const started = performance.now()
      try {
        signal.throwIfAborted()
        const found = await withinDnsLimit(
          dns.lookup(host, { all: true, verbatim: true }),
          dnsMs,
          () => undefined,
          signal,
        )
        const addresses = found.map(({ address, family }): Address => ({ address, family: family === 6 ? 6 : 4 }))
        return {
          addresses,
          seen: [
            observation(
              host,
              'address',
              addresses.length === 0 ? 'no-records' : 'records',
              addresses.map((entry) => entry.address),
              null,
              started,
            ),
          ],
        }
      } catch (error) {
        const code = errorCode(error) ?? 'UNKNOWN'
        return {
          addresses: [],
          seen: [observation(host, 'address', signal.aborted ? 'cancelled' : resultOf(code), [], code, started)],
        }
      }
    }
    const six = ask(host, 'AAAA', (asked) => asked.resolve6(host), String, signal)
    const four = ask(host, 'A', (asked) => asked.resolve4(host), String, signal)
    const [sixth, fourth] = await soonEnough(six, four)
    const late = sixth === null ? six : fourth === null ? four : null
    return {
      addresses: [...asAddresses(sixth?.records ?? [], 6), ...asAddresses(fourth?.records ?? [], 4)],
      seen: [sixth, fourth].flatMap((answer) => (answer === null ? [] : [answer.seen])),
      ...(late === null
        ? {}
        : {
            late: late.then(({ records, seen }) => ({
              addresses: asAddresses(records, late === six ? 6 : 4),
              seen: [seen],
            })),
          }),
    }
  }

  return {
    async addresses(host, { signal, record, late: onLate }) {
      const literal = isIP(host)
      if (literal !== 0) return [{ address: host, family: literal === 6 ? 6 : 4 }]
      for (;;) {
        const remembered = known.get(host)
        const answer = remembered ?? lookUp(host, signal)
        known.set(host, answer)
        const started = performance.now()
        const found = await untilAborted(answer, signal)
        const { addresses, seen, late }: LookedUp = found ?? {
          addresses: [],
          seen: [observation(host, 'address', 'cancelled', [], 'ECANCELLED', started)],
        }
        const stopped = seen.some((entry) => entry.result === 'cancelled')
        if ((stopped || seen.some((entry) => entry.result === 'timed-out')) && known.get(host) === answer)
          known.delete(host)
        // Another request's signal ended the question that both were waiting for: it is asked again.
        if (stopped && remembered !== undefined && !signal.aborted) continue
        seen.forEach(record)
        if (late !== undefined)
          onLate?.(
            late.then((later) => {
              later.seen.forEach(record)
              return later.addresses
            }),
          )
        return inOrder(host, addresses)
      }
    },
    reached(host, { address, family }) {
      good.set(host, address)
      // Where only one family is offered, nothing was learnt about the other.
      if (new Set(offered.get(host)?.map((entry) => entry.family)).size > 1) goodFamily = family
    },
    async texts(name, type, { signal, record }) {
      const { records, seen } =
        type === 'CNAME'
          ? await ask(name, type, (asked) => asked.resolveCname(name), String, signal)
          : await ask(
              name,
              type,
              async (asked) =>
                (await asked.resolveMx(name))
                  .toSorted((a, b) => a.priority - b.priority)
                  .map((mx) => `${mx.priority} ${mx.exchange}`),
              String,
              signal,
            )
      record(seen)
      return records
    },
    async services(name, { signal, record }) {
      const { records, seen } = await ask(
        name,
        'SRV',
        (asked) => asked.resolveSrv(name),
        (srv) => `${srv.priority} ${srv.weight} ${srv.port} ${srv.name}`,
        signal,
      )
      record(seen)
      return records.map((srv) => ({
        priority: srv.priority,
        weight: srv.weight,
        port: srv.port,
        target: srv.name.toLowerCase().replace(/\.$/, ''),
      }))
    },
  }
}

/**
 * SRV records in the order RFC 2782 demands: lowest priority number first; within one priority drawn by weight, so that a record of
 * weight 0 comes first only rarely. A target of "." says that the service is not offered and is left out.
 */
export function inServiceOrder(records: readonly SrvRecord[], random: () => number = Math.random): SrvRecord[] {
  const ordered: SrvRecord[] = []
  const priorities = [...new Set(records.map((record) => record.priority))].toSorted((a, b) => a - b)
  for (const priority of priorities) {
    const pool = records.filter((record) => record.priority === priority).toSorted((a, b) => a.weight - b.weight)
    while (pool.length > 0) {
      const total = pool.reduce((sum, record) => sum + record.weight, 0)
      let point = random() * total
      const index = pool.findIndex((record) => (point -= record.weight) <= 0)
      ordered.push(...pool.splice(Math.max(index, 0), 1))
    }
  }
  return ordered.filter((record) => record.target !== '')
}

/** The answer, or null when the signal was quicker. */
function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    // The question itself stops at the same signal and tells more; this is for one that belongs to another request.
    const stop = (): void => void setImmediate(() => resolve(null))
    signal.addEventListener('abort', stop, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
    if (signal.aborted) stop()
  })
}

function asAddresses(found: readonly string[], family: Address['family']): Address[] {
  return found.map((address) => ({ address, family }))
}

/** Both answers; null for the one that is still open a moment after the other brought addresses (RFC 8305 section 3). */
async function soonEnough<T extends { records: readonly string[] }>(
  one: Promise<T>,
  other: Promise<T>,
): Promise<[T | null, T | null]> {
  const done: [T | null, T | null] = [null, null]
  const both = Promise.all([one.then((answer) => (done[0] = answer)), other.then((answer) => (done[1] = answer))])
  await Promise.race([one, other])
  if (done.some((answer) => answer !== null && answer.records.length > 0)) {
    let timer: NodeJS.Timeout | undefined
    await Promise.race([both, new Promise((resolve) => (timer = setTimeout(resolve, limits.resolutionDelayMs)))])
    clearTimeout(timer)
  } else await both
  return done
}

async function withinDnsLimit<T>(question: Promise<T>, ms: number, stop: () => void, signal?: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let onAbort: (() => void) | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      stop()
      reject(Object.assign(new Error('no DNS answer'), { code: 'ETIMEOUT' }))
    }, ms)
    onAbort = () => reject(Object.assign(new Error('cancelled'), { code: 'ECANCELLED' }))
    signal?.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([question, limit])
  } finally {
    clearTimeout(timer)
    if (onAbort !== undefined) signal?.removeEventListener('abort', onAbort)
  }
}

/** c-ares and getaddrinfo codes. ENOTFOUND is both "no such name" and, from getaddrinfo, "no address". */
function resultOf(code: string): Dns['result'] {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_NONAME':
      return 'no-such-name'
    case 'ENODATA':
    case 'EAI_NODATA':
      return 'no-records'
    case 'ETIMEOUT':
    case 'ETIMEDOUT':
      return 'timed-out'
    case 'EREFUSED':
    case 'ECONNREFUSED':
      return 'refused'
    case 'ESERVFAIL':
    case 'EAI_AGAIN':
      return 'server-failure'
    default:
      return 'failed'
  }
}
