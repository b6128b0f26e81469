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
import { writeWhole } from '../../src/host/atomicFile.ts'

const root = mkdtempSync(join(tmpdir(), 'ews-replace-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(root, 'case-'))
})

describe('writeWhole', () => {
  test('writes a new file that only its owner reads', () => {
    const file = join(directory, 'report.html')
    expect(writeWhole(file, 'ä')).toEqual({ kind: 'written' })
    expect(readFileSync(file, 'utf8')).toBe('ä')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(directory)).toEqual(['report.html'])
  })

  test('replaces one that is there, also through a link', () => {
    const file = join(directory, 'report.html')
    writeFileSync(file, 'old')
    symlinkSync(file, join(directory, 'link.html'))
    expect(writeWhole(join(directory, 'link.html'), 'new')).toEqual({ kind: 'written' })
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(readdirSync(directory).toSorted()).toEqual(['link.html', 'report.html'])
  })

  test('refuses a directory, and leaves nothing behind', () => {
    mkdirSync(join(directory, 'reports'))
    expect(writeWhole(join(directory, 'reports'), 'x')).toEqual({ kind: 'not-written', code: 'EISDIR' })
    expect(readdirSync(join(directory, 'reports'))).toEqual([])
    expect(readdirSync(directory)).toEqual(['reports'])
  })

  test('says why a place cannot be written', () => {
    expect(writeWhole(join(directory, 'none', 'report.html'), 'x')).toEqual({
      kind: 'not-written',
      code: 'ENOENT',
    })
    writeFileSync(join(directory, 'file'), '')
    expect(writeWhole(join(directory, 'file', 'report.html'), 'x')).toEqual({
      kind: 'not-written',
      code: 'ENOTDIR',
    })
    expect(writeWhole('/proc/report.html', 'x')).toMatchObject({ kind: 'not-written' })
  })

  test('a device stays one', () => {
    expect(writeWhole('/dev/null', 'x')).toEqual({ kind: 'written' })
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })
})
