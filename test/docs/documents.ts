/** The documents of the product as they lie in the repository. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** `path`: from the root, with slashes. */
export type Document = { path: string; text: string }

/** README, CONTRIBUTING, CHANGELOG and everything in docs and test that is Markdown. */
export function documents(): Document[] {
  const inRoot = readdirSync(root).filter((name) => name.endsWith('.md'))
  const below = ['docs', 'test'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  )
  return [...inRoot, ...below].map(read)
}

export function read(path: string): Document {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}
