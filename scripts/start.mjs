#!/usr/bin/env node
// npm start: the desktop program where it can run, and the same dialog in the browser where it cannot. The sandbox is never weakened.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { build, root } from './build.mjs'
import { exitCode, run } from './child.mjs'
import { desktopObstacle, electronBinary, installScript } from './electronBinary.mjs'

const fetchMs = 180_000
/** A program that ends with an error this soon never showed a window. */
const startMs = 10_000

const texts = {
  en: {
    root: 'The desktop window does not run as root, because its sandbox would have to be off. Opening the same dialog in the browser.',
    display:
      'There is no display for a desktop window (DISPLAY and WAYLAND_DISPLAY are empty). Opening the same dialog in the browser.',
    fetching: 'Fetching the desktop runtime (about 120 MB, once) …',
    download: 'The desktop runtime could not be downloaded. Opening the same dialog in the browser.',
    sandbox:
      'The system does not allow the sandbox of the desktop window, and it stays on. Opening the same dialog in the browser.',
    failed: 'The desktop window could not be started. Opening the same dialog in the browser.',
  },
  de: {
    root: 'Das Programmfenster läuft nicht als root, weil seine Sandbox dafür abgeschaltet werden müsste. Derselbe Dialog öffnet sich im Browser.',
    display:
      'Für ein Programmfenster fehlt die Anzeige (DISPLAY und WAYLAND_DISPLAY sind leer). Derselbe Dialog öffnet sich im Browser.',
    fetching: 'Die Desktop-Laufzeit wird geladen (rund 120 MB, einmalig) …',
    download: 'Die Desktop-Laufzeit konnte nicht geladen werden. Derselbe Dialog öffnet sich im Browser.',
    sandbox:
      'Das System erlaubt die Sandbox des Programmfensters nicht, und sie bleibt an. Derselbe Dialog öffnet sich im Browser.',
    failed: 'Das Programmfenster konnte nicht gestartet werden. Derselbe Dialog öffnet sich im Browser.',
  },
}
const text = texts[Intl.DateTimeFormat().resolvedOptions().locale.startsWith('de') ? 'de' : 'en']

function fetchElectron() {
  const proxied = process.env.HTTPS_PROXY || process.env.https_proxy ? { ELECTRON_GET_USE_PROXY: '1' } : {}
  return new Promise((resolve) => {
    execFile(process.execPath, [installScript], { timeout: fetchMs, env: { ...process.env, ...proxied } }, (error) =>
      resolve(error === null),
    )
  })
}

/** Exit code of the desktop program, or why it never came up. */
async function startDesktop(args) {
  const obstacle = desktopObstacle()
  if (obstacle !== null) return { reason: obstacle }
  let binary = electronBinary()
  if (binary === null) {
    console.error(text.fetching)
    binary = (await fetchElectron()) ? electronBinary() : null
    if (binary === null) return { reason: 'download' }
  }
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env
  const started = performance.now()
  let errors = ''
  const result = await run(binary, [root, ...args], {
    env,
    stdio: ['inherit', 'inherit', 'pipe'],
    onStart(child) {
      child.stderr.on('data', (chunk) => {
        if (errors.length < 65_536) errors += chunk
        process.stderr.write(chunk)
      })
    },
  })
  const failed = result.code !== 0 && !['SIGINT', 'SIGTERM', 'SIGHUP'].includes(result.signal)
  if (!failed || performance.now() - started > startMs) return { code: exitCode(result) }
  if (/SUID sandbox helper|No usable sandbox/.test(errors)) return { reason: 'sandbox' }
  if (/Missing X server|platform failed to initialize/.test(errors)) return { reason: 'display' }
  return { reason: 'failed' }
}

try {
  await build()
  const args = process.argv.slice(2)
  const desktop = await startDesktop(args)
  if (desktop.reason === undefined) {
    process.exitCode = desktop.code
  } else {
    console.error(text[desktop.reason])
    process.exitCode = exitCode(
      await run(process.execPath, [join(root, 'out', 'cli', 'ews-setup.js'), 'serve', ...args]),
    )
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
