// What Autodiscover answers once a caller is through: the anonymous JSON (version 2), POX (MS-OXDSCLI) and SOAP (MS-OXWSADISC).

import { json, queryValue, type Answer, type DemoRequest } from '../http.ts'
import { escapeXml, find, findAll, readXml, type Element } from '../xml.ts'
import { accountOf, buildText, legacyDn, type Account, type Organisation } from './organisation.ts'

/** What an organisation's Autodiscover does with an address. */
export type Direction =
  | { kind: 'settings' }
  | { kind: 'address'; address: string }
  | { kind: 'host'; host: string }
  | { kind: 'pox-error'; code: PoxErrorCode }
  | { kind: 'soap-error'; level: 'fault' | 'response' | 'user'; code: string }

export type PoxErrorCode = 500 | 501 | 600 | 601 | 602 | 603

export type AutodiscoverOptions = {
  organisation: Organisation
  /** The host that Autodiscover itself calls home. */
  host: string
  /** Where to send an address instead of answering. */
  direct?: (email: string) => Direction
  /** Leaves the EWS URLs out of the settings. */
  withoutEwsUrl?: boolean
}

const xmlAnswer = (body: string, status = 200): Answer => ({
  status,
  headers: { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'private' },
  body: `<?xml version="1.0" encoding="utf-8"?>\n${body}`,
})

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase()

// ── JSON ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const jsonProtocols = [
  'ActiveSync',
  'AutodiscoverV1',
  'Ews',
  'Rest',
  'Substrate',
  'SubstrateSearchService',
  'ToDo',
  'Windows',
] as const

/** The address that the JSON route asks about, in either of its two forms, or null when the path is not JSON Autodiscover. */
export function jsonAddress(request: DemoRequest): string | null {
  const base = '/autodiscover/autodiscover.json'
  if (request.route !== base && !request.route.startsWith(`${base}/`)) return null
  const inPath = /^\/v1\.0\/(.+)$/i.exec(request.path.slice(base.length))?.[1]
  return inPath === undefined ? (queryValue(request.query, 'Email') ?? '') : decode(inPath)
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Answers `/autodiscover/autodiscover.json`: anonymous, one URL for one protocol, errors marked by the header `jsonerror`. */
export function answerJson(
  request: DemoRequest,
  email: string,
  o: AutodiscoverOptions & { hybrid?: ReadonlyMap<string, string> },
): Answer {
  const failed = (status: number, code: string, message: string): Answer =>
    json(status, { ErrorCode: code, ErrorMessage: message }, { jsonerror: 'true' })
  const asked = queryValue(request.query, 'Protocol')
  if (asked === null || asked === '')
    return failed(400, 'MandatoryParameterMissing', `A valid value must be provided for the query parameter 'Protocol'`)
  const protocol = jsonProtocols.find((name) => name.toLowerCase() === asked.toLowerCase())
  if (protocol === undefined) {
    const list = jsonProtocols.join(',')
    return failed(
      400,
      'ProtocolNotSupported',
      `The given protocol value '${asked}' is invalid. Supported values are '${list}'`,
    )
  }
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) return failed(400, 'InvalidUserId', 'The given user identifier is not valid.')
  const elsewhere = o.hybrid?.get(domainOf(email))
  if (elsewhere !== undefined) {
    const location = `https://${elsewhere}/autodiscover/autodiscover.json?Email=${encodeURIComponent(email)}&Protocol=${protocol}&RedirectCount=1`
    return { status: 302, headers: { Location: location } }
  }
  if (!o.organisation.mailDomains.includes(domainOf(email)))
    return failed(404, 'UserNotFound', 'The given user is not found.')
  const host = new URL(o.organisation.ewsUrl).host
  switch (protocol) {
    case 'Ews':
      return json(200, { Protocol: asked, Url: o.organisation.ewsUrl })
    case 'ActiveSync':
      return json(200, { Protocol: asked, Url: `https://${host}/Microsoft-Server-ActiveSync` })
    case 'AutodiscoverV1':
      return json(200, { Protocol: asked, Url: `https://${o.host}/autodiscover/autodiscover.xml` })
    case 'Rest':
    case 'Substrate':
    case 'SubstrateSearchService':
    case 'ToDo':
    case 'Windows':
      return failed(400, 'ProtocolNotSupported', `The protocol '${asked}' is not available for this user.`)
  }
}

// ── POX ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const poxRequest = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'
const poxResponse = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a'
const poxEnvelope = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006'

/** An error of the POX service: HTTP 200 with an Error element. */
export function poxError(code: PoxErrorCode): Answer {
  const messages = {
    500: 'The email address can’t be found.',
    501: 'No settings are available for this address.',
    600: 'Invalid Request',
    601: 'Provider is not available',
    602: 'The server is not configured correctly.',
    603: 'Internal error',
  }
  const time = new Date().toISOString().slice(11, 23)
  return xmlAnswer(
    `<Autodiscover xmlns="${poxEnvelope}"><Response><Error Time="${time}" Id="2477272013"><ErrorCode>${String(code)}</ErrorCode>` +
      `<Message>${messages[code]}</Message><DebugData /></Error></Response></Autodiscover>`,
  )
}

/** Answers an authenticated request to `autodiscover.xml`. Anything but a good POST is error 600, which is also the sign of life in a browser. */
export function answerPox(request: DemoRequest, o: AutodiscoverOptions): Answer {
  request.journal.operation = 'Autodiscover'
  if (request.method !== 'POST') return poxError(600)
  const root = readXml(request.body.toString('utf8'))
  const wanted = find(root, 'Request')
  if (root?.name !== 'Autodiscover' || root.namespace !== poxRequest || !wanted) return poxError(600)
  if (find(wanted, 'AcceptableResponseSchema')?.text !== poxResponse) return poxError(601)
  const email = find(wanted, 'EMailAddress')?.text ?? ''
  const direction = o.direct?.(email) ?? { kind: 'settings' }
  if (direction.kind === 'pox-error') return poxError(direction.code)
  if (direction.kind === 'address' || direction.kind === 'host') {
    const action =
      direction.kind === 'address'
        ? `<Action>redirectAddr</Action><RedirectAddr>${escapeXml(direction.address)}</RedirectAddr>`
        : `<Action>redirectUrl</Action><RedirectUrl>https://${direction.host}/autodiscover/autodiscover.xml</RedirectUrl>`
    return poxAccount('', `<AccountType>email</AccountType>${action}`)
  }
  const account = accountOf(o.organisation, email)
  if (!account?.mailbox) return poxError(500)
  return poxAccount(
    `<User><DisplayName>${escapeXml(account.displayName)}</DisplayName><LegacyDN>${escapeXml(legacyDn(o.organisation, account))}</LegacyDN>` +
      `<AutoDiscoverSMTPAddress>${escapeXml(account.email)}</AutoDiscoverSMTPAddress>` +
      `<DeploymentId>1b6d9a3e-5a0f-4a4e-9a56-3d9c6a0b7e11</DeploymentId></User>`,
    `<AccountType>email</AccountType><Action>settings</Action><MicrosoftOnline>False</MicrosoftOnline>${protocols(o, account)}`,
  )
}

const poxAccount = (user: string, account: string): Answer =>
  xmlAnswer(
    `<Autodiscover xmlns="${poxEnvelope}"><Response xmlns="${poxResponse}">${user}<Account>${account}</Account></Response></Autodiscover>`,
  )

const protocols = (o: AutodiscoverOptions, account: Account): string => {
  const ews = escapeXml(o.organisation.ewsUrl)
  const host = escapeXml(new URL(o.organisation.ewsUrl).host)
  const urls =
    o.withoutEwsUrl === true
      ? ''
      : `<ASUrl>${ews}</ASUrl><EwsUrl>${ews}</EwsUrl><OOFUrl>${ews}</OOFUrl><OABUrl>https://${host}/OAB/</OABUrl>`
  const [major, minor, build] = o.organisation.build
  // POX packs the version: structure 7 in four bits, major and minor in six each, a flag, the build in fifteen.
  const version = (((7 << 28) | (major << 22) | (minor << 16) | 0x8000 | build) >>> 0).toString(16).toUpperCase()
  return (
    `<Protocol><Type>EXCH</Type><Server>${account.sam}@${host}</Server><ServerDN>/o=${escapeXml(o.organisation.netbios)}/cn=EX01</ServerDN>` +
    `<ServerVersion>${version}</ServerVersion><AD>dc01.${escapeXml(o.organisation.adDomain)}</AD>${urls}<AuthPackage>Ntlm</AuthPackage></Protocol>` +
    `<Protocol><Type>EXPR</Type><Server>${host}</Server><SSL>On</SSL><AuthPackage>Ntlm</AuthPackage>${urls}</Protocol>` +
    `<Protocol><Type>WEB</Type><Internal><OWAUrl AuthenticationMethod="Basic, Fba">https://${host}/owa/</OWAUrl></Internal></Protocol>`
  )
}

// ── SOAP ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
const addressing = 'http://www.w3.org/2005/08/addressing'
const autodiscover = 'http://schemas.microsoft.com/exchange/2010/Autodiscover'
const action = `${autodiscover}/Autodiscover`

/** Answers an authenticated POST to `autodiscover.svc`: GetUserSettings and GetDomainSettings, with the three levels of errors. */
export function answerSoap(request: DemoRequest, o: AutodiscoverOptions): Answer {
  const root = readXml(request.body.toString('utf8'))
  const operation = find(root, 'Body')?.children[0]
  if (root?.name !== 'Envelope' || root.namespace !== soap || !operation)
    return soapFault('a:InternalServiceFault', 'The request is not valid.')
  request.journal.operation = operation.name.replace(/RequestMessage$/, '')
  if (operation.namespace !== autodiscover || !find(root, 'Header', 'RequestedServerVersion')) {
    return soapFault(
      'a:ActionNotSupported',
      'The message cannot be processed due to a ContractFilter mismatch at the EndpointDispatcher.',
    )
  }
  if (operation.name === 'GetUserSettingsRequestMessage') return userSettings(operation, o)
  if (operation.name === 'GetDomainSettingsRequestMessage') return domainSettings(operation, o)
  return soapFault(
    'a:ActionNotSupported',
    'The message cannot be processed due to a ContractFilter mismatch at the EndpointDispatcher.',
  )
}

const soapFault = (code: string, text: string): Answer =>
  xmlAnswer(
    `<s:Envelope xmlns:s="${soap}"><s:Body><s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher">` +
      `${code}</faultcode><faultstring xml:lang="en-US">${escapeXml(text)}</faultstring></s:Fault></s:Body></s:Envelope>`,
    500,
  )

const soapAnswer = (o: AutodiscoverOptions, operation: string, response: string): Answer => {
  const [major, minor, build, revision] = o.organisation.build.map(String)
  return xmlAnswer(
    `<s:Envelope xmlns:s="${soap}" xmlns:a="${addressing}"><s:Header><a:Action s:mustUnderstand="1">${action}/${operation}Response</a:Action>` +
      `<h:ServerVersionInfo xmlns:h="${autodiscover}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><h:MajorVersion>${major ?? ''}</h:MajorVersion>` +
      `<h:MinorVersion>${minor ?? ''}</h:MinorVersion><h:MajorBuildNumber>${build ?? ''}</h:MajorBuildNumber>` +
      `<h:MinorBuildNumber>${revision ?? ''}</h:MinorBuildNumber><h:Version>Exchange2016</h:Version></h:ServerVersionInfo></s:Header>` +
      `<s:Body><${operation}ResponseMessage xmlns="${autodiscover}"><Response xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${response}` +
      `</Response></${operation}ResponseMessage></s:Body></s:Envelope>`,
  )
}

const code = (errorCode: string, message: string): string =>
  `<ErrorCode>${errorCode}</ErrorCode><ErrorMessage>${escapeXml(message)}</ErrorMessage>`

const refusalText = 'The server could not process the request.'

const userSettings = (operation: Element, o: AutodiscoverOptions): Answer => {
  const users = findAll(operation, 'Mailbox').map((mailbox) => mailbox.text)
  const settings = findAll(operation, 'Setting').map((setting) => setting.text)
  if (users.length === 0 || settings.length === 0) {
    return soapAnswer(
      o,
      'GetUserSettings',
      `${code('InvalidRequest', 'The request has no users or no settings.')}<UserResponses/>`,
    )
  }
  const direction = o.direct?.(users[0] ?? '')
  if (direction?.kind === 'soap-error' && direction.level === 'fault')
    return soapFault(`a:${direction.code}`, 'The server was unable to process the request due to an internal error.')
  if (direction?.kind === 'soap-error' && direction.level === 'response')
    return soapAnswer(o, 'GetUserSettings', `${code(direction.code, refusalText)}<UserResponses/>`)
  const responses = users.map((email) => `<UserResponse>${userResponse(email, settings, o)}</UserResponse>`).join('')
  return soapAnswer(o, 'GetUserSettings', `${code('NoError', '')}<UserResponses>${responses}</UserResponses>`)
}

const userResponse = (email: string, settings: readonly string[], o: AutodiscoverOptions): string => {
  const direction = o.direct?.(email) ?? { kind: 'settings' }
  const ended = (errorCode: string, message: string, target: string | null): string =>
    `${code(errorCode, message)}<RedirectTarget${target === null ? ' i:nil="true"/>' : `>${escapeXml(target)}</RedirectTarget>`}<UserSettingErrors/><UserSettings/>`
  if (direction.kind === 'address') return ended('RedirectAddress', 'Redirection address.', direction.address)
  if (direction.kind === 'soap-error') return ended(direction.code, refusalText, null)
  if (direction.kind === 'host')
    return ended('RedirectUrl', 'Redirection URL.', `https://${direction.host}/autodiscover/autodiscover.svc`)
  const account = accountOf(o.organisation, email)
  if (!account?.mailbox) return ended('InvalidUser', `The user '${email}' is invalid.`, null)

  const host = new URL(o.organisation.ewsUrl).host
  const ews = o.withoutEwsUrl === true ? undefined : o.organisation.ewsUrl
  const values: Record<string, string | undefined> = {
    InternalEwsUrl: ews,
    ExternalEwsUrl: ews,
    EwsSupportedSchemas: o.organisation.versions.filter((version) => version.startsWith('Exchange')).join(', '),
    CasVersion: buildText(o.organisation),
    UserDisplayName: account.displayName,
    UserDN: legacyDn(o.organisation, account),
    AutoDiscoverSMTPAddress: account.email,
    UserDeploymentId: '1b6d9a3e-5a0f-4a4e-9a56-3d9c6a0b7e11',
    InternalMailboxServer: `ex01.${o.organisation.adDomain}`,
    ExternalEwsVersion: buildText(o.organisation),
    ExternalMailboxServer: host,
  }
  const known = settings.filter((name) => values[name] !== undefined)
  const missing = settings.filter((name) => values[name] === undefined)
  const errors = missing.map(
    (name) =>
      `<UserSettingError>${code('SettingIsNotAvailable', 'The setting is not available for this user.')}<SettingName>${escapeXml(name)}</SettingName></UserSettingError>`,
  )
  const found = known.map(
    (name) =>
      `<UserSetting i:type="StringSetting"><Name>${escapeXml(name)}</Name><Value>${escapeXml(values[name] ?? '')}</Value></UserSetting>`,
  )
  return `${code('NoError', 'No error.')}<RedirectTarget i:nil="true"/><UserSettingErrors>${errors.join('')}</UserSettingErrors><UserSettings>${found.join('')}</UserSettings>`
}

const domainSettings = (operation: Element, o: AutodiscoverOptions): Answer => {
  const domains = findAll(operation, 'Domain').map((domain) => domain.text.toLowerCase())
  const responses = domains.map((domain) => {
    if (!o.organisation.mailDomains.includes(domain)) {
      return `<DomainResponse>${code('InvalidDomain', `The domain '${domain}' is invalid.`)}<DomainSettingErrors/><DomainSettings/><RedirectTarget i:nil="true"/></DomainResponse>`
    }
    const settings = findAll(operation, 'Setting')
      .filter((setting) => setting.text === 'ExternalEwsUrl')
      .map(
        () =>
          `<DomainSetting i:type="DomainStringSetting"><Name>ExternalEwsUrl</Name><Value>${escapeXml(o.organisation.ewsUrl)}</Value></DomainSetting>`,
      )
    return `<DomainResponse>${code('NoError', '')}<DomainSettingErrors/><DomainSettings>${settings.join('')}</DomainSettings><RedirectTarget i:nil="true"/></DomainResponse>`
  })
  return soapAnswer(
    o,
    'GetDomainSettings',
    `${code('NoError', '')}<DomainResponses>${responses.join('')}</DomainResponses>`,
  )
}
