/**
 * The search for the URL on a network that is nothing but a script: what every host answers is drawn, no socket is opened, and whatever is asked
 * with credentials is checked against rules of its own, written without the product's.
 */
import { openForRequest } from '../../src/core/auth/credentials.ts'
import { createTokenCache } from '../../src/core/auth/tokenCache.ts'
import { secretFrom } from '../../src/core/auth/secret.ts'
import type { Observation, ObservationOf } from '../../src/core/evidence/schema.ts'
import { bodyKind } from '../../src/core/network/body.ts'
import { parseChallenges } from '../../src/core/network/challenges.ts'
import type { SrvRecord } from '../../src/core/network/dns.ts'
import { evidenceHeaders, exchangeMark } from '../../src/core/network/headers.ts'
import type { HttpRequest, HttpResult, Session } from '../../src/core/network/http.ts'
import type { Network, Recorder } from '../../src/core/network/network.ts'
import { createAccess } from '../../src/core/runs/access.ts'
import { discover } from '../../src/core/runs/discovery.ts'
import { createMemory } from '../../src/core/runs/memory.ts'
import type { Run } from '../../src/core/runs/run.ts'
import { checkRequest } from '../../src/core/settings/checks.ts'
import { settingsSchema } from '../../src/core/settings/settings.ts'

export const domain = 'contoso.example'
export const password = 'Canary-Password-1'

export type Reply =
  | { kind: 'answer'; status: number; headers: readonly (readonly [string, string])[]; body: string }
  | { kind: 'failed'; result: 'not-connected' | 'dropped' | 'silent' | 'not-http' | 'too-large' }

/** What the hosts of one case answer: to anonymous questions, to those with a login, and at EWS. */
export type Script = {
  anonymous: readonly Reply[]
  withLogin: readonly Reply[]
  services: readonly SrvRecord[]
  mx: readonly string[]
  alias: readonly string[]
  /** Whether names resolve at all, question by question. */
  resolves: readonly boolean[]
  consent: boolean
  trustedHosts: readonly string[]
}

export type Searched = { problems: string[]; requests: number; located: string | null }

/** Microsoft's hosts of the global cloud: a token may go there, a password never. */
const cloudHosts =
  /^(outlook\.office365\.com|outlook\.office\.com|outlook\.com|autodiscover(-s)?\.outlook\.com|login\.microsoftonline\.com)$/

export async function search(script: Script): Promise<Searched> {
  const problems: string[] = []
  const consented = new Set(script.trustedHosts)
  const vouched = new Set<string>()
  let requests = 0
  let refused = 0
  let turn = 0
  const draw = <T>(from: readonly T[], otherwise: T): T =>
    from.length === 0 ? otherwise : (from[turn++ % from.length] ?? otherwise)

  const inMailDomain = (host: string): boolean => host === domain || host.endsWith(`.${domain}`)
  const checkCredentials = (request: HttpRequest): void => {
    if (request.credentials === undefined) return
    const host = request.url.hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '')
    // The check at the socket; it throws for what must not go out.
    openForRequest(request.url, request.credentials)
    if (request.url.protocol !== 'https:') problems.push(`credentials over ${request.url.protocol}`)
    if (cloudHosts.test(host)) problems.push(`a password to ${host}`)
    else if (!inMailDomain(host) && !consented.has(host) && !vouched.has(host)) problems.push(`credentials to ${host}`)
    if (refused > 0) problems.push('credentials after a refusal')
  }
  const ask = async (
    request: HttpRequest,
    { signal, record }: { signal: AbortSignal; record: Recorder },
  ): Promise<HttpResult> => {
    requests++
    checkCredentials(request)
    const reply = draw<Reply>(request.credentials === undefined ? script.anonymous : script.withLogin, {
      kind: 'failed',
      result: 'dropped',
    })
    if (reply.kind === 'failed' && reply.result === 'silent')
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, 20)
        signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true })
      })
    else await Promise.resolve()
    const result = resultOf(request, signal.aborted ? null : reply)
    if (request.credentials?.kind === 'basic' && result.kind === 'answer' && result.status === 401) refused++
    record(result.observation)
    return result
  }
  const openAt = (signal: AbortSignal, record: Recorder): Session => {
    let at = { signal, record }
    return {
      connect: () => Promise.resolve(draw(script.resolves, true)),
      request: (request, other) => ask(request, other ?? at),
      isOpen: () => false,
      handOver: (other) => void (at = other),
      certificate: () => null,
      connections: () => 1,
      close: () => undefined,
    }
  }
  const dns = (name: string, type: ObservationOf<'dns'>['type'], records: readonly string[]): ObservationOf<'dns'> => ({
    kind: 'dns',
    name,
    type,
    result: records.length === 0 ? 'no-records' : 'records',
    records: [...records],
    resolver: null,
    code: null,
    ms: 0,
  })
  const network: Network = {
    names: {
      addresses: async (host, { record }) => {
        const found = draw(script.resolves, true) ? ['192.0.2.1'] : []
        record(dns(host, 'A', found))
        return found.map((address) => ({ address, family: 4 }))
      },
      reached: () => undefined,
      texts: async (name, type, { record }) => {
        const found = type === 'MX' ? script.mx : script.alias
        record(dns(name, type, found))
        return found.map((entry) => (type === 'MX' ? `10 ${entry}` : entry))
      },
      services: async (name, { record }) => {
        record(
          dns(
            name,
            'SRV',
            script.services.map((entry) => entry.target),
          ),
        )
        return [...script.services]
      },
    },
    request: ask,
    directory: () => Promise.resolve({ kind: 'failed', why: 'not-connected', code: null }),
    session: (_origin, { signal, record }) => openAt(signal, record),
    userAgent: 'ews-setup/0.0.0',
    otherWay: () => null,
    keep: () => undefined,
    prepare: () => undefined,
  }

  const request = {
    settings: settingsSchema.parse({ email: `anna@${domain}`, network: { trustedHosts: [...script.trustedHosts] } }),
    secrets: { password: secretFrom(password) },
  }
  const stop = new AbortController()
  const seen: Observation[] = []
  const run: Run = {
    request,
    checked: checkRequest(request, 'locate'),
    network,
    memory: createMemory(),
    tokens: createTokenCache(),
    machineDomain: () => Promise.resolve(null),
    releaseBudget: () => undefined,
    signal: stop.signal,
    async step(_spec, work, group) {
      const signal = group === undefined ? stop.signal : AbortSignal.any([stop.signal, group])
      try {
        const record: Recorder = (observation) => {
          seen.push(observation)
          // Only these may name a host that gets credentials without consent.
          if (observation.kind === 'trust' && observation.basis === 'autodiscover') {
            const by = /^(?:https?:\/\/)?([^/:]+)/.exec(observation.namedBy)?.[1] ?? ''
            if (inMailDomain(by.replace(/\.$/, '')) || cloudHosts.test(by)) vouched.add(observation.host)
            else problems.push(`${observation.host} vouched for by ${by}`)
          }
        }
        return (await work({ signal, record })).value
      } catch (error) {
        problems.push(`crash: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
        return null
      }
    },
    skip: () => undefined,
    plan: () => undefined,
    ask: (question) => {
      if (consented.has(question.host)) problems.push(`asked again about ${question.host}`)
      if (script.consent) consented.add(question.host)
      return Promise.resolve(script.consent)
    },
    observations: () => seen,
  }

  const hanging = setTimeout(() => {
    problems.push('hangs')
    stop.abort()
  }, 60_000)
  const located = await discover(run, createAccess(run))
  clearTimeout(hanging)
  if (requests > 150) problems.push(`${requests} requests`)
  if (located !== null && located.ewsUrl.protocol !== 'https:') problems.push(`told ${located.ewsUrl.href}`)
  if (JSON.stringify(seen).includes(password)) problems.push('the password is in the evidence')
  return { problems, requests, located: located?.ewsUrl.href ?? null }
}

/** The result that the network makes of such a reply; null: cancelled. */
export function resultOf(request: HttpRequest, reply: Reply | null): HttpResult {
  const observation: ObservationOf<'http'> = {
    kind: 'http',
    method: request.method,
    url: request.url.href,
    credentials: request.credentials?.kind ?? 'none',
    result: reply === null ? 'cancelled' : reply.kind === 'failed' ? reply.result : 'answer',
    code: null,
    status: null,
    headers: {},
    challenges: [],
    exchange: 'none',
    body: { kind: 'none', bytes: 0, head: null, unsafe: null },
    clockSkewMs: null,
    ms: 1,
  }
  if (reply === null || reply.kind === 'failed') return { kind: 'failed', observation }
  const headers = new Map<string, string[]>()
  for (const [name, value] of reply.headers)
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value])
  observation.status = reply.status
  observation.headers = evidenceHeaders(headers)
  observation.challenges = parseChallenges(headers.get('www-authenticate') ?? [])
  observation.exchange = exchangeMark(headers)
  observation.body = {
    kind: bodyKind(reply.body, headers.get('content-type')?.[0] ?? ''),
    bytes: reply.body.length,
    head: null,
    unsafe: null,
  }
  return { kind: 'answer', status: reply.status, headers, text: reply.body, observation }
}
