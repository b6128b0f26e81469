/**
 * Rows A1 to A9: what is judged as typed, before anything is sent. Each check returns remarks and the value as it will be used;
 * a remark of severity `error` stops a run before its first packet.
 */
import { openSecret } from '../auth/secret.ts'
import type { Facts, Input, Remark } from '../evidence/schema.ts'
import type { RunRequest, Second } from '../connector.ts'
import { asciiDomain, parseMailAddress, type MailAddress } from './mailDomain.ts'
import { checkNetwork } from './networkChecks.ts'
import { parseUrl } from '../network/url.ts'
import { parseThumbprint } from './thumbprint.ts'

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const dnsName = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i
const manyTenants = new Set(['common', 'organizations', 'consumers'])

/** True for the form of a secret's *ID*; a secret's value never looks like this. */
export function looksLikeSecretId(secret: string): boolean {
  return guid.test(unwrapped(secret))
}

/** What a run works with: values cleaned, and the remarks that cleaning and judging gave. */
export type CheckedRequest = {
  mail: MailAddress | null
  userName: string
  tenantId: string
  clientId: string
  /** Absolute https URL, or empty. */
  ewsUrl: string
  /** What is to be tried besides; null: nothing. A second form equal to the first one is none. */
  second: { userName: string | null; mailbox: string | null }
  /** `https://HOST[:PORT]` of a login service, or empty. */
  authority: string
  remarks: Remark[]
}

type Checked = { value: string; remarks: Remark[] }

function remark(
  field: Remark['field'],
  id: string,
  severity: Remark['severity'],
  suggestion: string | null = null,
  facts: Facts = {},
): Remark {
  return { field, id, severity, suggestion, facts }
}

/**
 * What is asked for: by the two buttons; by the dialog while typing (`check`: nothing that is still empty); by the guide's checks of
 * the IDs alone (`ids`) and of a token (`token`), for which no mailbox is needed.
 */
export type CheckPurpose = 'locate' | 'test' | 'check' | 'ids' | 'token'

/** Judges all fields for a purpose. */
export function checkRequest(request: RunRequest, command: CheckPurpose): CheckedRequest {
  const { settings, secrets } = request
  const mail = parseMailAddress(settings.email, { domainAlone: command !== 'test' })
  const remarks: Remark[] = []
  if (mail === null && (settings.email.trim() !== '' || command === 'locate' || command === 'test')) {
    remarks.push(remark('email', 'mail-address-invalid', 'error'))
  } else if (mail !== null && !mail.standIn && mail.address.toLowerCase() !== settings.email.toLowerCase()) {
    remarks.push(remark('email', 'mail-address-cleaned', 'info', mail.address))
  }

  const tenant = checkTenant(settings.tenantId)
  const client = checkClientId(settings.clientId)
  if (client.value !== '' && client.value.toLowerCase() === tenant.value.toLowerCase()) {
    client.remarks.push(remark('clientId', 'client-id-is-another-id', 'error', null, { clientId: client.value }))
  }
  const url = checkEwsUrl(settings.ewsUrl)
  const authority = checkAuthority(settings.authority)
  const user = checkUserName(settings.userName)
  remarks.push(...tenant.remarks, ...client.remarks, ...user.remarks)

  remarks.push(...authority.remarks, ...checkNetwork(settings))
  const oauthIds = tenant.value !== '' && client.value !== ''
  if (settings.clientCredential === 'certificate') {
    remarks.push(...checkCertificate(request, command, oauthIds || settings.auth === 'oauth'))
  } else if (secrets.clientSecret === undefined) {
    const needed = settings.auth === 'oauth' || (oauthIds && secrets.password === undefined && settings.auth === 'auto')
    if ((needed && command === 'test') || command === 'token')
      remarks.push(remark('clientSecret', 'client-secret-missing', 'error'))
  } else {
    const typed = openSecret(secrets.clientSecret)
    if (typed !== typed.trim()) remarks.push(remark('clientSecret', 'secret-trimmed', 'info'))
    if (looksLikeSecretId(typed)) remarks.push(remark('clientSecret', 'client-secret-is-id', 'warning'))
  }
  if ((settings.auth === 'oauth' && command === 'test') || command === 'ids' || command === 'token') {
    if (tenant.value === '' && tenant.remarks.length === 0)
      remarks.push(remark('tenantId', 'tenant-id-malformed', 'error'))
    if (client.value === '' && client.remarks.length === 0)
      remarks.push(remark('clientId', 'client-id-malformed', 'error'))
  }
  remarks.push(...url.remarks)
  const named = { mail, userName: user.value }
  const second = secondOf(request.second ?? {}, named)
  const secondMailbox = request.second?.mailbox?.trim() ?? ''
  if (secondMailbox !== '' && parseMailAddress(secondMailbox, { domainAlone: false }) === null)
    remarks.push(remark('secondMailbox', 'second-mailbox-invalid', 'error'))
  return {
    ...named,
    tenantId: tenant.value,
    clientId: client.value,
    ewsUrl: url.value,
    authority: authority.value,
    second,
    remarks,
  }
}

function secondOf(second: Second, first: Pick<CheckedRequest, 'mail' | 'userName'>): CheckedRequest['second'] {
  const differs = (text: string | undefined, other: string): string | null =>
    text === undefined || text === '' || text.toLowerCase() === other.toLowerCase() ? null : text
  const address = first.mail?.address ?? ''
  const mailbox = parseMailAddress(second.mailbox ?? '', { domainAlone: false })?.address
  return {
    userName: differs(second.userName?.trim(), first.userName === '' ? address : first.userName),
    mailbox: differs(mailbox, address),
  }
}

/** Blanks, braces and quotes around a pasted value. */
function unwrapped(text: string): string {
  return text.replace(/\u200b|\ufeff/g, '').replace(/^[\s{("'„“<]+|[\s})"'“”>]+$/g, '')
}

export function checkTenant(text: string): Checked {
  if (text.trim() === '') return { value: '', remarks: [] }
  let value = unwrapped(text)
  const inUrl = /^https?:\/\/[^/]+\/([^/?#]+)/i.exec(value)
  if (inUrl?.[1] !== undefined) value = unwrapped(inUrl[1])
  if (manyTenants.has(value.toLowerCase()))
    return {
      value: '',
      remarks: [remark('tenantId', 'tenant-must-be-named', 'error', null, { tenant: value.toLowerCase() })],
    }
  if (!guid.test(value)) value = asciiDomain(value) === null ? value : domainAsTyped(value)
  if (!guid.test(value) && !dnsName.test(value)) {
    return { value: '', remarks: [remark('tenantId', 'tenant-id-malformed', 'error')] }
  }
  return { value, remarks: value === text ? [] : [remark('tenantId', 'value-cleaned', 'info', value)] }
}

/** Entra knows a domain in its ASCII form and without the final dot; an ASCII one keeps the case it was typed in. */
function domainAsTyped(text: string): string {
  // eslint-disable-next-line no-control-regex
  return /[^\u0000-\u007f]/.test(text) ? (asciiDomain(text) ?? text) : text.replace(/\.$/, '')
}

export function checkClientId(text: string): Checked {
  if (text.trim() === '') return { value: '', remarks: [] }
  const value = unwrapped(text).replace(/^api:\/\//i, '')
  if (!guid.test(value)) return { value: '', remarks: [remark('clientId', 'client-id-malformed', 'error')] }
  return { value, remarks: value === text ? [] : [remark('clientId', 'value-cleaned', 'info', value)] }
}

function checkUserName(text: string): Checked {
  const value = text.trim()
  if (value === '') return { value, remarks: [] }
  const slash = /^([^\\/@\s]+)\/([^\\/@]+)$/.exec(value)
  if (slash !== null)
    return { value, remarks: [remark('userName', 'user-name-form', 'warning', `${slash[1] ?? ''}\\${slash[2] ?? ''}`)] }
  return { value, remarks: value === text ? [] : [remark('userName', 'value-cleaned', 'info', value)] }
}

/** A login service typed by hand: a host, over https. MSAL adds the tenant, so a pasted path is dropped. */
function checkAuthority(text: string): Checked {
  if (text.trim() === '') return { value: '', remarks: [] }
  const value = parseAuthority(unwrapped(text))
  if (value === null) return { value: '', remarks: [remark('authority', 'authority-malformed', 'error')] }
  const remarks = value === text.trim() ? [] : [remark('authority', 'value-cleaned', 'info', value)]
  // Microsoft Cloud Germany was closed in October 2021; its tenants live in the global cloud.
  if (new URL(value).hostname === 'login.microsoftonline.de')
    remarks.push(remark('authority', 'authority-retired', 'warning'))
  return { value, remarks }
}

/** `https://HOST[:PORT]` of a login service, or null: never http, no user info. A host alone means https. */
export function parseAuthority(text: string): string | null {
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null
  return /^[a-z0-9.-]+\.[a-z0-9-]+$|^localhost$/i.test(url.hostname) ? url.origin : null
}

/** The certificate was read by the host; while somebody types it may be absent. */
function checkCertificate({ settings, secrets }: RunRequest, command: string, wanted: boolean): Remark[] {
  const read = secrets.clientCertificate
  if (read?.kind === 'failed') {
    const field = read.fault.startsWith('passphrase') ? 'certificatePassphrase' : 'clientCertificate'
    return [remark(field, `client-certificate-${read.fault}`, 'error')]
  }
  if (read === undefined)
    return wanted && command === 'test' && settings.clientCertificate.trim() === ''
      ? [remark('clientCertificate', 'client-certificate-missing', 'error')]
      : []
  const { validTo, subject } = read.certificate
  return Date.parse(validTo) < Date.now()
    ? [
        remark('clientCertificate', 'client-certificate-expired', 'warning', null, {
          date: validTo.slice(0, 10),
          subject,
        }),
      ]
    : []
}

const ewsPath = '/EWS/Exchange.asmx'
const webPaths = /^\/(owa|ecp|exchange|public|microsoft-server-activesync|autodiscover|mapi|rpc|oab|powershell)(\/|$)/i

/** Row A9: corrects the shape where its meaning is certain, and says so; explains it where it is not. */
export function checkEwsUrl(text: string): Checked {
  if (text.trim() === '') return { value: '', remarks: [] }
  const typed = unwrapped(text)
  const malformed = (): Checked => ({ value: '', remarks: [remark('ewsUrl', 'ews-url-malformed', 'error')] })
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '' || /[\s"<>]/.test(typed))
    return malformed()

  let reason: string | null = null
  if (url.protocol === 'http:') {
    url.protocol = 'https:'
    if (url.port === '80') url.port = ''
    reason = 'ews-url-http'
  }
  if (webPaths.test(url.pathname)) {
    url.pathname = ewsPath
    reason = 'ews-url-is-owa'
  } else if (url.pathname === '/') {
    url.pathname = ewsPath
    reason ??= 'ews-url-path-missing'
  } else if (/^\/ews(\/(exchange\.asmx|services\.wsdl)?)?\/?$/i.test(url.pathname)) {
    if (!/^\/ews\/exchange\.asmx$/i.test(url.pathname)) {
      url.pathname = ewsPath
      reason ??= 'ews-url-path-missing'
    }
  }
  url.search = ''
  url.hash = ''
  url.username = ''
  url.password = ''
  const value = url.href
  if (sameButCase(value, text.trim())) return { value, remarks: [] }
  return { value, remarks: [remark('ewsUrl', reason ?? 'ews-url-corrected', 'warning', value)] }
}

/** `HTTPS://Mail.Contoso.com/EWS/…` means the same as its canonical form; no remark is worth that. */
function sameButCase(canonical: string, typed: string): boolean {
  return canonical.toLowerCase() === typed.toLowerCase()
}

/** The input part of evidence. */
export function inputEvidence(request: RunRequest, checked: CheckedRequest): Input {
  const { settings, secrets } = request
  const clientSecret = secrets.clientSecret === undefined ? '' : openSecret(secrets.clientSecret)
  const password = secrets.password === undefined ? '' : openSecret(secrets.password)
  return {
    // A value that is no address may be anything, a password in the wrong field included: it stays out.
    email: checked.mail?.address ?? '',
    domain: checked.mail?.domain ?? null,
    registrableDomain: checked.mail?.registrableDomain ?? null,
    userName: checked.userName,
    tenantId: checked.tenantId,
    clientId: checked.clientId,
    cloud: settings.cloud,
    ...(checked.authority === '' ? {} : { authority: checked.authority }),
    auth: settings.auth,
    passwordFallback: settings.passwordFallback,
    ewsVersion: settings.ewsVersion,
    ewsUrl: checked.ewsUrl,
    ewsUrlOrigin: settings.ewsUrlOrigin,
    hasPassword: secrets.password !== undefined,
    hasClientSecret: settings.clientCredential === 'secret' && secrets.clientSecret !== undefined,
    ...(settings.clientCredential === 'certificate'
      ? { hasClientCertificate: secrets.clientCertificate?.kind === 'read' }
      : {}),
    clientSecretLooksLikeId: settings.clientCredential === 'secret' && looksLikeSecretId(clientSecret),
    credentialsNonAscii: /[^\u0020-\u007e]/.test(password) || /[^\u0020-\u007e]/.test(checked.userName),
    ...(checked.second.userName === null ? {} : { secondUserName: checked.second.userName }),
    ...(checked.second.mailbox === null ? {} : { secondMailbox: checked.second.mailbox }),
    trustedHosts: settings.network.trustedHosts,
    proxy: settings.network.proxy !== '',
    expectedThumbprint: parseThumbprint(settings.network.expectThumbprint),
    worksInBrowser: settings.network.worksInBrowser,
    remarks: checked.remarks,
  }
}
