// The terminal command for a package: out/terminal/ becomes resources/terminal/. The bundle with all its code, the dialog for `serve`, the two native
// modules, and what starts it: a wrapper for a shell, one for Windows, and a first script that an old Node understands too.
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { build, root } from './build.mjs'

const nativeModules = {
  keytar: ({ platform, arch }) => ['package.json', 'LICENSE.md', 'lib', `prebuilds/${platform}-${arch}`],
  kerberos: () => ['package.json', 'LICENSE', 'lib', 'build/Release/kerberos.node'],
}

/**
 * Builds out/terminal for `platform` and `arch`. `kerberos` is compiled or fetched when it is installed, for this machine alone: for another one, or where
 * that failed, it is left out, and the command says at its first use that there is none. Returns the directory and what was left out.
 */
export async function buildTerminal({ platform = process.platform, arch = process.arch } = {}) {
  const target = join(root, 'out', 'terminal')
  await build()
  await rm(target, { recursive: true, force: true })
  const { build: bundle } = await import('vite')
  await bundle({ configFile: join(root, 'vite.terminal.config.ts'), logLevel: 'warn' })
  await cp(join(root, 'out', 'renderer'), join(target, 'renderer'), { recursive: true })

  const missing = []
  const isHere = platform === process.platform && arch === process.arch
  for (const [name, parts] of Object.entries(nativeModules)) {
    const files = parts({ platform, arch })
    const place = join(root, 'node_modules', name)
    if ((name === 'kerberos' && !isHere) || files.some((file) => !existsSync(join(place, file)))) {
      missing.push(name)
      continue
    }
    for (const file of files) await copy(join(place, file), join(target, 'cli', 'native', name, file))
  }

  const { version, engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const texts = await launcherTexts(/\d+\.\d+/.exec(engines.node)[0])
  const scope = { name: 'ews-setup-terminal', version, private: true, type: 'module' }
  await writeFile(join(target, 'package.json'), `${JSON.stringify(scope, null, 2)}\n`)
  await writeFile(join(target, 'cli', 'start.cjs'), startScript(texts))
  if (platform === 'win32') await writeFile(join(target, 'ews-setup.cmd'), windowsWrapper(texts))
  else {
    await writeFile(join(target, 'ews-setup'), shellWrapper(texts))
    await chmod(join(target, 'ews-setup'), 0o755)
  }
  return { directory: target, missing }
}

async function copy(from, to) {
  await mkdir(join(to, '..'), { recursive: true })
  // What is only needed to compile a module has no place here.
  await cp(from, to, { recursive: true, filter: (file) => !/\.(map|ts)$/.test(file) })
}

/** `{ version, de, en }`: the sentences with the version filled in. */
async function launcherTexts(version) {
  const load = async (file) => {
    const path = join(root, 'src', 'texts', file)
    return (await runnerImport(path, { root, configFile: false, logLevel: 'error' })).module
  }
  const [{ launcherDe }, { launcherEn }] = [await load('launcher.de.ts'), await load('launcher.en.ts')]
  const fill = (texts) =>
    Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, text.replaceAll('{version}', version)]))
  return { version, de: fill(launcherDe), en: fill(launcherEn) }
}

/** In the JavaScript of long ago: it has to say that this Node is too old, where that is so. */
function startScript({ version, de, en }) {
  const [major, minor] = version.split('.')
  return `'use strict'
var found = process.versions.node
var parts = found.split('.')
if (Number(parts[0]) > ${major} || (Number(parts[0]) === ${major} && Number(parts[1]) >= ${minor})) import('./ews-setup.js')
else {
  var text = /^de/i.test(Intl.DateTimeFormat().resolvedOptions().locale) ? ${JSON.stringify(de.oldNode)} : ${JSON.stringify(en.oldNode)}
  process.stderr.write(text.replace('{found}', found) + '\\n')
  process.exitCode = 1
}
`
}

function shellWrapper({ de, en }) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`
  return `#!/bin/sh
# The terminal command of EWS Setup. It runs on a Node.js of this machine: EWS_SETUP_NODE, or the first in the search path.
self=$0
case $self in */*) ;; *) self=./$self ;; esac
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=\${self%/*}/$link ;;
  esac
done
here=$(CDPATH='' cd "\${self%/*}/" && pwd -P) || exit 1
node=\${EWS_SETUP_NODE:-}
[ -n "$node" ] || node=$(command -v node)
if [ -z "$node" ] || [ ! -x "$node" ]; then
  case \${LC_ALL:-\${LC_MESSAGES:-\${LANG:-}}} in
    de*) echo ${quoted(de.noNode)} >&2 ;;
    *) echo ${quoted(en.noNode)} >&2 ;;
  esac
  exit 127
fi
exec "$node" "$here/cli/start.cjs" "$@"
`
}

/** Node is looked for in the search path alone: cmd.exe would look into the current directory first, which may hold what was downloaded. */
function windowsWrapper({ de, en }) {
  const escaped = (text) => text.replaceAll('%', '%%').replaceAll(/[&<>()^|]/g, '^$&')
  return `@echo off
setlocal
set "NODE=%EWS_SETUP_NODE%"
if not defined NODE for /f "delims=" %%I in ('%SystemRoot%\\System32\\where.exe $PATH:node.exe 2^>nul') do if not defined NODE set "NODE=%%I"
if not defined NODE goto none
if not exist "%NODE%" goto none
"%NODE%" "%~dp0cli\\start.cjs" %*
exit /b %ERRORLEVEL%
:none
>&2 echo ${escaped(de.noNode)}
>&2 echo ${escaped(en.noNode)}
exit /b 127
`.replaceAll('\n', '\r\n')
}
