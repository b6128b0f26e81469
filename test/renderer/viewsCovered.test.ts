/** Nothing that a window can show is missing in the table of views that the accessibility tests go through. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { views } from '../e2e/views.ts'

const renderer = fileURLToPath(new URL('../../src/renderer', import.meta.url))

/** What lies over the page: React Aria's parts, the platform's own, and whatever a class calls so. */
const overlay =
  /<(Dialog|Modal|ModalOverlay|Popover|Menu|ComboBox|Select|Tooltip|Sheet|Toast\w*|dialog)(?=[\s>])(?!\s*[|>])|role="(dialog|alertdialog|menu|tooltip)"|className=\{?["'`][^"'`]*overlay|\bpopover=/

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

const withOverlay = filesBelow(renderer)
  .filter((path) => path.endsWith('.tsx') && overlay.test(withoutOwnParts(readFileSync(path, 'utf8'))))
  .map((path) => relative(renderer, path).split(sep).join('/'))

/** A part of the page that only has such a name, because this file or another of ours declares it. */
function withoutOwnParts(source: string): string {
  const own = [...source.matchAll(/function (\w+)\(/g)].map(([, name]) => name)
  return own.reduce<string>((text, name) => text.replaceAll(new RegExp(`<${name}\\b`, 'g'), '<Own'), source)
}

describe('the table of views', () => {
  test.each(Object.keys(textsOf('en').dialog.sections))('has the section %s', (section) => {
    const found = views.filter((view) => view.section === section)
    expect(
      found.length,
      `The section "${section}" is not looked at: add rows with section: '${section}' to test/e2e/views.ts, one for each of its states (empty, filled, wrong fields, under way, ended, failed).`,
    ).toBeGreaterThan(0)
  })

  test('finds the overlays that are there', () => {
    expect(withOverlay).toContain('features/run/ConsentDialog.tsx')
    expect(withOverlay).not.toContain('features/run/FindingCard.tsx')
  })

  test.each(withOverlay)('opens the overlay of %s', (file) => {
    const found = views.filter(({ overlays = [] }) => overlays.includes(file))
    expect(
      found.length,
      `src/renderer/${file} lays something over the page, and no view opens it: add a row to test/e2e/views.ts with overlays: ['${file}'], an open() that presses what leads there, and shows: a selector of something within it.`,
    ).toBeGreaterThan(0)
  })

  test('names no file that is gone', () => {
    const named = views.flatMap(({ overlays = [] }) => overlays)
    expect(named.filter((file) => !withOverlay.includes(file))).toEqual([])
  })

  test('has each row once', () => {
    const ids = views.map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })
})
