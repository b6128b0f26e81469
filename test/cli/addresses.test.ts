// `ews-setup addresses` as a script sees it: files in and out, the preview, and a transfer into the embedded Exchange.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemo, type DemoExchange } from '../../src/demo/index.ts'
import { buildProgram, run as runProgram, scratch, worldOptions, type Scratch, type StartOptions } from './program.ts'

let exchange: DemoExchange
let place: Scratch

beforeAll(async () => {
  exchange = await startDemo({ scenario: 'healthy-on-prem' })
  place = scratch()
  await buildProgram()
}, 60_000)
afterAll(async () => {
  await exchange.stop()
  place.remove()
})

const run = (args: readonly string[], o: Omit<StartOptions, 'home'> = {}) =>
  runProgram(['addresses', ...args, '--lang', 'en'], { home: place.home, ...o })
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(place.directory, name)
  writeFileSync(path, content)
  return path
}
const account = () => [
  '--email',
  exchange.typed.email,
  '--url',
  exchange.ewsUrl ?? '',
  '--password-stdin',
  ...worldOptions(exchange),
]

test('in, looked at, transferred, out again', { timeout: 60_000 }, async () => {
  const csv = file(
    'in.csv',
    'number;salutation;name;street;town\n1;Firma;Contoso AG;Weg 1;Köln\n2;Frau;Anna Berger;;\n3;;;;\n',
  )
  const dry = await run(['import', csv, '--dry-run'])
  expect(dry).toMatchObject({ code: 1, stdout: '2 addresses would be taken in: 2 new, 0 changed.\n' })
  expect(dry.stderr).toContain('Line 4: neither a name nor a company nor an e-mail address.')
  const taken = await run(['import', csv, '--json'])
  expect(taken.code).toBe(1)
  expect(JSON.parse(taken.stdout)).toMatchObject({
    schema: 1,
    kind: 'read',
    created: 2,
    updated: 0,
    refused: [{ place: 4 }],
  })
  expect((await run(['import', csv])).stdout).toBe('2 addresses taken in: 0 new, 2 changed.\n')

  const preview = await run(['preview', '1', '--json'])
  expect(preview.code).toBe(0)
  expect(JSON.parse(preview.stdout)).toMatchObject({
    kind: 'company',
    values: { CompanyName: 'Contoso AG', 'Business.Street': 'Weg 1' },
  })

  const looked = await run(['transfer', ...account(), '--dry-run'], { input: exchange.typed.password ?? '' })
  expect(looked.code).toBe(0)
  expect(looked.stdout).toContain('would be created: Contoso AG\n')
  expect(looked.stdout).toContain('  Business street: (empty) → Weg 1\n')
  expect(exchange.journal.some((entry) => entry.operation === 'CreateItem')).toBe(false)

  const sent = await run(['transfer', ...account(), '--json'], { input: exchange.typed.password ?? '' })
  expect(sent.code).toBe(0)
  const lines = sent.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string })
  expect(lines.at(-1)).toMatchObject({ kind: 'finished', outcome: { kind: 'done' }, counts: { created: 2 } })
  const again = await run(['transfer', '1', ...account()], { input: exchange.typed.password ?? '' })
  expect(again.stdout).toContain('1 contact unchanged\n')

  const out = join(place.directory, 'out.vcf')
  expect((await run(['export', out])).stdout).toBe(`2 addresses written to ${out}.\n`)
  expect(readFileSync(out, 'utf8')).toContain('ORG:Contoso AG')
})

test('a refused login sends nothing, and says why', { timeout: 60_000 }, async () => {
  await run(['import', file('one.csv', 'name\nA\n')])
  const before = exchange.journal.filter((entry) => entry.logon === 'refused').length
  const refused = await run(['transfer', ...account()], { input: 'not-the-password' })
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain('wrong-password-or-user-name')
  expect(exchange.journal.filter((entry) => entry.logon === 'refused')).toHaveLength(before + 1)
})

test.each([
  ['a file that is not there', ['import', 'nowhere.csv'], 'cannot be read (ENOENT)'],
  ['an unknown format', ['export', 'x.doc'], 'ends neither in .csv nor in .vcf'],
  ['an unknown address', ['preview', 'nobody'], 'There is no address with the number or ID “nobody”.'],
  ['a place that cannot be written', ['export', '/nowhere/x.csv'], 'cannot be written (ENOENT)'],
])('%s is wrong usage', { timeout: 30_000 }, async (_name, args, message) => {
  const result = await run(args)
  expect(result.code).toBe(2)
  expect(result.stderr).toContain(message)
  expect(result.stdout).toBe('')
})

test('a picture is no address file', { timeout: 30_000 }, async () => {
  const result = await run(['import', file('a.csv', new Uint8Array([0x89, 0x50, 0, 1]))])
  expect(result).toMatchObject({ code: 2, stderr: 'The file is no text.\n' })
})
