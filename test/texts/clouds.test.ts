/** A cloud whose values no source confirms says so where it is chosen; the others do not. */
import { expect, test } from 'vitest'
import { cloudNames, clouds } from '../../src/core/settings/clouds.ts'
import { de } from '../../src/texts/de.ts'
import { en } from '../../src/texts/en.ts'

test.each(cloudNames)('%s', (name) => {
  const unverified = clouds[name].unverified === true
  expect(/unbestätigt/.test(de.dialog.clouds[name])).toBe(unverified)
  expect(/unconfirmed/.test(en.dialog.clouds[name])).toBe(unverified)
  expect(clouds[name].scope).toBe(`https://${clouds[name].ewsHost}/.default`)
})
