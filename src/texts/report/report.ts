/** A run's result as a report for people: plain values in one language, ready for any of the writers. */
import { assertNever } from '../../core/assertNever.ts'
import type { Step } from '../../core/evidence/schema.ts'
import { shapeOfEvidence } from '../../core/files/shapes.ts'
import type { Finding } from '../../core/findings/finding.ts'
import type { RunResult } from '../../core/runs/events.ts'
import { fill, stepNameOf, summaryOf, textsOf, wordsOf, type Command, type Language, type Texts } from '../index.ts'
import { pastedVerdict } from '../pastedVerdict.ts'
import { shownResult } from './content.ts'
import { evidenceLines, type ReportLine } from './evidenceLines.ts'
import { serverFactLines, serverFactsOf } from './serverFacts.ts'
import { reportWords } from './words.ts'

export type { ReportLine } from './evidenceLines.ts'

export type ReportFinding = {
  id: string
  severity: string
  title: string
  /** How sure it is; empty when it was observed. */
  lead: string
  explanation: string
  remedy: string[]
  commands: Command[]
  /** Who has to act. */
  actor: string
}

export type ReportStep = { name: string; state: string; duration: string; summary: string }

/** The observations of one step. */
export type ReportEvidence = { title: string; blocks: ReportLine[][] }

/** Everything a report says. No value has a line break or an unseen character unless a text of ours put it there. */
export type Report = {
  language: Language
  title: string
  head: ReportLine[]
  findings: ReportFinding[]
  server: ReportLine[]
  steps: ReportStep[]
  evidence: ReportEvidence[]
}

export type ReportOptions = {
  language: Language
  /** Makes mail addresses and user names unrecognisable everywhere, texts of servers included. */
  mask: boolean
}

export function reportOf(original: RunResult, { language, mask }: ReportOptions): Report {
  const result = shownResult(original, mask)
  const { evidence, findings } = result
  return {
    language,
    title: reportWords(language).title,
    head: headOf(result, { language, mask }),
    findings: findings.map((finding) => findingOf(finding, language)),
    server: serverFactLines(serverFactsOf(evidence, findings), language),
    steps: evidence.steps.map((step) => stepOf(step, language)),
    evidence: evidence.steps.flatMap((step) => (step.observations.length === 0 ? [] : [evidenceOf(step, language)])),
  }
}

function headOf({ evidence, findings }: RunResult, { language, mask }: ReportOptions): ReportLine[] {
  const words = reportWords(language)
  const { run, terminal, explain } = textsOf(language)
  // A text that was judged is no run: nothing was asked, and nothing can be said to work.
  const shape = shapeOfEvidence(evidence)
  const { product, platform, input, server } = evidence
  const lines: [string, string | null][] = [
    [words.head.version, product.version],
    [
      words.head.system,
      shape === null ? fill(words.system, { system: platform.system, node: platform.node }, language) : null,
    ],
    [words.head.time, fill('{at}', { at: evidence.startedAt }, language)],
    [words.head.duration, shape === null ? durationOf(evidence.ms, language) : null],
    [words.head.command, shape === null ? words.commands[evidence.command] : null],
    [words.head.recognised, shape === null ? null : explain.shapes[shape]],
    [
      words.head.outcome,
      shape === null
        ? terminal.results[outcomeOf(evidence.outcome, findings)]
        : explain.results[pastedVerdict({ evidence, findings })],
    ],
    [words.head.mailbox, input.email],
    [words.head.ewsUrl, evidence.ewsUrl],
    [words.head.source, evidence.source === null ? null : run.sources[evidence.source]],
    [words.head.login, evidence.auth === null ? null : run.schemes[evidence.auth]],
    [words.head.ewsVersion, evidence.ewsVersion],
    [words.head.server, server === null ? null : `${server.product} (${server.build})`],
    [words.head.proxy, shape !== null ? null : input.proxy ? words.yes : words.no],
    [words.head.masked, mask ? words.masked : words.shown],
    [words.head.language, words.languageName],
  ]
  return lines.flatMap(([label, value]) => (value === null || value === '' ? [] : [{ label, value }]))
}

function outcomeOf(
  outcome: RunResult['evidence']['outcome'],
  findings: readonly Finding[],
): keyof Texts['terminal']['results'] {
  switch (outcome) {
    case 'works':
      return findings.some((finding) => finding.severity === 'warning') ? 'worksWithRemarks' : 'works'
    case 'fails':
      return 'fails'
    case 'budget-spent':
      return 'budgetSpent'
    case 'cancelled':
      return 'cancelled'
    default:
      return assertNever(outcome)
  }
}

function findingOf(finding: Finding, language: Language): ReportFinding {
  const { title, lead, explanation, remedy, commands, actor } = wordsOf(finding, language)
  return {
    id: finding.id,
    severity: textsOf(language).run.severities[finding.severity],
    title,
    lead: finding.confidence === 'observed' ? '' : lead,
    explanation,
    remedy,
    commands,
    actor,
  }
}

function stepOf(step: Step, language: Language): ReportStep {
  return {
    name: stepNameOf(step, language),
    state: textsOf(language).run.states[step.state],
    duration: durationOf(step.ms, language),
    summary: summaryOf(step, language),
  }
}

function evidenceOf(step: Step, language: Language): ReportEvidence {
  const { state, duration } = stepOf(step, language)
  return {
    title: fill(reportWords(language).blockTitle, { id: step.id, state, duration }, language),
    blocks: step.observations.map(evidenceLines),
  }
}

function durationOf(ms: number, language: Language): string {
  const { milliseconds, seconds } = reportWords(language)
  return ms < 1_000
    ? fill(milliseconds, { value: Math.round(ms) }, language)
    : fill(seconds, { value: ms / 1_000 }, language)
}
