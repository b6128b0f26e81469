/** Where things lie in a packaged program, by platform. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export type Artifact = {
  platform: 'linux' | 'win32' | 'darwin'
  /** Directory that is installed: the one with the program, or the `.app`. */
  directory: string
  /** What is started. */
  program: string
  /** Where the fuses are. */
  fuseFile: string
  resources: string
}

type Names = { productName: string; linuxExecutable: string }

/** Looks at `path` itself, then at what electron-builder puts below its output directory; null when there is no packaged program. */
export function findArtifact(path: string, names: Names): Artifact | null {
  const inside = existsSync(path)
    ? readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : []
  const candidates = [path, ...inside.map((entry) => join(path, entry.name))]
  for (const candidate of candidates) {
    const found = artifactAt(candidate, names) ?? artifactAt(join(candidate, `${names.productName}.app`), names)
    if (found !== null) return found
  }
  return null
}

function artifactAt(directory: string, { productName, linuxExecutable }: Names): Artifact | null {
  const contents = join(directory, 'Contents')
  if (existsSync(join(contents, 'Info.plist'))) {
    return {
      platform: 'darwin',
      directory,
      program: join(contents, 'MacOS', productName),
      fuseFile: join(contents, 'Frameworks', 'Electron Framework.framework', 'Electron Framework'),
      resources: join(contents, 'Resources'),
    }
  }
  const resources = join(directory, 'resources')
  for (const [platform, name] of [
    ['win32', `${productName}.exe`],
    ['linux', linuxExecutable],
  ] as const) {
    const program = join(directory, name)
    if (existsSync(program) && existsSync(resources))
      return { platform, directory, program, fuseFile: program, resources }
  }
  return null
}
