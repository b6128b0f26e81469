/**
 * A wrong password costs one failed logon at a press, counted at the server: in each scheme, on each way to the URL, and where OAuth
 * falls back to the password.
 */
import { describe, expect, test } from 'vitest'
import { startDemo, type DemoExchange, type ScenarioId } from '../../../src/demo/index.ts'
import type { AuthOrder, Settings } from '../../../src/core/settings/settings.ts'
import { runDemo } from './demoRun.ts'

const passwordLogons = new Set(['basic', 'ntlm-authenticate', 'negotiate'])

/** What the servers themselves call a failed logon with user name and password. */
function refused(demo: DemoExchange): number {
  return demo.journal.filter(
    (entry) => entry.logon === 'refused' && entry.authorization !== null && passwordLogons.has(entry.authorization),
  ).length
}

async function press(
  scenario: ScenarioId,
  command: 'locate' | 'test',
  auth: AuthOrder,
  settings: Partial<Settings> = {},
): Promise<{ refused: number; ok: boolean; ids: string[] }> {
  const demo = await startDemo({ scenario })
  try {
    const typed = { password: 'certainly-wrong-1' }
    const { result } = await runDemo(command, demo, { typed, settings: { auth, ...settings } })
    return { refused: refused(demo), ok: result.ok, ids: result.findings.map((finding) => finding.id) }
  } finally {
    await demo.stop()
  }
}

describe('every way to the URL, by the scheme that the server offers', { timeout: 30_000 }, () => {
  test.each<ScenarioId>([
    'healthy-on-prem',
    'redirect-addr',
    'redirect-url',
    'srv-only',
    'autodiscover-login-only',
    'pox-only',
    'old-version',
    'user-name-differs',
    'extended-protection',
    'website-wants-login',
  ])('%s', async (scenario) => {
    const tested = await press(scenario, 'test', 'auto')
    expect(tested).toMatchObject({ refused: 1, ok: false })
    expect(tested.ids).toContain('wrong-password-or-user-name')
    // The search alone may need no login; then it makes none.
    expect((await press(scenario, 'locate', 'auto')).refused).toBeLessThanOrEqual(1)
  })
})

describe('every scheme', { timeout: 30_000 }, () => {
  test.each<[AuthOrder, ScenarioId]>([
    ['ntlm', 'healthy-on-prem'],
    ['negotiate', 'healthy-on-prem'],
    ['ntlm', 'autodiscover-login-only'],
    ['negotiate', 'autodiscover-login-only'],
    ['basic', 'autodiscover-login-only'],
  ])('%s in %s', async (auth, scenario) => {
    expect((await press(scenario, 'test', auth)).refused).toBe(1)
  })

  test.each<Settings['basicCharset']>(['utf-8', 'latin-1'])('Basic in %s: one form a press', async (basicCharset) => {
    expect((await press('autodiscover-login-only', 'test', 'basic', { basicCharset })).refused).toBe(1)
  })
})

describe('the fallback from OAuth', { timeout: 30_000 }, () => {
  test('one where it is allowed, none where it is switched off', async () => {
    expect(await press('oauth-on-prem', 'test', 'auto')).toMatchObject({ refused: 1, ok: false })
    expect((await press('oauth-on-prem', 'test', 'auto', { passwordFallback: false })).refused).toBe(0)
  })

  test('a refused secret, then a wrong password: one of each', async () => {
    const demo = await startDemo({ scenario: 'oauth-on-prem' })
    try {
      const { result } = await runDemo('test', demo, {
        typed: { password: 'certainly-wrong-1', clientSecret: 'wrong-secret~1234' },
      })
      const tokens = demo.journal.filter((entry) => entry.operation === 'token')
      expect({ ok: result.ok, password: refused(demo), tokens: tokens.length }).toEqual({
        ok: false,
        password: 1,
        tokens: 1,
      })
    } finally {
      await demo.stop()
    }
  })
})
