/** The judge: applies every rule to evidence and weighs what they say. Pure: no network, no clock, no language. */
import type { Evidence } from '../evidence/schema.ts'
import type { Finding } from './finding.ts'
import { catalogue, findingIds, stages, type CatalogueEntry, type FindingId } from './catalogue.ts'
import type { Draft } from './draft.ts'
import { viewOf, type View } from './view.ts'
import { inputRules } from './input.ts'
import { nameRules } from './names.ts'
import { transportRules } from './transport.ts'
import { proxyRules } from './proxy.ts'
import { clockRules } from './clock.ts'
import { identityRules } from './identity.ts'
import { tokenRules } from './token.ts'
import { autodiscoverRules } from './autodiscover.ts'
import { httpRules } from './http.ts'
import { soapRules } from './soap.ts'
import { versionRules } from './version.ts'
import { causeUnknown, runRules } from './run.ts'

const rules: readonly ((view: View) => Draft[])[] = [
  inputRules,
  nameRules,
  transportRules,
  proxyRules,
  clockRules,
  identityRules,
  tokenRules,
  autodiscoverRules,
  httpRules,
  soapRules,
  versionRules,
  runRules,
]

/** The findings of a run, the most telling first. The same evidence always gives the same findings. */
export function judge(evidence: Evidence): Finding[] {
  const view = viewOf(evidence)
  const drafts = settle(view, merged(suppressed(rules.flatMap((rule) => rule(view)))))
  return drafts.sort((one, other) => compare(view, one, other)).map(published)
}

function entryOf(one: Draft): CatalogueEntry {
  return catalogue[one.id]
}

/**
 * Drops what another finding explains better. A finding that is itself dropped drops nothing, and one that is merely possible
 * leaves the other explanations standing beside it.
 */
function suppressed(drafts: readonly Draft[]): Draft[] {
  let dropped = new Set<Draft>()
  for (let round = 0; round <= stages.length; round += 1) {
    const active = drafts.filter((one) => !dropped.has(one))
    const next = new Set(drafts.filter((one) => active.some((by) => by !== one && suppresses(by, one))))
    if (next.size === dropped.size && [...next].every((one) => dropped.has(one))) break
    dropped = next
  }
  return drafts.filter((one) => !dropped.has(one))
}

function suppresses(by: Draft, other: Draft): boolean {
  const entry = entryOf(by)
  if (by.confidence === 'possible' || by.id === other.id) return false
  const sameHost = by.host === null || other.host === null || by.host === other.host
  if (entry.suppresses.includes(other.id) && sameHost) return !isMutual(by, other)
  if (!entry.suppresses.includes('below') || by.severity !== 'error') return false
  const later = stages.indexOf(entryOf(other).stage) > stages.indexOf(entry.stage)
  const samePath =
    by.path === 'run' || (by.path === other.path && (by.path !== 'discovery' || (sameHost && other.host !== null)))
  return later && samePath && !catalogueNames(other, by)
}

/** Both would drop each other by name: then neither does. */
function isMutual(by: Draft, other: Draft): boolean {
  return entryOf(other).suppresses.includes(by.id) && entryOf(by).suppresses.includes(other.id)
}

/** The later finding explains the earlier one by name, as an internal-only URL explains a missing address. */
function catalogueNames(later: Draft, earlier: Draft): boolean {
  return entryOf(later).suppresses.includes(earlier.id)
}

const severityRank = { error: 0, warning: 1, info: 2 } as const
const confidenceRank = { observed: 0, likely: 1, possible: 2 } as const

/** One finding per id: the strongest stands, with the steps of all. */
function merged(drafts: readonly Draft[]): Draft[] {
  const byId = new Map<string, Draft>()
  for (const one of drafts) {
    const known = byId.get(one.id)
    if (known === undefined) {
      byId.set(one.id, one)
      continue
    }
    const [best, other] = strength(one) < strength(known) ? [one, known] : [known, one]
    byId.set(one.id, { ...best, steps: [...new Set([...best.steps, ...other.steps])] })
  }
  return [...byId.values()]
}

function strength(one: Draft): number {
  return severityRank[one.severity] * 10 + confidenceRank[one.confidence]
}

/** Makes the list agree with how the run ended. */
function settle(view: View, drafts: Draft[]): Draft[] {
  switch (view.evidence.outcome) {
    case 'works':
      return drafts.map((one) => {
        if (one.severity !== 'error') return one
        return { ...one, severity: one.path === 'discovery' ? 'info' : 'warning' }
      })
    case 'cancelled':
      return drafts.filter((one) => one.confidence !== 'possible')
    case 'fails':
    case 'budget-spent':
      return drafts.some((one) => one.severity === 'error') ? drafts : withCause(view, drafts)
  }
}

/** What is only a warning at a candidate is the cause when nothing else is: an answer that was refused, a host that broke off. */
const causes: readonly FindingId[] = [
  'answer-refused-as-unsafe',
  'answer-unreadable',
  'insecure-url-refused',
  'autodiscover-needs-login',
  'autodiscover-redirect-loop',
  'tls-handshake-reset',
  'connection-dropped',
  'server-silent',
  'split-dns-suspected',
]

function withCause(view: View, drafts: Draft[]): Draft[] {
  const cause = drafts.filter((one) => causes.includes(one.id)).toSorted((one, other) => compare(view, one, other))[0]
  if (cause === undefined) return [...drafts, causeUnknown(view)]
  return drafts.map((one) => (one === cause ? { ...one, severity: 'error' } : one))
}

/** Errors first; then what decides before what was only tried; then the surer; then the catalogue's order. */
function compare(view: View, one: Draft, other: Draft): number {
  return (
    Number(one.severity !== 'error') - Number(other.severity !== 'error') ||
    aside(view, one) - aside(view, other) ||
    confidenceRank[one.confidence] - confidenceRank[other.confidence] ||
    severityRank[one.severity] - severityRank[other.severity] ||
    findingIds.indexOf(one.id) - findingIds.indexOf(other.id)
  )
}

/** 1 for findings at candidates once a URL is known: they decide nothing any more. */
function aside(view: View, one: Draft): number {
  return one.path === 'discovery' && view.urlKnown ? 1 : 0
}

function published(one: Draft): Finding {
  const { id, severity, confidence, actor, facts } = one
  return { id, severity, confidence, actor, evidence: [...new Set(one.steps)].map((step) => `step:${step}`), facts }
}
