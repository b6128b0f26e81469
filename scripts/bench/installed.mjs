// How many bytes an installation takes.
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../build.mjs'

export async function installed({ table }) {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  const wanted = Object.entries(packages).filter(
    ([path, entry]) => path !== '' && entry.dev !== true && entry.devOptional !== true,
  )
  let bytes = 0
  let count = 0
  for (const [path] of wanted) {
    const size = await bytesBelow(join(root, path)).catch(() => null)
    if (size === null) continue
    bytes += size
    count += 1
  }
  table.megabytes('installed: the program', await bytesBelow(join(root, 'out')))
  table.megabytes('installed: packages from the lock file', bytes)
  table.count('installed: number of these packages', count)
}

/** Bytes of all files below a directory, packages inside it left out: the lock file lists them themselves. */
async function bytesBelow(directory) {
  let sum = 0
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) sum += entry.name === 'node_modules' ? 0 : await bytesBelow(path)
    else if (entry.isFile()) sum += (await stat(path)).size
  }
  return sum
}
