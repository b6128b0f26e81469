/** Starts the Chromium whose pages are the windows of the double. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { connectCdp, type Cdp } from './cdp.ts'

export type Chromium = {
  cdp: Cdp
  /** The line by which tools find the DevTools port; null when none was asked for. */
  devTools: string | null
}

const args = [
  '--headless',
  // Containers have no user namespaces; what the real sandbox does is nothing that a double could prove.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-popup-blocking',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-back-forward-cache',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
  // `close` on a page's MessagePort is Electron's own addition to its Chromium.
  '--enable-blink-features=MessagePortCloseEvent',
  // Headless shell only: `window.open` returns null as it does where Electron denies.
  '--block-new-web-contents',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--remote-debugging-pipe',
]

/** `devToolsPort`: as given to `--remote-debugging-port`. Chromium ends with this process, because its pipe closes. */
export async function startChromium(options: { devToolsPort: string | undefined }): Promise<Chromium> {
  const path = process.env['ELECTRON_DOUBLE_BROWSER']
  if (path === undefined) throw new Error('the Electron double got no browser (ELECTRON_DOUBLE_BROWSER)')
  const libraries = process.env['ELECTRON_DOUBLE_LIBRARIES']
  const profile = mkdtempSync(join(tmpdir(), 'electron-double-'))
  const port = options.devToolsPort === undefined ? [] : [`--remote-debugging-port=${options.devToolsPort}`]
  const child = spawn(path, [...args, ...port, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // A process group of its own.
    detached: true,
    env: { ...process.env, ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }) },
  })
  process.on('exit', () => {
    try {
      // With all its processes, which would go on writing into the profile.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 })
  })
  const [, , errors, write, read] = child.stdio
  if (!(errors instanceof Readable) || !(write instanceof Writable) || !(read instanceof Readable))
    throw new Error('Chromium was started without its pipes')
  const devTools = await new Promise<string | null>((resolve, reject) => {
    let text = ''
    errors.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const line = /^DevTools listening on .*$/m.exec(text)
      if (line !== null) resolve(line[0])
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Chromium ended at its start (${code}): ${text}`)))
    if (options.devToolsPort === undefined) child.once('spawn', () => resolve(null))
  })
  const cdp = connectCdp(write, read)
  await cdp.root.send('Target.setDiscoverTargets', { discover: true })
  // Tools would take a page that Chromium opened by itself for a window of the program.
  const { targetInfos } = await cdp.root.send('Target.getTargets')
  const pages = targetInfos.filter(({ type }) => type === 'page')
  await Promise.all(pages.map(({ targetId }) => cdp.root.send('Target.closeTarget', { targetId })))
  return { cdp, devTools }
}
