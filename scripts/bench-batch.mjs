#!/usr/bin/env node
// npm run bench:batch: many profiles against an embedded Exchange, with the memory it takes and what the same job takes with
// python3-exchangelib. Ends with 1 when a bound is missed. --count N, --parallel N, --without-exchangelib.
import { spawn, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, root } from './build.mjs'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    parallel: { type: 'string', default: '8' },
    'without-exchangelib': { type: 'boolean', default: false },
  },
})
const count = Number(values.count)
const parallel = Number(values.parallel)
const bounds = { ratio: 1.5, megabytes: 300 }
const program = join(root, 'out', 'cli', 'ews-setup.js')
const python = '/usr/bin/python3'
const password = 'Sommer-2026-am-See'
const key = 'bench-batch'

await build()
const directory = await mkdtemp(join(tmpdir(), 'ews-bench-batch-'))
let world
let missed = 0
try {
  world = await startWorld()
  await storeProfiles(world.facts)
  const rows = []
  const own = await ews()
  const ideal = own.sum / Math.min(parallel, 2 * world.facts.customers.length)
  const ratio = own.ms / ideal
  rows.push([`ews-setup test --all, ${parallel} side by side`, seconds(own.ms), perSecond(own.ms)])
  rows.push(['  sum of run times', seconds(own.sum), ''])
  bound(rows, '  time / (sum of run times / parallelism)', ratio.toFixed(2), ratio, bounds.ratio)
  bound(rows, '  most memory of the process', `${own.megabytes.toFixed(0)} MB`, own.megabytes, bounds.megabytes)
  if (values['without-exchangelib'] || spawnSync(python, ['-c', 'import exchangelib']).status !== 0) {
    rows.push(['exchangelib', 'not measured', ''])
  } else {
    for (const threads of [1, parallel]) {
      const ms = await exchangelib(threads)
      const name = threads === 1 ? 'exchangelib, one after the other' : `exchangelib, ${threads} threads`
      rows.push([name, seconds(ms), perSecond(ms)])
    }
  }
  console.log(`${count} mailboxes at ${world.facts.customers.length} hosts`)
  const width = Math.max(...rows.map(([name]) => name.length))
  for (const [name, value, more] of rows) console.log(`${name.padEnd(width)}  ${value.padStart(12)}  ${more}`.trimEnd())
  process.exitCode = missed > 0 ? 1 : 0
} finally {
  world?.stop()
  await rm(directory, { recursive: true, force: true })
}

function bound(rows, name, text, value, most) {
  if (!(value <= most)) missed += 1
  rows.push([name, text, `<= ${most}: ${value <= most ? 'ok' : 'MISSED'}`])
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`
}

function perSecond(ms) {
  return `${(count / (ms / 1000)).toFixed(1)} a second`
}

/** The embedded Exchange in a process of its own, so that its work is not counted as ours. */
async function startWorld() {
  const { build: bundle } = await import('vite')
  const outDir = join(root, '.cache', 'bench-batch')
  await mkdir(outDir, { recursive: true })
  await bundle({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: join(root, 'scripts', 'bench-batch-world.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'world.mjs' } },
    },
  })
  const child = spawn(process.execPath, [join(outDir, 'world.mjs'), String(count), password], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const facts = await new Promise((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part) => {
      text += part
      if (text.includes('\n')) resolve(JSON.parse(text.slice(0, text.indexOf('\n'))))
    })
    child.once('close', () => reject(new Error('the embedded Exchange ended')))
  })
  return { facts, stop: () => child.kill() }
}

/** As `profiles set` would store them, in one go. */
async function storeProfiles({ caPem, dns, connectTo, mailboxes }) {
  const { Encrypter } = await import('age-encryption')
  const at = '2026-11-01T00:00:00.000Z'
  const network = { connectTo, dns, extraCa: caPem }
  const profiles = Object.fromEntries(
    mailboxes.map(({ email, user, ewsUrl }) => [
      email,
      {
        settings: { email, userName: user, ewsUrl, ewsUrlOrigin: 'typed', network },
        secrets: { password: { savedAt: at } },
      },
    ]),
  )
  const config = { schema: 1, profile: mailboxes[0].email, profiles }
  await writeFile(join(directory, 'config.json'), JSON.stringify(config), { mode: 0o600 })
  const encrypter = new Encrypter()
  encrypter.setPassphrase(key)
  encrypter.setScryptWorkFactor(15)
  const secrets = Object.fromEntries(mailboxes.map(({ email }) => [`${email}/password`, password]))
  const sealed = await encrypter.encrypt(JSON.stringify({ format: 'ews-setup-secrets', schema: 1, secrets }))
  await writeFile(join(directory, 'secrets.age'), sealed, { mode: 0o600 })
}

async function ews() {
  const file = join(directory, 'lines.jsonl')
  const started = performance.now()
  const { code, megabytes } = await measured(
    process.execPath,
    [program, 'test', '--all', '--json', '--parallel', String(parallel)],
    { EWS_SETUP_HOME: directory, EWS_SETUP_KEY: key, LC_ALL: 'C.UTF-8' },
    file,
  )
  const ms = performance.now() - started
  const lines = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const runs = lines.filter((line) => line.summary !== true)
  const works = runs.filter((line) => line.ok).length
  if (code !== 0 || works !== count) throw new Error(`ended with ${code}; ${works} of ${count} work`)
  return { ms, megabytes, sum: runs.reduce((sum, line) => sum + line.ms, 0) }
}

async function exchangelib(threads) {
  const script = join(root, 'scripts', 'bench-batch.py')
  const order = { ...world.facts, password, threads, ca: world.facts.caFile }
  const started = performance.now()
  const { code } = await measured(python, [script], {}, join(directory, 'exchangelib.txt'), JSON.stringify(order))
  if (code !== 0) throw new Error(`exchangelib ended with ${code}`)
  return performance.now() - started
}

/** Runs a program to its end and looks at its memory (resident, from /proc) four times a second. */
async function measured(command, args, env, output, input = '') {
  const { open } = await import('node:fs/promises')
  const file = await open(output, 'w')
  try {
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH ?? '', HOME: directory, ...env },
      stdio: ['pipe', file.fd, 'inherit'],
    })
    child.stdin.end(input)
    let most = 0
    const look = async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
      most = Math.max(most, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1000)
    }
    const timer = setInterval(() => void look(), 250)
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    clearInterval(timer)
    return { code, megabytes: most }
  } finally {
    await file.close()
  }
}
