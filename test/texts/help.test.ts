// Help on every finding, its page, its scenario: nothing is missing, nothing is out of date, and the window does not start with it.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { findingsPages, outOfDate } from '../../scripts/findings-pages.mjs'
import { catalogue, findingIds } from '../../src/core/findings/catalogue.ts'
import { scenarioIds } from '../../src/demo/index.ts'
import { loadHelp, type HelpEntry } from '../../src/texts/help.ts'
import { textsOf } from '../../src/texts/index.ts'
import { fires } from '../core/findings/cases.ts'
import { scenarioOf } from '../core/findings/scenarioOf.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const languages = ['de', 'en'] as const
const help = { de: await loadHelp('de'), en: await loadHelp('en') }
const sentencesOf = ({ meaning, knows, commands = [], sources }: HelpEntry): string[] => [
  meaning,
  knows,
  ...commands,
  ...sources,
]

describe('every finding', () => {
  test.each(findingIds)('%s has a rule case, words, help and a line in the table of scenarios', (id) => {
    expect(fires[id]).toBeDefined()
    expect(scenarioOf[id]).toBeDefined()
    for (const language of languages) {
      expect(textsOf(language).findings[id].remedy.length).toBeGreaterThan(0)
      expect(sentencesOf(help[language][id]).filter((text) => text.trim() === '')).toEqual([])
      expect(help[language][id].sources.length).toBeGreaterThan(0)
    }
  })

  test.each(findingIds)('%s says in help how sure it can be at most', (id) => {
    const sure = {
      observed: { de: /beobachtet|steht fest|Beobachtung/i, en: /observed/i },
      likely: { de: /wahrscheinlich/i, en: /likely/i },
      possible: { de: /möglich/i, en: /possible/i },
    }[catalogue[id].max]
    for (const language of languages) expect(help[language][id].knows).toMatch(sure[language])
  })
})

describe('the words of help', () => {
  test('are the same findings in both languages, with commands in both or in none', () => {
    expect(Object.keys(help.de).toSorted()).toEqual(Object.keys(help.en).toSorted())
    const counts = (language: 'de' | 'en') =>
      findingIds.map((id) => `${id} ${help[language][id].commands?.length ?? 0}`)
    expect(counts('de')).toEqual(counts('en'))
  })

  test.each(languages)('are general in %s: no placeholder, two sentences at least', (language) => {
    const texts = findingIds.flatMap((id) => sentencesOf(help[language][id]))
    expect(texts.filter((text) => /\{\w+\}/.test(text))).toEqual([])
    const short = findingIds.filter((id) => (help[language][id].meaning.match(/[.:;](\s|$)/g) ?? []).length < 2)
    expect(short).toEqual([])
  })

  test('follow the house style', () => {
    const banned = {
      en: /\b(please|sorry|oops|valid|invalid|forbidden)\b|an error occurred|[a-z]!/i,
      de: /\b(bitte|leider|ungültige?[rsn]?|du|dein)\b|[a-zß]!/i,
    }
    for (const language of languages) {
      const texts = findingIds.flatMap((id) => [help[language][id].meaning, help[language][id].knows])
      expect(texts.filter((text) => banned[language].test(text))).toEqual([])
      expect(texts.filter((text) => /["'`]/.test(text))).toEqual([])
    }
  })

  test('name the same cmdlets with the same parameters in both languages', () => {
    const cmdlets = (language: 'de' | 'en') =>
      findingIds.flatMap((id) =>
        (help[language][id].commands ?? [])
          .filter((one) => !one.includes('→'))
          .map((one) => one.replace(/<[^>]+>/g, '<>')),
      )
    expect(cmdlets('de')).toEqual(cmdlets('en'))
    expect(cmdlets('en').length).toBeGreaterThan(20)
  })
})

describe('the pages in docs/findings', () => {
  let pages = new Map<string, string>()
  beforeAll(async () => {
    pages = await findingsPages()
  }, 60_000)

  test('are up to date (node scripts/findings-pages.mjs writes them)', async () => {
    expect(await outOfDate(pages)).toEqual([])
  })

  test('are one for each finding, whole in both languages', () => {
    expect([...pages.keys()].toSorted()).toEqual([...findingIds.map((id) => `${id}.md`), 'README.md'].toSorted())
    for (const id of findingIds) {
      const page = pages.get(`${id}.md`) ?? ''
      const headings = page.match(/^#+ .*$/gm) ?? []
      expect(headings.map((line) => line.replace(/ .*/, ''))).toEqual(['#', ...half, ...half])
      // No heading is followed by the next of its own or a higher rank.
      expect(page).not.toMatch(/^(### .*)\n+#/m)
      expect(page).not.toMatch(/\{\w+\}|undefined|\[object/)
    }
  })

  test('the table names every finding, and tests that are there', () => {
    const table = pages.get('README.md') ?? ''
    for (const id of findingIds) expect(table).toContain(`[${id}](${id}.md)`)
    const files = new Set(table.match(/\btest\/[\w/-]+\.test\.tsx?/g) ?? [])
    expect([...files].filter((file) => !existsSync(join(root, file)))).toEqual([])
    expect(files.size).toBeGreaterThan(2)
  })
})

const half = ['##', '###', '###', '###', '###', '###']

describe('the table of scenarios', () => {
  test('names scenarios that are there, or says why there is none', () => {
    for (const [id, { scenarios, without }] of Object.entries(scenarioOf)) {
      expect({ id, unknown: scenarios.filter((one) => !scenarioIds.includes(one)) }).toEqual({ id, unknown: [] })
      expect({ id, shown: scenarios.length > 0 }).toEqual({ id, shown: without === null })
    }
  })
})

describe('the window as it is shipped', () => {
  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [join(root, 'scripts', 'build.mjs')])
  }, 90_000)

  test('does not load the help at its start, and has it in files of its own', () => {
    const renderer = join(root, 'out', 'renderer')
    const page = readFileSync(join(renderer, 'index.html'), 'utf8')
    const atStart = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '')
    expect(atStart.length).toBeGreaterThan(0)
    const follow = (file: string, seen: Set<string>): Set<string> => {
      if (seen.has(file)) return seen
      seen.add(file)
      const text = readFileSync(join(renderer, file), 'utf8')
      for (const [, name = ''] of text.matchAll(/\b(?:import|from)\s*"\.\/([^"]+\.js)"/g))
        follow(`assets/${name}`, seen)
      return seen
    }
    const started = [...atStart.reduce((seen, file) => follow(file, seen), new Set<string>())]
    const all = readdirSync(join(renderer, 'assets')).filter((name) => name.endsWith('.js'))
    const holds = (file: string, sentence: string) => readFileSync(join(renderer, file), 'utf8').includes(sentence)
    for (const language of languages) {
      // Plain letters only: a bundler may write others as escapes.
      const sentence = /[A-Za-z ,]{40,}/.exec(help[language]['connection-refused'].meaning)?.[0] ?? '-'
      expect(started.filter((file) => holds(file, sentence))).toEqual([])
      expect(all.filter((name) => holds(`assets/${name}`, sentence))).toHaveLength(1)
    }
  })
})
