// Which packages a bundler really put into its output: told by the output itself. Builds of one process add to one list.

const key = Symbol.for('ews-setup.bundled-packages')

/** Directories of packages, such as `node_modules/react`, that all builds of this process have bundled so far. */
export function bundledPackages() {
  return (globalThis[key] ??= new Set())
}

/** A plugin that notes them. */
export function noteBundledModules() {
  return {
    name: 'note-bundled-modules',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue
        for (const [id, { renderedLength }] of Object.entries(output.modules)) {
          const directory = renderedLength > 0 ? packageOf(id) : null
          if (directory !== null) bundledPackages().add(directory)
        }
      }
    },
  }
}

/** The innermost package directory in a module's path, relative to the project; null for a module of ours. */
export function packageOf(id) {
  const path = id.replaceAll('\\', '/').replace(/^\0/, '')
  const match = /^.*?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path)
  return match === null ? null : match[1]
}
