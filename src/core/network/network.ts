/** The only door to the network: one per run, holding what its requests share. */
import { createProxyLogin } from '../auth/proxyLogin.ts'
import type { Secret } from '../auth/secret.ts'
import type { Observation } from '../evidence/schema.ts'
import type { ConnectorHost } from '../connector.ts'
import type { NetworkOptions } from '../settings/settings.ts'
import { waitsOf } from '../limits.ts'
import { createAnchors } from './anchor.ts'
import type { DirectoryLogin, DirectoryResult } from './ldap.ts'
import { createNames, type Names } from './dns.ts'
import { openSession, type HttpRequest, type HttpResult, type Session } from './http.ts'
import { networkPlan } from './plan.ts'
import { openRoots } from './tls.ts'

export type Recorder = (observation: Observation) => void

/** A way to a host that a run does not use. */
export type Way = {
  inForce: 'direct' | 'proxy'
  tried: 'direct' | 'proxy'
  proxyFrom: 'settings' | 'environment'
  /** Host and port. */
  proxy: string
  /** Connects, judges the certificate, and closes again. `code` says why it did not stand. */
  connect(signal: AbortSignal): Promise<{ open: boolean; code: string | null }>
}

export type Network = {
  /** `User-Agent` of every request that names no other. */
  userAgent: string
  names: Names
  /** One request on a connection of its own. */
  request(
    request: HttpRequest,
    options: { signal: AbortSignal; record: Recorder; requestMs?: number },
  ): Promise<HttpResult>
  /** The way that is not in force for a URL, to be looked at without any request; null where there is only one. */
  otherWay(url: URL): Way | null
  /** A directory, logged in over TLS; close it. Never through a proxy. */
  directory(
    at: { url: URL; login: DirectoryLogin },
    options: { signal: AbortSignal; record: Recorder },
  ): Promise<DirectoryResult>
  /** A connection that several requests share; close it. A login, which wants one connection, gets a kept one where there is any. */
  session(origin: URL, options: { signal: AbortSignal; record: Recorder; oneConnection?: boolean }): Session
  /** Keeps a session's idle connection for a login to come at the same origin. Its maker still closes it. */
  keep(session: Session, origin: URL): void
  /** Reads the trusted authorities now, while an answer is waited for anyway, and not in the middle of a handshake. */
  prepare(): void
}

export function createNetwork(
  options: NetworkOptions,
  host: ConnectorHost,
  secrets: { proxyPassword?: Secret | undefined } = {},
): Network {
  const plan = networkPlan(options, host.environment, { systemProxy: host.systemProxy, ...secrets })
  const waits = waitsOf(host.waits)
  const names = createNames(plan.resolver, waits.dnsMs)
  const roots = openRoots(host, plan.extraCa)
  const anchorOf = createAnchors({ systemCas: () => host.systemCas, extraCa: plan.extraCa })
  const kept = new Map<string, Session>()
  const shared = { plan, names, waits, roots, anchorOf, userAgent: `ews-setup/${host.version}` }
  return {
    userAgent: shared.userAgent,
    names,
    async request(request, { signal, record, requestMs }) {
      const session = openSession(request.url, {
        ...shared,
        signal,
        record,
        ...(requestMs === undefined ? {} : { requestMs }),
      })
      try {
        return await session.request(request)
      } finally {
        session.close()
      }
    },
    otherWay(url) {
      const other = plan.otherWay(url)
      if (other === null) return null
      return {
        inForce: other.proxy === null ? 'proxy' : 'direct',
        tried: other.proxy === null ? 'direct' : 'proxy',
        proxyFrom: other.from,
        proxy: other.named.host,
        async connect(signal) {
          let code: string | null = null
          const record: Recorder = (seen) => {
            const failed =
              seen.kind === 'connection' ? seen.result !== 'open' : seen.kind === 'tls' && seen.result !== 'trusted'
            if (failed && (seen.kind === 'connection' || seen.kind === 'tls')) code = seen.code ?? seen.result
          }
          const session = openSession(url, {
            ...shared,
            plan: {
              ...plan,
              routesFor: () => Promise.resolve([other.proxy]),
              proxyLogin: createProxyLogin({ userName: '', password: undefined }),
            },
            signal,
            record,
          })
          const open = await session.connect()
          session.close()
          return { open, code: open ? null : code }
        },
      }
    },
    async directory(at, { signal, record }) {
      // Few runs need it, and the library is not small.
      const { openDirectory } = await import('./ldap.ts')
      return openDirectory({ ...at, context: { plan, names, waits, roots, anchorOf, signal, record } })
    },
    session(origin, { signal, record, oneConnection }) {
      const idle = oneConnection === true ? kept.get(origin.origin) : undefined
      kept.delete(origin.origin)
      if (idle?.isOpen() === true) {
        idle.handOver({ signal, record })
        return idle
      }
      return openSession(origin, {
        ...shared,
        signal,
        record,
        ...(oneConnection === undefined ? {} : { oneConnection }),
      })
    },
    keep(session, origin) {
      kept.set(origin.origin, session)
    },
    prepare: () => void setImmediate(roots.now),
  }
}
