/** Which installed packages a program needs, read from package-lock.json (version 3): what is reachable from those that it loads. */
import { z } from 'zod'

const names = z.record(z.string(), z.string()).default({})
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().default(false),
      dependencies: names,
      optionalDependencies: names,
      peerDependencies: names,
    }),
  ),
})

/**
 * Paths such as `node_modules/bl` of installed packages that are no development packages and that nothing in `roots` (names) needs at run time. `skipped`
 * are names that are only there to install something; what hangs on them alone is not needed either.
 */
export function unneededPackages(lock: unknown, roots: readonly string[], skipped: readonly string[]): string[] {
  const { packages } = lockSchema.parse(lock)
  /** Where Node would find `name` from the package at `from`: nearest first. */
  const placeOf = (name: string, from: string): string | undefined => {
    const parents =
      from === ''
        ? []
        : from.split('/node_modules/').map((_part, index, all) => all.slice(0, index + 1).join('/node_modules/'))
    return [...parents.toReversed().map((parent) => `${parent}/node_modules/${name}`), `node_modules/${name}`].find(
      (place) => place in packages,
    )
  }
  const needed = new Set<string>()
  const visit = (name: string, from: string): void => {
    const place = skipped.includes(name) ? undefined : placeOf(name, from)
    if (place === undefined || needed.has(place)) return
    needed.add(place)
    const entry = packages[place]
    for (const group of [entry?.dependencies, entry?.optionalDependencies, entry?.peerDependencies]) {
      for (const next of Object.keys(group ?? {})) visit(next, place)
    }
  }
  for (const root of roots) visit(root, '')
  return Object.keys(packages).filter((place) => place !== '' && !packages[place]?.dev && !needed.has(place))
}
