// Raw material as admins paste it, with canaries where secrets would stand.
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export const signature = 'CANARYsignatureCANARYsignatureCANARYsignature'
export const jwt = (claims: Record<string, unknown>): string =>
  `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${signature}`

export const goodClaims = {
  aud: 'https://outlook.office365.com',
  iss: 'https://sts.windows.net/11111111-2222-3333-4444-555555555555/',
  tid: '11111111-2222-3333-4444-555555555555',
  appid: '66666666-7777-8888-9999-000000000000',
  roles: ['full_access_as_app'],
  nbf: 1_790_000_000,
  exp: 1_790_003_900,
}

const guid = 'c0ffee00-1111-2222-3333-444455556666'
const description = (code: number, words: string): string =>
  `AADSTS${code}: ${words} Trace ID: ${guid} Correlation ID: ${guid} Timestamp: 2026-11-23 10:00:00Z`

export const tokenError = (code: number, error = 'invalid_client'): string =>
  JSON.stringify({
    error,
    error_description: description(code, 'Something was refused.'),
    error_codes: [code],
    timestamp: '2026-11-23 10:00:00Z',
    trace_id: guid,
    correlation_id: guid,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  })

export const msalLine = `ServerError: invalid_client: Error(s): 7000215 - Timestamp: 2026-11-23 10:00:00Z - Description: ${description(7000215, 'Invalid client secret provided.')} - Correlation ID: ${guid} - Trace ID: ${guid}`
export const aadstsText = description(700016, "Application with identifier 'x' was not found in the directory 'y'.")

export const fault = (code: string, message = 'Refused.'): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:${code}</faultcode><faultstring xml:lang="en-US">${message}</faultstring><detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${code}</e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${message}</e:Message></detail></s:Fault></s:Body></s:Envelope>`

export const folderAnswer = (code: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="2562" MinorBuildNumber="43" xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types"/></s:Header><s:Body><m:GetFolderResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><m:ResponseMessages><m:GetFolderResponseMessage ResponseClass="${code === 'NoError' ? 'Success' : 'Error'}">${code === 'NoError' ? '' : '<m:MessageText>No.</m:MessageText>'}<m:ResponseCode>${code}</m:ResponseCode></m:GetFolderResponseMessage></m:ResponseMessages></m:GetFolderResponse></s:Body></s:Envelope>`

const pox = (inner: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">${inner}</Response></Autodiscover>`
export const poxError = (code: string): string =>
  pox(`<Error Time="10:00" Id="1"><ErrorCode>${code}</ErrorCode><Message>No.</Message><DebugData/></Error>`)
export const poxSettings = (protocol: string): string =>
  pox(`<User><DisplayName>Anna</DisplayName></User><Account><Action>settings</Action>${protocol}</Account>`)
export const ewsUrl = 'https://mail.contoso.com/EWS/Exchange.asmx'
export const poxUrl = poxSettings(`<Protocol><Type>EXPR</Type><EwsUrl>${ewsUrl}</EwsUrl></Protocol>`)

export const soapSettings = (user: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserSettingsResponseMessage xmlns="http://schemas.microsoft.com/exchange/2010/Autodiscover"><Response><ErrorCode>NoError</ErrorCode><ErrorMessage/><UserResponses><UserResponse>${user}</UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`
export const soapUrl = soapSettings(
  `<ErrorCode>NoError</ErrorCode><UserSettings><UserSetting><Name>ExternalEwsUrl</Name><Value>${ewsUrl}</Value></UserSetting></UserSettings>`,
)
export const soapInvalidUser = soapSettings('<ErrorCode>InvalidUser</ErrorCode><ErrorMessage>Unknown.</ErrorMessage>')

const date = 'Date: Mon, 23 Nov 2026 10:00:00 GMT'
const exchangeHeaders = `Server: Microsoft-IIS/10.0\nrequest-id: ${guid}\nX-FEServer: EX01\nX-OWA-Version: 15.2.2562.43\n${date}`

/** Curl's trace: request with credentials, answer, remarks in between. */
export const trace = (o: { request: string[]; answer: string[]; body?: string; end?: boolean }): string =>
  [
    '*   Trying 203.0.113.5:443...',
    '* Connected to mail.contoso.com (203.0.113.5) port 443',
    ...o.request.map((line) => `> ${line}`),
    '> ',
    '* Request completely sent off',
    ...o.answer.map((line) => `< ${line}`),
    ...(o.end === false ? [] : ['< ']),
    ...(o.body === undefined ? [] : [`${o.body}* Connection #0 to host mail.contoso.com left intact`]),
  ].join('\n')

export const basicCanary = Buffer.from('CONTOSO\\anna:CANARYpassword').toString('base64')
export const request = (authorization: string | null, host = 'mail.contoso.com'): string[] => [
  'POST /EWS/Exchange.asmx HTTP/1.1',
  `Host: ${host}`,
  'User-Agent: curl/8.5.0',
  ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
  'Cookie: session=CANARYcookie',
]

export const wantsLogin = [
  'HTTP/1.1 401 Unauthorized',
  ...exchangeHeaders.split('\n'),
  'WWW-Authenticate: Negotiate',
  'WWW-Authenticate: NTLM',
  'WWW-Authenticate: Basic realm="mail.contoso.com"',
]
export const foreignLogin = [
  'HTTP/1.1 401 Unauthorized',
  date,
  'Server: nginx',
  'WWW-Authenticate: Basic realm="Sophos"',
]
export const refusedToken = (diagnostics: string, status = '401 Unauthorized'): string[] => [
  `HTTP/1.1 ${status}`,
  date,
  `request-id: ${guid}`,
  'X-FEServer: EX01',
  `x-ms-diagnostics: ${diagnostics}`,
  'WWW-Authenticate: Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@*", error="invalid_token"',
]
