/** The JSON result of a run: names and shapes are a contract with scripts. */
import type { Language } from '../contract/contract.ts'
import type { RunResult } from '../core/runs/events.ts'
import { summaryOf, wordsOf } from '../texts/index.ts'

export type JsonResult = {
  schema: 1
  command: string
  ok: boolean
  /** `works`, `fails`, `budget-spent` or `cancelled`. */
  outcome: string
  ewsUrl: string | null
  source: string | null
  auth: string | null
  ewsVersion: string | null
  server: { product: string; build: string } | null
  findings: {
    id: string
    severity: string
    confidence: string
    actor: string
    title: string
    explanation: string
    /** What to do, then the commands for it, each with the shell that it is run in. */
    remedy: string[]
    commands: { shell: string; line: string }[]
    evidence: string[]
    facts: Record<string, unknown>
  }[]
  steps: { id: string; phase: string; state: string; ms: number; summary: string }[]
}

export function jsonResult(result: RunResult, language: Language): JsonResult {
  const { evidence } = result
  return {
    schema: 1,
    command: evidence.command,
    ok: result.ok,
    outcome: evidence.outcome,
    ewsUrl: evidence.ewsUrl,
    source: evidence.source,
    auth: evidence.auth,
    ewsVersion: evidence.ewsVersion,
    server: evidence.server,
    findings: result.findings.map((finding) => {
      const words = wordsOf(finding, language)
      return {
        id: finding.id,
        severity: finding.severity,
        confidence: finding.confidence,
        actor: finding.actor,
        title: words.title,
        explanation: words.explanation,
        remedy: [...words.remedy, ...words.commands.map(({ shell, line }) => `${shell}: ${line}`)],
        commands: words.commands,
        evidence: finding.evidence,
        facts: finding.facts,
      }
    }),
    steps: evidence.steps.map((step) => ({
      id: step.id,
      phase: step.phase,
      state: step.state,
      ms: step.ms,
      summary: summaryOf(step, language),
    })),
  }
}
