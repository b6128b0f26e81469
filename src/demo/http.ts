// The shape of a request and an answer inside the demo, and what a host's handler may do: answer, stay silent, drop the connection, or write itself.

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

/** One TCP (or TLS) connection. NTLM logs in a connection, so state hangs on this object. */
export type Connection = { id: number; endPointHash: Buffer | null }

export type AuthorizationKind =
  null | 'basic' | 'ntlm-negotiate' | 'ntlm-authenticate' | 'negotiate' | 'bearer' | 'bearer-empty' | 'other'

export type JournalEntry = {
  at: number
  host: string
  scheme: 'http' | 'https'
  method: string
  path: string
  authorization: AuthorizationKind
  logon: null | 'accepted' | 'refused'
  /** 0 while there is no answer, and for ever where none came. */
  status: number
  operation?: string
  connection: number
}

export type DemoRequest = {
  method: string
  host: string
  scheme: 'http' | 'https'
  /** Path as sent, without the query. */
  path: string
  /** Path in lower case: IIS does not distinguish. */
  route: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
  connection: Connection
  /** The line about this request; handlers add `logon` and `operation`. */
  journal: JournalEntry
  /** For bad input tests: the raw pair. A handler that wrote the answer itself returns `written`. */
  raw: { request: IncomingMessage; response: ServerResponse }
}

export type Answer = { status: number; headers?: Record<string, string | string[]>; body?: string | Buffer }

export type Reply = Answer | 'silence' | 'reset' | 'written'

export type Handler = (request: DemoRequest) => Reply | Promise<Reply>

/** The value of a query parameter, its name compared without case. */
export function queryValue(query: URLSearchParams, name: string): string | null {
  for (const [key, value] of query) if (key.toLowerCase() === name.toLowerCase()) return value
  return null
}

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}

/** An HTML page with this title and text, as a web server's stock page. */
export function page(status: number, title: string, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
    body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  }
}

/** Names the kind of an Authorization header without keeping any of its secret. */
export function authorizationKind(header: string | undefined): AuthorizationKind {
  if (header === undefined) return null
  const match = /^(\S+)(?:\s+(.*))?$/s.exec(header.trim())
  const scheme = match?.[1]?.toLowerCase() ?? ''
  const value = match?.[2]?.trim() ?? ''
  switch (scheme) {
    case 'basic':
      return 'basic'
    case 'bearer':
      return value === '' ? 'bearer-empty' : 'bearer'
    case 'ntlm':
    case 'negotiate': {
      const token = Buffer.from(value, 'base64')
      if (token.toString('latin1', 0, 8) !== 'NTLMSSP\0' || token.length < 12)
        return scheme === 'ntlm' ? 'other' : 'negotiate'
      const type = token.readUInt32LE(8)
      return type === 1 ? 'ntlm-negotiate' : type === 3 ? 'ntlm-authenticate' : 'other'
    }
    default:
      return 'other'
  }
}
