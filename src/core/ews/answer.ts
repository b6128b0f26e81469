/** What an EWS answer says, read by ourselves: the library that builds the calls loses the cause of a failure. */
import type { HttpResult } from '../network/http.ts'
import { child, childText, descendant, parseXml, type XmlElement } from '../network/xml.ts'
import type { ServerVersion } from './products.ts'

export type EwsAnswer = {
  result: 'success' | 'error' | 'fault' | 'http-error' | 'not-soap' | 'no-answer' | 'cancelled'
  status: number | null
  responseCode: string | null
  message: string | null
  server: ServerVersion | null
  backOffMs: number | null
  value: string | null
}

const nothing = { responseCode: null, message: null, server: null, backOffMs: null, value: null }

/** HTTP 500 can carry a fault and HTTP 200 an error (knowledge 6.4): the body is read whatever the status. */
export function readEwsAnswer(result: HttpResult): EwsAnswer {
  if (result.kind === 'failed')
    return { ...nothing, result: result.observation.result === 'cancelled' ? 'cancelled' : 'no-answer', status: null }
  const { status } = result
  const outside = { ...nothing, status, result: status === 200 ? ('not-soap' as const) : ('http-error' as const) }
  if (result.observation.body.kind !== 'xml') return outside
  const xml = parseXml(result.text)
  if (xml.kind !== 'document') {
    result.observation.body.unsafe = xml.kind === 'unsafe' ? xml.reason : null
    return outside
  }
  if (xml.root.name !== 'Envelope') return outside
  const server = versionOf(descendant(child(xml.root, 'Header'), 'ServerVersionInfo'))
  const body = child(xml.root, 'Body')
  const fault = child(body, 'Fault')
  if (fault !== undefined) {
    const detail = child(fault, 'detail')
    return {
      result: 'fault',
      status,
      responseCode: childText(detail, 'ResponseCode') ?? codeOf(childText(fault, 'faultcode')),
      message: cut(childText(fault, 'faultstring') ?? childText(detail, 'Message')),
      server,
      ...extras(detail),
    }
  }
  const message = responseMessage(body)
  const responseCode = childText(message, 'ResponseCode')
  // A success without a response message, such as an empty list, is still an answer of EWS.
  const failed =
    message !== undefined &&
    (message.attributes['ResponseClass'] === 'Error' || (responseCode !== null && responseCode !== 'NoError'))
  if (status !== 200) return outside
  return {
    result: failed ? 'error' : 'success',
    status,
    responseCode,
    message: cut(childText(message, 'MessageText')),
    server,
    ...extras(message),
  }
}

function responseMessage(body: XmlElement | undefined): XmlElement | undefined {
  return descendant(body, 'ResponseMessages')?.children[0]
}

/** `a:ErrorInvalidServerVersion` without its prefix; generic SOAP codes say nothing about EWS. */
function codeOf(faultCode: string | null): string | null {
  const code = faultCode?.split(':').at(-1) ?? null
  return code !== null && code.startsWith('Error') ? code : null
}

function extras(detail: XmlElement | undefined): { backOffMs: number | null; value: string | null } {
  const values = descendant(detail, 'MessageXml')?.children ?? []
  const backOff = values.find((entry) => entry.attributes['Name'] === 'BackOffMilliseconds')?.text.trim() ?? ''
  const other = values.find((entry) => entry.attributes['Name'] !== 'BackOffMilliseconds')?.text.trim() ?? ''
  return {
    backOffMs: /^\d{1,9}$/.test(backOff) ? Number(backOff) : null,
    value: other === '' ? null : other.slice(0, 300),
  }
}

function versionOf(element: XmlElement | undefined): ServerVersion | null {
  if (element === undefined) return null
  const number = (name: string): number => {
    const text = element.attributes[name] ?? childText(element, name) ?? ''
    return /^\d{1,6}$/.test(text) ? Number(text) : 0
  }
  const major = number('MajorVersion')
  return major === 0
    ? null
    : {
        major,
        minor: number('MinorVersion'),
        build: number('MajorBuildNumber'),
        revision: number('MinorBuildNumber'),
        schema: element.attributes['Version'] ?? null,
      }
}

function cut(text: string | null): string | null {
  return text?.slice(0, 500) ?? null
}

/** Codes by which a server refuses the requested interface version. */
export const versionRefusals: ReadonlySet<string> = new Set([
  'ErrorInvalidServerVersion',
  'ErrorIncorrectSchemaVersion',
  'ErrorInvalidSchemaVersionForMailboxVersion',
  'ErrorWrongServerVersion',
])
