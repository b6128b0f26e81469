/** A release cannot forget to say what is new. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { compareVersions } from '../../src/host/versions.ts'
import { news as de } from '../../src/texts/news.de.ts'
import { news as en } from '../../src/texts/news.en.ts'

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))

test.each([
  ['de', de],
  ['en', en],
])('%s: the newest entry is this version, and the others follow in their order', (_language, news) => {
  const versions = news.map((one) => one.version)
  expect(versions[0]).toBe(version)
  expect(versions).toEqual(versions.toSorted((a, b) => compareVersions(b, a)))
  expect(new Set(versions).size).toBe(versions.length)
  for (const { lines } of news) expect(lines.length).toBeGreaterThan(0)
})

test('both languages tell of the same versions, with as many lines', () => {
  expect(de.map((one) => [one.version, one.lines.length])).toEqual(en.map((one) => [one.version, one.lines.length]))
})
