/**
 * Whole runs in a hostile internet: whatever answers, a run ends within its budget with an error first, nothing of ours crashes,
 * no stranger gets a login, and no socket stays open. And whenever a person stops it, it stops.
 */
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import type { RunEvent } from '../../src/core/runs/events.ts'
import { cloudOfHost } from '../../src/core/settings/clouds.ts'
import {
  page,
  startDemo,
  startWorld,
  type Answer,
  type CertificateKind,
  type Handler,
  type HostSpec,
  type JournalEntry,
  type Reply,
  type ScenarioId,
  type World,
} from '../../src/demo/index.ts'
import { microsoftWithoutTenant } from '../../src/demo/scenarios/on-premises.ts'
import { runDemo, type DemoRun } from '../core/runs/demoRun.ts'

const domain = 'contoso.example'
const autodiscover = `autodiscover.${domain}`
const mail = `mail.${domain}`
const stranger = 'mail.stranger.example'
/** Worlds that only time can end get the short one. */
const budgetOf = (name: string): number => (/never answer|after TLS|drips/.test(name) ? 1_500 : 4_000)
const typed = { email: `anna@${domain}`, password: 'Canary-Password-1' }

let world: Pick<World, 'stop'> | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

const website: Handler = () => page(404, 'Not found', { Server: 'nginx' })
const marks = { 'X-FEServer': 'EX1', 'WWW-Authenticate': ['Basic realm="x"'] }
const xml = (body: string): Answer => ({ status: 200, headers: { 'Content-Type': 'text/xml' }, body })
/** As Exchange with Basic: anonymous questions get 401, and what follows the login is hostile. */
const afterLogin =
  (hostile: Handler): Handler =>
  (request) =>
    request.journal.authorization === 'basic' ? hostile(request) : { status: 401, headers: marks }

const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024), { level: 1 })
const megabyte = Buffer.alloc(1024 * 1024, '<a>')
const streaming =
  (headers: Record<string, string>): Handler =>
  ({ raw: { response } }) => {
    response.writeHead(200, { 'Content-Type': 'application/json', ...headers })
    let left = 100
    const more = (): void => {
      while (left-- > 0 && !response.destroyed) {
        if (!response.write(megabyte)) {
          response.once('drain', more)
          return
        }
      }
      if (headers['Content-Length'] !== undefined) response.end()
      else if (!response.destroyed) setTimeout(more, 5)
      left = Math.max(left, 1)
    }
    more()
    return 'written'
  }
const dripping: Handler = ({ raw: { response } }) => {
  response.writeHead(200, { 'Content-Type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 50)
  response.once('close', () => clearInterval(timer))
  return 'written'
}
const account = (content: string): Answer =>
  xml(`<Autodiscover><Response><Account>${content}</Account></Response></Autodiscover>`)
const redirectTo =
  (host: string): Handler =>
  ({ path }) => ({ status: 302, headers: { Location: `https://${host}${path}` } })
const poxRedirectTo = (host: string): Handler =>
  afterLogin(() =>
    account(`<Action>redirectUrl</Action><RedirectUrl>https://${host}/autodiscover/autodiscover.xml</RedirectUrl>`),
  )
const laughs = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><Autodiscover>&y;</Autodiscover>'
const names =
  (url: string): Handler =>
  () => ({
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ Protocol: 'EWS', Url: url }),
  })
const always =
  (reply: Reply): Handler =>
  () =>
    reply
const hostOfEveryName = (spec: HostSpec): Record<string, HostSpec> => ({ [domain]: spec, [autodiscover]: spec })
const atAutodiscover = (https: Handler, others: Record<string, HostSpec> = {}): Record<string, HostSpec> => ({
  [domain]: { https: website, http: website },
  [autodiscover]: { https, http: website },
  ...others,
})

let addresses = 0
const hostile: Record<string, Record<string, HostSpec>> = {
  'HTML everywhere': hostOfEveryName({ https: always(page(200, 'Welcome')), http: always(page(200, 'Welcome')) }),
  'JSON cut off': atAutodiscover(always({ status: 200, body: '{"Protocol":"EWS","Url":"https://mail.con' })),
  'XML cut off, after the login': atAutodiscover(afterLogin(always(xml('<Autodiscover><Response><Acc')))),
  'a page, after the login': atAutodiscover(afterLogin(always(page(200, 'Signed in')))),
  '100 MB, declared': atAutodiscover(streaming({ 'Content-Length': String(100 * megabyte.length) })),
  'a body without end': atAutodiscover(streaming({})),
  'a body without end, after the login': atAutodiscover(afterLogin(streaming({}))),
  'a body that drips': atAutodiscover(dripping),
  'a gzip bomb': atAutodiscover(always({ status: 200, headers: { 'Content-Encoding': 'gzip' }, body: bomb })),
  'a gzip bomb, after the login': atAutodiscover(
    afterLogin(always({ status: 200, headers: { 'Content-Encoding': 'gzip' }, body: bomb })),
  ),
  'entities, after the login': atAutodiscover(afterLogin(always(xml(laughs)))),
  'a JSON redirect in a circle of two hosts': atAutodiscover(redirectTo(`b.${domain}`), {
    [`b.${domain}`]: { https: redirectTo(autodiscover) },
  }),
  'a JSON redirect to ever new paths': atAutodiscover(({ path }) => ({
    status: 302,
    headers: { Location: `https://${autodiscover}${path}x` },
  })),
  'an http redirect in a circle': atAutodiscover(website, {
    [autodiscover]: {
      https: redirectTo(autodiscover),
      http: always({ status: 302, headers: { Location: `https://${autodiscover}/autodiscover/autodiscover.json` } }),
    },
  }),
  'a redirect to what is no URL': atAutodiscover(always({ status: 302, headers: { Location: 'https://[' } })),
  'POX redirectUrl in a circle': atAutodiscover(poxRedirectTo(`b.${domain}`), {
    [`b.${domain}`]: { https: poxRedirectTo(autodiscover) },
  }),
  'POX redirectUrl to what is no URL': atAutodiscover(
    afterLogin(always(account('<Action>redirectUrl</Action><RedirectUrl>https://[</RedirectUrl>'))),
  ),
  'POX redirectUrl to a stranger': atAutodiscover(poxRedirectTo(stranger), {
    [stranger]: { https: always({ status: 401, headers: marks }) },
  }),
  'redirectAddr in a circle': atAutodiscover(
    afterLogin(({ body }) =>
      account(
        `<Action>redirectAddr</Action><RedirectAddr>${body.includes('anna@') ? 'berta' : 'anna'}@${domain}</RedirectAddr>`,
      ),
    ),
  ),
  'redirectAddr to ever new addresses': atAutodiscover(
    afterLogin(() => account(`<Action>redirectAddr</Action><RedirectAddr>a${addresses++}@${domain}</RedirectAddr>`)),
  ),
  'redirectAddr to a stranger': atAutodiscover(
    afterLogin(() => account('<Action>redirectAddr</Action><RedirectAddr>anna@stranger.example</RedirectAddr>')),
    { 'autodiscover.stranger.example': { https: always({ status: 401, headers: marks }) } },
  ),
  'ports that never answer': hostOfEveryName({ https: 'silent', http: 'silent' }),
  'silence after TLS': hostOfEveryName({ https: 'silent-after-tls', http: 'silent' }),
  'resets in the handshake': hostOfEveryName({ https: 'reset', http: 'reset' }),
  'connections that end': hostOfEveryName({ https: always('reset'), http: always('reset') }),
  'an EWS URL over http': atAutodiscover(names(`http://${mail}/EWS/Exchange.asmx`), {
    [mail]: { https: website, http: always({ status: 401, headers: marks }) },
  }),
  'an EWS URL that is none': atAutodiscover(names('https://[')),
  'an EWS URL that is a script': atAutodiscover(names('javascript:alert(1)')),
  'an EWS URL on a website of a stranger': atAutodiscover(names(`https://${stranger}/EWS/Exchange.asmx`), {
    [stranger]: { https: always({ status: 401, headers: { 'WWW-Authenticate': 'Basic realm="login"' } }) },
  }),
  'an http redirect to a stranger': atAutodiscover(website, {
    [autodiscover]: {
      https: website,
      http: always({ status: 302, headers: { Location: `https://${stranger}/autodiscover/autodiscover.xml` } }),
    },
    [stranger]: { https: always({ status: 401, headers: marks }) },
  }),
  'challenges of 50 kB': atAutodiscover(
    always({ status: 401, headers: { ...marks, 'WWW-Authenticate': `Basic realm="${'x'.repeat(50_000)}"` } }),
  ),
  'challenges of 50 kB in small pieces': atAutodiscover(
    always({ status: 401, headers: { ...marks, 'WWW-Authenticate': 'a b=c, '.repeat(6_000) } }),
  ),
  'headers without measure': atAutodiscover(always({ status: 200, headers: { 'X-Huge': 'x'.repeat(200_000) } })),
  ...Object.fromEntries(
    (['expired', 'not-yet-valid', 'self-signed', 'wrong-name'] satisfies CertificateKind[]).map((certificate) => [
      `certificates: ${certificate}`,
      hostOfEveryName({ https: always({ status: 401, headers: marks }), http: website, certificate }),
    ]),
  ),
}

const mayHaveLogin = (entry: JournalEntry): boolean =>
  entry.scheme === 'https' && (entry.host === domain || entry.host.endsWith(`.${domain}`))
/** Requests that carried a login to where none may go. */
const strangersWithLogin = (journal: readonly JournalEntry[]): string[] =>
  journal
    .filter((entry) => entry.authorization !== null && entry.authorization !== 'bearer-empty' && !mayHaveLogin(entry))
    .map((entry) => `${entry.scheme}://${entry.host}${entry.path}`)

const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap' || name === 'TLSWrap').length

function stepsLeftOpen(events: readonly RunEvent[]): string[] {
  const ended = new Set(events.map((event) => (event.kind === 'step-ended' ? event.step.id : '')))
  return events.flatMap((event) => (event.kind === 'step-started' && !ended.has(event.id) ? [event.id] : []))
}

const firstFinding = (ran: DemoRun): unknown => ran.result.findings[0] ?? 'no finding'

describe('a run ends with an error and without a leak', () => {
  test.each(Object.keys(hostile))('%s', async (name) => {
    const started = await startWorld({
      zones: {},
      hosts: {
        ...microsoftWithoutTenant(),
        ...hostile[name],
      },
    })
    world = started
    const demo = { ...started, typed }
    const budgetMs = budgetOf(name)
    const begun = performance.now()
    const runs = await Promise.all([
      runDemo('locate', demo, { timeoutMs: budgetMs }),
      runDemo('test', demo, { timeoutMs: budgetMs }),
    ])
    // The rest is the machine's: without the budget one silent request alone takes its 15 s.
    expect(performance.now() - begun).toBeLessThan(budgetMs + 3_500)
    for (const ran of runs) {
      expect(ran.crashes).toEqual([])
      expect(ran.result.ok).toBe(false)
      expect(firstFinding(ran)).toMatchObject({ severity: 'error' })
      expect(ran.result.findings.map((finding) => finding.id)).not.toContain('cause-unknown')
      expect(ran.events.filter((event) => event.kind === 'ended')).toHaveLength(1)
      expect(stepsLeftOpen(ran.events)).toEqual([])
      expect(ran.result.evidence.steps.filter((step) => step.state === 'crashed')).toEqual([])
      const evidence = JSON.stringify(ran.result)
      expect(evidence).not.toContain('Canary')
      expect(evidence.length).toBeLessThan(400_000)
    }
    expect(strangersWithLogin(started.journal)).toEqual([])
    // A refused or redirected login is no reason to try for ever.
    expect(started.journal.length).toBeLessThan(200)
    // What comes after a login was really met.
    const loggedIn = started.journal.some((entry) => entry.authorization === 'basic')
    expect(loggedIn).toBe(/after the login|POX|redirectAddr|50 kB$/.test(name))
    await expect.poll(openSockets, { timeout: 1_500 }).toBe(0)
  })
})

describe('stopping at each event', () => {
  test.each<[ScenarioId, 'locate' | 'test']>([
    ['healthy-on-prem', 'test'],
    ['autodiscover-login-only', 'locate'],
    ['healthy-online', 'test'],
    ['foreign-redirect', 'test'],
    ['wrong-certificate', 'locate'],
  ])('%s, %s', async (scenario, command) => {
    const demo = await startDemo({ scenario })
    world = demo
    const whole = await runDemo(command, demo, { consent: true })
    const count = whole.events.length
    expect(count).toBeGreaterThan(5)

    const stopAt = async (at: number): Promise<string | null> => {
      const stop = new AbortController()
      let seen = 0
      let stoppedAt = Number.POSITIVE_INFINITY
      const ran = await runDemo(command, demo, {
        consent: true,
        signal: stop.signal,
        onEvent: () => {
          if (++seen !== at) return
          stoppedAt = performance.now()
          stop.abort()
        },
      })
      const tookMs = performance.now() - stoppedAt
      const problems = [
        ...(tookMs > 1_000 ? [`took ${tookMs} ms`] : []),
        ...(ran.events.filter((event) => event.kind === 'ended').length === 1 ? [] : ['not one end']),
        ...(stepsLeftOpen(ran.events).length === 0 ? [] : [`open: ${stepsLeftOpen(ran.events).join(', ')}`]),
        ...(ran.crashes.length === 0 ? [] : [`crashed: ${String(ran.crashes[0])}`]),
        ...(ran.result.ok || ran.result.evidence.outcome === 'cancelled' || seen <= at + 1
          ? []
          : [`outcome ${ran.result.evidence.outcome}`]),
      ]
      return problems.length === 0 ? null : `after event ${at}: ${problems.join('; ')}`
    }
    const found: (string | null)[] = []
    for (let at = 1; at <= count; at += 6)
      found.push(...(await Promise.all([0, 1, 2, 3, 4, 5].map((more) => stopAt(Math.min(at + more, count))))))
    expect(found.filter((problem) => problem !== null)).toEqual([])
    const strangers = demo.journal.filter(
      (entry) => entry.scheme === 'http' && entry.authorization !== null && cloudOfHost(entry.host) === undefined,
    )
    expect(strangers).toEqual([])
    await expect.poll(openSockets, { timeout: 1_500 }).toBe(0)
  })
})
