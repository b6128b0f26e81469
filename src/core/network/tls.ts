/**
 * TLS: the handshake, its facts, and the verdict. A connection whose certificate is not trusted is destroyed before a byte of
 * HTTP is sent; the handshake is still finished first, because only then the chain that explains the refusal can be read.
 */
import { X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import tls from 'node:tls'
import { errorCode } from '../errorCode.ts'
import type { AnchorOf } from './anchor.ts'
import type { Certificate } from '../evidence/network.ts'
import type { ObservationOf } from '../evidence/schema.ts'

type Tls = ObservationOf<'tls'>
export type TlsResult = { kind: 'open'; socket: tls.TLSSocket } | { kind: 'failed'; result: Tls['result'] }

/** Reading a few hundred roots takes longer than a run: contexts of the last few different additions are kept. */
const madeRoots: { extra: readonly string[]; context: tls.SecureContext }[] = []
const mostRoots = 4

/**
 * Trusted authorities by need: Node's own and the admin's at once; those of the platform, which take longer to read than a handshake, only
 * when a chain leads to none of the others.
 */
export type Roots = { now(): tls.SecureContext; all(): tls.SecureContext }

/** Made once a run. `host.systemCas` is read when it is needed. */
export function openRoots(host: { readonly systemCas: readonly string[] }, extraCa: string): Roots {
  const admins = extraCa === '' ? [] : [extraCa]
  let own: tls.SecureContext | undefined
  let all: tls.SecureContext | undefined
  const now = (): tls.SecureContext => all ?? (own ??= trustedRoots(admins))
  return {
    now,
    all: () => (all ??= host.systemCas.length === 0 ? now() : trustedRoots([...host.systemCas, ...admins])),
  }
}

/** Node's own roots and these. */
export function trustedRoots(extra: readonly string[]): tls.SecureContext {
  const known = madeRoots.find(
    (made) => made.extra.length === extra.length && made.extra.every((pem, index) => pem === extra[index]),
  )
  if (known !== undefined) return known.context
  const context = makeRoots(extra)
  madeRoots.unshift({ extra: [...extra], context })
  madeRoots.splice(mostRoots)
  return context
}

function makeRoots(extra: readonly string[]): tls.SecureContext {
  const options = { minVersion: 'TLSv1.2' } as const
  const roots = tls.createSecureContext(options)
  if (extra.length === 0) return roots
  // The public option `ca` replaces Node's own roots, and reading those again takes longer than a whole handshake. Node's own way of adding to
  // them copies the built-in store first, so that no other context learns of it.
  const handle: unknown = Reflect.get(roots, 'context')
  const add: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'addCACert') : undefined
  if (typeof add !== 'function') return tls.createSecureContext({ ...options, ca: [...tls.rootCertificates, ...extra] })
  for (const pem of extra) Reflect.apply(add, handle, [pem])
  return roots
}

/** Speaks TLS over a connected socket, HTTP/1.1 only, because NTLM and Negotiate authenticate a connection. */
export async function openTls(o: {
  socket: Socket
  host: string
  port: number
  roots: tls.SecureContext
  anchorOf: AnchorOf
  /** How long the handshake may take. */
  ms: number
  signal: AbortSignal
  record: (observation: Tls) => void
  /** What to speak over it, for ALPN; default http/1.1. */
  protocols?: string[]
}): Promise<TlsResult> {
  const started = performance.now()
  const socket = tls.connect({
    socket: o.socket,
    secureContext: o.roots,
    ALPNProtocols: o.protocols ?? ['http/1.1'],
    ...(isName(o.host) ? { servername: o.host } : {}),
    checkServerIdentity: (_host, certificate) => tls.checkServerIdentity(o.host, certificate),
    // Not trust: `authorized` is judged below, after the chain has been read.
    rejectUnauthorized: false,
  })
  socket.on('error', () => undefined)
  const finish = (result: Tls['result'], code: string | null): TlsResult => {
    const chain = chainOf(socket)
    o.record({
      kind: 'tls',
      host: o.host,
      port: o.port,
      result,
      code,
      protocol: socket.getProtocol?.() ?? null,
      cipher: socket.getCipher?.()?.name ?? null,
      chain: chain.map((raw) => certificateFacts(new X509Certificate(raw))),
      anchor: result === 'trusted' ? o.anchorOf(chain) : null,
      ms: Math.round(performance.now() - started),
    })
    if (result === 'trusted') return { kind: 'open', socket }
    socket.destroy()
    o.socket.destroy()
    return { kind: 'failed', result }
  }
  const ended = await handshake(socket, o.signal, o.ms)
  if (ended.kind === 'failed') return finish(ended.result, ended.code)
  if (socket.authorized) return finish('trusted', null)
  const code =
    typeof socket.authorizationError === 'string'
      ? socket.authorizationError
      : (errorCode(socket.authorizationError) ?? 'UNKNOWN')
  return finish(refusalOf(code), code)
}

function handshake(
  socket: tls.TLSSocket,
  signal: AbortSignal,
  ms: number,
): Promise<{ kind: 'done' } | { kind: 'failed'; result: Tls['result']; code: string }> {
  return new Promise((resolve) => {
    const end = (outcome: { kind: 'done' } | { kind: 'failed'; result: Tls['result']; code: string }): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', aborted)
      resolve(outcome)
    }
    const aborted = (): void =>
      end({ kind: 'failed', result: timedOut(signal) ? 'timed-out' : 'cancelled', code: 'ABORTED' })
    const timer = setTimeout(() => end({ kind: 'failed', result: 'timed-out', code: 'TLS_TIMEOUT' }), ms)
    socket.once('secureConnect', () => end({ kind: 'done' }))
    socket.once('error', (error) => {
      const code = errorCode(error) ?? 'UNKNOWN'
      // Codes of OpenSSL mean that both sides spoke and did not agree, or that the other side speaks something else.
      end({ kind: 'failed', result: /^(ERR_SSL|EPROTO)/.test(code) ? 'failed' : 'reset', code })
    })
    socket.once('close', () => end({ kind: 'failed', result: 'reset', code: 'CLOSED' }))
    signal.addEventListener('abort', aborted, { once: true })
    if (signal.aborted) aborted()
  })
}

/** True when a signal was aborted by a time limit, not by a person. */
export function timedOut(signal: AbortSignal): boolean {
  return signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
}

function refusalOf(code: string): Tls['result'] {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'expired'
    case 'CERT_NOT_YET_VALID':
      return 'not-yet-valid'
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'name-mismatch'
    case 'CERT_REVOKED':
      return 'revoked'
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_UNTRUSTED':
      return 'issuer-unknown'
    default:
      return 'failed'
  }
}

/** DER, the leaf first. */
function chainOf(socket: tls.TLSSocket): Buffer[] {
  const chain: Buffer[] = []
  let next: tls.DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  const seen = new Set<string>()
  while (next?.raw !== undefined && !seen.has(next.fingerprint256) && chain.length < 10) {
    seen.add(next.fingerprint256)
    chain.push(next.raw)
    next = next.issuerCertificate
  }
  return chain
}

/** What evidence keeps of a certificate. */
export function certificateFacts(certificate: X509Certificate): Certificate {
  return {
    subject: certificate.subject?.replaceAll('\n', ', ') ?? '',
    issuer: certificate.issuer?.replaceAll('\n', ', ') ?? '',
    names: (certificate.subjectAltName ?? '')
      .split(', ')
      .map((name) => name.replace(/^(DNS|IP Address):/, ''))
      .filter((name) => name !== '')
      .slice(0, 100),
    validFrom: isoDate(certificate.validFrom),
    validTo: isoDate(certificate.validTo),
    sha256: certificate.fingerprint256,
    sha1: certificate.fingerprint,
  }
}

/** A certificate may carry anything where its dates should be; then the text itself is the fact. */
function isoDate(text: string): string {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? text : date.toISOString()
}

function isName(host: string): boolean {
  return !/^[\d.]+$/.test(host) && !host.includes(':')
}
