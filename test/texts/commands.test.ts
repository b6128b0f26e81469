// Commands to copy: the values of the run are in them, and no value becomes more than the text of one argument.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Facts } from '../../src/core/evidence/schema.ts'
import { findingIds } from '../../src/core/findings/catalogue.ts'
import { judge } from '../../src/core/findings/judge.ts'
import { commandsOf } from '../../src/texts/commands.ts'
import { textsOf, wordsOf } from '../../src/texts/index.ts'
import { fires } from '../core/findings/cases.ts'

const languages = ['de', 'en'] as const
const clientId = 'c3a1f6de-0b57-4d0b-8a52-6f1f5f0d9e77'
const email = 'anna@contoso.com'
const lines = (id: string, facts: Facts): string[] => commandsOf({ id, facts }, 'en').map(({ line }) => line)

/** PowerShell's strings in single quotes: it takes any of five signs for a quote, and two of them for one in the text. */
const strings = /'(?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*'/g
const values = (line: string): string[] =>
  (line.match(strings) ?? []).map((one) => one.slice(1, -1).replaceAll(/(['\u2018-\u201b])\1/g, '$1'))
const skeleton = (line: string): string => line.replaceAll(strings, "''")

describe('commands carry the values of the run', () => {
  test.each<[string, Facts, string[]]>([
    [
      'ews-app-not-allowed',
      { clientId },
      [
        'Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | Format-List EwsEnabled,EwsAllowedAppIDs',
        `Set-OrganizationConfig -EwsAllowedAppIDs '<IDs listed so far>,${clientId}'`,
      ],
    ],
    [
      'ews-disabled-for-mailbox',
      { email, clientId },
      [
        `Get-CASMailbox -Identity '${email}' | Format-List EwsEnabled,EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList`,
        `Set-CASMailbox -Identity '${email}' -EwsEnabled $true`,
        `Test-ApplicationAccessPolicy -Identity '${email}' -AppId '${clientId}'`,
      ],
    ],
    ['token-user-unknown', { email }, [`Get-Recipient -Filter 'EmailAddresses -eq ''${email}'''`]],
    [
      'account-locked',
      { user: 'CONTOSO\\anna' },
      [`Get-ADUser -Filter 'SamAccountName -eq ''anna''' | Unlock-ADAccount`],
    ],
    [
      'account-disabled',
      { user: email },
      [`Get-ADUser -Filter 'UserPrincipalName -eq ''${email}''' | Enable-ADAccount`],
    ],
    [
      'impersonation-denied',
      { scheme: 'ntlm', user: 'CONTOSO\\svc', clientId: '' },
      ["New-ManagementRoleAssignment -Name 'EWS impersonation' -Role ApplicationImpersonation -User 'CONTOSO\\svc'"],
    ],
    [
      'connection-refused',
      { host: 'mail.contoso.com', port: 443 },
      ["Test-NetConnection -ComputerName 'mail.contoso.com' -Port 443"],
    ],
  ])('%s', (id, facts, expected) => {
    expect(lines(id, facts)).toEqual(expected)
  })

  test('what is unknown is left to the reader, in the reader’s language', () => {
    expect(lines('ews-disabled-for-mailbox', {})[1]).toBe(
      "Set-CASMailbox -Identity '<e-mail address>' -EwsEnabled $true",
    )
    expect(commandsOf({ id: 'token-without-roles', facts: { clientId: null } }, 'de')).toEqual([
      {
        shell: 'Exchange Online PowerShell',
        line: "New-ManagementRoleAssignment -App '<Anwendungs-ID>' -Role 'Application EWS.AccessAsApp'",
      },
    ])
  })

  test('an id from elsewhere has none', () => {
    for (const id of ['from-the-future', '__proto__', 'constructor']) expect(lines(id, {})).toEqual([])
  })

  test('no value of a run stands in a command outside of this table, where nothing quotes it', () => {
    const command = /\b(?:Get|Set|Test|New|Enable|Disable|Add|Remove|Unlock)-[A-Z][A-Za-z]+[^.]*\{\w+\}/
    for (const language of languages) {
      const { findings } = textsOf(language)
      const told = findingIds.flatMap((id) => findings[id].remedy.map(String).filter((text) => command.test(text)))
      expect(told).toEqual([])
    }
    expect(command.test('Look: Get-Recipient {email}')).toBe(true)
  })

  test('every finding that carries commands is shown with them', () => {
    const shown = Object.values(fires)
      .flatMap((evidence) => judge(evidence))
      .map((finding) => wordsOf(finding, 'de'))
    expect(shown.filter(({ commands }) => commands.length > 0).length).toBeGreaterThan(20)
  })
})

describe('a value stays the text of one argument', () => {
  const kinds: readonly Facts[] = [{ scheme: 'oauth' }, { scheme: 'ntlm' }]
  const everywhere = (value: string): Facts =>
    Object.fromEntries(
      ['clientId', 'email', 'user', 'host', 'port', 'server', 'thumbprint'].map((name) => [name, value]),
    )
  const all = (facts: Facts): string[] =>
    findingIds.flatMap((id) => kinds.flatMap((kind) => lines(id, { ...facts, ...kind })))
  const harmless = all(everywhere('x')).map(skeleton)

  test.each([
    ['quotes', `a' ; Remove-Mailbox b ; '`],
    ['curly quotes', 'a\u2019; Remove-Mailbox b ;\u2018 \u201a \u201b'],
    ['double quotes', 'a" ; Remove-Mailbox b ; "'],
    ['variables and expressions', '$(Remove-Mailbox b) $env:USERNAME'],
    ['backticks', 'a`'],
    ['a backslash at the end', 'a\\'],
    ['pipes and comments', 'a | Remove-Mailbox b # <# #> ; & {}'],
    ['a parameter', '-Confirm:$false'],
    ['a break of text', "'@\n'@"],
  ])('%s', (_name, value) => {
    expect(all(everywhere(value)).map(skeleton)).toEqual(harmless)
  })

  test.each([
    ['a new line', 'a\nRemove-Mailbox b'],
    ['a carriage return', 'a\rRemove-Mailbox b'],
    ['a line separator', 'a\u2028b'],
    ['text turned around', 'a\u202eb'],
    ['an unseen sign', 'a\u200bb'],
    ['an escape sequence', 'a\u001b[2Jb'],
    ['half a character', 'a\ud800'],
    ['a text without end', 'a'.repeat(501)],
  ])('%s is left out', (_name, value) => {
    expect(lines('ews-disabled-for-mailbox', { email: value })[1]).toBe(
      "Set-CASMailbox -Identity '<e-mail address>' -EwsEnabled $true",
    )
  })

  test('whatever it is, and read back it is what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
        expect(all(everywhere(value)).map(skeleton)).toEqual(harmless)
        const [argument] = values(lines('ews-disabled-for-mailbox', { email: value })[1] ?? '')
        expect([value, '<e-mail address>']).toContain(argument)
      }),
      { numRuns: 300 },
    )
  })
})
