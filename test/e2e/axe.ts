/** axe-core on a page of the dialog. It comes in over the debugger, which the page's policy does not concern, and injects nothing itself. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type AxeViolation = { id: string; nodes: { html: string; failureSummary?: string }[] }
type Axe = { run: (context: Document, options: object) => Promise<{ violations: AxeViolation[]; passes: unknown[] }> }

/** WCAG 2.2 AA: each violation with the elements that it concerns. Empty: none. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(source)
  const { violations, passes } = await page.evaluate(() => {
    const { axe } = window as Window & { axe?: Axe }
    if (axe === undefined) throw new Error('axe is not in the page')
    return axe.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    })
  })
  if (passes.length === 0) throw new Error('axe has judged nothing')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
