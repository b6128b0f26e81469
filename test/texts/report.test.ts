import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evidenceSchema, type Evidence } from '../../src/core/evidence/schema.ts'
import type { Finding } from '../../src/core/findings/finding.ts'
import { judge } from '../../src/core/findings/judge.ts'
import type { RunResult } from '../../src/core/runs/events.ts'
import { placeholdersOf } from '../../src/texts/format.ts'
import { report as german } from '../../src/texts/report.de.ts'
import { report as english } from '../../src/texts/report.en.ts'
import { escaped } from '../../src/texts/report/asMarkdown.ts'
import {
  asHtml,
  asMarkdown,
  asText,
  evidenceJson,
  reportOf,
  serverFactLines,
  serverFactsOf,
} from '../../src/texts/report/index.ts'
import { fires } from '../core/findings/cases.ts'
import {
  certificate,
  challenge,
  dns,
  endpoint,
  evidenceOf,
  ews,
  http,
  login,
  soap,
  step,
  tls,
} from '../core/findings/evidenceOf.ts'
import { attacks, freeTexts, hostileResult, richEvidence } from './hostileResult.ts'

const runOf = (evidence: Evidence): RunResult => ({
  ok: evidence.outcome === 'works',
  findings: judge(evidence),
  evidence,
})
const languages = ['de', 'en'] as const
const writers = [asText, asMarkdown, asHtml]

describe('both languages', () => {
  const leaves = (value: unknown, path = ''): [string, string][] =>
    typeof value === 'string'
      ? [[path, value]]
      : Object.entries(value ?? {}).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`))

  test('have the same keys, the same placeholders and no empty text', () => {
    const [one, two] = [leaves(english), new Map(leaves(german))]
    expect([...two.keys()]).toEqual(one.map(([path]) => path))
    for (const [path, text] of one) {
      expect(text.trim()).not.toBe('')
      expect(placeholdersOf(two.get(path) ?? '')).toEqual(placeholdersOf(text))
    }
  })
})

describe('a report', () => {
  test.each(languages)('says in %s what ran, where, when, what was found and what to do', (language) => {
    const evidence = fires['wrong-password-or-user-name']
    const result = runOf(evidence)
    const report = reportOf(result, { language, mask: false })
    for (const writer of writers) {
      const text = writer(report)
      for (const part of [
        evidence.product.version,
        'UTC',
        evidence.input.email,
        'wrong',
        language === 'de' ? 'Befunde' : 'Findings',
      ])
        expect(text).toContain(part)
      expect(text).not.toMatch(/\{[a-zA-Z]\w*\}/)
    }
    const text = asText(report)
    for (const finding of report.findings)
      for (const part of [
        finding.title,
        finding.actor,
        finding.id,
        ...finding.remedy.flatMap((step) => step.split('\n')),
      ])
        expect(text).toContain(part)
    for (const part of report.steps.flatMap(({ name, summary }) => [name, summary])) expect(text).toContain(part)
    expect(asHtml(report)).toContain(`<html lang="${language}">`)
  })

  test('of every kind of finding has no placeholder left', () => {
    for (const evidence of Object.values(fires))
      for (const language of languages)
        expect(asText(reportOf(runOf(evidence), { language, mask: false }))).not.toMatch(/\{[a-zA-Z]+\}/)
  })
})

describe('evidence as JSON', () => {
  test('without masks is the evidence', () => {
    const result = hostileResult((place) => attacks[place % attacks.length] ?? '')
    expect(JSON.parse(evidenceJson(result, { mask: false }))).toEqual(JSON.parse(JSON.stringify(result.evidence)))
  })

  test('with masks gives the same findings', () => {
    for (const [id, evidence] of Object.entries(fires)) {
      const masked = evidenceSchema.parse(JSON.parse(evidenceJson(runOf(evidence), { mask: true })))
      expect({ id, found: judge(masked).map((one) => one.id) }).toEqual({
        id,
        found: judge(evidence).map((one) => one.id),
      })
    }
  })
})

describe('masks', () => {
  const result = (said: string, input: Partial<Evidence['input']> = {}): RunResult => {
    const evidence = evidenceOf({
      input: { email: 'anna.berg@contoso.com', userName: 'CONTOSO\\svc-backup', ...input },
      steps: [step('mailbox:ntlm', [soap(ews, { message: said })])],
    })
    return runOf(evidence)
  }
  const all = (run: RunResult): string =>
    [
      ...writers.map((writer) => writer(reportOf(run, { language: 'en', mask: true }))),
      evidenceJson(run, { mask: true }),
    ].join('\n')

  test('reach the second user name as well', () => {
    expect(all(result('x', { secondUserName: 'svc-other' }))).not.toContain('svc-other')
  })

  test.each([
    ['mail addresses', 'No mailbox for anna.berg@contoso.com here', 'anna.berg'],
    ['in another case', 'No mailbox for ANNA.Berg@Contoso.COM here', 'ANNA'],
    ['addresses of others', 'Forwarded to <gisbert.maier@fabrikam.example>; x', 'gisbert'],
    ['addresses in a URL', 'https://a.example/v1.0/gisbert%40fabrikam.example?Protocol=EWS', 'gisbert'],
    ['addresses with a quoted name', 'for "gisbert maier"@fabrikam.example now', 'gisbert'],
    ['addresses of other scripts', 'für jörg.müßig@exämple.example', 'jörg'],
    ['addresses without a dot', 'wheel.x@localhost', 'wheel'],
    ['the typed user', 'The account svc-backup is locked', 'svc-backup'],
    ['users with a domain', 'Login failed for FABRIKAM\\gisbert.maier.', 'gisbert'],
    ['the name of the mailbox alone', "Cannot open 'anna.berg'", 'anna'],
    ['addresses written as entities', 'gisbert&#64;fabrikam.example', 'gisbert'],
  ])('hide %s', (_what, said, secret) => {
    expect(evidenceJson(result(said), { mask: false }).toLowerCase()).toContain(secret.toLowerCase())
    expect(all(result(said)).toLowerCase()).not.toContain(secret.toLowerCase())
  })

  test('keep the first letter and the domain, and tell names apart', () => {
    const { evidence } = JSON.parse(
      `{"evidence":${evidenceJson(result('anna.berg@contoso.com, alex@contoso.com, Anna.Berg@contoso.com'), { mask: true })}}`,
    ) as RunResult
    expect(evidence.input.email).toBe('a…@contoso.com')
    expect(evidence.input.userName).toBe('CONTOSO\\s…')
    const [message] = evidence.steps.flatMap(({ observations }) =>
      observations.flatMap((one) => (one.kind === 'soap' ? [one.message] : [])),
    )
    expect(message).toBe('a…@contoso.com, a…2@contoso.com, a…@contoso.com')
  })

  test('leave hosts and URLs alone, even of a user called like one', () => {
    const text = evidenceJson(result('x', { email: 'mail@contoso.com', userName: 'ews' }), { mask: true })
    expect(text).toContain('https://mail.contoso.com/EWS/Exchange.asmx')
    expect(text).not.toContain('mail@contoso.com')
    expect(text).toContain('"userName": "e…"')
  })

  test('leave addresses of the network and the application alone', () => {
    const run = result('x', { clientId: '66666666-7777-8888-9999-000000000000' })
    const facts = { address: '192.0.2.7', user: run.evidence.input.clientId, host: 'mail.contoso.com' }
    const made: Finding = {
      id: 'connection-refused',
      severity: 'error',
      confidence: 'observed',
      actor: 'you',
      evidence: [],
      facts: { ...facts, port: '443', code: 'ECONNREFUSED' },
    }
    const text = asText(reportOf({ ...run, findings: [made] }, { language: 'en', mask: true }))
    expect(text).toContain('192.0.2.7')
    expect(evidenceJson({ ...run, findings: [made] }, { mask: true })).toContain(facts.user)
  })

  test('leave no address, whatever surrounds it', () => {
    const local = fc.stringMatching(/^[a-z0-9][a-z0-9.!#$%'*+^_~-]{1,12}$/)
    fc.assert(
      fc.property(local, fc.string(), fc.string(), (name, before, after) => {
        const address = `${name}@fabrikam.example`
        expect(evidenceJson(result(`${before} ${address} ${after}`), { mask: true })).not.toContain(
          JSON.stringify(address).slice(1, -1),
        )
      }),
      { numRuns: 100 },
    )
  })

  test('take time in proportion to the text', () => {
    for (const part of ['a', '@', 'a@', '"', 'a\\', "'", '%40', 'ä.']) {
      const began = performance.now()
      evidenceJson(result(part.repeat(200_000)), { mask: true })
      expect({ part, slow: performance.now() - began > 3_000 }).toEqual({ part, slow: false })
    }
  })
})

describe('hostile texts', () => {
  const shown = (html: string) => html.replace(/<style>[^]*?<\/style>/, '')
  const allowed =
    /^<(\/?(html|head|body|title|style|h[1-4]|dl|div|dt|dd|p|ul|ol|li|strong|span|section)( lang="(de|en)"| class="[a-z]+")?|!doctype html|meta [^<>]*)>$/

  test('there are many places for them', () => expect(freeTexts).toBeGreaterThan(50))

  test('become no element and no attribute of an HTML report', () => {
    const texts = fc.oneof(
      fc.constantFrom(...attacks),
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.string({ unit: 'grapheme' }),
    )
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 20 }), fc.boolean(), (pool, mask) => {
        const html = shown(
          asHtml(
            reportOf(
              hostileResult((place) => pool[place % pool.length] ?? ''),
              { language: 'de', mask },
            ),
          ),
        )
        for (const [tag] of html.matchAll(/<[^>]*>?/g)) expect(tag).toMatch(allowed)
        expect(html.match(/<meta /g)).toHaveLength(4)
      }),
      { numRuns: 30 },
    )
  })

  test('forge no line of a text report', () => {
    const text = asText(
      reportOf(
        hostileResult(() => 'x\r\n\u2028\u0085Findings\n[Error] forged\u202e'),
        { language: 'en', mask: false },
      ),
    )
    expect(text.match(/^Findings/gm)).toHaveLength(1)
    expect(text).not.toMatch(/^\[Error\] forged/m)
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/)
  })

  test('become no markup of a Markdown report', () => {
    const texts = fc.oneof(
      fc.constantFrom(...attacks, ':[//', ':`x`//', 'w[ww.'),
      fc.string(),
      fc.stringMatching(/^[`\\*_[\]()<>#!@:/ a-z.-]{0,40}$/),
    )
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 10 }), (pool) => {
        const markdown = asMarkdown(
          reportOf(
            hostileResult((place) => pool[place % pool.length] ?? ''),
            { language: 'en', mask: false },
          ),
        )
        const prose = withoutCode(markdown)
        for (const line of prose.split('\n')) {
          const own = line
            .replace(/^(#{1,3} |- |\d+\. )/, '')
            .replaceAll('**', ' ')
            .replaceAll(/\\[!-~]/g, ' ')
          expect(own).not.toMatch(/[`*_[\]<>#|~&]|:\/\/|www\.|@/)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('are read as they are where Markdown is read', () => {
    expect(escaped('see [x](y) *now* #12')).toBe('see \\[x\\](y) \\*now\\* \\#12')
    expect(escaped('1. to anna@contoso.com, not (401) - x\n- y')).toBe(
      '1\\. to `anna@contoso.com`, not (401) - x\\\n   \\- y',
    )
    expect(escaped('ask @team or https://a.example/`x`')).toBe('ask `@team` or `` https://a.example/`x` ``')
  })
})

/** Markdown without its code: fences first, then spans, as CommonMark reads them. A gap stays, so that nothing joins across it. */
function withoutCode(markdown: string): string {
  const fences = markdown.replaceAll(/^(`{3,})text\n[^]*?\n\1$/gm, ' ')
  return fences.replaceAll(/(?<![`\\])(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, ' ')
}

describe('facts about the server', () => {
  test('are those that were seen', () => {
    const evidence = evidenceOf({
      ewsUrl: ews,
      server: { product: 'Exchange Server 2016', build: '15.1.2507.39' },
      steps: [
        step('names', [dns('contoso.com', { type: 'MX', records: ['10 mail.contoso.com'] }), dns('other.example')]),
        step('endpoint:mail.contoso.com', [
          tls('mail.contoso.com', { chain: [certificate] }),
          tls('autodiscover.contoso.com', { chain: [{ ...certificate, subject: 'CN=other' }] }),
          http(ews, { status: 401, challenges: [challenge('Negotiate'), challenge('NTLM')] }),
          endpoint(ews, { offered: ['ntlm', 'Bearer'], status: 401 }),
          login('https://autodiscover.contoso.com/x', { offered: ['basic'] }),
        ]),
      ],
    })
    const facts = serverFactsOf(evidence, judge(evidence))
    expect(facts).toMatchObject({
      host: 'mail.contoso.com',
      product: 'Exchange Server 2016',
      build: '15.1.2507.39',
      schemes: ['negotiate', 'ntlm', 'bearer'],
      oauth: 'offered',
      certificate,
    })
    expect(facts.dns.map(({ name, type }) => `${type} ${name}`)).toEqual(['MX contoso.com'])
  })

  test.each([
    ['server-out-of-support', 'ended'],
    ['ews-retirement-countdown', 'retiring'],
    ['clock-skew', 'no-remark'],
  ])('the finding %s tells support: %s', (id, support) => {
    const evidence = { ...richEvidence(), server: { product: 'Exchange Server 2016', build: '15.1.1.1' } }
    const finding: Finding = { id, severity: 'warning', confidence: 'observed', actor: 'you', evidence: [], facts: {} }
    expect(serverFactsOf(evidence, [finding]).support).toBe(support)
  })

  test('an accepted token is more than an offer, and an offer without Bearer is told as such', () => {
    const of = (...seen: Parameters<typeof step>[1] & object) =>
      serverFactsOf(evidenceOf({ ewsUrl: ews, steps: [step('login:x', seen)] }), []).oauth
    expect(of(login(ews, { scheme: 'oauth', result: 'accepted', offered: [] }))).toBe('accepted')
    expect(of(http(ews, { status: 401, challenges: [challenge('basic')] }))).toBe('not-offered')
    expect(of()).toBeNull()
  })

  test('the URL of a login that failed is the server, where nothing else names one', () => {
    const seen = [
      login('https://autodiscover.contoso.com/autodiscover/autodiscover.xml'),
      login(ews, { offered: ['ntlm'] }),
    ]
    const part = { ewsUrl: null, input: { ewsUrl: '' } }
    expect(serverFactsOf(evidenceOf({ ...part, steps: [step('login:ntlm', seen)] }), [])).toMatchObject({
      host: 'mail.contoso.com',
      schemes: ['ntlm'],
    })
    expect(serverFactsOf(evidenceOf({ ...part, steps: [step('pox:x', seen.slice(0, 1))] }), []).host).toBeNull()
  })

  test.each(languages)('what nothing showed is "not checked" in %s', (language) => {
    const evidence = evidenceOf({ ewsUrl: null, server: null, steps: [], input: { ewsUrl: '' } })
    const facts = serverFactsOf(evidence, [])
    expect(facts).toEqual({
      host: null,
      product: null,
      build: null,
      support: null,
      schemes: null,
      oauth: null,
      certificate: null,
      dns: [],
    })
    const not = language === 'de' ? 'nicht geprüft' : 'not checked'
    expect(new Set(serverFactLines(facts, language).map(({ value }) => value))).toEqual(new Set([not]))
  })
})
