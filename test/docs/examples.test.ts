/**
 * The examples of the guides run as they stand there: every `console` block, in order, in the world that the block before them sets up (an
 * embedded Exchange, a directory of its own). Durations count as equal, `…` stands for any lines.
 */
import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram, environment, program, scratch, type Scratch } from '../cli/program.ts'
import { read } from './documents.ts'
import { fencesOf } from './markdown.ts'

const skipReason = process.platform === 'win32' ? 'the examples are written for bash' : null
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

// The examples of both guides are the same calls; a run of all tests takes one of them, because each call is a process of its own.
const languages = [
  ['de', 'de_DE.UTF-8'],
  ...(process.env['EWS_SETUP_EXAMPLES'] === 'all' ? [['en', 'en_GB.UTF-8'] as const] : []),
] as const
if (languages.length === 1) console.log('skipped: the examples of the English guide run with EWS_SETUP_EXAMPLES=all')

type Example = { command: string; output: string[] }

function examplesIn(block: string): Example[] {
  const examples: Example[] = []
  for (const line of block.trimEnd().split('\n'))
    if (line.startsWith('$ ')) examples.push({ command: line.slice(2), output: [] })
    else examples.at(-1)?.output.push(line)
  return examples
}

/** Between the outputs of two examples; nothing that a program prints. */
const mark = '=== example ==='

/** One bash for a whole guide, as a reader would have it; what the examples printed, in order, errors included. */
function runAll(setUp: string, examples: readonly Example[], files: Scratch, locale: string): Promise<string[]> {
  const bin = join(files.directory, 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(bin, 'ews-setup'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`)
  chmodSync(join(bin, 'ews-setup'), 0o755)
  const script = [
    "trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT",
    setUp,
    ...examples.map(({ command }) => `echo '${mark}'\n${command} 2>&1`),
  ].join('\n')
  const env = environment({ home: files.home, env: { LC_ALL: locale } })
  const options = { cwd: files.directory, env: { ...env, PATH: `${bin}:${env['PATH'] ?? ''}` }, timeout: 170_000 }
  return new Promise((resolve, reject) => {
    execFile('bash', ['-c', script], options, (error, stdout, stderr) => {
      const outputs = stdout.split(`${mark}\n`).slice(1)
      if (outputs.length === examples.length) resolve(outputs)
      else reject(new Error(`the examples ended early: ${error?.message ?? ''} ${stderr}`))
    })
  })
}

const steady = (line: string): string => line.replaceAll(/\d+(?:[.,]\d+)? (?:ms|s|min)\b/g, '# s').trimEnd()

/** The first line of the example that the output does not have where it should, or null. */
function missing(example: Example, output: string): string | null {
  const lines = output.trimEnd() === '' ? [] : output.trimEnd().split('\n').map(steady)
  let at = 0
  let mayLeaveOut = false
  for (const line of example.output.map(steady)) {
    if (line === '…') mayLeaveOut = true
    else {
      const found = mayLeaveOut ? lines.indexOf(line, at) : lines[at] === line ? at : -1
      if (found === -1) return line
      at = found + 1
      mayLeaveOut = false
    }
  }
  return at === lines.length || mayLeaveOut ? null : `nothing more, not: ${lines[at] ?? ''}`
}

describe.skipIf(skipReason !== null)('examples', { timeout: 180_000 }, () => {
  const all: Scratch[] = []
  beforeAll(buildProgram, 90_000)
  afterAll(() => all.forEach((files) => files.remove()))

  test.each(languages)('of the guide in %s print what the guide says', async (language, locale) => {
    const files = scratch()
    all.push(files)
    const fences = fencesOf(read(`docs/guide/${language}.md`).text)
    const setUp = fences.find((fence) => fence.language === 'sh' && fence.text.includes('demo --serve'))?.text ?? ''
    const examples = fences.filter((fence) => fence.language === 'console').flatMap(({ text }) => examplesIn(text))
    expect(examples.length).toBeGreaterThan(15)
    const outputs = await runAll(setUp, examples, files, locale)
    for (const [index, example] of examples.entries()) {
      const output = outputs[index] ?? ''
      expect(missing(example, output), `${example.command}\n${output}`).toBeNull()
    }
  })

  test('an example that prints something else is told', () => {
    const [example] = examplesIn('$ run\nfirst\n…\nlast (3 ms)\n')
    if (example === undefined) throw new Error('no example')
    expect(missing(example, 'first\nmore\nlast (20 ms)\n')).toBeNull()
    expect(missing(example, 'first\nmore\n')).toBe('last (# s)')
    expect(missing(example, 'other\nlast (1 s)\n')).toBe('first')
    expect(missing(example, 'first\nlast (1 s)\nand more\n')).toBe('nothing more, not: and more')
  })
})
