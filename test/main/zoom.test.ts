import { describe, expect, test } from 'vitest'
import { zoomed, zoomWish, type ZoomWish } from '../../src/main/zoom.ts'

const keys = { type: 'keyDown', key: '', code: '', control: false, meta: false, alt: false }

describe('the factor', () => {
  test('goes from 50 to 300 % and back in the same steps, and stays there', () => {
    const go = (from: number, wish: ZoomWish) => {
      const passed = [from]
      for (let press = 0; press < 20; press += 1) passed.push(zoomed(passed.at(-1) ?? 0, wish))
      return [...new Set(passed)]
    }
    const up = go(0.5, 'in')
    expect([up[0], up.at(-1), up.length]).toEqual([0.5, 3, 13])
    expect(go(3, 'out')).toEqual(up.toReversed())
  })

  test('that Chromium gives back as a power of 1.2 is the step it was', () => {
    expect(zoomed(1.0999999, 'in')).toBe(1.25)
    expect(zoomed(1.1000001, 'out')).toBe(1)
  })

  test.each([0.25, 5, 0.72])('%d, which is no step, leads to one', (factor) => {
    for (const wish of ['in', 'out'] as const) {
      expect(zoomed(factor, wish)).toBeGreaterThanOrEqual(0.5)
      expect(zoomed(factor, wish)).toBeLessThanOrEqual(3)
    }
    expect(zoomed(factor, 'reset')).toBe(1)
  })
})

describe('keys', () => {
  test.each<[string, object, ZoomWish | null]>([
    ['plus, as on a German keyboard', { key: '+', code: 'BracketRight' }, 'in'],
    ['equals, as on an English one', { key: '=', code: 'Equal' }, 'in'],
    ['plus of the pad', { key: '+', code: 'NumpadAdd' }, 'in'],
    ['minus', { key: '-', code: 'Slash' }, 'out'],
    ['minus of the pad', { key: '-', code: 'NumpadSubtract' }, 'out'],
    ['underscore, which is minus with Shift', { key: '_', code: 'Minus' }, 'out'],
    ['zero', { key: '0', code: 'Digit0' }, 'reset'],
    ['zero of the pad', { key: '0', code: 'Numpad0' }, 'reset'],
    ['zero of the pad without Num Lock', { key: 'Insert', code: 'Numpad0' }, 'reset'],
    ['a letter', { key: 'a', code: 'KeyA' }, null],
  ])('%s', (_name, pressed, wish) => {
    expect(zoomWish({ ...keys, ...pressed, control: true }, 'linux')).toBe(wish)
    expect(zoomWish({ ...keys, ...pressed, control: true }, 'win32')).toBe(wish)
    expect(zoomWish({ ...keys, ...pressed, meta: true }, 'darwin')).toBe(wish)
    for (const other of [{}, { meta: true }, { control: true, alt: true }, { control: true, type: 'keyUp' }])
      expect(zoomWish({ ...keys, ...pressed, ...other }, 'win32')).toBeNull()
    expect(zoomWish({ ...keys, ...pressed, control: true }, 'darwin')).toBeNull()
  })
})
