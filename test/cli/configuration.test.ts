/** `profiles`, `export` and `import` of the built program, with Debian's `age` where it is installed. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { canary, found, foundBelow, tracesOf } from '../canary/traces.ts'
import { skipReason } from '../servers/skip.ts'
import { buildProgram, environment, program, run, scratch, type Ended, type Scratch } from './program.ts'

let files: Scratch
beforeAll(buildProgram, 60_000)
/** Each test starts the program several times, and a loaded machine needs seconds for each. */
const slowMs = 120_000
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

const key = { EWS_SETUP_KEY: 'ein Schlüssel für Tests' }
const passphrase = 'korrekt pferd batterie'
const other = (): string => join(files.directory, 'other')
const ews = (
  args: readonly string[],
  o: { home?: string; env?: Record<string, string>; input?: string } = {},
): Promise<Ended> =>
  run(args, { home: o.home ?? files.home, env: o.env ?? key, ...(o.input === undefined ? {} : { input: o.input }) })
const at = (name: string): string => join(files.directory, name)

/** What lies in the state directory; libsecret makes a `.cache` in the home directory, which is the same one here. */
const stateFiles = (): string[] =>
  readdirSync(files.home)
    .filter((name) => name !== '.cache')
    .toSorted()

async function good(args: readonly string[], o: Parameters<typeof ews>[1] = {}): Promise<string> {
  const ended = await ews(args, o)
  expect(ended, ended.stderr).toMatchObject({ code: 0 })
  return ended.stdout
}

async function stored(secret = 'Pässwörd'): Promise<void> {
  await good(['profiles', 'set', 'Kunde', '--email', 'anna@contoso.example', '--auth', 'ntlm', '--password-stdin'], {
    input: secret,
  })
}

describe('profiles', () => {
  test(
    'set, list, show, copy, rename and remove; secrets go along and go too',
    async () => {
      await stored()
      await good(['profiles', 'copy', 'Kunde', 'Kopie'])
      await good(['profiles', 'rename', 'Kunde', 'Süd'])
      const list = JSON.parse(await good(['profiles', 'list', '--json']))
      expect(list.profiles.map(({ name }: { name: string }) => name).toSorted()).toEqual(['Kopie', 'Süd'])
      const shown = JSON.parse(await good(['profiles', 'show', 'Süd', '--json']))
      expect(shown).toMatchObject({
        name: 'Süd',
        settings: { auth: 'ntlm' },
        secrets: { password: { savedAt: expect.any(String) } },
      })
      await good(['profiles', 'remove', 'Kopie'])
      expect((await ews(['profiles', 'show', 'Kopie'])).code).toBe(2)
    },
    slowMs,
  )

  test(
    'a secret without a place to last: exit 2, both ways named, nothing changed',
    async () => {
      const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }
      const ended = await ews(['profiles', 'set', 'Kunde', '--email', 'a@b.example', '--password-stdin'], {
        env,
        input: 'x',
      })
      expect(ended.code).toBe(2)
      expect(ended.stderr).toMatch(/keychain.*EWS_SETUP_KEY/)
      expect(existsSync(files.home)).toBe(false)
    },
    slowMs,
  )

  test(
    'another EWS_SETUP_KEY opens nothing, changes nothing and says so',
    async () => {
      await stored()
      const before = readFileSync(join(files.home, 'secrets.age'))
      const ended = await ews(['profiles', 'set', 'Kunde', '--password-stdin'], {
        env: { EWS_SETUP_KEY: 'falsch' },
        input: 'x',
      })
      expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('does not open the sealed file') })
      expect(readFileSync(join(files.home, 'secrets.age'))).toEqual(before)
    },
    slowMs,
  )

  test(
    'the sealed file is for its owner alone, and nothing else holds the secret',
    async () => {
      const secret = canary('password')
      await stored(secret)
      expect(statSync(join(files.home, 'secrets.age')).mode & 0o777).toBe(0o600)
      await good(['export', '--all', '--out', at('plain.json')])
      await good(['export', '--out', at('sheet.html'), '--format', 'html'])
      await good(['export', '--out', at('vars.env'), '--format', 'env'])
      await good(['export', '--with-secrets', '--passphrase-stdin', '--out', at('x.age')], { input: passphrase })
      const traces = tracesOf('password', secret)
      expect(foundBelow(files.directory, traces)).toEqual([])
      expect(stateFiles()).toEqual(['config.json', 'secrets.age'])
      // The search can fail.
      expect(found('control', `x${secret}y`, traces)).not.toEqual([])
    },
    slowMs,
  )

  test(
    '--from takes one profile of a file under the name given, and options go before it',
    async () => {
      writeFileSync(
        at('roll-out.json'),
        JSON.stringify({
          format: 'ews-setup-configuration',
          schema: 2,
          profiles: {
            x: {
              settings: {
                email: 'b@contoso.example',
                network: { dns: '127.0.0.1', trustedHosts: ['ews.hoster.example'] },
              },
            },
          },
        }),
      )
      const args = [
        'profiles',
        'set',
        'Firma',
        '--from',
        at('roll-out.json'),
        '--email',
        'c@contoso.example',
        '--trust-host',
        'ews.hoster.example',
      ]
      const unasked = await ews(args)
      expect(unasked).toMatchObject({ code: 0 })
      expect(unasked.stderr).toMatch(
        /^Not taken over without acceptance:\n.*DNS resolver.*127\.0\.0\.1.*\n.*--accept network\.dns\n$/,
      )
      const { settings } = JSON.parse(await good(['profiles', 'show', 'Firma', '--json']))
      expect(settings).toMatchObject({
        email: 'c@contoso.example',
        network: { dns: '', trustedHosts: ['ews.hoster.example'] },
      })
      expect((await ews([...args, '--dns', '127.0.0.2'])).stderr).toBe('')
      expect((await ews([...args, '--accept', 'network.dns'])).stderr).toBe('')
      expect(JSON.parse(await good(['profiles', 'show', 'Firma', '--json'])).settings.network.dns).toBe('127.0.0.1')
      expect(JSON.parse(await good(['profiles', 'list', '--json'])).profiles).toMatchObject([
        { name: 'Firma', isCurrent: true },
      ])
    },
    slowMs,
  )
})

describe('import', () => {
  const configuration = (profiles: unknown, more: object = {}): string => {
    writeFileSync(at('in.json'), JSON.stringify({ format: 'ews-setup-configuration', schema: 2, profiles, ...more }))
    return at('in.json')
  }

  test(
    'shows, asks for --yes, changes, and takes back',
    async () => {
      await stored()
      const file = configuration({
        Kunde: { settings: { userName: 'CONTOSO\\anna', ewsUrl: 'https://mail.contoso.example/EWS/Exchange.asmx' } },
      })
      const before = readFileSync(join(files.home, 'config.json'), 'utf8')
      const dry = await good(['import', file, '--dry-run'])
      expect(dry).toContain('Different user name for login: – → CONTOSO\\anna')
      expect((await ews(['import', file])).code).toBe(2)
      expect(readFileSync(join(files.home, 'config.json'), 'utf8')).toBe(before)
      await good(['import', file, '--yes'])
      const shown = JSON.parse(await good(['profiles', 'show', 'Kunde', '--json']))
      expect(shown).toMatchObject({
        settings: { email: 'anna@contoso.example', userName: 'CONTOSO\\anna' },
        ewsUrlOrigin: 'imported',
      })
      await good(['import', '--undo'])
      expect(JSON.parse(readFileSync(join(files.home, 'config.json'), 'utf8')).profiles).toEqual(
        JSON.parse(before).profiles,
      )
      expect((await ews(['import', '--undo'])).code).toBe(2)
    },
    slowMs,
  )

  test(
    'a mail domain that changes under saved secrets needs acceptance; so does what leads the network elsewhere',
    async () => {
      await stored()
      const file = configuration({
        Kunde: {
          settings: {
            email: 'anna@evil.example',
            network: {
              proxy: 'http://evil.example:1',
              extraCa: 'x',
              connectTo: ['a:1:b:2'],
              dns: '127.0.0.9',
              trustedHosts: ['evil.example'],
              timeoutMs: 5_000,
            },
          },
        },
      })
      await good(['import', file, '--yes'])
      const { settings } = JSON.parse(await good(['profiles', 'show', 'Kunde', '--json']))
      expect(settings.email).toBe('anna@contoso.example')
      expect(settings.network).toMatchObject({
        proxy: '',
        extraCa: '',
        connectTo: [],
        dns: '',
        trustedHosts: [],
        timeoutMs: 5_000,
      })
    },
    slowMs,
  )

  test(
    'an older file (the settings file of another machine) and a newer one',
    async () => {
      await stored()
      await good(['import', join(files.home, 'config.json'), '--yes'], { home: other() })
      expect(JSON.parse(await good(['profiles', 'show', 'Kunde', '--json'], { home: other() }))).toMatchObject({
        settings: { email: 'anna@contoso.example' },
        secrets: { password: null },
      })
      const newer = configuration(
        { Neu: { settings: { email: 'a@b.example', auth: 'telepathy', later: 1 }, beside: true } },
        { schema: 9 },
      )
      const said = await good(['import', newer, '--yes'])
      expect(said).toMatch(/newer version \(9\)/)
      expect(said).toMatch(/settings\.auth/)
      expect(said).toMatch(/settings\.later.*beside|beside.*settings\.later/)
      expect(JSON.parse(await good(['profiles', 'show', 'Neu', '--json']))).toMatchObject({
        settings: { auth: 'auto', later: 1 },
        beside: true,
      })
    },
    slowMs,
  )

  test(
    'an Autodiscover answer saved as a file, and a list of mailboxes',
    async () => {
      writeFileSync(
        at('autodiscover.xml'),
        `<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><User><AutoDiscoverSMTPAddress>anna@contoso.example</AutoDiscoverSMTPAddress></User><Account><Action>settings</Action><Protocol><Type>EXPR</Type><EwsUrl>https://mail.hoster.example/EWS/Exchange.asmx</EwsUrl></Protocol></Account></Response></Autodiscover>`,
      )
      await good(['import', at('autodiscover.xml'), '--profile', 'Aus XML', '--yes'])
      expect(JSON.parse(await good(['profiles', 'show', 'Aus XML', '--json']))).toMatchObject({
        settings: { email: 'anna@contoso.example', ewsUrl: 'https://mail.hoster.example/EWS/Exchange.asmx' },
        ewsUrlOrigin: 'imported',
      })
      writeFileSync(
        at('list.csv'),
        Buffer.from(
          'E-Mail;Kunde;Benutzer\r\na@contoso.example;M\xfcller;CONTOSO\\a\r\n"b@contoso.example";;\r\n',
          'latin1',
        ),
      )
      await good(['import', at('list.csv'), '--yes'])
      expect(JSON.parse(await good(['profiles', 'show', 'Müller', '--json'])).settings.userName).toBe('CONTOSO\\a')
      await good(['profiles', 'show', 'b@contoso.example'])
    },
    slowMs,
  )
})

describe('bad input changes nothing and says what it is', () => {
  const nothing = (): void => expect(existsSync(other())).toBe(false)
  const refused = async (args: readonly string[], words: RegExp, input?: string, code = 2): Promise<void> => {
    const ended = await ews(args, { home: other(), ...(input === undefined ? {} : { input }) })
    expect(ended.stderr).toMatch(words)
    expect(ended).toMatchObject({ code, stdout: '' })
    nothing()
  }

  test(
    '200 MB, a directory, a file that is not there',
    async () => {
      writeFileSync(at('large'), '{')
      truncateSync(at('large'), 200 * 1024 * 1024)
      await refused(['import', at('large'), '--yes'], /larger than 16 MB/)
      await refused(['import', files.directory, '--yes'], /cannot be read \(EISDIR\)/)
      await refused(['import', at('nowhere'), '--yes'], /cannot be read \(ENOENT\)/)
    },
    slowMs,
  )

  test(
    'a place that cannot be written, a directory, and a recipient that is none',
    async () => {
      await stored()
      const failed = async (out: string, code: RegExp): Promise<void> => {
        const ended = await ews(['export', '--out', out])
        expect(ended.stderr).toMatch(code)
        expect(ended.code).toBe(1)
      }
      await failed('/nowhere/x.json', /ENOENT/)
      mkdirSync(at('directory'))
      await failed(at('directory'), /EISDIR/)
      const bad = `age1${'q'.repeat(58)}`
      expect(await ews(['export', '--recipient', bad, '--out', at('y.age')])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('age1'),
      })
      expect(existsSync(at('y.age'))).toBe(false)
    },
    slowMs,
  )

  test.skipIf(process.platform === 'win32')(
    'the disk full in the middle: the old file stays, and no half of a new one',
    async () => {
      await stored()
      await good(['export', '--out', at('kept.json')])
      const before = readFileSync(at('kept.json'))
      // A limit on the size of files fails a write in its middle, as a full disk does. Ignoring the signal makes it an error of the write.
      const limited = (args: readonly string[]) =>
        spawnSync('bash', ['-c', `trap '' XFSZ; ulimit -f 1; exec "$0" "$@"`, process.execPath, program, ...args], {
          env: environment({ home: files.home, env: key }),
          encoding: 'utf8',
        })
      await good([
        'profiles',
        'set',
        'Groß',
        '--email',
        `${'x'.repeat(60)}@contoso.example`,
        '--user',
        'y'.repeat(3_000),
      ])
      const listed = readdirSync(files.directory).toSorted()
      const exported = limited(['export', '--all', '--out', at('kept.json')])
      expect(exported.stderr).toMatch(/EFBIG/)
      expect(exported.status).toBe(1)
      expect(readFileSync(at('kept.json'))).toEqual(before)
      expect(readdirSync(files.directory).toSorted()).toEqual(listed)

      const config = readFileSync(join(files.home, 'config.json'))
      writeFileSync(
        at('in.json'),
        JSON.stringify({
          format: 'ews-setup-configuration',
          schema: 2,
          profiles: { Kunde: { settings: { userName: 'z'.repeat(3_000) } } },
        }),
      )
      const imported = limited(['import', at('in.json'), '--yes'])
      expect(imported.stderr).toMatch(/ENOSPC|EFBIG/)
      expect(imported.status).toBe(1)
      expect(readFileSync(join(files.home, 'config.json'))).toEqual(config)
      expect(stateFiles()).toEqual(['config.json', 'secrets.age'])
    },
    40_000,
  )
})

const noAge = spawnSync('age', ['--version']).status === 0 ? null : 'age is not installed (Debian: age)'
describe.skipIf(skipReason(noAge))('with the program age', () => {
  test(
    'opens what was sealed for a recipient, and the secret is in it',
    async () => {
      await stored('Geheimnis-ß')
      execFileSync('age-keygen', ['-o', at('key.txt')], { stdio: 'ignore' })
      const recipient = /age1\w+/.exec(readFileSync(at('key.txt'), 'utf8'))?.[0] ?? ''
      await good(['export', '--all', '--recipient', recipient, '--out', at('r.age')])
      const opened = JSON.parse(execFileSync('age', ['-d', '-i', at('key.txt'), at('r.age')], { encoding: 'utf8' }))
      expect(opened.profiles.Kunde.secrets).toEqual({ password: 'Geheimnis-ß' })
      await good(['import', at('r.age'), '--identity', at('key.txt'), '--yes'], { home: other() })
    },
    slowMs,
  )

  test(
    'opens with a passphrase what was sealed here, and what it seals is imported',
    async () => {
      await stored('Geheimnis-ß')
      await good(['export', '--with-secrets', '--passphrase-stdin', '--out', at('p.age')], { input: passphrase })
      // age asks for a passphrase at a terminal only; script gives it one.
      const typed = (command: string, input: string): string =>
        execFileSync('script', ['-qec', command, '/dev/null'], {
          input,
          encoding: 'utf8',
          stdio: ['pipe', 'pipe', 'pipe'],
        })
      typed(`age -d -o ${at('clear.json')} ${at('p.age')}`, `${passphrase}\n`)
      const clear = JSON.parse(readFileSync(at('clear.json'), 'utf8'))
      expect(clear.profiles.Kunde.secrets).toEqual({ password: 'Geheimnis-ß' })
      for (const armour of ['-a']) {
        const file = at(`back${armour}.age`)
        typed(`age -p ${armour} -o ${file} ${at('clear.json')}`, `${passphrase}\n${passphrase}\n`)
        await good(['import', file, '--passphrase-stdin', '--yes', '--replace-secrets'], {
          home: other(),
          input: passphrase,
        })
        expect(
          JSON.parse(await good(['profiles', 'show', 'Kunde', '--json'], { home: other() })).secrets.password,
        ).not.toBeNull()
      }
    },
    slowMs,
  )
})

test(
  'the published schema is the one of the program',
  () => {
    const checked = spawnSync(process.execPath, [join(program, '../../../scripts/schema.mjs'), '--check'], {
      encoding: 'utf8',
    })
    expect(checked.stderr).toBe('')
    expect(checked.status).toBe(0)
  },
  slowMs,
)
