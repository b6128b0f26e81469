/** One program per userData: a lock file with the owner's process id, and a directory in which later ones leave their data. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** False: another one is running, and was told. `onSecond` gets each later one's data. */
export function claimInstance(directory: string, data: unknown, onSecond: (data: unknown) => void): boolean {
  const lock = join(directory, 'ElectronDoubleLock')
  const inbox = join(directory, 'ElectronDoubleInbox')
  if (!take(lock)) {
    writeFileSync(join(inbox, `${process.pid}.json`), JSON.stringify(data ?? null))
    return false
  }
  mkdirSync(inbox, { recursive: true })
  const read = () => {
    if (!existsSync(inbox)) return
    for (const name of readdirSync(inbox)) {
      const file = join(inbox, name)
      let content: unknown
      try {
        content = JSON.parse(readFileSync(file, 'utf8'))
      } catch {
        // Not written to its end yet: the next change of the directory brings it.
        continue
      }
      unlinkSync(file)
      onSecond(content)
    }
  }
  const watcher = watch(inbox, read)
  watcher.unref()
  process.on('exit', () => {
    rmSync(lock, { force: true })
    rmSync(inbox, { recursive: true, force: true })
  })
  return true
}

function take(lock: string): boolean {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return true
    } catch {
      const owner = Number(readFileSync(lock, 'utf8'))
      if (owner > 0 && isAlive(owner)) return false
      rmSync(lock, { force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
