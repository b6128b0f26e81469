/** What only the layout shows: pages wider than their window, cut text, targets too small to hit. */
import type { Page } from 'playwright-core'

/** WCAG 1.4.12: what a person may set for reading; nothing may get lost by it. */
export async function setTextSpacing(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-block-end: 2em !important; }`)
    document.adoptedStyleSheets = [sheet]
  })
}

/**
 * What is wider than the window or cut off by its own box. Parts that are meant to scroll by themselves (tables of many columns, code
 * that is not wrapped) may, when the keyboard reaches them.
 */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const trouble: string[] = []
    const name = (element: Element) =>
      `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${(element.textContent ?? '').slice(0, 40)}`
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth)
      trouble.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`)
    const forScreenReaders = (element: Element) => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { clipPath, clip, position } = getComputedStyle(at)
        if (clipPath === 'inset(50%)' || (position === 'absolute' && clip.startsWith('rect(0px'))) return true
      }
      return false
    }
    const scrollsItself = (element: Element) =>
      element.closest('.many-scroll[tabindex], textarea[wrap=off], .evidence[tabindex]') !== null
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility({ visibilityProperty: true }) || scrollsItself(element) || forScreenReaders(element))
        continue
      if (element instanceof SVGElement || element.closest('svg') !== null || element.tagName === 'OPTION') continue
      const box = element.getBoundingClientRect()
      if (box.width === 0 || box.height === 0) continue
      if (box.right > root.clientWidth + 1 || box.left < -1) trouble.push(`beyond the window: ${name(element)}`)
      const { overflowX, overflowY, display } = getComputedStyle(element)
      const isField = element.matches('input, textarea, select')
      if (display !== 'inline' && !isField && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
        trouble.push(
          `wider than its box by ${element.scrollWidth - element.clientWidth} (${overflowX}): ${name(element)}`,
        )
      const isCut = overflowY === 'hidden' || overflowY === 'clip'
      if (isCut && !isField && element.scrollHeight > element.clientHeight + 1)
        trouble.push(`cut below: ${name(element)}`)
    }
    return [...new Set(trouble)]
  })
}

/** WCAG 2.5.8: targets below 24 × 24 CSS px. A box or a button of choice counts with its label, which does the same; links within a sentence are exempt. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const trouble: string[] = []
    const enough = ({ width, height }: DOMRect) => width >= 23.99 && height >= 23.99
    const targets =
      'button, summary, a[href], select, textarea, input, [role=option], [role=radio], [role=checkbox], [role=switch]'
    for (const target of document.querySelectorAll(targets)) {
      if (!target.checkVisibility() || target.closest('[style*="clip"]') !== null) continue
      const labels = target instanceof HTMLInputElement ? [...(target.labels ?? [])] : []
      const places = [target, ...labels].map((one) => one.getBoundingClientRect())
      if (places.some(enough)) continue
      const sizes = places.map(({ width, height }) => `${width.toFixed(1)} × ${height.toFixed(1)}`)
      trouble.push(`${sizes.join(', ')}: ${target.outerHTML.slice(0, 120)}`)
    }
    return trouble
  })
}
