/** TCP: addresses of both families in turn with a head start (RFC 8305), mappings, and the tunnel through a proxy. */
import { request as httpRequest } from 'node:http'
import { connect, isIP, type Socket } from 'node:net'
import { openTls, timedOut, type Roots } from './tls.ts'
import type { AnchorOf } from './anchor.ts'
import { errorCode } from '../errorCode.ts'
import type { Observation, ObservationOf } from '../evidence/schema.ts'
import { limits, type Waits } from '../limits.ts'
import type { Address, Names } from './dns.ts'
import { mappingFor, type NetworkPlan } from './plan.ts'
import { hostOf, portOf } from './url.ts'

type Connection = ObservationOf<'connection'>
export type TcpResult = { kind: 'open'; socket: Socket } | { kind: 'failed' }
type ProxyResult = { kind: 'open'; socket: Socket } | { kind: 'failed'; unreachable: boolean }

export type TcpContext = {
  plan: NetworkPlan
  names: Names
  roots: Roots
  anchorOf: AnchorOf
  waits: Waits
  signal: AbortSignal
  record: (observation: Observation) => void
}

type Target = { mapped: boolean; host: string; port: number }

function targetOf(url: URL, plan: NetworkPlan): Target {
  const host = hostOf(url)
  const port = portOf(url)
  const mapping = mappingFor(plan, host, port)
  return { mapped: mapping !== undefined, host: mapping?.address ?? host, port: mapping?.toPort ?? port }
}

/** Proxies and direct ways to a target, in the order to try them. */
async function routesTo(url: URL, target: Target, plan: NetworkPlan): Promise<readonly (URL | null)[]> {
  return isLoopback(target.host) ? [null] : plan.routesFor(url)
}

/**
 * The proxy that forwards a request over http, which then is written in the absolute form (RFC 9112 section 3.2.2). null: no proxy, or
 * https, where the proxy sees nothing but the tunnel.
 */
export async function forwardingOf(url: URL, plan: NetworkPlan): Promise<URL | null> {
  if (url.protocol !== 'http:') return null
  const [first] = await routesTo(url, targetOf(url, plan), plan)
  return first ?? null
}

/** A connection towards a URL's host: direct, mapped, or through the first proxy that can be reached. */
export async function openTcp(url: URL, context: TcpContext): Promise<TcpResult> {
  const host = hostOf(url)
  const port = portOf(url)
  const target = targetOf(url, context.plan)
  const routes = await routesTo(url, target, context.plan)
  // What is forwarded was written for the first proxy; only tunnels may change theirs.
  for (const proxy of url.protocol === 'http:' ? routes.slice(0, 1) : routes) {
    if (proxy === null) {
      const opened = await openAny({ host, port, target, via: target.mapped ? 'connect-to' : 'direct', context })
      return opened === null ? { kind: 'failed' } : { kind: 'open', socket: opened }
    }
    const tunnel = await throughProxy({ url, target, proxy, context })
    if (tunnel.kind === 'open' || !tunnel.unreachable || context.signal.aborted) return tunnel
  }
  return { kind: 'failed' }
}

/** A connection without any proxy, mapped where a mapping says so: for what is not http. */
export function openDirectly(o: { host: string; port: number; context: TcpContext }): Promise<Socket | null> {
  const mapping = mappingFor(o.context.plan, o.host, o.port)
  const target = { host: mapping?.address ?? o.host, port: mapping?.toPort ?? o.port }
  return openAny({ ...o, target, via: mapping === undefined ? 'direct' : 'connect-to' })
}

async function openAny(o: {
  host: string
  port: number
  target: { host: string; port: number }
  via: Connection['via']
  context: TcpContext
}): Promise<Socket | null> {
  const started = performance.now()
  const { signal, record, names } = o.context
  let late: Promise<Address[]> | null = null
  const addresses = await names.addresses(o.target.host, { signal, record, late: (more) => void (late = more) })
  const seen = (address: Address | null, result: Connection['result'], code: string | null, since: number): void =>
    record({
      kind: 'connection',
      host: o.host,
      port: o.port,
      via: o.via,
      address: address?.address ?? null,
      family: address?.family ?? null,
      result,
      code,
      ms: Math.round(performance.now() - since),
    })
  if (addresses.length === 0) {
    seen(null, cancelled(signal) ? 'cancelled' : 'no-address', null, started)
    return null
  }
  return race({
    addresses: interleaved(addresses).slice(0, 8),
    late,
    port: o.target.port,
    signal,
    ms: o.context.waits.connectMs,
    seen,
    reached: (address) => names.reached(o.target.host, address),
  })
}

/** Attempts start one after the other, each as soon as the one before has failed or had its head start; the first to connect wins. */
function race(o: {
  addresses: readonly Address[]
  /** Of the family whose DNS answer was not there yet. */
  late: Promise<Address[]> | null
  port: number
  signal: AbortSignal
  ms: number
  seen: (address: Address, result: Connection['result'], code: string | null, since: number) => void
  reached: (address: Address) => void
}): Promise<Socket | null> {
  const { port, signal, ms, seen } = o
  const addresses = [...o.addresses]
  return new Promise((resolve) => {
    let waiting = o.late !== null
    const open = new Set<{ socket: Socket; address: Address; since: number }>()
    let next = 0
    let settled = false
    let headStart: NodeJS.Timeout | undefined
    const settle = (winner: Socket | null, why: Connection['result'] | null): void => {
      if (settled) return
      settled = true
      clearTimeout(headStart)
      clearTimeout(limit)
      signal.removeEventListener('abort', aborted)
      for (const attempt of open) {
        if (attempt.socket === winner) continue
        attempt.socket.destroy()
        if (why !== null) seen(attempt.address, why, why === 'timed-out' ? 'ETIMEDOUT' : null, attempt.since)
      }
      resolve(winner)
    }
    const aborted = (): void => settle(null, timedOut(signal) ? 'timed-out' : 'cancelled')
    const limit = setTimeout(() => settle(null, 'timed-out'), ms)
    const start = (): void => {
      clearTimeout(headStart)
      const address = addresses[next++]
      if (settled || address === undefined) {
        if (open.size === 0 && !waiting) settle(null, null)
        return
      }
      const socket = connect({ host: address.address, port, noDelay: true, autoSelectFamily: false })
      const attempt = { socket, address, since: performance.now() }
      open.add(attempt)
      socket.on('error', (error) => {
        if (settled) return
        open.delete(attempt)
        const code = errorCode(error) ?? 'UNKNOWN'
        seen(address, connectionResult(code), code, attempt.since)
        start()
      })
      socket.once('connect', () => {
        if (settled) {
          socket.destroy()
          return
        }
        seen(address, 'open', null, attempt.since)
        o.reached(address)
        settle(socket, null)
      })
      headStart = setTimeout(start, limits.happyEyeballsMs)
    }
    signal.addEventListener('abort', aborted, { once: true })
    if (signal.aborted) aborted()
    else start()
    void o.late?.then((more) => {
      waiting = false
      addresses.push(...more)
      if (open.size === 0) start()
    })
  })
}

async function throughProxy(o: {
  url: URL
  target: { host: string; port: number }
  proxy: URL
  context: TcpContext
}): Promise<ProxyResult> {
  const { context, proxy, target } = o
  const host = hostOf(o.url)
  const started = performance.now()
  const failed = (result: Connection['result'], code: string | null): ProxyResult => {
    context.record({
      kind: 'connection',
      host,
      port: portOf(o.url),
      via: 'proxy',
      address: null,
      family: null,
      result,
      code,
      ms: Math.round(performance.now() - started),
    })
    return { kind: 'failed', unreachable: result === 'proxy-unreachable' }
  }
  const proxyHost = hostOf(proxy)
  const reach = async (): Promise<Socket | ProxyResult> => {
    const socket = await openAny({
      host: proxyHost,
      port: portOf(proxy),
      target: { host: proxyHost, port: portOf(proxy) },
      via: 'proxy',
      context,
    })
    if (socket === null) return failed(cancelled(context.signal) ? 'cancelled' : 'proxy-unreachable', null)
    if (proxy.protocol !== 'https:') return socket
    const secured = await openTls({
      socket,
      host: proxyHost,
      port: portOf(proxy),
      roots: context.roots.all(),
      anchorOf: context.anchorOf,
      ms: context.waits.connectMs,
      signal: context.signal,
      record: context.record,
    })
    return secured.kind === 'failed' ? failed('proxy-unreachable', secured.result) : secured.socket
  }
  if (o.url.protocol === 'http:') {
    const socket = await reach()
    return 'kind' in socket ? socket : { kind: 'open', socket }
  }
  const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`
  return context.plan.proxyLogin.through<ProxyResult>(proxy, async (login) => {
    const socket = await reach()
    if ('kind' in socket) return { value: socket, refused: false }
    const tunnel = await connectTunnel({
      socket,
      authority,
      login,
      ms: context.waits.connectMs,
      signal: context.signal,
    })
    if (tunnel.kind === 'failed') {
      const refused = login !== null && tunnel.result === 'proxy-login-required'
      return { value: failed(tunnel.result, tunnel.code), refused }
    }
    context.record({
      kind: 'connection',
      host,
      port: portOf(o.url),
      via: 'proxy',
      address: null,
      family: null,
      result: 'open',
      code: null,
      ms: Math.round(performance.now() - started),
    })
    return { value: { kind: 'open', socket: tunnel.socket }, refused: false }
  })
}

/** CONNECT (RFC 9110 section 9.3.6) over an open socket to the proxy. */
function connectTunnel(o: {
  socket: Socket
  authority: string
  login: string | null
  ms: number
  signal: AbortSignal
}): Promise<{ kind: 'open'; socket: Socket } | { kind: 'failed'; result: Connection['result']; code: string }> {
  return new Promise((resolve) => {
    const { socket } = o
    const limit = AbortSignal.timeout(o.ms)
    const request = httpRequest({
      method: 'CONNECT',
      path: o.authority,
      headers: { Host: o.authority, ...(o.login === null ? {} : { 'Proxy-Authorization': o.login }) },
      // Without an agent: one, even `false`, would open a connection of its own instead of taking this socket.
      createConnection: () => socket,
      signal: AbortSignal.any([o.signal, limit]),
    })
    const tunnelResult = (): Connection['result'] => {
      if (cancelled(o.signal)) return 'cancelled'
      return o.signal.aborted || limit.aborted ? 'timed-out' : 'proxy-refused'
    }
    const refuse = (status: number): void => {
      socket.destroy()
      resolve({
        kind: 'failed',
        result: status === 407 ? 'proxy-login-required' : 'proxy-refused',
        code: String(status),
      })
    }
    request.once('connect', (response, tunnel, head) => {
      const status = response.statusCode ?? 0
      if (status < 200 || status > 299) return refuse(status)
      if (head.length > 0) tunnel.unshift(head)
      resolve({ kind: 'open', socket })
    })
    request.once('response', (response) => refuse(response.statusCode ?? 0))
    request.once('error', (error) => {
      socket.destroy()
      const code = errorCode(error) ?? 'UNKNOWN'
      resolve({ kind: 'failed', result: tunnelResult(), code })
    })
    request.end()
  })
}

function connectionResult(code: string): Connection['result'] {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused'
    case 'ETIMEDOUT':
      return 'timed-out'
    case 'ECONNRESET':
      return 'reset'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
    case 'EHOSTDOWN':
      return 'unreachable'
    default:
      return 'failed'
  }
}

/** Families in turn, beginning with the one the resolver put first (RFC 8305 section 4). */
function interleaved(addresses: readonly Address[]): Address[] {
  const first = addresses.filter((address) => address.family === addresses[0]?.family)
  const other = addresses.filter((address) => address.family !== addresses[0]?.family)
  return first
    .flatMap((address, index) => [address, ...other.slice(index, index + 1)])
    .concat(other.slice(first.length))
}

/** Aborted by a person or by the run, not by a time limit of the request. */
function cancelled(signal: AbortSignal): boolean {
  return signal.aborted && !timedOut(signal)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
