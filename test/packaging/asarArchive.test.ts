/** The reader of archives against the library that writes them, and against files that are none. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPackageWithOptions, getRawHeader, listPackage } from '@electron/asar'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokenFiles, readAsar, readAsarFile } from '../../scripts/packaged/asarArchive.ts'

const directory = mkdtempSync(join(tmpdir(), 'ews-asar-'))
const file = join(directory, 'app.asar')
beforeAll(async () => {
  const source = join(directory, 'source')
  mkdirSync(join(source, 'out', 'main'), { recursive: true })
  writeFileSync(join(source, 'package.json'), '{"name":"x"}')
  writeFileSync(join(source, 'out', 'main', 'index.js'), 'ä'.repeat(70_000))
  writeFileSync(join(source, 'out', 'native.node'), 'binary')
  await createPackageWithOptions(source, file, { unpack: '*.node' })
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

test('list, contents and hash are those of the library', () => {
  const archive = readAsar(file)
  const theirs = listPackage(file, { isPack: false }).map((path) => path.replaceAll('\\', '/').slice(1))
  expect(archive.files.map(({ path }) => path).sort()).toEqual(theirs.filter((path) => /\.\w+$/.test(path)).sort())
  expect(archive.headerHash).toBe(createHash('sha256').update(getRawHeader(file).headerString).digest('hex'))
  const contents = Object.fromEntries(
    archive.files.map((one) => [one.path, readAsarFile(file, archive, one).toString('utf8')]),
  )
  expect(contents).toEqual({
    'package.json': '{"name":"x"}',
    'out/main/index.js': 'ä'.repeat(70_000),
    'out/native.node': 'binary',
  })
  expect(archive.files.filter(({ unpacked }) => unpacked).map(({ path }) => path)).toEqual(['out/native.node'])
  expect(brokenFiles(file, archive)).toEqual([])
})

test('a byte that was changed is found, in the archive and beside it', () => {
  const broken = join(directory, 'broken.asar')
  const bytes = readFileSync(file)
  const at = bytes.indexOf('"name":"x"')
  bytes.write('"name":"y"', at, 'latin1')
  writeFileSync(broken, bytes)
  mkdirSync(join(`${broken}.unpacked`, 'out'), { recursive: true })
  writeFileSync(join(`${broken}.unpacked`, 'out', 'native.node'), 'binarY')
  expect(brokenFiles(broken, readAsar(broken)).sort()).toEqual(['out/native.node', 'package.json'])
})

test.each([
  ['text', Buffer.from('this is no archive, only text of some length')],
  ['an empty file', Buffer.alloc(0)],
  ['a header that is longer than the file', Buffer.from('04000000ffffff00ffffff00ffffff00', 'hex')],
])('%s is refused', (_name, bytes) => {
  const path = join(directory, 'strange.asar')
  writeFileSync(path, bytes)
  expect(() => readAsar(path)).toThrow(/^it(s| ends)/)
})
