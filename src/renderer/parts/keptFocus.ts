/**
 * Keeps the place of whoever works without a mouse. A control that had the focus may go (its dialog or panel closes, its row is removed) or
 * be switched off for a while; the browser then forgets where the person was, and a screen reader begins at the top. Parts that know better
 * set the focus themselves; this is for all others.
 */

/** Until then whoever knows better has set the focus: effects have run, and a closing dialog has given it back. */
const settleMs = 100
/** A control that stays off for longer is left. */
const offMs = 1_000

/** Watches the document until the returned function is called. */
export function keepFocus(): () => void {
  let last: HTMLElement | null = null
  /** Around `last`, the innermost first: known when it is gone. */
  let around: readonly Element[] = []
  let lostAt: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const later = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(settle, ms)
  }
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return
    last = target
    around = ancestorsOf(target)
    lostAt = null
  }
  const settle = () => {
    const active = document.activeElement
    const isElsewhere = active !== null && active !== document.body && active !== last
    if (last === null || isElsewhere) return
    if (isUsable(last)) {
      // Still there: either it came back, or the person clicked beside it.
      if (lostAt !== null) last.focus()
      else if (active !== last) last = null
      lostAt = null
      return
    }
    lostAt ??= performance.now()
    const left = offMs - (performance.now() - lostAt)
    if (isThere(last) && left > 0) later(left)
    else landingOf(around)?.focus()
  }
  const watcher = new MutationObserver(() => {
    if (last !== null && !isUsable(last)) {
      lostAt ??= performance.now()
      later(settleMs)
    } else if (lostAt !== null) later(0)
  })

  document.addEventListener('focusin', onFocus)
  const onBlur = () => later(settleMs)
  document.addEventListener('focusout', onBlur)
  watcher.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden', 'open'],
  })
  return () => {
    clearTimeout(timer)
    watcher.disconnect()
    document.removeEventListener('focusin', onFocus)
    document.removeEventListener('focusout', onBlur)
  }
}

function ancestorsOf(element: Element): Element[] {
  const found: Element[] = []
  for (let at = element.parentElement; at !== null && at !== document.body; at = at.parentElement) found.push(at)
  return found
}

function isThere(element: Element): boolean {
  return element.isConnected && element.checkVisibility()
}

function isUsable(element: Element): boolean {
  return isThere(element) && !element.matches(':disabled')
}

/**
 * The heading of what is left around, or the one before it: it says where one is, and a second press of the key does nothing. Within a
 * dialog it is the dialog's.
 */
function landingOf(around: readonly Element[]): HTMLElement | null {
  const place = around.find(isThere) ?? document.body
  const scope = place.closest('[role=dialog], [role=alertdialog]') ?? document.body
  const headings = [...scope.querySelectorAll<HTMLElement>('h1, h2, h3, h4, legend')].filter(isThere)
  const heading =
    headings.find((one) => place.contains(one)) ??
    headings.findLast((one) => (one.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0)
  if (heading === undefined) return null
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1
  return heading
}
