// A package made by electron-builder itself around a stand-in for Electron's binary: without network, for this machine's kind of archive, permissions
// and contents. The stand-in carries a fuse wire as Electron 45 ships it, and starts nothing.
import { createRequire } from 'node:module'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './build.mjs'
import { buildTerminal } from './terminal.mjs'

/** What @electron/fuses looks for, the version of the wire, its length and its nine fuses as Electron 45 is published. */
const wire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
  Buffer.from([1, 9]),
  Buffer.from('101100011', 'latin1'),
])

/**
 * Packs into `output` and returns `{ directory, options, missing }`: the program's directory, what electron-builder was about to hand to the tools of its
 * targets (which are not fetched), and native modules that are not there. `targets`: names such as `deb`; none is the bare directory.
 */
export async function dryPackage({ output, targets = ['dir'] }) {
  const { missing } = await buildTerminal()
  const dist = join(output, 'electron')
  await rm(output, { recursive: true, force: true })
  await mkdir(join(dist, 'locales'), { recursive: true })
  await mkdir(join(dist, 'resources'), { recursive: true })
  for (const language of ['de', 'en-US', 'fr']) await writeFile(join(dist, 'locales', `${language}.pak`), '')
  await writeFile(
    join(dist, 'electron'),
    Buffer.concat([Buffer.from('#!/bin/sh\necho This is no Electron. >&2\nexit 70\n'), wire, Buffer.from('\n')]),
  )
  await writeFile(join(dist, 'chrome-sandbox'), '')
  await writeFile(join(dist, 'LICENSE'), 'in place of the licence of Electron\n')
  for (const file of ['electron', 'chrome-sandbox']) await chmod(join(dist, file), 0o755)

  const require = createRequire(import.meta.url)
  const { build, Platform, Arch } = require('electron-builder')
  const options = []
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget(targets, Arch[process.arch]),
    publish: 'never',
    // electron-builder reads the configuration by itself, as it does for a release.
    config: {
      extends: join(root, 'electron-builder.config.ts'),
      electronDist: dist,
      directories: { output, buildResources: 'build' },
    },
    // Called for each target right before its tool would be called; true leaves it at that.
    effectiveOptionComputed: async (computed) => {
      options.push(await recorded(computed))
      return true
    },
  })
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`
  return { directory: join(output, `linux${suffix}-unpacked`), options, missing }
}

/** Of a Debian package: what fpm is told, and the files of it that are gone afterwards. Of an AppImage: its desktop entry. */
async function recorded(computed) {
  if (!Array.isArray(computed))
    return { target: 'AppImage', desktop: computed.desktop, desktopFile: computed.desktopFileName }
  const [args, desktopFile] = computed
  const afterInstall = args[args.indexOf('--after-install') + 1]
  return {
    target: 'deb',
    args,
    desktop: await readFile(desktopFile, 'utf8'),
    afterInstall: await readFile(afterInstall, 'utf8'),
  }
}
