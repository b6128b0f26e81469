/** Results of runs in which every free text is what an enemy would send: for reports that must stay inert. */
import { evidenceSchema, type Evidence, type Observation } from '../../src/core/evidence/schema.ts'
import { judge } from '../../src/core/findings/judge.ts'
import type { RunResult } from '../../src/core/runs/events.ts'
import {
  autodiscover,
  challenge,
  connection,
  dns,
  endpoint,
  evidenceOf,
  ews,
  http,
  issued,
  login,
  soap,
  step,
  tls,
  token,
  trust,
} from '../core/findings/evidenceOf.ts'

const tenant: Observation = {
  kind: 'tenant',
  authorityHost: 'login.microsoftonline.com',
  asked: 'contoso.com',
  result: 'found',
  tenantId: '11111111-2222-3333-4444-555555555555',
}

/** Evidence with an observation of each kind. */
export function richEvidence(): Evidence {
  const proof = [
    [dns('contoso.com', { records: ['192.0.2.1'] }), dns('autodiscover.contoso.com')],
    [connection('mail.contoso.com'), tls('mail.contoso.com')],
    [autodiscover('autodiscover.contoso.com', { message: 'said', errorCode: 'code', redirect: 'to', ewsUrl: ews })],
    [trust('mail.contoso.com'), token({ description: 'said', error: 'invalid_client' }), issued(), tenant],
    [
      http(ews, { status: 401, headers: { server: 'x' }, challenges: [challenge('basic', { realm: 'x' })] }),
      login(ews, { result: 'refused', offered: ['basic'], diagnostics: '2000003' }),
      soap(ews, { message: 'said', responseCode: 'ErrorX', value: 'anna@contoso.com' }),
      endpoint(ews, { location: 'https://x.example/' }),
    ],
  ]
  return evidenceOf({
    steps: proof.map((seen, index) =>
      step(`login:part${index}`, seen, { summary: { text: 'soap-error', facts: { code: 'x', list: ['x'] } } }),
    ),
    ewsUrl: ews,
    server: { product: 'Exchange Server 2016', build: '15.1.1.1' },
  })
}

type Path = readonly (string | number)[]

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}

function withLeaf(value: unknown, path: Path, text: string): unknown {
  const [key, ...rest] = path
  if (key === undefined) return text
  if (Array.isArray(value))
    return value.map((item: unknown, at) => (at === Number(key) ? withLeaf(item, rest, text) : item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === key ? withLeaf(inner, rest, text) : inner]),
  )
}

const rich = richEvidence()
const free = leavesOf(rich).filter((path) => evidenceSchema.safeParse(withLeaf(rich, path, '<b>')).success)

/** How many texts of the evidence a server or a person chooses. */
export const freeTexts = free.length

/** `poison` yields the text for the n-th place; names of headers and of parameters are poisoned as well. */
export function hostileResult(poison: (place: number) => string): RunResult {
  const mixed = free.reduce<unknown>((all, path, place) => withLeaf(all, path, poison(place)), rich)
  const evidence = evidenceSchema.parse(mixed)
  for (const one of evidence.steps.flatMap((step) => step.observations)) {
    if (one.kind !== 'http') continue
    one.headers[poison(1)] = poison(2)
    one.challenges.push({ scheme: poison(3), parameters: { [poison(4)]: poison(5) }, token: false })
  }
  const facts = ['host', 'scheme', 'user', 'status', 'offered', 'code', 'url', 'message', 'domain', 'product', 'build']
  const made = ['wrong-password-or-user-name', 'server-out-of-support', 'soap-error-unknown', poison(6)].map(
    (id, index) => ({
      id,
      severity: 'error' as const,
      confidence: 'likely' as const,
      actor: 'exchange-admin' as const,
      evidence: [],
      facts: Object.fromEntries(facts.map((name, at) => [name, poison(index * facts.length + at)])),
    }),
  )
  return { ok: false, findings: [...judge(rich), ...made], evidence }
}

/** Texts that have been used to break out of a page or a document. */
export const attacks = [
  '<script>window.broken = 1; alert(1)</script>',
  '"><img src=x onerror="window.broken=1;alert(1)">',
  "'><svg onload=alert(1)>",
  '</style><script>alert(1)</script>',
  '</title></textarea></pre><iframe src="http://127.0.0.1:9/x"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  'javascript:alert(document.domain)',
  '[click](javascript:alert(1)) ![x](http://127.0.0.1:9/y.png)',
  '<link rel=stylesheet href=http://127.0.0.1:9/z.css><base href="//127.0.0.1:9/">',
  '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
  '```\n# heading\n<script>alert(1)</script>\n```',
  '-->]]><!-- <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
  '&lt;script&gt;alert(1)&#60;/script>',
  '\u0000\u0007\u001b[31m\u202egpj.exe\u2028\ufeff\ud800',
  'a\r\nFindings\r\n[Error] forged',
  '`${alert(1)}` {{alert(1)}} <%= 1 %>',
  '__proto__',
  `${'A'.repeat(20_000)}<b>`,
]
