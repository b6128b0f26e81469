/**
 * The colours of the window by their names: every text on every surface by 4.5 to 1, lines that tell something and outlines by 3 to 1, in
 * both themes. What is a text, a surface or such a line is read from the style sheets themselves.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const styles = fileURLToPath(new URL('../../src/renderer/styles', import.meta.url))
const sheets = readdirSync(styles).map((name) => readFileSync(join(styles, name), 'utf8'))
const tokenSheet = readFileSync(join(styles, 'tokens.css'), 'utf8')

type Theme = Readonly<Record<string, string>>

function tokensIn(text: string): Theme {
  return Object.fromEntries(
    [...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

const [light = '', dark = ''] = tokenSheet.split('@media (prefers-color-scheme: dark)')
const themes: Record<'light' | 'dark', Theme> = {
  light: tokensIn(light),
  dark: { ...tokensIn(light), ...tokensIn(dark) },
}

/** Names of the colours that some property takes, in any sheet. */
function usedAs(property: RegExp): string[] {
  const found = sheets.flatMap((sheet) => [...sheet.matchAll(/([\w-]+):([^;{}]*);/g)])
  const names = found.flatMap(([, name = '', value = '']) =>
    property.test(name) ? [...value.matchAll(/var\(--([\w-]+)\)/g)].map(([, token = '']) => token) : [],
  )
  return [...new Set(names)].filter((name) => name in themes.light).toSorted()
}

/** What text and controls lie on. The accent is a surface of its own, with a text of its own. */
const accents = ['accent', 'accent-strong']
const edges = ['edge', 'bad', 'good', 'caution']
const surfaces = usedAs(/^background(-color)?$/).filter(
  (name) => !accents.includes(name) && !edges.includes(name) && name !== 'on-accent',
)
const texts = usedAs(/^(color|fill)$/).filter((name) => !surfaces.includes(name) && name !== 'on-accent')
/** `line` only divides; nothing is told by it alone. */
const lines = usedAs(/^(border(-[\w-]+)?(-color)?|outline(-color)?|stroke|accent-color)$/).filter(
  (name) => name !== 'line' && !surfaces.includes(name),
)

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function ratio(theme: Theme, one: string, two: string): number {
  const [a, b] = [luminance(theme[one] ?? ''), luminance(theme[two] ?? '')]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function tooWeak(theme: Theme, fronts: readonly string[], backs: readonly string[], least: number): string[] {
  return fronts.flatMap((front) =>
    backs.flatMap((back) => {
      const found = ratio(theme, front, back)
      return found < least ? [`${front} on ${back}: ${found.toFixed(2)}`] : []
    }),
  )
}

test('what the sheets use is recognised', () => {
  expect(texts).toEqual(expect.arrayContaining(['text', 'quiet', 'accent', 'good', 'caution', 'bad']))
  expect(surfaces).toEqual(expect.arrayContaining(['page', 'surface', 'sunken', 'line', 'bad-surface', 'info-surface']))
  expect(lines).toEqual(expect.arrayContaining(['edge', 'accent', 'bad']))
})

test('every name that is used has a colour in both themes', () => {
  const used = sheets.flatMap((sheet) => [...sheet.matchAll(/var\(--([\w-]+)\)/g)].map(([, name = '']) => name))
  const declared = new Set([...tokenSheet.matchAll(/--([\w-]+):/g)].map(([, name = '']) => name))
  expect([...new Set(used)].filter((name) => !declared.has(name))).toEqual([])
  expect(Object.keys(tokensIn(dark)).toSorted()).toEqual(Object.keys(tokensIn(light)).toSorted())
})

test('no colour is written without a name, but for paper', () => {
  const nameless = sheets
    .filter((sheet) => sheet !== tokenSheet)
    .flatMap((sheet) =>
      [...sheet.replaceAll(/@media print[^]*$/g, '').matchAll(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi)].map(
        ([found]) => found,
      ),
    )
  expect(nameless).toEqual([])
})

describe.each(['light', 'dark'] as const)('in the %s theme', (name) => {
  const theme = themes[name]

  test('text stands out from every surface by 4.5 to 1', () => {
    expect(tooWeak(theme, texts, surfaces, 4.5)).toEqual([])
  })

  test('text on the accent stands out by 4.5 to 1', () => {
    expect(tooWeak(theme, ['on-accent'], accents, 4.5)).toEqual([])
  })

  test('outlines, borders of controls and pictures stand out from every surface by 3 to 1', () => {
    expect(tooWeak(theme, [...new Set([...lines, ...edges, ...accents])], surfaces, 3)).toEqual([])
  })
})
