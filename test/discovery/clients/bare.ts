/**
 * The critical path and nothing else, for comparison: DNS, TCP, TLS, one anonymous exchange, one with a login (where the network needs one), one
 * verification. No choice of host, no judgement, no evidence. Prints `{ms, url}`.
 */
import { lookup } from 'node:dns/promises'
import { Agent, request } from 'node:https'
import { TLSSocket } from 'node:tls'
import {
  authenticateMessage,
  channelBindingOf,
  negotiateMessage,
  readChallenge,
  signatureHashOf,
} from '../../../src/core/auth/ntlm.ts'

const order = JSON.parse(process.argv[2] ?? '{}') as {
  email: string
  userName: string
  password: string
  logons: number
  presses?: number
}

type Reply = { status: number; challenge: string; body: string; certificate: Uint8Array | null }

function ask(
  agent: Agent,
  o: { host: string; address: string; method: string; path: string; headers?: Record<string, string>; body?: string },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: o.address,
        servername: o.host,
        method: o.method,
        path: o.path,
        headers: { host: o.host, ...o.headers },
      },
      (answer) => {
        const { socket } = answer
        const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate().raw : null
        let body = ''
        answer.setEncoding('utf8').on('data', (part: string) => (body += part))
        answer.once('end', () => {
          const challenge = /NTLM ([A-Za-z0-9+/=]+)/.exec(answer.headers['www-authenticate'] ?? '')?.[1] ?? ''
          resolve({ status: answer.statusCode ?? 0, challenge, body, certificate })
        })
      },
    )
    sent.once('error', reject)
    sent.end(o.body)
  })
}

const soap = (email: string): string =>
  '<s:Envelope xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover" xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>' +
  '<a:RequestedServerVersion>Exchange2010</a:RequestedServerVersion></s:Header><s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User>' +
  `<a:Mailbox>${email}</a:Mailbox></a:User></a:Users><a:RequestedSettings><a:Setting>ExternalEwsUrl</a:Setting></a:RequestedSettings></a:Request>` +
  '</a:GetUserSettingsRequestMessage></s:Body></s:Envelope>'

async function locate(): Promise<string> {
  const host = `autodiscover.${order.email.split('@')[1] ?? ''}`
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const { address } = await lookup(host)
  const at = { host, address }
  const first = await ask(agent, {
    ...at,
    method: 'GET',
    path:
      order.logons === 0
        ? `/autodiscover/autodiscover.json/v1.0/${order.email}?Protocol=EWS`
        : '/autodiscover/autodiscover.xml',
  })
  if (order.logons === 0) return (JSON.parse(first.body) as { Url: string }).Url
  const path = '/autodiscover/autodiscover.svc'
  const headers = { 'content-type': 'text/xml; charset=utf-8' }
  const negotiate = negotiateMessage()
  const leg = (message: Uint8Array) => ({ authorization: `NTLM ${Buffer.from(message).toString('base64')}` })
  const second = await ask(agent, { ...at, method: 'POST', path, headers: { ...headers, ...leg(negotiate) }, body: '' })
  const challenge = readChallenge(Buffer.from(second.challenge, 'base64'))
  if (!challenge.ok || second.certificate === null) throw new Error('no challenge')
  const authenticate = authenticateMessage({
    negotiate,
    challenge,
    userName: order.userName,
    domain: '',
    password: order.password,
    targetName: `HTTP/${host}`,
    channelBinding: channelBindingOf(second.certificate, signatureHashOf(second.certificate)),
  })
  const third = await ask(agent, {
    ...at,
    method: 'POST',
    path,
    headers: { ...headers, ...leg(authenticate) },
    body: soap(order.email),
  })
  agent.destroy()
  return /<(?:\w+:)?Value>(https:[^<]+)</.exec(third.body)?.[1] ?? ''
}

/** The last of `presses` in one process, the others warm the code up. */
let ms = 0
let found: string | null = null
for (let count = 0; count < (order.presses ?? 1); count += 1) ({ ms, url: found } = await press())
process.stdout.write(`${JSON.stringify({ ms, url: found })}\n`)
process.exit(0)

async function press(): Promise<{ ms: number; url: string | null }> {
  const started = performance.now()
  const url = new URL(await locate())
  const verifying = new Agent()
  const { address } = await lookup(url.hostname)
  const verified = await ask(verifying, {
    host: url.hostname,
    address,
    method: 'POST',
    path: url.pathname,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
  })
  const took = performance.now() - started
  verifying.destroy()
  return { ms: took, url: verified.status === 401 ? url.href : null }
}
