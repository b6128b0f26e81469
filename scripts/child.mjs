// Runs a child in the foreground: signals go to it, its end is ours.
import { spawn } from 'node:child_process'

/** Settles when the child has ended: `{ code, signal }`, or `{ code: 1, signal: null }` when it could not be started. */
export function run(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options })
    const forward = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
    const done = (result) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, forward)
      resolve(result)
    }
    child.once('error', () => done({ code: 1, signal: null }))
    child.once('exit', (code, signal) => done({ code, signal }))
    options.onStart?.(child)
  })
}

/** Exit code as a shell would give it. */
export function exitCode({ code, signal }) {
  return code ?? { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal] ?? 1
}
