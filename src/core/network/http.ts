/**
 * HTTP/1.1 over one connection: a session. NTLM and Negotiate authenticate the connection, so a login owns its session; everything
 * else opens one for a request and closes it. No redirect is followed here, no cookie kept, and every exchange is evidence.
 */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { Client } from 'undici'
import { openForRequest, type Credentials } from '../auth/credentials.ts'
import { errorCode } from '../errorCode.ts'
import type { Observation, ObservationOf } from '../evidence/schema.ts'
import { limits, type Waits } from '../limits.ts'
import type { AnchorOf } from './anchor.ts'
import { bodyKind, plainHead } from './body.ts'
import { parseChallenges } from './challenges.ts'
import type { Names } from './dns.ts'
import { clockSkew, evidenceHeaders, exchangeMark, header, headersOf, type Headers } from './headers.ts'
import type { NetworkPlan } from './plan.ts'
import { forwardingOf, openTcp } from './tcp.ts'
import { openTls, type Roots } from './tls.ts'
import { hostOf, portOf, shownUrl } from './url.ts'

type Http = ObservationOf<'http'>

export type HttpRequest = {
  method: 'GET' | 'POST'
  /** Same origin as the session's. */
  url: URL
  headers?: Readonly<Record<string, string>>
  body?: string
  credentials?: Credentials
  /** Sends `Authorization: Bearer` with nothing after it, the probe for OAuth (knowledge 3.2). */
  emptyBearer?: boolean
}

export type HttpAnswer = {
  kind: 'answer'
  status: number
  headers: Headers
  /** Decoded as UTF-8. */
  text: string
  observation: Http
}
export type HttpFailure = { kind: 'failed'; observation: Http }
export type HttpResult = HttpAnswer | HttpFailure

export type Session = {
  /** Connects and speaks TLS, and sends nothing. True when the connection stands; it is closed again. */
  connect(): Promise<boolean>
  request(request: HttpRequest, at?: Asking): Promise<HttpResult>
  /** True while its connection stands, idle, for a next request. */
  isOpen(): boolean
  /** Hands the session with its connection to another owner, who records and stops what follows, and who may open no other. */
  handOver(at: Asking): void
  /** DER of the server's certificate, for channel binding; null before a TLS connection stands. */
  certificate(): Uint8Array | null
  /** How many connections this session has opened so far. */
  connections(): number
  close(): void
}

/** Who stops a request, and who hears of it. */
export type Asking = { signal: AbortSignal; record: (observation: Observation) => void }

export type SessionOptions = Asking & {
  plan: NetworkPlan
  names: Names
  roots: Roots
  anchorOf: AnchorOf
  waits: Waits
  userAgent: string
  /** Ms that one request may take. */
  requestMs?: number
  /** Refuses a second connection: what was authenticated must not continue elsewhere. */
  oneConnection?: boolean
}

class Failure extends Error {
  readonly result: Http['result']
  readonly code: string | null
  constructor(result: Http['result'], code: string | null) {
    super(result)
    this.result = result
    this.code = code
  }
}

/** A session with the origin of `url`. Nothing is connected before the first request. */
export function openSession(origin: URL, options: SessionOptions): Session {
  let connections = 0
  let connected = false
  let secureSocket: TLSSocket | null = null
  // Asked at the first request: the system may have to think about it.
  let forwarding: Promise<URL | null> | undefined
  let owner: Asking = options
  let { signal: requestSignal, record } = owner
  let { oneConnection = false } = options
  let openSockets = 0
  let underWay = 0
  /** Requests of the present owner. */
  let asked = 0

  const connect = async (): Promise<Socket> => {
    if (oneConnection && asked > 1) throw new Failure('dropped', 'SECOND_CONNECTION')
    connections++
    return openSocket()
  }
  const openSocket = async (): Promise<Socket> => {
    const context = {
      plan: options.plan,
      names: options.names,
      roots: options.roots,
      anchorOf: options.anchorOf,
      waits: options.waits,
      signal: requestSignal,
      record,
    }
    const tcp = await openTcp(origin, context)
    if (tcp.kind === 'failed') throw new Failure('not-connected', null)
    if (origin.protocol === 'http:') return standing(tcp.socket)
    const roots = options.roots.now()
    const seen: Observation[] = []
    const secured = await openTls({
      socket: tcp.socket,
      host: hostOf(origin),
      port: portOf(origin),
      roots,
      anchorOf: options.anchorOf,
      ms: options.waits.connectMs,
      signal: requestSignal,
      record: (observation) => seen.push(observation),
    })
    // Only now are the platform's authorities asked, so this verdict was none yet.
    if (secured.kind === 'failed' && secured.result === 'issuer-unknown' && options.roots.all() !== roots)
      return openSocket()
    for (const observation of seen) record(observation)
    if (secured.kind === 'failed') throw new Failure('not-connected', secured.result)
    secureSocket = secured.socket
    return standing(secured.socket)
  }
  const standing = (socket: Socket): Socket => {
    connected = true
    openSockets++
    socket.once('close', () => openSockets--)
    return socket
  }

  const client = new Client(origin.origin, {
    pipelining: 1,
    keepAliveTimeout: 60_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: limits.headerBytes,
    connect: (_options, callback) => {
      connect().then(
        (socket) => callback(null, socket),
        (error: unknown) => callback(error instanceof Error ? error : new Error('connect'), null),
      )
    },
  })

  const attempt = async (request: HttpRequest, asking: Asking): Promise<HttpResult> => {
    const started = performance.now()
    const limit = AbortSignal.timeout(options.requestMs ?? options.waits.requestMs)
    requestSignal = AbortSignal.any([asking.signal, limit])
    record = asking.record
    const opened = request.credentials === undefined ? null : openForRequest(request.url, request.credentials)
    const observed: Http = {
      kind: 'http',
      method: request.method,
      url: shownUrl(request.url),
      credentials: request.credentials?.kind ?? (request.emptyBearer === true ? 'bearer-empty' : 'none'),
      result: 'answer',
      code: null,
      status: null,
      headers: {},
      challenges: [],
      exchange: 'none',
      body: { kind: 'none', bytes: 0, head: null, unsafe: null },
      clockSkewMs: null,
      ms: 0,
    }
    let answered = false
    try {
      const authorization = opened?.authorization ?? (request.emptyBearer === true ? 'Bearer' : null)
      const proxy = await (forwarding ??= forwardingOf(origin, options.plan))
      const send = (proxyAuthorization: string | null): ReturnType<typeof client.request> =>
        client.request({
          method: request.method,
          path: proxy !== null ? request.url.href : `${request.url.pathname}${request.url.search}`,
          headers: {
            'user-agent': options.userAgent,
            'accept-encoding': 'identity',
            ...request.headers,
            ...(authorization === null ? {} : { authorization }),
            ...(proxyAuthorization === null ? {} : { 'proxy-authorization': proxyAuthorization }),
          },
          body: opened?.body ?? request.body ?? null,
          signal: requestSignal,
        })
      const response =
        proxy === null
          ? await send(null)
          : await options.plan.proxyLogin.through(proxy, async (login) => {
              const value = await send(login)
              return { value, refused: login !== null && value.statusCode === 407 }
            })
      answered = true
      const headers = headersOf(response.headers)
      observed.status = response.statusCode
      observed.headers = evidenceHeaders(headers)
      observed.challenges = parseChallenges([
        ...(headers.get('www-authenticate') ?? []),
        ...(headers.get('proxy-authenticate') ?? []),
      ])
      observed.exchange = exchangeMark(headers)
      observed.clockSkewMs = clockSkew(headers, Date.now() - (performance.now() - started) / 2)
      const raw = await readBody(response.body)
      const decoded = await decode(raw, header(headers, 'content-encoding'))
      const text = decoded.toString('utf8')
      observed.body = {
        kind: bodyKind(text, header(headers, 'content-type') ?? ''),
        bytes: raw.length,
        head: null,
        unsafe: null,
      }
      if (observed.body.kind === 'html' || observed.body.kind === 'text') observed.body.head = plainHead(text)
      return { kind: 'answer', status: response.statusCode, headers, text, observation: observed }
    } catch (error) {
      Object.assign(observed, failureOf(error, { answered, connected, signal: asking.signal, requestSignal }))
      return { kind: 'failed', observation: observed }
    } finally {
      observed.ms = Math.round(performance.now() - started)
    }
  }

  return {
    async connect() {
      requestSignal = AbortSignal.any([owner.signal, AbortSignal.timeout(options.requestMs ?? options.waits.requestMs)])
      try {
        const socket = await connect()
        socket.destroy()
        return true
      } catch {
        return false
      }
    },
    async request(request, at) {
      if (request.url.origin !== origin.origin) throw new Error('a session serves one origin')
      const asking = at ?? owner
      asked++
      underWay++
      try {
        const reused = openSockets > 0
        const first = await attempt(request, asking)
        // A server may close an idle connection at the moment of the next request (RFC 9112 section 9.3.1). What carries no login, or only
        // begins one on a connection that was handed over, is sent again; nothing else is.
        const again =
          reused && (request.credentials === undefined || (oneConnection && asked === 1)) && wasNotHeard(first)
        const result = again ? await attempt(request, asking) : first
        asking.record(result.observation)
        return result
      } finally {
        underWay--
      }
    },
    isOpen: () => openSockets > 0 && underWay === 0,
    handOver(at) {
      owner = at
      oneConnection = true
      asked = 0
    },
    certificate: () => secureSocket?.getPeerX509Certificate()?.raw ?? null,
    connections: () => connections,
    close: () => {
      client.destroy().catch(() => undefined)
    },
  }
}

/** The connection ended before a byte of an answer: nobody read the request. */
function wasNotHeard(result: HttpResult): boolean {
  return result.kind === 'failed' && result.observation.result === 'dropped' && result.observation.status === null
}

async function readBody(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of body) {
    bytes += part.length
    if (bytes > limits.bodyBytes) throw new Failure('too-large', null)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** `identity` was asked for; a server that compresses all the same is read up to the limit, so that a bomb stays small. */
async function decode(raw: Buffer, encoding: string | null): Promise<Buffer> {
  const options = { maxOutputLength: limits.bodyBytes }
  try {
    switch (encoding?.trim().toLowerCase() ?? '') {
      case 'gzip':
      case 'x-gzip':
        return await promisify(gunzip)(raw, options)
      case 'deflate':
        return await promisify<Buffer, typeof options, Buffer>(inflate)(raw, options)
      case 'br':
        return await promisify(brotliDecompress)(raw, options)
      default:
        return raw
    }
  } catch (error) {
    throw errorCode(error) === 'ERR_BUFFER_TOO_LARGE'
      ? new Failure('too-large', 'INFLATED')
      : new Failure('not-http', errorCode(error))
  }
}

function failureOf(
  error: unknown,
  o: { answered: boolean; connected: boolean; signal: AbortSignal; requestSignal: AbortSignal },
): Pick<Http, 'result' | 'code'> {
  if (o.signal.aborted) return { result: 'cancelled', code: null }
  if (error instanceof Failure) return { result: error.result, code: error.code }
  if (o.requestSignal.aborted)
    return { result: o.answered ? 'stalled' : o.connected ? 'silent' : 'not-connected', code: 'TIMEOUT' }
  const code = errorCode(error)
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') return { result: 'too-large', code }
  // undici's parser names its error and often forgets the code.
  const garbled = error instanceof Error && error.name === 'HTTPParserError'
  if (garbled || (code !== null && /^HPE_|^UND_ERR_(RES|RESPONSE)/.test(code))) return { result: 'not-http', code }
  return { result: 'dropped', code }
}
