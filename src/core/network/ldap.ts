/**
 * LDAP to a directory that a person named: TLS first, always, by ldaps or StartTLS (RFC 4511 section 4.14) and with the same verdict
 * on the certificate as everywhere; then the login, then searches that only read. Nothing is sent in the clear but StartTLS itself.
 */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { Client, ExtendedRequest, InvalidCredentialsError, ResultCodeError } from 'ldapts'
import { bindWithPassword } from '../auth/ldapBind.ts'
import { ticketForDirectory, type SaslTicket } from '../auth/saslTicket.ts'
import type { Secret } from '../auth/secret.ts'
import { limits } from '../limits.ts'
import { exchangeMessage, protocolError, readResult } from './ldapMessage.ts'
import { bindWithTicket, type SaslBind } from './ldapSasl.ts'
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

export type DirectoryLogin =
  | { by: 'password'; userName: string; password: Secret }
  /** The Kerberos ticket of this login session. */
  | { by: 'ticket' }

/**
 * `no-tls`: no trusted TLS, so nothing was sent; `no-ticket`, `unavailable`: there is no ticket for the host, or no means to use one, so
 * nothing was connected; the rest is what became of the login.
 */
export type DirectoryFailure =
  'not-connected' | 'no-tls' | 'no-ticket' | 'unavailable' | Extract<SaslBind, { kind: 'failed' }>['why']

export type DirectoryResult =
  | { kind: 'open'; directory: Directory }
  /** `code`: LDAP's number or the platform's word. */
  | { kind: 'failed'; why: DirectoryFailure; code: string | null }

/** Connects and logs in. The caller closes. */
export async function openDirectory(o: {
  url: URL
  login: DirectoryLogin
  context: TcpContext
}): Promise<DirectoryResult> {
  const { context, url } = o
  const secureFromStart = url.protocol === 'ldaps:'
  const host = hostOf(url)
  const port = url.port === '' ? (secureFromStart ? 636 : 389) : Number(url.port)
  // Without a ticket there is nothing to say, so nobody is connected.
  const prepared = await prepare(o.login, host, context.signal)
  if (prepared.kind === 'failed') return prepared
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
  return logIn(secured.socket, { url, context, login: prepared.login })
}

/** A login with what it takes to make it. */
type PreparedLogin = Extract<DirectoryLogin, { by: 'password' }> | { by: 'ticket'; ticket: SaslTicket }

async function prepare(
  login: DirectoryLogin,
  host: string,
  signal: AbortSignal,
): Promise<{ kind: 'ready'; login: PreparedLogin } | Extract<DirectoryResult, { kind: 'failed' }>> {
  if (login.by === 'password') return { kind: 'ready', login }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limits.ticketMs)])
  const asked = await ticketForDirectory({ host, signal: limit })
  return asked.kind === 'ticket'
    ? { kind: 'ready', login: { by: 'ticket', ticket: asked.login } }
    : { kind: 'failed', why: asked.kind, code: null }
}

async function logIn(
  socket: TLSSocket,
  o: { url: URL; login: PreparedLogin; context: TcpContext },
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
    if (o.login.by === 'password') await bindWithPassword(client, o.login.userName, o.login.password)
    else {
      const bound = await bindWithTicket(socket, o.login.ticket, signal)
      if (bound.kind === 'failed') {
        close()
        return bound
      }
    }
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
async function startTls(socket: Socket, signal: AbortSignal): Promise<string | null> {
  const request = new ExtendedRequest({ messageId: 1, oid: '1.3.6.1.4.1.1466.20037' }).write()
  const exchanged = await exchangeMessage(socket, request, signal)
  if (exchanged.kind === 'failed') return exchanged.code
  const { code } = readResult(exchanged.message, 0x78) ?? { code: protocolError }
  return code === 0 ? null : String(code)
}
