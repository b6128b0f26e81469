/**
 * What is looked at in a packaged program. Static checks read files and bytes and work on any machine; a check that starts something says why it was not
 * made where it cannot. Nothing here passes because it was not looked at.
 */
import { existsSync, lstatSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Configuration } from 'electron-builder'
import type { Artifact } from './artifact.ts'
import { brokenFiles, readAsar, readAsarFile, type AsarArchive } from './asarArchive.ts'
import { fuseNames, readFuseWires } from './fuseWire.ts'

export type Outcome = 'passed' | 'failed' | 'not checked'
export type Check = { name: string; outcome: Outcome; detail: string }

const passed = (name: string, detail = ''): Check => ({ name, outcome: 'passed', detail })
const failed = (name: string, detail: string): Check => ({ name, outcome: 'failed', detail })
const notChecked = (name: string, detail: string): Check => ({ name, outcome: 'not checked', detail })
const judged = (name: string, problems: readonly string[], good = ''): Check =>
  problems.length === 0
    ? passed(name, good)
    : failed(name, problems.slice(0, 8).join('; ') + (problems.length > 8 ? ` … (${problems.length})` : ''))

/** Every fuse that the configuration names, as it stands on each wire of the binary. */
export function checkFuses(artifact: Artifact, config: Configuration): Check[] {
  const wires = readFuseWires(readFileSync(artifact.fuseFile))
  const expected: Readonly<Record<string, unknown>> = { ...config.electronFuses }
  return wires.flatMap((wire, index) => {
    const place = wires.length === 1 ? '' : ` (slice ${index + 1})`
    if (wire.kind === 'none') return [failed('fuses', 'the binary has no fuse wire')]
    if (wire.kind === 'unknown-version')
      return [failed('fuses', `the fuse wire has version ${wire.version}, which is not known here`)]
    return fuseNames
      .filter((name) => typeof expected[name] === 'boolean')
      .map((name) => {
        const is = wire.fuses[name] ?? 'absent'
        const shouldBe = expected[name] === true ? 'on' : 'off'
        return judged(`fuse ${name}${place}`, is === shouldBe ? [] : [`is ${is}, should be ${shouldBe}`], is)
      })
  })
}

/** Folders and packages that may be in the archive. */
const allowed = [/^package\.json$/, /^out\/(main|preload|renderer)\//, /^node_modules\//]
const unwanted: readonly [RegExp, string][] = [
  [/\.(map|tsx?|mts|cts|flow)$/, 'source or source map'],
  [/(^|\/)(test|tests|__tests__|\.github)\//, 'test'],
  [/\.(pem|key|p12|pfx|jks|kdbx|env|age)$|(^|\/)\.env/, 'may hold a secret'],
  [/^(src|test|docs|scripts|build|\.cache|out\/(cli|terminal))\//, 'no part of the program'],
]

/** The archive: the only place the program is loaded from, with what belongs into it and nothing else. */
export function checkArchive(
  artifact: Artifact,
  expected: { notNeeded: readonly string[]; nativeModules: readonly string[] },
): Check[] {
  const path = join(artifact.resources, 'app.asar')
  const rivals = ['app', 'default_app.asar', 'app-update.yml'].filter((name) =>
    existsSync(join(artifact.resources, name)),
  )
  let archive: AsarArchive
  try {
    archive = readAsar(path)
  } catch (error) {
    return [failed('archive', error instanceof Error ? error.message : 'it cannot be read')]
  }
  const paths = archive.files.map((file) => file.path)
  const strange = paths
    .filter((file) => !allowed.some((one) => one.test(file)))
    .map((file) => `${file}: does not belong here`)
  const bad = paths.flatMap((file) =>
    unwanted.filter(([pattern]) => pattern.test(file)).map(([, why]) => `${file}: ${why}`),
  )
  const surplus = expected.notNeeded.filter((place) => paths.some((file) => file.startsWith(`${place}/`)))
  const unpacked = archive.files.filter((file) => file.unpacked)
  const wronglyUnpacked = unpacked.filter(
    ({ path: file }) => !expected.nativeModules.some((name) => file.startsWith(`node_modules/${name}/`)),
  )
  const size = archive.files.reduce((sum, file) => sum + file.size, 0)
  return [
    judged(
      'only the archive',
      rivals.map((name) => `resources/${name} is there too`),
    ),
    judged(
      'archive: its files are what its header says',
      brokenFiles(path, archive),
      `${paths.length} files, ${(size / 1e6).toFixed(1)} MB`,
    ),
    judged('archive: nothing that does not belong there', [
      ...strange,
      ...bad,
      ...surplus.map((place) => `${place}: not needed`),
    ]),
    judged(
      'archive: no links',
      archive.links.map(({ path: file, to }) => `${file} leads to ${to}`),
    ),
    judged(
      'archive: only native modules lie beside it',
      wronglyUnpacked.map((file) => file.path),
    ),
    checkPackageFile(path, archive),
    checkHeaderHash(artifact, archive),
  ]
}

function checkPackageFile(path: string, archive: AsarArchive): Check {
  const name = 'archive: package.json'
  const file = archive.files.find((one) => one.path === 'package.json')
  if (file === undefined) return failed(name, 'is absent')
  let content: unknown
  try {
    content = JSON.parse(readAsarFile(path, archive, file).toString('utf8'))
  } catch {
    return failed(name, 'cannot be read')
  }
  const has = (key: string) =>
    typeof content === 'object' && content !== null && Reflect.get(content, key) !== undefined
  return judged(
    name,
    ['scripts', 'devDependencies'].filter(has).map((key) => `has ${key}`),
  )
}

/** Windows and macOS refuse an archive whose header is not the one that the program carries; Linux has no such check. */
function checkHeaderHash(artifact: Artifact, archive: AsarArchive): Check {
  const name = 'archive: its hash stands in the program'
  if (artifact.platform === 'linux') return notChecked(name, 'Electron checks archives on Windows and macOS only')
  const carrier = artifact.platform === 'darwin' ? join(artifact.directory, 'Contents', 'Info.plist') : artifact.program
  return judged(
    name,
    readFileSync(carrier).includes(archive.headerHash) ? [] : [`${archive.headerHash} was not found`],
    archive.headerHash,
  )
}

/** Beginnings of a library, by platform. */
const magic: Readonly<Record<Artifact['platform'], readonly string[]>> = {
  linux: ['7f454c46'],
  win32: ['4d5a'],
  // 64 bit, and universal.
  darwin: ['cffaedfe', 'cafebabe'],
}

/** That native modules lie beside the archive and are for this platform. */
export function checkNativeModules(artifact: Artifact, nativeModules: readonly string[]): Check[] {
  const places = [
    ['beside the archive', join(artifact.resources, 'app.asar.unpacked', 'node_modules')],
    ['of the terminal command', join(artifact.resources, 'terminal', 'cli', 'native')],
  ] as const
  return places.flatMap(([where, place]) =>
    nativeModules.map((module) => {
      const name = `native module ${module} ${where}`
      const binaries = filesBelow(join(place, module)).filter((file) => file.endsWith('.node'))
      if (binaries.length === 0) return failed(name, 'has no binary')
      const wrong = binaries.filter((file) => {
        const start = readFileSync(file).subarray(0, 4).toString('hex')
        return !magic[artifact.platform].some((one) => start.startsWith(one))
      })
      return judged(
        name,
        wrong.map((file) => `${file.slice(place.length + 1)} is for another platform`),
      )
    }),
  )
}

function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** What the file system of an installation says: nothing that others may write, and the sandbox's helper as it has to be. */
export function checkPermissions(artifact: Artifact): Check[] {
  const writable = 'files that everybody may write'
  if (process.platform === 'win32') return [notChecked(writable, 'Windows keeps rights in another way')]
  const all = readdirSync(artifact.directory, { recursive: true, withFileTypes: true })
  const open = all
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !lstatSync(file).isSymbolicLink() && (statSync(file).mode & 0o002) !== 0)
  const checks = [judged(writable, open)]
  if (artifact.platform === 'linux') {
    const helper = join(artifact.directory, 'chrome-sandbox')
    const mode = existsSync(helper) ? statSync(helper).mode & 0o7777 : null
    const fits = mode === 0o755 || mode === 0o4755
    checks.push(
      judged(
        'chrome-sandbox',
        fits ? [] : [mode === null ? 'is absent' : `has mode ${mode.toString(8)}`],
        `mode ${(mode ?? 0).toString(8)}; the Debian package sets 4755 where the kernel has no user namespaces`,
      ),
    )
  }
  return checks
}

/** Windows: asks for no rights of an administrator. macOS: is the program that it says. Linux: what `desktop` (an entry's text) starts. */
export function checkIdentity(
  artifact: Artifact,
  config: Configuration,
  desktop: readonly { name: string; text: string }[],
): Check[] {
  switch (artifact.platform) {
    case 'win32': {
      const bytes = readFileSync(artifact.program).toString('latin1')
      const levels = [...bytes.matchAll(/requestedExecutionLevel[^>]*\blevel=["'](\w+)["']/g)].map(
        (match) => match[1] ?? '',
      )
      const wrong = levels.filter((level) => level !== 'asInvoker')
      const name = 'asks for no rights of an administrator'
      // Windows starts such a program as the person, but nothing says that it was meant.
      if (levels.length === 0) return [notChecked(name, 'the program names no execution level')]
      return [judged(name, wrong, 'asInvoker')]
    }
    case 'darwin': {
      const plist = readFileSync(join(artifact.directory, 'Contents', 'Info.plist'), 'utf8')
      const identifier = /<key>CFBundleIdentifier<\/key>\s*<string>([^<]*)</.exec(plist)?.[1]
      return [
        judged('bundle identifier', identifier === config.appId ? [] : [`is ${identifier ?? 'absent'}`], identifier),
      ]
    }
    case 'linux': {
      const name = 'desktop entry keeps the sandbox'
      if (desktop.length === 0) return [notChecked(name, 'a directory has none; give the .deb or the .AppImage')]
      return desktop.map((entry) =>
        judged(`${name}: ${entry.name}`, entry.text.includes('--no-sandbox') ? ['starts with --no-sandbox'] : []),
      )
    }
  }
}

/** Desktop entries in an unpacked Debian package or AppImage, whose program lies at `directory`. */
export function desktopEntries(root: string): { name: string; text: string }[] {
  return filesBelow(root)
    .filter((file) => file.endsWith('.desktop'))
    .map((file) => ({ name: file.slice(dirname(root).length + 1), text: readFileSync(file, 'utf8') }))
}
