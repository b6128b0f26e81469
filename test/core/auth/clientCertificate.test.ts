/** The application's certificate, from each kind of file that administrators have; made by OpenSSL, as theirs are. */
import { execFileSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readClientCertificate, type ClientCertificateResult } from '../../../src/core/auth/clientCertificate.ts'
import { openSecret, Secret } from '../../../src/core/auth/secret.ts'
import { missing } from '../../servers/recipes.ts'
import { skipReason } from '../../servers/skip.ts'

const passphrase = 'Schlüssel-Kennwort-7'
let dir: string
const at = (name: string): string => join(dir, name)
const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' })
const read = (name: string, secret?: string): Promise<ClientCertificateResult> =>
  readClientCertificate(readFileSync(at(name)), secret === undefined ? undefined : new Secret(secret))
const joined = (name: string, ...parts: string[]): void =>
  writeFileSync(at(name), parts.map((part) => readFileSync(at(part), 'utf8')).join('\n'))

describe.skipIf(skipReason(missing.openssl))('a client certificate', { timeout: 60_000 }, () => {
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'ews-certificate-'))
    const make = (name: string, kind: readonly string[]): void =>
      openssl(
        'req',
        '-x509',
        ...kind,
        '-nodes',
        '-days',
        '30',
        '-subj',
        '/CN=EWS Setup',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.crt`,
      )
    make('rsa', ['-newkey', 'rsa:2048'])
    make('other', ['-newkey', 'rsa:2048'])
    make('ec', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'])
    openssl('pkcs8', '-topk8', '-in', 'rsa.key', '-out', 'protected.key', '-passout', `pass:${passphrase}`)
    joined('plain.pem', 'rsa.crt', 'rsa.key')
    joined('key-first.pem', 'rsa.key', 'rsa.crt')
    joined('chain.pem', 'other.crt', 'rsa.crt', 'rsa.key')
    joined('protected.pem', 'rsa.crt', 'protected.key')
    joined('mismatch.pem', 'other.crt', 'rsa.key')
    joined('ec.pem', 'ec.crt', 'ec.key')
    const pfx = (name: string, secret: string, ...more: string[]): void =>
      openssl(
        'pkcs12',
        '-export',
        '-in',
        'rsa.crt',
        '-inkey',
        'rsa.key',
        '-out',
        name,
        '-passout',
        `pass:${secret}`,
        ...more,
      )
    pfx('today.pfx', passphrase)
    // As Windows exported them for years: triple DES, and a MAC with SHA-1.
    pfx('windows.pfx', passphrase, '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1')
    pfx('open.pfx', '')
    openssl('pkcs12', '-export', '-nokeys', '-in', 'rsa.crt', '-out', 'no-key.pfx', '-passout', `pass:${passphrase}`)
    writeFileSync(at('text.txt'), 'neither of the two')
    writeFileSync(at('broken.pfx'), readFileSync(at('today.pfx')).subarray(0, 200))
  }, 60_000)
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  test.each<[string, string | undefined]>([
    ['plain.pem', undefined],
    ['key-first.pem', undefined],
    ['chain.pem', undefined],
    ['protected.pem', passphrase],
    ['today.pfx', passphrase],
    ['windows.pfx', passphrase],
    ['open.pfx', undefined],
  ])('%s', async (file, secret) => {
    const result = await read(file, secret)
    if (result.kind === 'failed') expect.fail(result.fault)
    const certificate = new X509Certificate(readFileSync(at('rsa.crt')))
    expect(result.certificate).toMatchObject({
      sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      subject: 'CN=EWS Setup',
      validTo: new Date(certificate.validTo).toISOString(),
    })
    expect(certificate.checkPrivateKey(createPrivateKey(openSecret(result.certificate.privateKey)))).toBe(true)
    expect(`${JSON.stringify(result)}${inspect(result, { depth: 9 })}`).not.toContain('PRIVATE KEY')
  })

  test.each<[string, string | undefined, string]>([
    ['protected.pem', undefined, 'passphrase-missing'],
    ['protected.pem', 'wrong', 'passphrase-wrong'],
    ['today.pfx', undefined, 'passphrase-missing'],
    ['today.pfx', 'wrong', 'passphrase-wrong'],
    ['windows.pfx', 'wrong', 'passphrase-wrong'],
    ['no-key.pfx', passphrase, 'key-missing'],
    ['rsa.crt', undefined, 'key-missing'],
    ['rsa.key', undefined, 'certificate-missing'],
    ['mismatch.pem', undefined, 'key-mismatch'],
    ['ec.pem', undefined, 'not-rsa'],
    ['text.txt', undefined, 'unreadable'],
    ['broken.pfx', passphrase, 'unreadable'],
  ])('%s with passphrase %s: %s', async (file, secret, fault) => {
    expect(await read(file, secret)).toEqual({ kind: 'failed', fault })
  })
})
