// The ledger on disk: what is there after a crash, a cut line, a damaged one; and who owns it.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { apply, emptyLedger, recordOf } from '../../../src/core/automation/ledger.ts'
import type { Entry, Ledger } from '../../../src/core/automation/schema.ts'
import { openJournal, readLedger } from '../../../src/host/automation/journal.ts'
import { claimConfiguration, ownerOfConfiguration } from '../../../src/host/automation/ownership.ts'

let directory = ''
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'ews-journal-'))))
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const begin = (connection: string): Entry => ({ type: 'begin', at: 5, connection, accounts: [`user ${connection}`] })
const open = () => openJournal({ directory, now: () => new Date('2026-11-26T08:00:00Z'), prune: (ledger) => ledger })
const file = () => join(directory, 'automation.journal')

/** As the engine does: into the ledger, then onto the disk. */
async function store(opened: Awaited<ReturnType<typeof open>>, entries: Entry[]): Promise<void> {
  for (const entry of entries) apply(opened.stored.ledger, entry)
  await opened.journal.append(entries)
}
const pendingOf = (ledger: Ledger) =>
  Object.keys(ledger.connections).filter((id) => recordOf(ledger, id).pending !== null)

test('what was appended is there, before and after it is closed', async () => {
  const opened = await open()
  await store(opened, [begin('a')])
  await store(opened, [begin('b')])
  expect(pendingOf((await readLedger(directory)).ledger)).toEqual(['a', 'b'])
  await opened.journal.close()
  expect(readFileSync(file(), 'utf8')).toBe('')
  const again = await readLedger(directory)
  expect(pendingOf(again.ledger)).toEqual(['a', 'b'])
  expect(again).toMatchObject({ damage: null, ledger: { sequence: 2 } })
})

test('many at once go down in order', async () => {
  const opened = await open()
  await Promise.all(Array.from({ length: 200 }, (_one, index) => store(opened, [begin(`c${index}`)])))
  expect(pendingOf((await readLedger(directory)).ledger)).toHaveLength(200)
  await opened.journal.close()
})

test('a line without its end was never promised, and is no damage', async () => {
  const opened = await open()
  await store(opened, [begin('a')])
  const whole = readFileSync(file(), 'utf8')
  await store(opened, [begin('b')])
  const both = readFileSync(file(), 'utf8')
  for (let length = whole.length; length < both.length; length += 7) {
    writeFileSync(file(), both.slice(0, length))
    const read = await readLedger(directory)
    expect(read.damage).toBeNull()
    expect(pendingOf(read.ledger)).toEqual(['a'])
  }
  await opened.journal.close()
})

test('a line that was changed is left out and told, what follows it counts', async () => {
  const opened = await open()
  await store(opened, [begin('a'), begin('b'), begin('c')])
  writeFileSync(file(), readFileSync(file(), 'utf8').replace('"b"', '"x"'))
  const read = await readLedger(directory)
  expect(pendingOf(read.ledger)).toEqual(['a', 'c'])
  expect(read.damage).toEqual({ file: null })
  const again = await open()
  expect(again.stored.damage?.file).toMatch(/^automation\.damaged-2026-11-26/)
  await again.journal.close()
})

test('a damaged snapshot is kept aside, and what the journal has goes on', async () => {
  const opened = await open()
  await store(opened, [begin('a')])
  writeFileSync(join(directory, 'automation.json'), '{"schema":1')
  const again = await open()
  expect(pendingOf(again.stored.ledger)).toEqual(['a'])
  const kept = join(directory, again.stored.damage?.file ?? '')
  expect(readdirSync(kept).sort()).toEqual(['automation.journal', 'automation.json'])
  expect(readFileSync(join(kept, 'automation.json'), 'utf8')).toBe('{"schema":1')
  await again.journal.close()
})

test('an old line that a snapshot has already is not counted twice', async () => {
  const opened = await open()
  const refused: Entry = {
    type: 'end',
    at: 6,
    connection: 'a',
    kind: 'refused',
    counts: ['user a'],
    resets: [],
    finding: null,
    nextAt: null,
    rest: null,
  }
  await store(opened, [begin('a'), refused])
  const lines = readFileSync(file(), 'utf8')
  await opened.journal.close()
  // Killed between the snapshot and the emptying of the journal.
  appendFileSync(file(), lines)
  expect((await readLedger(directory)).ledger.accounts).toEqual({ 'user a': { failures: 1, refusedAt: 6 } })
})

test('nobody else may read it', async () => {
  if (process.platform === 'win32') return
  const opened = await open()
  await opened.journal.close()
  for (const name of ['automation.json', 'automation.journal'])
    expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600)
})

test('an empty ledger is what there is before anything happened', async () => {
  expect(await readLedger(directory)).toEqual({ ledger: emptyLedger(), damage: null })
})

test('one owner at a time, named; free again when it lets go', async () => {
  const first = await claimConfiguration({ directory, face: 'desktop' })
  if (first.kind !== 'owned') expect.fail('the first one gets it')
  const second = await claimConfiguration({ directory, face: 'watch' })
  expect(second).toMatchObject({ kind: 'taken', owner: { pid: process.pid, host: hostname(), face: 'desktop' } })
  expect(await ownerOfConfiguration(directory)).toMatchObject({ face: 'desktop' })
  await first.release()
  expect(await ownerOfConfiguration(directory)).toBeNull()
  const third = await claimConfiguration({ directory, face: 'watch' })
  expect(third.kind).toBe('owned')
  if (third.kind === 'owned') await third.release()
})

const lock = (change: object): string =>
  JSON.stringify({
    pid: process.pid,
    host: hostname(),
    startedAt: '2026-11-26T08:00:00Z',
    face: 'watch',
    born: null,
    ...change,
  })

test.each([
  // Numbers of processes end at 2^22.
  ['a process that is gone', lock({ pid: 4_194_304 + 5 })],
  ['a number that is another process now', lock({ born: '1' })],
])('%s gives way', async (_name, text) => {
  if (text.includes('"born":"1"') && process.platform !== 'linux') return
  writeFileSync(join(directory, 'automation.lock'), text)
  const claim = await claimConfiguration({ directory, face: 'watch' })
  expect(claim.kind).toBe('owned')
  if (claim.kind === 'owned') await claim.release()
})

test('a living owner on another machine is believed while it touches its file', async () => {
  writeFileSync(join(directory, 'automation.lock'), lock({ host: 'another-machine' }))
  expect(await claimConfiguration({ directory, face: 'watch' })).toMatchObject({
    kind: 'taken',
    owner: { host: 'another-machine' },
  })
})

test('of many that find a dead owner at once, one gets its place', async () => {
  writeFileSync(join(directory, 'automation.lock'), lock({ pid: 4_194_304 + 5 }))
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimConfiguration({ directory, face: 'watch' })))
  expect(claims.filter((claim) => claim.kind === 'owned')).toHaveLength(1)
  for (const claim of claims) if (claim.kind === 'owned') await claim.release()
})
