// How long a start takes: the terminal's, and the browser host's until it has printed its address.
import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { packagesOf, watchModules } from '../loadedModules.mjs'
import { median, program, serving, timed } from './processes.mjs'

const turns = 15
/** Libraries of a run; a window's host must not have them before the first press. */
const late = ['ews-javascript-api', '@azure/msal-node', 'undici']

/** The terminal against an empty Node, both in turns. */
export async function terminal({ home, table }) {
  const pasted = join(home.path, 'pasted.txt')
  await writeFile(pasted, 'AADSTS7000215: Invalid client secret provided.')
  const commands = {
    '--version': { args: ['--version'], most: 2.5 },
    '--help': { args: ['--help'] },
    explain: { args: ['explain', pasted], codes: [1] },
  }
  const bare = []
  const own = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  await timed(home, [program, '--help'])
  for (let turn = 0; turn < turns; turn += 1) {
    bare.push(await timed(home, ['-e', '0']))
    for (const [name, { args, codes }] of Object.entries(commands))
      own[name].push(await timed(home, [program, ...args], { codes }))
  }
  for (const [name, { most }] of Object.entries(commands)) {
    table.ms(`ews-setup ${name}`, median(own[name]))
    table.ratio(`ews-setup ${name} / node -e 0`, median(own[name]) / median(bare), most)
  }
}

/** The browser host: until it printed its address, and what it has loaded when it answered its window's first call. */
export async function host({ home, table }) {
  const times = []
  for (let turn = 0; turn < 5; turn += 1) {
    const served = await serving(home, ['serve', '--no-open'])
    times.push(served.startedInMs)
    await served.stop()
  }
  table.ms('browser host: start until its address is printed', median(times))

  const watch = await watchModules()
  const served = await serving(home, ['serve', '--no-open'], watch)
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
    table.count('browser host: modules before the first press', modules.length)
    table.demand('… among them libraries of a run', early.join(', ') || 'none', 'none', early.length === 0)
  } finally {
    await served.stop()
    await watch.remove()
  }
}

/** The answer's status, body and cookie. */
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
