/** The double's own contract: what its wire carries and refuses, how its ports queue and close, how addresses are mapped. */
import { runInThisContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { DoublePort } from './ports.ts'
import { originOf, privateScheme, registerSchemes, toPage, toProgram } from './schemes.ts'
import { makeCodec, type Codec } from './values.ts'

/** As the page has it: made from its own text, which must refer to nothing outside. */
const inPage = (): Codec => runInThisContext(`(${makeCodec.toString()})()`) as Codec
const codec = makeCodec()
const carried = (value: unknown): unknown =>
  codec.decode(JSON.parse(JSON.stringify(inPage().encode(structuredClone(value)))) as never)

describe('the wire', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['numbers', [0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ['bigint', 12_345_678_901_234_567_890n],
    ['text', ['', '\u2028', '\ud83d\ude00', '"\\']],
    ['dates', [new Date(0), new Date(Number.NaN)]],
    ['expressions', /a"b/giu],
    ['maps and sets', new Map<unknown, unknown>([[{ a: 1 }, new Set([1, 'x', undefined])]])],
    [
      'bytes',
      [new Uint8Array([0, 255]), new ArrayBuffer(3), new DataView(new ArrayBuffer(4), 1, 2), new BigInt64Array([7n])],
    ],
    ['a part of a buffer', new Uint8Array(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)],
    ['boxed values', [Object(1), Object('a'), Object(true)]],
    ['a key that is no prototype', JSON.parse('{"__proto__":{"polluted":1}}')],
  ])('carries %s', (_name, value) => {
    expect(carried(value)).toStrictEqual(value)
  })

  test('carries errors with their cause, cycles and holes', () => {
    const error = carried(new TypeError('no', { cause: [new RangeError('why')] }))
    expect(error).toBeInstanceOf(TypeError)
    expect((error as Error).cause).toEqual([new RangeError('why')])
    const cycle: { self?: unknown; list: unknown[] } = { list: [] }
    cycle.self = cycle
    cycle.list.push(cycle)
    const back = carried(cycle) as typeof cycle
    expect([back.self === back, back.list[0] === back]).toEqual([true, true])
    const sparse = new Array<number>(3)
    sparse[2] = 1
    const holes = carried(sparse) as number[]
    expect([holes.length, 0 in holes, 2 in holes]).toEqual([3, false, true])
  })

  test.each([
    ['a Blob', new Blob(['x'])],
    ['shared memory', new SharedArrayBuffer(1)],
  ])('refuses %s', (_name, value) => {
    expect(() => codec.encode(value)).toThrow(/cannot carry/)
  })
})

describe('a port in the main process', () => {
  function openPort() {
    const heard: unknown[] = []
    const far = { posted: [] as unknown[], closed: 0 }
    const port = new DoublePort({ post: (message) => far.posted.push(message), close: () => (far.closed += 1) })
    port.on('message', ({ data }: { data: unknown }) => heard.push(data))
    port.on('close', () => heard.push('closed'))
    return { port, far, heard }
  }

  test('queues until start, and delivers in order', async () => {
    const { port, heard } = openPort()
    port.receive(1, [])
    expect(heard).toEqual([])
    port.start()
    port.receive(2, [])
    await Promise.resolve()
    port.receive(3, [])
    expect(heard).toEqual([1, 2, 3])
  })

  test('close is heard on both sides, once, and ends it', () => {
    const { port, far, heard } = openPort()
    port.start()
    port.close()
    port.close()
    port.receive(1, [])
    port.postMessage(2)
    expect([heard, far]).toEqual([['closed'], { posted: [], closed: 1 }])
  })

  test('sends clones, and refuses what cannot be cloned', () => {
    const { port, far } = openPort()
    const message = { a: [1] }
    port.postMessage(message)
    message.a.push(2)
    expect(far.posted).toEqual([{ a: [1] }])
    expect(() => port.postMessage(() => 0)).toThrow(/could not be cloned/)
    expect('addEventListener' in port).toBe(false)
  })
})

test('addresses of the private scheme are mapped both ways, others not at all', () => {
  const privileges = { standard: true, secure: true, supportFetchAPI: true }
  expect(() => registerSchemes([{ scheme: 'app', privileges: { ...privileges, stream: true } }], false)).toThrow(
    /stream/,
  )
  expect(() => registerSchemes([{ scheme: 'app', privileges }], true)).toThrow(/before app is ready/)
  registerSchemes([{ scheme: 'app', privileges }], false)
  expect(() => registerSchemes([], false)).toThrow(/twice/)
  const inChromium = 'https://bundle.app.private-scheme.invalid/a/b.js?c#d'
  expect(toPage('app://bundle/a/b.js?c#d')).toBe(inChromium)
  expect(toProgram(inChromium)).toBe('app://bundle/a/b.js?c#d')
  expect(toProgram(`blob:${inChromium}`)).toBe('blob:app://bundle/a/b.js?c#d')
  expect([privateScheme(inChromium), originOf(inChromium)]).toEqual(['app', 'app://bundle'])
  for (const address of ['https://example.com/', 'about:blank', 'mailto:a@b.c', 'other://bundle/']) {
    expect([toPage(address), toProgram(address), privateScheme(address)]).toEqual([address, address, null])
  }
  expect(originOf('about:blank')).toBe('null')
})
