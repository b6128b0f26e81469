// The envelopes of EWS answers: success, an error inside a 200, and the SOAP fault with status 500.

import type { Answer } from '../http.ts'
import { escapeXml } from '../xml.ts'
import type { Organisation } from './organisation.ts'

export const envelopeNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'
export const messagesNamespace = 'http://schemas.microsoft.com/exchange/services/2006/messages'
export const typesNamespace = 'http://schemas.microsoft.com/exchange/services/2006/types'
const errorsNamespace = 'http://schemas.microsoft.com/exchange/services/2006/errors'

/** A response code of EWS with its English message, as in MessageText or faultstring. */
export type EwsError = {
  code: string
  message: string
  /** Named values in MessageXml. */
  values?: Readonly<Record<string, string>>
}

/** The refusal of a request too many, with the wait that the server wants. */
export function serverBusy(milliseconds: number): EwsError {
  return {
    code: 'ErrorServerBusy',
    message: 'The server cannot service this request right now. Try again later.',
    values: { BackOffMilliseconds: String(milliseconds) },
  }
}

const envelope = (organisation: Organisation, body: string, status: number): Answer => {
  const [major, minor, build, revision] = organisation.build.map(String)
  const header =
    `<h:ServerVersionInfo MajorVersion="${major ?? ''}" MinorVersion="${minor ?? ''}" MajorBuildNumber="${build ?? ''}" MinorBuildNumber="${revision ?? ''}"` +
    ` Version="${organisation.schemaVersion}" xmlns:h="${typesNamespace}" xmlns="${typesNamespace}"` +
    ` xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>`
  return {
    status,
    headers: { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'private' },
    body: `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${envelopeNamespace}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`,
  }
}

/** A fault: HTTP 500, the code as faultcode and again in the detail. */
export function ewsFault(organisation: Organisation, { code, message, values = {} }: EwsError): Answer {
  const text = escapeXml(message)
  const named = Object.entries(values).map(([name, value]) => `<t:Value Name="${name}">${escapeXml(value)}</t:Value>`)
  const messageXml =
    named.length === 0 ? '' : `<t:MessageXml xmlns:t="${typesNamespace}">${named.join('')}</t:MessageXml>`
  return envelope(
    organisation,
    `<s:Fault><faultcode xmlns:a="${typesNamespace}">a:${code}</faultcode><faultstring xml:lang="en-US">${text}</faultstring>` +
      `<detail><e:ResponseCode xmlns:e="${errorsNamespace}">${code}</e:ResponseCode><e:Message xmlns:e="${errorsNamespace}">${text}</e:Message>${messageXml}</detail></s:Fault>`,
    500,
  )
}

/** A response with one message per asked thing. `messages` come from `success` and `failure`. */
export function ewsAnswer(organisation: Organisation, operation: string, messages: readonly string[]): Answer {
  return envelope(
    organisation,
    `<m:${operation}Response xmlns:m="${messagesNamespace}" xmlns:t="${typesNamespace}"><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:${operation}Response>`,
    200,
  )
}

/** One good response message with this content. */
export function success(operation: string, content: string): string {
  return `<m:${operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${operation}ResponseMessage>`
}

/** One failed response message; the HTTP status stays 200. */
export function failure(operation: string, { code, message }: EwsError, content = ''): string {
  return (
    `<m:${operation}ResponseMessage ResponseClass="Error"><m:MessageText>${escapeXml(message)}</m:MessageText><m:ResponseCode>${code}</m:ResponseCode>` +
    `<m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>${content}</m:${operation}ResponseMessage>`
  )
}
