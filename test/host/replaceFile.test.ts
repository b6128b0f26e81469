// A file is replaced whole or not at all, and what is no file is left alone.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { replaceFile } from '../../src/host/replaceFile.ts'

const root = mkdtempSync(join(tmpdir(), 'ews-replace-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(root, 'case-'))
})

describe('replaceFile', () => {
  test('writes a new file that only its owner reads', async () => {
    const file = join(directory, 'report.html')
    expect(await replaceFile(file, 'ä')).toEqual({ kind: 'written' })
    expect(readFileSync(file, 'utf8')).toBe('ä')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(directory)).toEqual(['report.html'])
  })

  test('replaces one that is there, also through a link', async () => {
    const file = join(directory, 'report.html')
    writeFileSync(file, 'old')
    symlinkSync(file, join(directory, 'link.html'))
    expect(await replaceFile(join(directory, 'link.html'), 'new')).toEqual({ kind: 'written' })
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(readdirSync(directory).toSorted()).toEqual(['link.html', 'report.html'])
  })

  test('refuses a directory, and leaves nothing behind', async () => {
    mkdirSync(join(directory, 'reports'))
    expect(await replaceFile(join(directory, 'reports'), 'x')).toEqual({ kind: 'not-written', code: 'EISDIR' })
    expect(readdirSync(join(directory, 'reports'))).toEqual([])
    expect(readdirSync(directory)).toEqual(['reports'])
  })

  test('says why a place cannot be written', async () => {
    expect(await replaceFile(join(directory, 'none', 'report.html'), 'x')).toEqual({
      kind: 'not-written',
      code: 'ENOENT',
    })
    writeFileSync(join(directory, 'file'), '')
    expect(await replaceFile(join(directory, 'file', 'report.html'), 'x')).toEqual({
      kind: 'not-written',
      code: 'ENOTDIR',
    })
    expect(await replaceFile('/proc/report.html', 'x')).toMatchObject({ kind: 'not-written' })
  })

  test('a device stays one', async () => {
    expect(await replaceFile('/dev/null', 'x')).toEqual({ kind: 'written' })
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })
})
