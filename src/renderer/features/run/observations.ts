/** Evidence as lines of key and value: the language-free form in which a person copies it into a ticket. */
import type { Observation, Step } from '../../../contract/contract.ts'

export type EvidenceLine = { key: string; value: string }

export function linesOf(observation: Observation): EvidenceLine[] {
  const { kind, ...rest } = observation
  return [{ key: 'kind', value: kind }, ...Object.entries(rest).flatMap(([key, value]) => flat(key, value))]
}

function flat(key: string, value: unknown): EvidenceLine[] {
  if (value === null || value === undefined || value === '') return []
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) {
      return value.length === 0 ? [] : [{ key, value: value.join(', ') }]
    }
    return value.flatMap((item, index) => flat(`${key}[${index}]`, item))
  }
  if (typeof value === 'object') return Object.entries(value).flatMap(([name, inner]) => flat(`${key}.${name}`, inner))
  if (typeof value === 'number' && !Number.isInteger(value)) return [{ key, value: value.toFixed(1) }]
  return [{ key, value: typeof value === 'string' ? value : JSON.stringify(value) }]
}

/** The evidence of steps as text: one block a step, one line a fact. */
export function evidenceText(steps: readonly Step[]): string {
  return steps
    .map((step) => {
      const blocks = step.observations.map((seen) => linesOf(seen).map(({ key, value }) => `  ${key}: ${value}`))
      return [`${step.id} (${step.state}, ${Math.round(step.ms)} ms)`, ...blocks.map((block) => block.join('\n'))].join(
        '\n\n',
      )
    })
    .join('\n\n')
}
