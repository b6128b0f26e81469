/** A small typed builder of evidence: a run with sensible values, and observations with everything that a test does not care about. */
import type { Evidence, Input, Observation, ObservationOf, Step } from '../../../src/core/evidence/schema.ts'
import type { Finding } from '../../../src/core/findings/finding.ts'
import { judge } from '../../../src/core/findings/judge.ts'

export const ews = 'https://mail.contoso.com/EWS/Exchange.asmx'
export const online = 'https://outlook.office365.com/EWS/Exchange.asmx'
export const tenant = '11111111-2222-3333-4444-555555555555'
export const clientId = '66666666-7777-8888-9999-000000000000'

type Part<K extends Observation['kind']> = Partial<ObservationOf<K>>

export const dns = (name: string, part: Part<'dns'> = {}): Observation => ({
  kind: 'dns',
  name,
  type: 'address',
  result: 'records',
  records: part.result === undefined || part.result === 'records' ? ['203.0.113.5'] : [],
  resolver: null,
  code: null,
  ms: 3,
  ...part,
})

export const connection = (host: string, part: Part<'connection'> = {}): Observation => ({
  kind: 'connection',
  host,
  port: 443,
  via: 'direct',
  address: '203.0.113.5',
  family: 4,
  result: 'open',
  code: null,
  ms: 5,
  ...part,
})

export const certificate = {
  subject: 'CN=other.example',
  issuer: 'CN=Contoso CA',
  names: ['other.example', 'www.other.example'],
  validFrom: '2026-01-01T00:00:00Z',
  validTo: '2026-10-01T00:00:00Z',
  sha256: 'AA:BB',
}

export const tls = (host: string, part: Part<'tls'> = {}): Observation => ({
  kind: 'tls',
  host,
  port: 443,
  result: 'trusted',
  code: null,
  protocol: null,
  cipher: null,
  chain: [certificate],
  ms: 9,
  ...part,
})

export const http = (url: string, part: Part<'http'> = {}): Observation => ({
  kind: 'http',
  method: 'POST',
  url,
  credentials: 'none',
  result: 'answer',
  code: null,
  status: 200,
  headers: {},
  challenges: [],
  exchange: 'shown',
  body: { kind: 'none', bytes: 0, head: null, unsafe: null },
  clockSkewMs: 0,
  ms: 20,
  ...part,
})

export const challenge = (
  scheme: string,
  parameters: Record<string, string> = {},
): ObservationOf<'http'>['challenges'][number] => ({ scheme, parameters, token: false })

export const autodiscover = (host: string, part: Part<'autodiscover'> = {}): Observation => ({
  kind: 'autodiscover',
  source: 'json',
  host,
  url: `https://${host}/autodiscover/autodiscover.json`,
  address: 'anna@contoso.com',
  result: 'not-autodiscover',
  ewsUrl: null,
  node: null,
  redirect: null,
  errorCode: null,
  errorLevel: null,
  message: null,
  ...part,
})

export const trust = (host: string, part: Part<'trust'> = {}): Observation => ({
  kind: 'trust',
  host,
  namedBy: '_autodiscover._tcp.contoso.com',
  decision: 'no-consent',
  basis: null,
  ...part,
})

export const token = (part: Part<'token'> = {}): Observation => ({
  kind: 'token',
  authorityHost: 'login.microsoftonline.com',
  tenant,
  clientId,
  scope: 'https://outlook.office365.com/.default',
  result: 'refused',
  status: 401,
  error: 'invalid_client',
  errorCodes: [],
  subError: null,
  description: 'AADSTS…',
  correlationId: 'c0ffee00-0000-0000-0000-000000000000',
  traceId: null,
  timestamp: '2026-11-23 10:00:00Z',
  claims: null,
  ...part,
})

export const claims = (
  part: Partial<NonNullable<ObservationOf<'token'>['claims']>> = {},
): NonNullable<ObservationOf<'token'>['claims']> => ({
  aud: 'https://outlook.office365.com',
  iss: `https://sts.windows.net/${tenant}/`,
  tid: tenant,
  appid: clientId,
  roles: ['full_access_as_app'],
  scp: null,
  idtyp: 'app',
  nbf: Date.parse('2026-11-23T09:59:00Z') / 1000,
  exp: Date.parse('2026-11-23T11:04:00Z') / 1000,
  ...part,
})

export const issued = (part: Parameters<typeof claims>[0] = {}): Observation =>
  token({ result: 'issued', status: 200, error: null, claims: claims(part) })

export const login = (url: string, part: Part<'login'> = {}): Observation => ({
  kind: 'login',
  url,
  scheme: 'ntlm',
  result: 'refused',
  reason: null,
  offered: ['negotiate', 'ntlm'],
  handshake: part.scheme === 'basic' || part.scheme === 'oauth' ? null : 'complete',
  exchange: 'shown',
  status: 401,
  diagnostics: null,
  ...part,
})

export const soap = (url: string, part: Part<'soap'> = {}): Observation => ({
  kind: 'soap',
  url,
  operation: 'GetFolder',
  version: 'Exchange2013_SP1',
  scheme: 'ntlm',
  impersonated: false,
  result: 'success',
  status: 200,
  responseCode: null,
  message: null,
  server: null,
  backOffMs: null,
  value: null,
  ...part,
})

export const endpoint = (url: string, part: Part<'endpoint'> = {}): Observation => ({
  kind: 'endpoint',
  url,
  result: 'wants-login',
  status: 401,
  offered: ['negotiate', 'ntlm'],
  exchange: 'shown',
  location: null,
  ...part,
})

export const path = (host: string, part: Part<'path'> = {}): Observation => ({
  kind: 'path',
  host,
  port: 443,
  inForce: 'direct',
  tried: 'proxy',
  proxyFrom: 'environment',
  proxy: 'proxy.contoso.com:8080',
  result: 'open',
  code: null,
  ms: 30,
  ...part,
})

/** A step by its id, `name` or `name:target`. */
export function step(id: string, observations: Observation[] = [], part: Partial<Step> = {}): Step {
  const [name = '', ...rest] = id.split(':')
  return {
    id,
    name,
    target: rest.length === 0 ? null : rest.join(':'),
    phase: 'discovery',
    state: 'failed',
    startedMs: 0,
    ms: 10,
    summary: { text: 'http-status', facts: { status: 0 } },
    observations,
    ...part,
  }
}

export type EvidencePart = Partial<Omit<Evidence, 'input' | 'steps'>> & { input?: Partial<Input>; steps?: Step[] }

/** A `test` of an own server at {@link ews} that failed; `part` says what is different. */
export function evidenceOf(part: EvidencePart = {}): Evidence {
  const { input, steps, ...rest } = part
  const url = part.command === 'locate' ? null : ews
  return {
    schema: 2,
    product: { name: 'ews-setup', version: '0.1.0' },
    platform: { system: 'linux', node: 'v20' },
    command: 'test',
    startedAt: '2026-11-23T10:00:00.000Z',
    ms: 1_500,
    input: {
      email: 'anna@contoso.com',
      domain: 'contoso.com',
      registrableDomain: 'contoso.com',
      userName: '',
      tenantId: '',
      clientId: '',
      cloud: 'global',
      auth: 'auto',
      passwordFallback: true,
      ewsVersion: 'auto',
      ewsUrl: url ?? '',
      ewsUrlOrigin: 'typed',
      hasPassword: true,
      hasClientSecret: false,
      clientSecretLooksLikeId: false,
      credentialsNonAscii: false,
      trustedHosts: [],
      proxy: false,
      remarks: [],
      ...input,
    },
    steps: steps ?? [],
    outcome: 'fails',
    ewsUrl: url,
    source: null,
    auth: null,
    ewsVersion: null,
    server: null,
    ...rest,
  }
}

/** A failed `locate` of contoso.com with these steps. */
export const locateOf = (steps: Step[], part: EvidencePart = {}): Evidence =>
  evidenceOf({ command: 'locate', steps, ...part })

/** A failed `test` at Exchange Online with OAuth configured. */
export const onlineOf = (steps: Step[], part: EvidencePart = {}): Evidence =>
  evidenceOf({
    steps,
    ewsUrl: online,
    ...part,
    input: { ewsUrl: online, tenantId: tenant, clientId, hasClientSecret: true, hasPassword: false, ...part.input },
  })

/** The answer of EWS to a token, as a step. */
export const bearerStep = (url: string, status: number, part: Part<'http'> = {}): Step =>
  step('login:oauth', [
    http(url, { credentials: 'bearer', status, ...part }),
    login(url, {
      scheme: 'oauth',
      result: status === 401 ? 'refused' : 'accepted',
      status,
      offered: ['bearer'],
      exchange: part.exchange ?? 'shown',
    }),
    soap(url, { scheme: 'oauth', impersonated: true, result: 'http-error', status }),
  ])

export const idsOf = (evidence: Evidence): string[] => judge(evidence).map((one) => one.id)

export function findingOf(evidence: Evidence, id: string): Finding | undefined {
  return judge(evidence).find((one) => one.id === id)
}
