/** The way of the Tab key through a page: where it stops, in which order, and whether one sees it. */
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    focusStops?: Element[]
  }
}

const mostStops = 400

/**
 * Goes through the page, or through the dialog that is open, with the Tab key. Returns what is wrong: a stop without an outline of 2 px
 * (2.4.7), one that something else covers (2.4.11), one that comes before another although it stands below it or to its right (2.4.3), a
 * page that the key never leaves (2.1.2), a dialog that it leaves.
 */
export async function focusTrouble(page: Page): Promise<string[]> {
  const inDialog = (await page.locator('[role=dialog], [role=alertdialog]').count()) > 0
  // The Tab key goes on from where the last click was.
  if (!inDialog) await page.getByRole('heading', { level: 1 }).click()
  await page.evaluate(() => (window.focusStops = []))
  const trouble: string[] = []
  for (let stop = 0; stop < mostStops; stop += 1) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(stopHere)
    if (found === 'around') return [...trouble, ...(await page.evaluate(orderTrouble))]
    if (found === 'out') {
      if (inDialog) trouble.push('the Tab key leaves the dialog')
      if (stop < 2) trouble.push(`only ${stop} stops`)
      return [...trouble, ...(await page.evaluate(orderTrouble))]
    }
    trouble.push(...found)
  }
  return [...trouble, 'the Tab key never left the page']
}

/** What has the focus now: its trouble, or that the way is at its end. Runs in the page. */
function stopHere(): string[] | 'out' | 'around' {
  const stops = window.focusStops ?? []
  const element = document.activeElement
  if (element === null || element === document.body) return 'out'
  if (element === stops[0]) return 'around'
  stops.push(element)
  const name = element.outerHTML.slice(0, 100)
  // A control that is there for assistive technology only has its outline on what is drawn for it.
  const label = element.closest('.switch, .language-choice, .radio, .checkbox')
  const drawn = label?.querySelector('.switch-track, .checkbox-box') ?? label ?? element
  const { outlineStyle, outlineWidth } = getComputedStyle(drawn, label?.matches('.radio') === true ? '::before' : null)
  const trouble: string[] = []
  if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) trouble.push(`no outline: ${name}`)
  const { left, right, top, bottom, width, height } = drawn.getBoundingClientRect()
  const points = [
    [left + width / 2, top + height / 2],
    [left + 3, top + 3],
    [right - 3, top + 3],
    [left + 3, bottom - 3],
    [right - 3, bottom - 3],
  ] as const
  const isSeen = points.some(([x, y]) => {
    const there = document.elementFromPoint(x, y)
    return (
      there !== null &&
      (drawn.contains(there) ||
        (there.contains(drawn) && there.closest('label, summary, button') !== null) ||
        (label?.contains(there) ?? false))
    )
  })
  if (!isSeen) trouble.push(`covered, or out of sight: ${name}`)
  return trouble
}

/** Runs in the page after the way: compares each stop with the one before. What scrolls by itself is one place, whatever it shows at the moment. */
function orderTrouble(): string[] {
  const scrollerOf = (element: Element): Element | null => {
    for (let at = element.parentElement; at !== null; at = at.parentElement) {
      if (at.scrollHeight > at.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at
    }
    return null
  }
  const stops = (window.focusStops ?? []).map((element) => ({
    element,
    name: element.outerHTML.slice(0, 90),
    drawn: element.closest('.switch, .language-choice, .radio, .checkbox') ?? element,
  }))
  // Within a dialog the way is a circle, which began wherever the focus was.
  const first = stops.findIndex(({ element }) =>
    stops.every((other) => (element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_PRECEDING) === 0),
  )
  const way = [...stops.slice(first), ...stops.slice(0, first)]
  return way.flatMap(({ name, drawn }, index) => {
    const last = way[index - 1]
    if (last === undefined) return []
    const [scroller, lastScroller] = [scrollerOf(drawn), scrollerOf(last.drawn)]
    const isSame = scroller === lastScroller
    const box = ((isSame ? null : scroller) ?? drawn).getBoundingClientRect()
    const before = ((isSame ? null : lastScroller) ?? last.drawn).getBoundingClientRect()
    const isAbove = box.bottom <= before.top + 2
    const isRight = box.left >= before.right - 2
    const isSameRow = box.top < before.bottom - 2 && box.bottom > before.top + 2
    const isLeft = box.right <= before.left + 2
    // A column to the right begins above; a row goes from left to right.
    return (isAbove && !isRight) || (isSameRow && isLeft) ? [`${name} comes after ${last.name}`] : []
  })
}
