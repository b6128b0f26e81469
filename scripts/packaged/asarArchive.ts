/** An asar archive, read without Electron: its list, and whether its files are what its header says they are. */
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const integritySchema = z.object({ algorithm: z.literal('SHA256'), hash: z.string() })
const fileSchema = z.object({
  size: z.int().nonnegative(),
  /** Decimal, because it may pass what a number of JSON holds. Absent for files that lie beside the archive. */
  offset: z.string().optional(),
  unpacked: z.boolean().default(false),
  integrity: integritySchema.optional(),
})
type Node =
  | { kind: 'file'; file: z.infer<typeof fileSchema> }
  | { kind: 'link'; to: string }
  | { kind: 'folder'; entries: [string, unknown][] }

export type AsarFile = { path: string; size: number; unpacked: boolean; hash: string | null; offset: number }
export type AsarArchive = {
  /** Paths with `/`, from the archive's root. */
  files: readonly AsarFile[]
  links: readonly { path: string; to: string }[]
  /** SHA-256 of the header, in hexadecimal: what Windows and macOS builds carry in the program. */
  headerHash: string
  /** Where the first file begins. */
  start: number
}

/** An archive of ours has a header of some 500 kB. */
const headerBytes = 32 * 1024 * 1024

/** Throws an error that says what is wrong with a file that is no such archive. */
export function readAsar(path: string): AsarArchive {
  const handle = openSync(path, 'r')
  try {
    const size = fstatSync(handle).size
    const lead = read(handle, 16, 0)
    const pickle = lead.readUInt32LE(4)
    const length = lead.readUInt32LE(12)
    if (lead.readUInt32LE(0) !== 4 || length > pickle || 8 + pickle > size || pickle > headerBytes)
      throw new Error('its head is not that of an asar archive')
    const text = read(handle, length, 16).toString('utf8')
    const files: AsarFile[] = []
    const links: { path: string; to: string }[] = []
    walk(JSON.parse(text), '', { files, links })
    return { files, links, headerHash: createHash('sha256').update(text).digest('hex'), start: 8 + pickle }
  } finally {
    closeSync(handle)
  }
}

function read(handle: number, length: number, position: number): Buffer {
  const bytes = Buffer.alloc(length)
  if (readSync(handle, bytes, 0, length, position) !== length) throw new Error('it ends too early')
  return bytes
}

function walk(value: unknown, path: string, found: { files: AsarFile[]; links: { path: string; to: string }[] }): void {
  const node = nodeOf(value)
  switch (node.kind) {
    case 'folder':
      for (const [name, entry] of node.entries) walk(entry, path === '' ? name : `${path}/${name}`, found)
      return
    case 'link':
      found.links.push({ path, to: node.to })
      return
    case 'file':
      found.files.push({
        path,
        size: node.file.size,
        unpacked: node.file.unpacked,
        hash: node.file.integrity?.hash ?? null,
        offset: Number(node.file.offset ?? '0'),
      })
  }
}

function nodeOf(value: unknown): Node {
  const folder = z.object({ files: z.record(z.string(), z.unknown()) }).safeParse(value)
  if (folder.success) return { kind: 'folder', entries: Object.entries(folder.data.files) }
  const link = z.object({ link: z.string() }).safeParse(value)
  if (link.success) return { kind: 'link', to: link.data.link }
  return { kind: 'file', file: fileSchema.parse(value) }
}

/** The content of a file, from the archive or from beside it. */
export function readAsarFile(path: string, archive: AsarArchive, file: AsarFile): Buffer {
  if (file.unpacked) return readFileSync(join(`${path}.unpacked`, ...file.path.split('/')))
  const handle = openSync(path, 'r')
  try {
    return read(handle, file.size, archive.start + file.offset)
  } finally {
    closeSync(handle)
  }
}

/** Paths of files whose content is not what the header says, or that the header says nothing about. */
export function brokenFiles(path: string, archive: AsarArchive): string[] {
  const handle = openSync(path, 'r')
  try {
    return archive.files
      .filter((file) => {
        if (file.hash === null) return true
        try {
          const content = file.unpacked
            ? readAsarFile(path, archive, file)
            : read(handle, file.size, archive.start + file.offset)
          return createHash('sha256').update(content).digest('hex') !== file.hash
        } catch {
          return true
        }
      })
      .map((file) => file.path)
  } finally {
    closeSync(handle)
  }
}
