/** Where a window opens: where it lay last, if a display still shows that place. Pure, so that displays that come and go can be tested. */
export type Rectangle = { x: number; y: number; width: number; height: number }
export type Size = { width: number; height: number }

/**
 * `areas`: the parts of the displays that are not covered by bars of the system, the first one's display being the main one. A window that
 * was on a display that is gone opens on the main one, in the middle, where the system puts it: then there is no `x` and `y`. One that
 * sticks out is pushed in as a whole, and made as small as its display. `usual` is its size without a memory, `least` that below which
 * nothing can be used.
 */
export function placeOn(
  areas: readonly Rectangle[],
  remembered: Rectangle | null,
  { usual, least }: { usual: Size; least: Size },
): Size & Partial<Rectangle> {
  const [main] = areas
  const wanted = remembered ?? usual
  const fitting = (area: Size): Size => ({
    width: Math.min(Math.max(wanted.width, least.width), Math.max(area.width, least.width)),
    height: Math.min(Math.max(wanted.height, least.height), Math.max(area.height, least.height)),
  })
  if (main === undefined) return { ...usual }
  const area = remembered === null ? undefined : shownMost(areas, remembered)
  if (remembered === null || area === undefined) return fitting(main)
  const size = fitting(area)
  return {
    ...size,
    x: Math.max(area.x, Math.min(remembered.x, area.x + area.width - size.width)),
    y: Math.max(area.y, Math.min(remembered.y, area.y + area.height - size.height)),
  }
}

/** The area that shows most of a window; undefined when none shows any of it. */
function shownMost(areas: readonly Rectangle[], window: Rectangle): Rectangle | undefined {
  const overlap = (from: number, length: number, otherFrom: number, otherLength: number) =>
    Math.max(0, Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom))
  const shown = (area: Rectangle) =>
    overlap(area.x, area.width, window.x, window.width) * overlap(area.y, area.height, window.y, window.height)
  const [most] = areas.filter((area) => shown(area) > 0).toSorted((one, other) => shown(other) - shown(one))
  return most
}
