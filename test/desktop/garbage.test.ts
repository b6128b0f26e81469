/** Whatever comes over the port, the program refuses it, goes on, and answers the next call. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, openChannel, send } from './channel.ts'
import { buildProgram, dialogReady, openDesktop, type Desktop } from './desktop.ts'
import { describeHosts } from './hosts.ts'

beforeAll(buildProgram, 90_000)

describeHosts('garbage on the port', (host) => {
  let desktop: Desktop
  beforeAll(async () => {
    desktop = await openDesktop(host)
    await dialogReady(desktop.page)
  }, 30_000)
  afterAll(async () => {
    await desktop.close()
    // Neither a rejection that nobody handled, nor a value that the double could not carry.
    expect(desktop.errors().filter((line) => /Error|not modelled/.test(line))).toEqual([])
  })

  const works = async (withinMs = 5_000) => {
    expect(await call(desktop.page, 'app/start', {}, withinMs)).toMatchObject({
      status: 200,
      json: { face: 'desktop' },
    })
  }

  test.each([
    ['nothing', [null]],
    ['numbers', [0, -0, Number.NaN, 1e308, 7n]],
    ['no JSON', ['', '{', 'hello', '\u0000', '\ud800']],
    ['objects instead of text', [{ i: '1', p: { u: '/app/start' } }, [], new Date(0), new Map([[1, 2]]), new Set([1])]],
    ['frames without a call', ['null', '[]', '{}', '{"i":1}', '{"i":"1","p":null}', '{"i":"1","p":{"u":7}}']],
    ['frames of an answer', ['{"i":"1","t":2,"p":{}}', '{"i":"1","t":3,"p":{"e":"message"}}', '{"i":"1","t":4}']],
    ['foreign addresses', ['{"i":"1","p":{"u":"https://evil.example/app/start"}}', '{"i":"1","p":{"u":"//evil/app"}}']],
    ['ids that are none', [`{"i":"${'x'.repeat(10_000)}","p":{"u":"/app/start"}}`, '{"i":{},"p":{"u":"/app/start"}}']],
    [
      'prototypes as a frame',
      ['{"__proto__":{"i":"1"},"i":"1","p":{"u":"/app/start"}}', '{"i":"__proto__","p":{"u":"/x"}}'],
    ],
    ['files and forms', ['{"i":"1","p":{"u":"/app/start","h":{"content-disposition":"attachment"}}}']],
  ])('%s', async (_name, messages) => {
    await openChannel(desktop.page)
    await send(desktop.page, messages)
    await works()
  })

  test('bytes', async () => {
    await openChannel(desktop.page)
    await desktop.page.evaluate(() => {
      for (const bytes of [new Uint8Array([123, 125]), new ArrayBuffer(8), new DataView(new ArrayBuffer(2))])
        window.testPort?.postMessage(bytes)
    })
    await works()
  })

  test('20 MB', async () => {
    await openChannel(desktop.page)
    await desktop.page.evaluate(() => {
      const text = 'x'.repeat(20 * 1024 * 1024)
      window.testPort?.postMessage(text)
    })
    await works(15_000)
  }, 20_000)

  test.each<[procedure: string, input: unknown, status: number]>([
    ['app/absent', {}, 404],
    ['__proto__', {}, 404],
    ['constructor/prototype', {}, 404],
    ['app/__proto__/start', {}, 404],
    ['app/start/toString', {}, 404],
    ['runs/locate', {}, 400],
    ['runs/locate', null, 400],
    ['runs/test', { draft: { email: ['a'] }, secrets: 7 }, 400],
    ['settings/save', { draft: { email: 'x'.repeat(5_000) }, secrets: {} }, 400],
    ['settings/removeSecret', { kind: '__proto__' }, 400],
    ['app/setLanguage', { language: '../../de' }, 400],
    ['app/openLink', { link: 'constructor' }, 400],
    ['app/openLink', { link: 'file:///etc/passwd' }, 400],
  ])('%s with the wrong input: %#', async (procedure, input, status) => {
    await openChannel(desktop.page)
    expect((await call(desktop.page, procedure, input))?.status).toBe(status)
    await works()
    expect(await desktop.opened()).toEqual([])
  })

  test('a prototype in the input pollutes nothing', async () => {
    await openChannel(desktop.page)
    const frame =
      '{"i":"1","p":{"u":"/settings/check","b":{"json":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}}}'
    await send(desktop.page, [frame])
    await works()
    const polluted = await desktop.app.evaluate(() => 'polluted' in {})
    expect(polluted).toBe(false)
  })

  test('a thousand calls at once are all answered', async () => {
    await openChannel(desktop.page)
    const answers = await desktop.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const ids = new Set<string>()
          window.testPort?.addEventListener('message', ({ data }) => {
            ids.add((JSON.parse(String(data)) as { i: string }).i)
            if (ids.size === 1_000) resolve(ids.size)
          })
          for (let number = 0; number < 1_000; number += 1)
            window.testPort?.postMessage(JSON.stringify({ i: `${number}`, p: { u: '/app/start', b: { json: {} } } }))
        }),
    )
    expect(answers).toBe(1_000)
    await works()
  })

  test('two hundred ports: the last one counts, the others are closed', async () => {
    await openChannel(desktop.page)
    const closed = await desktop.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let count = 0
          for (let number = 0; number < 200; number += 1) {
            const port = window.openTestPort?.()
            if (port === undefined) continue
            window.testPort = port
            port.addEventListener('close', () => {
              count += 1
              if (count === 199) resolve(count)
            })
          }
        }),
    )
    expect(closed).toBe(199)
    await works()
  })

  test('what is no channel is not handed over: other words, no port, two ports, another window', async () => {
    await openChannel(desktop.page)
    await desktop.page.evaluate(() => {
      const port = () => new MessageChannel().port2
      window.postAsIs?.('ews-setup:port', '*')
      window.postAsIs?.('ews-setup:port', '*', [port(), port()])
      window.postAsIs?.({ channel: 'ews-setup:port' }, '*', [port()])
      document.body.append(document.createElement('iframe'))
    })
    const frame = desktop.page.frames().find((candidate) => candidate.parentFrame() !== null)
    // Run in the frame, so that the message comes from another window of the same origin.
    const sent = await frame?.evaluate(() => {
      parent.postAsIs?.('ews-setup:port', '*', [new MessageChannel().port2])
      return parent.postAsIs !== undefined
    })
    expect(sent).toBe(true)
    await desktop.page.evaluate(() => document.querySelector('iframe')?.remove())
    await works()
  })
})
