/** Made-up runs of a company called Contoso, in the shape that a connector yields them. */
import type {
  ConsentQuestion,
  Finding,
  Observation,
  Phase,
  RunEvent,
  RunResult,
  Step,
  StepState,
} from '../../../src/contract/contract.ts'

type Made = {
  id: string
  phase: Phase
  state: StepState
  ms: number
  text: string
  facts?: Step['summary']['facts']
  seen?: Observation[]
}

export const ewsUrl = 'https://mail.contoso.com/EWS/Exchange.asmx'
const onlineUrl = 'https://outlook.office365.com/EWS/Exchange.asmx'
const certificate = {
  subject: 'CN=exchange.hoster.example',
  issuer: 'CN=Example Public CA R3, O=Example Trust, C=DE',
  names: ['exchange.hoster.example'],
  validFrom: '2026-03-01T00:00:00.000Z',
  validTo: '2027-03-01T00:00:00.000Z',
  sha256: '5F:1A:9C:40:7B:E2:11:0D:83:C6:5E:F4:29:B7:AA:01:D8:36:92:4E:6B:70:CF:15:88:3D:E9:54:0A:B1:27:9F',
}

export const question: ConsentQuestion = {
  id: 'q1',
  mailDomain: 'contoso.com',
  host: 'exchange.hoster.example',
  namedBy: 'http://autodiscover.contoso.com/autodiscover/autodiscover.xml',
  certificate,
}

const refusedLogin: Observation[] = [
  {
    kind: 'http',
    method: 'POST',
    url: ewsUrl,
    credentials: 'ntlm',
    result: 'answer',
    code: null,
    status: 401,
    headers: {
      'request-id': '7d9f0f52-7c1c-4c5e-9c56-0f4f7ed5b1aa',
      'x-feserver': 'EX01',
      'www-authenticate': 'Negotiate, NTLM',
    },
    challenges: [
      { scheme: 'negotiate', parameters: {}, token: false },
      { scheme: 'ntlm', parameters: {}, token: false },
    ],
    exchange: 'shown',
    body: { kind: 'none', bytes: 0, head: null, unsafe: null },
    clockSkewMs: 212.4,
    ms: 41.3,
  },
  {
    kind: 'login',
    url: ewsUrl,
    scheme: 'ntlm',
    result: 'refused',
    reason: null,
    offered: ['negotiate', 'ntlm'],
    handshake: 'complete',
    exchange: 'shown',
    status: 401,
    diagnostics: null,
  },
]

const found: Observation[] = [
  {
    kind: 'autodiscover',
    source: 'json',
    host: 'autodiscover.contoso.com',
    url: 'https://autodiscover.contoso.com/autodiscover/autodiscover.json',
    address: 'anna@contoso.com',
    result: 'url',
    ewsUrl,
    node: 'Url',
    redirect: null,
    errorCode: null,
    errorLevel: null,
    message: null,
  },
]

const lookups: Made[] = [
  { id: 'input', phase: 'input', state: 'passed', ms: 1, text: 'input-accepted' },
  {
    id: 'names',
    phase: 'names',
    state: 'passed',
    ms: 23,
    text: 'names-found',
    facts: { domain: 'contoso.com', hosts: 'MX mail.contoso.com; autodiscover.contoso.com' },
    seen: [
      {
        kind: 'dns',
        name: 'contoso.com',
        type: 'MX',
        result: 'records',
        records: ['10 mail.contoso.com'],
        resolver: null,
        code: null,
        ms: 12.2,
      },
    ],
  },
  {
    id: 'json:autodiscover.contoso.com',
    phase: 'discovery',
    state: 'passed',
    ms: 84,
    text: 'autodiscover-url',
    facts: { ewsUrl },
    seen: found,
  },
  {
    id: 'json:contoso.com',
    phase: 'discovery',
    state: 'no-answer',
    ms: 1240,
    text: 'not-connected',
    facts: { host: 'contoso.com', code: 'ECONNREFUSED' },
  },
  { id: 'srv', phase: 'discovery', state: 'no-answer', ms: 19, text: 'srv-none' },
]

export const scenes = {
  locate: [
    ...lookups,
    {
      id: 'verify:mail.contoso.com',
      phase: 'login',
      state: 'passed',
      ms: 57,
      text: 'endpoint-wants-login',
      facts: { offered: 'NTLM' },
    },
  ],
  works: [
    ...lookups.slice(0, 2),
    {
      id: 'token:login.microsoftonline.com',
      phase: 'token',
      state: 'passed',
      ms: 310,
      text: 'token-issued',
      facts: { minutes: 60 },
    },
    { id: 'login:oauth', phase: 'login', state: 'passed', ms: 96, text: 'login-accepted', facts: { scheme: 'OAuth' } },
    {
      id: 'mailbox:oauth',
      phase: 'mailbox',
      state: 'passed',
      ms: 61,
      text: 'mailbox-read',
      facts: { address: 'anna@contoso.com', version: 'Exchange2013_SP1' },
    },
  ],
  online: [
    ...lookups.slice(0, 2),
    {
      id: 'token:login.microsoftonline.com',
      phase: 'token',
      state: 'passed',
      ms: 310,
      text: 'token-issued',
      facts: { minutes: 60 },
    },
    { id: 'login:oauth', phase: 'login', state: 'passed', ms: 96, text: 'login-accepted', facts: { scheme: 'OAuth' } },
    {
      id: 'mailbox:oauth',
      phase: 'mailbox',
      state: 'passed',
      ms: 61,
      text: 'mailbox-read',
      facts: { address: 'anna@contoso.com', version: 'Exchange2013_SP1' },
    },
  ],
  password: [
    ...lookups.slice(0, 2),
    {
      id: 'endpoint:mail.contoso.com',
      phase: 'transport',
      state: 'passed',
      ms: 38,
      text: 'endpoint-wants-login',
      facts: { offered: 'Negotiate, NTLM' },
    },
    {
      id: 'login:ntlm',
      phase: 'login',
      state: 'failed',
      ms: 41,
      text: 'login-refused',
      facts: { scheme: 'NTLM', status: 401 },
      seen: refusedLogin,
    },
    { id: 'mailbox:ntlm', phase: 'mailbox', state: 'skipped', ms: 0, text: 'not-reached' },
  ],
  nothing: [
    ...lookups.slice(0, 2),
    {
      id: 'json:autodiscover.contoso.com',
      phase: 'discovery',
      state: 'failed',
      ms: 8000,
      text: 'silent',
      facts: { host: 'autodiscover.contoso.com', seconds: 8 },
    },
  ],
} satisfies Record<string, Made[]>

const finding = (id: string, more: Partial<Finding>): Finding => ({
  id,
  severity: 'error',
  confidence: 'observed',
  actor: 'you',
  evidence: [],
  facts: {},
  ...more,
})

const findings: Record<keyof typeof scenes, Finding[]> = {
  locate: [],
  online: [
    finding('ews-retirement-countdown', {
      severity: 'warning',
      actor: 'exchange-admin',
      evidence: ['step:mailbox:oauth'],
      facts: { days: 128, count: 128, date: '2027-04-01' },
    }),
  ],
  works: [
    finding('server-out-of-support', {
      severity: 'warning',
      actor: 'exchange-admin',
      evidence: ['step:mailbox:oauth'],
      facts: { host: 'mail.contoso.com', product: 'Exchange Server 2016 CU23', build: '15.1.2507.39' },
    }),
  ],
  password: [
    finding('wrong-password-or-user-name', {
      confidence: 'likely',
      evidence: ['step:login:ntlm'],
      facts: { host: 'mail.contoso.com', scheme: 'NTLM', user: 'anna@contoso.com', status: 401 },
    }),
    finding('autodiscover-record-missing', {
      severity: 'info',
      actor: 'network-admin',
      evidence: ['step:names'],
      facts: { domain: 'contoso.com', host: 'autodiscover.contoso.com' },
    }),
  ],
  nothing: [
    finding('autodiscover-not-published', {
      actor: 'exchange-admin',
      evidence: ['step:json:autodiscover.contoso.com'],
      facts: {
        hosts: ['contoso.com', 'autodiscover.contoso.com'],
        autodiscoverHost: 'autodiscover.contoso.com',
        domain: 'contoso.com',
        host: 'autodiscover.contoso.com',
      },
    }),
  ],
}

export type Scene = keyof typeof scenes

export function stepOf(made: Made, startedMs: number): Step {
  const [name = made.id, ...rest] = made.id.split(':')
  return {
    id: made.id,
    name,
    target: rest.length === 0 ? null : rest.join(':'),
    phase: made.phase,
    state: made.state,
    startedMs,
    ms: made.ms,
    summary: { text: made.text, facts: made.facts ?? {} },
    observations: made.seen ?? [],
  }
}

export function stepsOf(scene: Scene): Step[] {
  let at = 0
  return scenes[scene].map((made: Made) => {
    const step = stepOf(made, at)
    at += made.ms
    return step
  })
}

export function resultOf(scene: Scene, email = 'anna@contoso.com'): RunResult {
  const steps = stepsOf(scene)
  const ok = scene === 'locate' || scene === 'works' || scene === 'online'
  const isOnline = scene === 'online'
  return {
    ok,
    findings: findings[scene],
    evidence: {
      schema: 2,
      product: { name: 'ews-setup', version: '0.1.0' },
      platform: { system: 'linux', node: '20.20.0' },
      command: scene === 'locate' || scene === 'nothing' ? 'locate' : 'test',
      startedAt: '2026-11-23T10:00:00.000Z',
      ms: 1900,
      input: {
        email,
        domain: 'contoso.com',
        registrableDomain: 'contoso.com',
        userName: '',
        tenantId: '',
        clientId: '',
        cloud: 'global',
        auth: 'auto',
        passwordFallback: true,
        ewsVersion: 'auto',
        ewsUrl: '',
        ewsUrlOrigin: 'none',
        hasPassword: true,
        hasClientSecret: scene === 'works' || isOnline,
        clientSecretLooksLikeId: false,
        credentialsNonAscii: false,
        trustedHosts: [],
        proxy: false,
        remarks: [],
      },
      steps,
      outcome: ok ? 'works' : 'fails',
      ewsUrl: ok ? (isOnline ? onlineUrl : ewsUrl) : null,
      source: scene === 'locate' ? 'json' : ok ? 'manual' : null,
      auth: scene === 'works' || isOnline ? 'oauth' : null,
      ewsVersion: ok ? 'Exchange2013_SP1' : null,
      server: isOnline
        ? { product: 'Exchange Online', build: '15.20.9270.12' }
        : ok
          ? { product: 'Exchange Server 2016 CU23', build: '15.1.2507.39' }
          : null,
    },
  }
}

/** The events of a run that ends well or badly, without time between them. */
export function eventsOf(scene: Scene): RunEvent[] {
  const steps = stepsOf(scene)
  const plan = ({ id, name, target, phase }: Step) => ({ id, name, target, phase })
  return [
    { kind: 'planned', steps: steps.map(plan) },
    ...steps.flatMap((step): RunEvent[] => [
      { kind: 'step-started', ...plan(step) },
      { kind: 'step-ended', step },
    ]),
    { kind: 'ended', result: resultOf(scene) },
  ]
}
