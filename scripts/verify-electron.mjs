#!/usr/bin/env node
// npm run verify:electron: the desktop tests on a real Electron binary, and with them what could not be checked without one. Give the binary with
// ELECTRON_OVERRIDE_DIST_PATH (a directory) or ELECTRON_EXEC_PATH (the file), or fetch it with `npx install-electron`.
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, root } from './build.mjs'
import { exitCode, run } from './child.mjs'
import { desktopObstacle, electronBinary } from './electronBinary.mjs'

/** How long a look at the binary may take. */
const lookMs = 20_000

/**
 * What the knowledge about Electron rests on documentation and source for. `tests`: names of desktop tests that settle it, all of which
 * have to pass. `look`: a program for the binary that answers yes, no, or anything worth reading. Neither: nobody has checked it yet.
 */
const questions = [
  {
    question: "the policy's 'self' matches the private scheme, and the dialog appears within it",
    tests: ['shows the dialog'],
  },
  { question: 'a port closes in the main process when its page reloads', tests: ['a reload ends it'] },
  {
    question: 'a port closes in the main process when its page crashes, and the window comes back',
    tests: ['a crash of the page ends it'],
  },
  { question: 'closing the window ends the run and the program with status 0', tests: ['closing the window ends it'] },
  {
    question: 'garbage, 20 MB, a thousand calls and two hundred ports leave the program alive',
    tests: ['garbage on the port'],
  },
  { question: 'a second start ends with status 0 and raises the first', tests: ['a second start ends'] },
  {
    question: 'a file of the first start, and of a second one, is shown in the window',
    tests: ['of the first start', 'of a second start'],
  },
  { question: 'a menu item reaches the window, and zooms it', tests: ['the menu shows sections'] },
  { question: 'the whole specification of the dialog holds', tests: ['the dialog on Electron'] },
  { question: 'location.reload() of a page raises will-navigate', look: lookAtReload },
  { question: 'a page can leave for about:blank without will-navigate', look: lookAtBlank },
  { question: 'bytes that a page transfers arrive as null in the main process', look: lookAtTransfer },
  { question: 'close reaches a port of the main process before start()', look: lookAtUnstarted },
  { question: 'a menu of null takes the clipboard shortcuts away on macOS' },
  { question: 'type guessing of net.fetch inside an asar archive' },
  { question: 'Windows: switches before an argument that looks like an address' },
  { question: 'separator of several proxies in the answer of resolveProxy' },
  { question: 'a raw 401 reaches net.fetch when no login is given' },
  { question: 'NODE_USE_SYSTEM_CA=1 has an effect' },
  { question: 'NTLM with the credentials of the person in the intranet zone, as a default' },
  { question: 'macOS: another binary asks for the keychain again' },
  { question: 'exit status without a display' },
  { question: 'packaged, with --remote-debugging-port: the program ends before the port is open' },
  {
    question:
      'a key that before-input-event prevents does not reach the menu as well, so that Ctrl and + zooms one step',
  },
  { question: 'saving a report asks in a dialog of the system, under its name, in the last folder' },
  { question: 'maximize() before the first show() shows a window that has painted, on all three systems' },
  { question: 'macOS: a file that was opened with the program arrives, also when the program was not running' },
]

const html = (script) => `data:text/html,${encodeURIComponent(`<script>${script}</script>`)}`

/** Main programs for the binary; each prints its answer as one line `answer: …` and ends. */
function program(body, preload = '') {
  return {
    main: `const { app, BrowserWindow, ipcMain } = require('electron')
const answer = (text) => { console.log('answer: ' + text); app.exit(0) }
setTimeout(() => answer('no event within 5 s'), 5000)
app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false, webPreferences: { preload: require('node:path').join(__dirname, 'preload.js') } })
  ${body}
})`,
    preload,
  }
}

function lookAtReload() {
  return program(`window.webContents.on('will-navigate', () => answer('yes'))
  await window.loadURL(${JSON.stringify(html("if (!name) { name = 'once'; setTimeout(() => location.reload(), 200) } else document.title = 'reloaded'"))})
  window.webContents.on('did-finish-load', () => setTimeout(() => answer('no'), 500))`)
}
function lookAtBlank() {
  return program(`window.webContents.on('will-navigate', () => answer('no, will-navigate is raised'))
  await window.loadURL(${JSON.stringify(html("setTimeout(() => { location.href = 'about:blank' }, 200)"))})
  window.webContents.on('did-navigate', () => answer('yes'))`)
}
function lookAtTransfer() {
  return program(
    `ipcMain.on('port', ({ ports: [port] }) => { port.on('message', ({ data }) => answer(data === null ? 'yes' : 'no, ' + typeof data)); port.start() })
  await window.loadURL('about:blank')`,
    `const { port1, port2 } = new MessageChannel(); require('electron').ipcRenderer.postMessage('port', null, [port2])
const bytes = new ArrayBuffer(8); port1.postMessage(bytes, [bytes])`,
  )
}
function lookAtUnstarted() {
  return program(
    `ipcMain.on('port', ({ ports: [port] }) => { globalThis.kept = port; port.on('close', () => answer('yes')) })
  await window.loadURL('about:blank')`,
    `const { port1, port2 } = new MessageChannel(); require('electron').ipcRenderer.postMessage('port', null, [port2]); setTimeout(() => port1.close(), 300)`,
  )
}

async function look(binary, { main, preload }) {
  const directory = await mkdtemp(join(tmpdir(), 'ews-verify-'))
  await writeFile(join(directory, 'main.cjs'), main)
  await writeFile(join(directory, 'preload.js'), preload)
  try {
    return await new Promise((resolve) => {
      const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env
      const child = spawn(binary, [join(directory, 'main.cjs'), `--user-data-dir=${join(directory, 'data')}`], { env })
      const timer = setTimeout(() => child.kill('SIGKILL'), lookMs)
      let output = ''
      child.stdout.on('data', (chunk) => (output += chunk))
      child.once('error', (error) => resolve(`could not be started: ${error.message}`))
      child.once('close', (code, signal) => {
        clearTimeout(timer)
        resolve(/^answer: (.*)$/m.exec(output)?.[1] ?? `no answer (ended with ${code ?? signal})`)
      })
    })
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
}

/** Results of the desktop tests on the binary, by full name. */
async function runTests() {
  const directory = join(root, '.cache', 'test')
  await mkdir(directory, { recursive: true })
  const file = join(directory, `electron-${process.pid}.json`)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const files = ['startUp', 'runs', 'program', 'garbage', 'specification'].map((name) => `test/desktop/${name}.test.ts`)
  const code = exitCode(
    await run(
      process.execPath,
      [
        vitest,
        'run',
        '--project',
        'product',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
        ...files,
      ],
      { cwd: root, env: { ...process.env, EWS_SETUP_DESKTOP: 'electron' } },
    ),
  )
  const report = JSON.parse(await readFile(file, 'utf8'))
  await rm(file, { force: true })
  const results = report.testResults.flatMap((one) =>
    one.assertionResults.map(({ fullName, status }) => ({ fullName, status })),
  )
  return { code, results }
}

function settled(names, results) {
  const found = results.filter(({ fullName }) => names.some((name) => fullName.includes(name)))
  const failed = found.filter(({ status }) => status === 'failed')
  if (failed.length > 0) return `no: ${failed.map(({ fullName }) => fullName).join('; ')}`
  return found.some(({ status }) => status === 'passed') ? 'yes' : 'not checked'
}

const obstacles = {
  root: 'Electron refuses to run as root with its sandbox on; run this as an ordinary user.',
  display: 'There is no display (DISPLAY and WAYLAND_DISPLAY are empty); try `xvfb-run npm run verify:electron`.',
}

const binary = electronBinary()
const obstacle = desktopObstacle()
const missing =
  binary === null
    ? 'There is no Electron binary: `npx install-electron`, or set ELECTRON_OVERRIDE_DIST_PATH or ELECTRON_EXEC_PATH.'
    : obstacle === null
      ? null
      : obstacles[obstacle]
let results = []
process.exitCode = missing === null ? 0 : 1
if (missing === null) {
  await build()
  const tests = await runTests()
  results = tests.results
  process.exitCode = tests.code
} else console.error(missing)

console.log('\nWhat only a binary can tell:')
for (const { question, tests, look: make } of questions) {
  let answer = 'not checked'
  if (missing === null && tests !== undefined) answer = settled(tests, results)
  if (missing === null && make !== undefined) answer = await look(binary, make())
  console.log(`  ${question}: ${answer}`)
}
