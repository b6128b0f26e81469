/** What hostile and broken servers may say: drawn around the real formats, so that readers are met in the middle and not only at their first check. */
import fc from 'fast-check'
import type { SrvRecord } from '../../src/core/network/dns.ts'
import { domain, type Reply, type Script } from './search.ts'

/** The mail domain's own, look-alikes, strangers, suffixes, addresses and what is no host. */
export const host = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(domain, `autodiscover.${domain}`, `mail.${domain}`, `b.${domain}`) },
  fc.constantFrom(
    `${domain}.evil.example`,
    `evil${domain}`,
    'mail.stranger.example',
    'autodiscover.example',
    'com',
    'co.uk',
    'outlook.office365.com',
    'autodiscover-s.outlook.com',
    'login.microsoftonline.com',
    'evil.outlook.office365.com',
    '127.0.0.1',
    '[::1]',
    'localhost',
    'xn--cntoso-0xa.com',
    `${domain}.`,
    '',
  ),
  fc.domain(),
)
const scheme = fc.oneof(
  { weight: 4, arbitrary: fc.constant('https://') },
  fc.constantFrom('http://', 'HTTPS://', '//', 'ftp://', 'javascript:', 'file:///', ''),
)
const path = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '/EWS/Exchange.asmx',
      '/autodiscover/autodiscover.xml',
      '/autodiscover/autodiscover.json',
      '/',
    ),
  },
  fc.webPath(),
  fc.string({ maxLength: 30 }),
)
export const url = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        scheme,
        fc.constantFrom('', '', '', `anna@${domain}:x@`, 'user@'),
        host,
        fc.constantFrom('', '', ':443', ':8443', ':80', ':99999'),
        path,
      )
      .map((parts) => parts.join('')),
  },
  fc.webUrl(),
  fc.string({ maxLength: 40 }),
)
const address = fc.oneof(
  fc.constantFrom(`anna@${domain}`, `berta@b.${domain}`, 'anna@stranger.example', 'anna@com', 'anna', '@', ''),
  fc.emailAddress(),
)

/** Cuts, doubles or spoils a text somewhere. */
const spoiled = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      text,
      fc.nat(),
      fc.constantFrom('keep', 'keep', 'keep', 'cut', 'double', 'spoil'),
      fc.string({ maxLength: 5, unit: 'binary' }),
    )
    .map(([whole, at, how, more]) => {
      const point = whole.length === 0 ? 0 : at % whole.length
      if (how === 'cut') return whole.slice(0, point)
      if (how === 'double') return whole + whole.slice(point)
      if (how === 'spoil') return whole.slice(0, point) + more + whole.slice(point + more.length)
      return whole
    })
const xmlText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const pox = fc
  .record({
    action: fc.constantFrom('settings', 'redirectAddr', 'redirectUrl', 'Settings', '', 'other'),
    type: fc.constantFrom('EXPR', 'EXCH', 'EXHTTP', 'WEB', 'expr', ''),
    field: fc.constantFrom('EwsUrl', 'ASUrl', 'OOFUrl'),
    url,
    address,
    error: fc.constantFrom('', '', '', '500', '600', '99999999999', 'x'.repeat(200)),
  })
  .map(
    (o) =>
      '<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response>' +
      (o.error === '' ? '' : `<Error><ErrorCode>${o.error}</ErrorCode><Message>m</Message></Error>`) +
      `<Account><Action>${o.action}</Action><RedirectAddr>${xmlText(o.address)}</RedirectAddr><RedirectUrl>${xmlText(o.url)}</RedirectUrl>` +
      `<Protocol><Type>${o.type}</Type><${o.field}>${xmlText(o.url)}</${o.field}></Protocol></Account></Response></Autodiscover>`,
  )
const soap = fc
  .record({
    code: fc.constantFrom('NoError', 'RedirectAddress', 'RedirectUrl', 'InvalidUser', 'ServerBusy', ''),
    outer: fc.constantFrom('NoError', 'NoError', 'InvalidRequest', ''),
    name: fc.constantFrom('ExternalEwsUrl', 'InternalEwsUrl', 'CasVersion'),
    target: fc.oneof(url, address),
    url,
  })
  .map(
    (o) =>
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserSettingsResponseMessage><Response>' +
      `<ErrorCode>${o.outer}</ErrorCode><UserResponses><UserResponse><ErrorCode>${o.code}</ErrorCode><RedirectTarget>${xmlText(o.target)}</RedirectTarget>` +
      `<UserSettings><UserSetting><Name>${o.name}</Name><Value>${xmlText(o.url)}</Value></UserSetting></UserSettings></UserResponse></UserResponses>` +
      '</Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>',
  )
const json = fc.oneof(
  { weight: 3, arbitrary: url.map((named) => JSON.stringify({ Protocol: 'EWS', Url: named })) },
  fc
    .constantFrom('ProtocolNotSupported', 'UserNotFound', '')
    .map((code) => JSON.stringify({ ErrorCode: code, ErrorMessage: 'm' })),
  fc.json({ maxDepth: 3 }),
)
const hostileXml = fc.constantFrom(
  '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><Autodiscover>&y;</Autodiscover>',
  '<a>'.repeat(200),
  `<Autodiscover ${Array.from({ length: 100 }, (_, index) => `a${index}="1"`).join(' ')}/>`,
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultstring>x</faultstring></s:Fault></s:Body></s:Envelope>',
)
export const body = spoiled(
  fc.oneof(
    { weight: 3, arbitrary: json },
    { weight: 3, arbitrary: pox },
    { weight: 3, arbitrary: soap },
    hostileXml,
    fc.constant(''),
    fc.string({ maxLength: 60, unit: 'binary' }),
    fc.constant('<!DOCTYPE html><html><body>Welcome</body></html>'),
  ),
)
export const challenge = spoiled(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'NTLM',
        'Negotiate',
        'Basic realm="x"',
        'Basic',
        'Bearer client_id="00000002-0000-0ff1-ce00-000000000000"',
      ),
    },
    fc.constantFrom(
      'Bearer',
      'Digest realm="a", nonce="b"',
      'NTLM TlRMTVNTUAACAAAA',
      'a b=c, '.repeat(20),
      'Basic realm="',
      ',',
    ),
    fc.string({ maxLength: 30 }),
  ),
)
const headers = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: challenge.map((value): [string, string] => ['WWW-Authenticate', value]) },
    { weight: 4, arbitrary: url.map((value): [string, string] => ['Location', value]) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<[string, string]>(
        ['X-FEServer', 'EX1'],
        ['request-id', 'a'],
        ['X-OWA-Version', '15.2.1'],
      ),
    },
    fc.constantFrom<[string, string]>(
      ['Content-Type', 'text/xml'],
      ['Content-Type', 'application/json'],
      ['jsonerror', 'true'],
      ['Content-Type', 'text/html'],
    ),
    fc.tuple(fc.constantFrom('Server', 'Via', 'x-ms-diagnostics'), fc.string({ maxLength: 20 })),
  ),
  { maxLength: 5 },
)
export const status = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(200, 401, 302, 301, 404) },
  fc.constantFrom(100, 204, 303, 307, 308, 400, 403, 407, 440, 456, 500, 503, 999),
)
/** What a good Exchange says, so that a search gets far enough to be led astray. */
const good: fc.Arbitrary<Reply> = fc
  .constantFrom<[number, [string, string][], string]>(
    [
      401,
      [
        ['X-FEServer', 'EX1'],
        ['WWW-Authenticate', 'Basic realm="x"'],
      ],
      '',
    ],
    [
      401,
      [
        ['X-FEServer', 'EX1'],
        ['WWW-Authenticate', 'NTLM'],
        ['WWW-Authenticate', 'Basic realm="x"'],
      ],
      '',
    ],
    [
      200,
      [['Content-Type', 'application/json']],
      `{"Protocol":"EWS","Url":"https://mail.${domain}/EWS/Exchange.asmx"}`,
    ],
    [
      200,
      [['Content-Type', 'application/json']],
      '{"Protocol":"EWS","Url":"https://mail.stranger.example/EWS/Exchange.asmx"}',
    ],
    [302, [['Location', 'https://mail.stranger.example/autodiscover/autodiscover.xml']], ''],
  )
  .map(([status, headers, body]) => ({ kind: 'answer', status, headers, body }))
export const reply: fc.Arbitrary<Reply> = fc.oneof(
  { weight: 5, arbitrary: good },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('answer' as const), status, headers, body }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('failed' as const),
      result: fc.constantFrom(
        'not-connected' as const,
        'dropped' as const,
        'silent' as const,
        'not-http' as const,
        'too-large' as const,
      ),
    }),
  },
)
export const services: fc.Arbitrary<SrvRecord[]> = fc.array(
  fc.record({
    priority: fc.constantFrom(0, 1, 10, 65_535),
    weight: fc.constantFrom(0, 1, 100, 65_535),
    port: fc.constantFrom(443, 443, 8443, 80, 0, 65_535),
    target: fc.oneof(host, fc.constantFrom('.', '', 'a b', '..', 'x'.repeat(300))),
  }),
  { maxLength: 6 },
)
export const script: fc.Arbitrary<Script> = fc.record({
  anonymous: fc.array(reply, { minLength: 1, maxLength: 8 }),
  withLogin: fc.array(reply, { maxLength: 4 }),
  services,
  mx: fc.array(fc.oneof(host, fc.constant('contoso.mail.protection.outlook.com')), { maxLength: 2 }),
  alias: fc.array(host, { maxLength: 1 }),
  resolves: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  consent: fc.boolean(),
  trustedHosts: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(fc.domain(), { maxLength: 1 })),
})
