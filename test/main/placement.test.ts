import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeOn, type Rectangle } from '../../src/main/placement.ts'

const sizes = { usual: { width: 720, height: 760 }, least: { width: 560, height: 560 } }
const main: Rectangle = { x: 0, y: 0, width: 1920, height: 1040 }
const right: Rectangle = { x: 1920, y: -200, width: 1280, height: 1024 }
const at = (x: number, y: number, width = 800, height = 700): Rectangle => ({ x, y, width, height })

describe('a window opens', () => {
  test.each<[string, Rectangle[], Rectangle | null, object]>([
    ['of its usual size in the middle, at first', [main], null, { width: 720, height: 760 }],
    ['where it lay', [main], at(100, 50), at(100, 50)],
    ['where it lay on another display', [main, right], at(2000, -150), at(2000, -150)],
    ['in the middle of the main one, when its display is gone', [main], at(2000, -150), { width: 800, height: 700 }],
    ['with its title bar in reach', [main], at(100, -650), at(100, 0)],
    ['pushed in where it sticks out', [main], at(1900, 1000), at(1120, 340)],
    ['on the display that showed most of it', [main, right], at(1700, 0), at(1920, 0)],
    ['as small as its display', [{ ...main, width: 1024, height: 600 }], at(-10, -10, 3000, 2000), at(0, 0, 1024, 600)],
    ['of its usual size on a small display', [{ ...main, width: 700, height: 600 }], null, { width: 700, height: 600 }],
    ['never smaller than it can be used', [main], at(10, 10, 1, 22), at(10, 10, 560, 560)],
    ['of its usual size without any display', [], at(5, 5), { width: 720, height: 760 }],
  ])('%s', (_how, areas, remembered, expected) => {
    expect(placeOn(areas, remembered, sizes)).toEqual(expected)
  })

  test('always within one display that can hold it, wherever it lay', () => {
    const pixels = fc.integer({ min: -100_000, max: 100_000 })
    const length = fc.integer({ min: 560, max: 8_000 })
    const area = fc.record({ x: pixels, y: pixels, width: length, height: length })
    const window = fc.record({ x: pixels, y: pixels, width: pixels, height: pixels })
    fc.assert(
      fc.property(fc.array(area, { minLength: 1, maxLength: 4 }), window, (areas, remembered) => {
        const { x, y, width, height } = placeOn(areas, remembered, sizes)
        expect(width).toBeGreaterThanOrEqual(560)
        expect(height).toBeGreaterThanOrEqual(560)
        if (x === undefined || y === undefined) return
        const isWithin = ({ x: left, y: top, width: wide, height: high }: Rectangle) =>
          x >= left && y >= top && x + width <= left + wide && y + height <= top + high
        expect(areas.some(isWithin)).toBe(true)
      }),
    )
  })
})
