/** `--proxy` and `--no-proxy`, in every place and form, through a proxy that writes down what it is asked. */
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startDemo, type DemoExchange } from '../../src/demo/index.ts'
import { buildProgram, run, scratch, type Scratch } from './program.ts'
import { resultOf } from './result.ts'

let files: Scratch
let demo: DemoExchange
let proxy: Server
let asked: string[] = []
let logins: (string | undefined)[] = []
beforeAll(buildProgram, 60_000)
beforeAll(async () => {
  demo = await startDemo({ scenario: 'healthy-on-prem' })
  proxy = createServer((_request, response) => response.writeHead(502).end()).on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    logins.push(request.headers['proxy-authorization'])
    const server = connect(demo.ports.https, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
    for (const [one, other] of [
      [server, socket],
      [socket, server],
    ] as const) {
      one.on('error', () => other.destroy())
      one.pipe(other)
    }
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
})
afterAll(async () => {
  proxy.closeAllConnections()
  await demo.stop()
  proxy.close()
})
beforeEach(() => {
  asked = []
  logins = []
  files = scratch()
})
afterEach(() => files.remove())

// Without mappings: the proxy is the way to the hosts.
const url = 'https://mail.contoso.example/EWS/Exchange.asmx'
const command = (): string[] => [
  'test',
  demo.typed.email,
  '--url',
  url,
  '--cacert',
  demo.caFile,
  '--dns',
  demo.dns,
  '--json',
  '--timeout',
  '10',
]
const address = (): string => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
const env = { EWS_SETUP_PASSWORD: 'Sommer-2026-am-See' }

test('--proxy: every connection goes through it, login included', async () => {
  const { code, stdout } = await run([...command(), '--proxy', address()], { home: files.home, env })
  expect(code).toBe(0)
  expect(resultOf(stdout)).toMatchObject({ ok: true, auth: 'ntlm' })
  expect(new Set(asked)).toEqual(new Set(['mail.contoso.example:443']))
})

test('the environment names one as well', async () => {
  const { code } = await run(command(), { home: files.home, env: { ...env, HTTPS_PROXY: address() } })
  expect(code).toBe(0)
  expect(asked).not.toEqual([])
})

test('--proxy-user and EWS_SETUP_PROXY_PASSWORD log in at the proxy', async () => {
  const { code, stdout, stderr } = await run([...command(), '--proxy', address(), '--proxy-user', 'CONTOSO\\proxy'], {
    home: files.home,
    env: { ...env, EWS_SETUP_PROXY_PASSWORD: 'Kanari-Proxy-7' },
  })
  expect(code).toBe(0)
  expect(new Set(logins)).toEqual(new Set([`Basic ${Buffer.from('CONTOSO\\proxy:Kanari-Proxy-7').toString('base64')}`]))
  expect(`${stdout}${stderr}`).not.toContain('Kanari-Proxy-7')
})

test('a password in --proxy is wrong usage, and nothing is asked', async () => {
  const { code, stderr } = await run([...command(), '--proxy', address().replace('://', '://anna:Kanari-Proxy-7@')], {
    home: files.home,
    env,
  })
  expect(code).toBe(2)
  expect(stderr).toContain('EWS_SETUP_PROXY_PASSWORD')
  expect(stderr).not.toContain('Kanari-Proxy-7')
  expect(asked).toEqual([])
})

describe('--no-proxy', () => {
  test.each<[string, (args: string[], proxyOption: string[]) => string[]]>([
    [
      'LIST at the end',
      (args, proxyOption) => [...args, ...proxyOption, '--no-proxy', 'other.example,contoso.example'],
    ],
    ['LIST before --proxy', (args, proxyOption) => [...args, '--no-proxy', 'contoso.example', ...proxyOption]],
    [
      'LIST right after the command',
      ([name = '', ...args], proxyOption) => [name, '--no-proxy', '.contoso.example', ...args, ...proxyOption],
    ],
    ['=LIST', (args, proxyOption) => [...args, ...proxyOption, '--no-proxy=*']],
  ])('%s: the hosts named are asked directly', async (_name, arrange) => {
    const { code } = await run(arrange(command(), ['--proxy', address()]), { home: files.home, env })
    // Nothing listens at the real port.
    expect(code).toBe(1)
    expect(asked).toEqual([])
  })

  test('another host is no exception', async () => {
    const { code } = await run([...command(), '--proxy', address(), '--no-proxy', 'other.example'], {
      home: files.home,
      env,
    })
    expect(code).toBe(0)
  })

  test('it goes before the proxy of the environment', async () => {
    await run([...command(), '--no-proxy', 'contoso.example'], {
      home: files.home,
      env: { ...env, HTTPS_PROXY: address() },
    })
    expect(asked).toEqual([])
  })
})
