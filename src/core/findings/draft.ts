/** What a rule hands to the judge: a finding with the path and the host it concerns, still to be weighed against the others. */
import type { Facts } from '../evidence/schema.ts'
import type { Actor, Confidence, Severity } from './finding.ts'
import { catalogue, type FindingId } from './catalogue.ts'

/**
 * Where a finding belongs. `ews`: calls to the EWS URL. `identity`: the token request. `discovery`: candidates of Autodiscover.
 * `run`: the whole run.
 */
export type Path = 'ews' | 'identity' | 'discovery' | 'run'

export type Draft = {
  id: FindingId
  path: Path
  /** The host concerned; null: no single one. */
  host: string | null
  severity: Severity
  confidence: Confidence
  actor: Actor
  /** Ids of the steps that show it. */
  steps: readonly string[]
  facts: Facts
}

type DraftOptions = {
  path: Path
  host?: string | null
  severity?: Severity
  confidence?: Confidence
  actor?: Actor
  steps: readonly string[]
  facts?: Facts
}

const strength = ['possible', 'likely', 'observed'] as const

/** A draft with what the catalogue says where the rule says nothing; confidence never exceeds the catalogue's. */
export function draft(id: FindingId, options: DraftOptions): Draft {
  const entry = catalogue[id]
  const wanted = options.confidence ?? entry.max
  const weaker = strength.indexOf(wanted) < strength.indexOf(entry.max)
  return {
    id,
    path: options.path,
    host: options.host ?? null,
    severity: options.severity ?? entry.severity,
    confidence: weaker ? wanted : entry.max,
    actor: options.actor ?? entry.actor,
    steps: options.steps,
    facts: options.facts ?? {},
  }
}
