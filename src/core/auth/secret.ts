/**
 * A password, client secret or token that cannot leak by accident: it prints, serialises and inspects as a placeholder.
 * Only `core/auth` (at the socket), `host` (at the keychain and where a file is sealed) and nothing else may call {@link openSecret}; lint enforces it.
 */
import { inspect } from 'node:util'

const placeholder = '[secret]'
const values = new WeakMap<Secret, string>()

export class Secret {
  constructor(value: string) {
    values.set(this, value)
  }
  /** Number of UTF-16 code units; safe to show. */
  get length(): number {
    return openSecret(this).length
  }
  toString(): string {
    return placeholder
  }
  toJSON(): string {
    return placeholder
  }
  [Symbol.toPrimitive](): string {
    return placeholder
  }
  [inspect.custom](): string {
    return placeholder
  }
}

/** The value itself. The caller must not store it, log it, or put it into an error. */
export function openSecret(secret: Secret): string {
  const value = values.get(secret)
  if (value === undefined) throw new TypeError('not a Secret made by this module')
  return value
}

/** A `Secret`, or `undefined` for an empty or absent value. */
export function secretFrom(value: string | undefined): Secret | undefined {
  return value === undefined || value === '' ? undefined : new Secret(value)
}
