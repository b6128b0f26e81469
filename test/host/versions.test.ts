/** Versions in their order, as Semantic Versioning gives it. */
import { expect, test } from 'vitest'
import { compareVersions, isVersion } from '../../src/host/versions.ts'

const ascending = [
  'nonsense',
  '0.0.9',
  '0.1.0-alpha',
  '0.1.0-alpha.1',
  '0.1.0-alpha.beta',
  '0.1.0-beta',
  '0.1.0-beta.2',
  '0.1.0-beta.11',
  '0.1.0-rc.1',
  '0.1.0',
  '0.1.1',
  '0.2.0',
  '0.10.0',
  '1.0.0-0',
  '1.0.0',
  '10.0.0',
]

test.each(ascending.map((version, at) => [version, at] as const))('%s', (version, at) => {
  ascending.forEach((other, place) => {
    expect([other, Math.sign(compareVersions(version, other))]).toEqual([other, Math.sign(at - place)])
  })
})

test('a build is no difference, and what is no version is none', () => {
  expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0)
  expect(['1.0.0', '1.0.0-a.1+b'].every(isVersion)).toBe(true)
  expect(['', '1.0', 'v1.0.0', '1.0.0-', '1.0.0 ', '1.0.0\n', '9999999999.0.0'].some(isVersion)).toBe(false)
})
