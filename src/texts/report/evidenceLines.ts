/** Observations as lines of key and value: the language-free form in which evidence is read in a ticket. */
import type { Observation } from '../../core/evidence/schema.ts'

export type ReportLine = { label: string; value: string }

/** What is unknown or empty has no line. */
export function evidenceLines(observation: Observation): ReportLine[] {
  const { kind, ...rest } = observation
  return [{ label: 'kind', value: kind }, ...Object.entries(rest).flatMap(([key, value]) => flat(key, value))]
}

function flat(label: string, value: unknown): ReportLine[] {
  if (value === null || value === undefined || value === '') return []
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) {
      return value.length === 0 ? [] : [{ label, value: value.join(', ') }]
    }
    return value.flatMap((item, index) => flat(`${label}[${index}]`, item))
  }
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([name, inner]) => flat(`${label}.${name}`, inner))
  if (typeof value === 'number' && !Number.isInteger(value)) return [{ label, value: value.toFixed(1) }]
  return [{ label, value: typeof value === 'string' ? value : JSON.stringify(value) }]
}
