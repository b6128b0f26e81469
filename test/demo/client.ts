// A plain https client for the demo's tests: it connects by the demo's own mapping, checks TLS with the demo's authority, and knows nothing else.

import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'

export type Place = { caPem: string; connectTo: readonly string[] }
export type Received = { status: number; headers: http.IncomingHttpHeaders; body: string; challenges: string[] }
export type Sent = {
  method?: string
  headers?: Record<string, string>
  body?: string
  agent?: https.Agent
}

/** Address and port behind a host and port. */
export function addressOf(place: Place, host: string, port: number): { address: string; port: number } {
  const line = place.connectTo.find((entry) => entry.startsWith(`${host}:${String(port)}:`))
  const [, , address = '', to = ''] = line?.split(':') ?? []
  if (line === undefined) throw new Error(`${host}:${String(port)} does not exist in this world`)
  return { address, port: Number(to) }
}

/** An agent that keeps exactly one connection, as NTLM needs it. */
export function oneConnection(): https.Agent {
  return new https.Agent({ keepAlive: true, maxSockets: 1 })
}

/** One request. Fails as node does: with the code of the TLS or network error. */
export function send(place: Place, url: string, o: Sent = {}): Promise<Received> {
  const to = new URL(url)
  const secure = to.protocol === 'https:'
  const { address, port } = addressOf(place, to.hostname, Number(to.port || (secure ? 443 : 80)))
  return new Promise((resolve, reject) => {
    const options: https.RequestOptions = {
      host: address,
      port,
      path: `${to.pathname}${to.search}`,
      method: o.method ?? (o.body === undefined ? 'GET' : 'POST'),
      headers: { ...o.headers, Host: to.host },
      ...(secure ? { servername: to.hostname, ca: place.caPem, agent: o.agent ?? false } : { agent: false }),
    }
    const request = (secure ? https : http).request(options, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const raw = response.rawHeaders
        const challenges = raw.filter(
          (_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === 'www-authenticate',
        )
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString('utf8'),
          challenges,
        })
      })
    })
    request.on('error', reject)
    request.end(o.body)
  })
}

/** The code of the error that a promise ends with, or `none`. */
export async function errorCode(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'none'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

/** The certificate that a host shows, whatever it is worth. */
export function certificateOf(place: Place, host: string): Promise<tls.PeerCertificate> {
  const { address, port } = addressOf(place, host, 443)
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: address, port, servername: host, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate())
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

/** An open TCP connection to a host. */
export function connect(place: Place, host: string): Promise<net.Socket> {
  const { address, port } = addressOf(place, host, 443)
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, address, () => resolve(socket))
    socket.on('error', reject)
  })
}

export const basic = (user: string, password: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

export const xml = { 'Content-Type': 'text/xml; charset=utf-8' }

/** A GetFolder request. */
export function getFolder(o: { version?: string; impersonate?: string; folder?: string } = {}): string {
  const impersonation =
    o.impersonate === undefined
      ? ''
      : `<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>${o.impersonate}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`
  return (
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">' +
    `<s:Header><t:RequestServerVersion Version="${o.version ?? 'Exchange2013_SP1'}"/>${impersonation}</s:Header><s:Body><m:GetFolder><m:FolderShape>` +
    `<t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="${o.folder ?? 'inbox'}"/></m:FolderIds></m:GetFolder></s:Body></s:Envelope>`
  )
}

/** A POX request for an address. */
export function pox(email: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request>' +
    `<EMailAddress>${email}</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a` +
    '</AcceptableResponseSchema></Request></Autodiscover>'
  )
}

/** A SOAP GetUserSettings request. */
export function userSettings(
  email: string,
  settings: readonly string[] = ['ExternalEwsUrl', 'InternalEwsUrl', 'CasVersion'],
): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover" xmlns:w="http://www.w3.org/2005/08/addressing"' +
    ' xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion>' +
    '<w:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings</w:Action><w:To>https://x/autodiscover/autodiscover.svc</w:To></s:Header>' +
    `<s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>${email}</a:Mailbox></a:User></a:Users><a:RequestedSettings>` +
    `${settings.map((name) => `<a:Setting>${name}</a:Setting>`).join('')}</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></s:Body></s:Envelope>`
  )
}
