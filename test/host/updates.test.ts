/** The update check against a real https server: what it asks, when it asks, and what it believes. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../src/core/limits.ts'
import { makeAuthority, type Authority } from '../../src/demo/certificates.ts'
import { updatesDisabled } from '../../src/host/updateSource.ts'
import { openUpdates, type Updates } from '../../src/host/updates.ts'
import { client, failure, prepareRouter } from './routerSetup.ts'

const setup = prepareRouter()
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
const host = 'updates.ews-setup.example'
const page = `https://${host}/versions/0.2.0`

let authority: Authority
let server: Server
let port = 0
let requests: { method: string | undefined; url: string | undefined; headers: string[] }[] = []
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined

beforeAll(async () => {
  authority = await makeAuthority()
  const { keyPem, certPem } = await authority.issue({ names: [host], kind: 'valid' })
  server = createServer({ key: keyPem, cert: certPem }, (request, response) => {
    requests.push({ method: request.method, url: request.url, headers: request.rawHeaders })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
}, 30_000)
afterAll(
  () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
)
beforeEach(() => {
  requests = []
  answer = (_request, response) => response.end(signed({ version: '0.2.0', date: '2026-12-01', notes: page }))
})

function signed(manifest: unknown, by = privateKey): string {
  const payload = Buffer.from(JSON.stringify(manifest))
  return JSON.stringify({ payload: payload.toString('base64'), signature: sign(null, payload, by).toString('base64') })
}

function opened(o: { version?: string; trusted?: boolean; isDisabled?: boolean; now?: () => Date } = {}): Updates {
  return openUpdates({
    source: { manifest: `https://${host}/latest.json`, publicKey: key },
    isDisabled: o.isDisabled ?? false,
    version: o.version ?? '0.1.0',
    settingsFile: setup.settingsFile,
    host: () => ({ version: '0.1.0', systemCas: [], environment: {} }),
    network: {
      connectTo: [`${host}:443:127.0.0.1:${port}`],
      dns: '127.0.0.1:9',
      extraCa: o.trusted === false ? '' : authority.caPem,
    },
    ...(o.now === undefined ? {} : { clock: o.now }),
  })
}

describe('when it asks', () => {
  test('by itself never: not at a start, not for the window’s questions', async () => {
    const updates = opened()
    await updates.atStart()
    const { about, app } = client(setup.router({ updates }))
    await app.start({})
    expect((await about.info({})).updates).toEqual({ kind: 'available', host, onStart: false, last: null })
    expect(await about.openNotes({})).toEqual({ known: false })
    expect(requests).toEqual([])
  })

  test('at a press once, and with nothing that tells who asks', async () => {
    const { about } = client(setup.router({ updates: opened() }))
    expect(await about.checkUpdates({})).toEqual({ kind: 'newer', version: '0.2.0', date: '2026-12-01' })
    expect(requests).toEqual([
      {
        method: 'GET',
        url: '/latest.json',
        headers: [
          'host',
          host,
          'connection',
          'keep-alive',
          'user-agent',
          'EWS-Setup',
          'accept-encoding',
          'identity',
          'accept',
          'application/json',
        ],
      },
    ])
    expect(await about.openNotes({})).toEqual({ known: true })
    expect(setup.opened).toEqual([page])
  })

  test('at a start where a person wants it, at most once a day, whatever the clock does', async () => {
    let now = new Date('2026-11-24T08:00:00Z')
    const updates = opened({ now: () => now })
    await client(setup.router({ updates })).about.setUpdatesOnStart({ on: true })
    const startsAt = async (time: string): Promise<number> => {
      now = new Date(time)
      await opened({ now: () => now }).atStart()
      return requests.length
    }
    expect(await startsAt('2026-11-24T08:00:00Z')).toBe(1)
    expect(await startsAt('2026-11-25T07:59:59Z')).toBe(1)
    expect(await startsAt('2026-11-25T08:00:00Z')).toBe(2)
    expect(await startsAt('2020-01-01T00:00:00Z')).toBe(3)
    await client(setup.router({ updates })).about.setUpdatesOnStart({ on: false })
    expect(await startsAt('2027-01-01T00:00:00Z')).toBe(3)
  })

  test('not where an administrator switched it off, nor in a build without an address', async () => {
    await client(setup.router({ updates: opened() })).about.setUpdatesOnStart({ on: true })
    const disabled = opened({ isDisabled: true })
    await disabled.atStart()
    const { about } = client(setup.router({ updates: disabled }))
    expect((await about.info({})).updates).toEqual({ kind: 'disabled' })
    expect(await failure(about.checkUpdates({}))).toMatchObject({ code: 'UPDATES_NOT_HERE' })
    expect((await client(setup.router()).about.info({})).updates).toEqual({ kind: 'absent' })
    expect(await failure(client(setup.router()).about.setUpdatesOnStart({ on: true }))).toMatchObject({
      code: 'UPDATES_NOT_HERE',
    })
    expect(requests).toEqual([])
    expect([
      updatesDisabled({ EWS_SETUP_UPDATES: ' Off' }),
      updatesDisabled({ EWS_SETUP_UPDATES: 'on' }),
      updatesDisabled({}),
    ]).toEqual([true, false, false])
  })
})

describe('what it believes', () => {
  const manifest = { version: '0.2.0', date: '2026-12-01', notes: page }
  test.each(['0.1.0', '0.0.9', '0.1.0-rc.1', '0.1.0+other'])('%s is nothing new', async (version) => {
    answer = (_request, response) => response.end(signed({ ...manifest, version }))
    const updates = opened()
    expect(await updates.check()).toEqual({ kind: 'current' })
    expect(updates.notes()).toBeNull()
  })

  const text = (body: string) => (_request: IncomingMessage, response: ServerResponse) => void response.end(body)
  const other = generateKeyPairSync('ed25519').privateKey
  const tampered = () => {
    const { signature } = JSON.parse(signed(manifest)) as { signature: string }
    return JSON.stringify({
      payload: Buffer.from(JSON.stringify({ ...manifest, version: '9.0.0' })).toString('base64'),
      signature,
    })
  }
  test.each<[string, typeof answer, string]>([
    ['nothing', text(''), 'malformed'],
    ['a web page', text('<html>hello</html>'), 'malformed'],
    ['JSON of another kind', text('[1]'), 'malformed'],
    ['a version without a signature', text(JSON.stringify(manifest)), 'malformed'],
    ['a prototype', text('{"__proto__":{"payload":"e30=","signature":"e30="}}'), 'malformed'],
    ['a signature of somebody else', text(signed(manifest, other)), 'signature'],
    ['another text under a signature', text(tampered()), 'signature'],
    ['an empty signature', text(JSON.stringify({ payload: 'e30=', signature: '' })), 'signature'],
    ['no version', text(signed({ ...manifest, version: 'latest' })), 'malformed'],
    ['no day', text(signed({ ...manifest, date: 'soon' })), 'malformed'],
    ['a page elsewhere', text(signed({ ...manifest, notes: 'https://evil.example/x' })), 'malformed'],
    ['a page over http', text(signed({ ...manifest, notes: `http://${host}/x` })), 'malformed'],
    ['a page that is a script', text(signed({ ...manifest, notes: 'javascript:alert(1)' })), 'malformed'],
    ['a page with a login', text(signed({ ...manifest, notes: `https://a:b@${host}/x` })), 'malformed'],
    ['too much', text('x'.repeat(limits.updateBytes + 1)), 'too-large'],
    ['far too much', text('x'.repeat(limits.bodyBytes + 1)), 'too-large'],
    [
      'a redirect',
      (_request, response) => void response.writeHead(302, { location: `https://${host}/other` }).end(),
      'redirected',
    ],
    ['a status', (_request, response) => void response.writeHead(404).end(signed(manifest)), 'unreachable'],
    ['the end of the connection', (request) => void request.socket.destroy(), 'unreachable'],
  ])('%s: %#', async (_what, reply, reason) => {
    answer = reply
    const updates = opened()
    expect(await updates.check()).toEqual({ kind: 'failed', reason })
    expect(updates.notes()).toBeNull()
    expect(requests).toHaveLength(1)
  })

  test('a certificate that is not trusted: nothing is asked', async () => {
    expect(await opened({ trusted: false }).check()).toEqual({ kind: 'failed', reason: 'certificate' })
    expect(requests).toEqual([])
  })
})

test('what is new is shown once after an update, and never at a first start', async () => {
  const at = (version: string) => client(setup.router({ version }))
  const hasNews = async (version: string) => (await at(version).app.start({})).hasNews
  expect(await hasNews('0.1.0')).toBe(false)
  const { draft } = await at('0.1.0').app.start({})
  await at('0.1.0').settings.save({ draft, secrets: {} })
  expect(await hasNews('0.1.0')).toBe(false)
  expect(await hasNews('0.2.0')).toBe(true)
  await at('0.2.0').about.seen({})
  expect([await hasNews('0.2.0'), await hasNews('0.1.0')]).toEqual([false, false])
})
