/** axe-core on a page of the dialog. It comes in over the debugger, which the page's policy does not concern, and injects nothing itself. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type AxeViolation = { id: string; nodes: { html: string; failureSummary?: string }[] }
type Axe = { run: (context: Document, options: object) => Promise<{ violations: AxeViolation[]; passes: unknown[] }> }

/** Everything that WCAG 2.0, 2.1 and 2.2 ask for on levels A and AA, and what axe's makers advise beyond it. */
const everything = {
  runOnly: {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
  },
  // Off unless it is asked for by name.
  rules: { 'target-size': { enabled: true } },
}
/** What a theme changes. */
const contrast = { runOnly: { type: 'rule', values: ['color-contrast'] } }

/** WCAG 2.2 AA: each violation with the elements that it concerns. Empty: none. `contrast`: colours only. */
export async function axeViolations(page: Page, rules: 'everything' | 'contrast' = 'everything'): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window)
  if (!isThere) await page.evaluate(source)
  const options = {
    ...(rules === 'everything' ? everything : contrast),
    // Nothing but what is wrong is read, and the styles of the page are at hand without another request.
    resultTypes: ['violations'],
    preload: false,
  }
  const { violations, passes } = await page.evaluate((options) => {
    const { axe } = window as Window & { axe?: Axe }
    if (axe === undefined) throw new Error('axe is not in the page')
    return axe.run(document, options)
  }, options)
  if (passes.length === 0 && violations.length === 0) throw new Error('axe has judged nothing')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => {
      const why = id === 'color-contrast' ? ` (${/contrast of [\d.]+[^)]*\)/.exec(failureSummary)?.[0] ?? ''})` : ''
      return `${id}: ${html.slice(0, 160)}${why}`
    }),
  )
}
