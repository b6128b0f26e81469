/** Pages that remember what went wrong in them, and the questions that every page of the dialog has to pass. */
import type { Browser, Page } from 'playwright-core'

export type PageOptions = {
  width?: number
  height?: number
  colorScheme?: 'light' | 'dark'
  locale?: string
  /** What the clock of the page shows, for as long as it is open. */
  now?: Date
}

declare global {
  interface Window {
    policyViolations?: string[]
  }
}

const scriptErrors = new WeakMap<Page, string[]>()

/** A page of its own context; {@link troubleOf} tells what its policy had to forbid and which scripts failed. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  const { width = 1200, height = 860, colorScheme = 'light', locale = 'en-GB', now } = options
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale,
    reducedMotion: 'reduce',
    ...(now === undefined ? {} : { timezoneId: 'UTC' }),
  })
  const page = await context.newPage()
  if (now !== undefined) await page.clock.setFixedTime(now)
  await watch(page)
  return page
}

/** Watches a page from its next document on. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.policyViolations = []
    document.addEventListener('securitypolicyviolation', (event) =>
      window.policyViolations?.push(`${event.violatedDirective} ${event.sample}`),
    )
  })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  scriptErrors.set(page, errors)
}

/** Violations of the content security policy and errors of scripts: there must be none. */
export async function troubleOf(page: Page): Promise<string[]> {
  const violations = await page.evaluate(() => window.policyViolations ?? ['the page was not watched'])
  return [...violations, ...(scriptErrors.get(page) ?? [])]
}

/** Placeholders of sentences that nothing was filled into. */
export async function unfilledTexts(page: Page): Promise<string[]> {
  const text = await page.locator('#root').innerText()
  return text.match(/\{[a-zA-Z]\w*\}/g) ?? []
}

/** Controls that a screen reader could not name, targets that are too small, ids that are there twice or not at all. */
export function accessibilityTrouble(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const trouble: string[] = []
    const named = (control: Element) =>
      control.hasAttribute('aria-label') ||
      control.hasAttribute('aria-labelledby') ||
      (control.id !== '' && document.querySelector(`label[for="${control.id}"]`) !== null) ||
      control.closest('label') !== null
    for (const control of document.querySelectorAll('input, select, textarea')) {
      if (!named(control)) trouble.push(`without a label: ${control.outerHTML.slice(0, 120)}`)
    }
    for (const target of document.querySelectorAll(
      'button, summary, a[href], select, input:not([type=radio], [type=checkbox])',
    )) {
      // React Aria's own way out of a dialog, for screen readers only: nobody aims at it.
      if (!target.checkVisibility() || target.closest('[style*="clip"]') !== null) continue
      const name = target.getAttribute('aria-label') ?? target.textContent ?? ''
      if (target.matches('button, summary, a') && name.trim() === '')
        trouble.push(`without a name: ${target.outerHTML.slice(0, 120)}`)
      const { width, height } = target.getBoundingClientRect()
      if (width < 24 || height < 24)
        trouble.push(`smaller than 24 px: ${name} ${width.toFixed(1)} × ${height.toFixed(1)}`)
    }
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) trouble.push(`id twice: ${id}`)
    for (const attribute of ['aria-describedby', 'aria-labelledby', 'aria-controls']) {
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        for (const id of (element.getAttribute(attribute) ?? '').split(/\s+/)) {
          if (id !== '' && document.getElementById(id) === null) trouble.push(`${attribute} leads nowhere: ${id}`)
        }
      }
    }
    if (document.querySelectorAll('#root [aria-live="polite"]').length !== 1)
      trouble.push('not exactly one polite live region')
    if (document.querySelectorAll('h1').length !== 1) trouble.push('not exactly one h1')
    if (document.documentElement.lang === '') trouble.push('no language')
    return [...new Set(trouble)]
  })
}

/** How far the dialog is wider than its window; 0 is right. */
export function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      ...['.window', '.page', '.columns', '.form-column', '.result-column'].map((name) => {
        const element = document.querySelector(name)
        return element === null ? 0 : element.scrollWidth - element.clientWidth
      }),
    ),
  )
}

/** Texts with less contrast than 4.5:1 against the nearest surface behind them; disabled controls may be weaker. */
export function weakText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number)
    const luminance = (color: string) => {
      const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
        const part = value / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const surfaceOf = (element: Element): string => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const color = getComputedStyle(at).backgroundColor
        if (channels(color)[3] !== 0) return color
      }
      return 'rgb(255, 255, 255)'
    }
    const weak: string[] = []
    for (const element of document.querySelectorAll('#root *')) {
      const own = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      )
      if (!own || !element.checkVisibility() || element.closest('[data-disabled], option, .unseen') !== null) continue
      const [one, two] = [luminance(getComputedStyle(element).color), luminance(surfaceOf(element))]
      const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05)
      if (ratio < 4.5) weak.push(`${ratio.toFixed(2)} ${(element.textContent ?? '').slice(0, 40)}`)
    }
    return weak
  })
}
