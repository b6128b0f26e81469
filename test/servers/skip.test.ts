import { afterEach, expect, test, vi } from 'vitest'
import { skipReason } from './skip.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('nothing missing: nothing is skipped, nothing is said', () => {
  const warn = vi.spyOn(console, 'warn')
  expect(skipReason(null)).toBe(false)
  expect(warn).not.toHaveBeenCalled()
})

test('something missing: skipped, and the reason is printed once', () => {
  vi.stubEnv('EWS_SETUP_REQUIRE_SERVERS', undefined)
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  expect([skipReason('no server'), skipReason('no server')]).toEqual([true, true])
  expect(warn.mock.calls).toEqual([['skipped: no server']])
})

test('something missing where everything is required: an error with the reason', () => {
  vi.stubEnv('EWS_SETUP_REQUIRE_SERVERS', '1')
  expect(() => skipReason('no server')).toThrow('no server')
  expect(skipReason(null)).toBe(false)
})
