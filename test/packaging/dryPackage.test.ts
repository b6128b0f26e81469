/**
 * A package that electron-builder itself has put together around a stand-in for Electron's binary: what verify:packaged says of it, that its program and its
 * terminal command run from there alone, and that each thing that may go wrong with it turns the check red. What needs Electron's own binary is not shown here.
 */
import { execFile, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { extractAll } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import config, { nativeModules, notNeeded } from '../../electron-builder.config.ts'
import { findArtifact, type Artifact } from '../../scripts/packaged/artifact.ts'
import {
  checkArchive,
  checkFuses,
  checkIdentity,
  checkNativeModules,
  checkPermissions,
  type Check,
} from '../../scripts/packaged/checks.ts'
import { launcherDe } from '../../src/texts/launcher.de.ts'
import { launcherEn } from '../../src/texts/launcher.en.ts'
import { dialogReady, openDesktop } from '../desktop/desktop.ts'
import { theDouble } from '../desktop/hosts.ts'
import { skipReason } from '../servers/skip.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const names = { productName: config.productName ?? '', linuxExecutable: config.linux?.executableName ?? '' }

/** electron-builder makes packages for Linux anywhere; the rights of files in it are those of a system that has them. */
const isUnix = process.platform !== 'win32'

let output: string
let packed: Artifact
let targets: z.infer<typeof targetsSchema>
const targetsSchema = z.object({
  missing: z.array(z.string()),
  options: z.array(
    z.discriminatedUnion('target', [
      z.object({ target: z.literal('AppImage'), desktop: z.string(), desktopFile: z.string() }),
      z.object({ target: z.literal('deb'), args: z.array(z.string()), desktop: z.string(), afterInstall: z.string() }),
    ]),
  ),
})

function artifactIn(directory: string): Artifact {
  const found = findArtifact(directory, names)
  if (found === null) throw new Error(`no packaged program in ${directory}`)
  return found
}

beforeAll(async () => {
  output = mkdtempSync(join(tmpdir(), 'ews-dry-'))
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'package-dry.mjs'), output], { cwd: root })
  packed = artifactIn(output)
  targets = targetsSchema.parse(JSON.parse(readFileSync(join(output, 'targets.json'), 'utf8')))
}, 180_000)
afterAll(() => rmSync(output, { recursive: true, force: true, maxRetries: 10 }))

describe.skipIf(!isUnix)('the package', () => {
  test('verify:packaged finds nothing wrong, and says what it could not look at', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(root, 'scripts', 'verify-packaged.mjs'),
      '--json',
      output,
    ])
    const checks = z
      .array(z.object({ checks: z.array(z.object({ name: z.string(), outcome: z.string(), detail: z.string() })) }))
      .parse(JSON.parse(stdout))
      .flatMap((report) => report.checks)
    const withoutKerberos = targets.missing.includes('kerberos')
    expect(
      checks.filter(({ outcome, name }) => outcome === 'failed' && !(withoutKerberos && /kerberos/.test(name))),
    ).toEqual([])
    expect(checks.filter(({ outcome }) => outcome === 'not checked').map(({ name }) => name)).toEqual([
      'archive: its hash stands in the program',
      'desktop entry keeps the sandbox',
      'signature',
      'started: ELECTRON_RUN_AS_NODE, NODE_OPTIONS and --inspect have no effect',
      'developer tools do not open',
    ])
    expect(checks.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(20)
  }, 60_000)

  test('nothing to look at is no success', () => {
    const { status, stderr } = spawnSync(process.execPath, [
      join(root, 'scripts', 'verify-packaged.mjs'),
      join(root, 'docs'),
    ])
    expect([status, stderr.toString()]).toEqual([2, expect.stringContaining('no packaged program')])
  }, 60_000)

  test('installers: desktop entries keep the sandbox, and open what they say', () => {
    expect(targets.options.map(({ target }) => target).sort()).toEqual(['AppImage', 'deb'])
    for (const option of targets.options) {
      expect(option.desktop).not.toContain('--no-sandbox')
      expect(option.desktop).toContain('StartupWMClass=de.ews-setup.app\n')
      expect(option.desktop).toContain('MimeType=application/x-ews-setup+json;application/x-age-encryption;\n')
      expect(option.desktop).toMatch(/^Exec=.* %U$/m)
      if (option.target === 'AppImage') expect(option.desktopFile).toBe('de.ews-setup.app.desktop')
      else {
        const to = (place: string) => option.args.filter((argument) => argument.endsWith(`=${place}`))
        expect(to('/usr/bin/ews-setup')).toEqual([`${join(root, 'build/linux/ews-setup')}=/usr/bin/ews-setup`])
        expect(to('/usr/share/applications/de.ews-setup.app.desktop')).toHaveLength(1)
        expect(to('/usr/share/mime/packages/ews-setup-app.xml')).toHaveLength(1)
        expect(to(`/opt/${names.productName}`)).toHaveLength(1)
        expect(option.afterInstall).toContain(`chmod 4755 '/opt/${names.productName}/chrome-sandbox'`)
        // Its link is the window's program; the terminal command is the package's own file.
        expect(option.afterInstall).not.toMatch(/\/usr\/bin\/ews-setup'/)
      }
    }
  })
})

/** Some of what a later Node has this one does not know: its name says it. */
const comesWithElectron = (name: string): boolean => name === 'electron' || name.startsWith('node:') || isBuiltin(name)

describe('the program', () => {
  const app = () => join(output, 'extracted')
  beforeAll(() => extractAll(join(packed.resources, 'app.asar'), app()), 60_000)

  test('has every module that it imports', async () => {
    const main = join(app(), 'out', 'main')
    const code = readdirSync(main).map((file) => readFileSync(join(main, file), 'utf8'))
    const imported = code.flatMap((one) =>
      [
        ...one.matchAll(/^import [^;]*?["']([^"'.][^"']*)["'];?$/gm),
        ...one.matchAll(/\bimport\(["']([^"'.][^"']*)["']\)/g),
      ].map(([, name = '']) => name),
    )
    const modules = new Set([...imported.filter((name) => !comesWithElectron(name)), ...nativeModules])
    expect([...modules].filter((name) => !nativeModules.includes(name))).toEqual([])
    const probe = join(main, 'probe.mjs')
    writeFileSync(
      probe,
      `for (const name of ${JSON.stringify([...modules])}) await import(name)\nprocess.stdout.write('all')\n`,
    )
    const { stdout } = await promisify(execFile)(process.execPath, [probe], { cwd: tmpdir() })
    expect(stdout).toBe('all')
  }, 60_000)

  test.skipIf(skipReason(theDouble().missing))(
    'shows its dialog, on the double of Electron',
    async () => {
      const desktop = await openDesktop(theDouble(), { bundles: join(app(), 'out'), windowMs: 60_000 })
      try {
        await dialogReady(desktop.page)
      } finally {
        await desktop.close()
      }
    },
    120_000,
  )
})

describe.skipIf(!isUnix)('the terminal command beside it', () => {
  let command: string
  let home: string
  const place = () => dirname(command)
  /** In an environment of its own; `path` is the search path. */
  const call = (args: string[], { path = dirname(process.execPath), file = command, environment = {} } = {}) =>
    spawnSync('/bin/sh', [file, ...args], {
      encoding: 'utf8',
      cwd: home,
      env: { PATH: path, HOME: home, EWS_SETUP_HOME: join(home, 'state'), LANG: 'en_GB.UTF-8', ...environment },
    })

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'ews terminal '))
    command = join(home, 'resources', 'terminal', 'ews-setup')
    cpSync(join(packed.resources, 'terminal'), dirname(command), { recursive: true })
  })
  afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 10 }))

  test('there is no node_modules that it could fall back on', () => {
    for (let directory = place(); directory !== dirname(directory); directory = dirname(directory)) {
      expect(existsSync(join(directory, 'node_modules'))).toBe(false)
    }
  })

  test('runs the whole demonstration', () => {
    const { status, stdout, stderr } = call(['demo', '--once', '--json'])
    expect([status, stderr]).toEqual([0, expect.any(String)])
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, auth: expect.any(String) })
  }, 90_000)

  test('reads its state, judges evidence, and has the files of the dialog', () => {
    expect(JSON.parse(call(['profiles', 'list', '--json']).stdout)).toBeDefined()
    const explained = spawnSync('/bin/sh', [command, 'explain', '-', '--json'], {
      input: 'AADSTS7000215: Invalid client secret provided.',
      encoding: 'utf8',
      env: { PATH: dirname(process.execPath), EWS_SETUP_HOME: join(home, 'state') },
    })
    expect(JSON.parse(explained.stdout)).toMatchObject({ findings: [{ id: 'client-secret-wrong' }] })
    expect(existsSync(join(place(), 'renderer', 'index.html'))).toBe(true)
  }, 60_000)

  test('goes on without the binary of keytar, and takes no secret that it cannot keep', () => {
    const without = join(home, 'without')
    cpSync(place(), without, { recursive: true })
    rmSync(join(without, 'cli', 'native', 'keytar', 'prebuilds'), { recursive: true })
    const set = spawnSync(
      '/bin/sh',
      [join(without, 'ews-setup'), 'profiles', 'set', 'A', '--email', 'a@contoso.example', '--password-stdin'],
      {
        input: 'secret-in-a-test',
        encoding: 'utf8',
        env: { PATH: dirname(process.execPath), HOME: home, EWS_SETUP_HOME: join(home, 'other') },
      },
    )
    expect(set.status).toBe(2)
    expect(set.stderr).toContain('EWS_SETUP_KEY')
  }, 60_000)

  test('is found through a link, and by a name without a slash', () => {
    const link = join(home, 'ews-link')
    symlinkSync('resources/terminal/ews-setup', link)
    const search = `${dirname(process.execPath)}:/usr/bin:/bin`
    expect(call(['--version'], { file: link, path: search }).stdout).toBe(`${packageVersion()}\n`)
    const bare = spawnSync('/bin/sh', ['ews-setup', '--version'], {
      cwd: place(),
      encoding: 'utf8',
      env: { PATH: search },
    })
    expect(bare.stdout).toBe(`${packageVersion()}\n`)
  })

  test('without a Node.js it says so, in both languages', () => {
    const filled = (sentence: string) => sentence.replace('{version}', '20.19')
    const english = call([], { path: '/nowhere' })
    expect([english.status, english.stderr.trim()]).toEqual([127, filled(launcherEn.noNode)])
    const german = call([], { path: '/nowhere', environment: { LANG: 'de_AT.UTF-8' } })
    expect([german.status, german.stderr.trim()]).toEqual([127, filled(launcherDe.noNode)])
    expect(call([], { environment: { EWS_SETUP_NODE: '/nowhere/node' } }).status).toBe(127)
    expect(call(['--version'], { path: '/nowhere', environment: { EWS_SETUP_NODE: process.execPath } }).status).toBe(0)
  })

  test.each([
    ['20.18.3', 1],
    ['18.20.0', 1],
    ['20.19.0', 0],
    ['24.1.0', 0],
  ])('Node.js %s', (version, status) => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); process.argv.splice(1, 0, 'start'); require(process.argv[2])`
    const child = spawnSync(process.execPath, ['-e', pretend, join(place(), 'cli', 'start.cjs'), '--version'], {
      encoding: 'utf8',
    })
    expect([child.status, child.stderr.includes(version)]).toEqual([status, status === 1])
  })
})

describe.skipIf(!isUnix)('each of these turns the check red', () => {
  const failedBy = (checks: Check[]) => checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
  const allOf = (artifact: Artifact) => [
    ...checkFuses(artifact, config),
    ...checkArchive(artifact, { notNeeded, nativeModules }),
    ...checkNativeModules(
      artifact,
      nativeModules.filter((name) => !targets.missing.includes(name)),
    ),
    ...checkPermissions(artifact),
  ]
  let copy: Artifact

  beforeAll(() => {
    const directory = join(output, 'broken')
    cpSync(packed.directory, directory, { recursive: true })
    copy = artifactIn(directory)
    expect(failedBy(allOf(copy))).toEqual([])
  }, 60_000)

  const fuseAt = (bytes: Buffer, index: number) => bytes.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX') + 34 + index
  const asar = () => join(copy.resources, 'app.asar')
  /** Changes bytes of a file, and takes that back. */
  const patched = (file: string, patch: (bytes: Buffer) => void) => {
    const before = readFileSync(file)
    const after = Buffer.from(before)
    patch(after)
    writeFileSync(file, after)
    return () => writeFileSync(file, before)
  }

  test.each<[string, () => () => void, string[]]>([
    [
      'the program runs as Node',
      () => patched(copy.program, (bytes) => void bytes.write('1', fuseAt(bytes, 0))),
      ['fuse runAsNode'],
    ],
    [
      'the archive is not checked',
      () => patched(copy.program, (bytes) => void bytes.write('0', fuseAt(bytes, 4))),
      ['fuse enableEmbeddedAsarIntegrityValidation'],
    ],
    [
      'a fuse is gone',
      () => patched(copy.program, (bytes) => void bytes.write('r', fuseAt(bytes, 5))),
      ['fuse onlyLoadAppFromAsar'],
    ],
    [
      'there is a directory beside the archive',
      () => {
        const rival = join(copy.resources, 'app')
        mkdirSync(rival)
        return () => rmSync(rival, { recursive: true })
      },
      ['only the archive'],
    ],
    [
      'a byte in the archive, of its package.json',
      () => patched(asar(), (bytes) => bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1)),
      ['archive: its files are what its header says', 'archive: package.json'],
    ],
    [
      'a native module of another platform',
      () =>
        patched(
          join(copy.resources, 'terminal/cli/native/keytar/prebuilds', `linux-${process.arch}`, 'keytar.node'),
          (bytes) => void bytes.write('MZ'),
        ),
      ['native module keytar of the terminal command'],
    ],
    [
      'no native module beside the archive',
      () => {
        const module = join(`${asar()}.unpacked`, 'node_modules', 'keytar')
        renameSync(module, join(output, 'aside'))
        return () => renameSync(join(output, 'aside'), module)
      },
      ['archive: its files are what its header says', 'native module keytar beside the archive'],
    ],
    [
      'a file that everybody may write',
      () => {
        chmodSync(asar(), 0o666)
        return () => chmodSync(asar(), 0o644)
      },
      ['files that everybody may write'],
    ],
    [
      'no helper of the sandbox',
      () => {
        renameSync(join(copy.directory, 'chrome-sandbox'), join(output, 'aside'))
        return () => renameSync(join(output, 'aside'), join(copy.directory, 'chrome-sandbox'))
      },
      ['chrome-sandbox'],
    ],
  ])('%s', (_name, breakIt, failing) => {
    const repair = breakIt()
    try {
      expect(failedBy(allOf(copy))).toEqual(failing)
    } finally {
      repair()
    }
  })

  test('a source, a map, a key, a package that is not needed', async () => {
    const { createPackage } = await import('@electron/asar')
    const source = join(output, 'source')
    for (const file of [
      'package.json',
      'out/main/index.js',
      'out/main/index.js.map',
      'out/main/a.ts',
      'src/x.js',
      'out/key.pem',
      'node_modules/commander/index.js',
    ]) {
      mkdirSync(dirname(join(source, file)), { recursive: true })
      writeFileSync(join(source, file), file === 'package.json' ? '{"scripts":{}}' : file)
    }
    const resources = join(output, 'strange', 'resources')
    mkdirSync(resources, { recursive: true })
    await createPackage(source, join(resources, 'app.asar'))
    const checks = checkArchive({ ...copy, resources }, { notNeeded, nativeModules })
    expect(failedBy(checks)).toEqual(['archive: nothing that does not belong there', 'archive: package.json'])
    const { detail = '' } = checks.find(({ outcome }) => outcome === 'failed') ?? {}
    for (const part of ['out/main/index.js.map', 'out/main/a.ts', 'src/x.js', 'out/key.pem', 'node_modules/commander'])
      expect(detail).toContain(part)
  })

  test('a desktop entry without the sandbox; a program of Windows that wants to be administrator, or carries another hash', () => {
    const entry = { name: 'x.desktop', text: '[Desktop Entry]\nExec=AppRun --no-sandbox %U\n' }
    expect(failedBy(checkIdentity(copy, config, [entry]))).toEqual(['desktop entry keeps the sandbox: x.desktop'])
    const program = join(output, 'program.exe')
    const windows: Artifact = { ...copy, platform: 'win32', program }
    const manifest = (level: string, quote = '"') =>
      `MZ<requestedExecutionLevel level=${quote}${level}${quote} uiAccess="false"/>`
    writeFileSync(program, manifest('requireAdministrator'))
    expect(failedBy(checkIdentity(windows, config, []))).toEqual(['asks for no rights of an administrator'])
    expect(failedBy(checkArchive(windows, { notNeeded, nativeModules }))).toEqual([
      'archive: its hash stands in the program',
    ])
    writeFileSync(program, manifest('highestAvailable', "'"))
    expect(failedBy(checkIdentity(windows, config, []))).toEqual(['asks for no rights of an administrator'])
    writeFileSync(program, manifest('asInvoker'))
    expect(checkIdentity(windows, config, []).map(({ outcome }) => outcome)).toEqual(['passed'])
    writeFileSync(program, 'MZ')
    expect(checkIdentity(windows, config, []).map(({ outcome }) => outcome)).toEqual(['not checked'])
  })
})

function packageVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version
}
