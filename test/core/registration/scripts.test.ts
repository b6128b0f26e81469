// The generated scripts: parsed by bash and shellcheck, and by a tokenizer for PowerShell, whose own parser is used where it is there.
// Whatever name is in them, it stays a value.
import { execFileSync, spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { permissionModels, scriptsOf } from '../../../src/core/registration/models.ts'
import { escapes } from '../../../src/core/registration/quoting.ts'
import { registrationScript, valuesOf } from '../../../src/core/registration/registrationScript.ts'
import { scriptFormats, scriptSchema, type ScriptFormat } from '../../../src/core/registration/script.ts'
import { scriptOptionsSchema, scriptValuesSchema, type ScriptValues } from '../../../src/core/registration/values.ts'
import { defaultSettings } from '../../../src/core/settings/settings.ts'
import { scripts as de } from '../../../src/texts/registration/scripts.de.ts'
import { scripts as en } from '../../../src/texts/registration/scripts.en.ts'
import { scriptText } from '../../../src/texts/registration/script.ts'
import { placeholdersOf } from '../../../src/texts/format.ts'
import { assigned, powershellTokens } from './powershellTokens.ts'

const values = (change: Partial<ScriptValues> = {}): ScriptValues => ({
  ...scriptValuesSchema.parse({
    model: 'all',
    cloud: 'global',
    tenantId: '0f9a4c1e-7d25-4b63-8a0e-5c2f91b7e844',
    clientId: 'b2d6e0f7-3c48-4f1a-9e57-18a4c0d3f692',
    mailboxes: ['ben@fabrikam.example'],
    account: 'CONTOSO\\svc-ews',
    ewsUrl: 'https://mail.contoso.example/EWS/Exchange.asmx',
  }),
  ...change,
})
const written = (format: ScriptFormat, change: Partial<ScriptValues> = {}, language: 'de' | 'en' = 'en') =>
  scriptText(registrationScript(format, values(change)), language)

const hostile = [
  "o'brien",
  "'; rm -rf ~ #",
  '$(touch /tmp/owned)',
  '`whoami`',
  '"; Remove-Item C:\\',
  '$env:PATH ${HOME} %PATH% !!',
  'Müller & Söhne „Büro“ – Straße',
  'Ñandú Òscar Âme',
  '\u2018; Stop-Computer #\u2019',
  '\u2019\u2018\u201a\u201b\u201c\u201d\u201e',
  "'\u2019'\u2018",
  'two\nlines\r\nthree\u2028four',
  '  blanks  ',
  '\\',
  "\\'",
  '😀 emoji',
  '*/ #> @" "@',
]
const name = fc.oneof(
  fc.constantFrom(...hostile),
  fc
    .array(fc.constantFrom(...Array.from(`'"$\`\\#;&|(){}[]@-\n\r \u2018\u2019\u201a\u201b\u201c\u201d\u201eäÑx`)), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
/** What a shell can hold at all. */
const holdable = (text: string) => text.replaceAll('\0', '')

const all = permissionModels.flatMap((model) =>
  scriptsOf(model).flatMap((format) =>
    (['secret', 'certificate'] as const).flatMap((credential) =>
      (['de', 'en'] as const).map((language) => ({ model, format, credential, language })),
    ),
  ),
)
const powershell = all.filter(({ format }) => format !== 'azure-cli')
const bash = all.filter(({ format }) => format === 'azure-cli')

describe('the script for the Azure CLI', () => {
  test.each(bash)('is bash that shellcheck has nothing against: $model $credential $language', (o) => {
    const text = written(o.format, o, o.language)
    expect(spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
    const checked = spawnSync('shellcheck', ['--shell=bash', '--format=gcc', '-'], { input: text, encoding: 'utf8' })
    if (checked.error !== undefined && process.env['EWS_SETUP_REQUIRE_SERVERS'] !== '1') {
      console.log('skipped: shellcheck is not installed')
      return
    }
    expect(checked.error ?? checked.stdout).toBe('')
    expect(checked.status).toBe(0)
  })

  test('keeps every name a value, as bash itself reads it', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 12 }), (names) => {
        // One bash for all of them: each assignment is taken out of its own script and read back between NULs.
        const script = names
          .map((one) => {
            const text = written('azure-cli', { appName: one, tenantId: one })
            const from = text.indexOf('TENANT_ID=')
            return `${text.slice(from, text.indexOf('\nSECRET_NAME='))}\nprintf '%s\\0%s\\0' "$TENANT_ID" "$APP_NAME"`
          })
          .join('\n')
        const read = execFileSync('bash', ['-s'], { input: script }).toString('utf8').split('\0')
        const expected = names.flatMap((one) => [toUtf8(holdable(one)), toUtf8(holdable(one))])
        expect(read.slice(0, -1)).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })
})

/** What is left of a text with lone surrogates after it went through a pipe. */
const toUtf8 = (text: string) => Buffer.from(text, 'utf8').toString('utf8')

describe('the scripts for PowerShell (read by a tokenizer of this test)', () => {
  test.each(powershell)('end every string and bracket: $format $model $credential $language', (o) => {
    const tokens = powershellTokens(written(o.format, o, o.language))
    expect(tokens.filter((token) => token.kind === 'other' && token.text.startsWith('param'))).toHaveLength(1)
  })

  test('keep every name a value', () => {
    const plain = shapes(written('graph-powershell', { appName: 'plain' }))
    fc.assert(
      fc.property(name, (one) => {
        const text = written('graph-powershell', { appName: one })
        const tokens = powershellTokens(text)
        expect(assigned(tokens, '$AppName')).toBe(holdable(one))
        // Everything but the one assignment is as it was.
        expect(shapes(text)).toEqual(plain)
        expect(text.split('\n').find((line) => line.startsWith('$AppName'))).toMatch(/^[ -~]*$/)
      }),
      { numRuns: 150 },
    )
  })

  test('keep every mailbox and account a value', () => {
    fc.assert(
      fc.property(name, (one) => {
        for (const format of ['exchange-online', 'exchange-server'] as const) {
          const model = format === 'exchange-online' ? ('some' as const) : ('on-premises' as const)
          const tokens = powershellTokens(written(format, { model, mailboxes: [one, 'x'], account: one }))
          expect(assigned(tokens, '$Mailboxes')).toBe(`${holdable(one)}x`)
          if (format === 'exchange-server') expect(assigned(tokens, '$Account')).toBe(holdable(one))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('the tokenizer sees a value that breaks out', () => {
    expect(() => powershellTokens("$AppName = 'o'brien'\n")).toThrow('never ends')
    expect(assigned(powershellTokens("$AppName = 'a\u2019; Stop-Computer; \u2018b'\n"), '$AppName')).not.toBe(
      'a\u2019; Stop-Computer; \u2018b',
    )
  })

  const pwsh = spawnSync('pwsh', ['-NoProfile', '-Command', '1'])
  const reason = pwsh.error === undefined ? null : "PowerShell's own parser is not installed here (pwsh)"
  if (reason !== null) console.log(`skipped: ${reason}`)
  test.skipIf(reason !== null).each(powershell)(
    "pass PowerShell's own parser: $format $model $credential $language",
    (o) => {
      const command =
        '$e = $null; [void][System.Management.Automation.Language.Parser]::ParseInput([Console]::In.ReadToEnd(), [ref]$null, [ref]$e); $e; exit $e.Count'
      const parsed = spawnSync('pwsh', ['-NoProfile', '-Command', command], { input: written(o.format, o, o.language) })
      expect(parsed).toMatchObject({ status: 0 })
    },
  )
})

/** A script without its line of the name, as shapes of tokens. */
function shapes(text: string): string[] {
  const tokens = powershellTokens(text)
  const from = tokens.findIndex((token, index) => token.text === '$AppName' && tokens[index + 1]?.text === '=')
  const length = tokens.slice(from).findIndex((token) => token.kind === 'newline')
  return tokens.toSpliced(from, length).map((token) => `${token.kind} ${token.text}`)
}

describe('every script', () => {
  test.each(all)(
    'is a script by its schema and has words for all it says: $format $model $credential $language',
    (o) => {
      const script = scriptSchema.parse(registrationScript(o.format, values(o)))
      const text = scriptText(script, o.language)
      expect(text).not.toMatch(/\{[a-z]+\}(?![^\n]*[$@])/)
      expect(text.endsWith('\n')).toBe(true)
    },
  )

  test('says the same in both languages', () => {
    for (const id of Object.keys(en) as (keyof typeof en)[])
      expect(placeholdersOf(de[id]).toSorted(), id).toEqual(placeholdersOf(en[id]).toSorted())
  })

  test('has sentences that survive being read in the Windows code page', () => {
    // In it the bytes 0x82, 0x91 and 0x92 are quotes of PowerShell.
    for (const sentence of [...Object.values(de), ...Object.values(en)])
      expect(
        [...Buffer.from(sentence, 'utf8')].filter((byte) => [0x82, 0x91, 0x92].includes(byte)),
        sentence,
      ).toEqual([])
  })

  test('merges the allow list: reads it, adds to it, and never writes the own ID alone', () => {
    const text = written('exchange-online', { model: 'some' })
    const writes = text.split('\n').filter((line) => line.includes('-EwsAllowedAppIDs'))
    expect(text.indexOf('Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy')).toBeLessThan(
      text.indexOf('Set-OrganizationConfig -EwsAllowedAppIDs'),
    )
    expect(writes.map((line) => line.trim())).toEqual([
      'Set-OrganizationConfig -EwsAllowedAppIDs $null',
      "else { Set-OrganizationConfig -EwsAllowedAppIDs ($rest -join ',') }",
      "Set-OrganizationConfig -EwsAllowedAppIDs ((@($allowed) + $ClientId) -join ',')",
    ])
  })

  test('for some mailboxes ends with the authorization test', () => {
    const lines = written('exchange-online', { model: 'some' }).trim().split('\n')
    expect(lines.at(-2)).toContain('Test-ServicePrincipalAuthorization -Identity $enterprise.Id -Resource $mailbox')
  })

  test('for some mailboxes gives no consent for all', () => {
    for (const format of ['graph-powershell', 'azure-cli'] as const) {
      expect(written(format, { model: 'some' })).not.toMatch(/admin-consent|New-MgServicePrincipalAppRoleAssignment/)
      expect(written(format)).toMatch(/admin-consent|New-MgServicePrincipalAppRoleAssignment/)
    }
  })

  test.each(scriptFormats)('has an undo and says nothing of the end of EWS for Exchange Server: %s', (format) => {
    const model = format === 'exchange-server' ? ('on-premises' as const) : ('all' as const)
    const text = written(format, { model })
    expect(text).toMatch(format === 'azure-cli' ? /"\$MODE" = --undo/ : /if \(\$Undo\)/)
    if (format === 'exchange-server') expect(text).not.toMatch(/2027|Graph/)
  })

  test('prints a secret to a screen only, after its warning', () => {
    for (const [format, prints] of [
      ['graph-powershell', 'Write-Host $secret.SecretText'],
      ['azure-cli', '--query password'],
    ] as const) {
      const text = written(format)
      expect(text.indexOf(en['say-secret-once'])).toBeGreaterThan(0)
      expect(text.indexOf(prints)).toBeGreaterThan(text.indexOf(en['say-secret-once']))
      expect(text.split('\n').filter((line) => line.includes(prints) && />(?!&)/.test(line))).toEqual([])
      expect(text).toMatch(/IsOutputRedirected|! -t 1/)
    }
  })
})

test('values come cleaned out of a configuration, and what is none stays out', () => {
  const settings = {
    ...defaultSettings(),
    email: ' ben@fabrikam.example ',
    tenantId: 'https://login.microsoftonline.com/0f9a4c1e-7d25-4b63-8a0e-5c2f91b7e844/oauth2',
    clientId: ' {B2D6E0F7-3C48-4F1A-9E57-18A4C0D3F692} ',
    ewsUrl: 'https://outlook.office365.com/EWS/Exchange.asmx',
  }
  const options = scriptOptionsSchema.parse({ mailboxes: [] })
  expect(valuesOf(settings, 'all', options)).toMatchObject({
    tenantId: '0f9a4c1e-7d25-4b63-8a0e-5c2f91b7e844',
    clientId: 'B2D6E0F7-3C48-4F1A-9E57-18A4C0D3F692',
    mailboxes: ['ben@fabrikam.example'],
    ewsUrl: '',
  })
  expect(valuesOf({ ...settings, clientId: 'no id' }, 'all', options).clientId).toBe('')
})

test('a name that the Azure CLI would take for a file or an option is refused', () => {
  for (const appName of ['@secrets.txt', '-x', ''])
    expect(scriptOptionsSchema.safeParse({ appName }).success).toBe(false)
  expect(Object.keys(escapes)).toEqual(['powershell', 'bash'])
})
