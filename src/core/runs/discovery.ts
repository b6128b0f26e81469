/**
 * The search for the EWS URL. All anonymous questions go out at once; trust and rank decide, not speed alone: a better source gets
 * a short grace. Only then does one trusted host at a time get credentials, and only when its answer shows Exchange. Hosts outside
 * the mail domain are hints: they are asked about last, and get nothing without consent.
 */
import { askConsent, failureSummary, originOf, trustOf, type Access } from './access.ts'
import { endpointSummary } from './endpointSummary.ts'
import { probeCapabilities, probeJson, probeRedirect, probeWithLogin } from './probes.ts'
import type { Run, StepSpec } from './run.ts'
import type { Login } from '../auth/login.ts'
import type { TrustedHost } from '../auth/trust.ts'
import type { AutodiscoverAnswer } from '../autodiscover/answer.ts'
import { rank } from '../autodiscover/sources.ts'
import { inServiceOrder } from '../network/dns.ts'
import { askEndpoint, type EndpointAnswer } from '../ews/endpoint.ts'
import { limits } from '../limits.ts'
import { hostOf, httpsUrl, parseUrl, shownUrl } from '../network/url.ts'
import { isCloudHost } from '../settings/clouds.ts'
import { parseMailAddress } from '../settings/mailDomain.ts'
import type { DiscoverySource } from '../settings/settings.ts'
import { askTenant } from './tenant.ts'

export type Located = { ewsUrl: URL; source: DiscoverySource; trusted: TrustedHost; endpoint: EndpointAnswer }

type Named = { url: URL; namedBy: string }
type Candidate =
  | {
      kind: 'url'
      rank: number
      cloud: boolean
      source: DiscoverySource
      ewsUrl: string
      namedBy: string
      by: TrustedHost | null
    }
  | {
      kind: 'login'
      rank: number
      source: DiscoverySource
      origin: URL
      trusted: TrustedHost
      offered: readonly string[]
      address: string
    }

/** Steps known before anything was asked. */
export function discoveryPlan(run: Run, access: Access): StepSpec[] {
  const domain = run.checked.mail?.domain ?? ''
  return [
    { name: 'names', target: null, phase: 'names' },
    { name: 'json', target: `autodiscover.${domain}`, phase: 'discovery' },
    { name: 'capabilities', target: `autodiscover.${domain}`, phase: 'discovery' },
    { name: 'json', target: domain, phase: 'discovery' },
    { name: 'capabilities', target: domain, phase: 'discovery' },
    { name: 'redirect', target: `autodiscover.${domain}`, phase: 'discovery' },
    { name: 'srv', target: null, phase: 'discovery' },
    { name: 'json', target: access.cloud.ewsHost, phase: 'discovery' },
    { name: 'tenant', target: null, phase: 'discovery' },
  ]
}

export async function discover(run: Run, access: Access): Promise<Located | null> {
  const { mail } = run.checked
  if (mail === null) throw new Error('discovery needs a mail address')
  const unneeded = new AbortController()
  const group = unneeded.signal
  const candidates: Candidate[] = []
  const hints: Named[] = []
  const pending = new Map<Promise<unknown>, number>()
  const visited = new Set<string>()
  const addresses = new Set<string>()
  const answeredMs: number[] = []
  const began = performance.now()
  let hops = 0
  let cloudSpeaks = access.oauth
  let tenantKnown = false
  let wake: () => void = () => undefined
  let loginsOver = false

  const start = (order: number, work: Promise<unknown>): void => {
    const settled = work.finally(() => {
      pending.delete(settled)
      answeredMs.push(performance.now() - began)
      wake()
    })
    pending.set(settled, order)
  }

  /** True when this URL may be followed. One that another source was asked at already is no loop and not asked twice. */
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
    void run.step({ name: 'json', target: url.host, phase: 'discovery' }, async ({ record }) => {
      record({
        kind: 'autodiscover',
        source: 'redirect',
        host: hostOf(url),
        url: shownUrl(url),
        address: mail.address,
        result: 'loop',
        ewsUrl: null,
        node: null,
        redirect: null,
        errorCode: null,
        errorLevel: null,
        message: null,
      })
      return { value: null, state: 'warning', summary: 'autodiscover-loop' }
    })
  }

  type Asked = {
    origin: URL
    address: string
    source: DiscoverySource
    json: number
    login: number
    trusted: TrustedHost
    cloud?: boolean
    /** The exact URL that a v2 answer redirected to; otherwise the usual one of the origin. */
    jsonAt?: URL
    /** What led here. */
    chain: readonly string[]
  }

  const handle = (answer: AutodiscoverAnswer | null, o: Asked, kind: 'json' | 'capabilities'): void => {
    if (answer === null) return
    switch (answer.kind) {
      case 'url':
        candidates.push({
          kind: 'url',
          rank: o.json,
          cloud: o.cloud === true,
          source: o.source,
          ewsUrl: answer.ewsUrl,
          namedBy: o.origin.host,
          by: o.trusted,
        })
        break
      case 'needs-login':
        if (kind === 'capabilities')
          candidates.push({
            kind: 'login',
            rank: o.login,
            source: o.source,
            origin: o.origin,
            trusted: o.trusted,
            offered: answer.offered,
            address: o.address,
          })
        break
      case 'redirect-url':
        follow({ url: new URL(answer.to), namedBy: shownUrl(o.origin) }, o)
        break
      default:
        break
    }
  }

  /** A redirect or SRV target: asked when it is trusted, kept as a hint when it needs consent. */
  const follow = (named: Named, o: Omit<Asked, 'origin' | 'trusted'>): void => {
    const target = httpsUrl(named.url.href)
    if (target === null) return
    const judged = access.trust.judge(target, { by: named.namedBy, source: null })
    if (judged.kind === 'needs-consent') hints.push({ url: target, namedBy: named.namedBy })
    if (judged.kind !== 'trusted') return
    if (isCloudHost(access.cloud, hostOf(target))) cloudSpeaks = true
    const { jsonAt: _before, ...rest } = o
    const exact = /\/autodiscover\.json/i.test(target.pathname)
    const url = exact ? target : originOf(target)
    if (mayFollow(url, o.chain))
      ask({
        ...rest,
        ...(exact ? { jsonAt: target } : {}),
        origin: originOf(target),
        trusted: judged.trusted,
        chain: [...o.chain, url.href],
      })
  }

  const ask = (o: Asked): void => {
    const probe = {
      origin: o.origin,
      address: o.address,
      source: o.source,
      group,
      ...(o.jsonAt === undefined ? {} : { jsonAt: o.jsonAt }),
    }
    start(
      o.json,
      probeJson(run, probe).then((answer) => handle(answer, o, 'json')),
    )
    if (o.cloud !== true && o.jsonAt === undefined)
      start(
        o.login,
        probeCapabilities(run, probe).then((answer) => handle(answer, o, 'capabilities')),
      )
  }

  const askHost = (host: string, o: Omit<Asked, 'origin' | 'trusted' | 'chain'>): void => {
    const origin = parseUrl(`https://${host}/`)
    const known = `${host} ${o.address}`
    if (origin === null || visited.has(known)) return
    const judged = access.trust.judge(origin, { by: o.address, source: null })
    visited.add(origin.href).add(known)
    if (judged.kind === 'trusted') ask({ ...o, origin, trusted: judged.trusted, chain: [origin.href] })
    else if (judged.kind === 'needs-consent') hints.push({ url: origin, namedBy: o.address })
  }

  /** All anonymous questions for an address: the one typed, or one that a trusted server redirected to. */
  const askAddress = (address: string): void => {
    const parsed = parseMailAddress(address, { domainAlone: false })
    if (parsed === null || addresses.has(parsed.address)) return
    addresses.add(parsed.address)
    const { domain } = parsed
    askHost(`autodiscover.${domain}`, {
      address,
      source: 'json',
      json: rank.autodiscoverJson,
      login: rank.autodiscoverLogin,
    })
    askHost(domain, { address, source: 'json', json: rank.domainJson, login: rank.domainLogin })
    askHost(access.cloud.ewsHost, {
      address,
      source: 'cloud',
      json: rank.cloudCorroborated,
      login: rank.cloudAlone,
      cloud: true,
    })
    start(
      rank.redirectJson,
      probeRedirect(run, { host: `autodiscover.${domain}`, access, group, address }).then((answer) => {
        if (answer?.kind === 'redirect-url')
          follow(
            { url: new URL(answer.to), namedBy: `http://autodiscover.${domain}/` },
            { address, source: 'redirect', json: rank.redirectJson, login: rank.redirectLogin, chain: [] },
          )
      }),
    )
    start(rank.serviceJson, askServices(domain, address))
  }

  const askServices = async (domain: string, address: string): Promise<void> => {
    const name = `_autodiscover._tcp.${domain}`
    const targets = await run.step(
      { name: 'srv', phase: 'discovery' },
      async ({ signal, record }) => {
        const seen: string[] = []
        const found = await run.network.names.services(name, {
          signal,
          record: (observation) => {
            seen.push(observation.result)
            record(observation)
          },
        })
        const ordered = inServiceOrder(found).slice(0, limits.srvTargets)
        const value: URL[] = []
        for (const service of ordered) {
          const url = parseUrl(`${service.port === 80 ? 'http' : 'https'}://${service.target}:${service.port}/`)
          if (url === null) continue
          trustOf({ access, url, namedBy: name, source: null, record })
          value.push(url)
        }
        if (value[0] !== undefined)
          return { value, state: 'passed' as const, summary: 'srv-found' as const, facts: { target: value[0].host } }
        const silent = seen.some((result) => result !== 'no-such-name' && result !== 'no-records')
        return {
          value,
          state: 'no-answer' as const,
          summary: silent ? ('srv-no-answer' as const) : ('srv-none' as const),
        }
      },
      group,
    )
    for (const url of targets ?? [])
      follow(
        { url, namedBy: name },
        { address, source: 'srv', json: rank.serviceJson, login: rank.serviceLogin, chain: [] },
      )
  }

  const rankOf = (candidate: Candidate): number =>
    candidate.kind === 'url' && candidate.cloud && !cloudSpeaks ? rank.cloudAlone : candidate.rank

  /** How long a candidate waits for better ones that are still under way, in ms since the search began. */
  const graceOf = (candidate: Candidate): number => {
    if (rankOf(candidate) === rank.cloudAlone)
      return tenantKnown ? limits.graceUncorroboratedMs : Number.POSITIVE_INFINITY
    const shown = Math.max(0, ...answeredMs)
    return shown + Math.min(limits.graceLongestMs, Math.max(limits.graceShortestMs, shown))
  }

  const accept = async (candidate: Extract<Candidate, { kind: 'url' }>): Promise<Located | null> => {
    const url = parseUrl(candidate.ewsUrl)
    if (url === null) return null
    const spec: StepSpec = { name: 'verify', target: url.host, phase: 'discovery' }
    let trusted: TrustedHost | null = null
    const judged = access.trust.judge(url, { by: candidate.namedBy, source: candidate.by })
    if (judged.kind === 'needs-consent') {
      trusted = await askConsent(run, access, { url, namedBy: candidate.namedBy })
      if (trusted === null) return null
    }
    return run.step(spec, async ({ signal, record }) => {
      trusted ??= trustOf({ access, url, namedBy: candidate.namedBy, source: candidate.by, record })
      if (trusted === null)
        return { value: null, state: 'warning', summary: 'redirect-insecure', facts: { to: shownUrl(url) } }
      const seen: Parameters<typeof record>[0][] = []
      const endpoint = await askEndpoint({
        url,
        typed: false,
        network: run.network,
        signal,
        record: (observation) => {
          seen.push(observation)
          record(observation)
        },
      })
      const good = endpoint.observation.result === 'wants-login' || endpoint.observation.result === 'open'
      const words =
        endpoint.observation.result === 'no-answer'
          ? failureSummary(seen, hostOf(url), endpoint.http.observation)
          : endpointSummary(endpoint.observation)
      return {
        value: good ? { ewsUrl: url, source: candidate.source, trusted, endpoint } : null,
        state: good ? 'passed' : 'failed',
        ...words,
      }
    })
  }

  /** SOAP, then POX, at one trusted host that shows Exchange. */
  const logIn = async (candidate: Extract<Candidate, { kind: 'login' }>): Promise<void> => {
    const open = await openLogin(access, candidate)
    if (open === null) return
    for (const protocol of ['soap', 'pox'] as const) {
      if (run.signal.aborted) return
      const reply = await probeWithLogin(run, protocol, {
        origin: candidate.origin,
        address: candidate.address,
        login: open,
        access,
        offered: candidate.offered,
      })
      if (reply === null) continue
      if (reply.refused) {
        loginsOver = true
        return
      }
      const { answer } = reply
      if (answer.kind === 'url') {
        candidates.push({
          kind: 'url',
          rank: candidate.rank,
          cloud: false,
          source: protocol,
          ewsUrl: answer.ewsUrl,
          namedBy: candidate.origin.host,
          by: candidate.trusted,
        })
        return
      }
      if (answer.kind === 'redirect-address') {
        const next = parseMailAddress(answer.to, { domainAlone: false })
        if (next === null || addresses.has(next.address) || hops++ >= limits.redirects) loop(candidate.origin)
        else {
          cloudSpeaks = true
          askAddress(next.address)
        }
        return
      }
      if (answer.kind === 'redirect-url') {
        follow(
          { url: new URL(answer.to, candidate.origin), namedBy: candidate.origin.host },
          {
            address: candidate.address,
            source: protocol,
            json: candidate.rank,
            login: candidate.rank,
            chain: [candidate.origin.href],
          },
        )
        return
      }
      // The address is unknown here, or the server is set up wrongly: the other protocol would only say the same.
      if (answer.kind === 'error' && answer.level === 'user') return
    }
  }

  const search = async (): Promise<Located | null> => {
    for (;;) {
      if (run.signal.aborted) return null
      const usable = candidates
        .filter((candidate) => candidate.kind === 'url' || !loginsOver)
        .toSorted((a, b) => rankOf(a) - rankOf(b))
      const best = usable[0]
      if (best === undefined && pending.size === 0) return null
      const better =
        best === undefined ? pending.size : [...pending.values()].filter((order) => order < rankOf(best)).length
      const wait = best === undefined ? Number.POSITIVE_INFINITY : graceOf(best) - (performance.now() - began)
      if (
        best !== undefined &&
        (better === 0 || wait <= 0) &&
        (rankOf(best) !== rank.cloudAlone || tenantKnown || pending.size === 0)
      ) {
        candidates.splice(candidates.indexOf(best), 1)
        if (best.kind === 'login') {
          await logIn(best)
          continue
        }
        const located = await accept(best)
        if (located !== null) return located
        continue
      }
      await changed(wait)
    }
  }

  const changed = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = Number.isFinite(ms) ? setTimeout(resolve, Math.max(1, ms)) : undefined
      const done = (): void => {
        clearTimeout(timer)
        run.signal.removeEventListener('abort', done)
        resolve()
      }
      wake = done
      run.signal.addEventListener('abort', done, { once: true })
    })

  start(
    100,
    lookAtNames(run, access, mail.domain, group).then((speaks) => {
      if (speaks) cloudSpeaks = true
    }),
  )
  start(
    100,
    askTenant(run, access, mail.domain, group).then((found) => {
      tenantKnown = found !== null
    }),
  )
  askAddress(mail.address)
  try {
    const located = await search()
    if (located !== null) return located
    for (const hint of hints.splice(0)) {
      if (run.signal.aborted) return null
      const trusted = await askConsent(run, access, hint)
      if (trusted === null) continue
      if (mayFollow(originOf(hint.url), [])) {
        ask({
          origin: originOf(hint.url),
          address: mail.address,
          source: 'redirect',
          json: rank.redirectJson,
          login: rank.redirectLogin,
          trusted,
          chain: [],
        })
      }
      const consented = await search()
      if (consented !== null) return consented
    }
    return null
  } finally {
    unneeded.abort()
    await Promise.allSettled(pending.keys())
  }
}

/** A login for Autodiscover: Bearer at the cloud's own hosts, else user name and password by the strongest scheme offered. */
async function openLogin(
  access: Access,
  o: { origin: URL; trusted: TrustedHost; offered: readonly string[] },
): Promise<((record: Parameters<Access['openBearer']>[0]['record'], signal: AbortSignal) => Login) | null> {
  if (access.oauth && isCloudHost(access.cloud, hostOf(o.origin))) {
    const token = await access.token()
    return token?.kind === 'issued'
      ? (record, signal) =>
          access.openBearer({ token: token.token, origin: o.origin, trusted: o.trusted, record, signal })
      : null
  }
  const { password } = access
  const scheme = access.passwordSchemes(o.offered)[0]
  if (
    password === null ||
    scheme === undefined ||
    isCloudHost(access.cloud, hostOf(o.origin)) ||
    !access.budget.mayTry(access.account)
  )
    return null
  return (record, signal) =>
    access.openPassword({ scheme, origin: o.origin, trusted: o.trusted, password, record, signal })
}

/** DNS of the mail domain. True when it speaks for the chosen cloud: MX of its mail protection, or the CNAME of its Autodiscover. */
async function lookAtNames(run: Run, access: Access, domain: string, group: AbortSignal): Promise<boolean> {
  const speaks = await run.step(
    { name: 'names', phase: 'names' },
    async ({ signal, record }) => {
      const results: string[] = []
      const options = {
        signal,
        record: (observation: Parameters<typeof record>[0]) => {
          if (observation.kind === 'dns') results.push(observation.result)
          record(observation)
        },
      }
      const [mx, alias, own] = await Promise.all([
        run.network.names.texts(domain, 'MX', options),
        run.network.names.texts(`autodiscover.${domain}`, 'CNAME', options),
        run.network.names.addresses(domain, options),
      ])
      const mailHosts = mx.map((entry) => entry.split(' ').at(-1)?.toLowerCase().replace(/\.$/, '') ?? '')
      const aliasHost = alias[0]?.toLowerCase().replace(/\.$/, '') ?? null
      const value =
        mailHosts.some((host) =>
          access.cloud.mxSuffixes.some((suffix) => host.endsWith(`.${suffix}`) || host === suffix),
        ) ||
        (aliasHost !== null && isCloudHost(access.cloud, aliasHost))
      const hosts = [
        ...mailHosts.slice(0, 2).map((host) => `MX ${host}`),
        ...(aliasHost === null ? [] : [`CNAME ${aliasHost}`]),
        ...(own.length === 0 ? [] : [domain]),
      ].join(', ')
      if (hosts !== '')
        return { value, state: 'passed' as const, summary: 'names-found' as const, facts: { domain, hosts } }
      const silent = results.some((result) => !['no-such-name', 'no-records', 'records'].includes(result))
      return {
        value,
        state: 'warning' as const,
        summary: silent ? ('names-no-answer' as const) : ('names-not-found' as const),
        facts: { domain },
      }
    },
    group,
  )
  return speaks === true
}
