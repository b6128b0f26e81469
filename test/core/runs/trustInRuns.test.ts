// Trust in whole runs: consent once, redirects by their rules, DNS that lies or changes, and a memory that widens nothing.
import { createServer, type Server } from 'node:https'
import { afterEach, describe, expect, test } from 'vitest'
import { createConnector } from '../../../src/core/createConnector.ts'
import type { Connector } from '../../../src/core/connector.ts'
import { startWorld, type DnsRecord, type Handler, type HostSpec, type World } from '../../../src/demo/index.ts'
import { makeAuthority } from '../../../src/demo/certificates.ts'
import { makeServer } from '../../../src/demo/exchange/server.ts'
import { anna, contoso, microsoftWithoutTenant } from '../../../src/demo/scenarios/on-premises.ts'
import { website } from '../../../src/demo/scenarios/plan.ts'
import { runDemo, typedRequest, type DemoRunOptions } from './demoRun.ts'

const domain = 'contoso.example'
const autodiscover = `autodiscover.${domain}`
const mail = `mail.${domain}`
const stranger = 'mail.stranger.example'
const password = 'Canary-Password-1'
const typed = { email: `anna@${domain}`, password }

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const exchange = (o: Partial<Parameters<typeof makeServer>[0]> = {}): Handler =>
  makeServer({
    organisation: contoso([anna(password)]),
    autodiscover: { json: false, soap: true, pox: true },
    ...o,
  })

async function worldOf(
  hosts: Record<string, HostSpec>,
  zones: Record<string, readonly DnsRecord[]> = {},
): Promise<World> {
  const world = await startWorld({
    zones: { [domain]: [{ type: 'MX', exchange: mail, priority: 10 }], ...zones },
    hosts: { ...microsoftWithoutTenant(), [domain]: { https: website, http: website }, ...hosts },
  })
  stops.push(() => world.stop())
  return world
}
const credentialsAt = (world: World): string[] => [
  ...new Set(
    world.journal.filter((entry) => entry.authorization !== null).map((entry) => `${entry.scheme}://${entry.host}`),
  ),
]
const to =
  (url: string): Handler =>
  () => ({ status: 302, headers: { Location: url } })

/** One connector for several presses, as a window has it. */
function presses(world: World) {
  const connector: Connector = createConnector({ version: '0.0.0', systemCas: [], environment: {} })
  return async (o: DemoRunOptions = {}) => {
    const questions: string[] = []
    const request = typedRequest({ ...world, typed }, o)
    for await (const event of connector.locate(request, {
      signal: new AbortController().signal,
      ask: (question) => {
        questions.push(question.host)
        return Promise.resolve(o.consent ?? false)
      },
    }))
      if (event.kind === 'ended') return { ...event.result, questions }
    throw new Error('a run ends with its result')
  }
}

describe('consent', () => {
  const everybodyNamesTheStranger = (): Promise<World> =>
    worldOf(
      {
        [autodiscover]: {
          https: exchange({ direct: () => ({ kind: 'host', host: stranger }) }),
          http: to(`https://${stranger}/autodiscover/autodiscover.xml`),
        },
        [stranger]: { https: exchange() },
        [mail]: { https: exchange() },
      },
      { [`_autodiscover._tcp.${domain}`]: [{ type: 'SRV', target: stranger, port: 443, priority: 0, weight: 0 }] },
    )

  test('is asked once in a run, however often a host is named, and no is no', async () => {
    const world = await everybodyNamesTheStranger()
    const ran = await runDemo('locate', { ...world, typed })
    expect(ran.questions).toEqual([stranger])
    const named = ran.result.evidence.steps.flatMap((step) => step.observations).filter((seen) => seen.kind === 'trust')
    expect(named.filter((seen) => seen.kind === 'trust' && seen.host === stranger).length).toBeGreaterThan(1)
    expect(world.journal.filter((entry) => entry.host === stranger)).toEqual([])
    expect(credentialsAt(world)).toEqual([`https://${autodiscover}`])
  })

  test('is for one run: the next press asks again, also when the first found the URL there', async () => {
    const world = await everybodyNamesTheStranger()
    const press = presses(world)
    const first = await press({ consent: true })
    expect({ ok: first.ok, questions: first.questions }).toEqual({ ok: true, questions: [stranger] })
    const before = world.journal.filter((entry) => entry.host === stranger).length
    const second = await press({ consent: false })
    expect({ ok: second.ok, questions: second.questions }).toEqual({ ok: false, questions: [stranger] })
    expect(world.journal.filter((entry) => entry.host === stranger)).toHaveLength(before)
  })
})

describe('redirects', () => {
  test('a new origin is asked without login first, gets one of its own, and the first one’s never', async () => {
    const other = `b.${domain}`
    const world = await worldOf({
      [autodiscover]: { https: exchange({ direct: () => ({ kind: 'host', host: other }) }) },
      [other]: { https: exchange() },
      [mail]: { https: exchange() },
    })
    const ran = await runDemo('locate', { ...world, typed })
    expect(ran.result.evidence.ewsUrl).toBe(`https://${mail}/EWS/Exchange.asmx`)
    expect(world.journal.find((entry) => entry.host === other)?.authorization).toBeNull()
    expect(credentialsAt(world).toSorted()).toEqual([`https://${autodiscover}`, `https://${other}`])
  })

  test('over http is not followed, and a target that shows no Exchange gets no login', async () => {
    const world = await worldOf({
      [autodiscover]: {
        https: to(`http://${mail}/autodiscover/autodiscover.xml`),
        http: to(`https://www.${domain}/autodiscover/autodiscover.xml`),
      },
      [mail]: { https: website, http: website },
      [`www.${domain}`]: { https: () => ({ status: 401, headers: { 'WWW-Authenticate': 'Basic realm="Intranet"' } }) },
    })
    const ran = await runDemo('locate', { ...world, typed })
    expect(ran.result.ok).toBe(false)
    expect(world.journal.filter((entry) => entry.scheme === 'http' && entry.host === mail)).toEqual([])
    expect(world.journal.some((entry) => entry.host === `www.${domain}`)).toBe(true)
    expect(credentialsAt(world)).toEqual([])
  })

  test('end after ten hops, and none is taken twice', async () => {
    let hop = 0
    const world = await worldOf({
      [autodiscover]: {
        https: () => ({
          status: 302,
          headers: { Location: `https://${autodiscover}/autodiscover/autodiscover.json?hop=${hop++}` },
        }),
      },
    })
    const ran = await runDemo('locate', { ...world, typed })
    expect(ran.result.findings.map((finding) => finding.id)).toContain('autodiscover-redirect-loop')
    const asked = world.journal
      .filter((entry) => entry.host === autodiscover && entry.path.includes('hop='))
      .map((entry) => entry.path)
    expect(asked.length).toBeLessThanOrEqual(10)
    expect(new Set(asked).size).toBe(asked.length)
  })
})

describe('DNS', () => {
  /** Somebody on another address, same port, with a certificate of an authority that nobody trusts. */
  async function evilAt(port: number): Promise<{ requests: number }> {
    const seen = { requests: 0 }
    const authority = await makeAuthority('Nobody')
    const { keyPem, certPem } = await authority.issue({ names: [domain, autodiscover, mail], kind: 'valid' })
    const server: Server = createServer({ key: keyPem, cert: certPem }, (_request, response) => {
      seen.requests++
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"', 'X-FEServer': 'EX1' }).end()
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.2', resolve)
    })
    stops.push(() => new Promise((resolve) => server.close(() => resolve())))
    return seen
  }
  /** Its address is another one at each question. */
  const changing = (...addresses: string[]): DnsRecord => {
    let asked = 0
    return {
      type: 'A',
      get address() {
        return addresses[Math.min(asked++, addresses.length - 1)] ?? ''
      },
    }
  }
  /** Names decide where a connection goes; only the port is mapped. */
  const byName = (world: World): DemoRunOptions => ({
    settings: {
      network: {
        ...typedRequest({ ...world, typed }).settings.network,
        connectTo: [`:443::${world.ports.https}`, `:80::${world.ports.http}`],
      },
    },
  })

  test.each([
    ['changes to a stranger after the first answer', ['127.0.0.1', '127.0.0.2']],
    ['lies at first', ['127.0.0.2', '127.0.0.1']],
    ['lies always', ['127.0.0.2']],
  ])('that %s gives no request and no login away', async (_name, addresses) => {
    const hosts = [autodiscover, mail]
    const world = await worldOf(
      Object.fromEntries(hosts.map((host) => [host, { https: exchange(), dns: [changing(...addresses)] }])),
    )
    const evil = await evilAt(world.ports.https)
    for (let press = 0; press < 3; press++) {
      const ran = await runDemo('locate', { ...world, typed }, byName(world))
      expect(ran.crashes).toEqual([])
      if (addresses.length === 1) expect(ran.result.ok).toBe(false)
    }
    expect(evil.requests).toBe(0)
    expect(credentialsAt(world).filter((host) => !host.endsWith(domain))).toEqual([])
  })

  test('whose SRV, MX and CNAME point to strangers and clouds moves no login there', async () => {
    const world = await worldOf(
      {
        [autodiscover]: { dns: [{ type: 'CNAME', target: 'outlook.office365.com' }] },
        [stranger]: { https: exchange() },
      },
      {
        [domain]: [{ type: 'MX', exchange: 'contoso.mail.protection.outlook.com', priority: 0 }],
        [`_autodiscover._tcp.${domain}`]: [
          { type: 'SRV', target: stranger, port: 443, priority: 0, weight: 0 },
          { type: 'SRV', target: 'com', port: 443, priority: 1, weight: 0 },
          { type: 'SRV', target: mail, port: 80, priority: 2, weight: 0 },
        ],
      },
    )
    const ran = await runDemo('test', { ...world, typed })
    expect(ran.crashes).toEqual([])
    expect(credentialsAt(world)).toEqual([])
    expect(world.journal.filter((entry) => entry.host === stranger)).toEqual([])
  })

  test('that stays silent about everything but the mail host ends in time, without a login anywhere else', async () => {
    const silence: DnsRecord[] = [{ type: 'silence' }]
    const world = await worldOf(
      { [autodiscover]: { https: exchange() }, [mail]: { https: exchange() } },
      { [domain]: silence, [`_autodiscover._tcp.${domain}`]: silence },
    )
    const ran = await runDemo('locate', { ...world, typed })
    expect(ran.result.evidence.ewsUrl).toBe(`https://${mail}/EWS/Exchange.asmx`)
    expect(credentialsAt(world)).toEqual([`https://${autodiscover}`])
  })
})

describe('what a search remembers', () => {
  test('is asked for and verified again: a new URL is told, a dead one is not, and nothing stays of it', async () => {
    let named = mail
    let alive = true
    const json: Handler = () =>
      alive
        ? {
            status: 200,
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ Protocol: 'EWS', Url: `https://${named}/EWS/Exchange.asmx` }),
          }
        : { status: 404 }
    const world = await worldOf({
      [autodiscover]: { https: json },
      [mail]: { https: exchange() },
      [`new.${domain}`]: { https: exchange() },
    })
    const press = presses(world)
    const urls: (string | null)[] = []
    const again = async (): Promise<void> => void urls.push((await press()).evidence.ewsUrl)
    await again()
    await again()
    named = `new.${domain}`
    await again()
    alive = false
    await again()
    expect(urls).toEqual([
      `https://${mail}/EWS/Exchange.asmx`,
      `https://${mail}/EWS/Exchange.asmx`,
      `https://new.${domain}/EWS/Exchange.asmx`,
      null,
    ])
    const verified = world.journal.filter((entry) => /exchange\.asmx/i.test(entry.path)).map((entry) => entry.host)
    expect(verified).toEqual([mail, mail, `new.${domain}`])
  })
})
