// Rows A1, A2, A3, A6 and A9 as people type and paste them: what is used, what is said, and that nothing typed leaks into facts.
import { describe, expect, test } from 'vitest'
import { secretFrom } from '../../../src/core/auth/secret.ts'
import { checkRequest, inputEvidence, type CheckedRequest } from '../../../src/core/settings/checks.ts'
import { settingsSchema, type Settings } from '../../../src/core/settings/settings.ts'

type Typed = Partial<Settings> & { password?: string; clientSecret?: string }

const requestOf = ({ password, clientSecret, ...typed }: Typed) => ({
  settings: settingsSchema.parse({ email: 'anna@contoso.com', ...typed }),
  secrets: { password: secretFrom(password), clientSecret: secretFrom(clientSecret) },
})
const check = (typed: Typed, command: 'locate' | 'test' | 'check' = 'test'): CheckedRequest =>
  checkRequest(requestOf(typed), command)
const ids = (checked: CheckedRequest): string[] =>
  checked.remarks.map((remark) => `${remark.field} ${remark.id} ${remark.severity}`)

const tenant = '6f0a3c52-8d41-4f5e-9b7a-2c1d0e9f8a34'
const client = 'b1f4d2a7-3e5c-4c86-a0d9-7f2e6b815c43'

describe('what narrows a failure down', () => {
  test.each<[string, string[]]>([
    ['', []],
    [' SHA-1: ' + 'ab '.repeat(20), []],
    ['AB:'.repeat(31) + 'AB', []],
    ['abc', ['expectThumbprint thumbprint-malformed error']],
  ])('thumbprint %j', (expectThumbprint, said) => {
    const { network } = settingsSchema.parse({})
    expect(ids(check({ network: { ...network, expectThumbprint } }, 'check'))).toEqual(said)
  })

  test.each<[string, string[], string | null]>([
    ['', [], null],
    [' ben@contoso.com ', [], 'ben@contoso.com'],
    ['contoso.com', ['secondMailbox second-mailbox-invalid error'], null],
    ['anna@contoso.com', [], null],
  ])('second mailbox %j', (mailbox, said, used) => {
    const checked = checkRequest({ ...requestOf({ password: 'x' }), second: { mailbox } }, 'test')
    expect({ said: ids(checked), used: checked.second.mailbox }).toEqual({ said, used })
  })
})

describe('row A2, directory (tenant) ID', () => {
  const cleaned = ['tenantId value-cleaned info']
  const malformed = ['tenantId tenant-id-malformed error']
  test.each<[string, string, string[]]>([
    [tenant, tenant, []],
    [tenant.toUpperCase(), tenant.toUpperCase(), []],
    ['contoso.onmicrosoft.com', 'contoso.onmicrosoft.com', []],
    ['contoso.com', 'contoso.com', []],
    ['', '', []],
    ['   ', '', []],
    [` ${tenant}\t`, tenant, cleaned],
    [`{${tenant}}`, tenant, cleaned],
    [`( "${tenant}" )`, tenant, cleaned],
    [`„${tenant}“`, tenant, cleaned],
    [`\u200b ${tenant}\ufeff`, tenant, cleaned],
    [`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`, tenant, cleaned],
    [`https://sts.windows.net/${tenant}/`, tenant, cleaned],
    ['https://login.microsoftonline.com/contoso.com?x=1', 'contoso.com', cleaned],
    ['contoso.com.', 'contoso.com', cleaned],
    ['müller-gmbh.de', 'xn--mller-gmbh-9db.de', cleaned],
    ['common', '', ['tenantId tenant-must-be-named error']],
    ['Organizations', '', ['tenantId tenant-must-be-named error']],
    ['https://login.microsoftonline.com/consumers/', '', ['tenantId tenant-must-be-named error']],
    ['contoso', '', malformed],
    [tenant.slice(1), '', malformed],
    [`${tenant}0`, '', malformed],
    ['192.168.1.10', '', malformed],
    ['con toso.com', '', malformed],
    ['contoso.com/../evil', '', malformed],
    ['contoso.com?x', '', malformed],
  ])('%s', (typed, value, remarks) => {
    const checked = check({ tenantId: typed }, 'check')
    expect({ value: checked.tenantId, remarks: ids(checked) }).toEqual({ value, remarks })
    if (remarks === cleaned) expect(checked.remarks[0]?.suggestion).toBe(value)
  })
})

describe('row A2, application (client) ID', () => {
  const malformed = ['clientId client-id-malformed error']
  test.each<[string, string, string[]]>([
    [client, client, []],
    [`{${client}} `, client, ['clientId value-cleaned info']],
    [`api://${client}`, client, ['clientId value-cleaned info']],
    ['contoso.com', '', malformed],
    ['my application', '', malformed],
    [`https://portal.azure.com/${client}`, '', malformed],
  ])('%s', (typed, value, remarks) => {
    const checked = check({ clientId: typed }, 'check')
    expect({ value: checked.clientId, remarks: ids(checked) }).toEqual({ value, remarks })
  })

  test('the same GUID in both fields is questioned, whatever its case', () => {
    expect(ids(check({ tenantId: tenant, clientId: `{${tenant.toUpperCase()}}` }, 'check'))).toContain(
      'clientId client-id-is-another-id error',
    )
    expect(ids(check({ tenantId: tenant, clientId: client }, 'check'))).toEqual([])
    expect(ids(check({ tenantId: '', clientId: '' }, 'check'))).toEqual([])
  })
})

describe('row A3, client secret', () => {
  const oauth = { tenantId: tenant, clientId: client }
  const isId = 'clientSecret client-secret-is-id warning'
  test.each<[string, string[]]>([
    ['demo8Q~this-is-the-value', []],
    [client, [isId]],
    [`  ${client}\n`, ['clientSecret secret-trimmed info', isId]],
    [`{${client}}`, [isId]],
    [' demo8Q~this-is-the-value', ['clientSecret secret-trimmed info']],
  ])('%j', (clientSecret, remarks) => {
    const request = requestOf({ ...oauth, clientSecret })
    const checked = checkRequest(request, 'test')
    expect(ids(checked)).toEqual(remarks)
    expect(inputEvidence(request, checked).clientSecretLooksLikeId).toBe(remarks.includes(isId))
  })

  test('is asked for where nothing else could log in, and only by the test', () => {
    const missing = 'clientSecret client-secret-missing error'
    expect(ids(check({ ...oauth }))).toEqual([missing])
    expect(ids(check({ ...oauth }, 'locate'))).toEqual([])
    expect(ids(check({ ...oauth }, 'check'))).toEqual([])
    expect(ids(check({ ...oauth, password: 'x' }))).toEqual([])
    expect(ids(check({ ...oauth, password: 'x', auth: 'oauth' }))).toEqual([missing])
  })

  test('OAuth alone without IDs names both of them', () => {
    expect(ids(check({ auth: 'oauth', clientSecret: 'x' }))).toEqual([
      'tenantId tenant-id-malformed error',
      'clientId client-id-malformed error',
    ])
  })
})

describe('row A1, mail address', () => {
  const invalid = ['email mail-address-invalid error']
  const cleaned = ['email mail-address-cleaned info']
  test.each<[string, string | null, string[]]>([
    ['anna@contoso.com', 'anna@contoso.com', []],
    ['Anna@CONTOSO.com', 'Anna@contoso.com', []],
    [' anna@contoso.com ', 'anna@contoso.com', cleaned],
    ['mailto:anna@contoso.com', 'anna@contoso.com', cleaned],
    ['<anna@contoso.com>', 'anna@contoso.com', cleaned],
    ['anna@müller.de', 'anna@xn--mller-kva.de', cleaned],
    ['anna@contoso.com.', 'anna@contoso.com', cleaned],
    ['anna@contoso.local', 'anna@contoso.local', []],
    ['anna@github.io', 'anna@github.io', []],
    ['anna@co.uk', null, invalid],
    ['anna@com', null, invalid],
    ['anna@192.168.1.10', null, invalid],
    ['anna@[192.168.1.10]', null, invalid],
    ['anna@0x7f.1', null, invalid],
    ['anna@@contoso.com', null, invalid],
    ['@contoso.com', null, invalid],
    ['anna', null, invalid],
    ['', null, invalid],
    ['contoso.com', null, invalid],
  ])('%s', (email, address, remarks) => {
    const checked = check({ email }, 'test')
    expect({ address: checked.mail?.address ?? null, remarks: ids(checked) }).toEqual({ address, remarks })
  })

  test('a domain alone is enough to locate, and an empty field is no mistake while typing', () => {
    expect(check({ email: 'contoso.com' }, 'locate').mail).toMatchObject({ domain: 'contoso.com', standIn: true })
    expect(ids(check({ email: 'contoso.com' }, 'locate'))).toEqual([])
    expect(ids(check({ email: ' ' }, 'check'))).toEqual([])
    expect(ids(check({ email: '' }, 'locate'))).toEqual(invalid)
  })
})

describe('row A6, user name', () => {
  test.each<[string, string, string | null, string[]]>([
    ['CONTOSO\\anna', 'CONTOSO\\anna', null, []],
    ['anna@ad.contoso.com', 'anna@ad.contoso.com', null, []],
    [' CONTOSO\\anna ', 'CONTOSO\\anna', 'CONTOSO\\anna', ['userName value-cleaned info']],
    ['CONTOSO/anna', 'CONTOSO/anna', 'CONTOSO\\anna', ['userName user-name-form warning']],
    ['  ', '', null, []],
  ])('%s', (userName, value, suggestion, remarks) => {
    const checked = check({ userName }, 'check')
    expect({ value: checked.userName, remarks: ids(checked) }).toEqual({ value, remarks })
    expect(checked.remarks[0]?.suggestion ?? null).toBe(suggestion)
  })
})

describe('row A9, EWS URL', () => {
  const good = 'https://remote.myserver.com/EWS/Exchange.asmx'
  test.each<[string, string, string[]]>([
    [good, good, []],
    ['HTTPS://Remote.MyServer.com/ews/exchange.ASMX', 'https://remote.myserver.com/ews/exchange.ASMX', []],
    [' \t ', '', []],
    ['remote.myserver.com', good, ['ews-url-path-missing']],
    ['https://remote.myserver.com', good, ['ews-url-path-missing']],
    ['https://remote.myserver.com/EWS/', good, ['ews-url-path-missing']],
    ['https://remote.myserver.com/ews/Services.wsdl', good, ['ews-url-path-missing']],
    ['https://remote.myserver.com/owa/auth/logon.aspx?url=x&reason=0', good, ['ews-url-is-owa']],
    ['https://remote.myserver.com/ECP', good, ['ews-url-is-owa']],
    ['https://remote.myserver.com/autodiscover/autodiscover.xml', good, ['ews-url-is-owa']],
    ['http://remote.myserver.com/EWS/Exchange.asmx', good, ['ews-url-http']],
    ['http://remote.myserver.com:80/', good, ['ews-url-http']],
    [
      'remote.myserver.com:444/EWS/Exchange.asmx',
      'https://remote.myserver.com:444/EWS/Exchange.asmx',
      ['ews-url-corrected'],
    ],
    ['https://anna:Geheim-1@remote.myserver.com/EWS/Exchange.asmx', good, ['ews-url-corrected']],
    [`${good}?wsdl#top`, good, ['ews-url-corrected']],
    [`<${good}>`, good, ['ews-url-corrected']],
    [`"${good}"`, good, ['ews-url-corrected']],
    ['https://müller.de/EWS/Exchange.asmx', 'https://xn--mller-kva.de/EWS/Exchange.asmx', ['ews-url-corrected']],
    ['https://10.0.0.5/EWS/Exchange.asmx', 'https://10.0.0.5/EWS/Exchange.asmx', []],
    ['https://[fd00::5]/EWS/Exchange.asmx', 'https://[fd00::5]/EWS/Exchange.asmx', []],
    ['https://exchange/EWS/Exchange.asmx', 'https://exchange/EWS/Exchange.asmx', []],
    ['https://host.example/custom/Exchange.asmx', 'https://host.example/custom/Exchange.asmx', []],
    ['ftp://remote.myserver.com/EWS/Exchange.asmx', '', ['ews-url-malformed']],
    ['file:///etc/passwd', '', ['ews-url-malformed']],
    ['https://', '', ['ews-url-malformed']],
    ['https://remote myserver.com/', '', ['ews-url-malformed']],
    ['https://remote.myserver.com:99999/', '', ['ews-url-malformed']],
    ['https://[::1/EWS', '', ['ews-url-malformed']],
  ])('%s', (typed, value, remarks) => {
    const checked = check({ ewsUrl: typed }, 'check')
    expect({ value: checked.ewsUrl, remarks: checked.remarks.map((remark) => remark.id) }).toEqual({ value, remarks })
    if (value !== '') expect(checked.remarks[0]?.suggestion ?? value).toBe(value)
  })
})

describe('nothing typed by mistake goes further', () => {
  const canary = 'Geheim-Canary-7!'
  test.each<[string, Typed]>([
    ['the address field', { email: canary }],
    ['the tenant field', { tenantId: canary }],
    ['the client ID field', { clientId: canary }],
    ['the secret field', { clientSecret: canary }],
    ['the password field', { password: canary }],
    ['user info of the URL', { ewsUrl: `https://anna:${canary}@mail.contoso.com/EWS/Exchange.asmx` }],
    ['the query of the URL', { ewsUrl: `https://mail.contoso.com/EWS/Exchange.asmx?token=${canary}` }],
    ['a URL that is none', { ewsUrl: `https://${canary} x/` }],
  ])('in %s', (_where, typed) => {
    for (const command of ['locate', 'test', 'check'] as const) {
      const request = requestOf(typed)
      const checked = checkRequest(request, command)
      const everything = JSON.stringify([checked, inputEvidence(request, checked)])
      expect(everything).not.toContain('Canary')
      expect(everything).not.toContain('canary')
    }
  })

  test('facts of remarks hold only words of ours and IDs', () => {
    const typed: Typed = {
      email: 'a b',
      tenantId: 'https://login.microsoftonline.com/COMMON/x',
      clientId: 'nonsense',
      userName: 'A/b',
      ewsUrl: 'ftp://x',
      clientSecret: ` ${client}`,
    }
    expect(check(typed).remarks.map((remark) => remark.facts)).toEqual([{}, { tenant: 'common' }, {}, {}, {}, {}, {}])
  })
})
