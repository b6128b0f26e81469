/**
 * HTTP/1.1 over one connection: a session. NTLM and Negotiate authenticate the connection, so a login owns its session; everything
 * else opens one for a request and closes it. No redirect is followed here, no cookie kept, and every exchange is evidence.
 */
import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
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
import { openTls } from './tls.ts'
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
  request(request: HttpRequest): Promise<HttpResult>
  /** DER of the server's certificate, for channel binding; null before a TLS connection stands. */
  certificate(): Uint8Array | null
  /** How many connections this session has opened so far. */
  connections(): number
  close(): void
}

export type SessionOptions = {
  plan: NetworkPlan
  names: Names
  roots: () => SecureContext
  anchorOf: AnchorOf
  waits: Waits
  signal: AbortSignal
  record: (observation: Observation) => void
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
  let certificate: Uint8Array | null = null
  // Asked at the first request: the system may have to think about it.
  let forwarding: Promise<URL | null> | undefined
  let requestSignal = options.signal

  const connect = async (): Promise<Socket> => {
    if (options.oneConnection === true && connections > 0) throw new Failure('dropped', 'SECOND_CONNECTION')
    connections++
    const context = {
      plan: options.plan,
      names: options.names,
      roots: options.roots,
      anchorOf: options.anchorOf,
      waits: options.waits,
      signal: requestSignal,
      record: options.record,
    }
    const tcp = await openTcp(origin, context)
    if (tcp.kind === 'failed') throw new Failure('not-connected', null)
    if (origin.protocol === 'http:') {
      connected = true
      return tcp.socket
    }
    const secured = await openTls({
      socket: tcp.socket,
      host: hostOf(origin),
      port: portOf(origin),
      roots: options.roots(),
      anchorOf: options.anchorOf,
      ms: options.waits.connectMs,
      signal: requestSignal,
      record: options.record,
    })
    if (secured.kind === 'failed') throw new Failure('not-connected', secured.result)
    certificate = secured.socket.getPeerCertificate().raw
    connected = true
    return secured.socket
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

  return {
    async connect() {
      requestSignal = AbortSignal.any([
        options.signal,
        AbortSignal.timeout(options.requestMs ?? options.waits.requestMs),
      ])
      try {
        const socket = await connect()
        socket.destroy()
        return true
      } catch {
        return false
      }
    },
    async request(request) {
      if (request.url.origin !== origin.origin) throw new Error('a session serves one origin')
      const started = performance.now()
      const limit = AbortSignal.timeout(options.requestMs ?? options.waits.requestMs)
      requestSignal = AbortSignal.any([options.signal, limit])
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
        Object.assign(observed, failureOf(error, { answered, connected, signal: options.signal, requestSignal }))
        return { kind: 'failed', observation: observed }
      } finally {
        observed.ms = Math.round(performance.now() - started)
        options.record(observed)
      }
    },
    certificate: () => certificate,
    connections: () => connections,
    close: () => {
      client.destroy().catch(() => undefined)
    },
  }
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
