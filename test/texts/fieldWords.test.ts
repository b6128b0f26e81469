/** Every setting that an import, a sheet or `profiles show` may name has a name for people, in both languages. */
import { expect, test } from 'vitest'
import { emptyProfile } from '../../src/host/settingsSchema.ts'
import { fieldName, fieldValue } from '../../src/texts/fieldWords.ts'

/** Every value that is no object, by its path, except lists of connections and what is about this machine. */
function pathsOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, path === '' ? key : `${path}.${key}`))
}

const paths = pathsOf(emptyProfile(), '').filter((path) => !/^(secrets|connections)\b/.test(path))

test.each(['de', 'en'] as const)('each field of a profile has a name in %s', (language) => {
  expect(paths).toContain('settings.network.proxy')
  expect(paths.filter((path) => fieldName(path, language) === path.replace(/^settings\./, ''))).toEqual([])
})

test('choices are told by their words', () => {
  expect(fieldValue('policy.mode', 'delayed', 'de')).toBe('Zeitverzögerung')
  expect(fieldValue('settings.clientCredential', 'certificate', 'en')).toBe('Certificate')
})
