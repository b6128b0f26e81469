/**
 * What the searches of this process found, by mail domain and by way into the network. It shortens the waiting of a later search and
 * nothing else: whoever named the URL is asked again, the URL is verified again, and trust is judged anew.
 */
import type { RunRequest } from '../connector.ts'
import { limits } from '../limits.ts'
import { parseMailAddress } from '../settings/mailDomain.ts'
import type { DiscoverySource } from '../settings/settings.ts'

/** The URL, and the host whose answer named it. */
export type Found = { ewsUrl: string; source: DiscoverySource; namedBy: string }

export type Memory = {
  found(request: RunRequest): Found | null
  keep(request: RunRequest, found: Found): void
  forget(request: RunRequest): void
}

export function createMemory(): Memory {
  const known = new Map<string, Found>()
  return {
    found: (request) => known.get(keyOf(request)) ?? null,
    keep(request, found) {
      const key = keyOf(request)
      known.delete(key)
      known.set(key, found)
      const [oldest] = known.keys()
      if (known.size > limits.rememberedDomains && oldest !== undefined) known.delete(oldest)
    },
    forget: (request) => void known.delete(keyOf(request)),
  }
}

/** Another resolver, mapping or proxy is another network, where something else may be true. */
function keyOf({ settings }: RunRequest): string {
  const { dns, connectTo, proxy, noProxy } = settings.network
  const domain = parseMailAddress(settings.email, { domainAlone: true })?.domain ?? ''
  return JSON.stringify([domain, settings.cloud, dns, connectTo, proxy, noProxy])
}
