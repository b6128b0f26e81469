/** Schemas name what this version knows; what a later version or a person added beside it is carried along untouched. */
import type { z } from 'zod'

type Plain = Readonly<Record<string, unknown>>

export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a schema made of a value, with the keys of objects, at any depth, that it left out. */
export function withUnknownKeys<T>(parsed: T, original: unknown): T {
  return merged(parsed, original) as T
}

function merged(parsed: unknown, original: unknown): unknown {
  if (Array.isArray(parsed)) {
    if (!Array.isArray(original) || original.length !== parsed.length) return parsed
    return parsed.map((item: unknown, index) => merged(item, original[index]))
  }
  if (!isPlain(parsed) || !isPlain(original)) return parsed
  const known = Object.entries(parsed).map(([key, value]) => [
    key,
    Object.hasOwn(original, key) ? merged(value, original[key]) : value,
  ])
  const unknown = Object.entries(original).filter(([key]) => !Object.hasOwn(parsed, key) && key !== '__proto__')
  return { ...Object.fromEntries(known), ...Object.fromEntries(unknown) }
}

/** `schema.parse` that keeps unknown keys. Throws ZodError. */
export function parseKeeping<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  return withUnknownKeys(schema.parse(value), value)
}
