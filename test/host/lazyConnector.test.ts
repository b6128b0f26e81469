/** What is loaded before anybody presses, and when. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createConnector } from '../../src/core/createConnector.ts'
import { settingsSchema } from '../../src/core/settings/settings.ts'
import { lazyConnector } from '../../src/host/lazyConnector.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const host = () => ({ version: '0.0.0', systemCas: [], environment: {} })
async function press(connector: ReturnType<typeof lazyConnector>): Promise<string | undefined> {
  const options = { signal: AbortSignal.abort(), ask: () => Promise.resolve(false) }
  for await (const event of connector.locate({ settings: settingsSchema.parse({}), secrets: {} }, options))
    if (event.kind === 'ended') return event.result.evidence.outcome
  return undefined
}

test('nothing is loaded with the window, the core a moment later, and once', async () => {
  const load = vi.fn<() => Promise<typeof createConnector>>(() => Promise.resolve(createConnector))
  const connector = lazyConnector(host, load)
  connector.prepareSoon()
  expect(load).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(load).toHaveBeenCalledTimes(1)
  vi.useRealTimers()
  expect(await press(connector)).toBe('cancelled')
  expect(load).toHaveBeenCalledTimes(1)
})

test('a core that cannot be loaded is told to the press, and to nobody before', async () => {
  const connector = lazyConnector(host, () => Promise.reject(new Error('not there')))
  connector.prepareSoon()
  await vi.advanceTimersByTimeAsync(5_000)
  vi.useRealTimers()
  await expect(press(connector)).rejects.toThrow('not there')
})
