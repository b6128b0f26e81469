// The program as a process of its own: once until it ends, or until it is stopped, with a home of its own and nothing of the person at
// the keyboard.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../build.mjs'

export const program = join(root, 'out', 'cli', 'ews-setup.js')

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** A home that all processes of a benchmark share. */
export async function openHome() {
  const path = await mkdtemp(join(tmpdir(), 'ews-bench-'))
  const environment = {
    PATH: process.env.PATH ?? '',
    SystemRoot: process.env.SystemRoot ?? '',
    HOME: path,
    EWS_SETUP_HOME: path,
    LC_ALL: 'C.UTF-8',
    // No keychain: what a login session has open is not ours.
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
  }
  return { path, environment, remove: () => rm(path, { recursive: true, force: true }) }
}

/** Wall time in ms until a process has ended. Throws when it fails. */
export function timed(home, args, { env = {}, codes = [0] } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(process.execPath, args, {
      env: { ...home.environment, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let errors = ''
    child.stderr.on('data', (text) => (errors += text))
    child.once('error', reject)
    child.once('close', (code) => {
      if (codes.includes(code)) resolve(performance.now() - started)
      else reject(new Error(`${args.slice(0, 3).join(' ')} ended with ${code}: ${errors}`))
    })
  })
}

/** Starts one that runs until it is stopped: its first line, how long that took, and a channel to what `nodeOptions` put into it. */
export async function serving(home, args, { env = {}, nodeOptions = [] } = {}) {
  const started = performance.now()
  const child = spawn(process.execPath, [...nodeOptions, program, ...args], {
    env: { ...home.environment, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const line = await new Promise((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part) => {
      text += part
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.once('close', () => reject(new Error(`${args.join(' ')} ended early`)))
  })
  return {
    line,
    startedInMs: performance.now() - started,
    /** The answer to one message. */
    ask: (message) =>
      new Promise((resolve, reject) => {
        child.once('message', resolve)
        child.send(message, (error) => {
          if (error !== null) reject(error)
        })
      }),
    stop: () =>
      new Promise((resolve) => {
        child.once('close', resolve)
        child.kill('SIGTERM')
      }),
  }
}

/** The embedded Exchange in a process of its own: what it says of itself, such as what its admin types and the options that lead there. */
export async function openExchange(home, scenario) {
  const demo = await serving(home, ['demo', scenario, '--serve'])
  return { ...JSON.parse(demo.line), stop: demo.stop }
}
