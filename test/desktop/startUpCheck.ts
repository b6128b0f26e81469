/**
 * Everything that has to be true of the program once it has started, as one check that returns what is not. `mutations.test.ts` shows
 * that each part of it can fail.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { watch, troubleOf } from '../e2e/pages.ts'
import { refusalMark } from '../electron-double/refuse.ts'
import { call, openChannel } from './channel.ts'
import { dialogReady, openDesktop, type Desktop } from './desktop.ts'
import type { DesktopHost } from './hosts.ts'

type Say = (complaint: string) => void

/** Complaints, each beginning with what it is about; none for a sound program. `dialogMs`: how long to wait for the dialog. */
export async function complaintsOf(host: DesktopHost, bundles: string, dialogMs: number): Promise<string[]> {
  const complaints: string[] = []
  const say: Say = (complaint) => void complaints.push(complaint)
  let desktop: Desktop
  try {
    desktop = await openDesktop(host, { bundles, windowMs: dialogMs })
  } catch (error) {
    return [`start: ${textOf(error)}`]
  }
  try {
    await desktop.whileAlive(check(desktop, dialogMs, say))
  } catch (error) {
    say(`broken off: ${textOf(error)}`)
  } finally {
    await desktop.close()
  }
  for (const line of desktop.errors()) {
    if (line.startsWith(refusalMark) || /^\[electron-double\]|^preload |could not be loaded/.test(line))
      say(`said: ${line}`)
  }
  return complaints
}

async function check(desktop: Desktop, dialogMs: number, say: Say): Promise<void> {
  const { app, page } = desktop
  await checkPreferences(desktop, say)
  try {
    await dialogReady(page, dialogMs)
  } catch {
    say('dialog: did not appear')
    return
  }
  await watch(page)
  const response = await page.reload()
  await dialogReady(page, dialogMs)
  checkHeaders((await response?.allHeaders()) ?? {}, say)
  for (const trouble of await troubleOf(page)) say(`page: ${trouble}`)
  await checkIsolation(page, say)
  await checkPolicy(page, say)
  await checkFiles(page, say)
  await checkPermissions(page, say)
  await checkDevices(desktop, say)
  await checkHandedOver(desktop, say)
  await checkLog(desktop, say)
  await checkNetwork(desktop, say)
  await checkChannel(desktop, say)
  await checkLinks(desktop, say)
  await checkSecrets(desktop, say)
  await checkLeaving(desktop, say)
  const loaded = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return window?.loadURL('http://127.0.0.1:9/').then(
      () => 'loaded',
      (error: unknown) => String(error),
    )
  })
  if (!/ERR_BLOCKED_BY_CLIENT/.test(loaded ?? '')) say(`request: a foreign address was not stopped (${loaded})`)
}

async function checkPreferences({ app }: Desktop, say: Say): Promise<void> {
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const read: unknown = contents === undefined ? undefined : Reflect.get(contents, 'getLastWebPreferences')
    return typeof read === 'function' ? (Reflect.apply(read, contents, []) as Record<string, unknown>) : null
  })
  const wanted = { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false }
  for (const [name, value] of Object.entries(wanted))
    if ((preferences?.[name] ?? value) !== value) say(`preferences: ${name} is ${String(preferences?.[name])}`)
}

/** A saved secret does not go where only the page wants it, and a person is asked about it in no page. */
async function checkSecrets({ app, page }: Desktop, say: Say): Promise<void> {
  await app.evaluate(({ dialog }) => {
    const asked: string[] = []
    Reflect.set(globalThis, 'askedByTest', asked)
    dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
      asked.push(message)
      return Promise.resolve({ response: 0, checkboxChecked: false })
    }) as typeof dialog.showMessageBox
  })
  const start = await call(page, 'app/start', {})
  if (start === null) return say('secrets: no answer at the start')
  const known = { ...(start.json as { draft: object }).draft, email: 'anna@contoso.example' }
  await call(page, 'settings/save', { draft: known, secrets: { password: 'saved' } })
  const elsewhere = { ...known, email: 'anna@evil.example' }
  const answer = await call(page, 'settings/save', { draft: elsewhere, secrets: {} })
  if (answer?.status !== 403) say(`secrets: another mail domain was taken (${answer?.status})`)
  const asked = await app.evaluate(() => Reflect.get(globalThis, 'askedByTest') as string[])
  if (asked.length !== 1) say(`secrets: ${asked.length} questions outside the window`)
}

/** The window's session has no way out, and peer connections have no other than that. */
async function checkNetwork({ app }: Desktop, say: Say): Promise<void> {
  const { proxy, policy } = await app.evaluate(async ({ BrowserWindow, session }) => ({
    proxy: [
      await session.defaultSession.resolveProxy('https://evil.example/'),
      await session.defaultSession.resolveProxy('http://127.0.0.1/'),
    ],
    policy: BrowserWindow.getAllWindows()[0]?.webContents.getWebRTCIPHandlingPolicy(),
  }))
  if (proxy.some((way) => way !== 'PROXY 127.0.0.1:9'))
    say(`network: the window has a way out (${proxy.join(' and ')})`)
  if (policy !== 'disable_non_proxied_udp') say(`network: peer connections may use ${policy}`)
}

function checkHeaders(headers: Record<string, string>, say: Say): void {
  const policy = headers['content-security-policy'] ?? ''
  if (!policy.startsWith("default-src 'none'")) say('headers: no policy')
  if (/unsafe-|\*|https?:|blob:/.test(policy)) say(`headers: a loose policy: ${policy}`)
  if (headers['x-content-type-options'] !== 'nosniff') say('headers: content types may be guessed')
}

async function checkIsolation(page: Page, say: Say): Promise<void> {
  const seen = await page.evaluate(() => {
    const names = ['require', 'module', 'process', 'Buffer', 'global', 'electron', 'ipcRenderer']
    const own = Object.getOwnPropertyNames(window)
    return [...names.filter((name) => name in window), ...own.filter((name) => /[0-9a-f]{8}-[0-9a-f]{4}/.test(name))]
  })
  if (seen.length > 0) say(`isolation: the page sees ${seen.join(', ')}`)
}

/** What the policy forbids does not happen, and is reported as its violation. */
async function checkPolicy(page: Page, say: Say): Promise<void> {
  const result = await page.evaluate(async () => {
    const violated = new Set<string>()
    const enough = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        violated.add(effectiveDirective)
        if (violated.has('connect-src') && violated.has('img-src') && violated.has('frame-src')) resolve()
      })
      setTimeout(resolve, 1_000)
    })
    // From a timer: while a tool evaluates, the ban of `eval` is lifted.
    const evaluated = await new Promise<boolean>((resolve) =>
      setTimeout(() => {
        try {
          // oxlint-disable-next-line no-eval -- whether it is forbidden is the question
          resolve((0, eval)('true') === true)
        } catch {
          resolve(false)
        }
      }),
    )
    await fetch('http://127.0.0.1:9/').catch(() => undefined)
    const image = new Image()
    image.src = 'http://127.0.0.1:9/x.png'
    const frame = document.createElement('iframe')
    frame.src = 'http://127.0.0.1:9/'
    document.body.append(frame)
    let inline = false
    try {
      const script = document.createElement('script')
      script.textContent = 'window.inlineRan = true'
      document.body.append(script)
      inline = 'inlineRan' in window
    } catch {
      // Trusted types refuse the text itself.
    }
    await enough
    frame.remove()
    return { evaluated, inline, violated: [...violated] }
  })
  if (result.evaluated) say('policy: eval works')
  if (result.inline) say('policy: an inline script ran')
  for (const directive of ['connect-src', 'img-src', 'frame-src'])
    if (!result.violated.includes(directive)) say(`policy: ${directive} is not in force`)
}

async function checkFiles(page: Page, say: Say): Promise<void> {
  const paths = [
    '..%2fmain%2findex.js',
    '%2e%2e%2fmain%2findex.js',
    'x%2f..%2f..%2fmain%2findex.js',
    '.built',
    'absent.js',
  ]
  const statuses = await page.evaluate(
    (list) => Promise.all(list.map((path) => fetch(path).then(({ status }) => status))),
    paths,
  )
  statuses.forEach((status, index) => {
    if (status !== 404) say(`files: ${paths[index]} is answered with ${status}`)
  })
}

async function checkPermissions(page: Page, say: Say): Promise<void> {
  const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read']
  const states = await page.evaluate(
    (list) =>
      Promise.all(
        list.map((name) => navigator.permissions.query({ name: name as PermissionName }).then((s) => s.state)),
      ),
    names,
  )
  states.forEach((state, index) => {
    if (state !== 'denied') say(`permissions: ${names[index]} is ${state}`)
  })
}

async function checkChannel({ app, page }: Desktop, say: Say): Promise<void> {
  await openChannel(page)
  const answer = await call(page, 'app/start', {}, 2_000)
  const face = (answer?.json as { face?: string } | null | undefined)?.face
  if (face !== 'desktop') say(`channel: no answer of the program (${JSON.stringify(answer)?.slice(0, 80)})`)
  const closed = await page.evaluate(async () => {
    const first = window.testPort
    const gone = new Promise<boolean>((resolve) => {
      first?.addEventListener('close', () => resolve(true))
      setTimeout(() => resolve(false), 1_000)
    })
    const second = window.openTestPort?.()
    if (second !== undefined) window.testPort = second
    return gone
  })
  if (!closed) say('channel: an earlier port stays open')
  const refused = await app.evaluate(({ BrowserWindow }) => {
    const ipc = BrowserWindow.getAllWindows()[0]?.webContents.ipc
    const strangers = [
      { url: 'https://evil.example/', origin: 'https://evil.example', parent: null },
      { url: 'about:blank', origin: 'app://bundle', parent: null },
      { url: 'app://bundle/index.html', origin: 'app://bundle', parent: {} },
      null,
    ]
    return strangers.map((senderFrame) => {
      let isClosed = false
      let isStarted = false
      const port = {
        on: () => port,
        start: () => (isStarted = true),
        close: () => (isClosed = true),
        postMessage: () => 0,
      }
      ipc?.emit('ews-setup:port', { ports: [port], senderFrame, sender: { id: 1 } })
      return isClosed && !isStarted
    })
  })
  if (refused.includes(false)) say(`channel: a stranger's port was taken (${refused.join(', ')})`)
}

async function checkLinks({ page, opened }: Desktop, say: Say): Promise<void> {
  await openChannel(page)
  await call(page, 'app/openLink', { link: 'ews-oauth' }, 2_000)
  const wrong = await call(page, 'app/openLink', { link: 'https://evil.example/' }, 2_000)
  if (wrong?.status !== 400) say('links: an address in place of an id is not refused')
  const isNull = await page.evaluate(() => window.open('https://evil.example/window') === null)
  if (!isNull) say('windows: a page could open one')
  // Whatever the program did about it, it did before it answers this.
  await call(page, 'app/start', {}, 2_000)
  const addresses = await opened()
  if (addresses.length !== 1 || !addresses[0]?.startsWith('https://learn.microsoft.com/'))
    say(`links: opened ${addresses.join(', ') || 'nothing'}`)
}

/** The page asks to leave; the event of it must be prevented, and the page must stay. */
async function checkLeaving({ app, page }: Desktop, say: Say): Promise<void> {
  for (const address of ['https://evil.example/', 'mailto:anna@contoso.example']) {
    const prevented = app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      return new Promise<string>((resolve) => {
        const timer = setTimeout(() => resolve('no event'), 1_000)
        contents?.once('will-frame-navigate', (event) => {
          clearTimeout(timer)
          resolve(event.defaultPrevented ? 'prevented' : 'allowed')
        })
        Reflect.set(globalThis, 'listening', true)
      })
    })
    // Should the check break off here, nobody waits for it any more.
    prevented.catch(() => undefined)
    await app.evaluate(() => Reflect.get(globalThis, 'listening') as boolean)
    await page.evaluate((to) => void (location.href = to), address)
    const result = await prevented
    if (result !== 'prevented') say(`navigation: ${address} is ${result}`)
  }
  const url = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())
  if (url !== 'app://bundle/index.html') say(`navigation: the window shows ${url}`)
  const windows = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  if (windows !== 1) say(`windows: ${windows} instead of one`)
}

/** Devices cannot be plugged in: whether the program refuses is asked of its listeners. */
async function checkDevices({ app }: Desktop, say: Say): Promise<void> {
  const given = await app.evaluate(({ BrowserWindow, session }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    /** The first device, or what the program says instead. */
    const chosen = (emitter: unknown, name: string, ...args: unknown[]): unknown => {
      let answer: unknown = 'first'
      let prevented = false
      const event = { preventDefault: () => (prevented = true) }
      const emit: unknown = Reflect.get(Object(emitter), 'emit')
      if (typeof emit !== 'function') return 'no emitter'
      Reflect.apply(emit, emitter, [name, event, ...args, (choice?: unknown) => (answer = choice ?? '')])
      return prevented ? answer : 'first'
    }
    return {
      bluetooth: chosen(contents, 'select-bluetooth-device', [{ deviceId: 'first' }]),
      hid: chosen(session.defaultSession, 'select-hid-device', {}),
      usb: chosen(session.defaultSession, 'select-usb-device', {}),
      serial: chosen(session.defaultSession, 'select-serial-port', [], contents),
    }
  })
  for (const [kind, device] of Object.entries(given)) if (device !== '') say(`devices: ${kind} is given`)
}

/** What another start hands over is opened or refused in the window, which learns nothing of where it lies. */
async function checkHandedOver({ app, page, directory }: Desktop, say: Say): Promise<void> {
  mkdirSync(join(directory, 'folder.json'))
  const cases = [
    ['file:///etc/hosts.txt', 'hosts.txt was not opened: it is an address'],
    ['folder.json', 'folder.json was not opened: it is no ordinary file'],
    [join(directory, 'absent.json'), 'absent.json was not found'],
  ] as const
  for (const [file, words] of cases) {
    const given = { directory, files: [file] }
    await app.evaluate(({ app }, more) => void app.emit('second-instance', {}, [], '/', more), given)
    const alert = page.getByRole('alert')
    const told = await alert
      .getByText(words)
      .waitFor({ timeout: 3_000 })
      .then(() => true)
      .catch(() => false)
    const shown = await alert.allInnerTexts()
    if (!told || shown.join(' ').includes(directory)) say(`handed over: ${file} is told as "${shown.join(' ')}"`)
  }
}

async function checkLog({ app, directory }: Desktop, say: Say): Promise<void> {
  const words =
    'login of anna@contoso.example at https://anna:geheim@proxy.contoso.example/ with Basic YW5uYTpnZWhlaW0xMjM='
  await app.evaluate((_electron, text) => void process.emit('uncaughtException', new Error(text)), words)
  const log = readFileSync(join(directory, 'logs', 'ews-setup.log'), 'utf8')
  if (!log.includes('login of …@contoso.example')) say('log: a problem is not in it')
  if (/anna|geheim|YW5u/.test(log)) say('log: names and passwords are in it')
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 1_000) : 'unknown'
}
