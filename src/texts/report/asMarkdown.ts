/**
 * A report as Markdown for a ticket. Prose is escaped; what a reader might turn into a link or a mention goes into code, and evidence
 * into fenced blocks (CommonMark 0.31, GFM autolinks), so that no text of a server becomes markup.
 */
import { fill } from '../index.ts'
import { stepText } from './asText.ts'
import type { Report, ReportFinding } from './report.ts'
import { reportWords } from './words.ts'

export function asMarkdown(report: Report): string {
  const { headings, nothingFound } = reportWords(report.language)
  return [
    `# ${escaped(report.title)}`,
    table(report.head),
    `## ${escaped(headings.findings)}`,
    ...(report.findings.length === 0
      ? [escaped(nothingFound)]
      : report.findings.map((finding) => findingMarkdown(finding, report))),
    `## ${escaped(headings.server)}`,
    table(report.server),
    `## ${escaped(headings.steps)}`,
    report.steps.map((step) => `- ${escaped(stepText(step, report))}`).join('\n'),
    `## ${escaped(headings.evidence)}`,
    ...report.evidence.flatMap(({ title, blocks }) => [
      `### ${code(title)}`,
      fenced(blocks.map((block) => block.map(({ label, value }) => `${label}: ${value}`).join('\n')).join('\n\n')),
    ]),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

function findingMarkdown(finding: ReportFinding, { language }: Report): string {
  const words = reportWords(language)
  const { severity, title, lead, explanation, remedy, commands, actor, id } = finding
  return [
    `### ${escaped(severity)}: ${escaped(title)}`,
    escaped([lead, explanation].filter((part) => part !== '').join(' ')),
    ...(remedy.length === 0
      ? []
      : [
          `**${escaped(words.headings.remedy)}** (${escaped(actor)})`,
          remedy.map((step, index) => `${index + 1}. ${escaped(step)}`).join('\n'),
        ]),
    ...commands.flatMap(({ shell, line }) => [escaped(`${shell}:`), fenced(line)]),
    escaped(fill(words.code, { id }, language)),
  ].join('\n\n')
}

function table(lines: Report['head']): string {
  return lines.map(({ label, value }) => `- **${escaped(label)}:** ${code(value)}`).join('\n')
}

/** Prose. Its line breaks stay breaks within the paragraph or list item that it stands in. */
export function escaped(prose: string): string {
  const parts = prose.split(/(\s+)/)
  return parts
    .map((part, index) => {
      if (/^\s*$/.test(part)) return part.includes('\n') ? '\\\n   ' : part
      const opensLine = index === 0 || (parts[index - 1] ?? '').includes('\n')
      return inert(part, opensLine)
    })
    .join('')
}

/** One word. What readers make a link or a mention of (addresses, URLs, users) becomes code, without the punctuation behind it. */
function inert(word: string, opensLine: boolean): string {
  if (!/@|:\/\/|www\.|mailto:|xmpp:/i.test(word)) return escapedWord(word, opensLine)
  const [, name = word, tail = ''] = /^(.*?)([,.;:!?)”“"']*)$/su.exec(word) ?? []
  return `${code(name)}${escapedWord(tail, false)}`
}

/** Signs that mean something anywhere, and those that do where a line begins; the others stay legible. */
function escapedWord(word: string, opensLine: boolean): string {
  const anywhere = word.replaceAll(/[\\`*_[\]<>#~|&$]/g, '\\$&')
  return opensLine ? anywhere.replace(/^[-+=]|(?<=^\d+)[.)]$/, '\\$&') : anywhere
}

/** A span of code with a fence that its content cannot close. */
function code(value: string): string {
  const text = value.replaceAll(/\s/g, ' ')
  if (text.trim() === '') return ''
  const fence = '`'.repeat(longestRun(text) + 1)
  const space = text.startsWith('`') || text.endsWith('`') || text.startsWith(' ') || text.endsWith(' ') ? ' ' : ''
  return `${fence}${space}${text}${space}${fence}`
}

function fenced(value: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(value) + 1))
  return `${fence}text\n${value}\n${fence}`
}

function longestRun(text: string): number {
  let longest = 0
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return longest
}
