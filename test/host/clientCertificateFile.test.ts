/** The one file that settings name: opened as a plain file on this machine, or not at all. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '../../src/core/limits.ts'
import { clientCertificateOf, leavesMachine } from '../../src/host/clientCertificateFile.ts'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ews-certificate-'))
  writeFileSync(join(directory, 'text'), 'no certificate')
  writeFileSync(join(directory, 'large'), Buffer.alloc(limits.certificateBytes + 1))
  if (process.platform !== 'win32') execFileSync('mkfifo', [join(directory, 'pipe')])
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const read = (path: string) =>
  clientCertificateOf({ clientCredential: 'certificate', clientCertificate: path }, undefined)

test.each([
  ['text', 'unreadable'],
  ['large', 'file'],
  ['absent', 'file'],
  ['.', 'file'],
  ['pipe', 'file'],
  ['/dev/zero', 'file'],
  ['/dev/tty', 'file'],
])('%s', async (name, fault) => {
  expect(await read(name.startsWith('/') ? name : join(directory, name))).toEqual({ kind: 'failed', fault })
})

test.each([
  ['\\\\evil.example\\share\\key.pfx', true],
  ['//evil.example/share/key.pfx', true],
  ['\\/evil.example/share', true],
  ['\\\\?\\UNC\\evil.example\\share', true],
  ['\\\\.\\pipe\\name', true],
  ['\\??\\UNC\\evil.example\\share', true],
  [' \\\\evil.example\\share', true],
  ['C:\\keys\\key.pfx', false],
  ['\\keys\\key.pfx', false],
  ['keys\\key.pfx', false],
])('on Windows %j leaves the machine: %s', (path, leaves) => {
  expect(leavesMachine(path, 'win32')).toBe(leaves)
  expect(leavesMachine(path, 'linux')).toBe(false)
})
