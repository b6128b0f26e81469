#!/usr/bin/env node
// npm run package: installers of the desktop program for this machine's platform and architecture, in dist/. Needs Electron's binary, which is fetched
// when `npx install-electron` has not done so, and the tools of each installer, which electron-builder fetches. Options of electron-builder are handed on,
// such as `--dir` for the program without an installer.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build.mjs'
import { exitCode, run } from './child.mjs'
import { buildTerminal } from './terminal.mjs'

try {
  const { missing } = await buildTerminal()
  // A package without it would look complete, and could not log in with a ticket.
  if (missing.length > 0 && !process.argv.includes('--without-native')) {
    throw new Error(`Not installed here: ${missing.join(', ')}. Install it, or package with --without-native.`)
  }
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const handedOn = process.argv.slice(2).filter((argument) => argument !== '--without-native')
  const args = [cli, 'build', '--config', 'electron-builder.config.ts', `--${process.arch}`, '--publish', 'never']
  process.exitCode = exitCode(await run(process.execPath, [...args, ...fetched(), ...handedOn], { cwd: root }))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** The binary that is there already, so that the one that was tested is the one that is packaged. */
function fetched() {
  const place = join(root, 'node_modules', 'electron')
  const isThere = existsSync(join(place, 'path.txt')) && existsSync(join(place, 'dist', 'version'))
  const { version } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'))
  const isThis =
    isThere &&
    readFileSync(join(place, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '') === version
  return isThis ? ['-c.electronDist=node_modules/electron/dist'] : []
}
