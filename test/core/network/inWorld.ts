/** The product's network inside the demo's small internet. */
import { secretFrom } from '../../../src/core/auth/secret.ts'
import type { Observation, ObservationOf } from '../../../src/core/evidence/schema.ts'
import type { HttpRequest, HttpResult } from '../../../src/core/network/http.ts'
import { createNetwork, type Network } from '../../../src/core/network/network.ts'
import { networkOptionsSchema, type NetworkOptions } from '../../../src/core/settings/settings.ts'
import type { World } from '../../../src/demo/index.ts'

export function networkIn(
  world: Pick<World, 'connectTo' | 'dns' | 'caPem'>,
  o: {
    options?: Partial<NetworkOptions>
    environment?: Record<string, string>
    systemProxy?: (origin: string) => Promise<string>
    proxyPassword?: string
  } = {},
): Network {
  const options = networkOptionsSchema.parse({
    connectTo: world.connectTo,
    dns: world.dns,
    extraCa: world.caPem,
    ...o.options,
  })
  const host = {
    version: '0.0.0',
    systemCas: [],
    environment: o.environment ?? {},
    ...(o.systemProxy === undefined ? {} : { systemProxy: o.systemProxy }),
  }
  return createNetwork(options, host, { proxyPassword: secretFrom(o.proxyPassword) })
}

export type Exchange = {
  result: HttpResult
  http: ObservationOf<'http'>
  observations: Observation[]
  of<K extends Observation['kind']>(kind: K): ObservationOf<K>[]
}

/** One request and everything that was recorded about it. */
export async function exchange(
  network: Network,
  url: string,
  o: Partial<Omit<HttpRequest, 'url'>> & { signal?: AbortSignal; requestMs?: number } = {},
): Promise<Exchange> {
  const { signal, requestMs, ...request } = o
  const observations: Observation[] = []
  const result = await network.request(
    { method: 'GET', ...request, url: new URL(url) },
    {
      signal: signal ?? new AbortController().signal,
      record: (observation) => observations.push(observation),
      ...(requestMs === undefined ? {} : { requestMs }),
    },
  )
  return { result, http: result.observation, observations, of: (kind) => observationsOf(observations, kind) }
}

export function observationsOf<K extends Observation['kind']>(
  observations: readonly Observation[],
  kind: K,
): ObservationOf<K>[] {
  return observations.filter((one): one is ObservationOf<K> => one.kind === kind)
}
