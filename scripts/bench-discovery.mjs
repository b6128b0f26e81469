#!/usr/bin/env node
// npm run bench:discovery: how long it takes to find the URL, for the product, a bare script that does only what cannot be avoided, and where
// installed exchangelib and ews-javascript-api; on a network of namespaces whose dead hosts drop packets. Ends with 1 when a bound is missed.
//
//   --networks a,b   only these          --clients a,b    only these
//   --runs N         of the product and the bare script in each network, each in a fresh process (default 9)
//   --patience S     seconds until another client is stopped (default 450)
//   --round-trip MS  each round trip of the network takes so long (default 10)
//   --probe         only says whether namespaces can be had
//   --json           raw numbers          --write          writes the table into docs/PERFORMANCE.md
import { fork, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build, root } from './build.mjs'

const bounds = { runMs: 1000, healthyRatio: 1.3 }
const self = fileURLToPath(import.meta.url)
const source = join(root, 'test', 'discovery')
const program = join(root, 'out', 'cli', 'ews-setup.js')
const python = '/usr/bin/python3'
const names = {
  product: 'EWS Setup',
  bare: 'bare script',
  later: 'EWS Setup, in a warm process',
  bareLater: 'bare script, in a warm process',
  exchangelib: 'exchangelib',
  'ews-javascript-api': 'ews-javascript-api',
}

const { values: flags } = parseArgs({
  options: {
    networks: { type: 'string', default: '' },
    clients: { type: 'string', default: '' },
    runs: { type: 'string', default: '9' },
    patience: { type: 'string', default: '450' },
    'round-trip': { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    probe: { type: 'boolean', default: false },
    inside: { type: 'string' },
  },
})
/** The clients that are compared with each other. The later ones tell the last of some presses in one process. */
const ours = ['product', 'bare', 'later', 'bareLater']
const presses = 6
const chosen = (text, all) => (text === '' ? all : text.split(',').filter((name) => all.includes(name)))
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Why namespaces cannot be had here; null when they can. */
function whyNoNamespaces() {
  if (process.platform !== 'linux') return 'network namespaces need Linux'
  const tried = spawnSync('unshare', [...unshareFlags, 'ip', 'link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1'])
  if (tried.error !== undefined) return 'unshare is not there'
  return tried.status === 0 ? null : `no network namespaces here: ${String(tried.stderr).trim()}`
}
const unshareFlags = [...(process.getuid?.() === 0 ? [] : ['--map-root-user']), '--net', '--mount']

/** Bundles what runs in the namespaces, because plain Node does not read TypeScript. */
async function bundle(directory) {
  const vite = await import('vite')
  await vite.build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: true,
      outDir: directory,
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          exchange: join(source, 'exchangeProcess.ts'),
          bare: join(source, 'clients', 'bare.ts'),
          later: join(source, 'clients', 'later.ts'),
          networks: join(source, 'networks.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  })
}

/** Re-runs itself in namespaces of its own, which end with their last process. */
async function outside() {
  const why = whyNoNamespaces()
  if (why !== null) {
    console.error(why)
    return 3
  }
  if (flags.probe) return 0
  await build()
  await mkdir(join(root, '.cache'), { recursive: true })
  const directory = await mkdtemp(join(root, '.cache', 'bench-discovery-'))
  try {
    await bundle(directory)
    const child = spawn(
      'unshare',
      [...unshareFlags, process.execPath, self, ...process.argv.slice(2), '--inside', directory],
      {
        stdio: 'inherit',
      },
    )
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => resolve(code ?? 1))
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function must(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`)
}

/** The clients' side of the network; the Exchange is a process in a namespace behind it. */
async function openNetwork(directory) {
  const files = { 'resolv.conf': 'nameserver 10.77.0.53\n', 'nsswitch.conf': 'hosts: files dns\n' }
  must('mount', ['--make-rprivate', '/'])
  for (const [name, text] of Object.entries(files)) {
    const file = join(directory, name)
    await writeFile(file, text)
    if (existsSync(`/etc/${name}`)) must('mount', ['--bind', file, `/etc/${name}`])
  }
  const exchange = fork(join(directory, 'exchange.mjs'), [], {
    execPath: 'unshare',
    execArgv: ['--net', process.execPath],
  })
  const ask = (order) =>
    new Promise((resolve, reject) => {
      exchange.once('message', ({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error))))
      exchange.send(order)
    })
  await ask({ kind: 'take' })
  const there = (...args) => must('nsenter', ['--target', String(exchange.pid), '--net', 'ip', ...args])
  must('ip', ['link', 'set', 'lo', 'up'])
  must('ip', ['link', 'add', 'client', 'type', 'veth', 'peer', 'name', 'exchange'])
  must('ip', ['link', 'set', 'exchange', 'netns', String(exchange.pid)])
  must('ip', ['address', 'add', '10.77.0.200/24', 'dev', 'client'])
  must('ip', ['link', 'set', 'client', 'up'])
  there('link', 'set', 'lo', 'up')
  there('link', 'set', 'exchange', 'up')
  for (const number of [53, ...Array.from({ length: 20 }, (_, index) => index + 1)])
    there('address', 'add', `10.77.0.${number}/24`, 'dev', 'exchange')
  // Routed to a namespace that forwards nothing and where nobody has these addresses: dropped without a word.
  must('ip', ['route', 'add', '10.66.0.0/16', 'via', '10.77.0.1'])
  if (existsSync('/proc/net/if_inet6')) {
    must('ip', ['address', 'add', 'fd77::200/64', 'dev', 'client', 'nodad'])
    there('address', 'add', 'fd77::1/64', 'dev', 'exchange', 'nodad')
    must('ip', ['route', 'add', 'fd66::/64', 'via', 'fd77::1'])
  }
  return { ask, close: () => exchange.disconnect() }
}

/** Runs a client to its end, or until patience is over. */
function runClient(command, args, env, patienceMs) {
  return new Promise((resolve) => {
    const started = performance.now()
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let errors = ''
    child.stdout.on('data', (part) => (out += part))
    child.stderr.on('data', (part) => (errors += part))
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code, stopped: signal === 'SIGKILL', out, errors, wallMs: performance.now() - started })
    })
  })
}

async function measure(client, o) {
  const { login, caFile, logons, directory, home } = o
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    EWS_SETUP_HOME: home,
    LC_ALL: 'C.UTF-8',
    PYTHONWARNINGS: 'ignore',
  }
  const order = JSON.stringify({ ...login, logons })
  const patienceMs = ours.includes(client) ? 60_000 : Number(flags.patience) * 1000
  const evidence = join(home, 'evidence.json')
  const [command, args, more] = {
    product: [
      process.execPath,
      [program, 'locate', login.email, '--user', login.userName, '--cacert', caFile, '--json', '--evidence', evidence],
      { EWS_SETUP_PASSWORD: login.password },
    ],
    bare: [process.execPath, [join(directory, 'bare.mjs'), order], { NODE_EXTRA_CA_CERTS: caFile }],
    later: [process.execPath, [join(directory, 'later.mjs'), JSON.stringify({ ...login, caFile, presses })], {}],
    bareLater: [
      process.execPath,
      [join(directory, 'bare.mjs'), JSON.stringify({ ...login, logons, presses })],
      { NODE_EXTRA_CA_CERTS: caFile },
    ],
    exchangelib: [
      python,
      [join(source, 'clients', 'exchangelib_autodiscover.py'), order],
      { REQUESTS_CA_BUNDLE: caFile },
    ],
    'ews-javascript-api': [
      process.execPath,
      [join(source, 'clients', 'ews-javascript-api.cjs'), order],
      { NODE_EXTRA_CA_CERTS: caFile },
    ],
  }[client]
  const ran = await runClient(command, args, { ...env, ...more }, patienceMs)
  let told = {
    ms: ran.wallMs,
    url: null,
    error: ran.stopped ? 'stopped' : `ended with ${ran.code}: ${ran.errors.slice(-200)}`,
  }
  if (client === 'product' && existsSync(evidence)) {
    const seen = JSON.parse(await readFile(evidence, 'utf8'))
    told = { ms: seen.ms, url: seen.ewsUrl, error: seen.ewsUrl === null ? JSON.parse(ran.out).findings[0]?.id : null }
    await rm(evidence)
  } else if (ran.out.trim() !== '') {
    told = { error: null, ...JSON.parse(ran.out.trim().split('\n').at(-1)) }
  }
  return { ...told, wallMs: ran.wallMs, stopped: ran.stopped }
}

/** What one press cost, where a client makes several. */
function each(counts, client) {
  if (!client.toLowerCase().endsWith('later')) return counts
  return { ...counts, requests: counts.requests / presses, logons: counts.logons / presses }
}

/** All runs of one client in one network. */
async function inNetwork(network, turn) {
  const runs = []
  for (let count = 0; count < turn.runs; count += 1) {
    await network.ask({ kind: 'take' })
    const ran = await measure(turn.client, turn)
    // What a client left behind on the wire is counted too.
    await new Promise((resolve) => setTimeout(resolve, 50))
    runs.push({ ...ran, ...each(await network.ask({ kind: 'take' }), turn.client) })
  }
  return runs
}

async function inside(directory) {
  const { networkIds, login, ewsUrl } = await import(join(directory, 'networks.mjs'))
  const home = await mkdtemp(join(tmpdir(), 'ews-bench-discovery-'))
  const network = await openNetwork(directory)
  const absent = spawnSync(python, ['-c', 'import exchangelib']).status === 0 ? [] : ['exchangelib']
  const results = []
  try {
    for (const id of chosen(flags.networks, networkIds)) {
      const started = await network.ask({
        kind: 'start',
        network: id,
        dir: home,
        roundTripMs: Number(flags['round-trip']),
      })
      // The bare script knows one host by heart, so it is at home only where that one answers.
      const clients = chosen(flags.clients, Object.keys(names)).filter(
        (name) =>
          !absent.includes(name) && (!['bare', 'later', 'bareLater'].includes(name) || id.startsWith('healthy')),
      )
      const turns = { ...started, login, directory, home }
      const all = Object.fromEntries(clients.map((name) => [name, []]))
      // Those that are compared take turns, so that what else the machine does meets both.
      for (let count = 0; count < Number(flags.runs); count += 1)
        for (const client of clients.filter((name) => ours.includes(name)))
          all[client].push(...(await inNetwork(network, { ...turns, client, runs: 1 })))
      for (const client of clients.filter((name) => !ours.includes(name))) {
        // A fresh world: failed logins of the one before must not lock the account.
        await network.ask({ kind: 'start', network: id, dir: home, roundTripMs: Number(flags['round-trip']) })
        all[client].push(...(await inNetwork(network, { ...turns, client, runs: 1 })))
      }
      results.push({ id, title: started.title, logons: started.logons, clients: all })
      if (!flags.json) process.stderr.write(`${id} done\n`)
    }
  } finally {
    network.close()
    await rm(home, { recursive: true, force: true })
  }
  const missed = judge(results, ewsUrl)
  if (flags.json) process.stdout.write(`${JSON.stringify({ results, missed })}\n`)
  else process.stdout.write(`${table(results, ewsUrl)}\n`)
  if (flags.write) await write(results, ewsUrl, absent)
  if (!flags.json) for (const line of missed) console.log(`MISSED ${line}`)
  return missed.length === 0 ? 0 : 1
}

/** What the product has to reach. */
function judge(results, ewsUrl) {
  const missed = []
  for (const { id, clients, logons } of results) {
    const runs = clients.product ?? []
    for (const run of runs) {
      if (run.url !== ewsUrl) missed.push(`${id}: ${run.url ?? run.error ?? 'no URL'} instead of ${ewsUrl}`)
      if (run.leaked.length > 0) missed.push(`${id}: credentials at ${run.leaked.join(', ')}`)
      if (run.logons > logons) missed.push(`${id}: ${run.logons} logons, ${logons} needed`)
    }
    const ms = median(runs.map((run) => run.ms))
    if (ms > bounds.runMs) missed.push(`${id}: ${Math.round(ms)} ms, at most ${bounds.runMs}`)
    const bare = median((clients.bare ?? []).map((run) => run.ms))
    const ratio = ms / bare
    if (id.startsWith('healthy') && ratio > bounds.healthyRatio)
      missed.push(`${id}: ${ratio.toFixed(2)} times the critical path, at most ${bounds.healthyRatio}`)
    const later =
      median((clients.later ?? []).map((run) => run.ms)) / median((clients.bareLater ?? []).map((run) => run.ms))
    if (later > bounds.healthyRatio)
      missed.push(`${id}, warm: ${later.toFixed(2)} times the critical path, at most ${bounds.healthyRatio}`)
  }
  return missed
}

function table(results, ewsUrl) {
  const lines = [
    '| Network | Client | Seconds | Right URL | HTTP requests | Logons | Hosts that received credentials |',
    '| --- | --- | ---: | --- | ---: | ---: | --- |',
  ]
  for (const { title, clients } of results)
    for (const [client, runs] of Object.entries(clients)) {
      if (runs.length === 0) continue
      const last = runs.at(-1)
      const ms = median(runs.map((run) => run.ms))
      const longest = Math.max(...runs.map((run) => run.ms))
      const seconds = `${last.stopped ? '> ' : ''}${(ms / 1000).toFixed(2)}${runs.length > 1 ? ` (longest ${(longest / 1000).toFixed(2)})` : ''}`
      const hosts = Object.keys(last.credentials).map((host) => (last.leaked.includes(host) ? `**${host}**` : host))
      const right = runs.every((run) => run.url === ewsUrl) ? 'yes' : last.url === null ? 'no' : `no: ${last.url}`
      lines.push(
        `| ${title} | ${names[client]} | ${seconds} | ${right} | ${last.requests} | ${last.logons} | ${hosts.join(', ')} |`,
      )
    }
  return lines.join('\n')
}

async function write(results, ewsUrl, absent) {
  const { format } = await import('prettier')
  const file = join(root, 'docs', 'PERFORMANCE.md')
  const text = await readFile(file, 'utf8')
  const [begin, end] = ['<!-- bench:discovery begins -->', '<!-- bench:discovery ends -->']
  const ratios = results
    .filter(
      ({ id, clients }) => id.startsWith('healthy') && clients.product !== undefined && clients.bare !== undefined,
    )
    .flatMap(({ title, clients }) => {
      const line = (name, pair) => {
        const [own, bare] = pair.map((runs) => median((runs ?? []).map((run) => run.ms)))
        return Number.isNaN(own) || Number.isNaN(bare)
          ? []
          : [
              `- ${name}: ${Math.round(own)} ms, ${(own / bare).toFixed(2)} times the bare script's ${Math.round(bare)} ms`,
            ]
      }
      return [
        ...line(title, [clients.product, clients.bare]),
        ...line(`${title}, in a warm process`, [clients.later, clients.bareLater]),
      ]
    })
  const machine = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Linux ${release().split('-')[0]}, Node ${process.versions.node}`
  const content = [
    begin,
    '',
    `${machine}; medians of ${flags.runs} runs of the product and the bare script, one run of the others.${absent.length === 0 ? '' : ` Not installed: ${absent.join(', ')}.`}`,
    '',
    table(results, ewsUrl),
    '',
    'Healthy, against the critical path:',
    '',
    ...ratios,
    '',
    end,
  ].join('\n')
  const changed = text.slice(0, text.indexOf(begin)) + content + text.slice(text.indexOf(end) + end.length)
  await writeFile(file, await format(changed, { parser: 'markdown', printWidth: 120 }))
}

process.exitCode = flags.inside === undefined ? await outside() : await inside(flags.inside)
