// Paths of a run that a person can take besides the plain one: consent, cancel, budget, versions, the order of logins, URLs by hand.
import { afterEach, describe, expect, test } from 'vitest'
import { startDemo, startWorld, type DemoExchange, type ScenarioId, type World } from '../../../src/demo/index.ts'
import type { RunEvent } from '../../../src/core/runs/events.ts'
import { runDemo, typedRequest, type DemoRun, type DemoRunOptions } from './demoRun.ts'

let demo: DemoExchange | undefined
let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
  await demo?.stop()
  demo = undefined
})

async function run(
  scenario: ScenarioId,
  command: 'locate' | 'test',
  o: DemoRunOptions | ((exchange: DemoExchange) => DemoRunOptions) = {},
): Promise<DemoRun & { exchange: DemoExchange }> {
  demo = await startDemo({ scenario })
  return { ...(await runDemo(command, demo, typeof o === 'function' ? o(demo) : o)), exchange: demo }
}

const ids = (ran: DemoRun): string[] => ran.result.findings.map((finding) => finding.id)
const withLogin = (exchange: DemoExchange, host: string): number =>
  exchange.journal.filter(
    (entry) => entry.host === host && entry.authorization !== null && entry.authorization !== 'bearer-empty',
  ).length

describe('a host outside the mail domain', () => {
  const stranger = 'exchange.hosting-partner.example'

  test('is asked about by name, and gets nothing after no', async () => {
    const ran = await run('foreign-redirect', 'locate', { consent: false })
    expect(ran.questions).toEqual([stranger])
    const question = ran.events.find((event) => event.kind === 'question')
    expect(question?.question).toMatchObject({ host: stranger, mailDomain: 'contoso.example' })
    expect(question?.question.certificate?.names).toContain(stranger)
    expect(ids(ran)).toContain('foreign-redirect-refused')
    expect(ran.exchange.journal.filter((entry) => entry.host === stranger)).toEqual([])
  })

  test('gets the login after yes, and the run succeeds', async () => {
    const ran = await run('foreign-redirect', 'test', { consent: true })
    expect({ ok: ran.result.ok, asked: ran.questions }).toEqual({ ok: true, asked: [stranger] })
    expect(withLogin(ran.exchange, stranger)).toBeGreaterThan(0)
    expect(ids(ran)).not.toContain('foreign-redirect-refused')
  })

  test('is not asked about when it was consented to in advance', async () => {
    const ran = await run('foreign-redirect', 'locate', (exchange) => ({
      settings: { network: { ...typedRequest(exchange).settings.network, trustedHosts: [stranger] } },
    }))
    expect({ ok: ran.result.ok, asked: ran.questions }).toEqual({ ok: true, asked: [] })
  })

  test('from an imported file gets no login without consent', async () => {
    const ran = await run('foreign-redirect', 'test', {
      settings: { ewsUrl: `https://${stranger}/EWS/Exchange.asmx`, ewsUrlOrigin: 'imported' },
      consent: false,
    })
    expect(ran.questions).toEqual([stranger])
    expect(ids(ran)[0]).toBe('host-needs-consent')
    expect(withLogin(ran.exchange, stranger)).toBe(0)
  })

  test('typed by hand needs no question', async () => {
    const ran = await run('foreign-redirect', 'test', { typed: { ewsUrl: `https://${stranger}/EWS/Exchange.asmx` } })
    expect({ ok: ran.result.ok, asked: ran.questions }).toEqual({ ok: true, asked: [] })
  })
})

describe('cancelling', () => {
  test('at the first step ends with one result, outcome cancelled, all started steps ended', async () => {
    const stop = new AbortController()
    const ran = await run('slow-candidate', 'test', {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.kind === 'step-started' && event.name === 'json') stop.abort()
      },
    })
    expect(ran.result.evidence.outcome).toBe('cancelled')
    const started = ran.events.filter((event) => event.kind === 'step-started').map((event) => event.id)
    const ended = new Set(ran.events.filter((event) => event.kind === 'step-ended').map((event) => event.step.id))
    expect(started.length).toBeGreaterThan(1)
    expect(started.filter((id) => !ended.has(id))).toEqual([])
    expect(ran.events.filter((event) => event.kind === 'ended')).toHaveLength(1)
  })

  test('by closing the stream ends the run', async () => {
    demo = await startDemo({ scenario: 'slow-candidate' })
    const { createConnector } = await import('../../../src/core/createConnector.ts')
    const connector = createConnector({ version: '0.0.0', systemCas: [], environment: {} })
    const events = connector.locate(typedRequest(demo), {
      signal: new AbortController().signal,
      ask: () => Promise.resolve(false),
    })
    const seen: RunEvent['kind'][] = []
    for await (const event of events) {
      seen.push(event.kind)
      if (event.kind === 'step-started') break
    }
    expect(seen).not.toContain('ended')
  })
})

test('a spent budget is told as such and names the open step', async () => {
  // Only the silent hosts are left: the root domain and Exchange Online's.
  const ran = await run('slow-candidate', 'test', (exchange) => ({
    timeoutMs: 1_000,
    typed: { ewsUrl: 'https://contoso.example/EWS/Exchange.asmx' },
    settings: { network: { ...typedRequest(exchange).settings.network, timeoutMs: 1_000 } },
  }))
  expect(ran.result.evidence.outcome).toBe('budget-spent')
  expect(ids(ran)[0]).toBe('time-budget-spent')
  expect(ran.result.evidence.ms).toBeLessThan(1_500)
})

describe('the interface version', () => {
  test('steps down where it is automatic', async () => {
    const ran = await run('old-version', 'test')
    expect({ ok: ran.result.ok, version: ran.result.evidence.ewsVersion }).toEqual({
      ok: true,
      version: 'Exchange2010_SP2',
    })
    expect(ran.result.findings.find((finding) => finding.id === 'server-version-too-new')?.severity).toBe('warning')
  })

  test('chosen too new is refused in these words, with the highest that works', async () => {
    const ran = await run('old-version', 'test', { settings: { ewsVersion: 'Exchange2013_SP1' } })
    expect(ran.result.ok).toBe(false)
    expect(ran.result.findings[0]).toMatchObject({
      id: 'server-version-too-new',
      severity: 'error',
      facts: { asked: 'Exchange2013_SP1', works: 'Exchange2010_SP2' },
    })
  })

  test('none chosen is said, and the highest that works is offered', async () => {
    const ran = await run('healthy-on-prem', 'test', { settings: { ewsVersion: null } })
    expect(ran.result.ok).toBe(true)
    expect(ran.result.findings.find((finding) => finding.id === 'ews-version-not-chosen')?.facts['works']).toBe(
      'Exchange2013_SP1',
    )
  })

  test('chosen and understood is used', async () => {
    const ran = await run('healthy-on-prem', 'test', { settings: { ewsVersion: 'Exchange2010' } })
    expect({ ok: ran.result.ok, version: ran.result.evidence.ewsVersion }).toEqual({
      ok: true,
      version: 'Exchange2010',
    })
  })
})

describe('the order of logins', () => {
  test('with OAuth that works no password is sent', async () => {
    const ran = await run('healthy-online', 'test', { typed: { password: 'not-needed-1' } })
    expect(ran.result.evidence.auth).toBe('oauth')
    expect(
      ran.exchange.journal.some((entry) =>
        ['basic', 'ntlm-negotiate', 'ntlm-authenticate'].includes(entry.authorization ?? ''),
      ),
    ).toBe(false)
  })

  test('OAuth that fails falls back to the password of an own server', async () => {
    const ran = await run('oauth-on-prem', 'test')
    expect(ran.result.evidence.auth).toBe('ntlm')
    expect(ids(ran)).toContain('oauth-fell-back-to-password')
  })

  test('the fallback can be switched off: no password is sent', async () => {
    const ran = await run('oauth-on-prem', 'test', { settings: { passwordFallback: false } })
    expect(ran.result.ok).toBe(false)
    expect(
      ran.exchange.journal.some((entry) =>
        ['basic', 'ntlm-negotiate', 'ntlm-authenticate'].includes(entry.authorization ?? ''),
      ),
    ).toBe(false)
    expect(ids(ran)[0]).toBe('oauth-not-offered-by-server')
  })

  test('a wrong password of the fallback is found beside what OAuth failed for, and is one refused logon', async () => {
    const ran = await run('oauth-on-prem', 'test', { typed: { password: 'not-the-password' } })
    expect(ran.result.ok).toBe(false)
    // The third is merely possible, as for any password that this server refuses.
    expect(ids(ran)).toEqual([
      'oauth-not-offered-by-server',
      'wrong-password-or-user-name',
      'extended-protection-suspected',
    ])
    expect(ran.result.findings.map((finding) => finding.confidence)).toEqual(['likely', 'likely', 'possible'])
    expect(ran.exchange.journal.filter((entry) => entry.authorization === 'ntlm-authenticate')).toHaveLength(1)
  })

  test('a password never goes to Exchange Online', async () => {
    const ran = await run('healthy-online', 'test', {
      settings: { tenantId: '', clientId: '' },
      typed: { password: 'would-be-leaked-1', clientSecret: '' },
    })
    expect(ran.result.ok).toBe(false)
    expect(ids(ran)[0]).toBe('basic-is-off-in-exchange-online')
    expect(ran.exchange.journal.filter((entry) => entry.authorization !== null)).toEqual([])
  })

  test('a scheme that is demanded and not offered is said without a login', async () => {
    const ran = await run('healthy-on-prem', 'test', { settings: { auth: 'basic' } })
    expect(ids(ran)[0]).toBe('login-scheme-not-offered')
    expect(withLogin(ran.exchange, 'mail.contoso.example')).toBe(0)
  })

  test('without password and secret the login is asked for, and nothing is sent', async () => {
    const ran = await run('healthy-on-prem', 'test', { typed: { password: '' } })
    expect(ids(ran)[0]).toBe('credentials-missing')
    expect(ran.exchange.journal.filter((entry) => entry.authorization !== null)).toEqual([])
  })

  test('a user name that differs from the address is used as typed', async () => {
    const ran = await run('user-name-differs', 'test', { typed: { userName: 'CONTOSO\\anna' } })
    expect(ran.result.ok).toBe(true)
  })
})

describe('a URL typed by hand', () => {
  test.each([
    ['without path', 'https://mail.contoso.example'],
    ['of Outlook on the web', 'https://mail.contoso.example/owa/'],
    ['over http', 'http://mail.contoso.example/EWS/Exchange.asmx'],
    ['without scheme', 'mail.contoso.example/ews/exchange.asmx'],
  ])('%s is corrected and works', async (_name, ewsUrl) => {
    const ran = await run('healthy-on-prem', 'test', { typed: { ewsUrl } })
    expect(ran.result.ok).toBe(true)
    expect(ran.result.evidence.ewsUrl?.toLowerCase()).toBe('https://mail.contoso.example/ews/exchange.asmx')
    expect(ran.exchange.journal.every((entry) => entry.scheme === 'https')).toBe(true)
  })

  test('that leads elsewhere is told as such', async () => {
    const ran = await run('healthy-on-prem', 'test', { typed: { ewsUrl: 'https://contoso.example/EWS/Exchange.asmx' } })
    expect(ids(ran)[0]).toBe('not-an-ews-url')
  })

  test('whose host does not exist is told as such', async () => {
    const ran = await run('healthy-on-prem', 'test', {
      typed: { ewsUrl: 'https://mial.contoso.example/EWS/Exchange.asmx' },
    })
    expect(ids(ran)[0]).toBe('ews-host-not-found')
  })
})

describe("the cloud's answer with nothing else speaking for it", () => {
  const ewsUrl = 'https://outlook.office365.com/EWS/Exchange.asmx'
  const cloud = {
    'outlook.office365.com': {
      https: ({ path }: { path: string }) =>
        /autodiscover\.json/i.test(path)
          ? {
              status: 200,
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify({ Protocol: 'EWS', Url: ewsUrl }),
            }
          : { status: 401, headers: { 'X-FEServer': 'CLOUD1', 'WWW-Authenticate': 'Bearer realm=""' } },
    },
  }
  const filtered = { 'contoso.example': [{ type: 'MX' as const, priority: 10, exchange: 'mx.filter.example' }] }
  const locate = async (o: Partial<Parameters<typeof startWorld>[0]>): Promise<DemoRun> => {
    const started = await startWorld({ zones: {}, ...o, hosts: { ...cloud, ...o.hosts } })
    world = started
    return runDemo('locate', { ...started, typed: { email: 'anna@contoso.example' } })
  }

  test('is taken when nothing else is there, and said to rest on nothing else', async () => {
    const ran = await locate({ zones: filtered })
    expect(ran.result.evidence).toMatchObject({ outcome: 'works', source: 'cloud', ewsUrl })
    expect(ids(ran)).toContain('cloud-answer-alone')
  })

  test('counts for nothing when the mail domain does not exist', async () => {
    const ran = await locate({})
    expect(ids(ran)[0]).toBe('mail-domain-not-found')
  })

  test("counts for nothing beside an Exchange of the mail domain's own", async () => {
    const own = () => ({ status: 401, headers: { 'X-FEServer': 'EX1', 'WWW-Authenticate': 'NTLM' } })
    const ran = await locate({ zones: filtered, hosts: { 'autodiscover.contoso.example': { https: own } } })
    expect(ran.result.ok).toBe(false)
    expect(ids(ran)[0]).toBe('autodiscover-needs-login')
  })
})

describe('redirects of a web site', () => {
  const site = async (hosts: Parameters<typeof startWorld>[0]['hosts']): Promise<DemoRun> => {
    const started = await startWorld({ zones: {}, hosts })
    world = started
    return runDemo('locate', { ...started, typed: { email: 'anna@contoso.example' } })
  }
  const to = (location: string) => () => ({ status: 302, headers: { Location: location } })

  test('to its own pages are no loop of Autodiscover', async () => {
    const ran = await site({ 'contoso.example': { https: to('https://contoso.example/de/') } })
    expect(ids(ran)).toContain('autodiscover-not-published')
    expect(ids(ran)).not.toContain('autodiscover-redirect-loop')
  })

  test('to a parked page over http raise no question', async () => {
    const ran = await site({
      'contoso.example': { https: () => ({ status: 404 }) },
      'autodiscover.contoso.example': { http: to('https://parking.example/?d=contoso.example') },
      'parking.example': { https: () => ({ status: 200 }) },
    })
    expect(ran.questions).toEqual([])
    expect(ids(ran)).not.toContain('foreign-redirect-refused')
  })
})

test('a value that is no address stops the run before its first packet', async () => {
  const ran = await run('healthy-on-prem', 'test', { typed: { email: 'Secret-Passw0rd' } })
  expect(ids(ran)).toEqual(['mail-address-invalid'])
  expect(ran.exchange.journal).toEqual([])
  expect(ran.exchange.queries).toEqual([])
  expect(JSON.stringify(ran.result)).not.toContain('Secret-Passw0rd')
})

test('the domain alone is enough to find the URL', async () => {
  const ran = await run('healthy-on-prem', 'locate', { typed: { email: 'contoso.example' } })
  expect(ran.result.evidence.ewsUrl).toBe('https://mail.contoso.example/EWS/Exchange.asmx')
})
