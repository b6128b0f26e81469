import { describe, expect, test } from 'vitest'
import { findingIds } from '../../src/core/findings/catalogue.ts'
import { judge } from '../../src/core/findings/judge.ts'
import { stepNames, summaryIds } from '../../src/core/runs/summaries.ts'
import { de } from '../../src/texts/de.ts'
import { en } from '../../src/texts/en.ts'
import { fill, placeholdersOf } from '../../src/texts/format.ts'
import { remarkOf, stepNameOf, summaryOf, textsOf, wordsOf } from '../../src/texts/index.ts'
import { fires, silent } from '../core/findings/cases.ts'

type Leaves = Map<string, string>

function leavesOf(value: unknown, path = '', leaves: Leaves = new Map()): Leaves {
  if (typeof value === 'string') leaves.set(path, value)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) leavesOf(inner, `${path}/${key}`, leaves)
  }
  return leaves
}

const english = leavesOf(en)
const german = leavesOf(de)
const own = (leaves: Leaves): Leaves => new Map([...leaves].filter(([path]) => /^\/(findings|run)\//.test(path)))

describe('both languages', () => {
  test('have the same keys', () => {
    expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted())
  })

  test.each([...own(english)])('%s has the same placeholders', (path, sentence) => {
    expect(placeholdersOf(german.get(path) ?? '').toSorted()).toEqual(placeholdersOf(sentence).toSorted())
  })

  test('have no empty sentence', () => {
    for (const leaves of [own(english), own(german)])
      expect([...leaves].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test('follow the house style', () => {
    const banned = {
      en: /\b(please|sorry|oops|valid|invalid|forbidden)\b|an error occurred|!/i,
      de: /\b(bitte|leider|ungültige?[rsn]?)\b|"Sie"|[^A-Z]!/i,
    }
    expect([...own(english)].filter(([, text]) => banned.en.test(text))).toEqual([])
    expect([...own(german)].filter(([, text]) => banned.de.test(text))).toEqual([])
  })

  test('titles are whole sentences', () => {
    for (const language of ['de', 'en'] as const) {
      for (const id of findingIds) {
        const { title } = textsOf(language).findings[id]
        expect(typeof title === 'string' ? title : title.other).toMatch(/[.}]$/)
      }
    }
  })
})

describe('every id has words', () => {
  test.each(findingIds)('finding %s', (id) => {
    for (const language of ['de', 'en'] as const) {
      expect(textsOf(language).findings[id].remedy.length).toBeGreaterThan(0)
    }
  })

  test('steps and summaries', () => {
    for (const { run } of [de, en]) {
      expect(Object.keys(run.steps).toSorted()).toEqual([...stepNames].toSorted())
      expect(Object.keys(run.summaries).toSorted()).toEqual([...summaryIds].toSorted())
    }
  })
})

describe('facts fill every sentence', () => {
  const cases = [...Object.values(fires), ...Object.values(silent)]

  test.each(['de', 'en'] as const)('no placeholder is left in %s', (language) => {
    const left = cases.flatMap((evidence) =>
      judge(evidence).flatMap((finding) => {
        const words = wordsOf(finding, language)
        return [words.title, words.explanation, ...words.remedy]
          .filter((text) => /\{[a-zA-Z]+\}/.test(text))
          .map((text) => `${finding.id}: ${text}`)
      }),
    )
    expect([...new Set(left)]).toEqual([])
  })

  test('every finding is among them', () => {
    const given = new Set(cases.flatMap((evidence) => judge(evidence).map((finding) => finding.id)))
    expect(findingIds.filter((id) => !given.has(id))).toEqual([])
  })
})

describe('fill', () => {
  test('writes numbers, dates, lists and what is unknown', () => {
    const facts = { n: 1234.5, day: '2027-04-01', list: ['a', 'b', 'c'], none: null }
    expect(fill('{n} {day} {list} {none}', facts, 'de')).toBe('1.234,5 1. April 2027 a, b und c –')
    expect(fill('{n} {day} {list} {none}', facts, 'en')).toBe('1,234.5 1 April 2027 a, b and c –')
  })

  test('writes moments in UTC and says so', () => {
    expect(fill('{at}', { at: '2026-11-23 10:00:00Z' }, 'en')).toBe('23 November 2026 at 10:00:00 UTC')
  })

  test('chooses the plural by count', () => {
    const template = { one: '{count} Tag', other: '{count} Tage' }
    expect(fill(template, { count: 1 }, 'de')).toBe('1 Tag')
    expect(fill(template, { count: 2 }, 'de')).toBe('2 Tage')
  })

  test('leaves a placeholder without a fact visible', () => {
    expect(fill('{host}', {}, 'en')).toBe('{host}')
  })
})

describe('words of a run', () => {
  test('name steps, summaries and remarks', () => {
    expect(stepNameOf({ name: 'login', target: 'ntlm' }, 'de')).toBe('Anmeldung mit NTLM')
    expect(summaryOf({ summary: { text: 'login-accepted', facts: { scheme: 'oauth' } } }, 'en')).toBe(
      'Logged in with OAuth 2.0',
    )
    expect(remarkOf({ id: 'ews-url-path-missing', facts: {} }, 'de')).toContain('/EWS/Exchange.asmx')
  })

  test('an unknown finding reads as an unknown cause', () => {
    const words = wordsOf(
      { id: 'from-the-future', severity: 'error', confidence: 'observed', actor: 'you', evidence: [], facts: {} },
      'en',
    )
    expect(words.title).toBe(en.findings['cause-unknown'].title)
  })
})
