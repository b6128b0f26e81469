/** A run's result for people: steps, then what was found, then what to do. */
import type { Language } from '../contract/contract.ts'
import { assertNever } from '../core/assertNever.ts'
import type { Step } from '../core/evidence/schema.ts'
import type { Finding } from '../core/findings/finding.ts'
import type { RunResult } from '../core/runs/events.ts'
import { stepNameOf, summaryOf, textsOf, wordsOf, type Command } from '../texts/index.ts'

const marks: Readonly<Record<Step['state'], string>> = {
  passed: '✔',
  warning: '!',
  failed: '✖',
  'no-answer': '·',
  skipped: '–',
  cancelled: '–',
  crashed: '✖',
}

export function stepLine(step: Step, language: Language): string {
  const state = textsOf(language).run.states[step.state]
  return `${marks[step.state]} ${stepNameOf(step, language)} (${state}, ${duration(step.ms, language)}): ${summaryOf(step, language)}`
}

export function duration(ms: number, language: Language): string {
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  return ms < 1_000 ? `${ms} ms` : `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(ms / 1_000)} s`
}

/** The report for standard output; without the steps where they have been shown as they went. */
export function report(result: RunResult, language: Language, { steps }: { steps: boolean }): string {
  const { terminal, run } = textsOf(language)
  const { evidence } = result
  const facts = [
    [terminal.labels.ewsUrl, evidence.ewsUrl],
    [terminal.labels.source, evidence.source === null ? null : run.sources[evidence.source]],
    [terminal.labels.login, evidence.auth === null ? null : run.schemes[evidence.auth]],
    [terminal.labels.version, evidence.ewsVersion],
    [terminal.labels.server, evidence.server === null ? null : `${evidence.server.product} (${evidence.server.build})`],
  ].flatMap(([label, value]) => (value === null || value === undefined ? [] : [`${label}: ${value}`]))
  return [
    ...(steps ? evidence.steps.map((step) => stepLine(step, language)) : []),
    '',
    terminal.results[resultOf(result)],
    ...facts,
    ...(result.findings.length === 0 ? [] : ['', terminal.headings.findings]),
    ...result.findings.flatMap((finding) => findingLines(finding, language)),
    '',
  ].join('\n')
}

function resultOf(result: RunResult): keyof ReturnType<typeof textsOf>['terminal']['results'] {
  switch (result.evidence.outcome) {
    case 'works':
      return result.findings.some((finding) => finding.severity === 'warning') ? 'worksWithRemarks' : 'works'
    case 'fails':
      return 'fails'
    case 'budget-spent':
      return 'budgetSpent'
    case 'cancelled':
      return 'cancelled'
    default:
      return assertNever(result.evidence.outcome)
  }
}

function findingLines(finding: Finding, language: Language): string[] {
  const words = wordsOf(finding, language)
  const { severities } = textsOf(language).run
  return [
    `[${severities[finding.severity]}] ${words.title} (${finding.id})`,
    // What was observed needs no word about how sure it is.
    `  ${finding.confidence === 'observed' ? '' : `${words.lead} `}${words.explanation}`,
    ...(words.remedy.length === 0
      ? []
      : [`  ${words.actor}:`, ...words.remedy.map((step, index) => `    ${index + 1}. ${step}`)]),
    ...commandLines(words.commands, '    '),
  ]
}

/** The first finding for standard error: what happened, and what to do. A run that was stopped may have none. */
export function failureLines(result: RunResult, language: Language): string {
  if (result.ok) return ''
  const first = result.findings[0]
  if (first === undefined) return `${textsOf(language).terminal.results[resultOf(result)]}\n`
  const words = wordsOf(first, language)
  return [
    `${words.title} (${first.id})`,
    ...words.remedy.map((step, index) => `  ${index + 1}. ${step}`),
    ...commandLines(words.commands, '  '),
    '',
  ].join('\n')
}

/** Each command in a line of its own, so that it can be taken whole; where it is run stands once above those that follow. */
function commandLines(commands: readonly Command[], indent: string): string[] {
  return commands.flatMap(({ shell, line }, index) => [
    ...(commands[index - 1]?.shell === shell ? [] : [`${indent}${shell}:`]),
    `${indent}  ${line}`,
  ])
}
