import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../../src/core/limits.ts'
import { openedFile, readOpened, recogniseFile } from '../../../src/host/arrivals/openedFile.ts'
import { aadstsText } from '../../core/files/material.ts'

const configuration = JSON.stringify({
  format: 'ews-setup-configuration',
  schema: 2,
  profiles: { Contoso: { settings: { email: 'anna@contoso.com' } } },
})
const autodiscover = (inner: string) =>
  `<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">${inner}</Response></Autodiscover>`

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ews-opened-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const put = (name: string, content: string | Uint8Array = 'x') => {
  writeFileSync(join(directory, name), content)
  return join(directory, name)
}
const open = (text: string) => openedFile(text, { directory, system: process.platform })

describe('a file is shown where it belongs', () => {
  test.each<[string, string, string]>([
    ['a configuration', configuration, 'transfer'],
    ['a configuration without profiles', '{"format":"ews-setup-configuration","schema":2,"profiles":{}}', 'transfer'],
    ['a sealed one', 'age-encryption.org/v1\n-> scrypt AAAA 18\nBBBB\n--- CCCC\n', 'transfer'],
    ['an armoured one', '-----BEGIN AGE ENCRYPTED FILE-----\nYQ==\n-----END AGE ENCRYPTED FILE-----\n', 'transfer'],
    [
      'an Autodiscover answer with a URL',
      autodiscover(
        '<Account><AccountType>email</AccountType><Action>settings</Action><Protocol><Type>EXPR</Type><EwsUrl>https://mail.contoso.com/EWS/Exchange.asmx</EwsUrl></Protocol></Account>',
      ),
      'transfer',
    ],
    ['an Autodiscover answer with an error', autodiscover('<Error><ErrorCode>500</ErrorCode></Error>'), 'diagnosis'],
    ['a list of mailboxes', 'name,email\nContoso,anna@contoso.com\n', 'transfer'],
    ['an error of the login service', aadstsText, 'diagnosis'],
    ['an HTTP answer', 'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM\r\n\r\n', 'diagnosis'],
    ['evidence that is cut off', '{"schema":2,"product":{"name":"ews-setup","ver', 'diagnosis'],
    ['evidence of a newer version', '{"schema":999,"product":{"name":"ews-setup","version":"9"}}', 'diagnosis'],
  ])('%s', async (_name, content, section) => {
    expect(await recogniseFile(Buffer.from(content))).toEqual({ kind: 'file', section })
  })

  test.each([
    ['another program’s JSON', '{"a":1}', 'unknown'],
    ['XML with entities', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'unknown'],
    ['noise', Buffer.from([0, 1, 2, 255]), 'unknown'],
    ['prose', 'Sehr geehrte Frau Muster,\nanbei die Unterlagen.\n', 'unknown'],
    ['nothing', '', 'empty'],
  ])('%s is nowhere shown', async (_name, content, reason) => {
    expect(await recogniseFile(Buffer.from(content))).toEqual({ kind: 'refused', reason })
  })
})

describe('what is at a path', () => {
  test('a file arrives with its base name, its content and nothing of its path', async () => {
    put('contoso.json', configuration)
    const arrival = await openedFile('./contoso.json', { directory, system: process.platform }, 2)
    const content = Buffer.from(configuration).toString('base64')
    expect(arrival).toEqual({ kind: 'open-file', name: 'contoso.json', section: 'transfer', content, others: 2 })
    expect(JSON.stringify(arrival)).not.toContain(directory)
  })

  test('a folder, a link, a pipe and what is not there are refused', async () => {
    mkdirSync(join(directory, 'folder.json'))
    symlinkSync(put('real.json', configuration), join(directory, 'link.json'))
    execFileSync('mkfifo', [join(directory, 'pipe.json')])
    const reasons = await Promise.all(
      ['folder.json', 'link.json', 'pipe.json', 'none.json', 'real.json/x.json'].map(open),
    )
    expect(reasons.map((arrival) => ('reason' in arrival ? arrival.reason : arrival.kind))).toEqual([
      'not-a-file',
      'not-a-file',
      'not-a-file',
      'missing',
      'missing',
    ])
  })

  test('a device is refused without being opened', async () => {
    expect(await readOpened('/dev/zero')).toEqual({ kind: 'refused', reason: 'not-a-file' })
  })

  test('a file that claims to be empty is read within its limit', async () => {
    const read = await readOpened('/proc/self/status')
    expect(read.kind === 'read' ? read.bytes.length > 0 : read).toBe(true)
  })

  test('size is asked before a byte is read, and counts at its limit', async () => {
    truncateSync(put('large.json'), limits.evidenceBytes + 1)
    expect(await open('large.json')).toMatchObject({ kind: 'file-refused', name: 'large.json', reason: 'too-large' })
    const [fits, exceeds] = [put('fits.txt', 'x'.repeat(10)), put('exceeds.txt', 'x'.repeat(11))]
    expect(await readOpened(fits, 10)).toMatchObject({ kind: 'read' })
    expect(await readOpened(exceeds, 10)).toEqual({ kind: 'refused', reason: 'too-large' })
  })

  test('an empty file and a refused path say so', async () => {
    put('empty.json', '')
    expect(await open('empty.json')).toMatchObject({ reason: 'empty' })
    expect(await open('file:///etc/passwd')).toEqual({ kind: 'file-refused', name: 'passwd', reason: 'address' })
  })
})
