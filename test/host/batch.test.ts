// Many at once: bounds, accounts that were refused, going on after an interruption.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunRequest } from '../../src/core/connector.ts'
import type { RunEvent, RunResult } from '../../src/core/runs/events.ts'
import { defaultSettings, type SecretKind, type Settings } from '../../src/core/settings/settings.ts'
import type { BatchJob } from '../../src/host/batch/jobs.ts'
import { openProgress } from '../../src/host/batch/progressFile.ts'
import { runBatch, summaryOf, type BatchEvent, type BatchRow } from '../../src/host/batch/runBatch.ts'
import { resultOf } from '../renderer/preview/evidence.ts'

function job(id: string, settings: Partial<Settings>, has: readonly SecretKind[] = ['password']): BatchJob {
  const whole = { ...defaultSettings(), ewsUrl: 'https://mail.contoso.example/EWS/Exchange.asmx', ...settings }
  return {
    id,
    mailbox: whole.email,
    profile: null,
    settings: whole,
    has: new Set(has),
    secrets: () => Promise.resolve({}),
  }
}

const many = (count: number, settings: (index: number) => Partial<Settings>): BatchJob[] =>
  Array.from({ length: count }, (_, index) =>
    job(`job ${index}`, { email: `user${index}@contoso.example`, ...settings(index) }),
  )

/** A connector whose runs wait for a turn of the event loop, and that counts. */
function counting(resultFor: (request: RunRequest) => RunResult) {
  const now = { all: 0, mostAll: 0, atHost: new Map<string, number>(), mostAtHost: 0, tried: [] as string[] }
  return {
    now,
    async *test(request: RunRequest, o: { signal: AbortSignal }): AsyncGenerator<RunEvent, void, void> {
      const host = new URL(request.settings.ewsUrl).host
      now.tried.push(request.settings.email)
      now.all += 1
      now.atHost.set(host, (now.atHost.get(host) ?? 0) + 1)
      now.mostAll = Math.max(now.mostAll, now.all)
      now.mostAtHost = Math.max(now.mostAtHost, now.atHost.get(host) ?? 0)
      await new Promise((resolve) => setImmediate(resolve))
      now.all -= 1
      now.atHost.set(host, (now.atHost.get(host) ?? 0) - 1)
      const result = resultFor(request)
      const evidence = o.signal.aborted ? { ...result.evidence, outcome: 'cancelled' as const } : result.evidence
      yield { kind: 'ended', result: { ...result, evidence } }
    },
  }
}

async function all(
  jobs: readonly BatchJob[],
  connector: ReturnType<typeof counting>,
  o: Partial<Parameters<typeof runBatch>[0]> = {},
): Promise<{ events: BatchEvent[]; rows: BatchRow[] }> {
  const events: BatchEvent[] = []
  const signal = new AbortController().signal
  const options = { jobs, parallel: 8, perHost: 2, connector, signal, refusals: { known: new Map<string, string>() } }
  for await (const event of runBatch({ ...options, ...o })) events.push(event)
  return { events, rows: events.flatMap((event) => (event.kind === 'row-ended' ? [event.row] : [])) }
}

describe('bounds', () => {
  test('never more than asked for in all, and never more than two at one host', async () => {
    const connector = counting(() => resultOf('works'))
    const jobs = many(60, (index) => ({ ewsUrl: `https://mail${index % 7}.contoso.example/EWS/Exchange.asmx` }))
    const { rows } = await all(jobs, connector)
    expect(rows.length).toBe(60)
    expect(connector.now.mostAll).toBe(8)
    expect(connector.now.mostAtHost).toBe(2)
  })

  test('one host alone still gets all of its mailboxes', async () => {
    const connector = counting(() => resultOf('works'))
    expect(
      (
        await all(
          many(25, () => ({})),
          connector,
        )
      ).rows.length,
    ).toBe(25)
    expect(connector.now.mostAll).toBe(2)
  })
})

describe('an account that was refused', () => {
  const refused = (): RunResult => resultOf('password')

  test.each([
    ['a user principal name', 'svc@contoso.example'],
    ['DOMAIN\\user', 'CONTOSO\\svc'],
    ['a bare name', 'svc'],
  ])('is tried once for all mailboxes that use it: %s', async (_what, userName) => {
    const connector = counting(refused)
    const { rows } = await all(
      many(10, (index) => ({ userName: index % 2 === 0 ? userName : userName.toUpperCase() })),
      connector,
    )
    expect(connector.now.tried.length).toBe(1)
    expect(summaryOf(10, rows)).toMatchObject({
      states: { fails: 1, withheld: 9 },
      causes: [{ id: 'wrong-password-or-user-name', count: 10 }],
    })
  })

  test('does not keep other accounts from being tried, nor the same bare name of another customer', async () => {
    const connector = counting(refused)
    await all(
      [
        job('1', { email: 'a@contoso.example', userName: 'administrator' }),
        job('2', {
          email: 'b@fabrikam.example',
          userName: 'administrator',
          ewsUrl: 'https://mail.fabrikam.example/EWS/Exchange.asmx',
        }),
        job('3', { email: 'c@contoso.example' }),
      ],
      connector,
    )
    expect(connector.now.tried.length).toBe(3)
  })

  test('of one server counts there for mailboxes of several domains', async () => {
    const connector = counting(refused)
    await all(
      [
        job('1', { email: 'a@brand-one.example', userName: 'svc' }),
        job('2', { email: 'b@brand-two.example', userName: 'svc' }),
      ],
      connector,
    )
    expect(connector.now.tried.length).toBe(1)
  })

  test('is known again when an interrupted check goes on', async () => {
    const connector = counting(refused)
    const known = new Map([['account:svc@contoso.example', 'account-locked']])
    const { rows } = await all(
      many(3, () => ({ userName: 'svc@contoso.example' })),
      connector,
      { refusals: { known } },
    )
    expect(connector.now.tried).toEqual([])
    expect(rows.every((row) => row.state === 'withheld' && row.cause === 'account-locked')).toBe(true)
  })
})

test('interrupted: what began ends as stopped, what did not begin has no row', async () => {
  const controller = new AbortController()
  const connector = counting(() => {
    controller.abort()
    return resultOf('works')
  })
  const { rows } = await all(
    many(50, () => ({})),
    connector,
    { signal: controller.signal },
  )
  expect(rows.length).toBeLessThanOrEqual(2)
  expect(rows.every(({ state }) => state === 'cancelled')).toBe(true)
})

describe('progress', () => {
  let directory = ''
  beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'ews-batch-'))))
  afterEach(() => rmSync(directory, { recursive: true, force: true }))
  const row = (id: string, state: BatchRow['state'] = 'works'): BatchRow => ({
    id,
    mailbox: id,
    profile: null,
    state,
    cause: null,
    ewsUrl: null,
    auth: null,
    ms: 1,
  })

  test('keeps rows and refusals of the same list, also behind a line that is half of one', () => {
    const file = openProgress(directory, ['a', 'b', 'c'])
    expect(file.read()).toBeNull()
    file.begin(3)
    file.add({ row: row('a') })
    file.add({ row: row('b', 'cancelled') })
    file.add({ refused: 'account:x', cause: 'account-locked' })
    const again = openProgress(directory, ['a', 'b', 'c'])
    expect(again.read()).toEqual({ rows: [row('a')], refused: [['account:x', 'account-locked']] })
    expect(openProgress(directory, ['a', 'b']).read()).toBeNull()
    again.remove()
    expect(file.read()).toBeNull()
  })

  test('a directory that cannot be written costs only the continuation', () => {
    const file = openProgress(join(process.execPath, 'below a file'), ['a'])
    file.begin(1)
    file.add({ row: row('a') })
    expect(file.read()).toBeNull()
    expect(readFileSync(process.execPath).length).toBeGreaterThan(0)
  })
})
