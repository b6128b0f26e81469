/** What each command loads: a library comes with the first thing that needs it, never before. */
import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { packagesOf, watchModules } from '../../scripts/loadedModules.mjs'
import { startDemo } from '../../src/demo/index.ts'
import { buildProgram, run, scratch, start, worldOptions, type Scratch } from './program.ts'

let files: Scratch
let watch: Awaited<ReturnType<typeof watchModules>>
beforeAll(buildProgram, 60_000)
beforeEach(async () => {
  files = scratch()
  watch = await watchModules()
})
afterEach(async () => {
  files.remove()
  await watch.remove()
})

/** Packages that cost time or memory when they are loaded. */
const heavy = [
  '@azure/msal-node',
  '@orpc/server',
  '@peculiar/x509',
  'age-encryption',
  'conf',
  'csv-parse',
  'dns2',
  'ews-javascript-api',
  'ical.js',
  'keytar',
  'ldapts',
  'node-forge',
  'undici',
] as const

function written({ directory }: Scratch, name: string, content: string): string {
  const file = join(directory, name)
  writeFileSync(file, content)
  return file
}

type Heavy = (typeof heavy)[number]

async function loadedHeavy(): Promise<Heavy[]> {
  const packages = packagesOf(await watch.read())
  return heavy.filter((name) => packages.includes(name))
}

test('--version loads no package at all', async () => {
  const { code, stdout } = await run(['--version'], { home: files.home, ...watch })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(packagesOf(await watch.read())).toEqual([])
})

const commands: { name: string; args: (files: Scratch) => string[]; loads: Heavy[]; codes?: number[] }[] = [
  { name: '--help', args: () => ['--help'], loads: [] },
  {
    name: 'explain',
    args: (files) => ['explain', written(files, 'pasted.txt', 'AADSTS7000215: Invalid client secret')],
    loads: [],
    codes: [1],
  },
  { name: 'profiles list', args: () => ['profiles', 'list'], loads: ['conf', 'csv-parse'] },
  {
    name: 'addresses import',
    args: (files) => ['addresses', 'import', written(files, 'addresses.csv', 'Name;E-Mail\nAnna;anna@contoso.com\n')],
    loads: ['csv-parse', 'ical.js'],
  },
  // Nothing answers at this name, and no login is reached: what a login needs is not loaded.
  {
    name: 'locate',
    args: () => ['locate', 'anna@contoso.invalid', '--timeout', '5'],
    loads: ['undici'],
    codes: [1, 3],
  },
]

test.each(commands)('$name loads $loads', async ({ args, loads, codes = [0] }) => {
  const { code } = await run(args(files), { home: files.home, ...watch })
  expect(codes).toContain(code)
  expect(await loadedHeavy()).toEqual(loads)
})

test('the dialog’s host answers its window before a run’s libraries are loaded', async () => {
  const serving = start(['serve', '--no-open'], { home: files.home, ...watch })
  try {
    const entrance = /http:\/\/\S+/.exec(await serving.firstLine)?.[0] ?? ''
    const { origin } = new URL(entrance)
    const first = await ask(entrance)
    const path = /url=([^"]+)"/.exec(first.body)?.[1] ?? ''
    const headers = {
      cookie: first.cookie,
      origin,
      'content-type': 'application/json',
      'x-ews-setup-window': crypto.randomUUID(),
    }
    const started = await ask(`${origin}${path}rpc/app/start`, { headers, body: '{"json":{}}' })
    expect(started.status).toBe(200)
    expect(JSON.parse(started.body)).toMatchObject({ json: { face: 'browser' } })
    expect(await loadedHeavy()).toEqual(['@orpc/server', 'conf', 'csv-parse', 'keytar'])
  } finally {
    serving.child.kill('SIGTERM')
    await serving.ended
  }
})

test('a run with OAuth loads the libraries of a login, and none of another', async () => {
  const demo = await startDemo({ scenario: 'healthy-online' })
  try {
    const { tenantId = '', clientId = '', clientSecret = '', email } = demo.typed
    const args = [
      'test',
      email,
      '--tenant',
      tenantId,
      '--client-id',
      clientId,
      '--client-secret-stdin',
      ...worldOptions(demo),
    ]
    const { code } = await run(args, { home: files.home, input: clientSecret, ...watch })
    expect(code).toBe(0)
    expect(await loadedHeavy()).toEqual(['@azure/msal-node', 'ews-javascript-api', 'undici'])
  } finally {
    await demo.stop()
  }
})

function ask(
  address: string,
  o: { headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; body: string; cookie: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      address,
      { method: o.body === undefined ? 'GET' : 'POST', headers: o.headers ?? {}, agent: false },
      (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (text: string) => (body += text))
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body,
            cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
          }),
        )
      },
    )
    sent.once('error', reject)
    sent.end(o.body)
  })
}
