import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { openSettingsFile } from '../../src/host/settingsFile.ts'
import { draft } from '../host/draft.ts'
import { openPorts, type MainPort } from './port.ts'
import { channel, clientOver, own, prepareProgram, type Stub } from './startProgram.ts'

const program = prepareProgram()
const start = () => program.start()

const handOver = (
  window: InstanceType<Stub['StubWindow']>,
  port: MainPort,
  senderFrame: object | null = own,
  more: MainPort[] = [],
) => window.webContents.ipc.emit(channel, { ports: [port, ...more], senderFrame })

/** How an event that can be prevented went. */
function prevented(emit: (event: object) => void, more: object = {}): boolean {
  let stopped = false
  emit({ ...more, preventDefault: () => (stopped = true) })
  return stopped
}

describe('the start', () => {
  test('keeps the order that Electron asks for', async () => {
    await start()
    expect(program.stub.recorded.order).toEqual([
      'id de.ews-setup.app',
      'path userData',
      'path sessionData',
      'lock',
      'sandbox',
      'schemes',
      'when ready',
      'ready',
      'no network',
      'window',
    ])
    expect(program.stub.recorded.proxy).toEqual({
      mode: 'fixed_servers',
      proxyRules: '127.0.0.1:9',
      proxyBypassRules: '<-loopback>',
    })
    expect(program.stub.recorded.windows[0]?.webContents.webRtc).toBe('disable_non_proxied_udp')
    expect(program.stub.recorded.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
    expect(program.stub.recorded.paths).toEqual({
      userData: program.directory,
      sessionData: join(program.directory, 'window'),
    })
    expect(statSync(join(program.directory, 'window')).isDirectory()).toBe(true)
    expect(program.problems).toEqual([])
  })

  test('a second program hands over to the first and does nothing else', async () => {
    program.stub.given.lock = false
    await import('../../src/main/index.ts')
    expect(program.stub.recorded.order.slice(-2)).toEqual(['lock', 'exit 0'])
    expect(program.stub.app.listenerCount('web-contents-created')).toBe(0)
  })

  test('a second start raises the window of the first', async () => {
    const window = await start()
    program.stub.app.emit('second-instance')
    expect(window.raised).toBe(1)
    expect(program.stub.recorded.windows).toHaveLength(1)
  })

  test('a program.directory of its own on the command line is kept', async () => {
    program.stub.given.switches.add('user-data-dir')
    mkdirSync(join(program.directory, 'other'))
    program.stub.recorded.paths['userData'] = join(program.directory, 'other')
    await start()
    expect(program.stub.recorded.order).not.toContain('path userData')
  })
})

describe('the window', () => {
  test('is sandboxed and isolated, of the agreed size, and shown when painted', async () => {
    const window = await start()
    expect(window.options).toMatchObject({
      width: 720,
      height: 760,
      minWidth: 560,
      minHeight: 560,
      show: false,
    })
    expect(window.options.webPreferences).toEqual({
      preload: expect.stringMatching(/^\/.*preload\/index\.cjs$/),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    })
    expect(window.loaded).toEqual(['app://bundle/index.html'])
    expect(window.visible).toBe(false)
    window.emit('ready-to-show')
    expect(window.visible).toBe(true)
  })

  test("a development server's page is loaded in an unpackaged start only", async () => {
    vi.stubEnv('ELECTRON_RENDERER_URL', 'http://localhost:5173')
    expect((await start()).loaded).toEqual(['app://bundle/index.html'])
  })

  test('speaks the language of the system in its menu, and the chosen one after that', async () => {
    const window = await start()
    expect(program.stub.recorded.menu.map(({ label }) => label)).toContain('Bearbeiten')
    const { main, page } = openPorts()
    handOver(window, main)
    await clientOver(page).app.setLanguage({ language: 'en' })
    expect(program.stub.recorded.menu.map(({ label }) => label)).toContain('Edit')
  })

  test('is loaded again after a crash, but not for ever', async () => {
    const window = await start()
    for (let crash = 0; crash < 4; crash++) {
      window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    }
    expect(window.webContents.reloads).toBe(3)
    expect(program.stub.recorded.errorBoxes).toEqual(['Das Fenster von EWS Setup funktioniert nicht mehr'])
    expect(program.stub.recorded.order.at(-1)).toBe('exit 1')
  })
})

describe('what a page may not do', () => {
  test.each([own.url, 'https://example.com/', 'app://bundle.evil/'])(
    'navigate to %s, open windows, embed',
    async (url) => {
      const { webContents } = await start()
      for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
        const stopped = prevented((event) => webContents.emit(name, event), { url, isMainFrame: true })
        expect([name, stopped]).toEqual([name, true])
      }
      expect(webContents.windowOpen?.({ url })).toEqual({ action: 'deny' })
    },
  )

  test('leave the development server, in an unpackaged start', async () => {
    program.stub.given.packaged = false
    vi.stubEnv('ELECTRON_RENDERER_URL', 'http://localhost:5173/')
    const { webContents, loaded, options } = await start()
    const navigates = (url: string, isMainFrame = true) =>
      prevented((event) => webContents.emit('will-navigate', event), { url, isMainFrame })
    expect([loaded, options.webPreferences?.devTools]).toEqual([['http://localhost:5173/'], true])
    expect([navigates('http://localhost:5173/'), navigates('http://localhost:5173/', false)]).toEqual([false, true])
    expect([navigates('http://localhost:5174/'), navigates('http://localhost:5173.evil.example/')]).toEqual([
      true,
      true,
    ])
  })

  test('get permissions, except to write text to the clipboard', async () => {
    await start()
    const { permissionCheck, permissionRequest, devicePermission } = program.stub.recorded
    const request = (permission: string, requestingUrl = own.url, isMainFrame = true) => {
      let answer: boolean | undefined
      permissionRequest?.({}, permission, (granted) => (answer = granted), { requestingUrl, isMainFrame })
      return answer
    }
    const copies = 'clipboard-sanitized-write'
    expect(request(copies)).toBe(true)
    expect(request(copies, 'app://bundle.evil/')).toBe(false)
    expect(request(copies, own.url, false)).toBe(false)
    expect(permissionCheck?.(null, copies, 'app://bundle')).toBe(true)
    expect(permissionCheck?.(null, copies, 'https://evil.example')).toBe(false)
    for (const permission of ['clipboard-read', 'openExternal', 'media', 'notifications', 'fullscreen', 'unknown']) {
      expect([permission, request(permission), permissionCheck?.(null, permission, 'app://bundle')]).toEqual([
        permission,
        false,
        false,
      ])
    }
    expect(devicePermission?.()).toBe(false)
  })

  test.each([
    ['app://bundle/assets/index.js', false],
    ['data:image/png;base64,AA==', false],
    ['blob:app://bundle/1', false],
    ['app://bundle.evil/x', true],
    ['app://other/x', true],
    ['https://example.com/', true],
    ['http://127.0.0.1:9/', true],
    ['file:///etc/passwd', true],
    ['devtools://devtools/', true],
    ['blob:https://evil.example/1', true],
    ['no url', true],
  ])('load %s: cancelled %s', async (url, cancelled) => {
    await start()
    let answer: boolean | undefined
    program.stub.recorded.beforeRequest?.({ url }, ({ cancel }) => (answer = cancel))
    expect(answer).toBe(cancelled)
  })

  test('send a client certificate', async () => {
    await start()
    const chosen: unknown[] = []
    const stopped = prevented((event) =>
      program.stub.app.emit('select-client-certificate', event, null, 'https://x.example', [{}], (...args: unknown[]) =>
        chosen.push(args),
      ),
    )
    expect([stopped, chosen]).toEqual([true, [[]]])
  })
})

test('settings are saved into the file that the other hosts open', async () => {
  const window = await start()
  const { main, page } = openPorts()
  handOver(window, main)
  await clientOver(page).settings.save({ draft: draft({ email: 'anna@contoso.com' }), secrets: {} })
  const file = openSettingsFile({ directory: program.directory })
  expect(file.read().profiles['Standard']?.settings.email).toBe('anna@contoso.com')
  expect(statSync(file.path).mode & 0o777).toBe(0o600)
})

describe('the port', () => {
  test('of our page answers, and starts last', async () => {
    const window = await start()
    const { main, page } = openPorts()
    const client = clientOver(page)
    const state = client.app.start({})
    expect(main.started()).toBe(false)
    handOver(window, main)
    expect(await state).toMatchObject({ face: 'desktop', language: 'de' })
  })

  test.each([
    ['a page of another origin', { url: 'https://evil.example/', origin: 'https://evil.example', parent: null }],
    ['a host that only begins like ours', { url: 'app://bundle.evil/', origin: 'app://bundle.evil', parent: null }],
    ['a frame inside our page', { ...own, parent: own }],
    ['a blank frame with our origin', { ...own, url: 'about:blank' }],
    ['our URL with another origin', { ...own, origin: 'null' }],
    ['a frame that has gone', null],
  ])('of %s is closed', async (_name, frame) => {
    const window = await start()
    const { main } = openPorts()
    handOver(window, main, frame)
    expect([main.closed(), main.started()]).toEqual([true, false])
    expect(main.listenerCount('message')).toBe(0)
  })

  test('more than one at once are closed, none is nothing', async () => {
    const window = await start()
    const one = openPorts().main
    const other = openPorts().main
    handOver(window, one, own, [other])
    expect([one.closed(), other.closed()]).toEqual([true, true])
    window.webContents.ipc.emit(channel, { ports: [], senderFrame: own })
  })

  test('a new load brings a new one and closes the old', async () => {
    const window = await start()
    const first = openPorts()
    const second = openPorts()
    handOver(window, first.main)
    await clientOver(first.page).app.start({})
    handOver(window, second.main)
    expect([first.main.closed(), second.main.closed()]).toEqual([true, false])
    expect(await clientOver(second.page).app.start({})).toMatchObject({ face: 'desktop' })
  })

  test('a diagnosis may be longer than other calls, and is answered', async () => {
    const window = await start()
    const { main, page } = openPorts()
    handOver(window, main)
    const large = `AADSTS7000222${' '.repeat(900 * 1024)}`
    const content = Buffer.from(large).toString('base64')
    expect(content.length).toBeGreaterThan(1024 * 1024)
    expect(await clientOver(page).diagnosis.explain({ content })).toMatchObject({
      kind: 'explained',
      shape: 'token-error',
      result: { findings: [{ id: 'client-secret-expired' }] },
    })
    expect(program.problems).toEqual([])
  })

  test.each([
    ['null', null],
    ['a number', 7],
    ['an object', { i: '1', p: { u: '/app/start' } }],
    ['bytes', new Uint8Array([123, 125])],
    ['no JSON', 'hello'],
    ['JSON null', 'null'],
    ['no payload', '{"i":"1"}'],
    ['a path that is none', '{"i":"1","p":{"u":"http://[","b":{}}}'],
    ['a foreign address', '{"i":"1","p":{"u":"https://evil.example/app/start"}}'],
    ['a stream that nobody asked for', '{"i":"1","t":3,"p":{"e":"message"}}'],
    ['a form', '{"i":"1","p":{"u":"/app/start","h":{"content-type":"multipart/form-data"}}}'],
    ['a file', '{"i":"1","p":{"u":"/app/start","h":{"content-disposition":"attachment"}}}'],
    ['a broken header', '{"i":"1","p":{"u":"/app/start","h":{"content-type":7}}}'],
    ['too much', `{"i":"1","p":{"u":"/app/start","b":"${'x'.repeat(1024 * 1024)}"}}`],
  ])('%s is refused without an answer, and the next call works', async (_name, garbage) => {
    const rejections: unknown[] = []
    const note = (reason: unknown) => rejections.push(reason)
    process.on('unhandledRejection', note)
    const window = await start()
    const { main, page } = openPorts()
    handOver(window, main)
    page.postMessage(garbage)
    expect(await clientOver(page).app.start({})).toMatchObject({ face: 'desktop' })
    process.off('unhandledRejection', note)
    expect(rejections).toEqual([])
    expect(program.problems).toEqual(['a message that is no call was refused'])
  })
})

describe('the scheme', () => {
  test('refuses other hosts, methods and paths outside, and never throws', async () => {
    await start()
    const handle = program.stub.recorded.schemeHandlers.get('app') ?? expect.fail('no handler')
    for (const [method, url] of [
      ['GET', 'app://other/index.html'],
      ['POST', 'app://bundle/index.html'],
      ['GET', 'app://bundle/..%2f..%2fpackage.json'],
      ['GET', 'app://bundle/absent.js'],
      ['GET', 'nonsense'],
    ] as const) {
      const answer = await handle({ method, url })
      expect([url, answer.status]).toEqual([url, 404])
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    expect((await handle({ method: 'GET', url: 'app://bundle/%' })).status).toBe(400)
  })
})

describe('the end', () => {
  test.each([
    ['linux', true],
    ['win32', true],
    ['darwin', false],
  ])('on %s the last window ends the program: %s', async (platform, quits) => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform as NodeJS.Platform)
    // A path as Windows writes it is a relative one here: it belongs into the program.directory of the test.
    const before = process.cwd()
    process.chdir(program.directory)
    try {
      await start()
    } finally {
      process.chdir(before)
    }
    program.stub.app.emit('window-all-closed')
    expect(program.stub.recorded.order.includes('quit')).toBe(quits)
  })
})
