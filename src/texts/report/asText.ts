/** A report as plain text. */
import { fill } from '../index.ts'
import type { Report, ReportFinding, ReportLine } from './report.ts'
import { reportWords } from './words.ts'

export function asText(report: Report): string {
  const { headings, nothingFound } = reportWords(report.language)
  return [
    heading(report.title, '='),
    lines(report.head),
    heading(headings.findings, '-'),
    ...(report.findings.length === 0 ? [nothingFound] : report.findings.map((finding) => findingText(finding, report))),
    heading(headings.server, '-'),
    lines(report.server),
    heading(headings.steps, '-'),
    report.steps.map((step) => `- ${stepText(step, report)}`).join('\n'),
    heading(headings.evidence, '-'),
    ...report.evidence.map(({ title, blocks }) => [title, ...blocks.map((block) => lines(block, '  '))].join('\n\n')),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

/** One line for a step. */
export function stepText(step: Report['steps'][number], { language }: Pick<Report, 'language'>): string {
  return fill(reportWords(language).step, step, language)
}

/** One finding: what happened, what it means, what to do and who does it, and its code. */
function findingText(finding: ReportFinding, { language }: Report): string {
  const { headings, code } = reportWords(language)
  const { severity, title, lead, explanation, remedy, commands, actor, id } = finding
  return [
    `[${severity}] ${title}`,
    indented([lead, explanation].filter((part) => part !== '').join(' '), '  '),
    ...(remedy.length === 0 ? [] : [`  ${headings.remedy} (${actor}):`]),
    ...remedy.map((step, index) => `  ${index + 1}. ${indented(step, '     ').trimStart()}`),
    ...commands.map(({ shell, line }) => `  ${shell}:\n    ${line}`),
    `  ${fill(code, { id }, language)}`,
  ].join('\n')
}

function heading(text: string, rule: string): string {
  return `${text}\n${rule.repeat(text.length)}`
}

function lines(all: readonly ReportLine[], indent = ''): string {
  return all.map(({ label, value }) => `${indent}${label}: ${value}`).join('\n')
}

function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => indent + line)
    .join('\n')
}
