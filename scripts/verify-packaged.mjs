#!/usr/bin/env node
// npm run verify:packaged -- PATH…: what holds in packaged programs. PATH: a directory with the program, electron-builder's output directory (dist), an
// .app, a .deb or an .AppImage; dist by default. --json for programs. Exit code 0: nothing failed; 1: something did; 2: there is nothing to look at.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runnerImport } from 'vite'
import { root } from './build.mjs'
import { desktopObstacle } from './electronBinary.mjs'

const obstacles = {
  root: 'Electron refuses to run as root with its sandbox on',
  display: 'there is no display (DISPLAY and WAYLAND_DISPLAY are empty)',
}

/** `{ path, checks }`, or `{ path, reason }` where there is no packaged program. */
async function verifyPackaged(path) {
  const load = async (file) =>
    (await runnerImport(join(root, file), { root, configFile: false, logLevel: 'error' })).module
  const [config, artifacts, checks, started] = [
    await load('electron-builder.config.ts'),
    await load('scripts/packaged/artifact.ts'),
    await load('scripts/packaged/checks.ts'),
    await load('scripts/packaged/started.ts'),
  ]
  const opened = open(resolve(path))
  if (opened.reason !== undefined) return { path, reason: opened.reason }
  try {
    const { productName, linux } = config.default
    const names = { productName, linuxExecutable: linux.executableName }
    const artifact = artifacts.findArtifact(opened.directory, names)
    if (artifact === null) return { path, reason: 'there is no packaged program' }
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const { nativeModules, notNeeded } = config
    const obstacle = desktopObstacle()
    return {
      path,
      checks: [
        ...checks.checkFuses(artifact, config.default),
        ...checks.checkArchive(artifact, { notNeeded, nativeModules }),
        ...checks.checkNativeModules(artifact, nativeModules),
        ...checks.checkPermissions(artifact),
        ...checks.checkIdentity(artifact, config.default, checks.desktopEntries(opened.directory)),
        ...signature(artifact),
        ...started.checkTerminal(artifact, version),
        ...(await started.checkProgram(artifact, obstacle === null ? null : obstacles[obstacle])),
      ],
    }
  } finally {
    opened.close()
  }
}

/** The directory to look at; a package is unpacked for as long as that takes. */
function open(path) {
  if (!existsSync(path)) return { reason: 'it is not there' }
  const suffix = /\.(deb|AppImage)$/.exec(path)?.[1]
  if (suffix === undefined) return { directory: path, close: () => {} }
  const directory = mkdtempSync(join(tmpdir(), 'ews-packaged-'))
  const [command, args] = suffix === 'deb' ? ['dpkg-deb', ['-x', path, directory]] : [path, ['--appimage-extract']]
  const { status, error } = spawnSync(command, args, { cwd: directory, stdio: 'ignore' })
  const close = () => rmSync(directory, { recursive: true, force: true })
  if (status === 0) return { directory: suffix === 'deb' ? join(directory, 'opt') : directory, close }
  close()
  return { reason: `it could not be unpacked: ${error?.message ?? `${command} ended with ${status}`}` }
}

/** Whether the system accepts the signature; a build without a certificate is for those who made it. */
function signature({ platform, directory, program }) {
  const name = 'signature'
  if (platform === 'linux')
    return [{ name, outcome: 'not checked', detail: 'programs for Linux carry none; see SHA256SUMS' }]
  if (platform !== process.platform) return [{ name, outcome: 'not checked', detail: `only ${platform} can judge it` }]
  const [command, args] =
    platform === 'darwin'
      ? ['codesign', ['--verify', '--deep', '--strict', directory]]
      : [
          'powershell.exe',
          [
            '-NoProfile',
            '-Command',
            `(Get-AuthenticodeSignature -LiteralPath '${program.replaceAll("'", "''")}').Status`,
          ],
        ]
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  const good = platform === 'darwin' ? status === 0 : stdout.trim() === 'Valid'
  const detail = (platform === 'darwin' ? stderr : stdout).trim()
  const isUnsigned = /NotSigned|not signed at all/.test(detail)
  if (isUnsigned && process.env.EWS_SETUP_REQUIRE_SIGNATURE !== '1')
    return [{ name, outcome: 'not checked', detail: 'this build carries none' }]
  return [{ name, outcome: good ? 'passed' : 'failed', detail }]
}

const paths = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const reports = []
for (const path of paths.length === 0 ? ['dist'] : paths) reports.push(await verifyPackaged(path))

if (process.argv.includes('--json')) console.log(JSON.stringify(reports))
else for (const report of reports) print(report)
process.exitCode = reports.some(({ reason }) => reason !== undefined)
  ? 2
  : Number(reports.some(({ checks }) => checks.some(({ outcome }) => outcome === 'failed')))

function print({ path, checks = [], reason }) {
  console.log(`\n${path}`)
  if (reason !== undefined) console.error(`  ${reason}`)
  for (const { name, outcome, detail } of checks) {
    console.log(`  ${outcome.padEnd(12)}${name}${detail === '' ? '' : `: ${detail}`}`)
  }
}
