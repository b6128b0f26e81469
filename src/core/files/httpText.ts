/**
 * Takes HTTP messages out of a pasted text: raw, or as `curl -v` and `curl -i` print them, several in a row, with or without the
 * requests before them. One pass over the lines. Login headers and cookies are dropped as they are read; of `Authorization` only
 * the scheme's name is kept.
 */
import type { CredentialKind } from '../evidence/network.ts'
import { limits } from '../limits.ts'
import type { Headers } from '../network/headers.ts'

export type PastedRequest = {
  method: string
  target: string
  host: string | null
  /** Null: no login header is in the text, which proves nothing, because people take it out. */
  credentials: CredentialKind | null
  /** `client_id`, `scope` and nothing else of a form. */
  form: { clientId: string | null; scope: string | null }
  /** `RequestServerVersion` of a SOAP request. */
  version: string | null
}

export type Exchange = {
  request: PastedRequest | null
  status: number
  headers: Headers
  body: string
  /** The head is there from its first line to the empty line after it, `Date` included. */
  whole: boolean
}

export type HttpText = {
  exchanges: Exchange[]
  /** The first URL before any message, as in a command line; null where there is none. */
  typedUrl: string | null
}

const statusLine = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/
const requestLine = /^(GET|POST|PUT|HEAD|OPTIONS|CONNECT|DELETE|PATCH) (\S{1,4000})(?: HTTP\/\d(?:\.\d)?)?$/
const headerLine = /^([A-Za-z0-9!#$%&'*+.^_|~-]{1,100}):[ \t]{0,20}(.*)$/
const kept = 8_000

/** True when a status line is in the text, bare or behind curl's mark. */
export function hasStatusLine(text: string): boolean {
  return /^(?:< )?HTTP\/\d(?:\.\d)? \d{3}(?: |\r?$)/m.test(text)
}

/** What stands before the first message: an answer, a request, or the first mark of curl. */
export function beforeHttp(text: string): string {
  const start = /^(?:[<>*] |HTTP\/\d|(?:GET|POST|PUT|HEAD|OPTIONS|CONNECT|DELETE|PATCH) \S)/m.exec(text)
  return start === null ? '' : text.slice(0, start.index)
}

type Building = {
  request: PastedRequest | null
  status: number
  headers: Map<string, string[]>
  body: string[]
  ended: boolean
}

/** Where the reading of a text stands. */
type Reading = {
  state: 'before' | 'request-head' | 'request-body' | 'head' | 'body'
  found: Building[]
  typedUrl: string | null
  request: PastedRequest | null
  current: Building | null
  /** The values that a folded line goes on. */
  lastHeader: string[] | null
}

/** The messages of a text, at most `limits.pastedParts`; interim answers and a proxy's "Connection established" are left out. */
export function httpIn(text: string): HttpText {
  const lines = text.split(/\r\n|\n|\r/)
  const isTrace = lines.some((line) => /^< HTTP\/\d/.test(line))
  const reading: Reading = {
    state: 'before',
    found: [],
    typedUrl: null,
    request: null,
    current: null,
    lastHeader: null,
  }
  for (const line of lines) {
    if (isTrace) readTraced(reading, line)
    else readRaw(reading, line)
  }
  return { exchanges: reading.found.slice(-limits.pastedParts).map(exchangeOf), typedUrl: reading.typedUrl }
}

/** A line of `curl -v`: its mark tells what it belongs to, and a line without a mark is body. */
function readTraced(reading: Reading, line: string): void {
  if (line.startsWith('* ') || /^[{}] \[/.test(line)) return
  const told = line.slice(2).trimEnd()
  if (line === '<' || line.startsWith('< ')) {
    if (!beginAnswer(reading, told)) readHead(reading, told)
  } else if (line === '>' || line.startsWith('> ')) {
    if (!beginRequest(reading, told)) readRequestHead(reading, told)
  } else if (reading.current !== null) reading.current.body.push(line)
  else if (reading.state === 'before') reading.typedUrl ??= urlIn(line)
}

function readRaw(reading: Reading, line: string): void {
  if (beginAnswer(reading, line)) return
  if (reading.state === 'head') return readHead(reading, line)
  if (reading.state === 'request-head') return readRequestHead(reading, line)
  if (beginRequest(reading, line)) return
  if (reading.state === 'before') reading.typedUrl ??= urlIn(line)
  else if (reading.state === 'body') reading.current?.body.push(line)
  else if (reading.request !== null) readRequestBody(reading.request, line)
}

function beginAnswer(reading: Reading, line: string): boolean {
  const status = statusLine.exec(line)?.[1]
  if (status === undefined) return false
  const { request } = reading
  const current: Building = { request, status: Number(status), headers: new Map(), body: [], ended: false }
  if (!isInterim(line, current.status)) reading.found.push(current)
  Object.assign(reading, { current, state: 'head', lastHeader: null } satisfies Partial<Reading>)
  return true
}

function beginRequest(reading: Reading, line: string): boolean {
  const match = requestLine.exec(line)
  if (match === null) return false
  const request: PastedRequest = {
    method: match[1] ?? '',
    target: match[2] ?? '',
    host: null,
    credentials: null,
    form: { clientId: null, scope: null },
    version: null,
  }
  Object.assign(reading, { request, current: null, state: 'request-head' } satisfies Partial<Reading>)
  return true
}

function readHead(reading: Reading, line: string): void {
  const { current, lastHeader } = reading
  if (line === '') {
    if (current !== null) current.ended = true
    reading.state = 'body'
    return
  }
  const match = headerLine.exec(line.slice(0, kept))
  const isFolded = /^[ \t]/.test(line)
  if (match !== null) reading.lastHeader = keepHeader(current, match[1] ?? '', match[2] ?? '')
  else if (isFolded && lastHeader !== null) continueHeader(lastHeader, line)
  else if (!isFolded) {
    // The head broke off: what follows is something else, and what is missing is unknown.
    reading.state = 'body'
    current?.body.push(line)
  }
}

function readRequestHead(reading: Reading, line: string): void {
  if (line === '') reading.state = 'request-body'
  else if (reading.request !== null) readRequestHeader(reading.request, line)
}

function exchangeOf(built: Building): Exchange {
  const { request, status, headers, body, ended } = built
  return { request, status, headers, body: body.join('\n'), whole: ended && headers.has('date') }
}

function isInterim(line: string, status: number): boolean {
  return status < 200 || (status === 200 && /connection established/i.test(line))
}

/** Where the value went, so that a folded line can go on; null for what is not kept. */
function keepHeader(current: Building | null, written: string, value: string): string[] | null {
  const name = written.toLowerCase()
  if (current === null || /^(set-)?cookie2?$|authorization$/.test(name) || current.headers.size > 200) return null
  const values = current.headers.get(name) ?? []
  if (values.length >= 20) return null
  values.push(value.trim())
  current.headers.set(name, values)
  return values
}

function continueHeader(values: string[], line: string): void {
  const last = values.pop() ?? ''
  values.push(`${last} ${line.trim()}`.slice(0, kept))
}

function readRequestHeader(request: PastedRequest, line: string): void {
  const match = headerLine.exec(line.slice(0, kept))
  const value = match?.[2]?.trim() ?? ''
  switch (match?.[1]?.toLowerCase()) {
    case 'host':
      request.host = value.slice(0, 255)
      break
    case 'authorization':
      request.credentials = credentialsIn(value)
      break
    default:
      break
  }
}

function credentialsIn(value: string): CredentialKind | null {
  const [scheme = '', rest = ''] = value.split(' ', 2)
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return rest === '' ? 'bearer-empty' : 'bearer'
    case 'basic':
      return 'basic'
    case 'ntlm':
      return 'ntlm'
    case 'negotiate':
      return 'negotiate'
    default:
      return null
  }
}

/** Of a form two values that are no secrets, of a SOAP request the version asked for; the rest is let go. */
function readRequestBody(request: PastedRequest, line: string): void {
  const part = line.slice(0, 64_000)
  request.version ??= /RequestServerVersion[^<>]{0,200}\bVersion=["'](\w{1,40})["']/.exec(part)?.[1] ?? null
  if (!/(^|&)grant_type=/.test(part)) return
  for (const pair of part.split('&')) {
    const [name = '', value = ''] = pair.split('=', 2)
    if (name === 'client_id' && /^[0-9a-f-]{36}$/i.test(value)) request.form.clientId = value
    if (name === 'scope' && /^[\w.:/%+-]{1,300}$/.test(value)) request.form.scope = decoded(value)
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

function urlIn(line: string): string | null {
  return /https?:\/\/[^\s"'<>]{1,2000}/.exec(line.slice(0, kept))?.[0] ?? null
}
