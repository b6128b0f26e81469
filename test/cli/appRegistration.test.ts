/** `app-registration`: the script on standard output or in a file, with the values given; wrong values are wrong usage. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { scriptFormats } from '../../src/core/registration/script.ts'
import { powershellTokens } from '../core/registration/powershellTokens.ts'
import { buildProgram, run, scratch, type Scratch } from './program.ts'

let files: Scratch
beforeAll(buildProgram, 60_000)
beforeEach(() => {
  files = scratch()
  return files.remove
})

const tenant = '6f0a3c52-8d41-4f5e-9b7a-2c1d0e9f8a34'
const clientId = 'b1f4d2a7-3e5c-4c86-a0d9-7f2e6b815c43'
const given = ['--tenant', tenant, '--client-id', clientId, '--mailbox', 'ben@fabrikam.example']
const call = (...parameters: string[]) => run(['app-registration', ...parameters], { home: files.home })

describe('every format', () => {
  test.each(scriptFormats)('%s prints a script with the values, and nothing else', async (format) => {
    const { code, stdout, stderr } = await call('--format', format, ...given, '--lang', 'en')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    if (format !== 'exchange-server') expect(stdout).toContain(clientId)
    if (format === 'azure-cli') {
      expect(stdout.startsWith('#!/usr/bin/env bash\n')).toBe(true)
      expect(spawnSync('bash', ['-n'], { input: stdout }).status).toBe(0)
    } else expect(powershellTokens(stdout).length).toBeGreaterThan(50)
  })

  test('the registration gives full_access_as_app with consent', async () => {
    const { stdout } = await call('--format', 'graph-powershell', ...given)
    expect(stdout).toContain("$_.Value -eq 'full_access_as_app'")
    expect(stdout).toContain('New-MgServicePrincipalAppRoleAssignment')
    expect(stdout).toContain(`$TenantId = '${tenant}'`)
  })

  test('Exchange Online limits the role to the mailboxes and merges the allow list', async () => {
    const { stdout } = await call('--format', 'exchange-online', ...given)
    expect(stdout).toContain("$Mailboxes = @('ben@fabrikam.example')")
    expect(stdout).toContain("'Application EWS.AccessAsApp'")
    expect(stdout).toContain('-RetrieveEwsOperationAccessPolicy')
    expect(stdout).toContain('Test-ServicePrincipalAuthorization')
  })

  test('without a mailbox Exchange Online has the allow list alone', async () => {
    const { stdout } = await call('--format', 'exchange-online', '--client-id', clientId)
    expect(stdout).not.toContain('New-ManagementScope')
    expect(stdout).toContain('Set-OrganizationConfig -EwsAllowedAppIDs')
  })

  test('comments come in the language asked for', async () => {
    const { stdout } = await call('--format', 'exchange-server', '--lang', 'de')
    expect(stdout).toContain('# Ein zweiter Lauf ändert nichts')
  })
})

test('values come from a profile, and options override them', async () => {
  const directory = join(files.home)
  mkdirSync(directory, { recursive: true })
  const settings = { email: 'ben@fabrikam.example', tenantId: tenant, clientId }
  const content = { schema: 1, profile: 'Fabrikam', profiles: { Fabrikam: { settings } } }
  writeFileSync(join(directory, 'config.json'), JSON.stringify(content))
  const { code, stdout } = await call('--format', 'exchange-online', '--profile', 'Fabrikam')
  expect(code).toBe(0)
  expect(stdout).toContain(`$ClientId = '${clientId}'`)
  expect(stdout).toContain("@('ben@fabrikam.example')")
  const other = await call(
    '--format',
    'exchange-online',
    '--profile',
    'Fabrikam',
    '--mailbox',
    'sales@fabrikam.example',
  )
  expect(other.stdout).toContain("@('sales@fabrikam.example')")
  expect((await call('--format', 'azure-cli', '--profile', 'nowhere')).code).toBe(2)
})

test('--out writes the file, for PowerShell with a byte order mark', async () => {
  for (const format of ['graph-powershell', 'azure-cli'] as const) {
    const file = join(files.directory, format)
    const { code, stdout } = await call('--format', format, ...given, '--out', file)
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(readFileSync(file, 'utf8').startsWith('\ufeff')).toBe(format === 'graph-powershell')
  }
})

test.each([
  ['no format', [], /graph-powershell, azure-cli, exchange-online, exchange-server/],
  ['an unknown format', ['--format', 'terraform'], /terraform/],
  ['a tenant that is none', ['--format', 'azure-cli', '--tenant', 'no tenant'], /tenant/i],
  ['a client ID that is none', ['--format', 'azure-cli', '--client-id', 'EWS'], /client/i],
  ['a mailbox that is none', ['--format', 'exchange-online', ...given, '--mailbox', 'ben'], /“?"?ben/],
  ['no client ID for Exchange Online', ['--format', 'exchange-online'], /--client-id/],
  [
    'a scope without mailboxes',
    ['--format', 'exchange-online', '--client-id', clientId, '--model', 'some'],
    /--mailbox/,
  ],
  ['a model that has no such script', ['--format', 'azure-cli', '--model', 'on-premises'], /on-premises/],
  ['a name that the Azure CLI takes for a file', ['--format', 'azure-cli', '--app-name', '@x'], /--app-name/],
  ['a file that cannot be written', ['--format', 'azure-cli', '--out', '/nowhere/x'], /ENOENT/],
])('%s: exit 2, one sentence, nothing on standard output', async (_what, parameters, words) => {
  const { code, stdout, stderr } = await call(...parameters, '--lang', 'en')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(words)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
