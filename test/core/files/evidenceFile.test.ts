// Saved evidence: what can be read, what is refused and why, and that nothing a stranger writes into it makes reading or judging fail.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evidenceSchema, evidenceSchemaVersion, type Evidence } from '../../../src/core/evidence/schema.ts'
import { migrated, readEvidence } from '../../../src/core/files/evidenceFile.ts'
import { judge } from '../../../src/core/findings/judge.ts'
import { limits } from '../../../src/core/limits.ts'
import {
  connection,
  dns,
  evidenceOf,
  http,
  issued,
  login,
  soap,
  step,
  tls,
  token,
  trust,
} from '../findings/evidenceOf.ts'

const saved: Evidence = evidenceOf({
  steps: [
    step('names', [dns('contoso.com')]),
    step('token:login.microsoftonline.com', [issued()]),
    step('endpoint:mail.contoso.com', [connection('mail.contoso.com'), tls('mail.contoso.com', { result: 'expired' })]),
    step('login:oauth', [
      http('https://mail.contoso.com/EWS/Exchange.asmx', { status: 401 }),
      login('https://mail.contoso.com/EWS/Exchange.asmx', { scheme: 'oauth' }),
    ]),
  ],
})
const text = JSON.stringify(saved)
const changed = (change: Record<string, unknown>): string => JSON.stringify({ ...saved, ...change })

describe('readEvidence', () => {
  test('gives back what was saved', () => {
    expect(readEvidence(text)).toEqual({ kind: 'evidence', evidence: saved })
    expect(readEvidence(`\ufeff${JSON.stringify(saved, null, 2)}\n`)).toEqual({ kind: 'evidence', evidence: saved })
  })

  test('refuses a newer schema by its number, whatever else it holds', () => {
    expect(readEvidence(JSON.stringify({ schema: 7, product: { name: 'ews-setup' }, new: true }))).toEqual({
      kind: 'newer',
      schema: 7,
      known: 2,
    })
  })

  test.each<[string, string]>([
    ['cut off', text.slice(0, -10)],
    ['without steps', changed({ steps: undefined })],
    ['with a step of another shape', changed({ steps: [{}] })],
    ['of a schema before the first', changed({ schema: 0 })],
    ['with half a schema', changed({ schema: 0.5 })],
    ['with a schema that is no number', changed({ schema: '1' })],
    ['with a start that is no time', changed({ startedAt: 'yesterday' })],
    ['with a time beyond all dates', changed({ steps: [step('token', [issued({ nbf: 1e300 })])] })],
    [
      'with more steps than a run has',
      changed({ steps: Array.from({ length: limits.evidenceSteps + 1 }, () => step('names', [])) }),
    ],
    [
      'with more observations than can be compared',
      changed({
        steps: [
          step(
            'srv',
            Array.from({ length: limits.evidenceObservations + 1 }, (_, at) => trust(`h${at}`)),
          ),
        ],
      }),
    ],
  ])('%s is damaged', (_name, damaged) => {
    expect(readEvidence(damaged)).toEqual({ kind: 'damaged' })
  })

  test.each([
    ['nothing', ''],
    ['prose', 'It does not work'],
    ['other JSON', '{"schema":1}'],
    ['another product', changed({ product: { name: 'other', version: '1' } })],
    ['an array', `[${text}]`],
    ['null', 'null'],
    ['deep nesting', '['.repeat(1_000_000)],
    ['a JSON result', '{"schema":1,"command":"test","ok":false,"findings":[]}'],
  ])('%s is no evidence', (_name, other) => {
    expect(readEvidence(other)).toEqual({ kind: 'not-evidence' })
  })

  test('refuses by size before it parses', () => {
    const started = performance.now()
    expect(readEvidence(' '.repeat(limits.evidenceBytes + 1))).toEqual({
      kind: 'too-large',
      bytes: limits.evidenceBytes + 1,
      limit: limits.evidenceBytes,
    })
    expect(performance.now() - started).toBeLessThan(500)
  })

  test('the most that is let in is judged in time', () => {
    const many = Array.from({ length: limits.evidenceObservations }, (_, at) => at)
    for (const observations of [
      many.map((at) => trust(`h${at}.example`)),
      many.map((at) => connection(`h${at}.example`, { family: 6, result: 'refused' })),
      many.map((at) => login(`https://h${at}.example/EWS/Exchange.asmx`)),
      many.map((at) => http(`https://h${at}.example/EWS/Exchange.asmx`, { status: 401 })),
    ]) {
      const read = readEvidence(changed({ steps: [step('login:ntlm', observations)] }))
      const started = performance.now()
      if (read.kind !== 'evidence') throw new Error(read.kind)
      judge(read.evidence)
      expect(performance.now() - started).toBeLessThan(5_000)
    }
  })
})

describe('migrated', () => {
  const steps = [
    {
      from: 2,
      apply: (fields: Readonly<Record<string, unknown>>) => ({ ...fields, log: `${String(fields['log'])} 2→3` }),
    },
    { from: 1, apply: (fields: Readonly<Record<string, unknown>>) => ({ ...fields, log: '1→2' }) },
  ]

  test('applies the steps in order, and sets the number', () => {
    expect(migrated({ schema: 1, kept: true }, 1, 3, steps)).toEqual({ schema: 3, kept: true, log: '1→2 2→3' })
    expect(migrated({ schema: 2, log: 'as it was' }, 2, 3, steps)).toEqual({ schema: 3, log: 'as it was 2→3' })
  })

  test('leaves the current schema alone', () => {
    const fields = { schema: 3 }
    expect(migrated(fields, 3, 3, steps)).toBe(fields)
  })

  test('a missing or failing step is no evidence', () => {
    expect(migrated({ schema: 1 }, 1, 4, steps)).toBeNull()
    const failing = [
      {
        from: 1,
        apply: () => {
          throw new TypeError('not the shape it claims')
        },
      },
    ]
    expect(migrated({ schema: 1 }, 1, 2, failing)).toBeNull()
  })
})

describe('evidence of schema 1', () => {
  const first = readFileSync(fileURLToPath(new URL('evidence-schema-1.json', import.meta.url)), 'utf8')

  test('is read and judged as it was then, with every field that came later at its default', () => {
    expect(JSON.parse(first)).toMatchObject({ schema: 1 })
    const read = readEvidence(first)
    if (read.kind !== 'evidence') throw new Error(read.kind)
    expect(read.evidence.schema).toBe(evidenceSchemaVersion)
    expect(evidenceSchema.parse(read.evidence)).toEqual(read.evidence)
    expect(judge(read.evidence)[0]).toMatchObject({ id: 'wrong-password-or-user-name', severity: 'error' })
  })

  test('loses the version that was made up for pasted material, and keeps the one of a run', () => {
    const of = (id: string) =>
      readEvidence(changed({ schema: 1, steps: [{ ...step('mailbox', [soap('https://mail.contoso.com/')]), id }] }))
    const versionOf = (id: string) => {
      const read = of(id)
      const seen = read.kind === 'evidence' ? read.evidence.steps[0]?.observations[0] : undefined
      return seen?.kind === 'soap' ? seen.version : read.kind
    }
    expect(versionOf('pasted:ews-xml')).toBeNull()
    expect(versionOf('mailbox:ntlm')).toBe('Exchange2013_SP1')
  })

  test('that lies about its schema is damaged', () => {
    expect(readEvidence(changed({ schema: 1, steps: {} }))).toEqual({ kind: 'damaged' })
    expect(readEvidence(changed({ schema: 1, steps: undefined }))).toEqual({ kind: 'damaged' })
  })

  test('keys of prototypes stay plain data', () => {
    const hostile = text.replace('"headers":{', '"headers":{"__proto__":"x","constructor":"y",')
    expect(hostile).not.toBe(text)
    const read = readEvidence(hostile)
    expect(['evidence', 'damaged']).toContain(read.kind)
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
    if (read.kind === 'evidence') judge(read.evidence)
    expect({}.constructor).toBe(Object)
  })
})

describe('whatever is in a file', () => {
  test('a text gives a value', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (any) => readEvidence(any).kind !== 'evidence'))
  })

  test('a change anywhere gives a value, and what is still evidence can be judged', () => {
    const rich = JSON.stringify(
      evidenceOf({
        steps: [...saved.steps, step('mailbox:ntlm', [soap('https://mail.contoso.com/EWS/Exchange.asmx'), token()])],
      }),
    )
    const hostile = fc.oneof(
      fc.constantFrom(
        '""',
        '"\\u0000<script>"',
        '1e308',
        '-1e308',
        'null',
        'true',
        '[]',
        '{}',
        '"__proto__"',
        '"{host}"',
        '"https://[::"',
        '".".repeat',
      ),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    )
    const values = [...rich.matchAll(/:("(?:[^"\\]|\\.)*"|-?\d+|null|true|false|\[\])/g)]
    const mangled = fc.tuple(fc.nat(values.length - 1), hostile).map(([index, value]) => {
      const match = values[index]
      if (match === undefined) return rich
      return `${rich.slice(0, match.index + 1)}${value}${rich.slice(match.index + match[0].length)}`
    })
    let judged = 0
    fc.assert(
      fc.property(mangled, (any) => {
        const read = readEvidence(any)
        if (read.kind !== 'evidence') return
        judge(read.evidence)
        judged += 1
      }),
      { numRuns: 3_000 },
    )
    expect(judged).toBeGreaterThan(100)
  })
})
