/** Checks that start something of a packaged program: its terminal command with a Node.js of this machine, and the program itself where it can show a window. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Artifact } from './artifact.ts'
import type { Check } from './checks.ts'

const commandMs = 60_000
/** How long the program may take to come up, and how long it is watched. */
const programMs = 20_000
/** Electron's binaries have some 200 MB; a stand-in has not. */
const smallestProgram = 1_000_000

/** The terminal command answers with the version of the program, judges evidence without a network, and finds its native modules. */
export function checkTerminal(artifact: Artifact, version: string): Check[] {
  const name = 'terminal command'
  if (artifact.platform !== process.platform)
    return [{ name, outcome: 'not checked', detail: `it is for ${artifact.platform}, and this is ${process.platform}` }]
  const home = mkdtempSync(join(tmpdir(), 'ews-packaged-'))
  try {
    const call = (args: string[], input = '') => {
      const isWindows = artifact.platform === 'win32'
      const file = join(artifact.resources, 'terminal', isWindows ? 'ews-setup.cmd' : 'ews-setup')
      // A .cmd runs in a shell only; its path is quoted for it, and the arguments are ours.
      return spawnSync(isWindows ? `"${file}"` : file, args, {
        input,
        encoding: 'utf8',
        timeout: commandMs,
        shell: isWindows,
        cwd: home,
        env: { ...process.env, EWS_SETUP_HOME: home, NODE_PATH: '', EWS_SETUP_NODE: process.execPath },
      })
    }
    const said = call(['--version'])
    const profiles = call(['profiles', 'list', '--json'])
    const explained = call(['explain', '-', '--json'], 'AADSTS7000215: Invalid client secret provided.')
    return [
      result(`${name}: version`, said.stdout.trim() === version, said.stdout.trim() || said.stderr.trim()),
      result(
        `${name}: profiles list`,
        profiles.status === 0 && profiles.stdout.trim() !== '',
        profiles.stderr.trim() || `exit code ${profiles.status}`,
      ),
      result(
        `${name}: explain`,
        hasFinding(explained.stdout),
        explained.stderr.trim() || `exit code ${explained.status}`,
      ),
      ...['keytar/lib/keytar.js', 'kerberos/lib/index.js'].map((file) => loads(artifact, file)),
    ]
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 10 })
  }
}

function hasFinding(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    const findings: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'findings') : undefined
    return Array.isArray(findings) && findings.length > 0
  } catch {
    return false
  }
}

function result(name: string, good: boolean, reason: string): Check {
  return good ? { name, outcome: 'passed', detail: '' } : { name, outcome: 'failed', detail: reason.slice(0, 300) }
}

/** In a Node.js of its own: a library that the machine lacks (libsecret, libkrb5) is said, and ends nothing here. */
function loads(artifact: Artifact, file: string): Check {
  const path = join(artifact.resources, 'terminal', 'cli', 'native', ...file.split('/'))
  const child = spawnSync(process.execPath, ['-e', 'require(process.argv[1])', path], {
    encoding: 'utf8',
    timeout: commandMs,
  })
  const reason = /^.*Error: (.*)$/m.exec(child.stderr)?.[1] ?? child.stderr.trim()
  return result(`terminal command: ${file.split('/')[0] ?? file} loads`, child.status === 0, reason)
}

/**
 * Starts the program as somebody would who wants to run code of their own in it: as Node, with NODE_OPTIONS, with --inspect. `obstacle`: why no window can
 * be shown here. That it did start is seen in the directory that it is given; without that nothing is said to have held.
 */
export async function checkProgram(artifact: Artifact, obstacle: string | null): Promise<Check[]> {
  const name = 'started: ELECTRON_RUN_AS_NODE, NODE_OPTIONS and --inspect have no effect'
  const devTools: Check = {
    name: 'developer tools do not open',
    outcome: 'not checked',
    detail: 'needs a person: Ctrl+Shift+I, F12 and the menu in the started program',
  }
  const skip = (detail: string): Check[] => [{ name, outcome: 'not checked', detail }, devTools]
  if (artifact.platform !== process.platform)
    return skip(`the program is for ${artifact.platform}, and this is ${process.platform}`)
  if (statSync(artifact.fuseFile).size < smallestProgram) return skip('this is a stand-in for Electron, not its binary')
  if (obstacle !== null) return skip(obstacle)
  const place = mkdtempSync(join(tmpdir(), 'ews-packaged-'))
  const mark = join(place, 'mark')
  const preload = join(place, 'preload.cjs')
  writeFileSync(preload, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, 'loaded')\n`)
  const data = join(place, 'data')
  try {
    const output = await watch(
      artifact.program,
      ['--inspect=0', preload, `--user-data-dir=${data}`],
      {
        ...process.env,
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: `--require=${JSON.stringify(preload)}`,
      },
      () => existsSync(data) && readdirSync(data).length > 0,
    )
    const problems = [
      ...(existsSync(mark) ? ['code from outside was run'] : []),
      ...(/Debugger listening/.test(output.text) ? ['a debugger can be attached'] : []),
    ]
    if (problems.length > 0) return [{ name, outcome: 'failed', detail: problems.join('; ') }, devTools]
    if (!output.cameUp)
      return [{ name, outcome: 'failed', detail: `the program did not come up: ${output.text.slice(-300)}` }, devTools]
    return [{ name, outcome: 'passed', detail: '' }, devTools]
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 20 })
  }
}

/** Runs until `isUp` has held for a while, the program has ended, or time is over; ends the program. */
async function watch(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  isUp: () => boolean,
): Promise<{ text: string; cameUp: boolean }> {
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
  child.on('error', (error) => (text += error.message))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let cameUp = false
  const started = performance.now()
  let upSince = Infinity
  while (child.exitCode === null && child.signalCode === null && performance.now() - started < programMs) {
    if (isUp()) {
      cameUp = true
      upSince = Math.min(upSince, performance.now())
      // What a preload would do is done by then.
      if (performance.now() - upSince > 3_000) break
    }
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 100))])
    if (child.pid === undefined) break
  }
  child.kill('SIGKILL')
  if (child.pid !== undefined) await ended
  return { text, cameUp }
}
