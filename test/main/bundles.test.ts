/** The files as they are shipped: what they load at the start, and whether the preload script can run in the sandbox. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Script } from 'node:vm'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { packagesOf } from '../../scripts/loadedModules.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = (file: string) => readFileSync(`${root}/out/${file}`, 'utf8')

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [`${root}/scripts/build.mjs`])
}, 60_000)

/** Packages of a bundle's static imports. */
function imports(code: string): string[] {
  return [...code.matchAll(/^import [^;]*?"([^"]+)";?$/gm)]
    .map((match) => match[1] ?? '')
    .filter((name) => !name.startsWith('node:'))
}

test('the start of the desktop program loads no library of a run', () => {
  const seen = new Set<string>()
  const follow = (file: string) => {
    for (const name of imports(out(`main/${file}`))) {
      if (seen.has(name)) continue
      seen.add(name)
      if (name.startsWith('./')) follow(name.slice(2))
    }
  }
  follow('index.js')
  expect(seen).toContain('electron')
  const packages = packagesOf(['index.js', ...seen].map((name) => `${root}/out/main/${name}`))
  expect(packages).toContain('@orpc/server')
  for (const heavy of ['@azure/msal-node', 'ews-javascript-api', 'ical.js', 'age-encryption', 'node-forge', 'undici'])
    expect(packages).not.toContain(heavy)
  expect(seen).not.toContain('keytar')
})

test.each([
  { bundle: 'main', beside: ['electron', 'keytar'] },
  // `kerberos` is named in a variable, because it is optional.
  { bundle: 'cli', beside: ['keytar'] },
])('the bundle $bundle needs only $beside beside it, and holds no other way to the network', ({ bundle, beside }) => {
  const list: unknown = JSON.parse(out(`${bundle}/packages.json`))
  const packages = z
    .object({ beside: z.array(z.string()), chunks: z.record(z.string(), z.array(z.string())) })
    .parse(list)
  expect(packages.beside).toEqual(beside)
  const held = Object.values(packages.chunks).flat()
  expect(held).toContain('ews-javascript-api')
  for (const transport of ['@ewsjs/xhr', 'axios', 'follow-redirects', 'http-cookie-agent'])
    expect(held).not.toContain(transport)
})

test('the preload script is one CommonJS file, needs only electron, and forwards exactly one port of its own page', () => {
  expect(readdirSync(`${root}/out/preload`)).toEqual(['index.cjs'])
  const posted: unknown[] = []
  let listener: ((event: object) => void) | undefined
  const window = { addEventListener: (_name: string, heard: (event: object) => void) => (listener = heard) }
  const require = (name: string) => {
    expect(name).toBe('electron')
    return { ipcRenderer: { postMessage: (...message: unknown[]) => posted.push(message) } }
  }
  const run: unknown = new Script(
    `(function (require, module, exports, window) {${out('preload/index.cjs')}\n})`,
  ).runInThisContext()
  if (typeof run !== 'function') throw new Error('no function')
  run(require, { exports: {} }, {}, window)
  const send = (event: object) => listener?.({ source: window, data: 'ews-setup:port', ports: ['a'], ...event })
  send({ source: {} })
  send({ data: 'else' })
  send({ ports: [] })
  send({ ports: ['a', 'b'] })
  expect(posted).toEqual([])
  send({})
  expect(posted).toEqual([['ews-setup:port', null, ['a']]])
})

test("the window's page has nothing inline and nothing from elsewhere", () => {
  const page = out('renderer/index.html')
  expect(page).toMatch(/<script type="module" crossorigin src="\.\/assets\/[^"]+\.js"><\/script>/)
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|https?:/)
})

test('the command line is one executable file that plain Node runs', () => {
  expect(out('cli/ews-setup.js').split('\n', 1)).toEqual(['#!/usr/bin/env node'])
  expect(statSync(`${root}/out/cli/ews-setup.js`).mode & 0o111).toBe(0o111)
})
