/** The only door to the network: one per run, holding what its requests share. */
import type { SecureContext } from 'node:tls'
import type { Observation } from '../evidence/schema.ts'
import type { ConnectorHost } from '../connector.ts'
import type { NetworkOptions } from '../settings/settings.ts'
import { createNames, type Names } from './dns.ts'
import { openSession, type HttpRequest, type HttpResult, type Session } from './http.ts'
import { networkPlan } from './plan.ts'
import { trustedRoots } from './tls.ts'

export type Recorder = (observation: Observation) => void

export type Network = {
  names: Names
  /** One request on a connection of its own. */
  request(
    request: HttpRequest,
    options: { signal: AbortSignal; record: Recorder; requestMs?: number },
  ): Promise<HttpResult>
  /** A connection that several requests share; close it. */
  session(origin: URL, options: { signal: AbortSignal; record: Recorder; oneConnection?: boolean }): Session
}

export function createNetwork(options: NetworkOptions, host: ConnectorHost): Network {
  const plan = networkPlan(options, host.environment)
  const names = createNames(plan.resolver)
  let secureContext: SecureContext | undefined
  const roots = (): SecureContext => (secureContext ??= trustedRoots(host.systemCas, plan.extraCa))
  const shared = { plan, names, roots, userAgent: `ews-setup/${host.version}` }
  return {
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
    session: (origin, { signal, record, oneConnection }) =>
      openSession(origin, { ...shared, signal, record, ...(oneConnection === undefined ? {} : { oneConnection }) }),
  }
}
