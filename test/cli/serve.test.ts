/** `ews-setup serve`: one line with the address, a port of choice, an end on request. */
import { createServer } from 'node:net'
import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildProgram, run, scratch, start, type Scratch } from './program.ts'

let files: Scratch
beforeAll(buildProgram, 60_000)
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await once(server.close(), 'close')
  return port
}

function statusOf(address: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(address, (response) => resolve(response.resume().statusCode))
      .once('error', reject)
      .end()
  })
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'one line with the address, on the port asked for, until %s',
  async (signal) => {
    const port = await freePort()
    const serving = start(['serve', '--no-open', '--port', String(port)], { home: files.home })
    try {
      const address = /http:\/\/\S+/.exec(await serving.firstLine)?.[0] ?? ''
      expect(new URL(address)).toMatchObject({ hostname: '127.0.0.1', port: String(port) })
      expect(await statusOf(address)).toBe(200)
      serving.child.kill(signal)
      const { code, stdout, stderr } = await serving.ended
      expect({ code, lines: stdout.trimEnd().split('\n').length, stderr }).toEqual({ code: 0, lines: 1, stderr: '' })
    } finally {
      serving.child.kill('SIGKILL')
    }
  },
)

test.each([
  ['en', /^Port \d+ is taken\.\n$/],
  ['de', /^Port \d+ ist belegt\.\n$/],
])('a port that is taken is wrong usage (%s)', async (language, words) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { code, stdout, stderr } = await run(['serve', '--no-open', '--port', String(port), '--lang', language], {
    home: files.home,
  })
  other.close()
  expect(stderr).toMatch(words)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})
