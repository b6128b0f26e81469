/** Options about the login that are wrong usage, or a finding, before anything is sent; and secrets that leave no trace. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildProgram, run, scratch, type Scratch } from './program.ts'
import { ids, resultOf } from './result.ts'

let files: Scratch
beforeAll(buildProgram, 60_000)
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

const application = [
  '--tenant',
  '5b0e2d7c-41f3-4a35-9d6e-8f3f1f6f2a10',
  '--client-id',
  'c3a1f6de-0b57-4d0b-8a52-6f1f5f0d9e77',
]
const command = (...args: string[]): string[] => ['test', 'anna@contoso.example', '--lang', 'en', ...args]

test.each<[string, string[], RegExp]>([
  ['a login service over http', ['--authority', 'http://login.contoso.example'], /--authority expects https/],
  [
    'a login service with a login in it',
    ['--authority', 'https://a:b@login.contoso.example'],
    /--authority expects https/,
  ],
  ['a directory that is none', ['--ldap', 'https://dc01.contoso.example'], /--ldap expects ldaps/],
  ['a directory with a login in it', ['--ldap', 'ldaps://a:b@dc01.contoso.example'], /--ldap expects ldaps/],
  ['an unknown character set', ['--basic-charset', 'utf-16'], /utf-8, latin-1/],
  [
    'a certificate that is not there',
    ['--client-certificate', '/nowhere/app.pfx'],
    /certificate file \/nowhere\/app\.pfx/,
  ],
  ['two secrets from one input', ['--password-stdin', '--ldap-password-stdin'], /Only one secret/i],
])('%s: wrong usage, exit code 2', async (_name, args, words) => {
  const { code, stderr } = await run(command(...args), { home: files.home })
  expect(stderr).toMatch(words)
  expect(code).toBe(2)
})

test('a file that is no certificate is a finding, exit code 1, and its passphrase appears nowhere', async () => {
  mkdirSync(files.directory, { recursive: true })
  const file = join(files.directory, 'app.pem')
  writeFileSync(file, 'no certificate at all')
  const secrets = {
    EWS_SETUP_CERTIFICATE_PASSPHRASE: 'Kanari-Zertifikat-7',
    EWS_SETUP_LDAP_PASSWORD: 'Kanari-Verzeichnis-7',
    EWS_SETUP_PROXY_PASSWORD: 'Kanari-Proxy-7',
  }
  const { code, stdout, stderr } = await run(
    command(...application, '--client-certificate', file, '--url', 'https://localhost:1/EWS/Exchange.asmx', '--json'),
    { home: files.home, env: secrets },
  )
  expect(ids(resultOf(stdout))[0]).toBe('client-certificate-unusable')
  expect(code).toBe(1)
  for (const secret of Object.values(secrets)) expect(`${stdout}${stderr}`).not.toContain(secret)
})
