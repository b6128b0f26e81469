// After a run that did not get through: the way that is not in force is tried once, with no request and no login on it.
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ObservationOf } from '../../../src/core/evidence/schema.ts'
import { networkOptionsSchema } from '../../../src/core/settings/settings.ts'
import { startDemo, type DemoExchange } from '../../../src/demo/index.ts'
import { runDemo, type DemoRun } from './demoRun.ts'

type Asked = { target: string; login: string | undefined }

let demo: DemoExchange
let proxy: Server
const asked: Asked[] = []

beforeAll(async () => {
  demo = await startDemo({ scenario: 'healthy-proxy' })
  proxy = createServer().on('connect', (request, socket) => {
    asked.push({ target: request.url ?? '', login: request.headers['proxy-authorization'] })
    socket.on('error', () => undefined)
    const onward = connect(demo.ports.https, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
})
beforeEach(() => {
  asked.splice(0)
  demo.journal.splice(0)
})
afterEach(() => proxy.closeAllConnections())
afterAll(async () => {
  proxy.closeAllConnections()
  proxy.close()
  await demo.stop()
})

const url = 'https://mail.contoso.example/EWS/Exchange.asmx'
const address = (): string => `127.0.0.1:${(proxy.address() as AddressInfo).port}`

/** The test of the typed URL, whose host is closed to direct connections. */
function testClosed(o: { environment: Record<string, string>; proxy: string; noProxy?: string }): Promise<DemoRun> {
  const connectTo = demo.connectTo.map((mapping) => mapping.replace(/\d+$/, '1'))
  const { noProxy = '', environment, proxy } = o
  const typed = { email: demo.typed.email, password: 'Sommer-2026-am-See', ewsUrl: url, environment, proxy }
  const network = { connectTo, dns: demo.dns, extraCa: demo.caPem, proxy, noProxy, timeoutMs: 20_000 }
  const settings = { network: networkOptionsSchema.parse(network) }
  return runDemo('test', { ...demo, typed, connectTo }, { settings })
}
const pathsOf = ({ result }: DemoRun): ObservationOf<'path'>[] =>
  result.evidence.steps.flatMap((step) => step.observations.filter((seen) => seen.kind === 'path'))
const idsOf = ({ result }: DemoRun): string[] => result.findings.map((finding) => finding.id)

test('direct in force: the proxy of the environment, once, without its login and without a request', async () => {
  const run = await testClosed({ proxy: 'none', environment: { HTTPS_PROXY: `http://anna:Kanari-7@${address()}` } })
  expect(asked).toEqual([{ target: 'mail.contoso.example:1', login: undefined }])
  expect(demo.journal).toEqual([])
  expect(pathsOf(run)).toMatchObject([
    { inForce: 'direct', tried: 'proxy', proxyFrom: 'environment', proxy: address(), result: 'open' },
  ])
  expect(idsOf(run)).toEqual(['connection-refused', 'proxy-not-used'])
  expect(JSON.stringify(run.result.evidence)).not.toContain('Kanari-7')
})

test.each([
  ['the environment', { NO_PROXY: '.contoso.example' }, 'none', ''],
  ['the settings', {}, '', 'contoso.example'],
])('an exception of %s is no way', async (_who, exceptions, none, noProxy) => {
  const environment = { HTTPS_PROXY: `http://${address()}`, ...exceptions }
  const run = await testClosed({ proxy: none, environment, noProxy })
  expect(asked).toEqual([])
  expect(pathsOf(run)).toEqual([])
  expect(idsOf(run)).toEqual(['connection-refused'])
})

test('no proxy anywhere: there is no other way', async () => {
  expect(pathsOf(await testClosed({ proxy: '', environment: {} }))).toEqual([])
})

test('a proxy in force: the direct way, which fails as well', async () => {
  const run = await testClosed({ proxy: 'http://127.0.0.1:1', environment: {} })
  expect(pathsOf(run)).toMatchObject([{ inForce: 'proxy', tried: 'direct', result: 'failed', code: 'ECONNREFUSED' }])
  expect(idsOf(run)).toEqual(['proxy-unreachable'])
})

test('a run that works, and one whose server answered, look at no other way', async () => {
  const environment = { HTTPS_PROXY: `http://${address()}` }
  for (const password of ['Sommer-2026-am-See', 'wrong']) {
    const typed = { email: demo.typed.email, password, proxy: 'none', environment }
    expect(pathsOf(await runDemo('test', { ...demo, typed }))).toEqual([])
  }
  expect(asked).toEqual([])
})
