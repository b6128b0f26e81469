/** Network options of a run, read from their text forms: curl-like mappings, resolver, proxy. */
import { isIP } from 'node:net'
import type { NetworkOptions } from '../settings/settings.ts'
import { createProxyLogin, type ProxyLogin } from '../auth/proxyLogin.ts'
import type { Secret } from '../auth/secret.ts'
import { limits } from '../limits.ts'
import { hostOf, parseUrl } from './url.ts'

/** Where a connection really goes; null parts match any, or stay as they are. */
export type ConnectTo = { host: string | null; port: number | null; address: string | null; toPort: number | null }

export type Resolver = { address: string; port: number }

export type NetworkPlan = {
  connectTo: readonly ConnectTo[]
  resolver: Resolver | null
  /** The proxy that options or environment name for a URL; null: none. */
  proxyFor: (url: URL) => URL | null
  /** The way that is not in force for a URL; null where there is only one. */
  otherWay: (url: URL) => OtherWay | null
  /** Where to try, in this order, the system's setting included; null: directly. Never empty. */
  routesFor: (url: URL) => Promise<readonly (URL | null)[]>
  proxyLogin: ProxyLogin
  extraCa: string
}

/** The way that is not in force: `proxy` without its login, null for the direct one. `named` is the proxy that tells the two apart. */
export type OtherWay = { proxy: URL | null; named: URL; from: 'settings' | 'environment' }

/** `HOST:PORT:ADDR:PORT` as in curl; IPv6 in brackets; null when it cannot be read. */
export function parseConnectTo(text: string): ConnectTo | null {
  const part = String.raw`(\[[^\]]*\]|[^:]*)`
  const match = new RegExp(`^${part}:(\\d*):${part}:(\\d*)$`).exec(text.trim())
  if (match === null) return null
  const name = (value: string | undefined): string | null =>
    value === undefined || value === '' ? null : value.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  const port = (value: string | undefined): number | null =>
    value === undefined || value === '' ? null : Number(value)
  const entry = { host: name(match[1]), port: port(match[2]), address: name(match[3]), toPort: port(match[4]) }
  return [entry.port, entry.toPort].every((number) => number === null || (number > 0 && number < 65_536)) ? entry : null
}

/** `ADDR[:PORT]`, an IP address; default port 53. */
export function parseResolver(text: string): Resolver | null {
  const match = /^(?:\[([^\]]+)\]|([^:]+)|([0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*))(?::(\d+))?$/i.exec(text.trim())
  const address = match?.[1] ?? match?.[2] ?? match?.[3] ?? ''
  const port = match?.[4] === undefined ? 53 : Number(match[4])
  return isIP(address) !== 0 && port > 0 && port < 65_536 ? { address, port } : null
}

/** A proxy URL; `host:port` alone means http. It may carry a login, as `HTTPS_PROXY` does; see `parsePlainProxy`. */
export function parseProxy(text: string): URL | null {
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`)
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.hostname !== '' ? url : null
}

/** Which mapping applies to a host and port; the first that matches. */
export function mappingFor(plan: NetworkPlan, host: string, port: number): ConnectTo | undefined {
  return plan.connectTo.find(
    (entry) => (entry.host === null || entry.host === host) && (entry.port === null || entry.port === port),
  )
}

/** Reads the options; texts that cannot be read are left out here, because the hosts refuse them earlier. */
export function networkPlan(
  options: NetworkOptions,
  environment: Readonly<Record<string, string | undefined>>,
  more: { systemProxy?: ((url: string) => Promise<string>) | undefined; proxyPassword?: Secret | undefined } = {},
): NetworkPlan {
  const env = (name: string): string => environment[name] ?? environment[name.toLowerCase()] ?? ''
  const entries = (list: string): string[] =>
    list
      .split(/[\s,]+/)
      .filter((entry) => entry !== '')
      .map((entry) => entry.toLowerCase())
  const noProxy = entries(options.noProxy === '' && options.proxy === '' ? env('NO_PROXY') : options.noProxy)
  const proxyIn = (text: string, exceptions: readonly string[], url: URL): URL | null =>
    text === '' || text === 'none' || exceptions.some((entry) => matchesNoProxy(entry, url)) ? null : parseProxy(text)
  // HTTP_PROXY in upper case is left alone: on a web server a client can set it (httpoxy).
  const environmentProxy = (url: URL): string =>
    url.protocol === 'https:' ? env('HTTPS_PROXY') : (environment['http_proxy'] ?? '')
  const proxyFor = (url: URL): URL | null =>
    proxyIn(options.proxy !== '' ? options.proxy : environmentProxy(url), noProxy, url)
  // Neither options nor environment say anything about this URL.
  const isOpen = (url: URL): boolean =>
    options.proxy === '' && environmentProxy(url) === '' && !noProxy.some((entry) => matchesNoProxy(entry, url))
  const asked = new Map<string, Promise<readonly (URL | null)[]>>()
  const fromSystem = (url: URL): Promise<readonly (URL | null)[]> => {
    const known = asked.get(url.origin)
    if (known !== undefined) return known
    // Only the origin: a script that chooses proxies has no business with paths.
    const answer = askSystem(more.systemProxy, url.origin)
    asked.set(url.origin, answer)
    return answer
  }
  return {
    connectTo: options.connectTo.map(parseConnectTo).filter((entry) => entry !== null),
    resolver: options.dns === '' ? null : parseResolver(options.dns),
    extraCa: options.extraCa,
    proxyFor,
    otherWay(url) {
      const inForce = proxyFor(url)
      if (inForce !== null)
        return { proxy: null, named: inForce, from: options.proxy === '' ? 'environment' : 'settings' }
      // A host that somebody excepted by name is not shown to a proxy, not even for a look.
      const offered = proxyIn(environmentProxy(url), [...noProxy, ...entries(env('NO_PROXY'))], url)
      return offered === null ? null : { proxy: withoutLogin(offered), named: offered, from: 'environment' }
    },
    routesFor: (url) => (isOpen(url) ? fromSystem(url) : Promise.resolve([proxyFor(url)])),
    proxyLogin: createProxyLogin({ userName: options.proxyUser, password: more.proxyPassword }),
  }
}

/** What the system says; a system that cannot be asked, or thinks too long, means a direct connection. */
async function askSystem(
  systemProxy: ((url: string) => Promise<string>) | undefined,
  origin: string,
): Promise<readonly (URL | null)[]> {
  if (systemProxy === undefined) return [null]
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(''), limits.systemProxyMs)
  })
  try {
    return parseProxyList(await Promise.race([systemProxy(origin), limit]))
  } catch {
    return [null]
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The answer of a proxy script, as Chromium and `FindProxyForURL` give it: `PROXY a:8080; HTTPS b:443; DIRECT`. SOCKS is not spoken
 * here, so such entries are left out; with nothing left the connection is direct.
 */
export function parseProxyList(text: string): readonly (URL | null)[] {
  const routes = text.split(/;\s*/).flatMap((entry): (URL | null)[] => {
    const [kind = '', place = ''] = entry.trim().split(/\s+/)
    if (kind.toUpperCase() === 'DIRECT') return [null]
    const scheme = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' }[kind.toUpperCase()]
    const proxy = scheme === undefined ? null : parseProxy(`${scheme}://${place}`)
    return proxy === null ? [] : [proxy]
  })
  return routes.length === 0 ? [null] : routes.slice(0, limits.proxyRoutes)
}

function withoutLogin(proxy: URL): URL {
  const shown = new URL(proxy)
  shown.username = ''
  shown.password = ''
  return shown
}

function matchesNoProxy(entry: string, url: URL): boolean {
  if (entry === '*') return true
  const address = entry.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address) !== 0) return hostOf(url) === address
  const [name, port] = /^(.*?)(?::(\d+))?$/.exec(entry)?.slice(1, 3) ?? [entry, undefined]
  if (port !== undefined && port !== (url.port === '' ? (url.protocol === 'http:' ? '80' : '443') : url.port))
    return false
  const host = hostOf(url)
  const suffix = (name ?? '').replace(/^\*?\./, '').replace(/^\[(.*)\]$/, '$1')
  return suffix !== '' && (host === suffix || (isIP(host) === 0 && host.endsWith(`.${suffix}`)))
}
