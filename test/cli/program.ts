/** The built command line for tests: built when the sources are newer, run in a process of its own with a scratch home. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { mkdir, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { DemoExchange } from '../../src/demo/index.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The entry that Node runs. */
export const program = join(root, 'out', 'cli', 'ews-setup.js')

const faces = ['renderer', 'preload', 'main'].map((room) => join(root, 'src', room))

/** Builds the command line unless it is newer than its sources. Several test files may ask at once. */
export async function buildProgram(): Promise<void> {
  const lock = join(root, '.cache', 'cli-build.lock')
  await mkdir(join(root, '.cache'), { recursive: true })
  for (;;) {
    if (isCurrent()) return
    const mine = await mkdir(lock).then(
      () => true,
      () => false,
    )
    if (mine) break
    // A lock that a killed run left behind.
    if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 60_000) await rmdir(lock).catch(() => undefined)
    await wait(100)
  }
  try {
    if (isCurrent()) return
    const { build } = await import('vite')
    await build({ configFile: join(root, 'vite.node.config.ts'), logLevel: 'error' })
  } finally {
    await rmdir(lock)
  }
}

function isCurrent(): boolean {
  if (!existsSync(program)) return false
  const built = statSync(program).mtimeMs
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !faces.some((face) => entry.parentPath.startsWith(face)))
    .every((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs <= built)
}

export type Scratch = { home: string; directory: string; remove: () => void }

/** A directory for the files of a test, with a home of its own in it. */
export function scratch(): Scratch {
  const directory = mkdtempSync(join(tmpdir(), 'ews-cli-'))
  return { home: join(directory, 'home'), directory, remove: () => rmSync(directory, { recursive: true, force: true }) }
}

export type Ended = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }

export type Running = {
  child: ChildProcessWithoutNullStreams
  /** Everything that came on standard output so far. */
  output: () => string
  /** Settles with the first line of standard output. */
  firstLine: Promise<string>
  ended: Promise<Ended>
}

export type StartOptions = {
  home: string
  input?: string
  env?: Readonly<Record<string, string>>
  nodeOptions?: readonly string[]
}

/** The environment of a test's program: nothing of the person at the keyboard but where programs are. */
export function environment(o: Pick<StartOptions, 'home' | 'env'>): Record<string, string> {
  const { PATH = '', TMPDIR, SystemRoot } = process.env
  return {
    PATH,
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    HOME: o.home,
    EWS_SETUP_HOME: o.home,
    LC_ALL: 'C.UTF-8',
    ...o.env,
  }
}

/** Starts it. The caller waits for `ended`, or ends it. */
export function start(args: readonly string[], o: StartOptions): Running {
  const child = spawn(process.execPath, [...(o.nodeOptions ?? []), program, ...args], {
    env: environment(o),
    cwd: root,
  })
  let stdout = ''
  let stderr = ''
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const end = stdout.indexOf('\n')
      if (end !== -1) resolve(stdout.slice(0, end))
    })
    child.once('close', () => reject(new Error(`ended before its first line: ${stderr}`)))
  })
  // Only some tests read it.
  firstLine.catch(() => undefined)
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  // A program that refuses its arguments may end before it has read its input.
  child.stdin.on('error', () => undefined)
  child.stdin.end(o.input ?? '')
  return { child, output: () => stdout, firstLine, ended }
}

/** Runs it to its end. */
export function run(args: readonly string[], o: StartOptions): Promise<Ended> {
  return start(args, o).ended
}

/** Options that lead into a demo's world. */
export function worldOptions(world: Pick<DemoExchange, 'caFile' | 'dns' | 'connectTo'>): string[] {
  return [
    '--cacert',
    world.caFile,
    '--dns',
    world.dns,
    ...world.connectTo.flatMap((mapping) => ['--connect-to', mapping]),
  ]
}
