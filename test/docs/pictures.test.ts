/**
 * The pictures of the documentation: there is a file for each of the list and none besides, each is shown by a page, all of them are
 * small, and two takes of the same state give the same picture. `npm run screenshots` takes them anew with the first test.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingBrowser, openBrowser } from '../openBrowser.ts'
import { buildWindow } from '../e2e/buildWindow.ts'
import { servePreview } from '../renderer/preview/servePreview.ts'
import { documents, root } from './documents.ts'
import { pictures, take } from './pictures.ts'
import { difference, readPng, writePng } from './png.ts'

const directory = join(root, 'docs', 'screenshots')
/** Names of pictures to take anew, or `all`. */
const wanted = (process.env['EWS_SETUP_SCREENSHOTS'] ?? '').split(' ').filter((name) => name !== '')
const chosen = wanted.includes('all') ? pictures : pictures.filter(({ name }) => wanted.includes(name))
const fileOf = (name: string): string => join(directory, `${name}.png`)

const skipReason = missingBrowser()
if (skipReason !== null) console.log(`skipped: ${skipReason}`)

describe.skipIf(skipReason !== null)('taking pictures', () => {
  let browser: Browser
  let rendererDir = ''
  let preview: ReturnType<typeof servePreview> | undefined
  beforeAll(async () => {
    rendererDir = await buildWindow('window-pictures')
    browser = await openBrowser()
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await (await preview)?.close()
  })
  const taken = (shot: (typeof pictures)[number]): Promise<Uint8Array> =>
    take(shot, { browser, rendererDir, previewUrl: async () => (await (preview ??= servePreview())).url })

  test.runIf(wanted.length > 0)('the pictures asked for are written', { timeout: 600_000 }, async () => {
    expect(wanted.filter((name) => name !== 'all' && !pictures.some((shot) => shot.name === name))).toEqual([])
    mkdirSync(directory, { recursive: true })
    for (const shot of chosen) writeFileSync(fileOf(shot.name), await taken(shot))
    if (!wanted.includes('all')) return
    const known = pictures.map(({ name }) => `${name}.png`)
    for (const file of readdirSync(directory)) if (!known.includes(file)) rmSync(join(directory, file))
  })

  test('two takes of the same state are the same picture', { timeout: 60_000 }, async () => {
    const shot = pictures.find(({ name }) => name === 'narrow-de')
    if (shot === undefined) throw new Error('there is no such picture')
    const one = readPng(await taken(shot))
    expect(one).toMatchObject({ width: shot.page.width, height: shot.page.height })
    expect(difference(one, readPng(await taken(shot)))).toBeLessThan(0.001)
  })
})

test('there is a file for each picture of the list, and none besides', () => {
  expect(readdirSync(directory).toSorted()).toEqual(pictures.map(({ name }) => `${name}.png`).toSorted())
})

test('each picture is shown by a page, and no page shows one that is not there', () => {
  const shown = documents().flatMap(({ text }) =>
    [...text.matchAll(/screenshots\/([\w-]+)\.png/g)].map(([, name = '']) => name),
  )
  expect(new Set(shown)).toEqual(new Set(pictures.map(({ name }) => name)))
})

test('all pictures together are smaller than 2 MB, and each has the size of its page', () => {
  const bytes = pictures.reduce((sum, { name }) => sum + statSync(fileOf(name)).size, 0)
  expect(bytes).toBeLessThan(2_000_000)
  for (const { name, page, part } of pictures.filter((shot) => shot.part === undefined))
    expect({ name, part, ...sizeOf(name) }).toEqual({ name, part, width: page.width, height: page.height })
})

test('a picture comes back from its file as it was, and a changed one differs', () => {
  const rgb = new Uint8Array(40 * 30 * 3).map((_none, at) => (at * 7) % 251)
  const picture = { width: 40, height: 30, rgb }
  const back = readPng(writePng(picture))
  expect(difference(picture, back)).toBe(0)
  expect(
    difference(picture, { ...picture, rgb: rgb.map((value, at) => (at < 600 ? 255 - value : value)) }),
  ).toBeGreaterThan(0.1)
  expect(difference(picture, { ...picture, width: 20, height: 60 })).toBe(1)
})

function sizeOf(name: string): { width: number; height: number } {
  // Of the header alone: the pixels of all pictures take seconds.
  const header = readFileSync(fileOf(name))
  return { width: header.readUInt32BE(16), height: header.readUInt32BE(20) }
}
