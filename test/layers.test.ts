// The lint rules that keep the rooms apart, shown to fire: a rule that cannot fail keeps nothing apart.
import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
let tree = ''

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'ews-setup-layers-'))
  // Paths of overrides count from the configuration's own directory.
  await copyFile(join(root, '.oxlintrc.json'), join(tree, '.oxlintrc.json'))
})
afterAll(() => rm(tree, { recursive: true, force: true }))

async function complaints(file: string, source: string): Promise<string[]> {
  const path = join(tree, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, source)
  const program = join(root, 'node_modules/oxlint/bin/oxlint')
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [program, '-c', join(tree, '.oxlintrc.json'), '-f', 'json', path],
      { cwd: tree },
      (_error, stdout) => resolve(stdout),
    )
  })
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string }[] }
  return diagnostics.map((one) => one.code)
}

const restricted = 'eslint(no-restricted-imports)'

test.each([
  ['core must not know Electron', 'src/core/runs/x.ts', "export { app } from 'electron'"],
  ['core must not know texts', 'src/core/runs/x.ts', "export { textsOf } from '../../texts/index.ts'"],
  ['core must not know hosts', 'src/core/x.ts', "export { openSettingsFile } from '../host/settingsFile.ts'"],
  [
    'the window must not know the core',
    'src/renderer/x.ts',
    "export { createConnector } from '../core/createConnector.ts'",
  ],
  ['the window must not know Node', 'src/renderer/features/run/x.ts', "export { readFile } from 'node:fs/promises'"],
  ['texts take no network', 'src/texts/x.ts', "export { createNetwork } from '../core/network/network.ts'"],
  ['the contract takes no network', 'src/contract/x.ts', "export { createNetwork } from '../core/network/network.ts'"],
  ['hosts must not know the window', 'src/host/x.ts', "export { App } from '../renderer/App.tsx'"],
  ['the terminal must not know Electron', 'src/cli/x.ts', "export { app } from 'electron'"],
  [
    'the embedded Exchange shares no parser',
    'src/demo/exchange/x.ts',
    "export { parseXml } from '../../core/network/xml.ts'",
  ],
  ['rules know no network', 'src/core/findings/x.ts', "export { createNetwork } from '../network/network.ts'"],
  ['rules know no texts', 'src/core/findings/x.ts', "export { textsOf } from '../../texts/index.ts'"],
  ['rules know no runs', 'src/core/findings/x.ts', "export { runCommand } from '../runs/run.ts'"],
  ['rules know no Node', 'src/core/findings/x.ts', "export { readFile } from 'node:fs/promises'"],
  ['runs do not open secrets', 'src/core/runs/x.ts', "export { openSecret } from '../auth/secret.ts'"],
  ['hosts do not open secrets', 'src/host/x.ts', "export { openSecret } from '../core/auth/secret.ts'"],
])('%s', async (_rule, file, source) => {
  expect(await complaints(file, `${source}\n`)).toContain(restricted)
})

test.each([
  ['Date.now', 'export const at = Date.now()', 'eslint(no-restricted-properties)'],
  ['performance', 'export const at = performance.now()', 'eslint(no-restricted-globals)'],
  ['a timer', 'export const wait = () => setTimeout(() => 0, 1)', 'eslint(no-restricted-globals)'],
  ['fetch', "export const ask = () => fetch('https://x.example')", 'eslint(no-restricted-globals)'],
])('rules know no clock and no network of the platform: %s', async (_name, source, code) => {
  expect(await complaints('src/core/findings/x.ts', `${source}\n`)).toContain(code)
})

test('no rule asks what time it is', async () => {
  const folder = join(root, 'src/core/findings')
  const asks = /new Date\(\s*\)|\bDate\(\s*\)/
  const files = await readdir(folder)
  const asking = await Promise.all(
    files.map(async (file) => (asks.test(await readFile(join(folder, file), 'utf8')) ? [file] : [])),
  )
  expect(files.length).toBeGreaterThan(10)
  expect(asking.flat()).toEqual([])
  expect(asks.test('new Date()')).toBe(true)
})

test.each([
  [
    'the keychain store opens secrets',
    'src/host/secretStore.ts',
    "export { openSecret } from '../core/auth/secret.ts'",
  ],
  ['a login opens secrets', 'src/core/auth/login.ts', "export { openSecret } from './secret.ts'"],
  ['hosts know the core', 'src/host/x.ts', "export { limits } from '../core/limits.ts'"],
  [
    'the window knows the contract',
    'src/renderer/features/run/x.ts',
    "export { contract } from '../../../contract/contract.ts'",
  ],
])('%s, and may', async (_rule, file, source) => {
  expect(await complaints(file, `${source}\n`)).toEqual([])
})
