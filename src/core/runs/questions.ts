/** The anonymous questions of the search, and where their answers lead: to candidates, to further questions, or to hints. */
import { originOf, trustOf, type Access } from './access.ts'
import type { Board, Hint } from './candidates.ts'
import { probeCapabilities, probeJson, probeRedirect, targetOf } from './probes.ts'
import type { Race } from './race.ts'
import type { Run, StepOutcome, StepSpec } from './run.ts'
import type { TrustedHost } from '../auth/trust.ts'
import type { AutodiscoverAnswer } from '../autodiscover/answer.ts'
import { rank, startsAfter } from '../autodiscover/sources.ts'
import { limits } from '../limits.ts'
import { inServiceOrder } from '../network/dns.ts'
import type { Session } from '../network/http.ts'
import { hostOf, httpsUrl, parseUrl, shownUrl } from '../network/url.ts'
import { isCloudHost } from '../settings/clouds.ts'
import { parseMailAddress } from '../settings/mailDomain.ts'
import type { DiscoverySource } from '../settings/settings.ts'

/** One host asked about one address, and how much its answers count. */
export type Asked = {
  origin: URL
  address: string
  source: DiscoverySource
  trusted: TrustedHost
  ranks: { json: number; login: number }
  cloud?: boolean
  /** The exact URL that a v2 answer redirected to; otherwise the usual one of the origin. */
  jsonAt?: URL
  /** The URLs that led here. */
  chain: readonly string[]
}

export type Questions = {
  /** Asks everything about an address. False when it was asked already. */
  askAddress(address: string): boolean
  /** A redirect or SRV target: asked when it is trusted, kept as a hint when it needs consent. */
  follow(hint: Hint, o: Omit<Asked, 'origin' | 'trusted'>): void
  /** What a directory named, best first. */
  askConnectionPoints(urls: readonly URL[], address: string): void
  /** A host that a person has just consented to. */
  askConsented(hint: Hint, trusted: TrustedHost, address: string): void
  /** Records that redirects lead in a circle, or too far. */
  loop(url: URL): void
  /** Closes what is still connected. */
  close(): void
}

export function createQuestions(run: Run, access: Access, race: Race, board: Board): Questions {
  const visited = new Set<string>()
  const addresses = new Set<string>()
  const sessions: Session[] = []
  let hops = 0

  /** One that another source was asked at already is no loop, and is not asked twice. */
  const mayFollow = (url: URL, chain: readonly string[]): boolean => {
    if (chain.includes(url.href) || hops >= limits.redirects) {
      loop(url)
      return false
    }
    if (visited.has(url.href)) return false
    visited.add(url.href)
    hops++
    return true
  }

  const loop = (url: URL): void => {
    const nothing = { ewsUrl: null, node: null, redirect: null, errorCode: null, errorLevel: null, message: null }
    const address = run.checked.mail?.address ?? ''
    race.start(
      rank.cloudAlone,
      run.step(
        { name: 'json', target: url.host, phase: 'discovery' },
        async ({ record }): Promise<StepOutcome<null>> => {
          record({
            kind: 'autodiscover',
            source: 'redirect',
            host: hostOf(url),
            url: shownUrl(url),
            address,
            result: 'loop',
            ...nothing,
          })
          return { value: null, state: 'warning', summary: 'autodiscover-loop' }
        },
      ),
    )
  }

  const take = (answer: AutodiscoverAnswer | null, o: Asked, kind: 'json' | 'capabilities'): void => {
    const { origin, source, trusted, address } = o
    if (answer?.kind === 'url') {
      board.candidates.push({
        kind: 'url',
        rank: o.ranks.json,
        cloud: o.cloud === true,
        source,
        ewsUrl: answer.ewsUrl,
        namedBy: origin.host,
        by: trusted,
      })
    } else if (answer?.kind === 'needs-login' && kind === 'capabilities') {
      if (trusted.basis === 'mail-domain') board.ownExchange = true
      board.candidates.push({
        kind: 'login',
        rank: o.ranks.login,
        source,
        origin,
        trusted,
        offered: answer.offered,
        address,
        chain: o.chain,
      })
    } else if (answer?.kind === 'redirect-url') {
      const target = new URL(answer.to)
      const elsewhere = target.origin !== origin.origin || leadsToJson(target)
      if (elsewhere) follow({ url: target, namedBy: shownUrl(origin) }, o)
    }
  }

  /** Both questions at once, each on a connection of its own; that of the second is kept for the login that may follow. */
  const ask = (o: Asked, wait = 0): void => {
    const { origin, address, source, jsonAt } = o
    const probe = { origin, address, source, group: race.group, ...(jsonAt === undefined ? {} : { jsonAt }) }
    const target = targetOf(origin)
    race.start(
      o.ranks.json,
      later(wait, { name: 'json', target, phase: 'discovery' }, () => probeJson(run, probe)).then((answer) =>
        take(answer, o, 'json'),
      ),
    )
    if (o.cloud === true || jsonAt !== undefined) return
    const session = run.network.session(origin, { signal: race.group, record: () => undefined })
    sessions.push(session)
    race.start(
      o.ranks.login,
      later(wait, { name: 'capabilities', target, phase: 'discovery' }, () =>
        probeCapabilities(run, { ...probe, session }),
      ).then((answer) => {
        if (answer?.kind === 'needs-login') run.network.keep(session, origin)
        take(answer, o, 'capabilities')
      }),
    )
  }

  /** Asks after a pause; not at all when the search has ended by then. */
  const later = async <T>(wait: number, spec: StepSpec, question: () => Promise<T | null>): Promise<T | null> => {
    if (await race.pause(wait)) return question()
    run.skip(spec, run.signal.aborted ? 'not-reached' : 'not-needed')
    return null
  }

  const askHost = (host: string, o: Omit<Asked, 'origin' | 'trusted' | 'chain'>, wait: number): void => {
    const origin = parseUrl(`https://${host}/`)
    const known = `${host} ${o.address}`
    if (origin === null || visited.has(known)) return
    visited.add(origin.href).add(known)
    const judged = access.trust.judge(origin, { by: o.address, source: null })
    if (judged.kind === 'trusted') ask({ ...o, origin, trusted: judged.trusted, chain: [origin.href] }, wait)
    else if (judged.kind === 'needs-consent') board.hints.push({ url: origin, namedBy: o.address })
  }

  const follow: Questions['follow'] = (hint, o) => {
    const target = httpsUrl(hint.url.href)
    if (target === null) return
    const judged = access.trust.judge(target, { by: hint.namedBy, source: null })
    if (judged.kind === 'needs-consent') board.hints.push({ url: target, namedBy: hint.namedBy })
    if (judged.kind !== 'trusted') return
    if (isCloudHost(access.cloud, hostOf(target))) board.cloudSpeaks = true
    const { jsonAt: _before, ...rest } = o
    const exact = leadsToJson(target)
    const url = exact ? target : originOf(target)
    if (!mayFollow(url, o.chain)) return
    ask({
      ...rest,
      ...(exact ? { jsonAt: target } : {}),
      origin: originOf(target),
      trusted: judged.trusted,
      chain: [...o.chain, url.href],
    })
  }

  const askRedirect = async (domain: string, address: string): Promise<void> => {
    const host = `autodiscover.${domain}`
    const spec = { name: 'redirect', target: host, phase: 'discovery' } as const
    const answer = await later(startsAfter.redirect, spec, () =>
      probeRedirect(run, { host, access, group: race.group, address }),
    )
    if (answer?.kind !== 'redirect-url') return
    follow(
      { url: new URL(answer.to), namedBy: `http://${host}/` },
      { address, source: 'redirect', ranks: { json: rank.redirectJson, login: rank.redirectLogin }, chain: [] },
    )
  }

  const askServices = async (domain: string, address: string): Promise<void> => {
    const name = `_autodiscover._tcp.${domain}`
    const spec = { name: 'srv', phase: 'discovery' } as const
    const targets = await later(startsAfter.services, spec, () =>
      run.step(spec, ({ signal, record }) => findServices({ run, access, name, signal, record }), race.group),
    )
    for (const url of targets ?? []) {
      follow(
        { url, namedBy: name },
        { address, source: 'srv', ranks: { json: rank.serviceJson, login: rank.serviceLogin }, chain: [] },
      )
    }
  }

  return {
    askAddress(text) {
      const parsed = parseMailAddress(text, { domainAlone: false })
      if (parsed === null || addresses.has(parsed.address) || addresses.size > limits.redirects) return false
      const { address, domain } = parsed
      addresses.add(address)
      const own = { address, source: 'json' as const }
      askHost(
        `autodiscover.${domain}`,
        { ...own, ranks: { json: rank.autodiscoverJson, login: rank.autodiscoverLogin } },
        startsAfter.autodiscover,
      )
      askHost(domain, { ...own, ranks: { json: rank.domainJson, login: rank.domainLogin } }, startsAfter.domain)
      askHost(
        access.cloud.ewsHost,
        { address, source: 'cloud', ranks: { json: rank.cloudCorroborated, login: rank.cloudAlone }, cloud: true },
        startsAfter.cloud,
      )
      race.start(rank.redirectJson, askRedirect(domain, address))
      race.start(rank.serviceJson, askServices(domain, address))
      return true
    },
    follow,
    askConnectionPoints(urls, address) {
      urls.slice(0, limits.scpTargets).forEach((url, index) => {
        const order = rank.connectionPoint + index
        const ranks = { json: order, login: order + 0.5 }
        follow({ url, namedBy: 'Active Directory' }, { address, source: 'scp', ranks, chain: [] })
      })
    },
    askConsented(hint, trusted, address) {
      const origin = originOf(hint.url)
      if (!mayFollow(origin, [])) return
      ask({
        origin,
        address,
        source: 'redirect',
        ranks: { json: rank.redirectJson, login: rank.redirectLogin },
        trusted,
        chain: [],
      })
    },
    loop,
    close: () => {
      for (const session of sessions) session.close()
    },
  }
}

function leadsToJson(url: URL): boolean {
  return /\/autodiscover\.json/i.test(url.pathname)
}

/** SRV in the order of RFC 2782. Its targets are only names: whether they may be asked is trust's to say. */
async function findServices(o: {
  run: Run
  access: Access
  name: string
  signal: AbortSignal
  record: Parameters<Parameters<Run['step']>[1]>[0]['record']
}): Promise<StepOutcome<URL[]>> {
  const results: string[] = []
  const found = await o.run.network.names.services(o.name, {
    signal: o.signal,
    record: (observation) => {
      results.push(observation.result)
      o.record(observation)
    },
  })
  const value: URL[] = []
  for (const service of inServiceOrder(found).slice(0, limits.srvTargets)) {
    const url = parseUrl(`${service.port === 80 ? 'http' : 'https'}://${service.target}:${service.port}/`)
    if (url === null) continue
    trustOf({ access: o.access, url, namedBy: o.name, source: null, record: o.record })
    value.push(url)
  }
  if (value[0] !== undefined) return { value, state: 'passed', summary: 'srv-found', facts: { target: value[0].host } }
  const silent = results.some((result) => result !== 'no-such-name' && result !== 'no-records')
  return { value, state: 'no-answer', summary: silent ? 'srv-no-answer' : 'srv-none' }
}
