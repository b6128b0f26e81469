/**
 * EWS operations through ews-javascript-api over our own transport. The library writes the requests and reads the answers; what a
 * failure means is decided from the transport's record, and no credential ever enters the library.
 */
import type * as Library from './library.ts'
import type { IXHRApi, XHROptions, XHRResponse } from './library.ts'
import type { Login, LoginReply } from '../auth/login.ts'
import type { ObservationOf } from '../evidence/schema.ts'
import { header } from '../network/headers.ts'
import type { Recorder } from '../network/network.ts'
import { httpsUrl, shownUrl } from '../network/url.ts'
import { escapeXml } from '../network/xml.ts'
import type { EwsVersion } from '../settings/ewsVersions.ts'
import { readEwsAnswer, type EwsAnswer } from './answer.ts'

type Soap = ObservationOf<'soap'>
export type EwsOperation = Soap['operation']
export type EwsReply = { answer: EwsAnswer; reply: LoginReply }

export type EwsCall = {
  operation: EwsOperation
  url: URL
  login: Login
  version: EwsVersion
  /** SMTP address of the mailbox that is read. */
  mailbox: string
  userAgent: string
  /** App-only tokens act for a mailbox: ExchangeImpersonation and X-AnchorMailbox name it. */
  impersonate: boolean
  record: Recorder
}

/** Begins to load the library; a run calls it early, so that it is there when the first call is made. */
export async function loadEws(): Promise<void> {
  await import('./library.ts')
}

/** Makes one call. Every outcome is a value. The library writes texts into its XML as they are, so they are escaped here. */
export async function callEws(call: EwsCall): Promise<EwsReply> {
  const ews = await import('./library.ts')
  const service = new ews.ExchangeService(ews.versionOf(call.version))
  service.Url = new ews.Uri(call.url.href)
  // The library wants credentials before it calls; the login adds the real ones at the socket.
  service.Credentials = new ews.OAuthCredentials('login-at-the-socket', true)
  if (call.impersonate) {
    service.ImpersonatedUserId = new ews.ImpersonatedUserId(ews.ConnectingIdType.SmtpAddress, escapeXml(call.mailbox))
    service.HttpHeaders.Add('X-AnchorMailbox', call.mailbox)
  }
  let last: LoginReply | null = null
  service.XHRApi = transport(call, (reply) => (last = reply))
  try {
    await operations[call.operation](ews, service, call)
  } catch {
    // Judged below from the transport's record.
  }
  const reply = last as LoginReply | null
  if (reply === null) throw new Error(`${call.operation} sent nothing`)
  const answer = readEwsAnswer(reply.result)
  call.record({
    kind: 'soap',
    url: shownUrl(call.url),
    operation: call.operation,
    version: call.version,
    scheme: call.login.scheme,
    impersonated: call.impersonate,
    mailbox: call.mailbox,
    userAgent: call.userAgent,
    anchored: call.impersonate,
    ...answer,
  })
  return { answer, reply }
}

const operations: Record<
  EwsOperation,
  (ews: typeof Library, service: Library.ExchangeService, call: EwsCall) => Promise<unknown>
> = {
  /** Needs a login and no mailbox: EWS answers 200 even when the ID is nonsense (knowledge 6.3). */
  ConvertId: (ews, service, call) =>
    service.ConvertId(new ews.AlternateId(ews.IdFormat.EwsId, 'AAA=', escapeXml(call.mailbox)), ews.IdFormat.OwaId),
  /** The root of the mailbox, its ID only: proves login, mailbox, impersonation and right. */
  GetFolder: (ews, service, call) =>
    ews.Folder.Bind(
      service,
      call.impersonate
        ? new ews.FolderId(ews.WellKnownFolderName.MsgFolderRoot)
        : new ews.FolderId(ews.WellKnownFolderName.MsgFolderRoot, new ews.Mailbox(escapeXml(call.mailbox))),
      ews.PropertySet.IdOnly,
    ),
}

/** Headers of the library that our network or login sets itself. */
const ownHeaders = new Set([
  'authorization',
  'user-agent',
  'accept-encoding',
  'connection',
  'keep-alive',
  'host',
  'content-length',
])

function transport(call: EwsCall, seen: (reply: LoginReply) => void): IXHRApi {
  const send = async (options: XHROptions): Promise<XHRResponse> => {
    const url = httpsUrl(options.url)
    if (url === null || url.href !== call.url.href) throw new Error('the library may call the EWS URL only')
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      if (!ownHeaders.has(name.toLowerCase()) && typeof value === 'string') headers[name.toLowerCase()] = value
    }
    headers['content-type'] = 'text/xml; charset=utf-8'
    headers['user-agent'] = call.userAgent
    const reply = await call.login.send({
      method: 'POST',
      url,
      headers,
      body: typeof options.data === 'string' ? options.data : '',
    })
    seen(reply)
    const response = responseOf(reply, url)
    // The library's own parser may read only what ours has accepted.
    const readable = ['success', 'error', 'fault'].includes(readEwsAnswer(reply.result).result)
    if (response.status !== 200 || !readable) throw response
    return response
  }
  return {
    apiName: 'ews-setup',
    xhr: send,
    xhrStream: () => Promise.reject(new Error('streams are not used')),
    disconnect: () => undefined,
  }
}

function responseOf(reply: LoginReply, url: URL): XHRResponse {
  const { result } = reply
  const answered = result.kind === 'answer'
  return {
    status: answered ? result.status : 0,
    statusText: '',
    responseText: answered ? result.text : '',
    response: answered ? result.text : '',
    headers: {},
    finalUrl: url.href,
    getAllResponseHeaders: () => '',
    getResponseHeader: (name: string) => (answered ? (header(result.headers, name.toLowerCase()) ?? '') : ''),
  }
}
