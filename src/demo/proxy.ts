// The company's http proxy: it tunnels https by CONNECT and forwards http, or refuses in one of the ways an admin meets.

import http from 'node:http'
import net from 'node:net'

/** `login`: 407 until somebody logs in, and nobody can. `blocks`: 403 for everything. `unreachable`: nothing listens. */
export type ProxyBehaviour = 'works' | 'login' | 'blocks' | 'unreachable'

const refusal = {
  login: { status: 407, reason: 'Proxy Authentication Required', headers: { 'Proxy-Authenticate': 'Negotiate' } },
  blocks: { status: 403, reason: 'Forbidden', headers: { Via: '1.1 proxy.contoso.example' } },
} as const

/** Makes the proxy. `portOf` names the port of 127.0.0.1 behind a host, or null where there is no such host. */
export function makeProxy(
  behaviour: Exclude<ProxyBehaviour, 'unreachable'>,
  portOf: (host: string, scheme: 'http' | 'https') => number | null,
): http.Server {
  const refused = behaviour === 'works' ? null : refusal[behaviour]
  const server = http.createServer((request, response) => {
    const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : null
    const port = url === null ? null : portOf(url.hostname, 'http')
    if (refused !== null || url === null || port === null) {
      response.writeHead(refused?.status ?? 502, refused?.headers ?? {}).end()
      return
    }
    const path = `${url.pathname}${url.search}`
    const onward = http.request(
      { host: '127.0.0.1', port, path, method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, via: '1.1 proxy.contoso.example' })
        answer.pipe(response)
      },
    )
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  server.on('connect', (request, socket, head) => {
    socket.on('error', () => undefined)
    const host = (request.url ?? '').replace(/:\d+$/, '').toLowerCase()
    const port = portOf(host, 'https')
    if (refused !== null || port === null) {
      const { status, reason, headers } = refused ?? { status: 502, reason: 'Bad Gateway', headers: {} }
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.end(`HTTP/1.1 ${String(status)} ${reason}\r\n${lines.join('')}Content-Length: 0\r\n\r\n`)
      return
    }
    const onward = net.connect({ host: '127.0.0.1', port }, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (head.length > 0) onward.write(head)
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
  })
  return server
}
