/** The figures of each version in docs/PERFORMANCE.md: read, written into their column, and compared with those of the last release. */
import { readFileSync } from 'node:fs'
import { format } from 'prettier'
import { expect, test } from 'vitest'
import { lastRelease, readFigures, regressions, writeFigures, type Row } from '../../scripts/bench/figures.mjs'

const empty = 'Before.\n\n<!-- bench begins -->\n<!-- bench ends -->\n\nAfter.\n'
const row = (what: string, value: string, bound = ''): Row => ({ what, value, bound })

function written(document: string, version: string, machine: string, rows: readonly Row[]): string {
  const changed = writeFigures(document, { version, machine, rows })
  if (changed === null) throw new Error('not written')
  return changed
}

/** What whoever releases does by hand. */
const release = (document: string) => document.replaceAll(' (unreleased)', '')

test('what was written is read again, formatted or not, and the text around it stays', async () => {
  const rows = [row('start', '80 ms', '<= 100 ms'), row('grown', '-0.5 %', '<= 10 %')]
  const document = written(empty, '0.1.0', 'two cores', rows)
  for (const text of [document, await format(document, { parser: 'markdown', printWidth: 120 })]) {
    expect(text.startsWith('Before.\n')).toBe(true)
    expect(text.endsWith('\nAfter.\n')).toBe(true)
    expect(readFigures(text)).toEqual([
      {
        version: '0.1.0',
        isReleased: false,
        machine: 'two cores',
        values: new Map([
          ['start', '80 ms'],
          ['grown', '-0.5 %'],
        ]),
      },
    ])
  }
})

test('an unreleased column is written anew, a released one stays and the next version gets its own', () => {
  const first = written(empty, '0.1.0', 'two cores', [row('start', '80 ms'), row('gone', '3')])
  const again = written(first, '0.1.0', 'four cores', [row('start', '70 ms')])
  expect(readFigures(again)).toMatchObject([{ machine: 'four cores', values: new Map([['start', '70 ms']]) }])

  const released = release(again)
  expect(writeFigures(released, { version: '0.1.0', machine: 'any', rows: [row('start', '1 ms')] })).toBeNull()
  const next = written(released, '0.2.0', 'four cores', [row('start', '90 ms'), row('new', '5')])
  expect(
    readFigures(next).map(({ version, isReleased, values }) => [version, isReleased, values.get('start')]),
  ).toEqual([
    ['0.1.0', true, '70 ms'],
    ['0.2.0', false, '90 ms'],
  ])
  expect(readFigures(next)[0]?.values.has('new')).toBe(false)
})

test('a version is compared with the last release, never with itself or with what is unreleased', () => {
  const first = written(empty, '0.1.0', 'm', [row('start', '80 ms')])
  expect(lastRelease(readFigures(first), '0.1.0')).toBeNull()
  expect(lastRelease(readFigures(first), '0.2.0')).toBeNull()
  const second = written(release(first), '0.2.0', 'm', [row('start', '81 ms')])
  expect(lastRelease(readFigures(second), '0.2.0')?.version).toBe('0.1.0')
  expect(lastRelease(readFigures(release(second)), '0.2.0')?.version).toBe('0.1.0')
  expect(lastRelease(readFigures(release(second)), '0.3.0')?.version).toBe('0.2.0')
})

test.each([
  { then: '100 ms', now: '155 ms', isWorse: false },
  { then: '100 ms', now: '156 ms', isWorse: true },
  { then: '100 ms', now: '20 ms', isWorse: false },
  { then: '200.0 kB', now: '211.0 kB', isWorse: false },
  { then: '200.0 kB', now: '211.1 kB', isWorse: true },
  { then: '80.0 MB', now: '93.0 MB', isWorse: false },
  { then: '80.0 MB', now: '93.1 MB', isWorse: true },
  { then: '1.50', now: '2.96', isWorse: true },
  { then: '10', now: '14', isWorse: false },
  // Growth has a bound of its own, and texts are no figures.
  { then: '1.0 %', now: '9.0 %', isWorse: false },
  { then: 'none', now: 'undici', isWorse: false },
  { then: '100 ms', now: '1.0 kB', isWorse: false },
])('$then, then $now: worse is $isWorse', ({ then, now, isWorse }) => {
  const before = { version: '0.1.0', isReleased: true, machine: 'm', values: new Map([['it', then]]) }
  expect(regressions(before, [row('it', now), row('new', '9999 ms')])).toEqual(
    isWorse ? [{ what: 'it', before: then, now }] : [],
  )
})

test('the document has its marks, and a document without them is refused', () => {
  const document = readFileSync(new URL('../../docs/PERFORMANCE.md', import.meta.url), 'utf8')
  expect(readFigures(document).filter(({ machine }) => machine === '')).toEqual([])
  expect(() => readFigures('nothing')).toThrow('no table')
})
