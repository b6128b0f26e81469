/** The library as it is used: it must not say anything of its own. */
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

test('a service says nothing on standard output, in a time zone that the library does not know either', async () => {
  vi.stubEnv('TZ', 'Antarctica/Troll')
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const ews = await import('../../../src/core/ews/library.ts')
  const service = new ews.ExchangeService(ews.versionOf('Exchange2013'))
  expect(said.mock.calls).toEqual([])
  expect(service.TimeZone.Id).toBe('UTC')
})
