// Many addresses: in batches against one by one in the same run, memory, and a process that is killed in the middle and started again.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { readContacts } from '../../src/core/addresses/fromExchange.ts'
import { startDemo, type DemoExchange } from '../../src/demo/index.ts'
import { openContactLinks } from '../../src/host/contactLinks.ts'
import { address, inMailbox, transferTo } from '../core/addresses/onDemo.ts'
import { buildProgram, run, scratch, start, worldOptions, type Scratch } from './program.ts'

let exchange: DemoExchange
let place: Scratch
beforeAll(async () => {
  place = scratch()
  await buildProgram()
}, 60_000)
afterAll(() => place.remove())
beforeEach(async () => {
  exchange = await startDemo({ scenario: 'healthy-on-prem' })
})
afterEach(() => exchange.stop())

const folder = { kind: 'default' } as const
const links = (name: string) => openContactLinks({ directory: join(place.directory, name), mailbox: 'anna', folder })

test('10,000 addresses in batches are more than ten times as fast as one by one', { timeout: 240_000 }, async () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    address(index + 1, {
      salutation: 'Firma',
      street: `Weg ${index}`,
      town: 'Köln',
      phone: `+49 221 ${index}`,
      email: `info@firma${index}.example`,
    }),
  )
  const few = Array.from({ length: 200 }, (_, index) =>
    address(20_001 + index, { salutation: 'Firma', street: 'Weg', town: 'Köln' }),
  )
  await inMailbox(exchange, async (mailbox) => {
    const one = links('single')
    const startedSingle = performance.now()
    for (const single of few) await transferTo(mailbox, [single], one)
    const single = (performance.now() - startedSingle) / few.length

    globalThis.gc?.()
    const before = process.memoryUsage().heapUsed
    let most = before
    const startedBatch = performance.now()
    let counts: unknown
    await transferTo(mailbox, many, links('batch'), {
      emit: (event) => {
        most = Math.max(most, process.memoryUsage().heapUsed)
        if (event.kind === 'finished') ({ counts } = event)
      },
    }).catch(() => undefined)
    const batch = (performance.now() - startedBatch) / many.length
    expect(counts).toMatchObject({ created: many.length, failed: 0 })
    console.log(
      `10,000 addresses: ${((batch * many.length) / 1000).toFixed(1)} s in batches, ${batch.toFixed(2)} ms each; one by one ${single.toFixed(1)} ms each, ${(single / batch).toFixed(1)} times as long; heap up to ${Math.round((most - before) / 1024 / 1024)} MB more`,
    )
    expect(single / batch).toBeGreaterThan(10)
    expect(most - before).toBeLessThan(300 * 1024 * 1024)
  })
})

test('killed in the middle and started again: none twice, none missing', { timeout: 240_000 }, async () => {
  const count = 1_000
  const rows = Array.from({ length: count }, (_, index) => `${index + 1};Name ${index + 1};Köln`)
  const csv = join(place.directory, 'many.csv')
  writeFileSync(csv, `number;name;town\n${rows.join('\n')}\n`)
  const options = { home: place.home, input: exchange.typed.password ?? '' }
  expect((await run(['addresses', 'import', csv], options)).code).toBe(0)
  const arguments_ = [
    'addresses',
    'transfer',
    '--json',
    '--email',
    exchange.typed.email,
    '--url',
    exchange.ewsUrl ?? '',
    '--password-stdin',
    ...worldOptions(exchange),
  ]
  const creations = (): number => exchange.journal.filter((entry) => entry.operation === 'CreateItem').length

  for (const batches of [3, 9]) {
    const running = start(arguments_, options)
    while (creations() < batches) await new Promise((resolve) => setImmediate(resolve))
    running.child.kill('SIGKILL')
    expect((await running.ended).signal).toBe('SIGKILL')
  }
  const last = await run(arguments_, options)
  expect(last.code).toBe(0)
  await inMailbox(exchange, async (mailbox) => {
    const read = await readContacts(mailbox, { folder, signal: new AbortController().signal })
    if (read.kind !== 'read') throw new Error(read.kind)
    const marks = read.contacts.map((one) => one.addressId)
    expect(marks).toHaveLength(count)
    expect(new Set(marks).size).toBe(count)
  })
})
