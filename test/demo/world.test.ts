// The demo's small internet: names, certificates of each kind, and hosts that misbehave below HTTP.

import { existsSync } from 'node:fs'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from '../../src/demo/index.ts'
import { addressOf, connect, errorCode, send } from './client.ts'

const hello = () => ({ status: 200, body: 'hello' })
let world: World
beforeAll(async () => {
  world = await startWorld({
    zones: {
      'mail.example': [
        { type: 'MX', exchange: 'good.mail.example', priority: 10 },
        { type: 'TXT', data: 'v=spf1 -all' },
      ],
      'alias.mail.example': [{ type: 'CNAME', target: 'good.mail.example' }],
      'lost.mail.example': [{ type: 'CNAME', target: 'nowhere.mail.example' }],
      '_autodiscover._tcp.mail.example': [
        { type: 'SRV', target: 'good.mail.example', port: 8443, priority: 5, weight: 7 },
      ],
      'six.mail.example': [{ type: 'AAAA', address: '2001:db8::15' }],
      'failing.mail.example': [{ type: 'failure', rcode: 'SERVFAIL' }],
    },
    hosts: {
      'good.mail.example': { https: hello, http: hello },
      'expired.mail.example': { https: hello, certificate: 'expired' },
      'early.mail.example': { https: hello, certificate: 'not-yet-valid' },
      'self.mail.example': { https: hello, certificate: 'self-signed' },
      'wrong.mail.example': { https: hello, certificate: 'wrong-name' },
      'silent.mail.example': { https: 'silent' },
      'late.mail.example': { https: 'silent-after-tls' },
      'refused.mail.example': { https: 'refused' },
      'reset.mail.example': { https: 'reset' },
      'other-port.mail.example': { https: hello, port: 8443 },
    },
  })
})
afterAll(() => world.stop())

test('DNS answers each type, NXDOMAIN and NODATA apart', async () => {
  const resolver = new Resolver()
  resolver.setServers([world.dns])
  expect(await resolver.resolveMx('mail.example')).toEqual([{ exchange: 'good.mail.example', priority: 10 }])
  expect(await resolver.resolveTxt('MAIL.example')).toEqual([['v=spf1 -all']])
  expect(await resolver.resolve4('good.mail.example')).toEqual(['127.0.0.1'])
  expect(await resolver.resolve6('six.mail.example')).toEqual(['2001:db8::15'])
  expect(await resolver.resolveCname('alias.mail.example')).toEqual(['good.mail.example'])
  expect(await resolver.resolve4('alias.mail.example')).toEqual(['127.0.0.1'])
  expect(await resolver.resolveSrv('_autodiscover._tcp.mail.example')).toEqual([
    expect.objectContaining({ name: 'good.mail.example', port: 8443, priority: 5, weight: 7 }),
  ])
  expect(await errorCode(resolver.resolve4('nothing.mail.example'))).toBe('ENOTFOUND')
  expect(await errorCode(resolver.resolve4('mail.example'))).toBe('ENODATA')
  expect(await errorCode(resolver.resolve6('good.mail.example'))).toBe('ENODATA')
  expect(await errorCode(resolver.resolve4('_tcp.mail.example'))).toBe('ENODATA')
  expect(await errorCode(resolver.resolve4('failing.mail.example'))).toBe('ESERVFAIL')
  expect(world.queries.find((query) => query.name === 'nothing.mail.example')).toMatchObject({
    type: 'A',
    rcode: 'NXDOMAIN',
  })
})

test('each kind of certificate fails as in life', async () => {
  const at = (host: string) => errorCode(send(world, `https://${host}.mail.example/`))
  expect(await at('good')).toBe('none')
  expect(await at('expired')).toBe('CERT_HAS_EXPIRED')
  expect(await at('early')).toBe('CERT_NOT_YET_VALID')
  expect(await at('self')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
  expect(await at('wrong')).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  expect(await at('alias')).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  expect(await at('refused')).toBe('ECONNREFUSED')
  expect(await at('reset')).toBe('ECONNRESET')
  expect(await errorCode(send(world, 'https://other-port.mail.example:8443/'))).toBe('none')
  expect(await at('other-port')).toBe('ECONNREFUSED')
  expect((await send(world, 'http://good.mail.example/')).body).toBe('hello')
  expect(await errorCode(send(world, 'http://wrong.mail.example/'))).toBe('ECONNREFUSED')
})

test('silence: TCP stands and says nothing; or TLS stands and the request stays unanswered', async () => {
  const silent = await connect(world, 'silent.mail.example')
  silent.write('anything')
  silent.destroy()
  const { address, port } = addressOf(world, 'late.mail.example', 443)
  const socket = tls.connect({ host: address, port, servername: 'late.mail.example', ca: world.caPem })
  await once(socket, 'secureConnect')
  const arrived = world.journal.length
  socket.write('GET / HTTP/1.1\r\nHost: late.mail.example\r\n\r\n')
  await expect.poll(() => world.journal.length).toBe(arrived + 1)
  expect(world.journal.at(-1)).toMatchObject({ host: 'late.mail.example', status: 0 })
  expect(socket.authorized).toBe(true)
  socket.destroy()
})

test('stop is quick with open connections, may be called twice, and removes its folder but not a given one', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'demo-test-'))
  const kept = await startWorld({ zones: {}, hosts: { 'a.example': { https: 'silent-after-tls' } }, dir })
  expect(await readFile(kept.caFile, 'utf8')).toBe(kept.caPem)
  const open = await connect(kept, 'a.example')
  const closed = once(open, 'close')
  const before = performance.now()
  await Promise.all([kept.stop(), kept.stop()])
  await closed
  expect(performance.now() - before).toBeLessThan(500)
  expect(await readdir(dir)).toEqual(['ca.pem'])
  await rm(dir, { recursive: true })

  const own = await startWorld({ zones: {}, hosts: {} })
  await own.stop()
  expect(existsSync(own.caFile)).toBe(false)
})
