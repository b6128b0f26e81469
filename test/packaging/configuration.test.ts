/** The packaging configuration against electron-builder's own schema, and against what it names: files, identities, the bundle, the lock. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { createRequire, isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import config, { nativeModules, notNeeded } from '../../electron-builder.config.ts'
import { appId } from '../../src/main/appId.ts'
import { launcherDe } from '../../src/texts/launcher.de.ts'
import { launcherEn } from '../../src/texts/launcher.en.ts'

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url))
const text = (relative: string) => readFileSync(path(relative), 'utf8')
const packageFile = z
  .object({
    desktopName: z.string(),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(JSON.parse(text('package.json')))

type Validate = (config: unknown, log: { isEnabled: boolean }) => Promise<void>
const require = createRequire(import.meta.url)
const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as {
  validateConfiguration: Validate
}

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [path('scripts/build.mjs')])
}, 60_000)

test('electron-builder accepts it, and would not accept a name that it does not know', async () => {
  const log = { isEnabled: false }
  await expect(validateConfiguration(structuredClone(config), log)).resolves.toBeUndefined()
  await expect(validateConfiguration({ ...config, win: { ...config.win, elevate: true } }, log)).rejects.toThrow(
    /configuration.win/,
  )
  // Compiling that schema takes its time.
}, 60_000)

test('what nobody may loosen: fuses, archive, rights', () => {
  expect(config.electronFuses).toMatchObject({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  })
  expect(config).toMatchObject({ asar: true, npmRebuild: false, publish: null, toolsets: { appimage: '1.0.3' } })
  expect(config.disableAsarIntegrity).toBeUndefined()
  expect(config.win).toMatchObject({ target: ['nsis', 'portable'], requestedExecutionLevel: 'asInvoker' })
  expect(config.nsis).toMatchObject({ perMachine: false, allowElevation: false })
  expect(config.portable).toMatchObject({ requestExecutionLevel: 'user' })
  expect(config.mac).toMatchObject({ target: ['dmg'], hardenedRuntime: true })
  expect(config.linux).toMatchObject({ target: ['AppImage', 'deb'], syncDesktopName: true })
  expect(config.deb?.depends).toContain('libsecret-1-0')
})

test('one identity: installers, notifications of Windows, desktop entry', () => {
  expect(config.appId).toBe(appId)
  expect(packageFile.desktopName).toBe(`${appId}.desktop`)
  expect(text('src/main/index.ts')).toContain('app.setAppUserModelId(appId)')
})

test('every file that it names is there', () => {
  const named = [
    config.win?.icon,
    config.nsis?.include,
    config.mac?.icon,
    config.mac?.entitlements,
    config.mac?.entitlementsInherit,
    config.linux?.icon,
  ].map((file) => (typeof file === 'string' ? path(file) : ''))
  const added = (config.deb?.fpm ?? []).map((mapping) => mapping.slice(0, mapping.indexOf('=')))
  expect(added).toHaveLength(2)
  expect([...named, ...added].filter((file) => !existsSync(file))).toEqual([])
  expect(statSync(path('build/linux/ews-setup')).mode & 0o111).toBe(0o111)
  expect(text('build/linux/ews-setup')).toContain(`'/opt/${config.productName}/resources/terminal/ews-setup' "$@"`)
})

test('it packs the packages that the main process imports, and no other', () => {
  const imported = new Set<string>()
  for (const file of readdirSync(path('out/main'))) {
    const code = text(`out/main/${file}`)
    for (const [, name = ''] of code.matchAll(/^import [^;]*?["']([^"'.][^"']*)["'];?$/gm)) imported.add(name)
    for (const [, name = ''] of code.matchAll(/\bimport\(["']([^"'.][^"']*)["']\)/g)) imported.add(name)
  }
  const packages = [...imported]
    .filter((name) => name !== '' && !name.startsWith('node:') && !isBuiltin(name) && name !== 'electron')
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    )
  // Loaded by a name in a variable.
  expect([...new Set([...packages, 'kerberos'])].sort()).toEqual([...nativeModules].sort())
  for (const name of nativeModules) expect(packageFile.devDependencies[name]).toBeUndefined()
  expect(notNeeded).toContain('node_modules/commander')
  expect(notNeeded).toContain('node_modules/prebuild-install')
  for (const name of nativeModules) expect(notNeeded).not.toContain(`node_modules/${name}`)
})

test('files: nobody loses the program for .json and .age', () => {
  const installer = text('build/windows/installer.nsh')
  const written = [...installer.matchAll(/^ *WriteReg\w+ SHELL_CONTEXT ("[^"]*") ("[^"]*")/gm)]
  expect(written.length).toBeGreaterThan(5)
  for (const [, key = ''] of written) expect(key).not.toMatch(/Classes\\\.json|Classes\\\.age"/)
  expect(installer).not.toMatch(/APP_ASSOCIATE|UserChoice|HKLM/)
  const types = z
    .array(z.object({ LSHandlerRank: z.enum(['None', 'Alternate']), LSItemContentTypes: z.array(z.string()) }))
    .parse(Reflect.get(config.mac?.extendInfo ?? {}, 'CFBundleDocumentTypes'))
  expect(types.find((type) => type.LSItemContentTypes.includes('public.json'))?.LSHandlerRank).toBe('None')
  const mime = text('build/linux/mime.xml')
  expect([...mime.matchAll(/<glob pattern="([^"]*)"/g)].map(([, glob]) => glob)).toEqual(['*.ews-setup.json', '*.age'])
  expect([...mime.matchAll(/<mime-type type="([^"]*)"/g)].map(([, type]) => type)).toEqual(config.linux?.mimeTypes)
  // electron-builder's own list would make the program the default.
  expect([config, config.win, config.mac, config.linux].some((part) => part?.fileAssociations !== undefined)).toBe(
    false,
  )
})

test('macOS: one exception from the hardened runtime', () => {
  const keys = [...text('build/entitlements.mac.plist').matchAll(/<key>([^<]*)<\/key>/g)].map(([, key]) => key)
  expect(keys).toEqual(['com.apple.security.cs.allow-jit'])
})

test('icons: each container holds the sizes that its system asks for', () => {
  const ico = readFileSync(path('build/icon.ico'))
  const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_entry, index) => {
    const entry = 6 + 16 * index
    const offset = ico.readUInt32LE(entry + 12)
    const length = ico.readUInt32LE(entry + 8)
    expect(offset + length).toBeLessThanOrEqual(ico.length)
    // The bitmap's own width, or PNG for the largest.
    const own = ico.readUInt32LE(offset) === 40 ? ico.readInt32LE(offset + 4) : ico.readUInt32BE(offset + 16)
    expect(own).toBe(ico[entry] === 0 ? 256 : ico[entry])
    return own
  })
  expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256])
  const icns = readFileSync(path('build/icon.icns'))
  expect(icns.readUInt32BE(4)).toBe(icns.length)
  const widths = new Map<string, number>()
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    widths.set(icns.toString('latin1', at, at + 4), icns.readUInt32BE(at + 8 + 16))
  }
  expect(Object.fromEntries(widths)).toEqual({
    ic11: 32,
    ic12: 64,
    ic07: 128,
    ic08: 256,
    ic13: 256,
    ic09: 512,
    ic14: 512,
    ic10: 1024,
  })
  for (const name of readdirSync(path('build/icons'))) {
    const png = readFileSync(path(`build/icons/${name}`))
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}.png`).toBe(name)
  }
})

test('what the wrappers say survives any console: ASCII, and nothing that a shell would take for its own', () => {
  for (const sentence of [...Object.values(launcherDe), ...Object.values(launcherEn)]) {
    expect(sentence).toMatch(/^[\x20-\x7e]+$/)
    expect(sentence).not.toMatch(/["'`%!^&|<>\\]/)
  }
})

test('every package with an install script has a decision, and none is undecided', () => {
  const lock = z
    .object({
      packages: z.record(
        z.string(),
        z.object({ name: z.string().optional(), hasInstallScript: z.boolean().optional() }),
      ),
    })
    .parse(JSON.parse(text('package-lock.json')))
  const names = Object.entries(lock.packages)
    .filter(([place, entry]) => place !== '' && entry.hasInstallScript)
    .map(([place, entry]) => entry.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length))
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => packageFile.allowScripts[name] === undefined)).toEqual([])
})
