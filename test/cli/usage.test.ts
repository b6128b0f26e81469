/** Wrong usage: exit 2, one sentence on standard error in the language asked for, nothing on standard output, nothing sent. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startDemo, type DemoExchange } from '../../src/demo/index.ts'
import { buildProgram, run, scratch, worldOptions, type Scratch } from './program.ts'

let files: Scratch
beforeAll(buildProgram, 60_000)
beforeEach(() => {
  files = scratch()
  return files.remove
})

const address = 'a@b.example'

const refusals: [string, readonly string[], RegExp, RegExp][] = [
  ['an unknown command', ['frob'], /no command “frob”/, /keinen Befehl „frob“/],
  ['an unknown option', ['locate', '--frob', address], /no option “--frob”/, /keine Option „--frob“/],
  ['an option without value', ['locate', address, '--dns'], /“--dns” needs a value/, /„--dns“ braucht einen Wert/],
  ['too many arguments', ['locate', address, 'c'], /more arguments than “locate”/, /mehr Argumente, als „locate“/],
  ['no address', ['locate'], /ews-setup locate <email>/, /ews-setup locate <E-Mail>/],
  ['two addresses', ['test', address, '--email', 'c@b.example'], /twice/, /zweimal/],
  ['an unknown scheme', ['test', address, '--auth', 'kerberos'], /kerberos.*oauth/, /kerberos.*oauth/],
  ['an unknown cloud', ['test', address, '--cloud', 'moon'], /moon.*gcc-high/, /moon.*gcc-high/],
  [
    'an unknown version',
    ['test', address, '--ews-version', '2003'],
    /2003.*Exchange2013_SP1/,
    /2003.*Exchange2013_SP1/,
  ],
  ['a host with a path', ['test', address, '--trust-host', 'https://x.example/y'], /host name/, /Hostnamen/],
  ['an unreadable mapping', ['locate', address, '--connect-to', 'x'], /HOST:PORT:ADDR:PORT/, /HOST:PORT:ADRESSE:PORT/],
  ['a resolver by name', ['locate', address, '--dns', 'ns.example'], /IP address/, /IP-Adresse/],
  ['a proxy of another kind', ['locate', address, '--proxy', 'socks5://x'], /--proxy/, /--proxy/],
  ['a CA file that is not there', ['locate', address, '--cacert', '/nowhere/ca.pem'], /ENOENT/, /ENOENT/],
  [
    'a CA file without certificate',
    ['locate', address, '--cacert', 'package.json'],
    /no certificate/,
    /kein Zertifikat/,
  ],
  ['too short a budget', ['locate', address, '--timeout', '0'], /from 1 to 600/, /zwischen 1 und 600/],
  ['a budget in words', ['locate', address, '--timeout', 'long'], /from 1 to 600/, /zwischen 1 und 600/],
  ['an unknown profile', ['test', '--profile', 'nowhere'], /“nowhere”/, /„nowhere“/],
  [
    'a profile named like a property of objects',
    ['test', '--profile', 'constructor'],
    /“constructor”/,
    /„constructor“/,
  ],
  [
    'both secrets from standard input',
    ['test', address, '--password-stdin', '--client-secret-stdin'],
    /Only one secret/,
    /Nur ein Geheimnis/,
  ],
  ['evidence into nowhere', ['locate', address, '--evidence', '/nowhere/e.json'], /ENOENT/, /ENOENT/],
  ['an unknown scenario', ['demo', 'nowhere'], /“nowhere”/, /„nowhere“/],
  ['a port too high', ['serve', '--port', '99999'], /65535/, /65535/],
  ['an argument of serve', ['serve', 'x'], /more arguments than “serve”/, /mehr Argumente, als „serve“/],
]

describe.each(['en', 'de'] as const)('%s', (language) => {
  test.each(refusals)('%s', async (_name, args, english, german) => {
    const { code, stdout, stderr } = await run([...args, '--lang', language], { home: files.home })
    expect(stderr).toMatch(language === 'en' ? english : german)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

test('no command at all prints the help on standard error', async () => {
  const { code, stdout, stderr } = await run([], { home: files.home })
  expect(stderr).toMatch(/^Usage: ews-setup/)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test('a language before the command counts, and an unknown one is refused', async () => {
  expect((await run(['--lang', 'de', 'locate'], { home: files.home })).stderr).toMatch(/E-Mail-Adresse/)
  expect((await run(['--lang=de', 'locate'], { home: files.home })).stderr).toMatch(/E-Mail-Adresse/)
  const unknown = await run(['locate', address, '--lang', 'fr'], { home: files.home })
  expect(unknown.code).toBe(2)
  expect(unknown.stderr).toMatch(/fr.*de, en/)
})

test.each([
  ['de_AT.UTF-8', /E-Mail-Adresse/],
  ['C.UTF-8', /e-mail address/],
  ['fr_FR.UTF-8', /e-mail address/],
])('without --lang the locale %s decides', async (locale, words) => {
  expect((await run(['locate'], { home: files.home, env: { LC_ALL: locale } })).stderr).toMatch(words)
})

test('help is complete in both languages, and names --no-proxy as it is typed', async () => {
  const options = [
    'profile',
    'email',
    'url',
    'user',
    'tenant',
    'client-id',
    'password-stdin',
    'client-secret-stdin',
    'ews-version',
    'auth',
    'no-fallback',
    'cloud',
    'trust-host',
    'cacert',
    'connect-to',
    'dns',
    'proxy',
    'no-proxy',
    'timeout',
    'lang',
    'json',
    'evidence',
    'debug',
  ]
  for (const [language, heading] of [
    ['en', 'Options:'],
    ['de', 'Optionen:'],
  ] as const) {
    for (const command of ['locate', 'test']) {
      const { code, stdout, stderr } = await run([command, '--help', '--lang', language], { home: files.home })
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain(heading)
      expect(options.filter((option) => !new RegExp(`--${option}[ \\n]`).test(stdout))).toEqual([])
      expect(stdout).not.toContain('proxy-exceptions')
    }
  }
})

test('settings of a newer version and damaged ones cannot be started from', async () => {
  mkdirSync(files.home, { recursive: true })
  for (const content of ['{"schema":99,"profiles":{}}', '{"schema":1,', '[]']) {
    writeFileSync(join(files.home, 'config.json'), content)
    const { code, stdout, stderr } = await run(['test', '--profile', 'Standard'], { home: files.home })
    expect(stderr).toMatch(/cannot be read/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  }
})

describe('with a server that counts', () => {
  let demo: DemoExchange
  beforeAll(async () => void (demo = await startDemo({ scenario: 'healthy-on-prem' })))
  afterAll(() => demo.stop())

  test.each([
    ['evidence that cannot be written', ['--evidence', '/nowhere/e.json']],
    ['evidence into a directory', ['--evidence', '.']],
    ['an unknown profile', ['--profile', 'nowhere']],
    ['both secrets from standard input', ['--password-stdin', '--client-secret-stdin']],
  ])('%s: nothing is sent', async (_name, more) => {
    const { code } = await run(['test', 'anna@contoso.example', ...worldOptions(demo), ...more], {
      home: files.home,
      input: 'secret',
    })
    expect(code).toBe(2)
    expect(demo.journal).toEqual([])
    expect(demo.queries).toEqual([])
  })
})
