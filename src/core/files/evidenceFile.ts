/**
 * Reads saved evidence: size, JSON, the schema's number, then every field. Whatever is in the file, the answer is a value; what it
 * holds is data of strangers and is never more than shown and judged.
 */
import { evidenceSchema, evidenceSchemaVersion, type Evidence } from '../evidence/schema.ts'
import { limits } from '../limits.ts'

export type EvidenceReading =
  | { kind: 'evidence'; evidence: Evidence }
  | { kind: 'too-large'; bytes: number; limit: number }
  /** Written by a newer version of this program. */
  | { kind: 'newer'; schema: number; known: number }
  /** Evidence of this program that is cut off, changed or incomplete. */
  | { kind: 'damaged' }
  /** Something else, JSON or not. */
  | { kind: 'not-evidence' }

type Fields = Readonly<Record<string, unknown>>

/** Brings evidence of schema `from` to schema `from + 1`; the number itself is set by {@link migrated}. */
export type MigrationStep = { from: number; apply: (evidence: Fields) => Fields }

/** Every schema that ever left this program, up to the one before the present. */
const migrationSteps: readonly MigrationStep[] = [{ from: 1, apply: withoutInventedVersions }]

/** Evidence of pasted material named a version that nobody had asked for, because schema 1 had no way to leave it out. */
function withoutInventedVersions(evidence: Fields): Fields {
  const steps = listOf(evidence['steps']).map((step) => {
    const fields = fieldsOf(step)
    if (fields === null || !String(fields['id']).startsWith('pasted:')) return step
    const observations = listOf(fields['observations']).map((seen) => {
      const observation = fieldsOf(seen)
      return observation?.['kind'] === 'soap' ? { ...observation, version: null } : seen
    })
    return { ...fields, observations }
  })
  return { ...evidence, steps }
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('not the list it has to be')
  return value
}

/** Reads the text of an evidence file, of at most `limits.evidenceBytes`. Never throws. */
export function readEvidence(text: string): EvidenceReading {
  const bytes = Buffer.byteLength(text)
  if (bytes > limits.evidenceBytes) return { kind: 'too-large', bytes, limit: limits.evidenceBytes }
  const parsed = jsonOf(text)
  if (parsed.kind === 'broken') return { kind: begunAsEvidence(text) ? 'damaged' : 'not-evidence' }
  const fields = fieldsOf(parsed.value)
  if (fields === null || !isOurs(fields)) return { kind: 'not-evidence' }
  const { schema } = fields
  if (typeof schema !== 'number' || !Number.isSafeInteger(schema)) return { kind: 'damaged' }
  if (schema > evidenceSchemaVersion) return { kind: 'newer', schema, known: evidenceSchemaVersion }
  if (tooMuchToJudge(fields)) return { kind: 'damaged' }
  const current = migrated(fields, schema, evidenceSchemaVersion, migrationSteps)
  const checked = current === null ? null : evidenceSchema.safeParse(current)
  if (checked === null || !checked.success || !hasUsableTimes(checked.data)) return { kind: 'damaged' }
  return { kind: 'evidence', evidence: checked.data }
}

/** The evidence with the steps from schema `from` up to `to` applied in order; null where one is missing or fails. */
export function migrated(evidence: Fields, from: number, to: number, steps: readonly MigrationStep[]): Fields | null {
  let current = evidence
  for (let at = from; at < to; at += 1) {
    const step = steps.find((one) => one.from === at)
    if (step === undefined) return null
    try {
      current = { ...step.apply(current), schema: at + 1 }
    } catch {
      // A step may trust the shape of its version; a file that lies about its version breaks that.
      return null
    }
  }
  return current
}

function jsonOf(text: string): { kind: 'json'; value: unknown } | { kind: 'broken' } {
  try {
    return { kind: 'json', value: JSON.parse(text.replace(/^\ufeff/, '')) }
  } catch {
    return { kind: 'broken' }
  }
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

/** The product's name is what makes a file ours, in every version. */
function isOurs(fields: Fields): boolean {
  return fieldsOf(fields['product'])?.['name'] === 'ews-setup'
}

/** A file that was cut off still begins as ours does. */
function begunAsEvidence(text: string): boolean {
  const start = text.slice(0, 500)
  return /^\ufeff?\s*\{/.test(start) && start.includes('"schema"') && start.includes('"ews-setup"')
}

/** Rules compare observations with each other, so their number is bounded before anything looks at them. */
function tooMuchToJudge(fields: Fields): boolean {
  const { steps } = fields
  if (!Array.isArray(steps)) return false
  if (steps.length > limits.evidenceSteps) return true
  const observations = steps.reduce<number>((sum, step: unknown) => {
    const inner = fieldsOf(step)?.['observations']
    return sum + (Array.isArray(inner) ? inner.length : 0)
  }, 0)
  return observations > limits.evidenceObservations
}

/** Largest distance from 1970 that a date can have, in seconds. */
const lastSecond = 8_640_000_000_000

/** Times that rules turn into dates are ones. */
function hasUsableTimes(evidence: Evidence): boolean {
  const isDate = (seconds: number | null): boolean => seconds === null || Math.abs(seconds) <= lastSecond
  const started = Date.parse(evidence.startedAt)
  const isNear = (ms: number): boolean => Math.abs(ms) <= (lastSecond * 1_000) / 4
  return (
    !Number.isNaN(started) &&
    isNear(started) &&
    evidence.steps.every(
      (step) =>
        isNear(step.startedMs) &&
        step.observations.every((seen) => {
          if (seen.kind === 'http') return seen.clockSkewMs === null || isNear(seen.clockSkewMs)
          return seen.kind !== 'token' || seen.claims === null || (isDate(seen.claims.nbf) && isDate(seen.claims.exp))
        }),
    )
  )
}
