/** Autodiscover over SOAP, [MS-OXWSADISC] GetUserSettings: needs a login, Exchange 2010 and later. Errors come on three levels. */
import { child, children, childText, descendant, escapeXml, parseXml, type XmlElement } from '../network/xml.ts'
import type { HttpResult } from '../network/http.ts'
import { usableAnswer, type AutodiscoverAnswer } from './answer.ts'
import { readStatus } from './status.ts'

const action = 'http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings'

export function soapUrl(origin: URL): URL {
  return new URL('/autodiscover/autodiscover.svc', origin)
}

export const soapHeaders = { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` } as const

export function soapRequest(url: URL, address: string): string {
  const settings = ['ExternalEwsUrl', 'InternalEwsUrl', 'EwsSupportedSchemas', 'CasVersion']
    .map((name) => `<a:Setting>${name}</a:Setting>`)
    .join('')
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<soap:Envelope xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover" xmlns:wsa="http://www.w3.org/2005/08/addressing" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">' +
    `<soap:Header><a:RequestedServerVersion>Exchange2010</a:RequestedServerVersion><wsa:Action>${action}</wsa:Action><wsa:To>${escapeXml(url.href)}</wsa:To></soap:Header>` +
    `<soap:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>${escapeXml(address)}</a:Mailbox></a:User></a:Users>` +
    `<a:RequestedSettings>${settings}</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></soap:Body></soap:Envelope>`
  )
}

export function readSoapAnswer(result: HttpResult): AutodiscoverAnswer {
  return usableAnswer(readSoap(result))
}

function readSoap(result: HttpResult): AutodiscoverAnswer {
  if (result.kind === 'failed') return { kind: 'no-answer' }
  // A fault comes with 500, so the body is read for that status as well.
  if (result.status !== 200 && result.status !== 500) return readStatus(result)
  if (result.observation.body.kind !== 'xml') return { kind: 'not-autodiscover', status: result.status }
  const xml = parseXml(result.text)
  if (xml.kind === 'unsafe') return { kind: 'unsafe', reason: xml.reason }
  if (xml.kind === 'unreadable') return { kind: 'unreadable' }
  const body = child(xml.root, 'Body')
  const fault = child(body, 'Fault')
  if (fault !== undefined)
    return {
      kind: 'error',
      code: descendant(fault, 'ErrorCode')?.text.trim() ?? 'Fault',
      level: 'response',
      message: childText(fault, 'faultstring') ?? null,
    }
  const response = descendant(body, 'Response')
  if (response === undefined) return { kind: 'not-autodiscover', status: result.status }
  const users = children(child(response, 'UserResponses'), 'UserResponse')
  const user = users[0]
  return errorOf(user, 'user') ?? errorOf(response, 'response') ?? settingsOf(user)
}

/** Redirects are told as error codes. */
function errorOf(element: XmlElement | undefined, level: 'response' | 'user'): AutodiscoverAnswer | null {
  const code = childText(element, 'ErrorCode')
  if (code === null || code === 'NoError') return null
  const target = childText(element, 'RedirectTarget')
  if (code === 'RedirectAddress' && target !== null) return { kind: 'redirect-address', to: target }
  if (code === 'RedirectUrl' && target !== null) return { kind: 'redirect-url', to: target }
  return { kind: 'error', code, level, message: childText(element, 'ErrorMessage') }
}

function settingsOf(user: XmlElement | undefined): AutodiscoverAnswer {
  const settings = children(child(user, 'UserSettings'), 'UserSetting')
  for (const name of ['ExternalEwsUrl', 'InternalEwsUrl']) {
    const setting = settings.find((entry) => childText(entry, 'Name') === name)
    const ewsUrl = childText(setting, 'Value')
    if (ewsUrl !== null) return { kind: 'url', ewsUrl, node: name }
  }
  const wrong = children(child(user, 'UserSettingErrors'), 'UserSettingError').filter((entry) =>
    /EwsUrl$/.test(childText(entry, 'SettingName') ?? ''),
  )
  const codeOf = (entry: XmlElement): string => childText(entry, 'ErrorCode') ?? 'NoError'
  const telling =
    wrong.find((entry) => !['NoError', 'SettingIsNotAvailable'].includes(codeOf(entry))) ??
    // Both URLs: the server has none. One alone: the other may have been left empty on purpose.
    (wrong.filter((entry) => codeOf(entry) === 'SettingIsNotAvailable').length > 1 ? wrong[0] : undefined)
  return telling === undefined
    ? { kind: 'no-url' }
    : { kind: 'error', code: codeOf(telling), level: 'setting', message: childText(telling, 'ErrorMessage') }
}
