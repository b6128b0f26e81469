/** What the desktop program does around its window: place, zoom, colours, menu, dialogs, log, and how it starts when it is to be debugged. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { debuggingSwitches } from '../../src/main/debugging.ts'
import { backgrounds } from '../../src/main/window.ts'
import { openWindowMemory } from '../../src/main/windowMemory.ts'
import { prepareProgram } from './startProgram.ts'

const program = prepareProgram()
const memoryFile = () => join(program.directory, 'window.json')
const remember = (content: unknown) => writeFileSync(memoryFile(), JSON.stringify(content))
const remembered = (): unknown => JSON.parse(readFileSync(memoryFile(), 'utf8'))
const logged = () => readFileSync(join(program.directory, 'logs', 'ews-setup.log'), 'utf8')

/** Chooses an item of the menu by its label. */
function choose(label: string): void {
  const { menu } = program.stub.recorded
  const items = menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
  const { click } = items.find((item) => item.label === label) ?? expect.fail(`no item ${label}`)
  Reflect.apply(click ?? expect.fail('it does nothing'), undefined, [])
}

async function nextArrival() {
  const { done, value } = await (await program.client().app.arrivals.stream({})).next()
  if (done === true) expect.fail('the stream ended')
  return value.arrival
}

describe('the place of the window', () => {
  test('is remembered when it is closed, and taken again at the next start', async () => {
    const window = await program.start()
    window.lies = { bounds: { x: 40, y: 30, width: 900, height: 800 }, maximized: true }
    window.emit('close')
    expect(remembered()).toMatchObject({ bounds: { x: 40, y: 30, width: 900, height: 800 }, isMaximized: true })
    expect(statSync(memoryFile()).mode & 0o777).toBe(0o600)
  })

  test('is given to the window, which is maximised only when it has painted', async () => {
    remember({ bounds: { x: 40, y: 30, width: 900, height: 800 }, isMaximized: true })
    const window = await program.start()
    expect(window.options).toMatchObject({ x: 40, y: 30, width: 900, height: 800, minWidth: 560, minHeight: 560 })
    expect([window.visible, window.lies.maximized]).toEqual([false, false])
    window.emit('ready-to-show')
    expect([window.visible, window.lies.maximized]).toEqual([true, true])
  })

  test('on a display that is gone counts for nothing but its size', async () => {
    remember({ bounds: { x: 5000, y: 30, width: 900, height: 800 } })
    const { options } = await program.start()
    expect([options.x, options.y, options.width]).toEqual([undefined, undefined, 900])
  })

  test.each([
    ['no JSON', 'x'],
    ['something else', '[1]'],
    ['values of other kinds', '{"bounds":{"x":"a"},"isMaximized":7,"zoom":"1","folder":{}}'],
    ['values that are none', '{"bounds":{"x":1e9,"y":0,"width":1,"height":1},"zoom":99}'],
  ])('a file with %s is as none', (_name, content) => {
    writeFileSync(memoryFile(), content)
    const memory = openWindowMemory(program.directory, () => expect.fail('nothing is written'))
    expect(memory.read()).toEqual({ bounds: null, isMaximized: false, zoom: 1, folder: null })
  })

  test('what cannot be written is reported and goes on', () => {
    const problems: string[] = []
    const memory = openWindowMemory(join(program.directory, 'absent'), (problem) => problems.push(problem))
    memory.change({ zoom: 2 })
    expect([memory.read().zoom, problems]).toEqual([2, [expect.stringContaining('ENOENT')]])
  })
})

describe('the zoom', () => {
  test('is set with every load, changed by keys, wheel and menu, and remembered', async () => {
    remember({ zoom: 2 })
    const { webContents } = await program.start()
    webContents.emit('dom-ready')
    let prevented = 0
    const press = (input: object) =>
      webContents.emit('before-input-event', { preventDefault: () => prevented++ }, input)
    press({ type: 'keyDown', key: '+', code: 'NumpadAdd', control: true, meta: false, alt: false })
    press({ type: 'keyDown', key: 'a', code: 'KeyA', control: true, meta: false, alt: false })
    webContents.emit('zoom-changed', {}, 'out')
    choose('Originalgröße')
    webContents.emit('dom-ready')
    expect(webContents.zooms).toEqual([2, 2.5, 2, 1, 1])
    // Or the menu would zoom as well.
    expect(prevented).toBe(1)
    expect(remembered()).toMatchObject({ zoom: 1 })
  })
})

describe('the colours', () => {
  test('of the window are those of the page, in both themes', () => {
    const css = readFileSync(new URL('../../src/renderer/styles/tokens.css', import.meta.url), 'utf8')
    expect([...css.matchAll(/--page: (#\w+)/g)].map(([, colour]) => colour)).toEqual([
      backgrounds.light,
      backgrounds.dark,
    ])
  })

  test('follow the system as it changes, and its high contrast', async () => {
    const window = await program.start()
    const { nativeTheme } = program.stub
    expect([nativeTheme.themeSource, window.options.backgroundColor]).toEqual(['system', backgrounds.light])
    const after = (change: Partial<typeof nativeTheme>) => {
      Object.assign(nativeTheme, change)
      nativeTheme.emit('updated')
      return window.background
    }
    expect(after({ shouldUseDarkColors: true })).toBe(backgrounds.dark)
    expect(after({ inForcedColorsMode: true })).toBe('#000000')
    expect(after({ shouldUseDarkColors: false })).toBe('#ffffff')
    window.emit('closed')
    expect(nativeTheme.listenerCount('updated')).toBe(0)
  })
})

describe('the menu', () => {
  test('opens a file through the dialog of the system, in the folder of the last one', async () => {
    const window = await program.start()
    const file = join(program.directory, 'answer.txt')
    writeFileSync(file, 'AADSTS7000215: Invalid client secret provided.')
    program.stub.given.chosen = file
    choose('Öffnen …')
    expect(await nextArrival()).toMatchObject({ kind: 'open-file', name: 'answer.txt', section: 'diagnosis' })
    expect(window.raised).toBe(1)
    program.stub.given.chosen = null
    choose('Öffnen …')
    const [first, second] = program.stub.recorded.openDialogs
    expect(first).toMatchObject({ properties: ['openFile', 'dontAddToRecent'] })
    expect(first?.filters?.[0]?.extensions).toContain('age')
    expect([first?.defaultPath, second?.defaultPath]).toEqual([undefined, dirname(file)])
  })

  test('wishes reach the window, and it comes to the front', async () => {
    const window = await program.start()
    choose('Neuerungen')
    expect(await nextArrival()).toEqual({ kind: 'whats-new' })
    expect(window.raised).toBe(1)
  })

  test('shows the folder of the log and no other, and says when it cannot', async () => {
    await program.start()
    program.stub.given.folderTrouble = 'No application found'
    choose('Protokollordner anzeigen')
    await vi.waitFor(() => expect(program.stub.recorded.errorBoxes).toHaveLength(1))
    expect(program.stub.recorded.folders).toEqual([join(program.directory, 'logs')])
    expect(program.problems).toEqual(['the log folder cannot be shown: No application found'])
  })
})

describe('saving', () => {
  type Item = { name: string; url: string; path: string }
  /** Offers a download; how it was answered. */
  function download({ name, url, path }: Item) {
    let prevented = false
    let options: Record<string, unknown> | undefined
    const listeners: ((event: object, state: string) => void)[] = []
    const item = {
      getURL: () => url,
      getFilename: () => name,
      getSavePath: () => path,
      setSaveDialogOptions: (given: Record<string, unknown>) => (options = given),
      once: (_name: string, listener: (event: object, state: string) => void) => listeners.push(listener),
    }
    program.stub.session.defaultSession.emit('will-download', { preventDefault: () => (prevented = true) }, item)
    return { prevented, options, end: (state: string) => listeners.forEach((listener) => listener({}, state)) }
  }
  const ours = 'blob:app://bundle/1'

  test.each([
    ['from elsewhere', 'x.json', 'https://example.com/x.json'],
    ['of another origin', 'x.json', 'blob:https://evil.example/1'],
    ['of a host that only begins like ours', 'x.json', 'blob:app://bundle.evil/1'],
    ['that is a program', 'x.exe', ours],
    ['without an ending', 'x', ours],
  ])('nothing %s', async (_what, name, url) => {
    await program.start()
    expect(download({ name, url, path: '' })).toMatchObject({ prevented: true, options: undefined })
  })

  test('what the page wrote goes where the person says, and next time into the same folder', async () => {
    await program.start()
    const first = download({ name: 'ews-setup-report.txt', url: ours, path: join(program.directory, 'a.txt') })
    expect([first.prevented, first.options]).toEqual([
      false,
      {
        title: 'Datei speichern',
        defaultPath: 'ews-setup-report.txt',
        filters: [
          { name: 'Datei .txt', extensions: ['txt'] },
          { name: 'Alle Dateien', extensions: ['*'] },
        ],
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
      },
    ])
    first.end('completed')
    const second = download({ name: '../../evil\u202e.json', url: ours, path: '' })
    expect(second.options?.['defaultPath']).toBe(join(program.directory, 'evil.json'))
  })

  test('a failure is told in the window, a change of mind is not', async () => {
    await program.start()
    download({ name: 'a.txt', url: ours, path: '' }).end('cancelled')
    download({ name: 'b.json', url: ours, path: '' }).end('interrupted')
    expect(await nextArrival()).toEqual({ kind: 'not-saved', name: 'b.json' })
  })
})

describe('the log', () => {
  test('has the start and every problem, without what identifies a person', async () => {
    const window = await program.start()
    window.webContents.emit(
      'preload-error',
      {},
      '/x',
      new Error('anna@contoso.com with Bearer abcdefghijklmnopqrstuvwxyz'),
    )
    expect(logged()).toMatch(/^\S+Z EWS Setup \S+ started on linux\n/)
    expect(logged()).toContain('preload /x: …@contoso.com with Bearer …')
    expect(logged()).not.toMatch(/anna|abcdef/)
  })

  test('is not begun by a program that hands over to another', async () => {
    program.stub.given.lock = false
    await program.evaluate()
    expect(existsSync(join(program.directory, 'logs'))).toBe(false)
  })
})

describe('a packaged program', () => {
  test.each(['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk'])(
    'does not start with --%s: it says why and ends before it is ready',
    async (name) => {
      program.stub.given.switches.add(name)
      await program.evaluate()
      expect(program.stub.recorded.errorBoxes).toHaveLength(1)
      expect(program.stub.recorded.order.at(-1)).toBe('exit 1')
      for (const step of ['lock', 'sandbox', 'when ready']) expect(program.stub.recorded.order).not.toContain(step)
    },
  )

  test('has no opinion on other switches, and an unpackaged one is for developers', () => {
    const commandLine = { hasSwitch: (name: string) => ['remote-debugging-port', 'lang'].includes(name) }
    expect(debuggingSwitches({ isPackaged: false, commandLine })).toEqual([])
    expect(debuggingSwitches({ isPackaged: true, commandLine })).toEqual(['remote-debugging-port'])
    expect(debuggingSwitches({ isPackaged: true, commandLine: { hasSwitch: (name) => name === 'lang' } })).toEqual([])
  })
})

describe('devices', () => {
  test('none is given, whoever asks and however', async () => {
    const { webContents } = await program.start()
    const { devicePermission, protectedClasses, pairing, displayMedia } = program.stub.recorded
    expect(devicePermission?.()).toBe(false)
    expect(protectedClasses?.()).toEqual(
      expect.arrayContaining(['audio', 'audio-video', 'hid', 'mass-storage', 'smart-card', 'video', 'wireless']),
    )
    const answers: unknown[] = []
    pairing?.({}, (answer) => answers.push(answer))
    displayMedia?.({}, (streams) => answers.push(streams))
    expect(answers).toEqual([{ confirmed: false }, null])
    const { defaultSession } = program.stub.session
    const asked = (
      emitter: { emit: (name: string, ...args: unknown[]) => unknown },
      name: string,
      ...args: unknown[]
    ) => {
      const seen: unknown[] = []
      const event = { preventDefault: () => seen.push('prevented') }
      emitter.emit(name, event, ...args, (chosen?: unknown) => seen.push(chosen ?? 'none'))
      return seen
    }
    const devices = [{ deviceId: '1' }]
    expect(asked(defaultSession, 'select-hid-device', { deviceList: devices })).toEqual(['prevented', 'none'])
    expect(asked(defaultSession, 'select-usb-device', { deviceList: devices })).toEqual(['prevented', 'none'])
    expect(asked(defaultSession, 'select-serial-port', devices, webContents)).toEqual(['prevented', ''])
    expect(asked(webContents, 'select-bluetooth-device', devices)).toEqual(['prevented', ''])
  })
})
