// DNS: each kind of failure apart, the resolver named, cancelled at once, remembered for a run; SRV in the order of RFC 2782.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ObservationOf } from '../../../src/core/evidence/schema.ts'
import { limits } from '../../../src/core/limits.ts'
import { createNames, inServiceOrder, type Names, type SrvRecord } from '../../../src/core/network/dns.ts'
import { parseResolver } from '../../../src/core/network/plan.ts'
import { startWorld, type World } from '../../../src/demo/index.ts'

type Dns = ObservationOf<'dns'>

let world: World
beforeAll(async () => {
  world = await startWorld({
    zones: {
      'contoso.example': [
        { type: 'MX', exchange: 'second.contoso.example', priority: 20 },
        { type: 'MX', exchange: 'first.contoso.example', priority: 10 },
      ],
      'both.contoso.example': [
        { type: 'A', address: '192.0.2.1' },
        { type: 'AAAA', address: '2001:db8::1' },
        { type: 'A', address: '192.0.2.2' },
      ],
      'four.contoso.example': [{ type: 'A', address: '192.0.2.1' }],
      'alias.contoso.example': [{ type: 'CNAME', target: 'both.contoso.example' }],
      'failing.contoso.example': [{ type: 'failure', rcode: 'SERVFAIL' }],
      'refusing.contoso.example': [{ type: 'failure', rcode: 'REFUSED' }],
      'silent.contoso.example': [{ type: 'silence' }],
      '_autodiscover._tcp.contoso.example': [
        { type: 'SRV', target: 'Mail.contoso.example', port: 443, priority: 5, weight: 7 },
      ],
    },
    hosts: {},
  })
})
afterAll(() => world.stop())

const names = (): Names => createNames(parseResolver(world.dns))
const asking = (signal: AbortSignal = new AbortController().signal) => {
  const seen: Dns[] = []
  return { seen, options: { signal, record: (observation: Dns) => void seen.push(observation) } }
}

test('addresses of both families, IPv6 first, with the resolver named', async () => {
  const { seen, options } = asking()
  expect(await names().addresses('both.contoso.example', options)).toEqual([
    { address: '2001:db8::1', family: 6 },
    { address: '192.0.2.1', family: 4 },
    { address: '192.0.2.2', family: 4 },
  ])
  expect(seen).toEqual([
    expect.objectContaining({
      type: 'AAAA',
      result: 'records',
      records: ['2001:db8::1'],
      resolver: world.dns,
      code: null,
    }),
    expect.objectContaining({ type: 'A', result: 'records', records: ['192.0.2.1', '192.0.2.2'], resolver: world.dns }),
  ])
})

test('an address needs no question', async () => {
  const { seen, options } = asking()
  expect(await names().addresses('192.0.2.9', options)).toEqual([{ address: '192.0.2.9', family: 4 }])
  expect(await names().addresses('2001:db8::9', options)).toEqual([{ address: '2001:db8::9', family: 6 }])
  expect(seen).toEqual([])
})

test.each<[string, Dns['result'], string]>([
  ['nothing.contoso.example', 'no-such-name', 'ENOTFOUND'],
  ['contoso.example', 'no-records', 'ENODATA'],
  ['failing.contoso.example', 'server-failure', 'ESERVFAIL'],
  ['refusing.contoso.example', 'refused', 'EREFUSED'],
])('%s: %s', async (name, result, code) => {
  const { seen, options } = asking()
  expect(await names().addresses(name, options)).toEqual([])
  expect(seen.map((one) => [one.type, one.result, one.code, one.records])).toEqual([
    ['AAAA', result, code, []],
    ['A', result, code, []],
  ])
})

test('one family is enough', async () => {
  const { seen, options } = asking()
  expect(await names().addresses('four.contoso.example', options)).toEqual([{ address: '192.0.2.1', family: 4 }])
  expect(seen.map((one) => one.result)).toEqual(['no-records', 'records'])
})

test('a resolver where nobody listens', async () => {
  const { seen, options } = asking()
  const alone = createNames({ address: '127.0.0.1', port: 1 })
  expect(await alone.texts('contoso.example', 'MX', options)).toEqual([])
  expect(seen).toEqual([expect.objectContaining({ result: 'refused', resolver: '127.0.0.1:1' })])
})

test('mail hosts by preference, aliases, services', async () => {
  const { seen, options } = asking()
  const asked = names()
  expect(await asked.texts('contoso.example', 'MX', options)).toEqual([
    '10 first.contoso.example',
    '20 second.contoso.example',
  ])
  expect(await asked.texts('alias.contoso.example', 'CNAME', options)).toEqual(['both.contoso.example'])
  expect(await asked.services('_autodiscover._tcp.contoso.example', options)).toEqual([
    { priority: 5, weight: 7, port: 443, target: 'mail.contoso.example' },
  ])
  expect(await asked.services('_autodiscover._tcp.other.example', options)).toEqual([])
  expect(seen.map((one) => `${one.type} ${one.result} ${one.records.join('|')}`)).toEqual([
    'MX records 10 first.contoso.example|20 second.contoso.example',
    'CNAME records both.contoso.example',
    'SRV records 5 7 443 Mail.contoso.example',
    'SRV no-such-name ',
  ])
})

test('silence ends within the limit', async () => {
  const { seen, options } = asking()
  const started = performance.now()
  expect(await names().addresses('silent.contoso.example', options)).toEqual([])
  expect(performance.now() - started).toBeLessThan(limits.dnsMs + 500)
  expect(seen.map((one) => one.result)).toEqual(['timed-out', 'timed-out'])
})

describe('cancelling', () => {
  test('ends a question at once', async () => {
    const stop = new AbortController()
    const { seen, options } = asking(stop.signal)
    const answer = names().addresses('silent.contoso.example', options)
    const started = performance.now()
    stop.abort()
    expect(await answer).toEqual([])
    expect(performance.now() - started).toBeLessThan(200)
    expect(seen.map((one) => one.result)).toEqual(['cancelled', 'cancelled'])
  })

  test('before the question asks nothing', async () => {
    const { seen, options } = asking(AbortSignal.abort())
    expect(await names().services('never-asked.contoso.example', options)).toEqual([])
    expect(seen.map((one) => one.result)).toEqual(['cancelled'])
    expect(world.queries.some((query) => query.name === 'never-asked.contoso.example')).toBe(false)
  })

  test('of one request is not the end for another that waits for the same name', async () => {
    const stop = new AbortController()
    const asked = names()
    const first = asked.addresses('both.contoso.example', asking(stop.signal).options)
    const other = asking()
    const second = asked.addresses('both.contoso.example', other.options)
    stop.abort()
    await first
    expect(await second).toHaveLength(3)
    expect(other.seen.map((one) => one.result)).toEqual(['records', 'records'])
  })

  test('ends the wait for a question that another request asked', async () => {
    const mine = new AbortController()
    const theirs = new AbortController()
    const asked = names()
    const first = asked.addresses('silent.contoso.example', asking(theirs.signal).options)
    const other = asking(mine.signal)
    const second = asked.addresses('silent.contoso.example', other.options)
    mine.abort()
    const started = performance.now()
    expect(await second).toEqual([])
    expect(performance.now() - started).toBeLessThan(200)
    expect(other.seen.map((one) => one.result)).toEqual(['cancelled'])
    theirs.abort()
    await first
  })
})

test('an answer is remembered for the run, and shown to everybody who uses it', async () => {
  const asked = names()
  const before = world.queries.length
  const first = asking()
  const second = asking()
  await asked.addresses('both.contoso.example', first.options)
  await asked.addresses('both.contoso.example', second.options)
  expect(world.queries.length - before).toBe(2)
  expect(second.seen).toEqual(first.seen)
  await names().addresses('both.contoso.example', asking().options)
  expect(world.queries.length - before).toBe(4)
})

test('the operating system answers where no resolver is named', async () => {
  const { seen, options } = asking()
  const system = createNames(null)
  expect(await system.addresses('localhost', options)).toContainEqual({ address: '127.0.0.1', family: 4 })
  expect(seen).toEqual([expect.objectContaining({ type: 'address', result: 'records', resolver: null })])
})

describe('inServiceOrder (RFC 2782)', () => {
  const service = (target: string, priority: number, weight: number): SrvRecord => ({
    target,
    priority,
    weight,
    port: 443,
  })
  /** Numbers that look like chance and are the same every time. */
  const seeded = (seed: number) => (): number => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32
    return seed / 2 ** 32
  }

  test('the lowest priority number comes first, whatever the weights', () => {
    const random = seeded(1)
    for (let round = 0; round < 50; round++) {
      const order = inServiceOrder([service('c', 20, 60_000), service('a', 0, 1), service('b', 10, 0)], random)
      expect(order.map((one) => one.target)).toEqual(['a', 'b', 'c'])
    }
  })

  test('within one priority the weight is the chance', () => {
    const random = seeded(2)
    const first = new Map<string, number>()
    const rounds = 6_000
    for (let round = 0; round < rounds; round++) {
      const order = inServiceOrder([service('heavy', 1, 3), service('light', 1, 1), service('never', 1, 0)], random)
      expect(order).toHaveLength(3)
      const target = order[0]?.target ?? ''
      first.set(target, (first.get(target) ?? 0) + 1)
    }
    expect((first.get('heavy') ?? 0) / rounds).toBeCloseTo(0.75, 1)
    expect((first.get('light') ?? 0) / rounds).toBeCloseTo(0.25, 1)
    expect((first.get('never') ?? 0) / rounds).toBeLessThan(0.01)
  })

  test('the edges of chance', () => {
    const records = [service('a', 1, 1), service('b', 1, 1), service('zero', 1, 0)]
    expect(inServiceOrder(records, () => 0).map((one) => one.target)).toEqual(['zero', 'a', 'b'])
    expect(inServiceOrder(records, () => 0.999_999_9).map((one) => one.target)).toEqual(['b', 'a', 'zero'])
    expect(inServiceOrder([], () => 0)).toEqual([])
  })

  test('the target "." says that there is no such service', () => {
    expect(inServiceOrder([service('', 0, 0)])).toEqual([])
  })
})

describe('both families (RFC 8305)', () => {
  /** A name server of which this host's AAAA or A question never gets an answer, or a late one. */
  const half = async (silent: 'A' | 'AAAA', lateMs: number | null): Promise<{ names: Names; stop: () => void }> => {
    const { createSocket } = await import('node:dgram')
    const socket = createSocket('udp4')
    socket.on('message', (question, asker) => {
      // The question ends with its type and class; 28 is AAAA.
      const end = question.indexOf(0, 12) + 5
      const type = question.readUInt16BE(end - 4) === 28 ? 'AAAA' : 'A'
      const data = type === 'A' ? Buffer.from([192, 0, 2, 1]) : Buffer.from('20010db8000000000000000000000001', 'hex')
      const header = Buffer.from([question[0] ?? 0, question[1] ?? 0, 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0])
      const answer = Buffer.from([0xc0, 12, 0, type === 'A' ? 1 : 28, 0, 1, 0, 0, 0, 60, 0, data.length])
      const reply = Buffer.concat([header, question.subarray(12, end), answer, data])
      if (type !== silent) socket.send(reply, asker.port, asker.address)
      else if (lateMs !== null) setTimeout(() => socket.send(reply, asker.port, asker.address, () => undefined), lateMs)
    })
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    return { names: createNames({ address: '127.0.0.1', port: socket.address().port }), stop: () => socket.close() }
  }

  test.each(['A', 'AAAA'] as const)(
    'a question for %s that nobody answers does not hold up the other family',
    async (silent) => {
      const { names, stop } = await half(silent, null)
      const end = new AbortController()
      const started = performance.now()
      const found = await names.addresses('half.example', { signal: end.signal, record: () => undefined })
      expect(found.map((entry) => entry.family)).toEqual([silent === 'A' ? 6 : 4])
      expect(performance.now() - started).toBeLessThan(limits.dnsMs / 3)
      end.abort()
      stop()
    },
  )

  test('an answer that comes later is heard of, and an address that was reached comes first from then on', async () => {
    const { names, stop } = await half('AAAA', 400)
    const { signal } = new AbortController()
    let late: Promise<readonly { family: number }[]> | undefined
    const found = await names.addresses('half.example', {
      signal,
      record: () => undefined,
      late: (more) => void (late = more),
    })
    expect(found).toEqual([{ address: '192.0.2.1', family: 4 }])
    expect(await late).toEqual([{ address: '2001:db8::1', family: 6 }])
    stop()
  })

  test('an address that was reached comes first at its host, and its family at the others', async () => {
    const known = names()
    const ask = async (host: string): Promise<string[]> =>
      (await known.addresses(host, asking().options)).map((entry) => entry.address)
    expect((await ask('both.contoso.example'))[0]).toBe('2001:db8::1')
    known.reached('both.contoso.example', { address: '192.0.2.2', family: 4 })
    expect((await ask('both.contoso.example'))[0]).toBe('192.0.2.2')
    expect((await ask('alias.contoso.example'))[0]).toMatch(/^192\.0\.2\./)
  })
})
