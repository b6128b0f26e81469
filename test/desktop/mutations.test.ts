/** The start-up check can fail: each deliberate fault makes it complain, in the words that belong to the fault. */
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingBrowser } from '../openBrowser.ts'
import { skipReason } from '../servers/skip.ts'
import { buildProgram } from './desktop.ts'
import { theDouble } from './hosts.ts'
import { applyFault, copyBundles, makeMutantDirectory, mutants, type Mutant } from './mutants.ts'
import { complaintsOf } from './startUpCheck.ts'

/** How long to wait for a dialog that will not come, and for one that may be late. */
const noDialogMs = 2_000
const dialogMs = 10_000
const atOnce = 3

describe.skipIf(skipReason(missingBrowser()))('a deliberate fault turns the start-up check red', () => {
  let directory = ''
  const results = new Map<string, Promise<string[]>>()

  async function tried(mutant: Mutant | null): Promise<string[]> {
    const bundles = await copyBundles(directory)
    if (mutant !== null) await applyFault(bundles, mutant)
    return complaintsOf(theDouble(), bundles, mutant?.noDialog === true ? noDialogMs : dialogMs)
  }

  beforeAll(async () => {
    await buildProgram()
    directory = await makeMutantDirectory()
    const lanes = Array.from({ length: atOnce }, () => Promise.resolve())
    for (const [index, mutant] of [null, ...mutants].entries()) {
      const lane = index % atOnce
      const result = (lanes[lane] ?? Promise.resolve()).then(() => tried(mutant))
      lanes[lane] = result.then(
        () => undefined,
        () => undefined,
      )
      results.set(mutant?.fault ?? 'none', result)
    }
  }, 90_000)

  afterAll(() => rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))

  const resultOf = (name: string) => results.get(name) ?? Promise.reject(new Error(`${name} was not tried`))

  test('none: an untouched copy is green', async () => {
    expect(await resultOf('none')).toEqual([])
  }, 60_000)

  test.each(mutants.map(({ fault, complaint }) => [fault, complaint] as const))(
    '%s',
    async (fault, complaint) => {
      expect(await resultOf(fault)).toContainEqual(expect.stringMatching(complaint))
    },
    60_000,
  )
})
