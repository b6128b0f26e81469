/** What a start loads: the libraries of a run come with the first run, never before. */
import { request } from 'node:http'
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

const late = ['ews-javascript-api', '@azure/msal-node']

async function loadedEarly(): Promise<string[]> {
  const packages = packagesOf(await watch.read())
  return late.filter((name) => packages.includes(name))
}

test('--version loads no package at all', async () => {
  const { code, stdout } = await run(['--version'], { home: files.home, ...watch })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(packagesOf(await watch.read())).toEqual([])
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
    expect(packagesOf(await watch.read())).toContain('@orpc/server')
    expect(await loadedEarly()).toEqual([])
  } finally {
    serving.child.kill('SIGTERM')
    await serving.ended
  }
})

test('a run with OAuth loads both, so that the list above can be believed', async () => {
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
    expect(await loadedEarly()).toEqual(late)
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
