/** What the documents say about the product holds: calls parse, links lead somewhere, quoted labels exist, lists are complete. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { CommanderError, type Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { examples } from '../../src/cli/helpText.ts'
import { createProgram, renamed } from '../../src/cli/program.ts'
import { addresses as addressesDe } from '../../src/texts/addresses.de.ts'
import { addresses as addressesEn } from '../../src/texts/addresses.en.ts'
import { about as aboutDe } from '../../src/texts/about.de.ts'
import { about as aboutEn } from '../../src/texts/about.en.ts'
import { menuDe } from '../../src/texts/menu.de.ts'
import { menuEn } from '../../src/texts/menu.en.ts'
import { textsOf } from '../../src/texts/index.ts'
import { guide as registrationDe } from '../../src/texts/registration/guide.de.ts'
import { guide as registrationEn } from '../../src/texts/registration/guide.en.ts'
import { documents, read, root } from './documents.ts'
import { boldOf, fencesOf, headingsOf, linksOf } from './markdown.ts'
import { callsIn } from './shellWords.ts'

const guides = { de: read('docs/guide/de.md'), en: read('docs/guide/en.md') } as const
const pages = documents().filter(({ path }) => !path.startsWith('docs/findings/'))
/** A changelog tells what was, too. */
const current = pages.filter(({ path }) => path !== 'CHANGELOG.md')

describe('calls of ews-setup', () => {
  const inPages = current.flatMap(({ path, text }) =>
    fencesOf(text)
      .filter(({ language }) => language === '' || /^(sh|bash|console)$/.test(language))
      .flatMap(({ text: block }) => callsIn(block).map((words) => [path, words.join(' '), words] as const)),
  )
  const inProse = current.flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:npm run -s )?ews-setup [^`\n]+)`/g)].flatMap(([, call = '']) =>
      callsIn(call).map((words) => [path, words.join(' '), words] as const),
    ),
  )
  const inHelp = Object.values(examples)
    .flat()
    .flatMap((call) => callsIn(call).map((words) => ['--help', words.join(' '), words] as const))

  test('are found in the pages and in the help', () => {
    expect(inPages.length).toBeGreaterThan(40)
    expect(inProse.length).toBeGreaterThan(15)
    expect(inHelp.length).toBe(Object.values(examples).flat().length)
  })

  test.each([...inPages, ...inHelp])('%s: ews-setup %s', async (_path, _call, words) => {
    expect(await refusalOf(words)).toBeNull()
  })

  test.each(inProse)('%s, in a sentence: ews-setup %s', async (_path, _call, words) => {
    // There a command is often named without what it works with, or with its options in brackets.
    const refusal = await refusalOf(words.map((word) => word.replaceAll(/[[\]]/g, '')))
    expect(refusal === 'commander.missingArgument' ? null : refusal).toBeNull()
  })

  test('a call that does not exist is told', async () => {
    expect(await refusalOf(['test', 'anna@contoso.com', '--pasword-stdin'])).toBe('commander.unknownOption')
    expect(await refusalOf(['find', 'anna@contoso.com'])).toBe('commander.unknownCommand')
    expect(await refusalOf(['profiles', 'rename', 'one'])).toBe('commander.missingArgument')
    expect(await refusalOf(['watch', 'one'])).toBe('commander.excessArguments')
    expect(callsIn("$ echo 'a b' | ews-setup explain - > out.txt\nnot ews-setup at all")).toEqual([['explain', '-']])
    expect(callsIn(`ews-setup test a@b.c --user 'CONTOSO\\anna' "\${way[@]}" < password.txt`)).toEqual([
      ['test', 'a@b.c', '--user', 'CONTOSO\\anna'],
    ])
  })
})

/** Parses as the program does, without running anything; the code of the refusal, or null. Help is none. */
async function refusalOf(words: readonly string[]): Promise<string | null> {
  const program = createProgram('en', () => undefined)
  const still = (command: Command): void => {
    command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined, outputError: () => undefined })
    if (command.commands.length === 0) command.action(() => undefined)
    command.commands.forEach(still)
  }
  still(program)
  try {
    await program.parseAsync(renamed(words), { from: 'user' })
    return null
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 || error.code === 'commander.help' ? null : error.code
  }
}

describe('links', () => {
  test.each(pages.map((page) => [page.path, page] as const))('%s', (path, page) => {
    const broken = linksOf(page.text).filter((target) => !/^[a-z]+:/i.test(target) && !leadsSomewhere(path, target))
    expect(broken).toEqual([])
  })

  function leadsSomewhere(from: string, target: string): boolean {
    const [file = '', anchor] = target.split('#')
    const path = file === '' ? from : normalize(join(dirname(from), decodeURI(file))).replaceAll('\\', '/')
    if (!existsSync(join(root, path))) return false
    if (anchor === undefined) return true
    return headingsOf(read(path).text).some((heading) => heading.anchor === anchor)
  }

  test('a link or an anchor that leads nowhere is told', () => {
    expect(leadsSomewhere('README.md', 'docs/NOTHING.md')).toBe(false)
    expect(leadsSomewhere('README.md', 'docs/guide/de.md#nichts')).toBe(false)
    expect(leadsSomewhere('docs/guide/de.md', '#warum-401')).toBe(true)
  })
})

describe('the guides', () => {
  test('have the same structure in both languages, with the same pictures, tables and blocks', () => {
    const shape = (text: string) => ({
      levels: headingsOf(text).map(({ level }) => level),
      pictures: linksOf(text).flatMap((target) =>
        target.endsWith('.png') ? [target.replace(/-(de|en)\.png$/, '')] : [],
      ),
      findings: linksOf(text).filter((target) => target.startsWith('../findings/')),
      rows: [...text.matchAll(/^\|/gm)].length,
      blocks: fencesOf(text).map(({ language }) => language),
    })
    expect(shape(guides.de.text)).toEqual(shape(guides.en.text))
  })

  const catalogues = {
    de: [textsOf('de'), addressesDe, registrationDe, menuDe, aboutDe],
    en: [textsOf('en'), addressesEn, registrationEn, menuEn, aboutEn],
  }

  test.each(['de', 'en'] as const)('every label that the guide quotes in bold stands on the screen: %s', (language) => {
    const words = new Set(catalogues[language].flatMap(leavesOf))
    const quoted = boldOf(guides[language].text)
    expect(quoted.length).toBeGreaterThan(80)
    expect([...new Set(quoted)].filter((label) => !words.has(label))).toEqual([])
  })

  function leavesOf(value: unknown): string[] {
    if (typeof value === 'string') return [value]
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : []
  }
})

describe('lists that have to be complete', () => {
  test('the README names every script of package.json, and no other', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    // npm calls it itself, and these are parts of `check`.
    const inner = ['prepare', 'check:types', 'check:lint', 'check:format']
    const named = [...read('README.md').text.matchAll(/\bnpm (?:run (?:-s )?(?=[a-z])([\w:-]+)|(start|test)\b)/g)].map(
      ([, run, short]) => run ?? short ?? '',
    )
    expect([...new Set(named)].toSorted()).toEqual(
      Object.keys(scripts)
        .filter((name) => !inner.includes(name))
        .toSorted(),
    )
  })

  test('the README names every command of ews-setup', () => {
    const { text } = read('README.md')
    const commands = createProgram('en', () => undefined).commands.map((command) => command.name())
    expect(commands.filter((name) => !text.includes(`ews-setup -- ${name}`))).toEqual([])
  })

  test('ARCHITECTURE.md names every room of the sources', () => {
    const { text } = read('docs/ARCHITECTURE.md')
    const rooms = [...directoriesIn('src'), ...directoriesIn('src/core'), ...directoriesIn('src/host')]
    expect(rooms.length).toBeGreaterThan(20)
    expect(rooms.filter((room) => !text.includes(`\`${room}\``))).toEqual([])
  })

  /** Without `src/`. */
  function directoriesIn(path: string): string[] {
    return readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${path}/${entry.name}`.replace(/^src\//, ''))
  }

  test('what ARCHITECTURE.md and CONTRIBUTING.md name as a file is there', () => {
    const rooms = ['', 'src/', 'docs/', 'src/core/', 'test/']
    for (const path of ['docs/ARCHITECTURE.md', 'CONTRIBUTING.md']) {
      const named = [...read(path).text.matchAll(/`([\w./-]+\/[\w.-]+)`/g)].map(([, name = '']) => name)
      const gone = named.filter((name) => !rooms.some((room) => existsSync(join(root, room, name))))
      expect({ path, gone }).toEqual({ path, gone: [] })
    }
  })
})
