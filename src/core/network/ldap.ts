/**
 * LDAP to a directory that a person named: TLS first, always, by ldaps or StartTLS (RFC 4511 section 4.14) and with the same verdict
 * on the certificate as everywhere; then the login, then searches that only read. Nothing is sent in the clear but StartTLS itself.
 */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { BerReader, Client, ExtendedRequest, InvalidCredentialsError, ResultCodeError } from 'ldapts'
import { bindWithPassword } from '../auth/ldapBind.ts'
import type { Secret } from '../auth/secret.ts'
import { limits } from '../limits.ts'
import type { TcpContext } from './tcp.ts'
import { openDirectly } from './tcp.ts'
import { openTls } from './tls.ts'
import { hostOf } from './url.ts'

/** Values of attributes, names in the case that was asked for. */
export type DirectoryEntry = Readonly<Record<string, readonly string[]>>

export type DirectorySearch = {
  /** Empty: the root of the directory's own description. */
  base: string
  scope: 'base' | 'sub'
  filter: string
  attributes: readonly string[]
}

export type Directory = {
  search(search: DirectorySearch): Promise<DirectoryEntry[]>
  close(): void
}

export type DirectoryResult =
  | { kind: 'open'; directory: Directory }
  /** `refused`: the login; `no-tls`: no trusted TLS, so nothing was sent; `code`: LDAP's number or the platform's word. */
  | { kind: 'failed'; why: 'not-connected' | 'no-tls' | 'refused' | 'failed'; code: string | null }

/** Connects and logs in. The caller closes. */
export async function openDirectory(o: {
  url: URL
  userName: string
  password: Secret
  context: TcpContext
}): Promise<DirectoryResult> {
  const { context, url } = o
  const secureFromStart = url.protocol === 'ldaps:'
  const host = hostOf(url)
  const port = url.port === '' ? (secureFromStart ? 636 : 389) : Number(url.port)
  const tcp = await openDirectly({ host, port, context })
  if (tcp === null) return { kind: 'failed', why: 'not-connected', code: null }
  if (!secureFromStart) {
    const code = await startTls(tcp, context.signal)
    if (code !== null) {
      tcp.destroy()
      return { kind: 'failed', why: 'no-tls', code }
    }
  }
  const { roots, anchorOf, waits, signal, record } = context
  const secured = await openTls({
    socket: tcp,
    host,
    port,
    roots: roots.all(),
    anchorOf,
    ms: waits.connectMs,
    signal,
    record,
    protocols: [],
  })
  if (secured.kind === 'failed') return { kind: 'failed', why: 'no-tls', code: secured.result }
  return logIn(secured.socket, o)
}

async function logIn(
  socket: TLSSocket,
  o: { url: URL; userName: string; password: Secret; context: TcpContext },
): Promise<DirectoryResult> {
  const { signal } = o.context
  let bytes = 0
  socket.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes > limits.ldapBytes) socket.destroy()
  })
  const stop = (): void => void socket.destroy()
  signal.addEventListener('abort', stop, { once: true })
  const client = new Client({
    url: `ldaps://${o.url.host}`,
    timeout: limits.ldapMs,
    // The connection stands and its certificate has been judged; the library opens none of its own.
    createSecureConnection: () => socket,
  })
  const close = (): void => {
    signal.removeEventListener('abort', stop)
    void client.unbind().catch(() => undefined)
    socket.destroy()
  }
  try {
    signal.throwIfAborted()
    await bindWithPassword(client, o.userName, o.password)
  } catch (error) {
    close()
    const why = error instanceof InvalidCredentialsError ? 'refused' : 'failed'
    return { kind: 'failed', why, code: codeOf(error) }
  }
  return {
    kind: 'open',
    directory: {
      async search({ base, scope, filter, attributes }) {
        if (socket.destroyed) throw new Error('the connection to the directory has ended')
        const { searchEntries } = await client.search(base, {
          scope,
          filter,
          attributes: [...attributes],
          sizeLimit: limits.ldapEntries,
          timeLimit: Math.ceil(limits.ldapMs / 1_000),
        })
        return searchEntries.map((entry) =>
          Object.fromEntries(attributes.map((name) => [name, valuesOf(entry[name])] as const)),
        )
      },
      close,
    },
  }
}

/** LDAP's result code, or null when the connection itself failed. */
function codeOf(error: unknown): string | null {
  return error instanceof ResultCodeError ? String(error.code) : null
}

function valuesOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((item) => typeof item === 'string').map((item) => item.slice(0, limits.headerValueCharacters))
}

/** null: the server is ready for TLS; otherwise why not. */
function startTls(socket: Socket, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0)
    const end = (code: string | null): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', aborted)
      socket.off('data', take)
      socket.off('error', broken)
      socket.off('close', broken)
      resolve(code)
    }
    const aborted = (): void => end('ABORTED')
    const broken = (): void => end('CLOSED')
    const take = (part: Buffer): void => {
      received = Buffer.concat([received, part])
      const answer = readExtendedResult(received)
      if (answer !== null) end(answer === 0 ? null : String(answer))
      else if (received.length > limits.headerBytes) end('TOO_LARGE')
    }
    const timer = setTimeout(() => end('TIMEOUT'), limits.ldapMs)
    signal.addEventListener('abort', aborted, { once: true })
    socket.on('data', take)
    socket.once('error', broken)
    socket.once('close', broken)
    if (signal.aborted) return aborted()
    socket.write(new ExtendedRequest({ messageId: 1, oid: '1.3.6.1.4.1.1466.20037' }).write())
  })
}

/**
 * The result code of one extended response; null until it is complete. Bytes behind it would be an answer that somebody slipped in
 * before the encryption (as in CVE-2011-0411), so they count as a protocol error.
 */
function readExtendedResult(bytes: Buffer): number | null {
  const protocolError = 2
  try {
    const reader = new BerReader(bytes)
    if (reader.readSequence() === null || reader.length > reader.remain) return null
    if (reader.length < reader.remain) return protocolError
    reader.readInt()
    if (reader.readSequence(0x78) === null) return null
    return reader.readEnumeration() ?? protocolError
  } catch {
    return protocolError
  }
}
