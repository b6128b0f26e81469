import { describe, expect, test } from 'vitest'
import { limits } from '../../../src/core/limits.ts'
import { filePath, shownName } from '../../../src/host/arrivals/filePath.ts'

const posix = { directory: '/home/anna', system: 'linux' } as const
const windows = { directory: 'C:\\Users\\anna', system: 'win32' } as const

describe('on Linux and macOS', () => {
  test.each([
    ['config.json', '/home/anna/config.json'],
    ['./a/../b.XML', '/home/anna/b.XML'],
    ['/tmp/x.json.age', '/tmp/x.json.age'],
    ['/tmp/a:b.json', '/tmp/a:b.json'],
    ['../../etc/x.txt', '/etc/x.txt'],
    ['Ordner mit Leerzeichen/ä.csv', '/home/anna/Ordner mit Leerzeichen/ä.csv'],
  ])('%s is %s', (text, path) => {
    expect(filePath(text, posix)).toEqual({ kind: 'path', path })
  })

  test.each([
    ['file:///etc/passwd.txt', 'address'],
    ['FILE:/x.json', 'address'],
    ['ews-setup://open?x=y.json', 'address'],
    ['javascript:alert(1)//.json', 'address'],
    ['mailto:anna@contoso.com', 'address'],
    ['https://evil.example/config.json', 'address'],
    ['/etc/passwd', 'ending'],
    ['/usr/bin/env', 'ending'],
    ['/tmp/x.json.exe', 'ending'],
    ['/tmp/.json', 'ending'],
    ['/dev/zero', 'ending'],
    ['', 'ending'],
    ['/tmp/a\u0000.json', 'missing'],
    ['/tmp/a\n.json', 'missing'],
  ])('%j is refused: %s', (text, reason) => {
    expect(filePath(text, posix)).toEqual({ kind: 'refused', reason })
  })

  test('an endless path is refused', () => {
    expect(filePath(`/${'x'.repeat(limits.filePathCharacters)}.json`, posix)).toEqual({
      kind: 'refused',
      reason: 'missing',
    })
  })

  test('a directory that is none gives no path', () => {
    expect(filePath('x.json', { directory: 'relative', system: 'linux' }).kind).toBe('refused')
  })
})

describe('on Windows', () => {
  test.each([
    ['config.json', 'C:\\Users\\anna\\config.json'],
    ['D:/Daten/x.json', 'D:\\Daten\\x.json'],
    ['c:\\a\\..\\b.csv', 'c:\\b.csv'],
    ['\\x.txt', 'C:\\x.txt'],
    ['C:\\consul\\nullable.json', 'C:\\consul\\nullable.json'],
  ])('%s is %s', (text, path) => {
    expect(filePath(text, windows)).toEqual({ kind: 'path', path })
  })

  test.each([
    ['\\\\server\\share\\config.json', 'network-path'],
    ['//server/share/config.json', 'network-path'],
    ['\\\\?\\C:\\x.json', 'network-path'],
    ['\\\\.\\PhysicalDrive0.json', 'network-path'],
    ['\\\\?\\UNC\\server\\share\\x.json', 'network-path'],
    ['/\\server\\share\\x.json', 'network-path'],
    ['C:\\x\\CON', 'network-path'],
    ['NUL.json', 'network-path'],
    ['C:\\x\\nul .json', 'network-path'],
    ['com1.txt', 'network-path'],
    ['C:\\LPT9\\x.json', 'network-path'],
    ['CONIN$', 'network-path'],
    ['C:\\x.json:stream.json', 'not-a-file'],
    ['C:\\x.txt::$DATA', 'not-a-file'],
    ['C:\\y\\x.json:y.json', 'not-a-file'],
    ['x.json:y.json', 'address'],
    ['C:\\x.exe.\\y.json', 'not-a-file'],
    ['C:\\x.json ', 'not-a-file'],
    ['C:\\x?.json', 'not-a-file'],
    ['C:\\x.exe', 'ending'],
    ['C:\\Windows', 'ending'],
    ['file:///C:/x.json', 'address'],
  ])('%s is refused: %s', (text, reason) => {
    expect(filePath(text, windows)).toEqual({ kind: 'refused', reason })
  })

  test('a directory on a server gives no relative path either', () => {
    const away = { directory: '\\\\server\\share', system: 'win32' } as const
    expect(filePath('x.json', away)).toEqual({ kind: 'refused', reason: 'network-path' })
  })
})

describe('the name that is shown', () => {
  test.each([
    ['/home/anna/config.json', 'config.json'],
    ['C:\\Users\\anna\\config.json', 'config.json'],
    ['a/b/', 'b'],
    ['evil\u202Egnp.json', 'evilgnp.json'],
    ['a\u0007b\u2028.json', 'ab.json'],
    ['', ''],
  ])('of %j is %j', (text, name) => {
    expect(shownName(text)).toBe(name)
  })

  test('keeps beginning and ending of a long one', () => {
    const name = shownName(`/${'a'.repeat(500)}.json`)
    expect(name.length).toBe(limits.fileNameCharacters)
    expect(name).toMatch(/^aaa.*…a+\.json$/)
  })
})
