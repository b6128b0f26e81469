#!/usr/bin/env node
// npm run bench: what the product costs, measured in one run on this machine: medians as ratios, times and sizes. Ends with 1 when a
// bound is missed.
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, root } from './build.mjs'
import { packagesOf, watchModules } from './loadedModules.mjs'

const program = join(root, 'out', 'cli', 'ews-setup.js')
const bounds = { startRatio: 2.5, bothRunsMs: 1000, slowCandidateMs: 1000, scriptBytes: 250_000 }
const starts = 15
const runs = 5
/** Libraries of a run; a window's host must not have them before the first press. */
const late = ['ews-javascript-api', '@azure/msal-node']

const rows = []
let missed = 0

/** One line of the table; `good` is undefined where nothing is demanded. */
function row(what, value, bound, good) {
  rows.push([what, value, bound ?? '', good === undefined ? '' : good ? 'ok' : 'MISSED'])
  if (good === false) missed += 1
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const ms = (value) => `${Math.round(value)} ms`
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`
const megabytes = (bytes) => `${(bytes / 1_000_000).toFixed(1)} MB`

const home = await mkdtemp(join(tmpdir(), 'ews-bench-'))
const clean = {
  PATH: process.env.PATH ?? '',
  SystemRoot: process.env.SystemRoot ?? '',
  HOME: home,
  EWS_SETUP_HOME: home,
  LC_ALL: 'C.UTF-8',
}

/** Wall time in ms until a process has ended. Throws when it fails. */
function timed(args, { env = {}, codes = [0] } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(process.execPath, args, { env: { ...clean, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
    let errors = ''
    child.stderr.on('data', (text) => (errors += text))
    child.once('error', reject)
    child.once('close', (code) => {
      if (codes.includes(code)) resolve(performance.now() - started)
      else reject(new Error(`${args.slice(0, 3).join(' ')} ended with ${code}: ${errors}`))
    })
  })
}

/** Starts one that runs until it is stopped, and reads its first line. */
async function serving(args, { env = {}, nodeOptions = [] } = {}) {
  const child = spawn(process.execPath, [...nodeOptions, program, ...args], {
    env: { ...clean, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part) => {
      text += part
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.once('close', () => reject(new Error(`${args.join(' ')} ended early`)))
  })
  return {
    line,
    stop: () =>
      new Promise((resolve) => {
        child.once('close', resolve)
        child.kill('SIGTERM')
      }),
  }
}

async function start() {
  const own = []
  const bare = []
  await timed([program, '--version'])
  for (let turn = 0; turn < starts; turn += 1) {
    bare.push(await timed(['-e', '0']))
    own.push(await timed([program, '--version']))
  }
  const ratio = median(own) / median(bare)
  row(
    'ews-setup --version / node -e 0',
    `${ratio.toFixed(2)} (${ms(median(own))} / ${ms(median(bare))})`,
    `<= ${bounds.startRatio}`,
    ratio <= bounds.startRatio,
  )
}

/** Medians of a scenario, each run in a fresh process: by the run's own clock, and by ours from start to end. */
async function scenario(id, commands) {
  const demo = await serving(['demo', id, '--serve'])
  try {
    const { typed, options, ewsUrl } = JSON.parse(demo.line)
    const measured = {}
    for (const command of commands) {
      const file = join(home, 'evidence.json')
      const args = [
        program,
        command,
        typed.email,
        ...options,
        ...(command === 'test' ? ['--url', ewsUrl] : []),
        ...(typed.tenantId === undefined ? [] : ['--tenant', typed.tenantId, '--client-id', typed.clientId]),
        '--evidence',
        file,
      ]
      const env = { EWS_SETUP_PASSWORD: typed.password ?? '', EWS_SETUP_CLIENT_SECRET: typed.clientSecret ?? '' }
      const own = []
      const wall = []
      for (let turn = 0; turn < runs; turn += 1) {
        wall.push(await timed(args, { env }))
        own.push(JSON.parse(await readFile(file, 'utf8')).ms)
      }
      measured[command] = { own: median(own), wall: median(wall) }
    }
    return measured
  } finally {
    await demo.stop()
  }
}

async function bothButtons() {
  for (const id of ['healthy-on-prem', 'healthy-online']) {
    const { locate, test } = await scenario(id, ['locate', 'test'])
    for (const [name, { own, wall }] of Object.entries({ locate, test }))
      row(`${id}: ${name}`, `${ms(own)} (process: ${ms(wall)})`)
    const sum = locate.own + test.own
    row(`${id}: both`, ms(sum), `< ${bounds.bothRunsMs} ms`, sum < bounds.bothRunsMs)
  }
  const { locate } = await scenario('slow-candidate', ['locate'])
  row(
    'slow-candidate: to the URL',
    ms(locate.own),
    `< ${bounds.slowCandidateMs} ms`,
    locate.own < bounds.slowCandidateMs,
  )
}

async function window() {
  const renderer = join(root, 'out', 'renderer')
  const assets = join(renderer, 'assets')
  // What the page names itself, it loads before anything is shown; sections and help come when they are asked for.
  const page = await readFile(join(renderer, 'index.html'), 'utf8')
  const first = new Set(page.match(/(?<=assets\/)[^"]+\.js/g))
  const sizes = { js: 0, css: 0 }
  let firstView = 0
  for (const name of await readdir(assets)) {
    const kind = name.split('.').at(-1)
    if (!(kind in sizes)) continue
    const bytes = gzipSync(await readFile(join(assets, name)), { level: 9 }).length
    sizes[kind] += bytes
    if (first.has(name)) firstView += bytes
  }
  const isSmall = firstView > 0 && firstView <= bounds.scriptBytes
  row(
    'window: JavaScript of the first view, gzip',
    kilobytes(firstView),
    `<= ${kilobytes(bounds.scriptBytes)}`,
    isSmall,
  )
  row('window: all JavaScript, gzip', kilobytes(sizes.js))
  row('window: CSS, gzip', kilobytes(sizes.css))
}

/** The answer's body and cookie. */
function ask(address, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(
      address,
      { method: body === undefined ? 'GET' : 'POST', headers, agent: false },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part) => (text += part))
        response.once('end', () =>
          resolve({
            status: response.statusCode,
            body: text,
            cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
          }),
        )
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}

async function host() {
  const watch = await watchModules()
  const served = await serving(['serve', '--no-open'], watch)
  try {
    const entrance = /http:\/\/\S+/.exec(served.line)?.[0] ?? ''
    const { origin } = new URL(entrance)
    const { cookie, body } = await ask(entrance)
    const path = /url=([^"]+)"/.exec(body)?.[1] ?? ''
    const headers = { cookie, origin, 'content-type': 'application/json', 'x-ews-setup-window': crypto.randomUUID() }
    const { status } = await ask(`${origin}${path}rpc/app/start`, { headers, body: '{"json":{}}' })
    if (status !== 200) throw new Error(`the window's first call was answered with ${status}`)
    const modules = await watch.read()
    const packages = packagesOf(modules)
    const early = late.filter((name) => packages.includes(name))
    row('host before the first press', `${modules.length} modules, ${packages.length} packages`)
    row('… among them libraries of a run', early.length === 0 ? 'none' : early.join(', '), 'none', early.length === 0)
  } finally {
    await served.stop()
    await watch.remove()
  }
}

/** Bytes of all files below a directory, packages inside it left out: the lock file lists them themselves. */
async function bytesBelow(directory) {
  let sum = 0
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) sum += entry.name === 'node_modules' ? 0 : await bytesBelow(path)
    else if (entry.isFile()) sum += (await stat(path)).size
  }
  return sum
}

async function installed() {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  const wanted = Object.entries(packages).filter(
    ([path, entry]) => path !== '' && entry.dev !== true && entry.devOptional !== true,
  )
  let dependencies = 0
  let count = 0
  for (const [path] of wanted) {
    const bytes = await bytesBelow(join(root, path)).catch(() => null)
    if (bytes === null) continue
    dependencies += bytes
    count += 1
  }
  const own = await bytesBelow(join(root, 'out'))
  row('installed: the program', megabytes(own))
  row(`installed: its ${count} packages`, megabytes(dependencies))
}

function print() {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => cells[column].length)))
  for (const cells of rows)
    console.log(
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

try {
  await build()
  for (const measure of [start, bothButtons, window, host, installed]) await measure()
  print()
  if (missed > 0) console.log(`\n${missed} missed`)
  process.exitCode = missed > 0 ? 1 : 0
} catch (error) {
  print()
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await rm(home, { recursive: true, force: true })
}
