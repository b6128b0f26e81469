import { describe, expect, test } from 'vitest'
import type { Arrival } from '../../../src/contract/contract.ts'
import { limits } from '../../../src/core/limits.ts'
import { openArrivals, type Arrivals } from '../../../src/host/arrivals/arrivals.ts'
import { client, prepareRouter } from '../routerSetup.ts'

const section: Arrival = { kind: 'section', section: 'many' }
const refused = (name: string): Arrival => ({ kind: 'file-refused', name, reason: 'missing' })

/** What a window that begins to listen now gets at once. */
async function waitingIn(arrivals: Arrivals): Promise<Arrival[]> {
  const controller = new AbortController()
  const got: Arrival[] = []
  const stream = arrivals.stream(controller.signal)
  const end = new Promise((resolve) => setImmediate(resolve)).then(() => controller.abort())
  for await (const { arrival } of stream) got.push(arrival)
  await end
  return got
}

describe('what arrives', () => {
  test('before there is a window waits for it, in order', async () => {
    const arrivals = openArrivals()
    arrivals.put(refused('a'))
    arrivals.put(section)
    expect(await waitingIn(arrivals)).toEqual([refused('a'), section])
  })

  test('comes again to a page that was loaded anew before it was settled, and not after', async () => {
    const arrivals = openArrivals()
    arrivals.put(section)
    const first = new AbortController()
    const { value } = await arrivals.stream(first.signal).next()
    first.abort()
    expect(await waitingIn(arrivals)).toEqual([section])
    arrivals.settle(value?.id ?? -1)
    expect(await waitingIn(arrivals)).toEqual([])
  })

  test('while a window listens reaches it at once, and each has its own number', async () => {
    const arrivals = openArrivals()
    const stream = arrivals.stream(new AbortController().signal)
    const first = stream.next()
    arrivals.put(section)
    arrivals.put(refused('a'))
    expect((await first).value).toEqual({ id: 1, arrival: section })
    expect((await stream.next()).value).toEqual({ id: 2, arrival: refused('a') })
  })

  test('a newer one of its kind replaces what nobody has seen: the large ones never add up', async () => {
    const arrivals = openArrivals()
    for (let file = 0; file < 100; file += 1) arrivals.put(refused(String(file)))
    expect(await waitingIn(arrivals)).toEqual([refused('99')])
    expect(limits.arrivalsWaiting).toBeLessThan(100)
  })

  test('a press in the menu is for a window that is there', async () => {
    const arrivals = openArrivals()
    arrivals.put({ kind: 'run', command: 'test' })
    expect(await waitingIn(arrivals)).toEqual([])
  })

  test('nothing reaches a window that has gone', async () => {
    const arrivals = openArrivals()
    const controller = new AbortController()
    const stream = arrivals.stream(controller.signal)
    const next = stream.next()
    controller.abort()
    expect(await next).toEqual({ done: true, value: undefined })
  })
})

describe('the contract', () => {
  const setup = prepareRouter()

  test('without arrivals the stream ends at once, as in the browser', async () => {
    const stream = await client(setup.router()).app.arrivals.stream({})
    expect(await stream.next()).toMatchObject({ done: true })
    expect(await client(setup.router()).app.arrivals.settle({ id: 1 })).toEqual({})
  })

  test('hands over and settles', async () => {
    const arrivals = openArrivals()
    arrivals.put(section)
    const window = client(setup.router({ arrivals }))
    const stream = await window.app.arrivals.stream({}, { signal: new AbortController().signal })
    expect((await stream.next()).value).toEqual({ id: 1, arrival: section })
    await window.app.arrivals.settle({ id: 1 })
    expect(await waitingIn(arrivals)).toEqual([])
    await stream.return(undefined)
  })

  test('says where a dropped file belongs', async () => {
    const content = Buffer.from('{"format":"ews-setup-configuration","schema":2,"profiles":{"a":{}}}').toString(
      'base64',
    )
    const { recognise } = client(setup.router()).app.arrivals
    expect(await recognise({ content })).toEqual({ kind: 'file', section: 'transfer' })
    expect(await recognise({ content: '' })).toEqual({ kind: 'refused', reason: 'empty' })
  })
})
