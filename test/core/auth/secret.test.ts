// A secret shows as a placeholder wherever it could be printed, written or sent by accident.
import { format, inspect } from 'node:util'
import { serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { openSecret, Secret, secretFrom } from '../../../src/core/auth/secret.ts'

const canary = 'Canary-Geheim-ü-42'
const secret = new Secret(canary)

test.each<[string, () => string]>([
  // What the rule forbids is what happens by accident.
  // oxlint-disable-next-line typescript/restrict-template-expressions
  ['a template', () => `${secret}`],
  ['String()', () => String(secret)],
  ['concatenation', () => 'x' + String(secret)],
  ['toPrimitive by default', () => [secret, 1].join()],
  ['toLocaleString', () => secret.toLocaleString()],
  ['JSON', () => JSON.stringify({ secret, list: [secret] })],
  ['inspect', () => inspect(secret)],
  [
    'inspect, hidden and deep',
    () =>
      inspect({ a: { b: [secret], m: new Map([[secret, secret]]) } }, { showHidden: true, depth: null, getters: true }),
  ],
  [
    'inspect without customisation',
    () => inspect(secret, { customInspect: false, showHidden: true, depth: null, getters: false }),
  ],
  ['format', () => format('%s %o %O %j', secret, secret, secret, secret)],
  ['an error', () => String(new Error(`no login with ${String(secret)}`).stack)],
  ['an error with a cause', () => inspect(new Error('no login', { cause: { secret } }), { depth: null })],
  ['own keys', () => JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret), Object.assign({}, secret)])],
  ['a structured clone', () => inspect(structuredClone({ secret }), { showHidden: true, depth: null })],
  ['bytes for another process', () => serialize({ secret }).toString('utf8')],
  ['URL parameters', () => new URLSearchParams({ a: String(secret) }).toString()],
])('%s', (_where, print) => {
  const printed = print()
  expect(printed).not.toContain('Canary')
  expect(printed).not.toContain('42')
})

test('shows that something is there', () => {
  expect(inspect([secret])).toContain('[secret]')
  expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}')
  expect(secret.length).toBe(canary.length)
})

test('opens for whoever asks by name, and only when this module made it', () => {
  expect(openSecret(secret)).toBe(canary)
  const clone: unknown = Object.create(Secret.prototype)
  if (!(clone instanceof Secret)) throw new Error('a look-alike')
  expect(() => openSecret(clone)).toThrow('not a Secret')
  expect(secretFrom('')).toBeUndefined()
  expect(secretFrom(undefined)).toBeUndefined()
  const made = secretFrom('x')
  expect(made === undefined ? null : openSecret(made)).toBe('x')
})
