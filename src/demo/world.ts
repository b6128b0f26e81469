// A small internet on the loopback: names, certificates and hosts. One TLS listener serves every host by SNI, one plain listener every host by its
// Host header; hosts that misbehave below HTTP get listeners of their own.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { sharedAuthority, type Authority, type CertificateKind, type HostCertificate } from './certificates.ts'
import { followAliases, startDns, type DnsQuery, type DnsRecord, type DnsZones } from './dns.ts'
import { authorizationKind, type Connection, type Handler, type JournalEntry } from './http.ts'
import { openBlockedPort } from './blockedPort.ts'
import { makeProxy, type ProxyBehaviour } from './proxy.ts'

/**
 * How a host behaves below HTTP: `silent` accepts TCP and never answers, `silent-after-tls` completes the handshake and then never answers,
 * `refused` has a name and a closed port, `blocked` one to which no connection completes, `reset` drops the connection in the TLS handshake
 * (on port 80: after the first byte).
 */
export type Listening = 'silent' | 'silent-after-tls' | 'refused' | 'blocked' | 'reset'

export type HostSpec = {
  role?: string
  certificate?: CertificateKind
  /** DNS names in the certificate; default the host's own. */
  certificateNames?: readonly string[]
  /** The name that a `wrong-name` certificate shows instead. */
  strangerName?: string
  /** Distinguished name of another authority that issued the certificate, as an inspecting proxy does it; trusted only where {@link startWorld} is told. */
  issuer?: string
  https?: Handler | Listening
  http?: Handler | Exclude<Listening, 'silent-after-tls'>
  /** The https port as clients see it; default 443. */
  port?: number
  /** How far the host's clock, and so its Date header, is from the real time. */
  clockOffsetSeconds?: number
  /** The host's own DNS records; default one A record with 127.0.0.1. */
  dns?: readonly DnsRecord[]
  /** The mapping names the port only, so that DNS says where the host is. */
  resolved?: boolean
}

export type World = {
  caPem: string
  caFile: string
  authority: Authority
  dns: string
  connectTo: string[]
  ports: { https: number; http: number; dns: number }
  hosts: { name: string; role: string }[]
  certificates: ReadonlyMap<string, HostCertificate>
  /** URL of the proxy; null where there is none. */
  proxy: string | null
  journal: JournalEntry[]
  queries: DnsQuery[]
  stop(): Promise<void>
}

const loopback = '127.0.0.1'
// Nothing listens on the port multiplexer of 1988; a freed random port could belong to somebody else a moment later.
const closedPort = 1
const bodyLimit = 4 * 1024 * 1024

/** Starts every listener on a free port of 127.0.0.1 and writes `ca.pem`. Stop it, or the process stays alive. */
export async function startWorld(o: {
  zones: DnsZones
  hosts: Readonly<Record<string, HostSpec>>
  dir?: string
  /** Distinguished names of further authorities whose certificates `ca.pem` holds. */
  trusted?: readonly string[]
  proxy?: ProxyBehaviour
}): Promise<World> {
  const specs = new Map(Object.entries(o.hosts).map(([name, spec]) => [name.toLowerCase(), spec]))
  const zones = withHosts(o.zones, specs)
  const authority = await sharedAuthority()
  const others = new Map<string, Authority>()
  for (const name of new Set([...specs.values()].flatMap((spec) => spec.issuer ?? [])))
    others.set(name, await sharedAuthority(name))
  const trusted = (o.trusted ?? []).flatMap((name) => others.get(name)?.caPem ?? [])
  const certificates = new Map(
    await Promise.all(
      [...specs].map(async ([name, spec]): Promise<[string, HostCertificate]> => {
        const names = spec.certificateNames ?? [name]
        const stranger = spec.strangerName === undefined ? {} : { strangerName: spec.strangerName }
        const issuer = others.get(spec.issuer ?? '') ?? authority
        return [name, await issuer.issue({ names, kind: spec.certificate ?? 'valid', ...stranger })]
      }),
    ),
  )
  const fallback = await authority.issue({ names: ['localhost'], kind: 'valid' })

  const journal: JournalEntry[] = []
  const sockets = new Set<net.Socket>()
  const servers: net.Server[] = []
  const connections = new WeakMap<net.Socket, Connection>()
  let lastConnection = 0

  /** The host that answers for a name: itself, or the end of its chain of aliases. */
  const specOf = (name: string): HostSpec | undefined => specs.get(name) ?? specs.get(followAliases(zones, name))
  const certificateOf = (name: string): HostCertificate =>
    certificates.get(name) ?? certificates.get(followAliases(zones, name)) ?? fallback

  const connectionOf = (socket: net.Socket): Connection => {
    const known = connections.get(socket)
    if (known) return known
    const name = socket instanceof tls.TLSSocket ? servedName(socket) : null
    const made: Connection = {
      id: ++lastConnection,
      endPointHash: name === null ? null : certificateOf(name).endPointHash,
    }
    connections.set(socket, made)
    return made
  }

  const contexts = new Map<HostCertificate, tls.SecureContext>()
  const contextOf = (certificate: HostCertificate): tls.SecureContext => {
    const known = contexts.get(certificate)
    if (known) return known
    const made = tls.createSecureContext({ key: certificate.keyPem, cert: certificate.certPem })
    contexts.set(certificate, made)
    return made
  }

  const serve = (scheme: 'http' | 'https') => (request: http.IncomingMessage, response: http.ServerResponse) => {
    answer({ scheme, request, response, journal, connection: connectionOf(request.socket), specOf }).catch(() => {
      request.socket.destroy()
    })
  }

  const listen = async (server: net.Server): Promise<number> => {
    server.on('connection', (socket: net.Socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      // A client that goes away in the middle is its own business.
      socket.on('error', () => undefined)
    })
    servers.push(server)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, loopback, resolve)
    })
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  const tlsServer = https.createServer(
    {
      key: fallback.keyPem,
      cert: fallback.certPem,
      ALPNProtocols: ['http/1.1'],
      SNICallback: (name, done) => {
        done(null, contextOf(certificateOf(name.toLowerCase())))
      },
    },
    serve('https'),
  )
  const plainServer = http.createServer(serve('http'))
  for (const server of [tlsServer, plainServer]) {
    // NTLM needs three requests on one connection, with a person or a debugger in between.
    server.keepAliveTimeout = 120_000
    server.requestTimeout = 0
    server.on('tlsClientError', () => undefined)
    server.on('clientError', (_error, socket) => socket.destroy())
  }
  const httpsPort = await listen(tlsServer)
  const httpPort = await listen(plainServer)
  const silentPort = await listen(net.createServer((socket) => socket.resume()))
  const blocked = [...specs.values()].some((spec) => spec.https === 'blocked' || spec.http === 'blocked')
    ? await openBlockedPort(loopback)
    : null
  const resetPort = await listen(net.createServer((socket) => socket.once('data', () => socket.resetAndDestroy())))

  const portOf = (what: Handler | Listening | undefined, answering: number): number => {
    switch (what) {
      case undefined:
      case 'refused':
        return closedPort
      case 'silent':
        return silentPort
      case 'blocked':
        return blocked?.port ?? closedPort
      case 'reset':
        return resetPort
      // Silence after the handshake is a handler that never answers.
      case 'silent-after-tls':
      default:
        return answering
    }
  }

  const dns = await startDns(zones)
  const dir = o.dir ?? (await mkdtemp(join(tmpdir(), 'ews-setup-demo-')))
  const caFile = join(dir, 'ca.pem')
  await mkdir(dir, { recursive: true })
  const caPem = [authority.caPem, ...trusted].join('')
  await writeFile(caFile, caPem)

  // Aliases are connected to like the host they point to, under their own name.
  const reachable = [...new Set([...specs.keys(), ...Object.keys(zones)])].filter((name) => specOf(name) !== undefined)
  const connectTo = reachable.flatMap((name) => {
    const spec = specOf(name)
    const address = spec?.resolved === true ? '' : loopback
    return [
      `${name}:${String(spec?.port ?? 443)}:${address}:${String(portOf(spec?.https, httpsPort))}`,
      ...(spec?.port === undefined || spec.port === 443 ? [] : [`${name}:443:${address}:${String(closedPort)}`]),
      `${name}:80:${address}:${String(portOf(spec?.http, httpPort))}`,
    ]
  })
  const behind = (name: string, scheme: 'http' | 'https'): number | null => {
    const spec = specOf(name.toLowerCase())
    return spec === undefined ? null : portOf(spec[scheme], scheme === 'https' ? httpsPort : httpPort)
  }
  const proxyPort =
    o.proxy === undefined ? null : o.proxy === 'unreachable' ? closedPort : await listen(makeProxy(o.proxy, behind))

  let stopping: Promise<void> | null = null
  const stop = async (): Promise<void> => {
    const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
    for (const socket of sockets) socket.destroy()
    await Promise.all([...closed, dns.stop(), blocked?.stop()])
    if (o.dir === undefined) await rm(dir, { recursive: true, force: true })
  }

  return {
    caPem,
    caFile,
    authority,
    dns: `${loopback}:${String(dns.port)}`,
    connectTo,
    ports: { https: httpsPort, http: httpPort, dns: dns.port },
    hosts: [...specs].map(([name, spec]) => ({ name, role: spec.role ?? 'host' })),
    certificates,
    proxy: proxyPort === null ? null : `http://${loopback}:${String(proxyPort)}`,
    journal,
    queries: dns.queries,
    stop: () => (stopping ??= stop()),
  }
}

const withHosts = (zones: DnsZones, specs: ReadonlyMap<string, HostSpec>): DnsZones => {
  const all: Record<string, readonly DnsRecord[]> = {}
  for (const [name, records] of Object.entries(zones)) all[name.toLowerCase()] = records
  for (const [name, spec] of specs) {
    const own: readonly DnsRecord[] = spec.dns ?? [{ type: 'A', address: loopback }]
    all[name] = [...(all[name] ?? []), ...own]
  }
  return all
}

/** The SNI name that the client asked for. */
const servedName = (socket: tls.TLSSocket): string | null =>
  'servername' in socket && typeof socket.servername === 'string' ? socket.servername.toLowerCase() : null

const answer = async (o: {
  scheme: 'http' | 'https'
  request: http.IncomingMessage
  response: http.ServerResponse
  journal: JournalEntry[]
  connection: Connection
  specOf: (name: string) => HostSpec | undefined
}): Promise<void> => {
  const { request, response, connection, scheme } = o
  const host = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  // Only the path and query: an absolute form would be a proxy's request.
  const [path = '/', search = ''] = (request.url ?? '/').split('?', 2)
  const entry: JournalEntry = {
    at: Date.now(),
    host,
    scheme,
    method: request.method ?? '',
    path: request.url ?? '',
    authorization: authorizationKind(request.headers.authorization),
    logon: null,
    status: 0,
    connection: connection.id,
  }
  o.journal.push(entry)

  const body = await readBody(request)
  const spec = o.specOf(host)
  const handler = scheme === 'https' ? spec?.https : spec?.http
  if (handler === 'silent' || handler === 'silent-after-tls') return
  const reply =
    body === null
      ? { status: 413 }
      : typeof handler === 'function'
        ? await handler({
            method: entry.method,
            host,
            scheme,
            path,
            route: path.toLowerCase(),
            query: new URLSearchParams(search),
            headers: request.headers,
            body,
            connection,
            journal: entry,
            raw: { request, response },
          })
        : { status: 404, headers: { Server: 'Microsoft-HTTPAPI/2.0' } }

  if (reply === 'silence') return
  if (reply === 'reset') {
    request.socket.destroy()
    return
  }
  if (reply === 'written') {
    entry.status = response.statusCode
    return
  }
  entry.status = reply.status
  const content = typeof reply.body === 'string' ? Buffer.from(reply.body) : (reply.body ?? Buffer.alloc(0))
  const offset = spec?.clockOffsetSeconds
  const date = offset === undefined ? {} : { Date: new Date(Date.now() + offset * 1000).toUTCString() }
  response.writeHead(reply.status, {
    ...date,
    ...reply.headers,
    'Content-Length': String(content.length),
  })
  response.end(request.method === 'HEAD' ? undefined : content)
}

const readBody = async (request: http.IncomingMessage): Promise<Buffer | null> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size <= bodyLimit) parts.push(part)
  }
  return size > bodyLimit ? null : Buffer.concat(parts)
}
